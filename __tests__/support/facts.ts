import type { Reason } from '../../src/model/because/reasons.js'
import { becauseText } from '../../src/model/because/texts.js'

/** A finding with the reasons in words. */
export function withTexts<Any extends { readonly because: readonly Reason[] }>(
  one: Any,
): Omit<Any, 'because'> & { readonly because: string } {
  return { ...one, because: becauseText(one) }
}

/** One of a finding's details in report.json, as text: members of a list with commas; empty if it has none. */
export function detailOf(finding: { readonly details: object } | undefined, name: string): string {
  const value: unknown = finding === undefined ? null : Reflect.get(finding.details, name)
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
