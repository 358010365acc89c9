import { describe, expect, test } from '@jest/globals'
import { differenceProblem } from '../../../../../src/checks/clair/applications/clair-answer.js'
import { updaterOf } from '../../../../../src/checks/clair/applications/ecosystems.js'
import type { ClairVulnerability } from '../../../../../src/checks/clair/matches/report.js'
import type { ApplicationFile } from '../../../../../src/model/packages/application.js'
import { aLayer, LAYER, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { saying } from '../../../../support/osv/shop.js'
import { files, jar, judgeParts, LOG4J, listed, PLUGIN, UPPER } from './clair-lists.js'

const withReport = (ids: readonly string[], part: Partial<ClairVulnerability>) => {
  const { vulnerabilities } = listed(LOG4J, '', '', ids, part)
  return { vulnerabilities }
}

/** In a layer whose file a later one deletes. */
const gone = { ...jar(), places: [{ database: 'maven:opt/a.jar', layer: LAYER, distribution: null }] }

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

  test('when it has no version, then what only Clair reports is named by the package and its place', () => {
    const module = listed('a.example/x', '(devel) (git)', 'go:srv/a b', ['X-9'], { updater: updaterOf('Go') })
    const documents = advisoriesOf({ Go: ['a.example/x'] })
    const answer = judgeParts({ packages: [module], requested: ['Go'], documents })
    expect(answer.problem?.what).toBe(
      'Clair\'s results and OSV\'s advisories differ for an unknown reason: only Clair reports X-9 for golang/a.example/x in "srv/a b"',
    )
    expect(answer.findings).toMatchObject([{ id: 'X-9', version: null, settles: null, paths: ['srv/a b'] }])
  })

  test('when it is a Go module in a release, then its version is what Clair says', () => {
    const module = listed('a.example/x', 'v1.0.0', 'go:srv/a')
    const documents = advisoriesOf({ Go: ['a.example/x'] })
    const answer = judgeParts({ packages: [module], requested: ['Go'], documents })
    expect(answer.alone).toMatchObject([{ kind: 'golang', version: 'v1.0.0' }])
  })

  test('when four results differ, then three are named', () => {
    expect(differenceProblem('Maven', ['a', 'b', 'c', 'd'])).toMatchObject({
      what: "Clair's results and OSV's advisories differ for an unknown reason: a; b; c and 1 more",
      where: 'osv-Maven',
    })
    expect(differenceProblem('Maven', [])).toBeNull()
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
    [
      'a name of 501 characters',
      `g:${'a'.repeat(499)}`,
      '1',
      /not a valid name and version of a Maven package/,
    ],
    [
      'a version of 501 characters',
      LOG4J,
      '1'.repeat(501),
      /not a valid name and version of a Maven package/,
    ],
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

  test('when its name and version have 500 characters, then it is judged', () => {
    const name = `g:${'a'.repeat(498)}`
    const packages = [jar([], '1'.repeat(500), name)]
    const answer = judgeParts({ packages, documents: advisoriesOf({ Maven: [name] }) })
    expect(answer.clair.sides).toMatchObject({ judged: 1, unexplained: 0 })
    expect(answer.problem).toBeNull()
  })

  test('when a path has 160 characters, then it is shown; of a longer one, the beginning is', () => {
    const path = 'a'.repeat(160)
    for (const [more, shown] of [
      ['', path],
      ['b', `${path}…`],
    ] as const) {
      const { clair } = judgeParts({ packages: [listed('busybox', '1.36', `${path}${more}`)] })
      expect(clair.listed.map((one) => one.path)).toEqual([shown])
    }
  })

  test('when there are more than three that are unexplained, then three are named, and how many more there are', () => {
    const what = (count: number) =>
      judgeParts({
        packages: Array.from({ length: count }, (_, at) => listed(`p${at}`, '1', 'lib/apk/db/installed')),
      }).problem?.what
    const text = (at: number) =>
      `p${at} 1 in lib/apk/db/installed (Seaworthy does not know its package manager)`
    const three = `Clair lists packages that Seaworthy cannot judge: ${text(0)}; ${text(1)}; ${text(2)}`
    expect(what(3)).toBe(three)
    expect(what(5)).toBe(`${three}; and 2 more`)
  })

  test('when it is judged, then a Clair that lists also what is unexplained names only that', () => {
    const packages = [listed('busybox', '1.36', 'lib/apk/db/installed'), gone]
    const layers = [
      files({ 'opt/a.jar': saying('maven', LOG4J, '2.14.1') }),
      aLayer({ diffId: UPPER, removed: ['opt/a.jar'], applications: someApplications({}) }),
    ]
    const { alone, clair } = judgeParts({ kind: 'other', packages, layers })
    expect(clair.listed.map(({ side }) => side)).toEqual(['unexplained', 'refuted'])
    expect(alone).toEqual([
      {
        ...{ kind: 'clair-only', name: 'busybox', version: '1.36', purl: null },
        ...{ places: ['lib/apk/db/installed'], layer: null },
      },
    ])
  })

  test('when all packages of an ecosystem are refuted, then nothing has to be known about it', () => {
    const layers = [
      files({ 'opt/a.jar': saying('maven', LOG4J, '2.14.1') }),
      aLayer({ diffId: UPPER, removed: ['opt/a.jar'], applications: someApplications({}) }),
    ]
    for (const documents of [advisoriesOf({ Maven: [LOG4J] }), advisoriesOf({ npm: ['lodash'] })]) {
      const answer = judgeParts({ packages: [gone], layers, documents, requested: [] })
      expect(answer).toMatchObject({ problem: null, findings: [], clair: { sides: { refuted: 1 } } })
    }
  })

  test('when another jar in the same archive has its name, then that is not the same jar', () => {
    const other = saying('maven', 'a.example:log4j-core', '2.14.1', 'WEB-INF/lib/other.jar')
    const packages = [jar([], '2.14.1', 'log4j-core')]
    const documents = advisoriesOf({ Maven: ['a.example:log4j-core', ':log4j-core', LOG4J] })
    const answer = judgeParts({ packages, layers: [files({ [PLUGIN]: other })], documents })
    expect(answer.clair.sides).toMatchObject({ judged: 1, refuted: 0 })
  })

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

  test('when Seaworthy lists it as a jar without a group, then it is not examined, as the head says', () => {
    const layers = [files({ 'opt/a.jar': saying('maven', 'nobody-knows', '1') })]
    const packages = [listed('nobody-knows', '1', 'maven:opt/a.jar')]
    const answer = judgeParts({ packages, layers, documents: advisoriesOf({ Maven: [':nobody-knows'] }) })
    expect(answer.clair.listed).toEqual([
      {
        ...{ name: 'nobody-knows', version: '1', path: 'opt/a.jar', side: 'not-examined' },
        reason: 'listed as jar without a group',
      },
    ])
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
