import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { size } from '../../../../src/reports/markdown/fit.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { taskSections } from '../../../../src/reports/markdown/parts.js'
import { aBenchTable, aBenchTableOf, ROWS } from '../../../support/bench.js'
import {
  aBase,
  aCheckResult,
  anImageVerdict,
  aPlace,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aSource,
  aVerdict,
} from '../../../support/builders.js'
import { anyCharacter } from '../../../support/characters.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const markdown = new MarkdownIt({ html: true })
const structure = (text: string) =>
  markdown.parse(text, {}).flatMap(({ type, children }) => [type, ...(children ?? []).map((one) => one.type)])
const comment = { limit: 65_536 }

const deferred = {
  ruling: 'deferred',
  blocks: false,
  fixedVersion: null,
  installable: null,
  severity: 'low',
  debian: { kind: 'no-dsa', words: 'Minor issue' },
  because: 'no fix in Debian bookworm; Debian: no-dsa "Minor issue"',
  returnsWhen: [{ reason: 'kev' }, { reason: 'archive-offers', codename: 'bookworm', fix: null }],
} as const

/** Of `aSource()`. */
const DATA = `\
<details><summary>Data (1)</summary>

| source | date | read | rows | SHA-256 | from |
|---|---|---|---|---|---|
| debian-tracker | 2026-11-24, today | 2026-11-24 06:12 UTC | 3120 |  | https:&#8203;//security-tracker.debian.org/tracker/data/json |

</details>

`

