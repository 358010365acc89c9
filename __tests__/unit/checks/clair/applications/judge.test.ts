import { describe, expect, test } from '@jest/globals'
import { osvDocuments, readOsvDocuments } from '../../../../../src/checks/clair/applications/documents.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import { NO_RATINGS, type Ratings } from '../../../../../src/feeds/formats/documents.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import type { ApplicationFile } from '../../../../../src/model/packages/application.js'
import { renderJson } from '../../../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../../../src/reports/json/untrusted.js'
import {
  aLayer,
  anImage,
  anImageVerdict,
  aRuledApplication,
  aVerdict,
  LAYER,
  someApplications,
} from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { oddRecord, recordOr } from '../../../../support/osv/records.js'
import { LAYERS, SHOP_NAMES, saying, shopImage } from '../../../../support/osv/shop.js'
import { problemThrownBy } from '../../../../support/problems.js'

const KNOWN = { installed: [], foreign: [] }
const NVD = 'nvd@nist.gov'

function imageWith(files: Readonly<Record<string, ApplicationFile>>) {
  return anImage({ layers: [aLayer({ applications: someApplications({ files }) })] })
}

function judged(
  documents: Readonly<Record<string, string>>,
  image = shopImage(),
  ratings: Ratings = NO_RATINGS,
) {
  const answer = judgeApplications(documents, image, KNOWN, ratings)
  if (answer === null) {
    throw new Error('not checked')
  }
  return answer
}

const shop = (ratings?: Ratings) => judged(advisoriesOf(SHOP_NAMES), shopImage(), ratings)
const find = (id: string, ratings?: Ratings) => shop(ratings).findings.find((one) => one.id === id)

