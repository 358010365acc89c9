import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { OWN_CANARIES, WELL_KNOWN_CANARIES } from '../../../../../src/checks/clair/applications/canary.js'
import {
  CLAIR_ECOSYSTEMS,
  type ClairEcosystem,
  updaterOf,
} from '../../../../../src/checks/clair/applications/ecosystems.js'
import {
  type ClairApplicationsRequest,
  indexedPackages,
  MOST_PACKAGES,
  readClairApplications,
  requestDocument,
} from '../../../../../src/checks/clair/applications/indexed.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import type { ClairPackage, ClairVulnerability } from '../../../../../src/checks/clair/matches/report.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import { type ApplicationFile, CLAIR_SIDES, MOST_LISTED } from '../../../../../src/model/application.js'
import type { LayerFacts } from '../../../../../src/model/image.js'
import { readRecord } from '../../../../../src/osv/record.js'
import { aLayer, anImage, LAYER, someApplications } from '../../../../support/builders.js'
import { cpuMs } from '../../../../support/cpu.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { recordOr } from '../../../../support/osv/records.js'
import { saying } from '../../../../support/osv/shop.js'
import { problemThrownBy } from '../../../../support/problems.js'

const UPPER = `sha256:${'f'.repeat(64)}`
const PLANTED = `sha256:${'c'.repeat(64)}`
const LOG4J = 'org.apache.logging.log4j:log4j-core'
const PLUGIN = 'usr/share/jenkins/x.jpi'

/** A package as Clair's report has it. @param ids that it reports, by the updater of the ecosystem at its place */
function listed(
  name: string,
  version: string,
  database: string,
  ids: readonly string[] = [],
  part: Partial<ClairVulnerability> = {},
): ClairPackage {
  const about = { package: name, severity: '', normalizedSeverity: 'Critical', links: [], updater: '' }
  const fixedIn = 'fixed=2.15.0&introduced=2.13.0'
  return {
    name,
    version,
    architecture: '',
    source: null,
    places: [{ database, layer: LAYER, distribution: null }],
    vulnerabilities: ids.map((id) => ({ id, ...about, fixedIn, ...part })),
  }
}

const withReport = (ids: readonly string[], part: Partial<ClairVulnerability>) => {
  const { vulnerabilities } = listed(LOG4J, '', '', ids, part)
  return { vulnerabilities }
}

const jar = (ids: readonly string[] = [], version = '2.14.1', name = LOG4J) =>
  listed(name, version, `maven:${PLUGIN}:WEB-INF/lib/log4j-core-2.14.1.jar`, ids, {
    updater: updaterOf('Maven'),
  })

function canaries(
  kind: ClairApplicationsRequest['kind'],
  ecosystems: readonly ClairEcosystem[],
): readonly ClairPackage[] {
  return ecosystems.map((ecosystem) => {
    const { name, version, id } = (kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES)[ecosystem]
    const places = { PyPI: 'python:x', Maven: 'maven:x.jar', RubyGems: 'ruby:x.gemspec', Go: 'go:x' }
    const one = listed(name, version, places[ecosystem], [id ?? 'GHSA-any'], {
      updater: updaterOf(ecosystem),
    })
    return { ...one, places: one.places.map((place) => ({ ...place, layer: PLANTED })) }
  })
}

interface Parts {
  readonly kind?: ClairApplicationsRequest['kind']
  /** Ecosystems that Clair was asked about. */
  readonly requested?: readonly ClairEcosystem[]
  readonly packages: readonly ClairPackage[]
  readonly documents?: Readonly<Record<string, string>>
  readonly layers?: readonly LayerFacts[]
}

/** What becomes of Clair's packages in an image in which Seaworthy itself sees nothing. */
function judgeParts({ kind = 'own', requested = ['Maven'], packages, documents, layers }: Parts) {
  const all = kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES
  const wanted = Object.fromEntries(requested.map((one) => [one, all[one]]))
  const report = { packages: [...canaries(kind, requested), ...packages] }
  const clair = readClairApplications(
    requestDocument({ kind, canaries: wanted, shared: [] }),
    report,
    PLANTED,
  )
  const image = anImage({ layers: layers ?? [aLayer({ applications: someApplications({}) })] })
  const known = { installed: [], foreign: [] }
  const answer = judgeApplications(
    documents ?? advisoriesOf({ Maven: [LOG4J] }),
    image,
    known,
    NO_RATINGS,
    clair,
  )
  if (answer === null || answer.clair === null) {
    throw new Error('not checked')
  }
  return { ...answer, clair: answer.clair }
}

