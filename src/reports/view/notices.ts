import { at, type PolicyNotice, type Verdict } from '../../model/index.js'

export type NoticeView = ReturnType<typeof noticesOf>[number]

/** Kinds of notices that reports already show, as limits or in the heading: they are not listed a second time. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set<PolicyNotice['kind']>([
  'no-baseline',
  'audit',
  'ends-audit',
  'run-differs',
  'expiring',
])

/** Notices about policies, not escaped. `place`: `policies/whitelist.yml:21`, or `null` if it is not about a line. */
export function noticesOf({ policyNotices }: Verdict) {
  return policyNotices
    .filter(({ kind }) => !SHOWN_ELSEWHERE.has(kind))
    .map(({ place, text }) => ({ place: place === null ? null : at(place), text }))
}

/** What the heading of a pull request that ends audit mode says of the mode; `null` for others. Not escaped. */
export function auditEndOf({ policyNotices }: Verdict): string | null {
  return policyNotices.find(({ kind }) => kind === 'ends-audit')?.text ?? null
}

/** Whose policies judged a pull request: anyone who may push a branch may have created a lax one. Not escaped. */
export function policiesFrom({ policyNotices }: Verdict): string[] {
  return policyNotices.filter(({ kind }) => kind === 'base').map(({ text }) => text)
}

/** What a pull request does to the policies, which its readers need to know. The rest is in the summary. */
const CHANGE_NOTICES: ReadonlySet<string> = new Set<PolicyNotice['kind']>(['proposed', 'laxer', 'unbound'])

export function changesOfPolicies({ policyNotices }: Verdict): string[] {
  return policyNotices.filter(({ kind }) => CHANGE_NOTICES.has(kind)).map(({ text }) => text)
}
