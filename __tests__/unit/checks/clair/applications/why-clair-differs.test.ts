import { describe, expect, test } from '@jest/globals'
import { compareWithClair } from '../../../../../src/checks/clair/applications/agreement.js'
import type { ClairEcosystem } from '../../../../../src/checks/clair/applications/ecosystems.js'
import type {
  ClairApplications,
  IndexedApplication,
} from '../../../../../src/checks/clair/applications/indexed.js'
import { matchPackage } from '../../../../../src/feeds/formats/osv/match.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import type { LayerFacts } from '../../../../../src/model/image/image.js'
import { aLayer, LAYER, someApplications } from '../../../../support/builders.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { recordOr } from '../../../../support/osv/records.js'
import { saying } from '../../../../support/osv/shop.js'

const KINDS = { PyPI: 'pypi', Maven: 'maven', RubyGems: 'gem', Go: 'golang' } as const
const UPPER = `sha256:${'f'.repeat(64)}`

/** A package in Clair's index, and what Clair reports about it. */
function listed(
  ecosystem: ClairEcosystem,
  name: string,
  version: string,
  ids: readonly string[] = [],
): IndexedApplication {
  const about = { package: name, severity: '', normalizedSeverity: 'Unknown', fixedIn: '', links: [] }
  return {
    ecosystem,
    name,
    version,
    places: [{ database: 'x', layer: LAYER }],
    reported: ids.map((id) => ({ id, ...about, updater: '' })),
  }
}

interface Parts {
  readonly ecosystem?: ClairEcosystem
  readonly name?: string
  readonly version?: string | null
  readonly architectures?: readonly string[] | null
  readonly events?: readonly object[]
  /** What else the advisory's entry has. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly kind?: ClairApplications['kind']
  readonly shared?: ClairApplications['shared']
  /** What Clair lists as this package. */
  readonly indexed?: readonly IndexedApplication[]
  /** What else is in Clair's index. */
  readonly others?: readonly IndexedApplication[]
  readonly layers?: readonly LayerFacts[]
}

/** Clair's answer about the advisory X-1, next to what the advisory itself says about a package of the image. */
function compared(part: Parts) {
  const { ecosystem = 'PyPI', name = 'redis', version = '1.0', architectures = null } = part
  const { events = [{ introduced: '0' }, { fixed: '2.0' }], more = {}, kind = 'own', shared = [] } = part
  const { indexed = [listed(ecosystem, name, version ?? '')], others = [], layers = [] } = part
  const record = recordOr(readRecord(advisory('X-1', ecosystem, name, events, more), ecosystem))
  const subject = { ecosystem, kind: KINDS[ecosystem], name, version, architectures }
  const [match] = matchPackage(subject, [record])
  if (match === undefined) {
    throw new Error('the advisory is about another package')
  }
  const clair: ClairApplications = {
    ...{ kind, shared, canaries: {}, packages: [...indexed, ...others] },
    ...{
      unknownPackages: [],
      debianCount: 0,
      provenEcosystems: new Set<ClairEcosystem>([ecosystem]),
      listingEcosystems: new Set<ClairEcosystem>(),
    },
  }
  return compareWithClair({ clair, image: { layers } }, subject, match, record.affected, indexed)
}

const missed = (explanation: string | null) => {
  const isUnexplained = explanation === null
  return { agreement: 'missed-by-clair', explanation, isFinding: true, isUnexplained }
}
const ORDER = (version: string, ecosystem: ClairEcosystem) =>
  `Clair sorts pre-release and build versions, such as ${version}, differently from ${ecosystem}`
const PSEUDO = 'Clair ignores the timestamp and commit in a pseudo-version: it reads v0.0.0-2021… as v0.0.0'
const ONE_ROW = "Clair's database has only one row for this name and version, regardless of the ecosystem"
const UNLISTED = 'Clair does not list this package'
const GROUPLESS = 'Clair lists this jar without its Maven group'
const UNSENT = 'Clair cannot parse one of the versions of this package, so the advisory was not sent to Clair'
const PART =
  'Clair ignores version lists and supports only some ranges, so the part of the advisory that covers this version was not sent to Clair'

