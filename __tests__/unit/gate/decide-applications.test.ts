import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { Evidence } from '../../../src/model/evidence.js'
import { isApplication } from '../../../src/model/finding/index.js'
import type { Image } from '../../../src/model/image/image.js'
import { summaryText } from '../../../src/model/packages/application-summary.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { anEvidence, aPolicy, aProblem, aWhitelistEntry, TODAY } from '../../support/builders.js'
import { advisoriesOf, osvSource } from '../../support/osv/advisories.js'
import { SHOP, SHOP_NAMES, saying, shopImage } from '../../support/osv/shop.js'
import { evidenceOf, type Rows, reportOf, scanned } from '../checks/clair/builders.js'

const APT = { name: 'apt', version: '2.6.1' }
const ROWS: Rows = { apt: { 'CVE-2026-10001': { fixed_version: '2.6.2', urgency: 'high' } } }

/** Clair's evidence of an image with apt alone, and what OSV says next to it. */
function evidence(documents: Readonly<Record<string, string>>, rows: Rows = {}): Evidence {
  const clair = evidenceOf(reportOf(scanned([APT]), rows), rows)
  return {
    ...clair,
    documents: { ...clair.documents, ...documents },
    sources: [...clair.sources, osvSource('npm')],
  }
}

function judged(
  part: {
    readonly image?: Image
    readonly evidence?: Evidence
    readonly gate?: Partial<GatePolicy>
    readonly entries?: readonly WhitelistEntry[]
  } = {},
) {
  const { image = shopImage(), gate = {}, entries = [] } = part
  const collected = {
    reference: 'shop:1.4.0',
    image,
    problem: null,
    evidence: [part.evidence ?? evidence(advisoriesOf(SHOP_NAMES))],
    dockerfiles: [{ file: 'Dockerfile', text: SHOP, named: true, problem: null }],
    platform: null,
    others: null,
  }
  const verdict = decide([collected], aPolicy(entries, { checks: ['clair'], ...gate }), TODAY)
  const [of] = verdict.images
  if (of === undefined) {
    throw new Error('there is no image')
  }
  const head = of.applications === null ? null : summaryText(of.applications)
  return { word: verdict.verdict, of, head, findings: of.findings.filter((one) => isApplication(one)) }
}

/** `npm/lodash 4.17.4 CVE-… act Dockerfile:4`. */
const reported = ({ package: name, version, id, ruling, line }: RuledFinding) =>
  [name, version, id, ruling, line === null ? '' : `${line.file}:${line.line}`].join(' ')

describe('an image with four old packages', () => {
  test('when it is judged, then it fails with the four named, each at its COPY line', () => {
    const { word, head, findings } = judged()
    expect(word).toBe('fail')
    expect(head).toBe('1 npm, 1 PyPI, 1 Maven, 1 Go packages judged by OSV')
    const acting = findings.filter(({ blocks }) => blocks).map(reported)
    expect(acting).toEqual(
      expect.arrayContaining([
        'maven/org.apache.logging.log4j/log4j-core 2.14.1 CVE-2021-44228 act Dockerfile:2',
        'pypi/django 3.2.0 CVE-2021-35042 act Dockerfile:3',
        'npm/lodash 4.17.4 CVE-2019-10744 act Dockerfile:4',
        'golang/golang.org/x/text v0.3.7 CVE-2022-32149 act Dockerfile:5',
      ]),
    )
  })

  test('when application is off, then the head says that nobody looks, and nothing of it is found', () => {
    const { word, head, findings } = judged({ gate: { application: 'off' } })
    expect([word, findings]).toEqual(['pass', []])
    expect(head).toBe(
      'not examined: 1 npm, 1 PyPI, 1 Maven, 1 Go packages (not checked for vulnerabilities: application is off)',
    )
  })

  test('when it is off only because osv is none, then the head names that setting', () => {
    expect(judged({ gate: { application: 'off', isOffByOsv: true } }).head).toBe(
      'not examined: 1 npm, 1 PyPI, 1 Maven, 1 Go packages (not checked for vulnerabilities: the input osv is set to none)',
    )
  })

  test('when application is report, then all is noted, and each says why', () => {
    const { word, findings } = judged({ gate: { application: 'report' } })
    expect(word).toBe('pass')
    expect(new Set(findings.map(({ ruling }) => ruling))).toEqual(new Set(['noted']))
    expect(findings.map(becauseText).every((text) => text.endsWith('application is report'))).toBe(true)
  })

  test('when it is judged again from the same evidence, then the verdict is the same', () => {
    expect(JSON.stringify(judged().of)).toBe(JSON.stringify(judged().of))
  })
})

