import {
  CHECKS,
  type CheckResult,
  comparePlaces,
  compareSeverity,
  daysBetween,
  type Finding,
  isAcceptedByIdAlone,
  isAtLeast,
  type PolicyNotice,
  unmatchedImage,
} from '../../model/index.js'
import {
  ANY_ID,
  appliesToImage,
  indexEntries,
  isAbout,
  isNamed,
  isUnexpired,
  type Named,
  type WhitelistSubject,
} from './match.js'
import { overlapsOf } from './overlaps.js'
import type { WhitelistEntry } from './schema.js'

export type NoticedFinding = Named &
  Pick<Finding, 'severity' | 'kev'> & {
    readonly binaries: readonly { readonly name: string }[]
    /** For an application package. */
    readonly malware?: boolean
  }

export interface NoticedImage {
  readonly subject: WhitelistSubject
  readonly verdict: {
    readonly checks: readonly Pick<CheckResult, 'check' | 'state'>[]
    readonly findings: readonly NoticedFinding[]
  }
}

/** @param isShared other jobs judge other images by these entries, so nobody knows here what matches nothing */
export function entryNotices(
  entries: readonly WhitelistEntry[],
  images: readonly NoticedImage[],
  today: string,
  isShared = false,
): PolicyNotice[] {
  const found = findingsByEntry(entries, images)
  const overlaps = overlapsOf(entries.filter((entry) => isUnexpired(entry, today)))
  return [...entries]
    .sort((a, b) => comparePlaces(a.place, b.place))
    .flatMap((entry): PolicyNotice[] => {
      const notice = (kind: PolicyNotice['kind'], text: string): PolicyNotice => {
        return { kind, place: entry.place, text: `${nameOf(entry)} ${text}` }
      }
      if (!isUnexpired(entry, today)) {
        return [notice('expired', `expired on ${entry.expires}`)]
      }
      const matchingFindings = found.get(entry) ?? []
      const unused = matchingFindings.length === 0 && !isShared && isKnownUnused(entry, images)
      const overlap = overlaps.get(entry)
      const broad = breadthOf(entry, matchingFindings)
      const missedImages = imagesMissedBy(entry, images)
      return [
        ...(missedImages === null ? [] : [notice('unused', missedImages)]),
        ...(unused ? [notice('unused', unusedText(entry, images))] : []),
        ...(overlap === undefined ? [] : [notice(overlap.kind, overlap.text)]),
        ...(broad === null ? [] : [notice('broad', broad)]),
        ...(unused ? [] : expiring(entry, images, today).map((text) => notice('expiring', text))),
      ]
    })
}

/**
 * Why the entry matches none of the images although it seems to be for one of them; `null` if nothing suggests that.
 */
function imagesMissedBy(entry: WhitelistEntry, images: readonly NoticedImage[]): string | null {
  const eligible = images.filter(({ subject }) => appliesToImage({ ...entry, images: null }, subject))
  return entry.images === null
    ? null
    : unmatchedImage(
        entry.images,
        eligible.map(({ subject }) => subject.reference),
      )
}

/** Up to so many packages are named that have the id of an entry for another package. */
const NAMED_PACKAGES = 3

/** What an unused entry probably means: a source package instead of a binary one, or another name of the package. */
function unusedText(entry: WhitelistEntry, images: readonly NoticedImage[]): string {
  const { id, package: name } = entry
  if (id === ANY_ID || name === null || name.includes('*')) {
    return 'matches nothing'
  }
  const findings = images
    .filter(({ subject }) => appliesToImage(entry, subject))
    .flatMap(({ verdict }) => verdict.findings)
  const built = findings.find((one) =>
    one.binaries.some((binary) => isNamed(entry, one.check, one.id, binary.name)),
  )
  if (built !== undefined && built.package !== null) {
    return `matches nothing: ${name} is a binary package of ${built.package}; specify ${built.package} instead`
  }
  const others = findings.filter((one) => one.package !== null && isNamed(entry, one.check, one.id, name))
  const packages = [...new Set(others.map((one) => one.package))]
  return packages.length === 0 || packages.length > NAMED_PACKAGES
    ? 'matches nothing'
    : `matches nothing: ${id} was found in ${packages.join(', ')}, not in ${name}`
}