describe('an affected package that Clair does not report', () => {
  test.each<[string, Parts, string | null]>([
    ['shares its name and version with another', { shared: [['redis', '1.0']] }, ONE_ROW],
    ['shares its name alone', { shared: [['redis', '1.1']] }, null],
    ['shares its version alone', { shared: [['apt', '1.0']] }, null],
    ['is not listed', { indexed: [] }, UNLISTED],
    [
      'has no version',
      { version: null, events: [{ introduced: '0' }] },
      'Clair does not check packages that have no version',
    ],
    [
      'is a jar listed by its artifact',
      { ...{ ecosystem: 'Maven', name: 'g:a', indexed: [] }, others: [listed('Maven', 'a', '1.0')] },
      GROUPLESS,
    ],
    [
      'is a jar, and a gem has the name of its artifact',
      { ...{ ecosystem: 'Maven', name: 'g:a', indexed: [] }, others: [listed('RubyGems', 'a', '1.0')] },
      UNLISTED,
    ],
    [
      'is a jar, and another artifact is listed',
      { ...{ ecosystem: 'Maven', name: 'g:a', indexed: [] }, others: [listed('Maven', 'b', '1.0')] },
      UNLISTED,
    ],
    [
      'is not a jar, and a jar has its name',
      { indexed: [], others: [listed('Maven', 'redis', '1.0')] },
      UNLISTED,
    ],
    [
      'has another version that cannot be parsed',
      { ecosystem: 'RubyGems', others: [listed('RubyGems', 'redis', '1+x')] },
      UNSENT,
    ],
    [
      'has another version that can be parsed',
      { ecosystem: 'RubyGems', others: [listed('RubyGems', 'redis', '1.1')] },
      null,
    ],
    [
      'is not the one with a version that cannot be parsed',
      { ecosystem: 'RubyGems', others: [listed('RubyGems', 'rack', '1+x')] },
      null,
    ],
    [
      'has the name of a package of another ecosystem whose version cannot be parsed',
      { ecosystem: 'RubyGems', others: [listed('Maven', 'redis', '1..2')] },
      null,
    ],
    [
      'is affected by a list of versions',
      { events: [{ introduced: '5' }], more: { versions: ['1.0'] } },
      PART,
    ],
    ['is affected by a range and a list', { more: { versions: ['1.0'] } }, null],
    ['has a release of five numbers', { version: '1.2.3.4.5' }, null],
    ['has a release of six numbers', { version: '1.2.3.4.5.6' }, ORDER('1.2.3.4.5.6', 'PyPI')],
    ['has a local version', { version: '1.13.0+cpu' }, ORDER('1.13.0+cpu', 'PyPI')],
    ['is fixed in a candidate', { events: [{ introduced: '0' }, { fixed: '2.0rc1' }] }, null],
    [
      'is fixed in a local version',
      { events: [{ introduced: '0' }, { fixed: '2.0+cpu' }] },
      ORDER('2.0+cpu', 'PyPI'),
    ],
    ['is a gem with a hyphen', { ecosystem: 'RubyGems', version: '1.0-java' }, null],
    [
      'is a gem with a letter after a digit',
      { ecosystem: 'RubyGems', version: '1.0a' },
      ORDER('1.0a', 'RubyGems'),
    ],
    [
      'is a jar with a digit after a letter',
      { ecosystem: 'Maven', name: 'g:a', version: '1.0-rc1' },
      ORDER('1.0-rc1', 'Maven'),
    ],
    ['is a module in a release', { ecosystem: 'Go', version: 'v1.0.0' }, null],
    ['is a module in a pre-release', { ecosystem: 'Go', version: 'v1.0.0-rc.1' }, ORDER('v1.0.0-rc.1', 'Go')],
    ['is a module at a commit', { ecosystem: 'Go', version: 'v0.0.0-20210101000000-0123456789ab' }, PSEUDO],
    [
      'has no reason that an external Clair would have',
      { kind: 'other' },
      'this Clair instance uses its own advisories',
    ],
    [
      'is spelled differently by an external Clair',
      { ...{ kind: 'other', name: 'foo-bar' }, indexed: [listed('PyPI', 'Foo.Bar', '1.0')] },
      'Clair matches only exact names, and it lists this package as Foo.Bar',
    ],
  ])('when it %s, then that is the reason, or there is none', (_, part, explanation) => {
    expect(compared(part)).toEqual(missed(explanation))
  })

  const found = { 'srv/b': saying('pypi', 'redis', '1.0') }
  const gone = `Clair discards all copies of a package if one of them is deleted (srv/b)`
  test.each<[string, LayerFacts[], string]>([
    [
      'was deleted by a later layer',
      [
        aLayer({ applications: someApplications({ files: found }) }),
        aLayer({ diffId: UPPER, removed: ['srv/b'], applications: someApplications({}) }),
      ],
      gone,
    ],
    [
      'was replaced by a later layer',
      [
        aLayer({ applications: someApplications({ files: found }) }),
        aLayer({
          diffId: UPPER,
          applications: someApplications({ files: { 'srv/b': saying('pypi', 'redis', '3.0') } }),
        }),
      ],
      gone,
    ],
    ['is still there', [aLayer({ applications: someApplications({ files: found }) })], UNLISTED],
    ...(
      [
        ['was another package', saying('pypi', 'rack', '1.0')],
        ['was another version', saying('pypi', 'redis', '0.9')],
        ['was a package of another ecosystem', saying('gem', 'redis', '1.0')],
      ] as const
    ).map(([what, file]): [string, LayerFacts[], string] => [
      `${what}, and was deleted`,
      [
        aLayer({ applications: someApplications({ files: { 'srv/b': file } }) }),
        aLayer({ diffId: UPPER, removed: ['srv/b'], applications: someApplications({}) }),
      ],
      UNLISTED,
    ]),
  ])(
    'when a copy of it %s, then Clair discards the package only for a deleted copy',
    (_, layers, explanation) => {
      expect(compared({ indexed: [], layers })).toEqual(missed(explanation))
    },
  )
})