const files = (all: Readonly<Record<string, ApplicationFile>>) =>
  aLayer({ applications: someApplications({ files: all }) })

const notInstalled: ApplicationFile = {
  md5: null,
  says: [{ kind: 'not-installed', name: 'redis', version: '1.0', inside: null }],
}

const nameless = (inside: string): ApplicationFile => {
  return { md5: null, says: [{ kind: 'jar', name: 'x.jar', version: null, inside }] }
}

describe('a package that only Clair lists', () => {
  test('when advisories about it were looked up, then it is judged as one of the application', () => {
    const answer = judgeParts({ packages: [jar(['GHSA-jfh8-c2jp-5v3q', 'GHSA-7rjr-3q55-vv33'])] })
    expect(answer.findings.find(({ id }) => id === 'CVE-2021-44228')).toMatchObject({
      package: 'maven/org.apache.logging.log4j/log4j-core',
      version: '2.14.1',
      severity: 'critical',
      agreement: 'confirmed',
      paths: [`${PLUGIN}:WEB-INF/lib/log4j-core-2.14.1.jar`],
      layer: LAYER,
    })
    expect(answer.alone).toMatchObject([{ kind: 'maven', name: LOG4J, version: '2.14.1' }])
    expect(answer.clair).toMatchObject({ packages: 1, sides: { judged: 1 }, listed: [] })
  })

  test('when its name was not looked up, then the ecosystem has no answer, and the package is named', () => {
    const answer = judgeParts({ documents: advisoriesOf({ Maven: ['a:b'] }), packages: [jar()] })
    expect(answer.problem).toMatchObject({ code: 'evidence-incomplete', where: 'osv-Maven' })
    expect(answer.problem?.what).toContain(LOG4J)
    const other = judgeParts({
      documents: advisoriesOf({ npm: ['lodash'] }),
      packages: [jar()],
      requested: [],
    })
    expect(other.problem?.what).toContain(`the image has Maven packages (${LOG4J})`)
  })

  test('when Clair reports what no advisory says, then our own Clair contradicts us, and it is a finding', () => {
    const answer = judgeParts({ packages: [jar(['GHSA-0000-0000-0000'], '2.99.0')] })
    expect(answer.problem).toMatchObject({ code: 'clair-disagrees', where: 'osv-Maven' })
    expect(answer.problem?.what).toContain(
      `only Clair reports GHSA-0000-0000-0000 for maven/org.apache.logging.log4j/log4j-core 2.99.0 in ${PLUGIN}`,
    )
    expect(answer.findings).toMatchObject([
      { id: 'GHSA-0000-0000-0000', severity: 'critical', severitySource: 'clair', fixedVersion: '2.15.0' },
    ])
  })

  test('when an external Clair reports it, then it is a finding that says so, and the check is answered', () => {
    const answer = judgeParts({ kind: 'other', packages: [jar(['GHSA-0000-0000-0000'], '2.99.0')] })
    expect(answer.problem).toBeNull()
    expect(answer.findings).toMatchObject([
      {
        id: 'GHSA-0000-0000-0000',
        version: '2.99.0',
        agreement: null,
        explanation: expect.stringMatching(/^reported by the Clair at clair-url only: /),
      },
    ])
  })

  test('when an external Clair has a newer advisory with a fix, then its fix counts where ours names none', () => {
    const newer = { updater: updaterOf('Maven'), fixedIn: 'fixed=2.99.1%2Bx&introduced=2.99.0' }
    const packages = [{ ...jar([], '2.99.0'), ...withReport(['GHSA-jfh8-c2jp-5v3q'], newer) }]
    expect(judgeParts({ kind: 'other', packages }).findings).toMatchObject([
      { id: 'CVE-2021-44228', agreement: null, fixedVersion: '2.99.1+x', installable: true },
    ])
  })

  test('when an external Clair lacks the canary, then what it reports counts all the same', () => {
    const answer = judgeParts({
      kind: 'other',
      requested: [],
      packages: [jar(['GHSA-0000-0000-0000'], '2.99.0')],
    })
    expect(answer.findings).toMatchObject([{ id: 'GHSA-0000-0000-0000' }])
    expect(answer.limits).toContainEqual(expect.stringContaining('has no Maven advisories'))
  })

  test.each<[string, string, string, RegExp]>([
    ['a version that cannot be compared', LOG4J, '', /its version "" cannot be compared with CVE-/],
    ['no group', 'log4j-core', '2.14.1', /it states no group/],
    ['a control character', `${LOG4J}\u0000`, '2.14.1', /not a valid name and version of a Maven package/],
    ['half a character', LOG4J, '1\ud800', /not a valid name and version of a Maven package/],
    ['no name', '', '1', /not a valid name and version of a Maven package/],
  ])(
    'when it has %s, then our own Clair contradicts us; an external one lists it alone',
    (_, name, version, why) => {
      const own = judgeParts({ packages: [jar(['GHSA-1'], version, name)] })
      expect(own.clair.listed).toMatchObject([{ side: 'unexplained', reason: expect.stringMatching(why) }])
      expect(own.problem?.code).toBe('clair-disagrees')
      expect(own.problem?.what).toContain(PLUGIN)
      expect(own.problem?.what).toMatch(/^[^\p{Cc}\p{Cs}]*$/u)
      expect(own.findings).toMatchObject([{ id: 'GHSA-1' }])
      const other = judgeParts({ kind: 'other', packages: [jar(['GHSA-1'], version, name)] })
      expect(other.problem).toBeNull()
      expect(other.findings).toMatchObject([
        { id: 'GHSA-1', explanation: expect.stringContaining('clair-url only') },
      ])
      expect(other.alone.length + other.open.length).toBeGreaterThan(0)
    },
  )

  test('when Seaworthy lists the same jar under another name, then an artifact without a group is refuted', () => {
    const inside = 'WEB-INF/lib/log4j-core-2.14.1.jar'
    const layers = [files({ [PLUGIN]: saying('maven', 'g:a', '1', inside) })]
    const packages = [jar([], '2.14.1', 'nobody-knows')]
    const answer = judgeParts({
      packages,
      layers,
      documents: advisoriesOf({ Maven: ['g:a', ':nobody-knows'] }),
    })
    expect(answer.clair.listed).toMatchObject([{ side: 'refuted' }])
    expect(answer.problem).toBeNull()
  })

  test.each<[string, ApplicationFile, string]>([
    [
      'under another name',
      saying('maven', 'com.google.guava:guava', '29.0', 'WEB-INF/lib/log4j-core-2.14.1.jar'),
      'com.google.guava:guava',
    ],
    ['without a name', nameless('WEB-INF/lib/log4j-core-2.14.1.jar'), 'x:y'],
  ])(
    'when Seaworthy lists the same jar %s, and advisories know the artifact, then it is judged',
    (_, file, name) => {
      const packages = [jar(['GHSA-jfh8-c2jp-5v3q'], '2.14.1', 'log4j-core')]
      const documents = advisoriesOf({ Maven: [name, ':log4j-core', LOG4J] })
      const answer = judgeParts({ packages, layers: [files({ [PLUGIN]: file })], documents })
      expect(answer.findings.map(({ id }) => id)).toContain('CVE-2021-44228')
      expect(answer.clair.sides).toMatchObject({ judged: 1, refuted: 0 })
    },
  )

  test('when Seaworthy lists the same jar without a name, and no advisory knows it, then it is not examined', () => {
    const packages = [jar([], '1', 'nobody-knows')]
    const documents = advisoriesOf({ Maven: [':nobody-knows'] })
    const answer = judgeParts({
      packages,
      layers: [files({ [PLUGIN]: nameless('WEB-INF/lib/log4j-core-2.14.1.jar') })],
      documents,
    })
    expect(answer.clair.listed).toMatchObject([{ side: 'not-examined' }])
    expect(answer.problem).toBeNull()
  })

  test.each(['sqlite:var/lib/rpm', 'lib/apk/db/installed', 'nodejs:srv/package.json'])(
    'when it is in %s, which Seaworthy does not know, then it is unexplained',
    (database) => {
      const packages = [listed('busybox', '1.36', database)]
      const own = judgeParts({ packages })
      expect(own.problem).toMatchObject({ code: 'clair-disagrees', where: 'Clair' })
      expect(own.problem?.what).toContain(`busybox 1.36 in ${database.replace(/^nodejs:/, 'nodejs:')}`)
      const other = judgeParts({ kind: 'other', packages })
      expect(other.problem).toBeNull()
      expect(other.alone).toMatchObject([{ kind: 'clair-only', name: 'busybox', version: '1.36' }])
    },
  )
})

