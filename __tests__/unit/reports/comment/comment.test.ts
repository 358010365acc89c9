import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { parseFragment } from 'parse5'
import { untagged } from '../../../../src/model/image/reference.js'
import type { ImageVerdict } from '../../../../src/model/verdict.js'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { JobSchema, type MatrixJob, mergeJob, mergeJobs } from '../../../../src/reports/comment/job.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { decodeJobs, encodeJobs, markOf } from '../../../../src/reports/comment/state.js'
import { size } from '../../../../src/reports/markdown/fit.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { aBenchRow, aBenchTable, aBenchTableOf, ROWS } from '../../../support/bench.js'
import {
  aCheckResult,
  aLine,
  anImageVerdict,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aSource,
  aVerdict,
  type RuledPart,
  TODAY,
} from '../../../support/builders.js'
import { NVD, V31 } from '../../../support/feed-texts.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const HEAD = 'a'.repeat(40)
const WORKFLOW = '.github/workflows/gate.yml'
const key = (index: number) => index.toString(16).padStart(16, '0')
const asRun = (part: Partial<MatrixJob> = {}) => ({
  key: key(1),
  family: key(101),
  run: 1,
  attempt: 1,
  head: HEAD,
  change: null,
  url: 'https://github.com/acme/shop/actions/runs/901',
  ...part,
})
const jobOfImages = (images: ImageVerdict[], part: Partial<MatrixJob> = {}) =>
  jobOf(aVerdict({ images, verdict: images[0]?.verdict ?? 'fail' }), asRun(part))
const aJob = (part: Partial<MatrixJob> = {}) => ({ ...jobOfImages([anImageVerdict()]), ...part })
const many = (count: number, part: (index: number) => RuledPart = () => ({})) =>
  anImageVerdict({
    findings: Array.from({ length: count }, (_, index) =>
      aRuledFinding({ id: `CVE-2026-${10000 + index}`, ...part(index) }),
    ),
  })
const visibleOf = (text: string) => text.replace(/<!--[\s\S]*?-->\n?/g, '')

const markdown = new MarkdownIt({ html: true })
/** Types of all blocks and inlines, and of what an HTML parser makes of the page. */
function structure(text: string): unknown {
  const tokens = markdown
    .parse(text, {})
    .flatMap(({ type, children }) => [type, ...(children ?? []).map((one) => one.type)])
  type Node = { nodeName: string; childNodes?: Node[] }
  const names = ({ nodeName, childNodes = [] }: Node): unknown => [nodeName, ...childNodes.map(names)]
  return [tokens.filter((type) => type !== 'text' && type !== 'text_special'), elements(names, text)]
}
function elements(names: (node: never) => unknown, text: string): unknown {
  const tree = names(parseFragment(markdown.render(text)) as never)
  const without = (node: unknown): unknown =>
    Array.isArray(node)
      ? node.filter((child) => !(Array.isArray(child) && child[0] === '#text')).map(without)
      : node
  return without(tree)
}

/** A verdict with this text wherever words from outside come from. */
function withText(text: string): MatrixJob {
  const finding = aRuledFinding({ id: text, package: text, version: text, fixedVersion: text, because: text })
  const debian = { kind: 'no-dsa', words: text } as const
  const image = anImageVerdict({
    reference: text,
    digest: text,
    platform: { os: text, architecture: text, variant: text },
    findings: [
      finding,
      { ...finding, fixedVersion: null, policy: { file: text, line: 1 } },
      { ...finding, ruling: 'deferred', blocks: false, debian },
      { ...finding, ruling: 'noted', blocks: false },
    ],
    checks: [
      aCheckResult({ notes: [text], bench: aBenchTableOf(text) }),
      aCheckResult({ state: 'unanswered', problem: aProblem({ what: text, where: text, todo: text }) }),
    ],
    sources: [aSource({ name: text, date: text, instead: text })],
  })
  const verdict = aVerdict({ images: [image], policyNotices: [aPolicyNotice({ kind: 'proposed', text })] })
  return jobOf(verdict, asRun({ change: { base: text, added: 1, gone: 2 } }))
}