describe('a finding about a package of an application', () => {
  test('when log4j-core 2.14.1 lies in a jar, then its finding has all that is known', () => {
    expect(find('CVE-2021-44228')).toMatchObject({
      check: 'clair',
      subject: 'application',
      ids: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'],
      own: 'GHSA-jfh8-c2jp-5v3q',
      cves: ['CVE-2021-44228'],
      package: 'maven/org.apache.logging.log4j/log4j-core',
      purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
      version: '2.14.1',
      fixedVersion: '2.15.0',
      newest: '2.15.0',
      settles: '2.17.1',
      installable: true,
      severity: 'critical',
      severitySource: 'osv',
      paths: ['opt/app/shop.jar:WEB-INF/lib/log4j-core-2.14.1.jar'],
      layer: LAYERS[1],
      layers: [LAYERS[1]],
      malware: false,
    })
  })

  test('when the NVD has rated its CVE, then that counts, and KEV and EPSS are those of the CVE', () => {
    const cvss = { vector: 'CVSS:3.1/AV:N', score: 5.5, version: '3.1', scorer: NVD }
    const epss = { probability: 0.9, percentile: 1, date: '2026-11-24' }
    const ratings = {
      ...NO_RATINGS,
      cvss: () => cvss,
      epss: () => epss,
      kev: (id: string) => id.endsWith('44228'),
    }
    expect(find('CVE-2021-44228', ratings)).toMatchObject({
      severity: 'medium',
      severitySource: 'nvd',
      cvss,
      epss,
      kev: true,
    })
    expect(find('CVE-2021-45046', ratings)?.kev).toBe(false)
  })

  test('when nobody has rated it, then its severity is not known', () => {
    expect(find('CVE-2021-35042')).toMatchObject({
      severity: 'unknown',
      severitySource: null,
      cvss: null,
      own: 'PYSEC-2021-109',
      kev: null,
    })
  })

  test('when the ecosystem has an id of its own, then that is the one that stays', () => {
    expect(find('CVE-2022-32149')).toMatchObject({
      own: 'GO-2022-1059',
      ids: ['CVE-2022-32149', 'GHSA-69ch-w2m2-3vjp', 'GO-2022-1059'],
    })
  })

  test('when it lies at many places, then twenty are listed, and how many more there are', () => {
    const paths = Array.from({ length: 30 }, (_, at) => `srv/${at}\n/node_modules/lodash/package.json`)
    const files = Object.fromEntries(paths.map((path) => [path, saying('npm', 'lodash', '4.17.4')]))
    const [first] = judged(advisoriesOf({ npm: ['lodash'] }), imageWith(files)).findings
    expect([first?.paths.length, first?.morePaths, first?.layers]).toEqual([20, 10, [LAYER]])
    expect(first?.paths.join('')).not.toContain('\n')
  })

  test('when two files spell one name differently, then it is one package with both places', () => {
    const image = imageWith({
      'a/jupyter_server-2.7.0.dist-info/METADATA': saying('pypi', 'jupyter_server', '2.7.0'),
      'b/jupyter-server-2.7.0.dist-info/METADATA': saying('pypi', 'jupyter-server', '2.7.0'),
    })
    const { findings } = judged(advisoriesOf({ PyPI: ['jupyter-server', 'jupyter_server'] }), image)
    expect(findings.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
    expect(findings[0]?.paths).toHaveLength(2)
  })

  test('when it is written to report.json, then it is read back as it was', () => {
    const findings = shop().findings.map((one) => aRuledApplication(one))
    const verdict = aVerdict({ images: [anImageVerdict({ findings })] })
    const written = renderJson(verdict, { name: 'seaworthy', version: '1' })
    const read = readUntrustedReport(written, 'report.json').images[0]?.findings
    expect(findings.length).toBeGreaterThan(0)
    expect(read).toEqual(findings.map((one) => ({ ...one, links: [] })))
  })
})

describe('an npm package outside node_modules', () => {
  const loose = (name: string, version: string): ApplicationFile => {
    const { md5, says } = saying('npm', name, version)
    return { md5, says: says.map((one) => ({ ...one, isLoose: true })) }
  }
  const at = (files: Readonly<Record<string, ApplicationFile>>) =>
    judged(advisoriesOf({ npm: ['lodash', 'chalk'] }), imageWith(files)).findings

  test('when it is vulnerable, then that counts as in node_modules', () => {
    const found = at({ 'srv/lib/package.json': loose('lodash', '4.17.4') })
    expect(found.length).toBeGreaterThan(0)
    const usual = at({ 'srv/node_modules/lodash/package.json': saying('npm', 'lodash', '4.17.4') })
    const own = ({ id, settles }: (typeof found)[number]) => [id, settles]
    expect(found.map(own)).toEqual(usual.map(own))
  })

  test('when the package of its name at npm is malicious, then it may be another one', () => {
    const elsewhere = loose('chalk', '5.6.1')
    expect(at({ 'srv/chalk/package.json': elsewhere })).toEqual([])
    const usual = { 'srv/node_modules/chalk/package.json': saying('npm', 'chalk', '5.6.1') }
    for (const files of [usual, { ...usual, 'srv/chalk/package.json': elsewhere }]) {
      expect(at(files)).toMatchObject([{ malware: true, ids: ['GHSA-2v46-p5h4-248w', 'MAL-2025-46969'] }])
    }
  })
})

describe('what is not judged', () => {
  test('when a Debian package owns the file, then advisories say nothing of it', () => {
    const image = anImage({
      layers: [
        aLayer({
          applications: someApplications({
            files: { 'usr/share/nodejs/lodash/package.json': saying('npm', 'lodash', '4.17.4') },
            owned: { 'info/node-lodash.list': { 'usr/share/nodejs/lodash/package.json': null } },
          }),
          records: {
            holds: ['info/node-lodash.list'],
            hides: [],
            sums: {},
            programs: {},
            changelogs: {},
            outdated: {},
          },
        }),
      ],
    })
    const installed = [
      {
        name: 'node-lodash',
        version: '1',
        architecture: 'all',
        source: 'node-lodash',
        sourceVersion: '1',
        want: 'install',
        flag: 'ok',
        state: 'installed',
        database: 'var/lib/dpkg/status',
      },
    ]
    const answer = judgeApplications(advisoriesOf({}), image, { installed, foreign: [] }, NO_RATINGS)
    expect(answer).toMatchObject({ findings: [], judged: new Set(), open: [], problem: null })
  })

  test('when the image has nothing of an application, then a note says that it was looked for; a jar without a group is something', () => {
    const jar = { 'opt/spring-beans-5.3.17.jar': saying('maven', 'spring-beans', '5.3.17') }
    expect(judged(advisoriesOf({}), imageWith({})).notes).toEqual(['no application packages found'])
    expect(judged(advisoriesOf({}), imageWith(jar)).notes).toEqual([])
  })

  test('when a jar names no group, then it is not judged, and asked for by nobody', () => {
    const image = imageWith({ 'opt/spring-beans-5.3.17.jar': saying('maven', 'spring-beans', '5.3.17') })
    expect(judged(advisoriesOf({}), image)).toMatchObject({
      findings: [],
      judged: new Set(),
      open: [],
      problem: null,
    })
  })

  test.each(['dev-master', '8.x-dev', null])(
    'when a version is %s, then the package is left open',
    (version) => {
      const image = imageWith({
        'srv/vendor/composer/installed.json': saying('composer', 'symfony/http-kernel', version),
      })
      const {
        findings,
        open,
        judged: kinds,
      } = judged(advisoriesOf({ Packagist: ['symfony/http-kernel'] }), image)
      expect(findings).toEqual([])
      expect(open).toMatchObject([{ package: 'composer/symfony/http-kernel', version }])
      expect([...kinds]).toEqual(['composer'])
    },
  )

  test('when a record has a vector that cannot be read, then its finding is there without a rating', () => {
    const more = [recordOr(readRecord(oddRecord('bad-vector'), 'PyPI'))]
    const image = imageWith({ 'opt/left_pad-1.0.dist-info/METADATA': saying('pypi', 'left-pad', '1.0') })
    const { findings } = judged(advisoriesOf({ PyPI: ['left-pad'] }, { more }), image)
    expect(findings.map(({ own }) => own)).toEqual([more[0]?.id])
  })
})

describe('documents of the evidence', () => {
  test('when there are none, or nobody wanted them, then not checked', () => {
    expect(judgeApplications({}, shopImage(), KNOWN, NO_RATINGS)).toBeNull()
    const off = { 'osv.json': JSON.stringify({ state: 'off', ecosystems: {} }) }
    expect(judgeApplications(off, shopImage(), KNOWN, NO_RATINGS)).toBeNull()
  })

  test('when the index is not in the form that Seaworthy writes, then that is reported', () => {
    const broken = { 'osv.json': '{"state":"maybe"}' }
    expect(problemThrownBy(() => judged(broken)).code).toBe('evidence-incomplete')
  })

  test.each(['', 'not JSON', '{"names":["lodash"],"records":["[1]"]}', '{"names":[],"records":[]}'])(
    'when the document of an ecosystem is %j, then that one has no answer, and the others have',
    (text) => {
      const documents = { ...advisoriesOf(SHOP_NAMES), 'osv-npm.json': text }
      const { problem, findings, judged: kinds } = judged(documents)
      expect(problem?.code).toBe('evidence-incomplete')
      expect(kinds.has('npm')).toBe(false)
      expect(findings.map(({ id }) => id)).toContain('CVE-2021-44228')
    },
  )

  test('when names were not looked up, then three are named, and how many more there are', () => {
    const names = ['a', 'b', 'c', 'd']
    const image = imageWith(
      Object.fromEntries(
        names.map((name) => [`node_modules/${name}/package.json`, saying('npm', name, '1')]),
      ),
    )
    expect(judged(advisoriesOf({ npm: [] }), image).problem).toMatchObject({
      ...{ code: 'evidence-incomplete', what: 'advisories for a, b, c and 1 more were not looked up' },
      where: 'osv-npm',
    })
    expect(judged(advisoriesOf({}), image).problem).toMatchObject({
      what: 'the image has npm packages (a, b, c and 1 more), but no advisories were looked up for them',
      where: 'osv-npm',
    })
  })

  test('when the records about an ecosystem exceed 64 MiB, then they are not kept, and that is said', () => {
    const whole = '{"names":[""],"records":[]}'
    const documentsOf = (length: number) => {
      const names = ['a'.repeat(length - whole.length)]
      return osvDocuments(new Map([['npm', { state: 'read', why: '', names, records: [] }]]))
    }
    const most = 64 * 1024 * 1024
    expect(documentsOf(most)['osv-npm.json']).toHaveLength(most)
    const more = documentsOf(most + 1)
    expect(Object.keys(more)).toEqual(['osv.json'])
    expect(readOsvDocuments(more)?.get('npm')).toEqual({
      problem: {
        code: 'feed-too-large',
        what: "OSV's advisories for this image's npm packages exceed 64 MiB",
        where: 'osv-npm',
        todo: 'check what the image contains: no ordinary application has this many advisories',
      },
    })
  })

  test('when several ecosystems have no answer, then one problem names all of them', () => {
    const { npm: _, Go: __, ...rest } = SHOP_NAMES
    expect(judged(advisoriesOf(rest)).problem?.where).toBe('osv-npm; osv-Go')
  })
})