describe('what is not answered', () => {
  const problem = aProblem({ code: 'feed-unreachable', what: 'osv.test gave nothing', where: 'osv-npm' })
  const { npm: _, ...others } = SHOP_NAMES

  test('when an ecosystem gave nothing, then the verdict is incomplete at best, and all else stays', () => {
    const documents = advisoriesOf(others, { problems: { npm: problem } })
    const { word, of, head, findings } = judged({ evidence: evidence(documents, ROWS) })
    expect(word).toBe('fail')
    expect(of.checks).toMatchObject([{ state: 'unanswered', problem: { what: 'osv.test gave nothing' } }])
    expect(new Set(findings.map(({ package: name }) => name.split('/')[0]))).toEqual(
      new Set(['maven', 'pypi', 'golang']),
    )
    expect(of.findings.map(({ id }) => id)).toContain('CVE-2026-10001')
    expect(head).toBe('1 PyPI, 1 Maven, 1 Go packages judged by OSV; not examined: 1 npm package')
    expect(judged({ evidence: evidence(documents), gate: { application: 'report' } }).word).toBe('incomplete')
    expect(judged({ evidence: evidence(documents), gate: { application: 'off' } }).word).toBe('pass')
  })

  test('when an ecosystem of the image was not asked, then that is no answer', () => {
    const { of } = judged({ evidence: evidence(advisoriesOf(others)) })
    expect(of.checks).toMatchObject([{ state: 'unanswered', problem: { code: 'evidence-incomplete' } }])
  })

  test('when a package was not looked up, then its ecosystem has no answer', () => {
    const image = shopImage({ 'srv/node_modules/qs/package.json': saying('npm', 'qs', '6.7.0') })
    const { of, head } = judged({ image })
    expect(of.checks[0]?.problem?.what).toBe('advisories for qs were not looked up')
    expect(head).toContain('not examined: 2 npm packages')
  })

  test('when the newest advisory is too old, then the check has no answer, and what was found stays', () => {
    const old = evidence(advisoriesOf(SHOP_NAMES))
    const stale = [...old.sources.slice(0, -1), osvSource('npm', { date: '2026-10-01T00:00:00Z' })]
    const { of, findings } = judged({ evidence: { ...old, sources: stale } })
    expect(of.checks).toMatchObject([{ state: 'unanswered', problem: { code: 'feed-stale' } }])
    expect(findings.length).toBeGreaterThan(4)
    // Whoever lets data be older says so for all of it.
    const lenient = judged({ evidence: { ...old, sources: stale }, gate: { maxDataAge: 24 * 90 } })
    expect(lenient.of.checks).toMatchObject([{ state: 'answered' }])
  })

  test('when Clair has failed, then what advisories say is reported, and the check has no answer', () => {
    const documents = advisoriesOf(SHOP_NAMES)
    const failed = anEvidence({ documents, problem: aProblem({ code: 'clair-no-report' }) })
    const { word, of, findings } = judged({ evidence: failed })
    expect([word, of.checks[0]?.problem?.code]).toEqual(['fail', 'clair-no-report'])
    expect(findings.map(({ id }) => id)).toContain('CVE-2021-44228')
  })

  test('when the evidence is from before there was OSV, then nothing is judged, and that is reported', () => {
    const { word, head, findings } = judged({ evidence: evidence({}) })
    expect([word, findings]).toEqual(['pass', []])
    expect(head).toBe('not examined: 1 npm, 1 PyPI, 1 Maven, 1 Go packages')
  })

  test('when a version cannot be compared, then the package is not examined, and not taken for safe', () => {
    const image = shopImage({
      'srv/vendor/composer/installed.json': saying('composer', 'symfony/http-kernel', 'dev-master'),
    })
    const documents = advisoriesOf({ ...SHOP_NAMES, Packagist: ['symfony/http-kernel'] })
    const { head, of } = judged({ image, evidence: evidence(documents) })
    expect(head).toContain("not examined: 1 package with a version that can't be compared")
    const [open] = of.findings.filter(({ id }) => id === 'not-examined-undecided')
    expect([open?.ruling, open === undefined ? '' : becauseText(open)]).toEqual([
      'noted',
      expect.stringContaining('composer/symfony/http-kernel dev-master (CVE-'),
    ])
    const strict = judged({ image, evidence: evidence(documents), gate: { failOnUnexamined: true } })
    expect(strict.of.findings.find(({ id }) => id === 'not-examined-undecided')?.ruling).toBe('act')
  })
})

describe('malware', () => {
  const image = shopImage({ 'srv/node_modules/chalk/package.json': saying('npm', 'chalk', '5.6.1') })
  const documents = advisoriesOf({ ...SHOP_NAMES, npm: ['lodash', 'chalk'] })
  const malware = (gate: Partial<GatePolicy>, entries: readonly WhitelistEntry[] = []) =>
    judged({ image, evidence: evidence(documents), gate, entries }).findings.find((one) => one.malware)

  test('when application is report, then it acts all the same', () => {
    const found = malware({ application: 'report' })
    expect(found).toMatchObject({ package: 'npm/chalk', ruling: 'act' })
    expect(found && becauseText(found)).toContain('an advisory says that the package itself is malicious')
  })

  test('when an entry accepts it, then only one that says despite: malware does', () => {
    const id = malware({})?.id ?? ''
    const entry = aWhitelistEntry({ id, package: 'npm/chalk', maxSeverity: 'critical' })
    const near = malware({}, [entry])
    expect([near?.ruling, near && becauseText(near)]).toEqual([
      'act',
      expect.stringContaining('does not set despite: malware'),
    ])
    expect(malware({}, [{ ...entry, despiteKev: true }])?.ruling).toBe('act')
    expect(malware({}, [{ ...entry, despiteMalware: true }])?.ruling).toBe('accepted')
  })
})