describe('a place at which Clair lists a package', () => {
  const REDIS = { PyPI: ['redis'] }
  const record = recordOr(readRecord(advisory('X-1', 'PyPI', 'redis', [{ introduced: '0' }]), 'PyPI'))
  const documents = advisoriesOf(REDIS, { more: [record] })
  const METADATA = 'redis-1.0.dist-info/METADATA'
  const debians = {
    ...aLayer({
      applications: someApplications({
        files: { [`usr/lib/python3/dist-packages/${METADATA}`]: saying('pypi', 'redis', '1.0') },
        owned: { 'info/python3-redis.list': { [`usr/lib/python3/dist-packages/${METADATA}`]: null } },
      }),
      records: {
        holds: ['info/python3-redis.list'],
        hides: [],
        sums: {},
        programs: {},
        changelogs: {},
        outdated: {},
      },
    }),
  }
  const known = {
    installed: [
      {
        ...{ name: 'python3-redis', version: '1', architecture: 'all', source: 'redis', sourceVersion: '1' },
        ...{ want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' },
      },
    ],
    foreign: [],
  }
  const answerFor = (packages: readonly ClairPackage[], layers: readonly LayerFacts[]) => {
    const documentsOfRequest = requestDocument({
      kind: 'own',
      canaries: { PyPI: OWN_CANARIES.PyPI },
      shared: [],
    })
    const clair = readClairApplications(
      documentsOfRequest,
      { packages: [...canaries('own', ['PyPI']), ...packages] },
      PLANTED,
    )
    return judgeApplications(documents, anImage({ layers }), known, NO_RATINGS, clair)
  }
  const at = (database: string, ids: readonly string[] = []) =>
    listed('redis', '1.0', database, ids, { updater: updaterOf('PyPI') })

  test('when a Debian package owns the file there, then it is refuted, and so is what Clair reports', () => {
    const answer = answerFor([at('python:usr/lib/python3/dist-packages', ['X-1', 'X-2'])], [debians])
    expect(answer?.clair?.listed).toMatchObject([
      { side: 'refuted', reason: expect.stringContaining('belongs to the Debian package python3-redis') },
    ])
    expect(answer?.findings.map(({ id, agreement }) => [id, agreement])).toEqual([
      ['X-1', 'refuted'],
      ['X-2', 'refuted'],
    ])
    expect(answer?.problem).toBeNull()
  })

  test('when it is another one than that of the Debian package, then it is judged', () => {
    const answer = answerFor([at('python:opt/app', ['X-1'])], [debians])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'confirmed', paths: ['opt/app'] }])
  })

  test('when one of two is another one, then that one is judged', () => {
    const both = at('python:usr/lib/python3/dist-packages', ['X-1'])
    const places = [...both.places, ...at('python:opt/app').places]
    expect(answerFor([{ ...both, places }], [debians])?.findings).toMatchObject([{ paths: ['opt/app'] }])
  })

  test('when a later layer writes a file there that Seaworthy cannot read, then the deleted one explains nothing', () => {
    const layers = [
      files({ 'opt/a.jar': saying('maven', LOG4J, '2.14.1') }),
      aLayer({ diffId: UPPER, removed: ['opt/a.jar'], applications: someApplications({}) }),
    ]
    const upper = { database: 'maven:opt/a.jar', layer: UPPER, distribution: null }
    const judged = judgeParts({ packages: [{ ...jar(), places: [upper] }], layers })
    expect(judged.clair.sides.judged).toBe(1)
    const gone = judgeParts({ packages: [{ ...jar(), places: [{ ...upper, layer: LAYER }] }], layers })
    expect(gone.clair.listed).toMatchObject([
      { side: 'refuted', reason: 'opt/a.jar was deleted or replaced by a later layer' },
    ])
  })

  test.each(['opt', 'opt/app'])('when a later layer deletes %s, then nothing below it is left', (removed) => {
    const layers = [
      aLayer({ applications: someApplications({}) }),
      aLayer({ diffId: UPPER, removed: [removed], applications: someApplications({}) }),
    ]
    expect(answerFor([at('python:opt/app')], layers)?.clair?.sides.refuted).toBe(1)
  })

  const LEFT = 'opt/app/~edis-1.0.dist-info/METADATA'
  test('when pip left only this behind there, then it is refuted, and so is what Clair reports', () => {
    const answer = answerFor([at('python:opt/app', ['X-1'])], [files({ [LEFT]: notInstalled })])
    expect(answer?.clair?.listed).toMatchObject([
      { side: 'refuted', reason: `${LEFT} was left behind by pip when it removed the package` },
    ])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'refuted' }])
    expect(answer?.problem).toBeNull()
  })

  test('when the package is installed next to what pip left behind, then it is judged', () => {
    const both = {
      [LEFT]: notInstalled,
      [`opt/app/${METADATA}`]: saying('pypi', 'redis', '1.0'),
    }
    const answer = answerFor([at('python:opt/app', ['X-1'])], [files(both)])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'confirmed' }])
    expect(answer?.clair?.sides).toMatchObject({ judged: 1, refuted: 0 })
  })

  test('when a wheel that is not installed has its name, then that refutes nothing', () => {
    const wheel = {
      'opt/app/virtualenv/seed/wheels/embed/redis-1.0-py3-none-any.whl': notInstalled,
    }
    expect(answerFor([at('python:opt/app', ['X-1'])], [files(wheel)])?.clair?.sides.judged).toBe(1)
  })

  test('when it is in a layer that the image does not have, then nothing explains it', () => {
    const [place] = at('python:usr/lib/python3/dist-packages').places
    const one = {
      ...at(''),
      places: place === undefined ? [] : [{ ...place, layer: `sha256:${'9'.repeat(64)}` }],
    }
    expect(answerFor([one], [debians])?.clair?.sides.judged).toBe(1)
  })
})

