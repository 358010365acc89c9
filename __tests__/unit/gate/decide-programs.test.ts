import { describe, expect, test } from '@jest/globals'
import { ENDS, endsDocument, programsOfImage, readEndsDocument } from '../../../src/feeds/formats/ends.js'
import { SHIPPED_ENDS } from '../../../src/feeds/formats/shipped-ends.js'
import { decide } from '../../../src/gate/decide.js'
import { imageTasks } from '../../../src/judge/tasks/actions.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { Evidence } from '../../../src/model/evidence.js'
import { isApplication } from '../../../src/model/finding/index.js'
import type { Image } from '../../../src/model/image/image.js'
import { summaryText } from '../../../src/model/packages/application-summary.js'
import { type EndsOfLife, readEnds } from '../../../src/model/packages/end-of-life.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { aPolicy, aWhitelistEntry, someApplications, TODAY } from '../../support/builders.js'
import { advisoriesOf } from '../../support/osv/advisories.js'
import { shopImage } from '../../support/osv/shop.js'
import { readBack } from '../../support/read-back.js'
import { evidenceOf, reportOf, scanned } from '../checks/clair/builders.js'

const KEV = {
  name: 'cisa-kev',
  url: 'https://www.cisa.gov/',
  fetchedAt: null,
  date: null,
  sha256: null,
  rows: 1,
}
const SHIPPED = readEnds(SHIPPED_ENDS) as EndsOfLife
const APT = { name: 'apt', version: '2.6.1' }

/** An image with apt of Debian, and these programs, each at its path. */
function imageOf(programs: Readonly<Record<string, readonly [name: string, version: string | null]>>): Image {
  const shop = shopImage()
  const files = Object.fromEntries(
    Object.entries(programs).map(([path, [name, version]]) => {
      const output = { kind: 'program', name, version, inside: null } as const
      return [path, { md5: null, says: [output] }]
    }),
  )
  const [first] = shop.layers
  if (first === undefined) {
    throw new Error('the image has no layers')
  }
  return { ...shop, layers: [{ ...first, applications: someApplications({ files }) }], history: [] }
}

interface Case {
  readonly gate?: Partial<GatePolicy>
  readonly entries?: readonly WhitelistEntry[]
  readonly names?: readonly string[]
  readonly today?: string
  readonly kev?: readonly string[]
  readonly ends?: string
}

function judged(
  image: Image,
  { gate = {}, entries = [], names = [], today = TODAY, kev = [], ends }: Case = {},
) {
  const clair = evidenceOf(reportOf(scanned([APT]), {}), {})
  const documents = {
    ...clair.documents,
    ...advisoriesOf({ Bitnami: ['nginx', ...names], ...(names.includes('golang') && { Go: ['toolchain'] }) }),
    ...endsDocument(SHIPPED, programsOfImage(image)),
    ...(ends === undefined ? {} : { [ENDS]: ends }),
    ...(kev.length > 0 && {
      'feeds.json': JSON.stringify({
        cvss: { state: 'off', date: null, why: '' },
        epss: { state: 'off', date: null, why: '' },
        kev: { state: 'read', date: null, why: '' },
      }),
      'kev.json': JSON.stringify(Object.fromEntries(kev.map((id) => [id, '']))),
    }),
  }
  const evidence: Evidence = {
    ...clair,
    documents,
    sources: [...clair.sources, ...(kev.length === 0 ? [] : [KEV])].map((one) => ({
      ...one,
      date: `${today}T00:00:00Z`,
    })),
  }
  const collected = {
    reference: 'shop:1.4.0',
    image,
    problem: null,
    evidence: [evidence],
    dockerfiles: [],
    platform: null,
    others: null,
  }
  const verdict = decide(
    [collected],
    aPolicy(entries, { checks: ['clair'], maxDataAge: 87_600, ...gate }),
    today,
  )
  const [of] = verdict.images
  if (of === undefined || of.applications === null) {
    throw new Error('there is no image')
  }
  const ending = of.findings.filter(({ id }) => id === 'program-end-of-life')
  return {
    word: verdict.verdict,
    of,
    head: summaryText(of.applications),
    ends: ending.map((one) => `${one.package} ${one.ruling}: ${becauseText(one)}`),
    ending,
    vulnerabilities: of.findings.filter((one) => isApplication(one)),
  }
}

