import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CHECK_IDS } from '../../../../src/model/checks.js'
import type { RuledFinding, Verdict } from '../../../../src/model/verdict.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { type Report, ReportSchema } from '../../../../src/reports/json/schema.js'
import { readUntrustedReport } from '../../../../src/reports/json/untrusted.js'
import { ROOT } from '../../../rules/scan.js'
import { anImageVerdict, aVerdict } from '../../../support/builders.js'
import { readFrom } from '../../../support/read-back.js'

type FindingJson = Report['images'][number]['findings'][number]

const TOOL = { name: 'seaworthy', version: '0.1.0' }
const CASES = join(ROOT, '__tests__/cases')
const STORIES = readdirSync(CASES).filter((name) => existsSync(pathOf(name)))

function pathOf(story: string): string {
  return join(CASES, story, 'expected/report.json')
}

const parsed = (text: string): Report => ReportSchema.parse(JSON.parse(text))
const findingsOf = ({ images }: Report) => images.flatMap(({ findings }) => findings)
const written = (verdict: Verdict) => findingsOf(parsed(renderJson(verdict, TOOL)))

function ruledOf(json: FindingJson): RuledFinding {
  const finding = readFrom(json)
  if (finding === null) {
    throw new Error(`${json.check}/${json.id} is not read`)
  }
  const { ruling, blocks, reasons, policy, due, line, owner, since, statement, returnReasons } = json
  return {
    ...finding,
    ...{ ruling, blocks, because: reasons, policy, due, line, owner, since, statement },
    returnsWhen: returnReasons,
  } as RuledFinding
}

describe('the findings of a report.json', () => {
  test('when the reports of all cases are listed, then each check has findings in them', () => {
    const all = STORIES.flatMap((story) => findingsOf(parsed(readFileSync(pathOf(story), 'utf8'))))
    expect(all.length).toBeGreaterThan(300)
    // No case has a credential.
    expect(CHECK_IDS.filter((check) => !all.some((finding) => finding.check === check))).toEqual([
      'credentials',
    ])
    expect(all.some(({ returnReasons }) => returnReasons !== null)).toBe(true)
  })

  test.each(STORIES)('when those of %s are read, then they are written again as they were', (story) => {
    const report = parsed(readFileSync(pathOf(story), 'utf8'))
    const { today, maxSpan } = report
    const findings = findingsOf(report)
    const verdict = aVerdict({
      ...{ today, maxSpan },
      images: [anImageVerdict({ findings: findings.map(ruledOf) })],
    })
    expect(written(verdict)).toEqual(findings)
  })

  test.each(STORIES)(
    'when those of %s are a stranger’s, then they are written again without links',
    (story) => {
      const text = readFileSync(pathOf(story), 'utf8')
      const findings = findingsOf(parsed(text)).map((one) => ({ ...one, links: [] }))
      expect(written(readUntrustedReport(text, 'report.json'))).toEqual(findings)
    },
  )
})
