import { describe, expect, test } from '@jest/globals'
import { rule } from '../../../../src/judge/rulings.js'
import type { Severity } from '../../../../src/model/severity.js'
import { TOOL } from '../../../../src/model/tool.js'
import type { Verdict } from '../../../../src/model/verdict.js'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { renderCheckRun, renderIssue } from '../../../../src/reports/github/summaries.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import {
  anImageVerdict,
  anUnfixedFinding,
  aPolicy,
  aRuledFinding,
  aVerdict,
  TODAY,
} from '../../../support/builders.js'

const RUN = {
  key: '0'.repeat(16),
  family: '1'.repeat(16),
  run: 1,
  attempt: 1,
  head: 'a'.repeat(40),
  change: null,
}
const URL = 'https://github.example/acme/app/actions/runs/7'

/** An image with so many findings that Debian has put off, of these severities. */
function imageOf(severities: readonly Severity[], reference = 'app:1') {
  const findings = severities.map((severity, at) =>
    aRuledFinding({
      id: `CVE-2026-${10_000 + at}`,
      severity,
      ruling: 'deferred',
      blocks: false,
      debian: { kind: 'no-dsa', words: 'Minor issue' },
    }),
  )
  return anImageVerdict({ reference, verdict: 'pass', findings })
}

/** What each report says before its first table, list or fold. */
function heads(verdict: Verdict): Record<string, string> {
  const job = jobOf(verdict, { ...RUN, url: URL })
  const page = renderHtml(verdict, TOOL)
  const before = (text: string, end: RegExp) => text.slice(0, end.exec(text)?.index)
  return {
    terminal: renderTerminal(verdict, { colour: false, width: Number.POSITIVE_INFINITY }),
    summary: before(renderMarkdown(verdict, { limit: 100_000 }), /<details>|^\|/m),
    comment: before(renderComment([job], 'gate'), /<details>|^\||<!-- seaworthy-legs/m),
    page: before(page.slice(page.indexOf('<body>')), /<div class="pictures">/),
    'check run': renderCheckRun(verdict, URL).title,
    issue: before(
      renderIssue(verdict, {
        ...{ key: 'k', of: { workflow: '', line: null, images: [] }, url: URL },
        by: { run: 1, settings: '0'.repeat(16) },
      }).body,
      /<details>|^\|/m,
    ),
  }
}

const GRAVE: readonly Severity[] = [
  'critical',
  ...Array<Severity>(2).fill('high'),
  ...Array<Severity>(38).fill('low'),
]

describe('the head of each report', () => {
  test('when what Debian has put off is critical or high, then it is counted there', () => {
    const all = heads(aVerdict({ verdict: 'pass', images: [imageOf(GRAVE)] }))
    for (const [report, head] of Object.entries(all)) {
      expect([report, /deferred by debian:? 41, 1 critical, 2 high/i.test(head)]).toEqual([report, true])
    }
  })

  test('when none of it is, then there is no such line', () => {
    const all = heads(aVerdict({ verdict: 'pass', images: [imageOf(['medium', 'unknown'])] }))
    const { terminal = '', ...others } = all
    expect(terminal).toContain('deferred by Debian 2   ')
    expect(JSON.stringify(others)).not.toMatch(/deferred by debian/i)
  })

  test('when there are several images, then each line says of which', () => {
    const images = [imageOf(['critical'], 'app:1'), imageOf(['low'], 'app:2'), imageOf(['high'], 'app:3')]
    const verdict = aVerdict({ verdict: 'pass', images })
    const { comment = '', 'check run': title } = heads(verdict)
    expect(comment.match(/.*Deferred by Debian.*/g)).toEqual([
      'app:1: KEV not checked. Deferred by Debian: 1, 1 critical. The image may still be affected.',
      'app:3: KEV not checked. Deferred by Debian: 1, 1 high. The image may still be affected.',
    ])
    expect(title).toContain('2 images with critical or high findings deferred by Debian')
  })

  test('when Debian calls one unimportant, then it is negligible, whatever its score', () => {
    const { findings, ...image } = imageOf(['critical'])
    const put = findings.map((one) => ({ ...one, debian: { kind: 'unimportant' as const, words: '' } }))
    const all = heads(aVerdict({ verdict: 'pass', images: [{ ...image, findings: put }] }))
    expect(JSON.stringify(all)).not.toMatch(/1 critical/)
  })
})

test('when programs read report.json, then they have the numbers', () => {
  const images = [imageOf(GRAVE), imageOf([])]
  const report = JSON.parse(renderJson(aVerdict({ verdict: 'pass', images }), TOOL)) as {
    images: { deferred: unknown }[]
  }
  expect(report.images.map(({ deferred }) => deferred)).toEqual([
    { total: 41, critical: 1, high: 2 },
    { total: 0, critical: 0, high: 0 },
  ])
})

test.each([null, 'critical', 'high'] as const)(
  'when fail-on-deferred is %s, then what it leaves deferred is counted all the same',
  (failOnDeferred) => {
    const put = (severity: Severity) =>
      rule(
        anUnfixedFinding({ severity, debian: { kind: 'postponed', words: '' } }),
        { reference: 'app:1', codename: 'bookworm' },
        aPolicy([], { failOnDeferred }),
        TODAY,
      )
    const findings = (['critical', 'high', 'low'] as const).map(put)
    const counted = { null: 'deferred by Debian 3, 1 critical, 1 high', critical: '2, 1 high', high: '1' }
    const { terminal } = heads(aVerdict({ images: [anImageVerdict({ findings })] }))
    expect(terminal).toContain(`${counted[`${failOnDeferred}`]}   `)
  },
)
