import { describe, expect, test } from '@jest/globals'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { changeLine, changeOf } from '../../../../src/reports/view/changes.js'
import { statementsOf } from '../../../../src/reports/view/statements.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const gone = [
  { check: 'clair', id: 'CVE-2026-90001', package: 'p<b>|', severity: 'low', ruling: 'noted' },
] as const
const image = anImageVerdict({
  findings: [
    aRuledFinding({ since: 'new' }),
    aRuledFinding({ id: 'CVE-2026-2', since: 'unchanged' }),
    aRuledFinding({ id: 'CVE-2026-3', since: null }),
  ],
  gone,
})
const withChanges = aVerdict({ images: [image] })
const withoutChanges = aVerdict()
const terminal = (verdict: typeof withChanges) => renderTerminal(verdict, { colour: false, width: 120 })
const tool = { name: 'seaworthy', version: '0.1.0' }

describe('new and gone against a baseline', () => {
  test('when there is one then each report says how many, and names them', () => {
    const text = '1 new, 1 gone, 1 unchanged, 1 not known.'
    expect(terminal(withChanges)).toContain(
      `Against baseline: ${text}\nnew to act on: CVE-2026-10001 (apt)\n`,
    )
    const markdown = renderMarkdown(withChanges, { limit: 100_000 })
    expect(markdown).toContain(`**Against baseline:** ${text}`)
    expect(markdown).toContain('| gone | p&#60;b&#62;&#124; | [CVE-2026-90001]')
    const html = renderHtml(withChanges, tool)
    expect(html).toContain(`<summary>Against baseline: ${text}</summary>`)
    expect(html).toContain('<p>gone: CVE-2026-90001 (p&#60;b&#62;|)</p>')
    expect(changeOf(withChanges)).toEqual({ base: 'the baseline', added: 1, gone: 1 })
  })

  test('when something is let pass then it is named where the verdict is read, and not only in the page', () => {
    const passing = anImageVerdict({
      verdict: 'pass',
      findings: [aRuledFinding({ since: 'unchanged', blocks: false })],
      gone: [],
    })
    const verdict = aVerdict({ verdict: 'pass', images: [passing] })
    expect(terminal(verdict)).toContain('  1 finding did not block, being in the baseline already\n')
    expect(statementsOf(verdict, 'details').map(({ text }) => text)).toContain(
      'already in the baseline: CVE-2026-10001 (apt)',
    )
    expect(renderMarkdown(verdict, { limit: 100_000 })).toContain(
      'Findings that need action but were already in the baseline (1)',
    )
  })

  test('when there is none then none says a word of it', () => {
    for (const text of [
      terminal(withoutChanges),
      renderMarkdown(withoutChanges, { limit: 100_000 }),
      renderHtml(withoutChanges, tool),
    ]) {
      expect(text).not.toContain('Against baseline')
    }
    expect(changeLine(anImageVerdict())).toBeNull()
  })

  test('when one of several images has none then the comment says nothing of all', () => {
    expect(changeOf(aVerdict({ images: [image, anImageVerdict()] }))).toBeNull()
  })
})