const NODE16 = imageOf({ 'usr/local/bin/node': ['node', '16.20.0'] })

describe('a program past its end of life', () => {
  test('when its branch has ended, then it blocks, and the head says so', () => {
    const { word, head, ends } = judged(NODE16, { names: ['node'] })
    expect(word).toBe('fail')
    expect(head).toBe('Node.js 16.20.0 judged by OSV; past their end: Node.js 16 (2023-09-11)')
    expect(ends).toEqual([
      'program/node act: Node.js 16 is past its end of life (2023-09-11); the newest branch is 26',
    ])
  })

  test('when end-of-life is report, or an entry accepts it, then it does not block', () => {
    expect(judged(NODE16, { names: ['node'], gate: { endOfLife: 'report' } }).ends[0]).toContain(
      'node noted:',
    )
    const entry = aWhitelistEntry({ id: 'program-end-of-life', package: 'program/node' })
    expect(judged(NODE16, { names: ['node'], entries: [entry] }).ends[0]).toContain('node accepted:')
    const other = aWhitelistEntry({ id: 'program-end-of-life', package: 'program/nginx' })
    expect(judged(NODE16, { names: ['node'], entries: [other] }).ends[0]).toContain('node act:')
  })

  test('when nobody judges programs, then it blocks all the same', () => {
    expect(judged(NODE16, { gate: { programs: 'off' } }).ends[0]).toContain('node act:')
  })

  test('when no advisories are read for it, then its end counts too', () => {
    const image = imageOf({ 'opt/erlang/releases/25/OTP_VERSION': ['erlang', '25.2.3'] })
    expect(judged(image).ends).toEqual([
      'program/erlang act: Erlang/OTP 25 is past its end of life (2025-05-17); the newest branch is 29',
    ])
  })

  test.each([
    [{ 'usr/local/include/node/node_version.h': ['node', '16.20.0'] }, 'headers alone'],
    [{ 'usr/local/bin/node': ['node', null] }, 'a program of unknown version'],
    [{ 'usr/local/bin/haproxy': ['haproxy', '3.2.1'] }, 'a maintained branch'],
  ] as const)('when the image has %j, then %s is no end', (programs, _) => {
    expect(judged(imageOf(programs), { names: ['haproxy', 'node'] }).ends).toEqual([])
  })

  test('when it ends soon, or nobody knows when, then that is noted', () => {
    const image = imageOf({
      'usr/local/bin/ruby': ['ruby', '3.3.0'],
      'usr/local/apache2/bin/httpd': ['httpd', '2.4.68'],
    })
    const { word, ends } = judged(image, { names: ['ruby', 'apache'], today: '2027-01-15' })
    expect(ends).toEqual([
      'program/httpd noted: no end of life is known for Apache httpd 2.4; the newest branch is 2.4',
      'program/ruby noted: Ruby 3.3 reaches its end of life on 2027-03-31; the newest branch is 4.0',
    ])
    expect(word).toBe('pass')
  })

  test('when the data are old, then the head says of what nothing is known, and a note how old they are', () => {
    const image = imageOf({ 'a/bin/node': ['node', '16.20.0'], 'b/bin/node': ['node', '22.1.0'] })
    const { head, of, ends } = judged(image, { names: ['node'], today: '2027-06-01' })
    expect(head).toBe(
      'Node.js 16.20.0, Node.js 22.1.0 judged by OSV; past their end: Node.js 16 (2023-09-11); end of life not known, since the data are old: Node.js 22 (2027-04-30)',
    )
    expect(ends.map((one) => one.split(':')[0])).toEqual(['program/node act', 'program/node noted'])
    expect(of.checks[0]?.notes).toContain('ends of life of programs from 2026-08-22, 283 days old')
  })

  test('when the evidence has a broken table, then the check has no answer', () => {
    expect(() => readEndsDocument({ [ENDS]: 'x' })).toThrow('format')
    expect(judged(NODE16, { names: ['node'], ends: 'x' }).word).not.toBe('pass')
  })

  test('when it is read from report.json, then it is the same', () => {
    const [end] = judged(NODE16, { names: ['node'] }).ending
    const read = end === undefined ? null : readBack(end)
    expect(read).toMatchObject({ id: 'program-end-of-life', details: (end as { details?: object }).details })
  })
})

