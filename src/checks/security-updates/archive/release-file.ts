import type { ReleaseFacts } from '../../../debian/apt/preferences.js'
import type { SeaworthyError } from '../../../model/index.js'
import { archiveProblem } from './problems.js'

export interface ListedFile {
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** The fields of a Release file that are used here. Absent ones are `null`. */
export interface ReleaseFile extends Omit<ReleaseFacts, 'component' | 'architecture' | 'site'> {
  /** ISO 8601 UTC. */
  readonly date: string
  /** ISO 8601 UTC. */
  readonly validUntil: string | null
  readonly notAutomatic: boolean
  readonly butAutomaticUpgrades: boolean
  readonly acquireByHash: boolean
  /** As written: the security archive says `updates/main` for the path `main`. */
  readonly components: readonly string[]
  readonly architectures: readonly string[]
  readonly changelogs: string | null
  /** Path below dists/SUITE -> expected file, by SHA256 alone: MD5 and SHA1 prove nothing. */
  readonly files: ReadonlyMap<string, ListedFile>
}

/**
 * Reads the text of a Release file (https://wiki.debian.org/DebianRepository/Format, "Release" files).
 * @param text the signed text, without armour
 * @param where address, for the message
 * @throws SeaworthyError `archive-release-malformed`
 */
export function parseRelease(text: string, where: string): ReleaseFile {
  const fields = fieldsOf(text, where)
  const field = (name: string) => fields.get(name) || null
  const values = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter((value) => value !== '')
  const date = field('date')
  if (date === null) {
    throw malformed('it has no Date field', where)
  }
  const validUntil = field('valid-until')
  return {
    origin: field('origin'),
    label: field('label'),
    suite: field('suite'),
    codename: field('codename'),
    version: field('version'),
    date: parseDate(date, where),
    validUntil: validUntil === null ? null : parseDate(validUntil, where),
    notAutomatic: field('notautomatic') === 'yes',
    butAutomaticUpgrades: field('butautomaticupgrades') === 'yes',
    acquireByHash: field('acquire-by-hash') === 'yes',
    components: values('components'),
    architectures: values('architectures'),
    changelogs: field('changelogs'),
    files: filesOf(fields.get('sha256') ?? '', where),
  }
}

/** One stanza: lower-case names -> values; lines of a folded value are joined by newlines. */
function fieldsOf(text: string, where: string): Map<string, string> {
  const fields = new Map<string, string>()
  let last: string | null = null
  let folded: string[] = []
  const close = () => {
    if (last !== null) {
      fields.set(last, [fields.get(last), ...folded].join('\n'))
    }
    folded = []
  }
  for (const line of text.trimEnd().split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (last === null) {
        throw malformed('a continuation line has no field before it', where)
      }
      folded.push(line.trim())
      continue
    }
    close()
    const colon = line.indexOf(':')
    if (colon < 1) {
      throw malformed(`${JSON.stringify(line.slice(0, 60))} is not a field`, where)
    }
    last = line.slice(0, colon).trim().toLowerCase()
    // One signed text that can be read in two ways is refused, whichever is meant.
    if (fields.has(last)) {
      throw malformed(`the field ${last} appears twice`, where)
    }
    fields.set(last, line.slice(colon + 1).trim())
  }
  close()
  return fields
}

function filesOf(value: string, where: string): Map<string, ListedFile> {
  const files = new Map<string, ListedFile>()
  for (const line of value.split('\n')) {
    if (line === '') {
      continue
    }
    const parts = /^([0-9a-f]{64})\s+(\d{1,15})\s+(\S+)$/.exec(line)
    if (!parts) {
      throw malformed(`${JSON.stringify(line.slice(0, 80))} is not a valid line of the SHA256 field`, where)
    }
    const [, sha256 = '', size = '', path = ''] = parts
    if (files.has(path)) {
      throw malformed(`${path} is listed twice`, where)
    }
    files.set(path, { sha256, size: Number(size) })
  }
  return files
}

const DATE =
  /^(?:[A-Z][a-z]{2},\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d{1,2}:\d{2}:\d{2}(?=\s+(?:UTC|GMT|Z|[+-]0000)$)/

/** RFC 5322 with any name for UTC as the zone, as apt accepts it (Release files use no other zone). */
function parseDate(text: string, where: string): string {
  const [instant] = DATE.exec(text) ?? []
  const time = Date.parse(`${instant} UTC`)
  if (Number.isNaN(time)) {
    throw malformed(`${JSON.stringify(text.slice(0, 60))} is not a date`, where)
  }
  return new Date(time).toISOString()
}

function malformed(what: string, where: string): SeaworthyError {
  return archiveProblem('archive-release-malformed', `the Release file cannot be parsed: ${what}`, where)
}

const DAY_MS = 86_400_000

/** What a Release file must prove in addition to its signature. */
export interface ReleaseRequirements {
  /** The requested suite or codename. */
  readonly suite: string
  readonly now: Date
  /** True for the security suite of a release that still gets updates: without Valid-Until it proves nothing. */
  readonly mustExpire: boolean
  /** ISO 8601 UTC: nothing older is accepted. `null` if nothing is known. */
  readonly oldest: string | null
  /** `Date` of the newest Release file of this suite that any run has read, ISO 8601 UTC; `null` if there is none. */
  readonly newestDate: string | null
}

/**
 * A signature shows who wrote a Release file, not that it is the requested one or today's: old and foreign files are
 * signed just as well.
 * @param where address, for the message
 * @throws SeaworthyError `archive-wrong-suite`, `archive-date-in-future`, `archive-expired`, `archive-rolled-back`
 */
export function assertCurrent(release: ReleaseFile, expected: ReleaseRequirements, where: string): void {
  const { suite, now, mustExpire, oldest, newestDate } = expected
  if (release.suite !== suite && release.codename !== suite) {
    const actualNames = `codename ${release.codename ?? '(none)'}, suite ${release.suite ?? '(none)'}`
    const what = `requested ${suite}, but received the Release file of ${actualNames}`
    throw archiveProblem('archive-wrong-suite', what, where)
  }
  if (Date.parse(release.date) > now.getTime() + DAY_MS) {
    const what = `${suite} is dated ${release.date}, which is in the future`
    throw archiveProblem('archive-date-in-future', what, where)
  }
  if (release.validUntil === null && mustExpire) {
    const what = `${suite} has no Valid-Until, but Debian still publishes updates for it, so there is no evidence that this copy is current`
    throw archiveProblem('archive-expired', what, where)
  }
  if (release.validUntil !== null && Date.parse(release.validUntil) < now.getTime()) {
    const what = `${suite} (dated ${release.date}) was valid until ${release.validUntil}, so this copy is out of date`
    throw archiveProblem('archive-expired', what, where)
  }
  const minDate = [oldest, newestDate]
    .filter((one) => one !== null)
    .sort()
    .at(-1)
  if (minDate !== undefined && release.date < minDate) {
    const what = `${suite} is dated ${release.date}, but Debian has published a newer version (dated ${minDate} or later), so this copy is out of date`
    throw archiveProblem('archive-rolled-back', what, where)
  }
}
