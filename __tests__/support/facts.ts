import type { Reason } from '../../src/model/because/reasons.js'
import { becauseText } from '../../src/model/because/texts.js'
import type { Finding } from '../../src/model/finding/index.js'
import { factsOf } from '../../src/reports/json/facts.js'

/** The findings with what they know as report.json lays it out, which many tests are about. */
export function withFacts<Any extends Finding>(
  findings: readonly Any[],
): (Any & { readonly facts: Readonly<Record<string, string>> })[] {
  return findings.map((finding) => ({ ...finding, facts: factsOf(finding) }))
}

/** The same with the reasons in words. */
export function withTexts<Any extends { readonly because: readonly Reason[] }>(
  one: Any,
): Omit<Any, 'because'> & { readonly because: string } {
  return { ...one, because: becauseText(one) }
}
