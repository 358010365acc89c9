import { at } from '../../model/place.js'
import type { PolicyNotice, Verdict } from '../../model/verdict.js'
import { insteadOf } from './data.js'
import { unexaminedOf } from './platforms.js'

/** Something to be said about a policy. Not escaped. */
export interface NoticeView {
  /** `policies/whitelist.yml:21`; `null` where it is about no line. */
  readonly place: string | null
  readonly text: string
}

export function noticesOf({ policyNotices }: Verdict): NoticeView[] {
  return policyNotices
    .filter(({ kind }) => kind !== 'no-baseline')
    .map(({ place, text }) => ({ place: place === null ? null : at(place), text }))
}

/** Whose policies judged a pull request: whoever may push a branch may have made a lax one. Not escaped. */
export function heldBy({ policyNotices }: Verdict): string[] {
  return policyNotices.filter(({ kind }) => kind === 'base').map(({ text }) => text)
}

/** What a pull request does to the policies: whoever reads it there has to know. The rest is in the summary. */
const OF_CHANGE: ReadonlySet<string> = new Set<PolicyNotice['kind']>([
  'proposed',
  'laxer',
  'unbound',
  'not-judged',
])

export function changesOfPolicies({ policyNotices }: Verdict): string[] {
  return policyNotices.filter(({ kind }) => OF_CHANGE.has(kind)).map(({ text }) => text)
}

/**
 * What a reader has to know before the verdict: that findings are compared with no baseline, which data was read from
 * elsewhere, which platforms nobody examined. Words from outside, not escaped.
 */
export function warningsOf(verdict: Verdict): string[] {
  const baseline = verdict.policyNotices.filter(({ kind }) => kind === 'no-baseline').map(({ text }) => text)
  return [...baseline, ...insteadOf(verdict), ...unexaminedOf(verdict)]
}
