import type { PolicyNotice } from '../model/verdict.js'
import { baselineNotices } from '../policy/baseline/compare.js'
import type { Policy } from '../policy/policy.js'
import { type VexNoticed, vexNotices } from '../policy/vex/match.js'
import { entryNotices, type NoticedImage } from '../policy/whitelist/notices.js'

/** What is to be said about the policies: files that are not there, then what is odd about entries, by place. */
export function policyNotices(
  { gate, whitelist, dictionary, vex, baseline }: Policy,
  images: readonly (NoticedImage & { readonly subject: VexNoticed })[],
  today: string,
): PolicyNotice[] {
  const missing = (text: string): PolicyNotice => ({ kind: 'default', place: null, text })
  const defaults = [
    ...(gate.file === null ? [missing('no policies/gate.yml: the built-in thresholds hold')] : []),
    ...(whitelist.file === null ? [missing('no policies/whitelist.yml: nothing is accepted')] : []),
    ...(dictionary.file === null && gate.checks.includes('docker-bench')
      ? [missing('no policies/dictionary.yml: the built-in one holds')]
      : []),
  ]
  const subjects = images.map(({ subject }) => subject)
  return [
    ...defaults,
    ...baselineNotices(baseline, subjects, gate.failOnNewOnly),
    ...entryNotices(whitelist.entries, images, today),
    ...vexNotices(vex, subjects),
  ]
}
