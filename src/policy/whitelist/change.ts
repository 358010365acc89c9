import {
  acceptsPackageName,
  addDays,
  CHECKS,
  compareText,
  groupsBy,
  isAtLeast,
  mostSevere,
  neededDespite,
  neededSeverity,
  OBSTACLES,
} from '../../model/index.js'
import { addEntries, EMPTY_WHITELIST, type NewEntry, removeEntries } from './edit.js'
import { entrySubject, isUnexpired } from './match.js'
import { nameOf, unusedEntries } from './notices.js'
import { acceptablePaths } from './paths.js'
import { readWhitelist, type SpanLimit, spanError } from './read.js'
import type { SurveyedFinding, SurveyedImage } from './report.js'
import { DEFAULT_CHECK } from './schema.js'

export interface WhitelistChange {
  readonly file: string
  /** `null` if there is no file yet. */
  readonly before: string | null
  /** The same as `before` if there is nothing to change. */
  readonly after: string | null
  readonly notes: readonly string[]
}

/** No command writes `despite`: a person has to state it. */
const DESPITE = {
  kev: "is in CISA's KEV list, so its entry needs despite: kev, which you must add yourself",
  malware: 'is malicious, so its entry needs despite: malware, which you must add yourself',
}

const UNSUPPORTED_NAME = 'whitelist entries do not support this form of id or package name'

const USUAL_DAYS = 90

export interface SignOff extends SpanLimit {
  readonly reason: string
  readonly owner: string
  /** `null`: `USUAL_DAYS` from today, `maxSpan` at most. */
  readonly expires: string | null
  readonly images: readonly string[] | null
  readonly releases: readonly string[] | null
}

export function usualEnd({ today, maxSpan }: SpanLimit): string {
  return addDays(today, Math.min(USUAL_DAYS, maxSpan))
}

/** An entry about a vulnerability; `part` overrides the rest. */
export function entryBy(
  signOff: SignOff,
  part: Pick<NewEntry, 'id' | 'package'> & Partial<NewEntry>,
): NewEntry {
  const { reason, owner, images, releases, today } = signOff
  return {
    path: null,
    sha256: null,
    fingerprint: null,
    check: DEFAULT_CHECK,
    releases,
    images,
    reason,
    owner,
    added: today,
    expires: signOff.expires ?? usualEnd(signOff),
    maxSeverity: 'low',
    despiteKev: false,
    despiteMalware: false,
    justification: null,
    ...part,
  }
}

/**
 * Entries for Clair's noted findings; for named ids also for findings that block or have no fix. Updates are left to
 * people: an entry for one would accept all updates of its package, including security updates.
 * @param ids empty: all noted ones
 */
export function proposeEntries(
  images: readonly SurveyedImage[],
  ids: readonly string[],
  signOff: SignOff,
): { readonly entries: readonly NewEntry[]; readonly notes: readonly string[] } {
  const eligible = images.flatMap(({ verdict }) => verdict.findings.filter((one) => isEligible(one, ids)))
  // Over several images the worst: an entry that covers one of them only would be no answer.
  const subjectOf = ({ id, package: name }: SurveyedFinding) => `${name}\0${id}`
  const found = groupsBy(eligible, subjectOf).map(mostSevere)
  const entries = found
    .toSorted((a, b) => compareText(subjectOf(a), subjectOf(b)))
    .map((finding): NewEntry => {
      const severity = neededSeverity(finding)
      const maxSeverity = isAtLeast(severity, 'low') ? severity : 'low'
      return entryBy(signOff, { id: finding.id, package: finding.package, maxSeverity })
    })
  const byPath = pathEntries(images, ids, signOff)
  const without = ids.filter(
    (id) => !byPath.some((entry) => entry.id === id) && !eligible.some((finding) => isNamed(finding, [id])),
  )
  return {
    entries: [...entries.filter(acceptsPackageName), ...byPath],
    notes: [
      ...without.map((id) => `${id}: the report has no finding with this id that needs a whitelist entry`),
      ...(ids.length === 0 && entries.length === 0
        ? [
            'the report lists no vulnerability as "noted"; to accept vulnerabilities that block the release or have no fix, specify their ids (--id)',
          ]
        : []),
      ...entries
        .filter((entry) => !acceptsPackageName(entry))
        .map((entry) => `${nameOf(entry)}: ${UNSUPPORTED_NAME}`),
      ...found.flatMap((one) => {
        const despite = neededDespite(one)
        return despite === null ? [] : `${nameOf(one)} ${DESPITE[despite]}`
      }),
    ],
  }
}