const NVD_RATED = {
  ...({ severity: 'critical', severitySource: 'nvd', kev: true } as const),
  cvss: { vector: V31, score: 9.8, version: '3.1', scorer: NVD },
  epss: { probability: 0.02, percentile: 0.9, date: TODAY },
}

describe('renderComment', () => {
  test('when there are many jobs then each sentence is below the tasks, and stays if tables are cut', () => {
    const findings = [
      ...Array.from({ length: 99 }, (_, at) =>
        aRuledFinding({ id: `CVE-2026-${at}`, package: `p${at}`, because: 'x'.repeat(300), owner: 'own' }),
      ),
      aRuledFinding({
        id: 'CVE-2025-1',
        severity: 'critical',
        ruling: 'deferred',
        blocks: false,
        owner: 'base',
      }),
    ]
    const jobs = Array.from({ length: 6 }, (_, at) =>
      jobOfImages([anImageVerdict({ reference: `app${at}:1`, findings })], {
        key: `${at}`.repeat(16),
        family: `${at}`.repeat(16),
      }),
    )
    const text = visibleOf(renderComment(jobs, WORKFLOW))
    expect(text).toContain('Not everything is shown here')
    const last = text.lastIndexOf('| do |')
    for (const at of jobs.keys()) {
      const line = new RegExp(
        `^app${at}:1: Own layers: 99 findings.* Deferred by Debian: 1, 1 critical\\.`,
        'm',
      )
      expect(text.search(line)).toBeGreaterThan(last)
    }
  })

  test('when an image fails then the verdict, what to do and the command are seen, the rest is folded', () => {
    const findings = [
      aRuledFinding({ ...NVD_RATED, policy: { file: 'Dockerfile', line: 4 } }),
      aRuledFinding({ id: 'CVE-2026-2', ruling: 'noted', blocks: false, severity: 'low' }),
    ]
    const change = { base: 'main', added: 2, gone: 1 }
    expect(
      visibleOf(renderComment([jobOfImages([anImageVerdict({ findings })], { change })], WORKFLOW)),
    ).toBe(`\
### ⛔ app:1.4.0 (linux/amd64) may not be released: 1 task

| | do | why |
|---|---|---|
| 1 | Update 2 packages | fixes 1 CVE, critical (CVE-2026-10001 in KEV) |

<details><summary>What to copy</summary>

1. In a Dockerfile, as root: before USER, if there is one:

\`\`\`dockerfile
RUN apt-get update \\
 && apt-get install -y --only-upgrade \\
      apt libapt-pkg6.0 \\
 && rm -rf /var/lib/apt/lists/*
\`\`\`


</details>

**Against main:** 2 new, 1 gone.

security-updates: not run · clair: 1 of 2 to act on · docker-bench: not run · regression-test: not run. 1 known exploited (CISA KEV).

<details><summary>Findings that block the release (1)</summary>

| package | finding | severity | installed → fixed | because |
|---|---|---|---|---|
| apt | CVE-2026-10001 | critical (NVD), KEV, EPSS 2.0% | 2.6.1 → 2.6.2 | high is at or above fail-on high |

</details>

<details><summary>Noted (1)</summary>

| package | finding | severity | installed → fixed | because |
|---|---|---|---|---|
| apt | CVE-2026-2 | low | 2.6.1 → 2.6.2 | high is at or above fail-on high |

</details>

<sub>judged as of 2026-11-24 · sha256:17068e8751 · commit aaaaaaa · [summary](https://github.com/acme/shop/actions/runs/901)</sub>

`)
  })

  test('when a place is only near then it says so', () => {
    const findings = [aRuledFinding({ line: aLine({ line: 14, certain: false }) })]
    expect(renderComment([jobOfImages([anImageVerdict({ findings })])], WORKFLOW)).toContain(
      '| near Dockerfile:14 |',
    )
  })

  test('when the pull request changes policies then what that would do is said once, also where all passes', () => {
    const notices = (['proposed', 'laxer', 'unbound', 'unused'] as const).map((kind) =>
      aPolicyNotice({ kind, text: `it is ${kind}` }),
    )
    const image = anImageVerdict({ verdict: 'pass', findings: [] })
    const jobs = [1, 2].map((id) => ({
      ...jobOf(aVerdict({ images: [image], verdict: 'pass', policyNotices: notices }), asRun()),
      key: key(id),
    }))
    const page = renderComment(decodeJobs(encodeJobs(jobs)), WORKFLOW)
    expect(page.match(/^\*\*Policy:\*\*.*$/gm)).toEqual([
      '**Policy:** it is proposed',
      '**Policy:** it is laxer',
      '**Policy:** it is unbound',
    ])
  })

  test('when archives have many indexes then each suite is reported once, by its name, and no feed is lost', () => {
    const suites = ['bookworm-security', 'bookworm-updates', 'bookworm'].map((it) => `debian-archive ${it}`)
    const names = [...suites.flatMap((it) => [it, `${it} main amd64`]), 'debian-security-tracker', 'cisa-kev']
    const image = anImageVerdict({ sources: names.map((name) => aSource({ name })), digest: null })
    expect(renderMarkdown(aVerdict({ images: [image] }), { limit: 65_000 })).toContain(
      '- data: bookworm-security, bookworm-updates, bookworm, debian-security-tracker, cisa-kev 2026-11-24, today\n',
    )
  })

  test('when findings are thousands then whole rows go, it is reported how many, and the jobs can be read again', () => {
    const job = jobOfImages([many(5000, (index) => ({ package: `p${index}`, because: 'x'.repeat(300) }))])
    const text = renderComment([job], WORKFLOW)
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text).toContain('Findings that block the release (5000)')
    const rows = text.match(/^\| p\d+ \|.*\|$/gm)?.length ?? 0
    expect(rows).toBeGreaterThan(20)
    expect(text).toContain(`| and ${5000 - rows} more in the summary |`)
    expect(decodeJobs(text)).toHaveLength(1)
    // What is rendered of the jobs as read again is the same: no update makes it shorter.
    const again = renderComment(decodeJobs(text), WORKFLOW)
    expect(renderComment(decodeJobs(again), WORKFLOW)).toBe(again)
  })

  test('when jobs are many and their names long and odd then it fits all the same, and each tag is closed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), hostileText(), (count, text) => {
        const odd = anImageVerdict({ ...many(200), reference: `${'ü'.repeat(5000)}${text.repeat(500)}` })
        const jobs = Array.from({ length: count }, (_, index) => ({ ...jobOfImages([odd]), key: key(index) }))
        const page = renderComment(mergeJobs([jobs]), WORKFLOW)
        expect(size(page)).toBeLessThanOrEqual(65_536)
        const times = (pattern: RegExp) => page.match(pattern)?.length ?? 0
        expect(times(/^<details>/gm)).toBe(times(/^<\/details>/gm))
        expect(times(/^```/gm) % 2).toBe(0)
        expect(decodeJobs(page).length).toBe(Math.min(count, 40))
      }),
      runs(10),
    )
  })

  test.each([
    [null, '(docs/docker-bench.md)'],
    ['https://github.com/a/b/blob/v1/', '([more](https://github.com/a/b/blob/v1/docs/docker-bench.md))'],
    ['javascript://x/%0A', '(docs/docker-bench.md)'],
  ])(
    'when the address of our pages is %j, then a task has its page as in the other reports',
    (pages, shown) => {
      const bench = aRuledFinding({ check: 'docker-bench', id: '4.6', package: null })
      const job = jobOf(aVerdict({ images: [anImageVerdict({ findings: [bench] })] }), { ...asRun(), pages })
      expect(visibleOf(renderComment(decodeJobs(encodeJobs([job])), WORKFLOW))).toContain(` ${shown} |`)
    },
  )

  test('when names are hostile then the page keeps its structure, and nobody is called', () => {
    const expected = structure(renderComment([withText('x')], WORKFLOW))
    fc.assert(
      fc.property(hostileText(), (text) => {
        const page = renderComment([withText(`x${text}`)], WORKFLOW)
        expect(structure(page)).toEqual(expected)
        expect(page).not.toMatch(/@[A-Za-z0-9]/)
        expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/)
      }),
      runs(300),
    )
  })

  const judged = (reference: string, rows = aBenchTable().rows) =>
    anImageVerdict({
      reference,
      ...{ verdict: 'pass', findings: [], platform: null },
      checks: [aCheckResult({ check: 'docker-bench', bench: aBenchTable({ rows }) })],
    })

  test('when Docker Bench judged then its count is there, and its table folded, also where all passes', () => {
    const page = visibleOf(
      renderComment([jobOfImages([judged('app:1', [ROWS.worse, ROWS.first])])], WORKFLOW),
    )
    expect(page).toContain(`\
### ✅ app:1 may be released

security-updates: not run · clair: not run · docker-bench: 0 of 1 as expected · regression-test: not run.

<details><summary>Docker Bench: 0 of 1 as expected, 1 worse; 1 not applicable</summary>

| id | title | expected | Docker Bench | built-in | outcome | dictionary |
|---|---|---|---|---|---|---|
| 4.1 | The image does not run as root | PASS | WARN | WARN | worse | policies/dictionary.yml:14 |
| 5.9 | The container is well kept in | PASS | — | — | not applicable (Section 5 judges how an image is run, but no run options were set) | built-in |

</details>

<sub>`)
    const jobs = ['app:1', 'db:2'].map((name, index) => ({ ...jobOfImages([judged(name)]), key: key(index) }))
    const two = renderComment(decodeJobs(encodeJobs(jobs)), WORKFLOW)
    const names = ['Docker Bench of app:1', 'Docker Bench of db:2']
    expect(two.match(/(?<=<summary>)Docker Bench of .*(?=: 2 of)/g)).toEqual(names)
    const several = renderComment([jobOfImages([judged('app:1'), judged('db:2')])], WORKFLOW)
    expect(several.match(/(?<=<summary>)Docker Bench of .*(?=: 2 of)/g)).toEqual(names)
  })

  test('when many that do not apply follow each other then they are one row', () => {
    const page = renderComment([jobOfImages([judged('app:1')])], WORKFLOW)
    expect(page).toContain('| 5.9 to 5.11 | 3 ids | — | — | — | not applicable (')
  })

  test('when all ids of many images and jobs are reported then it fits, and what is not shown is counted', () => {
    const rows = Array.from({ length: 45 }, (_, index) =>
      aBenchRow({
        ...{ id: `5.${index}`, title: 'ü'.repeat(80), outcome: 'vacuous' },
        because: [{ reason: 'nobody-looked', why: '_'.repeat(400) }],
      }),
    )
    const images = Array.from({ length: 10 }, (_, index) => judged(`app:${index}`, rows))
    const job = jobOfImages(images)
    for (const count of [1, 40]) {
      const jobs = Array.from({ length: count }, (_, index) => ({ ...job, key: key(index) }))
      const page = renderComment(mergeJobs([jobs]), WORKFLOW)
      expect(size(page)).toBeLessThanOrEqual(65_536)
      expect(decodeJobs(page)).toHaveLength(count)
      expect(page.match(/^<details>/gm)?.length).toBe(page.match(/^<\/details>/gm)?.length)
    }
    const page = renderComment([jobOfImages(images.slice(0, 1))], WORKFLOW)
    const again = renderComment(decodeJobs(page), WORKFLOW)
    for (const text of [page, again]) {
      const shown = text.match(/^\| 5\.\d+ \|/gm)?.length ?? 0
      expect(shown).toBeGreaterThan(10)
      expect(text.match(/(?<=^\| and )\d+(?= more in the summary \|)/m)?.[0]).toBe(String(45 - shown))
    }
  })

  test('when an edited comment has rows of fewer or more cells, then each row has one for each head', () => {
    const job = aJob()
    const tables = job.tables.map((table) => ({
      ...table,
      total: 2,
      rows: [['zlib'], Array(9).fill('more')],
    }))
    const decoded = decodeJobs(encodeJobs([{ ...job, tables }]))
    expect(decoded[0]?.tables).toEqual(tables)
    const rows = visibleOf(renderComment(decoded, WORKFLOW)).match(/^\| (?:zlib|more) .*$/gm) ?? []
    expect(rows).toHaveLength(2 * tables.length)
    expect(rows.map((row) => row.split('|').length)).toEqual(rows.map(() => 8))
  })

  test('when the hidden jobs were edited then nothing but text comes of them', () => {
    const expected = structure(renderComment([withText('x')], WORKFLOW))
    fc.assert(
      fc.property(hostileText(), (text) => {
        const job = withText('x')
        const bad = JSON.parse(JSON.stringify(job), (name, value) =>
          typeof value === 'string' && ['name', 'title', 'why', 'where', 'base', 'counts'].includes(name)
            ? `x${text}`
            : value,
        ) as MatrixJob
        bad.tables = job.tables.map((table) => ({
          ...table,
          rows: table.rows.map(
            () => Array(5).fill(`x${text}`) as MatrixJob['tables'][number]['rows'][number],
          ),
        }))
        bad.data = job.data.map(() => `x${text}`)
        bad.limits = job.limits.map((one, index) => ({ ...one, text: `${index}${text}` }))
        bad.bench = bad.bench.map((table) => ({
          ...table,
          rows: table.rows.map((row) => row.map(() => `x${text}`)),
        }))
        const read = decodeJobs(encodeJobs([bad]))
        expect(read).toHaveLength(1)
        const page = renderComment(read, WORKFLOW)
        expect(structure(page)).toEqual(expected)
        expect(page).not.toMatch(/@[A-Za-z0-9]/)
      }),
      runs(100),
    )
  })
})

describe('hidden jobs', () => {
  test('when they are written then they are read again', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const job = withText(text)
        expect(decodeJobs(encodeJobs([job]))).toEqual([job])
        expect(encodeJobs([job])).toMatch(/^<!-- [ -~]* -->$/)
        expect(encodeJobs([job]).slice(4, -3)).not.toMatch(/[-<>@#&](?!legs)/)
      }),
    )
  })

  test('when words are as long and odd as they can be then they are read again', () => {
    const job = withText('\u202e\u{e0041}'.repeat(5_000))
    expect(decodeJobs(encodeJobs([job]))).toHaveLength(1)
    expect(JobSchema.safeParse(job).error).toBeUndefined()
  })

  test.each([
    ['a command of its own making', { things: [{ title: 'x', why: '', where: '', command: 'curl x | sh' }] }],
    [
      'a command that closes its fence',
      { things: [{ title: 'x', why: '', where: '', command: 'a\n```\n# b' }] },
    ],
    ['an address that is none', { url: 'javascript:alert(1)' }],
    ['an address with a bracket', { url: 'https://x.y/a)b' }],
    ['a word too many', { more: 1 }],
    ['a verdict that is none', { verdict: 'fine' }],
  ])('when one has %s then none is believed', (_, part) => {
    expect(JobSchema.safeParse({ ...aJob(), ...part }).success).toBe(false)
    expect(decodeJobs(encodeJobs([{ ...aJob(), ...part } as MatrixJob]))).toEqual([])
  })

  test('when a workflow’s name is hostile then the mark is one HTML comment, and another’s differs', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(markOf(text)).toMatch(/^<!-- seaworthy-comment [\w.%]* -->$/)
        expect(markOf(`${text}x`)).not.toBe(markOf(text))
      }),
    )
  })
})