describe('entries about packages of an application', () => {
  const ruling = (part: Partial<WhitelistEntry>) => {
    const entry = aWhitelistEntry({ id: 'CVE-2021-44228', maxSeverity: 'critical', ...part })
    const { findings } = judged({ entries: [entry] })
    return findings.find(({ id }) => id === 'CVE-2021-44228')?.ruling
  }
  const LOG4J = 'maven/org.apache.logging.log4j/log4j-core'

  test.each<[string, Partial<WhitelistEntry>, string]>([
    ['names it', { package: LOG4J }, 'accepted'],
    ['names it with its version', { package: `${LOG4J}@2.14.1` }, 'accepted'],
    ['names another version', { package: `${LOG4J}@2.14.0` }, 'act'],
    ['names it by a pattern', { package: 'maven/org.apache.*' }, 'accepted'],
    ['names it by another id of the group', { package: LOG4J, id: 'GHSA-jfh8-c2jp-5v3q' }, 'accepted'],
    ['is about any package', { package: null }, 'accepted'],
    ['is a pattern of source packages', { package: '*log4j*' }, 'act'],
    ['names another package', { package: 'maven/a/b' }, 'act'],
  ])('when an entry %s, then it is ruled so', (_, part, expected) => {
    expect(ruling(part)).toBe(expected)
  })
})

describe('programs next to packages', () => {
  const output = { kind: 'program', name: 'nginx', version: '1.18.0', inside: null } as const
  const NGINX = { md5: null, says: [output] }
  const shop = shopImage()
  const [first, ...more] = shop.layers
  const image: Image =
    first?.applications === undefined
      ? shop
      : {
          ...shop,
          layers: [
            {
              ...first,
              applications: {
                ...first.applications,
                files: { ...first.applications.files, 'opt/nginx/sbin/nginx': NGINX },
              },
            },
            ...more,
          ],
        }
  const names = { ...SHOP_NAMES, Bitnami: ['nginx'] }
  const programs = (gate: Partial<GatePolicy>, documents = advisoriesOf(names)) => {
    const { word, head, findings } = judged({ image, gate, evidence: evidence(documents) })
    return {
      word,
      head,
      rulings: [
        ...new Set(findings.map((one) => `${one.kind === 'bitnami' ? 'program' : 'package'} ${one.ruling}`)),
      ]
        .filter((text) => /act|noted/.test(text))
        .sort(),
    }
  }
  const PACKAGES = '1 npm, 1 PyPI, 1 Maven, 1 Go packages'

  test('when nothing is said, then both are judged', () => {
    expect(programs({})).toEqual({
      word: 'fail',
      head: `${PACKAGES}, nginx 1.18.0 judged by OSV`,
      rulings: ['package act', 'package noted', 'program act'],
    })
  })

  test('when programs is off, then only packages are judged, and the head says so', () => {
    const { head, rulings } = programs({ programs: 'off' })
    expect(head).toBe(
      `${PACKAGES} judged by OSV; not examined: nginx 1.18.0 (programs are not checked for vulnerabilities: programs is off)`,
    )
    expect(rulings).toEqual(['package act', 'package noted'])
  })

  test('when application is off and programs is not, then only programs are judged', () => {
    const { head, rulings } = programs({ application: 'off', programs: 'act' })
    expect(head).toBe(
      `nginx 1.18.0 judged by OSV; not examined: ${PACKAGES} (not checked for vulnerabilities: application is off)`,
    )
    expect(rulings).toEqual(['program act'])
    expect(programs({ application: 'off' }).rulings).toEqual([])
  })

  test('when Bitnami’s data are missing, then the answer lacks something only if programs are judged', () => {
    const lacking = advisoriesOf(SHOP_NAMES)
    expect(programs({ application: 'report' }, lacking).word).toBe('incomplete')
    expect(programs({ application: 'report', programs: 'off' }, lacking).word).toBe('pass')
  })

  test('when the packages’ data are missing, then programs alone have an answer', () => {
    const alone = advisoriesOf({ Bitnami: ['nginx'] })
    expect(programs({ application: 'off', programs: 'report' }, alone).word).toBe('pass')
    expect(programs({ programs: 'report', application: 'report' }, alone).word).toBe('incomplete')
  })
})