describe('a fix that only another branch has', () => {
  const HAPROXY = imageOf({ 'usr/local/sbin/haproxy': ['haproxy', '2.6.12'] })

  test('when its own branch is maintained, then it is unfixed, and says which has it', () => {
    const { vulnerabilities } = judged(HAPROXY, { names: ['haproxy'] })
    expect(vulnerabilities.map((one) => [one.id, one.ruling, becauseText(one)])).toEqual([
      [
        'CVE-2023-45539',
        'unfixed',
        'no advisory lists a fix in HAProxy 2.6, which is maintained until 2027-04-01; 2.8.2 has it',
      ],
    ])
    const [one] = vulnerabilities
    const read = one === undefined ? null : readBack(one)
    expect(read).toMatchObject({ branch: { title: 'HAProxy 2.6', end: '2027-04-01', hasFix: false } })
  })

  test('when CISA lists it as exploited, then it acts', () => {
    const { vulnerabilities } = judged(HAPROXY, { names: ['haproxy'], kev: ['CVE-2023-45539'] })
    expect(vulnerabilities.map(({ ruling }) => ruling)).toEqual(['act'])
  })

  test('when its own branch has ended, then it acts', () => {
    const { vulnerabilities } = judged(HAPROXY, {
      names: ['haproxy'],
      today: '2027-04-01',
      ends: '2027-03-01\nhaproxy 2.8:2028-04-01:2.8.20 2.6:2027-04-01:2.6.32\n',
    })
    expect(vulnerabilities.map(({ ruling }) => ruling)).toEqual(['act'])
  })

  test('when the fix is in its own branch, then it acts, with a version that exists', () => {
    const image = imageOf({ 'usr/local/bin/node': ['node', '18.16.0'] })
    const { vulnerabilities } = judged(image, { names: ['node'] })
    const [first] = vulnerabilities.filter(({ agreement }) => agreement !== 'refuted')
    expect([first?.id, first?.ruling, first?.fixedVersion]).toEqual(['CVE-2023-30581', 'act', '18.20.8'])
  })
})

describe('the task about a program past its end', () => {
  const NGINX = imageOf({ 'opt/nginx/sbin/nginx': ['nginx', '1.18.0'] })

  test('when no fix of the branch settles a vulnerability, then it is part of that task', () => {
    const { of, ends } = judged(NGINX)
    expect(ends).toEqual([
      'program/nginx act: nginx 1.18 is past its end of life (2021-04-20); 2 vulnerabilities have no fix in it; the newest branch is 1.31',
    ])
    const tasks = imageTasks(of).map(({ title, findings }) => [title, findings.map(({ id }) => id)])
    expect(tasks).toEqual([
      [
        'Move to a maintained branch of nginx: the newest is 1.31',
        ['program-end-of-life', 'CVE-2021-23017', 'CVE-2021-3618'],
      ],
    ])
  })

  test('when it is exploited, then it is a task of its own', () => {
    const { of } = judged(NGINX, { kev: ['CVE-2021-23017'] })
    const tasks = imageTasks(of).map(({ findings }) => findings.map(({ id }) => id))
    expect(tasks).toContainEqual(['CVE-2021-23017'])
    expect(tasks).toContainEqual(['program-end-of-life', 'CVE-2021-3618'])
  })

  test('when an entry accepts the end, then the vulnerabilities keep their rulings', () => {
    const entry = aWhitelistEntry({ id: 'program-end-of-life', package: 'program/nginx' })
    const { vulnerabilities, word } = judged(NGINX, { entries: [entry] })
    expect(vulnerabilities.map(({ id, ruling }) => [id, ruling])).toContainEqual(['CVE-2021-23017', 'act'])
    expect(word).toBe('fail')
  })
})
