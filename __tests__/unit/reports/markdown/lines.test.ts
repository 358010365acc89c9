import { describe, expect, test } from '@jest/globals'
import { renderAnnotations } from '../../../../src/reports/github/annotations.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import {
  aLine,
  anImageVerdict,
  aPlace,
  aRuledFinding,
  aVerdict,
  type RuledPart,
} from '../../../support/builders.js'
import { parseWorkflowCommand } from '../../../support/workflow-command.js'

const USER = aLine({
  line: 9,
  endLine: 9,
  certain: false,
  why: 'the USER instruction is missing: add it before this line',
})
const bench: RuledPart = {
  check: 'docker-bench',
  id: '4.1',
  package: null,
  fixedVersion: null,
  binaries: [],
  severity: 'unknown',
  severitySource: null,
  because: 'WARN',
  ours: { title: 'Not root', advice: 'Use USER.' },
}
const findings = [
  aRuledFinding({ line: aLine({ endLine: 6 }) }),
  aRuledFinding({ id: 'CVE-2026-2', line: aLine({ line: 1, endLine: 1 }) }),
  aRuledFinding({ id: 'CVE-2026-3', line: aLine({ line: 1, endLine: 1 }) }),
  aRuledFinding({ ...bench, line: USER }),
]
const placed = (file: string | null, note: string | null = null) =>
  aVerdict({ images: [anImageVerdict({ findings, dockerfile: { file, note, from: null } })] })

describe('lines of findings', () => {
  test('when they are shown in a terminal, then in a column next to what to do, and in the table', () => {
    const text = renderTerminal(placed('Dockerfile'), { colour: false, width: 140, verbose: true })
    expect(text).toMatch(/^ 1 {2}Update 2 packages {67} {2}Dockerfile:1$/m)
    expect(text).toMatch(/^ 2 {2}Use USER {76} {2}near Dockerfile:9$/m)
    expect(text).toMatch(/; also at Dockerfile:4$/m)
    expect(text).toMatch(/^apt +CVE-2026-10001 +high +2.6.1 → 2.6.2 +Dockerfile:4 +high is/m)
  })

  test('when the terminal is narrow, then the line follows what to do', () => {
    const text = renderTerminal(placed('Dockerfile'), { colour: false, width: 60 })
    expect(text).toMatch(/^ 2 {2}Use USER {2}near Dockerfile:9$/m)
  })

  test('when they are shown in Markdown, then in columns of both tables', () => {
    const text = renderMarkdown(placed('Dockerfile'), { limit: 65_536 })
    expect(text).toMatch(/^\| 1 \| Update 2 packages \| .* \| Dockerfile:1 \|$/m)
    expect(text).toContain(
      '| task | package | finding | severity | installed → fixed | line | because |\n|---|---|---|---|---|---|---|\n',
    )
    expect(text).toMatch(/\| 2.6.1 → 2.6.2 \| Dockerfile:4 \| high is/)
    expect(text).toMatch(/\| near Dockerfile:9 \| WARN/)
  })

  test('when a result of Docker Bench is shown, then its severity is a dash: nobody rates it', () => {
    const shown = placed('Dockerfile')
    expect(renderMarkdown(shown, { limit: 65_536 })).toMatch(/\| — \|.* \| near Dockerfile:9 \| WARN/)
    expect(renderHtml(shown, { name: 'seaworthy', version: '0.0.0' })).toMatch(
      /<span class="sev unknown">—<\/span>/,
    )
  })

  test('when no Dockerfile was used, then there is no column, and the note says why', () => {
    const none = placed(null, 'Dockerfile was not used: it has no FROM instruction')
    for (const text of [
      renderMarkdown(none, { limit: 65_536 }),
      renderTerminal(none, { colour: false, width: 140 }),
    ]) {
      expect(text).toMatch(/^[Ll]ines: Dockerfile was not used: it has no FROM instruction$/m)
      expect(text).not.toMatch(/severity +\|? *installed → fixed +\|? *line/)
    }
  })

  test('when they are annotations, then one for each task, at the line of most of it, first and last', () => {
    const shown = (verdict: ReturnType<typeof placed>) =>
      renderAnnotations(verdict).map((line) => parseWorkflowCommand(line))
    const commands = shown(placed('Dockerfile'))
    const places = (all: typeof commands) =>
      all.map((one) => [one?.properties.file, one?.properties.line, one?.properties.endLine])
    expect(places(commands)).toEqual([
      ['Dockerfile', '1', undefined],
      ['Dockerfile', '9', undefined],
    ])
    expect(commands[0]?.data).toMatch(/^fixes 3 CVEs.*; also at Dockerfile:4\n/)
    expect(commands[1]?.data).toBe(
      'docker-bench 4.1: WARN.\nApproximate line: the USER instruction is missing: add it before this line',
    )
    const image = anImageVerdict({ findings: [aRuledFinding({ line: aLine({ endLine: 6 }) })] })
    expect(places(shown(aVerdict({ images: [image] })))).toEqual([['Dockerfile', '4', '6']])
  })

  test('when a finding has a line of the Dockerfile and one of a policy, then the annotation is on the Dockerfile', () => {
    const both = aRuledFinding({ line: aLine(), policy: aPlace() })
    const [line = ''] = renderAnnotations(aVerdict({ images: [anImageVerdict({ findings: [both] })] }))
    expect(parseWorkflowCommand(line)?.properties).toMatchObject({ file: 'Dockerfile', line: '4' })
  })
})
