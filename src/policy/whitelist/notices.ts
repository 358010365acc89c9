import { daysBetween } from '../../model/dates.js'
import type { Finding } from '../../model/finding/index.js'
import { comparePlaces } from '../../model/place.js'
import type { CheckResult, PolicyNotice } from '../../model/verdict.js'
import type { WhitelistEntry } from '../policy.js'
import { breadthOf } from './breadth.js'
import { indexEntries } from './entry-index.js'
import { isAbout, isFor, isLive, type Named, type Subject } from './match.js'
import { overlapsOf } from './overlaps.js'
import { ANY_ID } from './rules.js'

/** What of a finding entries are compared with. */
export type NoticedFinding = Named &
  Pick<Finding, 'severity' | 'kev'> & { readonly binaries: readonly { readonly name: string }[] }

/** An image with what was found in it, as entries are compared with it. */
export interface NoticedImage {
  readonly subject: Subject
  readonly verdict: {
    readonly checks: readonly Pick<CheckResult, 'check' | 'state'>[]
    readonly findings: readonly NoticedFinding[]
  }
}

/** Days before its last day on which an entry is said to expire soon: time to look at it again, not at once. */
const SOON = 30
/** A missing update may be accepted for 30 days: to warn all the time would be to warn of nothing. */
const SOON_FOR_UPDATES = 7

/** What is odd about entries, by file and line. */
export function entryNotices(
  entries: readonly WhitelistEntry[],
  images: readonly NoticedImage[],
  today: string,
): PolicyNotice[] {
  const found = findingsByEntry(entries, images)
  const overlaps = overlapsOf(entries.filter((entry) => isLive(entry, today)))
  return [...entries]
    .sort((a, b) => comparePlaces(a.place, b.place))
    .flatMap((entry): PolicyNotice[] => {
      const say = (kind: PolicyNotice['kind'], text: string): PolicyNotice => {
        return { kind, place: entry.place, text: `${nameOf(entry)} ${text}` }
      }
      if (!isLive(entry, today)) return [say('expired', `expired on ${entry.expires}`)]
      const about = found.get(entry) ?? []
      const unused = about.length === 0 && isKnownUnused(entry, images)
      const overlap = overlaps.get(entry)
      const broad = breadthOf(entry, about)
      return [
        ...(unused ? [say('unused', unusedWords(entry, images))] : []),
        ...(overlap === undefined ? [] : [say(overlap.kind, overlap.text)]),
        ...(broad === null ? [] : [say('broad', broad)]),
        ...(unused ? [] : expiring(entry, images, today).map((text) => say('expiring', text))),
      ]
    })
}

/** Entries are about source packages: one that names a binary package never was about anything. */
function unusedWords(entry: WhitelistEntry, images: readonly NoticedImage[]): string {
  const { check, id, package: name } = entry
  const built = images
    .filter(({ subject }) => isFor(entry, subject))
    .flatMap(({ verdict }) => verdict.findings)
    .find(
      (one) => one.check === check && one.id === id && one.binaries.some((binary) => binary.name === name),
    )
  return built === undefined || built.package === null
    ? 'matches nothing any more'
    : `matches nothing: ${name} is a binary package of ${built.package}, and that is to be named`
}

/** `CVE-2011-3374 (apt)`. */
export function nameOf({
  id,
  package: name,
  check,
}: Pick<WhitelistEntry, 'check' | 'id' | 'package'>): string {
  return `${id === ANY_ID ? check : id} (${name ?? 'any package'})`
}

/**
 * The entries that these images have no use for: known only where an entry's check was answered for every image,
 * and the entry is meant for at least one of them (a whitelist may be shared by images that are not here).
 */
export function unusedEntries(
  entries: readonly WhitelistEntry[],
  images: readonly NoticedImage[],
): ReadonlySet<WhitelistEntry> {
  const found = findingsByEntry(entries, images)
  return new Set(entries.filter((entry) => !found.has(entry) && isKnownUnused(entry, images)))
}

/** The findings that each entry is about, expired or not; no key for an entry that is about none. */
function findingsByEntry(
  entries: readonly WhitelistEntry[],
  images: readonly NoticedImage[],
): Map<WhitelistEntry, NoticedFinding[]> {
  const index = indexEntries(entries)
  const found = new Map<WhitelistEntry, NoticedFinding[]>()
  for (const { subject, verdict } of images) {
    for (const finding of verdict.findings) {
      for (const entry of index.of(finding)) {
        if (!isAbout(entry, finding, subject)) continue
        const list = found.get(entry)
        if (list === undefined) found.set(entry, [finding])
        else list.push(finding)
      }
    }
  }
  return found
}

function isKnownUnused(entry: WhitelistEntry, images: readonly NoticedImage[]): boolean {
  const answered = images.every(({ verdict }) =>
    verdict.checks.some((check) => check.check === entry.check && check.state === 'answered'),
  )
  return answered && images.some(({ subject }) => isFor(entry, subject))
}

function expiring(entry: WhitelistEntry, images: readonly NoticedImage[], today: string): string[] {
  const days = daysBetween(today, entry.expires)
  if (days > (entry.check === 'security-updates' ? SOON_FOR_UPDATES : SOON)) return []
  // The run that judges the image it is for will say so.
  if (!images.some(({ subject }) => isFor(entry, subject))) return []
  const when = days === 0 ? 'which is today' : days === 1 ? 'in 1 day' : `in ${days} days`
  return [`expires on ${entry.expires}, ${when}`]
}
