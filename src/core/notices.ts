import { entryNotices, type NoticedImage } from './entry-notices.js'
import type { Policy } from './policy.js'
import type { PolicyNotice } from './verdict.js'

/** What is to be said about the policies: files that are not there, then what is odd about entries, by place. */
export function policyNotices(
  { gate, whitelist, dictionary }: Policy,
  images: readonly NoticedImage[],
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
  return [...defaults, ...entryNotices(whitelist.entries, images, today)]
}