/** True if an entry of its own may accept it: it was noted, or named. */
function isEligible(finding: SurveyedFinding, ids: readonly string[]): boolean {
  const { check, id, package: name, agreement, ruling } = finding
  if (!CHECKS[check].entries.rated || name === null || agreement === 'refuted') {
    return false
  }
  if (isNamed(finding, ids)) {
    return ['act', 'due', 'unfixed', 'noted'].includes(ruling)
  }
  return ruling === 'noted' && ids.length === 0 && !Object.hasOwn(OBSTACLES, id)
}

/** One for each path of the findings with these ids that are accepted by path; never for ids that nobody named. */
function pathEntries(images: readonly SurveyedImage[], ids: readonly string[], signOff: SignOff): NewEntry[] {
  return images
    .flatMap(({ verdict }) => verdict.findings)
    .filter(({ ruling }) => ruling !== 'accepted')
    .flatMap((finding) =>
      ids.includes(finding.id)
        ? (acceptablePaths(finding) ?? []).map((one) =>
            entryBy(signOff, { id: finding.id, package: null, ...one }),
          )
        : [],
    )
}

/** Those of `ids` that no image's report has, whatever its ruling. */
export function unknownIds(images: readonly SurveyedImage[], ids: readonly string[]): readonly string[] {
  const findings = images.flatMap(({ verdict }) => verdict.findings)
  return ids.filter((id) => !findings.some((finding) => isNamed(finding, [id])))
}

/** Whether the finding is requested by any of its ids: an advisory about an application package has several. */
function isNamed({ id, ids: others = [] }: SurveyedFinding, requested: readonly string[]): boolean {
  return [id, ...others].some((one) => requested.includes(one))
}

/** The whitelist with these entries, except those that it has already, or that hold too long. */
export function withEntries(
  file: string,
  before: string | null,
  entries: readonly NewEntry[],
  notes: readonly string[],
  limit: SpanLimit,
): WhitelistChange {
  const text = before ?? EMPTY_WHITELIST
  const existing = new Map(readWhitelist(text, file).entries.map((one) => [entrySubject(one), one]))
  const noted = [...notes]
  const entriesToAdd: NewEntry[] = []
  const subjects = new Set<string>()
  for (const entry of entries) {
    const key = entrySubject(entry)
    const same = existing.get(key)
    const tooLong = spanError(entry, limit)
    if (same !== undefined) {
      const state = isUnexpired(same, limit.today)
        ? 'exists already'
        : `expired on ${same.expires}; renew it there`
      noted.push(`${nameOf(entry)}: the entry on line ${same.place.line} ${state}`)
    } else if (tooLong !== null) {
      noted.push(`${nameOf(entry)}: ${tooLong}`)
    } else if (!subjects.has(key)) {
      entriesToAdd.push(entry)
    }
    subjects.add(key)
  }
  return {
    file,
    before,
    after: entriesToAdd.length === 0 ? before : addEntries(text, file, entriesToAdd),
    notes: noted,
  }
}

/**
 * The whitelist without expired entries, and without those that no image of these reports needs. Entries limited to
 * absent images or releases stay, and so do those of checks without an answer.
 */
export function pruned(
  file: string,
  before: string,
  images: readonly SurveyedImage[],
  today: string,
): WhitelistChange {
  const { entries } = readWhitelist(before, file)
  const unused = images.length === 0 ? new Set() : unusedEntries(entries, images)
  const gone = new Map<number, string>()
  entries.forEach((entry, index) => {
    const why = !isUnexpired(entry, today)
      ? `expired on ${entry.expires}`
      : unused.has(entry)
        ? `matches nothing in ${images.length === 1 ? 'the image' : `any of the ${images.length} images`}`
        : null
    if (why !== null) {
      gone.set(index, `line ${entry.place.line}: ${nameOf(entry)} ${why}`)
    }
  })
  const after = removeEntries(before, file, new Set(gone.keys()))
  return { file, before, after, notes: [...gone.values()] }
}
