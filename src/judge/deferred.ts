import { supportOf } from '../debian/support-table.js'
import type { Finding } from '../model/finding.js'

/**
 * The day on which Debian's support of a release ended (LTS included, YYYY-MM-DD), or `null` where it lasts. What
 * Debian has put off for a release it no longer looks after is put off by nobody.
 */
export function supportEnded(codename: string | null, today: string): string | null {
  if (codename === null) return null
  const { state, row } = supportOf(codename, today)
  return state === 'end-of-life' ? (row?.eolLts ?? row?.eol ?? null) : null
}

/** What brings a deferred finding back, each in words that end "it comes back when …". */
export function returnsWhen(finding: Finding, codename: string | null, today: string): string[] {
  const release = codename === null ? 'this Debian release' : `Debian ${codename}`
  const row = codename === null ? null : supportOf(codename, today).row
  const end = row?.eolLts ?? row?.eol ?? null
  const fix = finding.fixedVersion === null ? 'a fix' : `the fix ${finding.fixedVersion}`
  return [
    'CISA lists it as exploited (KEV)',
    `the archive of ${release} offers ${fix}`,
    `the support of ${release} has ended${end === null ? '' : ` (after ${end})`}`,
  ]
}