describe('the account of Clair’s index', () => {
  const text = fc.oneof(
    fc.constantFrom('redis', 'rack', 'log4j-core', LOG4J, 'stdlib', '', '__proto__', 'a\u0000b'),
    fc.string({ maxLength: 8 }),
  )
  const version = fc.oneof(
    fc.constantFrom('1.0', '2.14.1', '(devel)', '', 'x y'),
    fc.string({ maxLength: 5 }),
  )
  const database = fc.oneof(
    fc.constantFrom('var/lib/dpkg/status', 'var/lib/dpkg/status.d/libc6', 'lib/apk/db/installed', 'nodejs:a'),
    fc.constantFrom('python:srv', 'maven:srv/a.jar', 'maven:srv/a.war:b.jar', 'jar:x.jar', 'ruby:a', 'go:a'),
  )
  const layer = fc.constantFrom(LAYER, UPPER, `sha256:${'9'.repeat(64)}`)
  const updater = fc.constantFrom('osv/pypi', 'osv/maven', 'debian/updater', 'other')
  const clairs = fc.record({
    name: text,
    version,
    places: fc.uniqueArray(fc.record({ database, layer, distribution: fc.constant(null) }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ database: path }) => path,
    }),
    reported: fc.uniqueArray(fc.tuple(fc.constantFrom('GHSA-jfh8-c2jp-5v3q', 'X-1', 'X-2'), updater), {
      maxLength: 2,
      selector: ([id]) => id,
    }),
  })
  const own = fc.dictionary(
    fc.constantFrom('srv/a.jar', 'srv/redis-1.0.dist-info/METADATA', 'a', 'x.jar'),
    fc.constantFrom(
      saying('maven', LOG4J, '2.14.1'),
      saying('maven', 'log4j-core', '2.14.1'),
      saying('pypi', 'redis', '1.0'),
      saying('golang', 'stdlib', null),
    ),
  )

  test('when an index and an image are made up, then each package is on one side, and nothing reported is lost', () => {
    const documents = advisoriesOf({ Maven: [LOG4J, ':log4j-core'], PyPI: ['redis'] })
    fc.assert(
      fc.property(
        fc.array(clairs, { maxLength: 12 }),
        own,
        fc.constantFrom('own' as const, 'other' as const),
        fc.constantFrom([], ['srv'], ['srv/a.jar']),
        (all, ours, kind, removed) => {
          const packages = all.map(({ reported, ...one }): ClairPackage => {
            const [first] = reported.map(([id, by]) => listed(one.name, '', '', [id], { updater: by }))
            const vulnerabilities = reported.flatMap(
              ([id, by]) => listed(one.name, '', '', [id], { updater: by }).vulnerabilities,
            )
            return { ...(first ?? listed('', '', '')), ...one, vulnerabilities }
          })
          const layers = [files(ours), aLayer({ diffId: UPPER, removed, applications: someApplications({}) })]
          const answer = judgeParts({ kind, requested: CLAIR_ECOSYSTEMS, packages, documents, layers })
          const { clair, findings, open, problem } = answer
          // One for each ecosystem that Clair found it in, and one for all package managers together.
          const kinds = packages.map(({ places }) => {
            const beginnings = places.map(
              ({ database: path }) => /^(python|maven|jar|ruby|go):/.exec(path)?.[1] ?? '',
            )
            return new Set(beginnings.map((one) => (one === 'jar' ? 'maven' : one))).size
          })
          expect(clair.packages).toBe(kinds.reduce((sum, one) => sum + one, 0))
          expect(CLAIR_SIDES.reduce((sum, side) => sum + clair.sides[side], 0)).toBe(clair.packages)
          expect(clair.listed).toHaveLength(clair.packages - clair.sides.debian - clair.sides.judged)
          // What no package manager reports is a finding, or a package whose version is left open.
          for (const one of packages.filter(({ places }) =>
            places.every(({ database: path }) => /^(?:python|maven|jar|ruby|go):/.test(path)),
          )) {
            for (const { id } of one.vulnerabilities) {
              // Go's `(devel)` is no version; of other ecosystems it would be one.
              const isOpen = open.some(({ version }) => version === null || version === one.version)
              expect(findings.some(({ ids }) => ids.includes(id)) || isOpen).toBe(true)
            }
          }
          if (kind === 'own' && clair.sides.unexplained > 0) {
            expect(problem).not.toBeNull()
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('when the canaries’ layer holds a package, then it is not the image’s', () => {
    const planted = { database: 'go:var/lib/seaworthy-canary/canary', layer: PLANTED, distribution: null }
    const answer = judgeParts({ packages: [{ ...listed('stdlib', 'devel', ''), places: [planted] }] })
    expect(answer).toMatchObject({ problem: null, clair: { packages: 0 } })
  })

  test('when there are more than are accepted, then that is reported, and no answer is given', () => {
    const packages = Array.from({ length: 100_000 }, (_, at) => listed(`p${at}`, '1', 'python:srv'))
    const { code, what } = problemThrownBy(() => judgeParts({ packages }))
    expect(code).toBe('clair-report-malformed')
    expect(what).toBe(
      `Clair's report lists 100001 application packages, and at most ${MOST_PACKAGES} are accepted`,
    )
  })

  test('when there are as many as are accepted, then each is judged in seconds, and the list has an end', () => {
    const packages = Array.from({ length: MOST_PACKAGES - 1 }, (_, at) =>
      listed(at % 2 === 0 ? `p${at}` : `p\u0000${at}`, '1', 'python:srv'),
    )
    const start = cpuMs()
    const { clair, problem } = judgeParts({ packages })
    expect(cpuMs() - start).toBeLessThan(20_000)
    expect(clair.packages).toBe(packages.length)
    expect(clair.listed).toHaveLength(MOST_LISTED)
    expect(problem?.what).toMatch(/; and 24,?99\d more/)
  })
})

describe('an index report', () => {
  const INDEX = JSON.stringify({
    packages: { 1: { name: 'redis', version: '4.5.3' } },
    environments: { 1: [{ package_db: 'python:srv', introduced_in: LAYER }] },
  })

  test.each<[string, string]>([
    ['cut in the middle', INDEX.slice(0, INDEX.length / 2)],
    ['empty', ''],
    ['a page', '<html>'],
    ['without packages', '{"packages":null,"environments":{}}'],
    ['with a package that is a number', '{"packages":{"1":7},"environments":{}}'],
  ])('when it is %s, then it is an error that says so', (_, text) => {
    const problem = problemThrownBy(() => indexedPackages(text, PLANTED))
    expect(problem).toMatchObject({ code: 'clair-index-failed', where: 'Clair' })
    expect(problem.what).toContain("Clair's index report can't be read: ")
    expect(problem.todo).not.toBe('')
  })

  test('when it is whole, then it has the places of each package, and not what was planted', () => {
    expect(indexedPackages(INDEX, PLANTED)).toMatchObject([
      { ecosystem: 'PyPI', name: 'redis', places: [{ database: 'python:srv', layer: LAYER }] },
    ])
    expect(indexedPackages(INDEX, LAYER)).toEqual([])
  })
})
