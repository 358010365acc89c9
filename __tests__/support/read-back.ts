import { BARE, type CommonFinding } from '../../src/model/finding/common.js'
import { findingWith } from '../../src/model/finding/details.js'
import type { Finding } from '../../src/model/finding/index.js'
import type { RuledFinding } from '../../src/model/verdict.js'
import { renderJson } from '../../src/reports/json/json.js'
import { type Report, ReportSchema } from '../../src/reports/json/schema.js'
import { anImageVerdict, aRuledFinding, aVerdict } from './builders.js'

type FindingJson = Report['images'][number]['findings'][number]

/** A finding as report.json has it, read as text by its schema. */
export function writtenOf(finding: Finding): FindingJson {
  const { ruling, blocks, because, policy, due, line, owner, since, statement, returnsWhen } = aRuledFinding()
  const decided = { ruling, blocks, because, policy, due, line, owner, since, statement, returnsWhen }
  const images = [anImageVerdict({ findings: [{ ...finding, ...decided } as RuledFinding] })]
  const text = renderJson(aVerdict({ images }), { name: 'seaworthy', version: '0.1.0' })
  const [written] = ReportSchema.parse(JSON.parse(text)).images[0]?.findings ?? []
  if (written === undefined) {
    throw new Error('report.json has no finding')
  }
  return written
}

/** The finding that a finding of report.json is; `null` if no check makes such a one. */
export function readFrom(json: FindingJson): Finding | null {
  const common = Object.fromEntries(
    Object.keys(BARE).map((name) => [name, Reflect.get(json, name)]),
  ) as unknown as CommonFinding
  return findingWith(json, common, json.details)
}

/** A finding after its way through report.json: written, and read again. */
export function readBack(finding: Finding): Finding | null {
  return readFrom(writtenOf(finding))
}
