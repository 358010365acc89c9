import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { checkRunName, renderCheckRun } from '../../../../src/reports/github/summaries.js'
import { anImageVerdict, aPolicyNotice, aRuledFinding, aVerdict } from '../../../support/builders.js'
import { hostileText, INVISIBLE_CHARACTER } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const markdown = new MarkdownIt({ html: true })
const structure = (text: string) =>
  markdown.parse(text, {}).flatMap(({ type, children }) => [type, ...(children ?? []).map((one) => one.type)])

function withText(text: string) {
  const finding = aRuledFinding({ id: text, package: text, version: text, fixedVersion: text, because: text })
  const findings = [{ ...finding, policy: { file: 'Dockerfile', line: 2 } }]
  return aVerdict({
    images: [anImageVerdict({ reference: text, findings })],
    policyNotices: [aPolicyNotice({ text })],
  })
}

test('when names are hostile or long then nothing unseen is in it, all is within GitHub’s limits, and the summary keeps its structure', () => {
  const expected = structure(renderCheckRun(withText('x'), 'the summary').summary)
  fc.assert(
    fc.property(hostileText(), fc.boolean(), (text, long) => {
      const report = renderCheckRun(withText(`x${text}${long ? 'y'.repeat(10_000) : ''}`), 'the summary')
      expect(structure(report.summary)).toEqual(expected)
      expect(report.annotations).toHaveLength(2)
      for (const { title, message } of report.annotations) {
        expect(title).not.toMatch(INVISIBLE_CHARACTER)
        expect(message.replaceAll('\n', '')).not.toMatch(INVISIBLE_CHARACTER)
        expect([...title].length).toBeLessThan(255)
        expect(Buffer.byteLength(message)).toBeLessThan(65_536)
      }
      expect(report.title).not.toMatch(INVISIBLE_CHARACTER)
      expect(checkRunName([text], 'linux/amd64', '0123456789abcdef')).not.toMatch(INVISIBLE_CHARACTER)
    }),
    runs(200),
  )
})
