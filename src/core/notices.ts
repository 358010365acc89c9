import { isAbout, type Subject } from './entries.js'
import type { Finding } from './finding.js'
import type { Policy, Whitelist, WhitelistEntry } from './policy.js'
import type { ImageVerdict, PolicyNotice } from './verdict.js'
import { isLive } from './whitelist.js'
import { ANY_ID } from './whitelist-rules.js'

/** An image with its verdict, as entries are compared with it. */
export interface NoticedImage {
  readonly subject: Subject
  readonly verdict: ImageVerdict
}

/** What is to be said about the policies: a file that is not there, then by line what is expired or unused. */
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
  return [...defaults, ...entryNotices(whitelist, images, today)]
}

function entryNotices(whitelist: Whitelist, images: readonly NoticedImage[], today: string): PolicyNotice[] {
  return [...whitelist.entries]
    .sort((a, b) => a.place.line - b.place.line)
    .flatMap((entry): PolicyNotice[] => {
      const name = nameOf(entry)
      if (!isLive(entry, today)) {
        return [{ kind: 'expired', place: entry.place, text: `${name} expired on ${entry.expires}` }]
      }
      if (!isUnused(entry, images)) return []
      return [{ kind: 'unused', place: entry.place, text: `${name} matches nothing any more` }]
    })
}

function nameOf({ id, package: name, check }: WhitelistEntry): string {
  return `${id === ANY_ID ? check : id} (${name ?? 'any package'})`
}

/**
 * True only where it is known: the entry's check was answered for every image, the entry is meant for at
 * least one of them (a whitelist may be shared by images that this run does not judge), and it is about no
 * finding.
 */
function isUnused(entry: WhitelistEntry, images: readonly NoticedImage[]): boolean {
  const answered = images.every(({ verdict }) =>
    verdict.checks.some((check) => check.check === entry.check && check.state === 'answered'),
  )
  if (!answered) return false
  if (!images.some(({ subject }) => isAbout(entry, exampleOf(entry), subject))) return false
  return !images.some(({ subject, verdict }) =>
    verdict.findings.some((finding) => isAbout(entry, finding, subject)),
  )
}

/** A finding that the entry is about if its `images` and `releases` allow it. */
function exampleOf(entry: WhitelistEntry): Finding {
  return {
    check: entry.check,
    id: entry.id,
    cves: null,
    package: entry.package ?? 'any',
    version: null,
    fixedVersion: null,
    installable: null,
    severity: 'negligible',
    severitySource: null,
    binaries: [],
    layer: null,
    links: [],
    debian: null,
    kev: null,
    agreement: null,
    facts: {},
  }
}