/** `CVE-2011-3374 (apt)`. */
export function nameOf({
  id,
  package: name,
  path = null,
  check,
}: Pick<WhitelistEntry, 'check' | 'id' | 'package'> & { readonly path?: string | null }): string {
  if (path !== null) {
    return `${id} (${path})`
  }
  return isAcceptedByIdAlone(check, id) ? id : `${id === ANY_ID ? check : id} (${name ?? 'any package'})`
}

/**
 * The entries that these images do not need: known only if an entry's check was answered for every image, and the
 * entry is meant for at least one of them (a whitelist may be shared by images that are not here).
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
  const pairs = images.flatMap(({ subject, verdict }) =>
    verdict.findings.flatMap((finding) => {
      const entriesOfFinding = index.of(finding).filter((entry) => isAbout(entry, finding, subject))
      return entriesOfFinding.map((entry) => ({ entry, finding }))
    }),
  )
  const groups = Map.groupBy(pairs, ({ entry }) => entry)
  return new Map([...groups].map(([entry, all]) => [entry, all.map(({ finding }) => finding)]))
}

function isKnownUnused(entry: WhitelistEntry, images: readonly NoticedImage[]): boolean {
  const answered = images.every(({ verdict }) =>
    verdict.checks.some((check) => check.check === entry.check && check.state === 'answered'),
  )
  return answered && images.some(({ subject }) => appliesToImage(entry, subject))
}

function expiring(entry: WhitelistEntry, images: readonly NoticedImage[], today: string): string[] {
  const days = daysBetween(today, entry.expires)
  const { added, expires } = entry
  // A short entry that was just written is not about to expire. Unknown without `added`.
  const isInFirstHalf = added !== null && daysBetween(added, today) < daysBetween(added, expires) / 2
  if (days > CHECKS[entry.check].entries.soonDays || isInFirstHalf) {
    return []
  }
  // The run that judges the image that it is for will report it.
  if (!images.some(({ subject }) => appliesToImage(entry, subject))) {
    return []
  }
  const when = days === 0 ? 'which is today' : days === 1 ? 'in 1 day' : `in ${days} days`
  return [`expires on ${entry.expires}, ${when}`]
}

/** Letters of a pattern besides its `*`: fewer match almost anything. */
const MIN_LETTERS = 3

/**
 * Why an entry accepts more than anybody can have looked at, or `null`. Only for certain cases: its own keys, and a
 * `max-severity` or `despite: kev` that nothing it is about needs.
 * @param about the findings that it is about
 */
function breadthOf(
  entry: WhitelistEntry,
  about: readonly Pick<NoticedFinding, 'severity' | 'kev' | 'malware'>[],
): string | null {
  const { package: name, maxSeverity, images } = entry
  const high = isAtLeast(maxSeverity, 'high')
  const { rated } = CHECKS[entry.check].entries
  if (rated && name === null && high) {
    return `applies to any package, up to severity ${maxSeverity}; specify the packages, or set a lower max-severity`
  }
  // Without the ecosystem: `npm/*` and `program/*` match all of one.
  if (name?.includes('*') && letters(name.slice(name.indexOf('/') + 1)) < MIN_LETTERS) {
    return `has package: "${name}", which matches almost any package; specify the packages`
  }
  if (images?.some((pattern) => letters(pattern) === 0)) {
    return 'has images: "*", which matches every image; specify the images, or omit this key'
  }
  const worst = about
    .map(({ severity }) => severity)
    .sort(compareSeverity)
    .at(-1)
  if (worst === undefined) {
    return null
  }
  const allRated = about.every(({ severity }) => severity !== 'unknown')
  if (rated && high && allRated && !isAtLeast(worst, 'medium')) {
    return `accepts findings up to ${maxSeverity}, but covers only ${worst} ones; set a lower max-severity, so that the entry stops applying if a severity rises`
  }
  if (entry.despiteKev && about.every(({ kev }) => kev === false)) {
    return 'has despite: kev, but covers no finding that is in KEV; remove despite: kev'
  }
  if (entry.despiteMalware && about.every(({ malware }) => malware !== true)) {
    return 'has despite: malware, but covers no package that is malicious; remove despite: malware'
  }
  return null
}

function letters(pattern: string): number {
  return pattern.replaceAll('*', '').length
}
