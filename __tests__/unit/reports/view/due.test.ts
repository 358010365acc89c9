import { expect, test } from '@jest/globals'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { renderCycloneDx } from '../../../../src/reports/cyclonedx/cyclonedx.js'
import { outputsOf } from '../../../../src/reports/github/outputs.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderOpenVex } from '../../../../src/reports/openvex.js'
import { renderSarif } from '../../../../src/reports/sarif/sarif.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { dueLine } from '../../../../src/reports/view/counts.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const due = (id: string, day: string) => aRuledFinding({ id, ruling: 'due', blocks: false, due: day })
const findings = [due('CVE-2026-1', '2026-12-09'), due('CVE-2026-2', '2026-12-01')]
const image = anImageVerdict({ verdict: 'pass', findings })
const LINE = 'Due: 2; the earliest is due by 2026-12-01. Each finding blocks the release after its due date.'
const TOOL = { name: 'seaworthy', version: '1.2.3' }

test('when something is due, then its count and the first day are said; else nothing', () => {
  expect(dueLine(image)).toBe(LINE)
  expect(dueLine(anImageVerdict())).toBeNull()
})

test('when any report is written, then it says what is due', () => {
  const verdict = aVerdict({ verdict: 'pass', images: [image] })
  const run = {
    ...{ key: '0123456789abcdef', family: '0123456789abcdef', run: 1, attempt: 1, head: 'a'.repeat(40) },
    ...{ url: 'https://github.com/acme/shop/actions/runs/1', change: null },
  }
  const markdown = renderMarkdown(verdict, { limit: 100_000 })
  expect(markdown).toContain(LINE)
  expect(markdown).toContain('<summary>Due (2)</summary>')
  expect(renderComment([jobOf(verdict, run)], 'gate')).toContain(LINE)
  expect(renderHtml(verdict, TOOL)).toContain(LINE)
  expect(renderHtml(verdict, TOOL)).toContain('data-ruling="due"')
  expect(renderTerminal(verdict, { colour: false, width: 120 })).toMatch(
    /^due 2 \(first by 2026-12-01\) {3}accepted 0/m,
  )
  const [json] = JSON.parse(renderJson(verdict, TOOL)).images
  expect(json.findings.map(({ ruling, due: day }: { ruling: string; due: string }) => [ruling, day])).toEqual(
    [
      ['due', '2026-12-09'],
      ['due', '2026-12-01'],
    ],
  )
  const [statement] = JSON.parse(renderOpenVex(verdict, TOOL) ?? '').statements
  expect(statement).toMatchObject({
    status: 'affected',
    action_statement: 'Update apt to 2.6.2 by 2026-12-09.',
  })
  const [result] = JSON.parse(renderSarif(verdict, TOOL)).runs[0].results
  expect(result).toMatchObject({ level: 'warning' })
  expect(result.suppressions).toBeUndefined()
  expect(renderCycloneDx(verdict, TOOL)).toContain('Update apt to 2.6.2 by 2026-12-09.')
})

test('when outputs are set, then due ones are counted, and are nothing to act on', () => {
  expect(outputsOf(aVerdict({ images: [image] }))).toMatchObject({
    act: '0',
    due: '2',
    counts: '{"due":{"high":2}}',
    'packages-to-update': '',
  })
})