describe('renderMarkdown', () => {
  test('when an image fails then verdict and things to do are seen, the rest is folded', () => {
    const findings = [
      aRuledFinding({ severity: 'critical' }),
      aRuledFinding({
        id: 'CVE-2026-1002',
        package: 'tar',
        fixedVersion: null,
        installable: null,
        kev: true,
        because: "in CISA's Known Exploited Vulnerabilities; no fix in Debian bookworm",
        policy: aPlace(),
      }),
      aRuledFinding({ id: 'CVE-2026-1003', ...deferred }),
      aRuledFinding({
        id: 'CVE-2026-1004',
        ruling: 'noted',
        blocks: false,
        severity: 'low',
        because: [
          { reason: 'fix-offered', version: '2.6.2' },
          {
            reason: 'below',
            rated: { severity: 'low', source: null, score: null, takenFor: null },
            threshold: 'high',
          },
        ],
      }),
    ]
    const verdict = aVerdict({
      images: [anImageVerdict({ findings, sources: [aSource({ date: '2026-11-20' })] })],
      policyNotices: [aPolicyNotice()],
    })
    expect(renderMarkdown(verdict, comment)).toBe(`\
### ⛔ app:1.4.0 may not be released: 2 tasks

| | do | why | where |
|---|---|---|---|
| 1 | Remove or replace tar: CVE-2026-1002 has no fix | in CISA's Known Exploited Vulnerabilities; no fix in Debian bookworm | policies/whitelist.yml:21 |
| 2 | Update 2 packages | fixes 1 CVE, critical |  |

<details><summary>What to copy</summary>

2. In a Dockerfile, as root: before USER, if there is one:

\`\`\`dockerfile
RUN apt-get update \\
 && apt-get install -y --only-upgrade \\
      apt libapt-pkg6.0 \\
 && rm -rf /var/lib/apt/lists/*
\`\`\`


</details>

1 known exploited (CISA KEV).

security-updates: not run · clair: 2 of 4 to act on · docker-bench: not run · regression-test: not run

<details><summary>Findings that block the release (2)</summary>

| task | package | finding | severity | installed → fixed | because |
|---|---|---|---|---|---|
| 2 | apt | [CVE-2026-10001](https://security-tracker.debian.org/tracker/CVE-2026-10001) | critical | 2.6.1 → 2.6.2 | high is at or above fail-on high |
| 1 | tar | [CVE-2026-1002](https://security-tracker.debian.org/tracker/CVE-2026-1002) | high, KEV | 2.6.1 → no fix | in CISA's Known Exploited Vulnerabilities; no fix in Debian bookworm |

</details>

<details><summary>Deferred by Debian (1)</summary>

Each of these findings comes back automatically when CISA lists it as exploited (KEV), or when the archive of Debian bookworm offers a fix.

| package | finding | severity | installed → fixed | Debian | Debian's note |
|---|---|---|---|---|---|
| apt | [CVE-2026-1003](https://security-tracker.debian.org/tracker/CVE-2026-1003) | low | 2.6.1 → no fix | no-dsa | Minor issue |

</details>

<details><summary>Noted (1)</summary>

| package | finding | severity | installed → fixed | because |
|---|---|---|---|---|
| apt | [CVE-2026-1004](https://security-tracker.debian.org/tracker/CVE-2026-1004) | low | 2.6.1 → 2.6.2 | low is below fail-on high |

</details>

<details><summary>Entries to accept findings (1)</summary>

Add these entries under \`entries:\` in policies/whitelist.yml; fill in the reason and the owner.

\`\`\`yaml
  - id: CVE-2026-1004
    package: apt
    reason: ""
    owner: ""
    expires: "2027-02-22"
\`\`\`

</details>

<details><summary>Details (4)</summary>

- digest: sha256:17068e8751d5d0b1a2c3f4e5968778695a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d
- clair: canary found
- regression test: not run
- data: debian-tracker 2026-11-20, 4 days old

</details>

<details><summary>Policy (1)</summary>

- policies/whitelist.yml:21: CVE-2022-0563 (util-linux) expired on 2026-10-01

</details>

${DATA.replace('2026-11-24, today', '2026-11-20, 4 days old')}<sub>judged as of 2026-11-24 · linux/amd64 · sha256:17068e8751</sub>
`)
  })

  const NOT_RUN =
    'security-updates: not run · clair: not run · docker-bench: not run · regression-test: not run'
  const DIGEST = 'sha256:17068e8751d5d0b1a2c3f4e5968778695a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d'

  test('when nothing is wrong then it is short', () => {
    const image = anImageVerdict({ verdict: 'pass', findings: [], checks: [] })
    expect(renderMarkdown(aVerdict({ verdict: 'pass', images: [image] }), comment)).toBe(
      `### ✅ app:1.4.0 may be released\n\n${NOT_RUN}\n\n<details><summary>Details (3)</summary>\n\n- digest: ${DIGEST}\n- regression test: not run\n- data: debian-tracker 2026-11-24, today\n\n</details>\n\n${DATA}<sub>judged as of 2026-11-24 · linux/amd64 · sha256:17068e8751</sub>\n`,
    )
  })

  test('when Docker Bench judged, then its count is under the verdict and its table folded, of each image', () => {
    const of = (reference: string, row: keyof typeof ROWS) =>
      anImageVerdict({
        reference,
        ...{ verdict: 'pass', findings: [], sources: [] },
        checks: [aCheckResult({ check: 'docker-bench', bench: aBenchTable({ rows: [ROWS[row]] }) })],
      })
    const one = (image: ReturnType<typeof of>) =>
      renderMarkdown(aVerdict({ verdict: 'pass', images: [image] }), comment)
    expect(one(of('app:1', 'wrong')).split('\n').slice(0, 12)).toEqual([
      '### ✅ app:1 may be released',
      '',
      'security-updates: not run · clair: not run · docker-bench: 1 of 1 as expected · regression-test: not run',
      '',
      '<details><summary>Docker Bench: 1 of 1 as expected</summary>',
      '',
      '| id | title | expected | Docker Bench | built-in | outcome | dictionary |',
      '|---|---|---|---|---|---|---|',
      '| 4.9 | The image has a health check | PASS | INFO | PASS | as expected (Docker Bench is known to be wrong: it mistakes the letters ADD in any word for an ADD instruction) | policies/dictionary.yml:14 |',
      '',
      '</details>',
      '',
    ])
    const both = renderMarkdown(
      aVerdict({ verdict: 'pass', images: [of('app:1', 'match'), of('db:2', 'apart')] }),
      comment,
    )
    expect(both.match(/^(#### .*|- Docker Bench: .*|<details><summary>Docker Bench.*|\| \d.*)$/gm)).toEqual([
      '#### ✅ app:1 may be released',
      '<details><summary>Docker Bench: 1 of 1 as expected</summary>',
      expect.stringMatching(/^\| 4\.6 /),
      '- Docker Bench: results of its own for 1 of 1 rules; commit ff26d67, in a container of docker:29-cli',
      '#### ✅ db:2 may be released',
      '<details><summary>Docker Bench: nothing to judge; 1 not applicable</summary>',
      expect.stringMatching(/^\| 5\.2 /),
      '- Docker Bench: results of its own for 0 of 1 rules; commit ff26d67, in a container of docker:29-cli',
    ])
  })

  test('when it is incomplete then that is as plain as a fail', () => {
    const image = anImageVerdict({
      verdict: 'incomplete',
      findings: [],
      checks: [aCheckResult({ state: 'unanswered', problem: aProblem(), notes: [] })],
    })
    const text = renderMarkdown(aVerdict({ verdict: 'incomplete', images: [image] }), comment)
    expect(text.split('\n').slice(0, 8)).toEqual([
      '### ⛔ app:1.4.0 could not be judged and may not be released: 1 task',
      '',
      '| | do | why |',
      '|---|---|---|',
      '| 1 | Get an answer from clair: try --clair-timeout 180 | clair: Clair did not load the security tracker within 60 s (container seaworthy-clair-3f2a) (docs/troubleshooting.md&#35;clair-not-ready) |',
      '',
      'security-updates: not run · clair: no answer · docker-bench: not run · regression-test: not run',
      '',
    ])
  })

  test('when there are several images then each has its own heading', () => {
    const pass = anImageVerdict({ reference: 'db:2', verdict: 'pass', findings: [] })
    const text = renderMarkdown(aVerdict({ images: [anImageVerdict(), pass] }), comment)
    expect(text.match(/^#+ .*$/gm)).toEqual([
      '### ⛔ 2 images (1 fail, 1 pass) may not be released: 1 task',
      '#### ⛔ app:1.4.0 may not be released: 1 task',
      '#### ✅ db:2 may be released',
    ])
  })

  test('when names are hostile then the page keeps its structure, and nobody is called', () => {
    const expected = structure(renderMarkdown(withText('x'), comment))
    fc.assert(
      fc.property(hostileText(), (text) => {
        const page = renderMarkdown(withText(`x${text}`), comment)
        expect(structure(page)).toEqual(expected)
        // GitHub looks for names in text, not in code.
        expect(page.replace(/^```yaml\n[\s\S]*?^```$/gm, '')).not.toMatch(/@[A-Za-z0-9]/)
      }),
      runs(300),
    )
  })
})

describe('cutting to size', () => {
  // Each of another version: what differs in the CVE alone is one row.
  const many = (count: number) =>
    aVerdict({
      images: [
        anImageVerdict({
          findings: [
            ...Array.from({ length: count }, (_, index) =>
              aRuledFinding({ id: `CVE-2026-${1000 + index}`, version: `2.6.${index}` }),
            ),
            ...Array.from({ length: count }, (_, index) =>
              aRuledFinding({
                id: `CVE-2025-${1000 + index}`,
                version: `2.6.${index}`,
                ruling: 'noted',
                blocks: false,
              }),
            ),
          ],
        }),
      ],
    })

  test('when all does not fit then whole rows go, it is reported how many, and the footer stays', () => {
    const text = renderMarkdown(many(1000), comment)
    expect(size(text)).toBeLessThanOrEqual(comment.limit)
    expect(size(text)).toBeGreaterThan(comment.limit - 400)
    const rows = text.match(/^\| apt \|/gm)?.length ?? 0
    expect(text).toContain(`| and ${1000 - rows} more |  |  |  |  |\n\n</details>\n`)
    expect(text).toContain('\nNot everything is shown here; the rest is in report.json.\n')
    expect(text).toMatch(/<sub>judged as of .*<\/sub>\n$/)
  })

  test('when tasks are missing, and others are cut, then the last row counts all others', () => {
    const copied = { command: null, lines: null, linesFor: 'dockerfile' } as const
    const task = { title: 'a', why: 'b', where: '', page: null, ...copied }
    const [section] = taskSections([task, task, task], null, { total: 30, elsewhere: ' in the summary' })
    expect(section?.rows.slice(3)).toEqual(['|  | and 27 more in the summary |  |\n'])
    // Without two tasks and that row.
    expect(section?.cut(3)).toBe('|  | and 29 more in the summary |  |\n')
  })

  test('when little fits, then what limits the verdict is still there', () => {
    const [image] = many(1000).images
    const limits = Array.from({ length: 20 }, (_, index) => `limit ${index} ${'x'.repeat(60)}`)
    const checks = [aCheckResult({ limits })]
    const text = renderMarkdown(aVerdict({ images: [anImageVerdict({ ...image, checks })] }), comment)
    expect(size(text)).toBeLessThanOrEqual(comment.limit)
    expect(limits.filter((limit) => !text.includes(`\n- clair: ${limit}\n`))).toEqual([])
  })

  test('when it fits then nothing is cut', () => {
    const text = renderMarkdown(many(1000), { limit: Number.POSITIVE_INFINITY })
    expect(text.match(/^\| apt \|/gm)).toHaveLength(2000)
    expect(text).not.toContain('Not everything is shown here')
    expect(renderMarkdown(many(1000), { limit: size(text) })).toBe(text)
  })

  test('when it is cut anywhere then every tag and fence that is opened is closed, and rows are whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4096, max: 60_000 }), hostileText(), (limit, text) => {
        const verdict = many(60)
        const [image] = verdict.images
        const named = anImageVerdict({ ...image, reference: text.repeat(100) })
        const page = renderMarkdown(aVerdict({ images: [named] }), { limit, pointer: 'the summary' })
        expect(size(page)).toBeLessThanOrEqual(limit)
        const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0
        expect(count(/^<details>/gm)).toBe(count(/^<\/details>/gm))
        expect(count(/^```/gm) % 2).toBe(0)
        for (const row of page.match(/^\|.*$/gm) ?? []) {
          expect(row).toMatch(/\|$/)
        }
        expect(page).toMatch(/<\/sub>\n$/)
      }),
    )
  })
})

/** A verdict with this text wherever words from outside come from. */
function withText(text: string) {
  const finding = aRuledFinding({ id: text, package: text, version: text, fixedVersion: text, because: text })
  const debian = { kind: 'no-dsa', words: text } as const
  return aVerdict({
    images: [
      anImageVerdict({
        reference: text,
        base: aBase({ name: `ghcr.io/${text}`, movedOn: true }),
        findings: [
          finding,
          { ...finding, fixedVersion: null, policy: { file: text, line: 1 } },
          { ...finding, ruling: 'deferred', blocks: false, debian },
          { ...finding, ruling: 'accepted', blocks: false },
          { ...finding, ruling: 'unfixed', blocks: false },
          { ...finding, ruling: 'noted', blocks: false, severity: 'low' },
        ],
        checks: [
          aCheckResult({ notes: [text], bench: aBenchTableOf(text) }),
          aCheckResult({ state: 'unanswered', problem: aProblem({ what: text, where: text, todo: text }) }),
        ],
        sources: [aSource({ name: text, date: text, instead: text })],
      }),
    ],
    policyNotices: [aPolicyNotice({ text, place: { file: text, line: 1 } })],
  })
}

test('when text is measured then it is its size in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(size(text)).toBe(Buffer.byteLength(text, 'utf8'))
    }),
  )
})
