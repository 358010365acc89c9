import { NOT_HASHED } from '../model/account.js'
import { UNREAD_KINDS } from '../model/application.js'
import type { Reason } from '../model/because/reasons.js'
import type { Finding } from '../model/finding/index.js'
import { pathsText, unexaminedId, unreadSentence } from '../model/finding/unexamined.js'
import { entriesByPath, type WhitelistSubject } from '../policy/whitelist/match.js'
import { acceptablePaths } from '../policy/whitelist/paths.js'
import type { WhitelistEntry } from '../policy/whitelist/schema.js'

/** A finding, or a part of one, with what its reasons say about the other part. */
interface Part {
  readonly finding: Finding
  readonly others: readonly Reason[]
}

/**
 * A finding of whose paths entries accept some is two: one with the accepted paths, one with the others. Any other
 * stays as it is.
 */
export function partsByPath(
  finding: Finding,
  subject: WhitelistSubject,
  entries: readonly WhitelistEntry[],
  today: string,
): readonly Part[] {
  const byPath = entriesByPath(finding, subject, entries, today) ?? []
  const accepted = byPath.filter((entry) => entry !== null).length
  if (accepted === 0 || accepted === byPath.length) {
    return [{ finding, others: [] }]
  }
  return [
    { finding: withPaths(finding, (index) => byPath[index] !== null), others: [] },
    {
      finding: withPaths(finding, (index) => byPath[index] === null),
      others: [{ reason: 'accepted-in-part', accepted, of: byPath.length }],
    },
  ]
}

/** The same finding about some of its paths. */
function withPaths(finding: Finding, isOf: (index: number) => boolean): Finding {
  const all = acceptablePaths(finding)
  if (all === null || !('details' in finding)) {
    return finding
  }
  const left = all.filter((_, index) => isOf(index))
  const paths = left.map(({ path }) => path)
  const sums = 'sha256' in finding.details ? { sha256: left.map(({ sha256 }) => sha256 ?? NOT_HASHED) } : {}
  const details = { cause: null, ...finding.details, count: String(paths.length), paths, ...sums }
  const kind = UNREAD_KINDS.find((one) => unexaminedId(one) === finding.id)
  const why =
    kind === undefined ? `${finding.why} (here: ${pathsText(paths)})` : unreadSentence(kind, details)
  // The compiler cannot see that these details are those of this kind.
  return { ...finding, details, why } as Finding
}
