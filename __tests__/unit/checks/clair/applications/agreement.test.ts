import { describe, expect, test } from '@jest/globals'
import { OWN_CANARIES, WELL_KNOWN_CANARIES } from '../../../../../src/checks/clair/applications/canary.js'
import type { ClairEcosystem } from '../../../../../src/checks/clair/applications/ecosystems.js'
import { updaterOf } from '../../../../../src/checks/clair/applications/ecosystems.js'
import {
  type ClairApplicationsRequest,
  indexedPackages,
  isSamePackage,
  readClairApplications,
  requestDocument,
  sharedAmong,
  withoutApplications,
} from '../../../../../src/checks/clair/applications/indexed.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import type { ClairPackage } from '../../../../../src/checks/clair/matches/report.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import type { LayerFacts } from '../../../../../src/model/image/image.js'
import { aLayer, anImage, LAYER, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { recordOr } from '../../../../support/osv/records.js'
import { saying } from '../../../../support/osv/shop.js'
import { problemThrownBy } from '../../../../support/problems.js'

const DATABASES: Readonly<Record<ClairEcosystem, string>> = {
  PyPI: 'python:srv',
  Maven: 'maven:srv/a',
  RubyGems: 'ruby:srv/a',
  Go: 'go:srv/a',
}

/** A package as Clair's report has it. @param ids of the records that it reports */
function indexed(
  ecosystem: ClairEcosystem,
  name: string,
  version: string,
  ids: readonly string[] = [],
): ClairPackage {
  const vulnerability = { package: name, severity: '', normalizedSeverity: 'Unknown', fixedIn: '', links: [] }
  return {
    name,
    version,
    architecture: '',
    source: null,
    places: [{ database: DATABASES[ecosystem], layer: LAYER, distribution: null }],
    vulnerabilities: ids.map((id) => ({ id, ...vulnerability, updater: updaterOf(ecosystem) })),
  }
}

function canaryOf(ecosystem: ClairEcosystem, kind: ClairApplicationsRequest['kind'] = 'own'): ClairPackage {
  const { name, version, id } = (kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES)[ecosystem]
  return indexed(ecosystem, name, version, [id ?? 'GHSA-any'])
}

const EVENTS = [{ introduced: '0' }, { fixed: '2.0' }]

interface Parts {
  readonly ecosystem?: ClairEcosystem
  readonly kind?: ClairApplicationsRequest['kind']
  readonly shared?: ClairApplicationsRequest['shared']
  readonly name?: string
  readonly version?: string | null
  readonly isFromCheckout?: true
  readonly events?: readonly object[]
  readonly layers?: readonly LayerFacts[]
  readonly clair?: readonly ClairPackage[]
}

const KINDS = { PyPI: 'pypi', Maven: 'maven', RubyGems: 'gem', Go: 'golang' } as const

/** What is said of one package of an image, with the record X-1 about it, and Clair's report next to that. */
function judged(part: Parts) {
  const { ecosystem = 'PyPI', kind = 'own', shared = [], name = 'redis', version = '1.0' } = part
  const { events = EVENTS, clair = [canaryOf(ecosystem, kind)] } = part
  const record = recordOr(readRecord(advisory('X-1', ecosystem, name, events), ecosystem))
  const file = saying(KINDS[ecosystem], name, version)
  const more = part.isFromCheckout ? { isFromCheckout: part.isFromCheckout } : {}
  const files = { 'srv/a': { ...file, says: file.says.map((one) => ({ ...one, ...more })) } }
  const layers = part.layers ?? [aLayer({ applications: someApplications({ files }) })]
  const canaries = { [ecosystem]: (kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES)[ecosystem] }
  const documents = advisoriesOf({ [ecosystem]: [name] }, { more: [record] })
  const clairApplications = readClairApplications(
    requestDocument({ kind, canaries, shared }),
    { packages: clair },
    null,
  )
  const known = { installed: [], foreign: [] }
  const answer = judgeApplications(documents, anImage({ layers }), known, NO_RATINGS, clairApplications)
  if (answer === null) {
    throw new Error('not checked')
  }
  return answer
}

const explanationOf = (part: Parts) =>
  judged(part).findings.map(
    ({ version, agreement, explanation }) => `${version} ${agreement}: ${explanation}`,
  )

describe('Clair’s word next to ours', () => {
  test('when both say it, then it is confirmed', () => {
    const answer = judged({ clair: [canaryOf('PyPI'), indexed('PyPI', 'redis', '1.0', ['X-1'])] })
    expect(answer).toMatchObject({ problem: null, findings: [{ agreement: 'confirmed', explanation: null }] })
    expect([[...answer.judged], [...answer.confirming]]).toEqual([['pypi'], ['pypi']])
    expect(answer.notes).toEqual(['application packages: 1 confirmed by Clair'])
  })

  test.each<[string, string | null, string]>([
    ['without a version', null, '(devel) (git, commit 0123456789abcdef0123456789abcdef01234567)'],
    ['as a commit', 'v0.0.0-20260102030405-abcdefabcdef', 'v0.0.0-20260102030405-abcdefabcdef'],
    [
      'as a changed commit',
      'v0.0.0-20260102030405-abcdefabcdef+dirty',
      'v0.0.0-20260102030405-abcdefabcdef+dirty',
    ],
  ])(
    'when a Go program names its own module %s, then it is undecided, whatever Clair says',
    (_, version, clairs) => {
      const about = { ecosystem: 'Go', name: 'a.example/app', version, isFromCheckout: true } as const
      for (const ids of [[], ['X-1']]) {
        const clair = [canaryOf('Go'), indexed('Go', 'a.example/app', clairs, ids)]
        const answer = judged({ ...about, events: [{ introduced: '0' }, { fixed: '1.5.0' }], clair })
        expect(answer).toMatchObject({ problem: null, findings: [], open: [{ version, ids: ['X-1'] }] })
      }
    },
  )

  test.each<[string, Parts, RegExp]>([
    [
      'of a name and version that two ecosystems share',
      { shared: [['redis', '1.0']], clair: [canaryOf('PyPI'), indexed('PyPI', 'redis', '1.0')] },
      /database has only one row/,
    ],
    [
      'of a jar that it lists without its group',
      { ecosystem: 'Maven', name: 'g:a', clair: [canaryOf('Maven'), indexed('Maven', 'a', '1.0')] },
      /without its Maven group/,
    ],
    ['that it does not list', {}, /does not list/],
    [
      'of which another copy was deleted',
      {
        layers: [
          aLayer({
            applications: someApplications({
              files: { 'srv/a': saying('pypi', 'redis', '1.0'), 'srv/b': saying('pypi', 'redis', '1.0') },
            }),
          }),
          aLayer({
            diffId: `sha256:${'f'.repeat(64)}`,
            removed: ['srv/b'],
            applications: someApplications({}),
          }),
        ],
      },
      /discards all copies .* \(srv\/b\)/,
    ],
    [
      'in a version that it takes for the final one',
      { version: '2.0RC1', clair: [canaryOf('PyPI'), indexed('PyPI', 'redis', '2.0')] },
      /sorts pre-release and build versions/,
    ],
    [
      'of a gem with letters beside digits',
      {
        ecosystem: 'RubyGems',
        version: '2.0pre1',
        clair: [canaryOf('RubyGems'), indexed('RubyGems', 'redis', '2.0pre1')],
      },
      /sorts pre-release and build versions/,
    ],
    [
      'whose fix is a pseudo-version',
      {
        ecosystem: 'Go',
        version: 'v0.0.0-20210101000000-0123456789ab',
        events: [{ introduced: '0' }, { fixed: '0.0.0-20220101000000-0123456789ab' }],
        clair: [canaryOf('Go'), indexed('Go', 'redis', 'v0.0.0-20210101000000-0123456789ab')],
      },
      /pseudo-version/,
    ],
    [
      'of a gem that it cannot compare another version of',
      {
        ecosystem: 'RubyGems',
        layers: [
          aLayer({
            applications: someApplications({
              files: { 'srv/a': saying('gem', 'redis', '1.0'), 'srv/b': saying('gem', 'redis', '1+x') },
            }),
          }),
        ],
        clair: [
          canaryOf('RubyGems'),
          indexed('RubyGems', 'redis', '1.0'),
          indexed('RubyGems', 'redis', '1+x'),
        ],
      },
      /cannot parse one of the versions/,
    ],
  ])('when Clair says nothing of a package %s, then it has missed it for that reason', (_, part, why) => {
    expect(explanationOf(part)).toEqual([expect.stringMatching(why)])
    expect(judged(part)).toMatchObject({ problem: null, findings: [{ agreement: 'missed-by-clair' }] })
  })

  test('when Clair says nothing for no reason that is known, then the ecosystem has no answer, and the finding stays', () => {
    const answer = judged({ clair: [canaryOf('PyPI'), indexed('PyPI', 'redis', '1.0')] })
    expect(answer.problem).toMatchObject({ code: 'clair-disagrees', where: 'osv-PyPI' })
    expect(answer.problem?.what).toBe(
      "Clair's results and OSV's advisories differ for an unknown reason: Clair does not report X-1 for pypi/redis 1.0",
    )
    expect(answer.findings).toHaveLength(1)
    expect([...answer.judged]).toEqual([])
  })

  test('when Clair alone says it for no reason that is known, then the ecosystem has no answer, and it is a finding', () => {
    const answer = judged({
      version: '2.0',
      clair: [canaryOf('PyPI'), indexed('PyPI', 'redis', '2.0', ['X-1'])],
    })
    expect(answer.problem?.what).toBe(
      "Clair's results and OSV's advisories differ for an unknown reason: only Clair reports X-1 for pypi/redis 2.0",
    )
    expect(answer.findings).toMatchObject([{ version: '2.0', agreement: null }])
  })

  test('when Clair alone says it, by an order that loses something, then that is refuted', () => {
    const version = 'v0.0.0-20230101000000-0123456789ab'
    const events = [{ introduced: '0.0.0-20240101000000-0123456789ab' }]
    const clair = [canaryOf('Go'), indexed('Go', 'redis', version, ['X-1'])]
    expect(explanationOf({ ecosystem: 'Go', version, events, clair })).toEqual([
      expect.stringMatching(/refuted: Clair ignores the timestamp and commit in a pseudo-version/),
    ])
  })

  test('when Clair alone lists a version of a package, then it is a package too', () => {
    const clair = [
      canaryOf('PyPI'),
      indexed('PyPI', 'redis', '1.0', ['X-1']),
      indexed('PyPI', 'redis', '0.9', ['X-1']),
    ]
    expect(explanationOf({ clair })).toEqual(['0.9 confirmed: null', '1.0 confirmed: null'])
  })

  test('when Clair reports what a later layer deleted, then that is refuted', () => {
    const layers = [
      aLayer({ applications: someApplications({ files: { 'srv/old': saying('pypi', 'redis', '0.9') } }) }),
      aLayer({
        diffId: `sha256:${'f'.repeat(64)}`,
        removed: ['srv/old'],
        applications: someApplications({ files: { 'srv/a': saying('pypi', 'redis', '3.0') } }),
      }),
    ]
    const clair = [
      canaryOf('PyPI'),
      indexed('PyPI', 'redis', '3.0'),
      indexed('PyPI', 'redis', '0.9', ['X-1']),
    ]
    expect(explanationOf({ version: '3.0', layers, clair })).toEqual([
      '0.9 refuted: srv/old was deleted or replaced by a later layer',
    ])
    expect(judged({ version: '3.0', layers, clair }).notes).toEqual([
      'application packages: 1 reported by Clair but refuted',
    ])
    expect(judged({}).notes).toEqual(['application packages: 1 missed by Clair'])
    const both = [canaryOf('PyPI'), indexed('PyPI', 'redis', '0.9', ['X-1'])]
    expect(judged({ clair: both }).notes).toEqual([
      'application packages: 1 confirmed by Clair, 1 missed by Clair',
    ])
  })
})

describe('the canary of an ecosystem', () => {
  test('when Clair does not report it, then the ecosystem has no answer, and what was found stays', () => {
    const answer = judged({ clair: [indexed('PyPI', 'redis', '1.0', ['X-1'])] })
    expect(answer.problem).toMatchObject({ code: 'canary-not-found', where: 'Clair, osv/pypi' })
    expect(answer.findings).toMatchObject([{ agreement: null }])
    expect([...answer.judged, ...answer.confirming]).toEqual([])
  })

  test('when it is told of another ecosystem, then that proves nothing', () => {
    const stolen = { ...canaryOf('PyPI'), places: [{ database: 'ruby:x', layer: LAYER, distribution: null }] }
    expect(judged({ clair: [stolen] }).problem?.code).toBe('canary-not-found')
  })

  test('when a Clair that others run has it, then its word counts, and what it misses has a reason', () => {
    const clair = [canaryOf('PyPI', 'other'), indexed('PyPI', 'redis', '1.0')]
    expect(explanationOf({ kind: 'other', clair })).toEqual([
      expect.stringMatching(/missed-by-clair: this Clair instance uses its own advisories/),
    ])
    const alone = [canaryOf('PyPI', 'other'), indexed('PyPI', 'redis', '2.0', ['X-1'])]
    expect(explanationOf({ kind: 'other', version: '2.0', clair: alone })).toEqual([
      expect.stringMatching(/2\.0 null: reported by the Clair at clair-url only: /),
    ])
  })

  test('when a Clair that others run lists it and reports nothing about it, then it has no such advisories', () => {
    const { name, version } = WELL_KNOWN_CANARIES.PyPI
    const answer = judged({ kind: 'other', clair: [indexed('PyPI', name, version)] })
    expect(answer.limits).toEqual([
      "the Clair instance at clair-url has no PyPI advisories, so these packages were checked against OSV's advisories only",
    ])
    expect([...answer.confirming]).toEqual([])
  })

  test('when our own Clair reports another advisory about it, then it does not know ours', () => {
    const { name, version } = OWN_CANARIES.PyPI
    const clair = [indexed('PyPI', name, version, ['X-9']), indexed('PyPI', 'redis', '1.0', ['X-1'])]
    expect(judged({ clair }).problem?.what).toBe(
      `Clair did not report the canary ${name}, so the absence of other PyPI results proves nothing`,
    )
  })

  test('when a Clair that others run does not have it, then our own reading is the answer, and that is reported', () => {
    const answer = judged({ kind: 'other', clair: [] })
    expect(answer).toMatchObject({ problem: null, findings: [{ agreement: null }] })
    expect(answer.limits).toEqual([expect.stringContaining('has no PyPI advisories')])
    expect([[...answer.judged], [...answer.confirming]]).toEqual([['pypi'], []])
  })
})

test.each([
  ['PyPI', 'jupyter_server', '1.0', 'Jupyter.Server', '1.0', true],
  ['PyPI', 'redis', '1.0', 'redis', '1.0.0', true],
  ['PyPI', 'redis', '1.0', 'redis', '1.1', false],
  ['PyPI', 'redis', '1.1', 'redis', '1.0', false],
  ['PyPI', 'redis', '1.13.0', 'redis', '1.13.0+cpu', true],
  ['PyPI', 'redis', 'one', 'redis', 'one', true],
  ['PyPI', 'redis', 'one', 'redis', 'two', false],
  ['PyPI', 'redis', '1.0', 'redis', 'two', false],
  ['PyPI', 'redis', 'one', 'redis', '1.0', false],
  ['PyPI', 'redis', '1.0', 'rediss', '1.0', false],
  ['PyPI', 'redis', '(devel)', 'redis', null, false],
  ['Maven', 'g:a', '1', 'g:A', '1', false],
  ['Go', 'a.example/a', '(devel) (git)', 'a.example/a', null, true],
  ['Go', 'a.example/a', 'v1.0.0 (devel)', 'a.example/a', null, false],
] as const)(
  'when Clair lists %s %s %s, and Seaworthy %s %s, then it is the same package: %s',
  (ecosystem, name, version, ours, oursVersion, isSame) => {
    expect(isSamePackage({ ecosystem, name, version }, ours, oursVersion)).toBe(isSame)
  },
)

describe('the documents about it', () => {
  test('when one is not in the form that Seaworthy writes, then the evidence is incomplete', () => {
    const broken = { 'clair-applications.json': '{"kind":"own"}' }
    expect(problemThrownBy(() => readClairApplications(broken, { packages: [] }, null)).code).toBe(
      'evidence-incomplete',
    )
    expect(readClairApplications({}, { packages: [] }, null)).toBeNull()
  })

  test('when one name and version is in two ecosystems of an index, then it is shared', () => {
    const index = JSON.stringify({
      packages: {
        ...{ 1: { name: 'redis', version: '4.5.3' }, 2: { name: 'apt', version: '2' } },
        ...{ 3: { name: 'rack', version: '1.0' }, 4: { name: 'abc', version: '10' } },
        ...{ 5: { name: 'abc', version: '9' }, 6: { name: 'rack', version: '1.0' } },
      },
      environments: {
        ...Object.fromEntries(
          [3, 6].map((id) => [id, [{ package_db: `ruby:${id}.gemspec`, introduced_in: LAYER }]]),
        ),
        ...Object.fromEntries(
          [4, 5].map((id) => [
            id,
            ['go:srv/a', 'maven:a.jar'].map((path) => ({ package_db: path, introduced_in: LAYER })),
          ]),
        ),
        1: [
          { package_db: 'ruby:a.gemspec', introduced_in: LAYER },
          { package_db: 'python:srv', introduced_in: LAYER },
        ],
        2: [{ package_db: 'var/lib/dpkg/status', introduced_in: LAYER }],
      },
    })
    expect(indexedPackages(index, '')).toHaveLength(8)
    expect(sharedAmong(indexedPackages(index, ''))).toEqual([
      ['abc', '10'],
      ['abc', '9'],
      ['redis', '4.5.3'],
    ])
  })

  test('when a package is found by two package managers, then each vulnerability belongs to the one it is about', () => {
    const databases = ['var/lib/dpkg/status', 'python:srv', 'ruby:srv/a']
    const ids = ['debian/updater', updaterOf('PyPI'), updaterOf('RubyGems')]
    const { vulnerabilities } = indexed('PyPI', 'redis', '1.0', ids)
    const one: ClairPackage = {
      ...indexed('PyPI', 'redis', '1.0'),
      places: databases.map((database) => ({ database, layer: LAYER, distribution: null })),
      vulnerabilities: vulnerabilities.map((about) => ({ ...about, updater: about.id })),
    }
    const request = requestDocument({ kind: 'own', canaries: {}, shared: [] })
    const read = readClairApplications(request, { packages: [one] }, null)
    const reported = read?.packages.map(({ ecosystem, reported: all }) => [
      ecosystem,
      all.map(({ id }) => id),
    ])
    expect(reported).toEqual([
      ['PyPI', ['osv/pypi']],
      ['RubyGems', ['osv/rubygems']],
    ])
    const [managed, ...more] = withoutApplications([one])
    expect(more).toEqual([])
    expect(managed?.vulnerabilities.map(({ id }) => id)).toEqual(['debian/updater'])
    expect(managed?.places.map(({ database }) => database)).toEqual(['var/lib/dpkg/status'])
  })

  test('when an updater is unknown, then what it reports belongs to the package manager, else to one ecosystem', () => {
    const at = (databases: readonly string[]): ClairPackage => ({
      ...indexed('PyPI', 'redis', '1.0'),
      places: databases.map((database) => ({ database, layer: LAYER, distribution: null })),
      vulnerabilities: indexed('PyPI', 'redis', '1.0', ['X-9']).vulnerabilities.map((about) => {
        return { ...about, updater: 'another' }
      }),
    })
    const request = requestDocument({ kind: 'own', canaries: {}, shared: [] })
    const countsOf = (databases: readonly string[]) => [
      ...(readClairApplications(request, { packages: [at(databases)] }, null)?.packages ?? []).map(
        ({ reported }) => reported.length,
      ),
      ...withoutApplications([at(databases)]).map((one) => one.vulnerabilities.length),
    ]
    expect(countsOf(['python:srv', 'ruby:srv/a'])).toEqual([1, 0])
    expect(countsOf(['python:srv', 'lib/apk/db/installed'])).toEqual([0, 1])
  })
})