describe('a package that Clair reports', () => {
  const reported = (ecosystem: ClairEcosystem, version: string) => [
    listed(ecosystem, 'redis', version, ['X-2', 'X-1']),
  ]

  test('when the advisory affects it, then both say so', () => {
    expect(compared({ indexed: reported('PyPI', '1.0') })).toEqual({
      agreement: 'confirmed',
      explanation: null,
      isFinding: true,
      isUnexplained: false,
    })
  })

  test('when neither the advisory nor Clair says so, then it is not a finding', () => {
    expect(compared({ version: '2.0', indexed: [listed('PyPI', 'redis', '2.0', ['X-2'])] })).toEqual({
      agreement: null,
      explanation: null,
      isFinding: false,
      isUnexplained: false,
    })
  })

  test.each([
    ['own', 'reported by Clair only: Seaworthy cannot compare this version with the advisory'],
    [
      'other',
      'reported by the Clair at clair-url only: Seaworthy cannot compare this version with the advisory',
    ],
  ] as const)(
    'when its version cannot be compared, and the Clair is %s, then it is a finding that needs no other reason',
    (kind, explanation) => {
      expect(compared({ kind, version: 'a branch', indexed: reported('PyPI', 'a branch') })).toEqual({
        agreement: null,
        explanation,
        isFinding: true,
        isUnexplained: false,
      })
    },
  )

  test('when the advisory does not affect it, then our own Clair contradicts it for no known reason', () => {
    expect(compared({ version: '2.0', indexed: reported('PyPI', '2.0') })).toEqual({
      agreement: null,
      explanation: null,
      isFinding: true,
      isUnexplained: true,
    })
  })

  test('when the advisory does not affect it, then an external Clair may know better', () => {
    expect(compared({ kind: 'other', version: '2.0', indexed: reported('PyPI', '2.0') })).toEqual({
      agreement: null,
      explanation:
        "reported by the Clair at clair-url only: by OSV's advisories, this version is not affected",
      isFinding: true,
      isUnexplained: false,
    })
  })

  test('when Clair orders its version differently, then that is refuted', () => {
    expect(compared({ version: '2.0.post1', indexed: reported('PyPI', '2.0.post1') }).isUnexplained).toBe(
      true,
    )
    expect(compared({ version: '2.0+cpu', indexed: reported('PyPI', '2.0') })).toEqual({
      agreement: 'refuted',
      explanation: ORDER('2.0+cpu', 'PyPI'),
      isFinding: true,
      isUnexplained: false,
    })
  })

  const onlyFor = (...imports: readonly object[]) => ({ ecosystem_specific: { imports } })
  test.each<[string, NonNullable<Parts['more']>]>([
    ['another operating system', onlyFor({ path: 'x', goos: ['windows'] })],
    ['another processor', onlyFor({ path: 'x', goarch: ['s390x'] })],
  ])('when the advisory is about programs for %s only, then that is refuted', (_, more) => {
    const part = { ecosystem: 'Go', version: 'v1.0.0', architectures: ['amd64'], more } as const
    expect(compared({ ...part, indexed: reported('Go', 'v1.0.0') })).toEqual({
      agreement: 'refuted',
      explanation: 'the advisory applies only to programs for other operating systems or processors',
      isFinding: true,
      isUnexplained: false,
    })
  })
})