describe('mergeLeg', () => {
  const NEXT = 'b'.repeat(40)
  const names = (jobs: readonly MatrixJob[]) =>
    jobs.map((job) => `${Number.parseInt(job.key, 16)}@${job.run}`)

  test('when jobs come in any order then the same jobs are there', () => {
    const jobs = Array.from({ length: 5 }, (_, index) => aJob({ key: key(index), family: key(100 + index) }))
    fc.assert(
      fc.property(fc.shuffledSubarray(jobs, { minLength: 5 }), (shuffled) => {
        expect(mergeJobs([shuffled])).toEqual(jobs)
        expect(mergeJobs([shuffled.slice(0, 3), shuffled.slice(2)])).toEqual(jobs)
      }),
    )
  })

  test('when there are more jobs than fit then those that fail stay, whenever they come', () => {
    const matrix = Array.from({ length: 60 }, (_, index) =>
      aJob({ key: key(index), family: key(100 + index), verdict: index % 20 === 19 ? 'fail' : 'pass' }),
    )
    for (const inOrder of [matrix, matrix.toReversed()]) {
      const kept = mergeJobs([inOrder])
      expect([kept.length, kept.filter(({ verdict }) => verdict === 'fail').length]).toEqual([40, 3])
      expect(renderComment(kept, WORKFLOW)).toContain('\n### ⛔ ')
    }
  })

  test.each<[string, Partial<MatrixJob>[], Partial<MatrixJob>, string[]]>([
    ['is the same, later', [{}], { run: 2 }, ['1@2']],
    ['is the same, earlier', [{ run: 2 }], { run: 1 }, ['1@2']],
    ['is run again', [{ attempt: 1 }], { attempt: 2 }, ['1@1']],
    ['is another of the run', [{}], { key: key(2), family: key(102) }, ['1@1', '2@1']],
    ['is the next build of the image', [{}], { key: key(2), run: 2, head: NEXT }, ['2@2']],
    ['has another tag in the same run', [{}], { key: key(2) }, ['1@1', '2@1']],
    ['judges in another way in the same run', [{ settings: key(7) }], { settings: key(8) }, ['1@1', '1@1']],
    ['judges another image of that name', [{ content: key(7) }], { content: key(8) }, ['1@1', '1@1']],
    ['is the next build, by the same name', [{ content: key(7) }], { content: key(8), run: 2 }, ['1@2']],
    [
      'is the only one that is run again',
      [{ settings: key(7) }, { settings: key(8), attempt: 1 }],
      { settings: key(8), attempt: 2 },
      ['1@1', '1@1'],
    ],
    [
      'is of the first head with other settings',
      [{ settings: key(7) }, { settings: key(8) }],
      { settings: key(9), run: 2, head: NEXT },
      ['1@2'],
    ],
    ['is of an outdated head', [{ run: 3, head: NEXT }], { key: key(2), family: key(102), run: 2 }, ['1@3']],
    [
      'is of a second new head',
      [{ run: 1 }, { key: key(2), family: key(102), run: 2, head: NEXT }],
      { key: key(3), family: key(103), run: 3, head: 'c'.repeat(40) },
      ['2@2', '3@3'],
    ],
  ])('when a leg %s then it is %j + %j = %j', (_, stored, job, expected) => {
    expect(names(mergeJob(stored.map(aJob), aJob(job)))).toEqual(expected)
  })
})

test.each([
  ['app:1.4.0', 'app'],
  ['ghcr.io:443/acme/app:1@sha256:ab', 'ghcr.io:443/acme/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['app@sha256:ab', 'app'],
  ['./out/app.tar', './out/app.tar'],
])('when %s loses its tag then it is %s', (reference, name) => {
  expect(untagged(reference)).toBe(name)
})
