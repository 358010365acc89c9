import { compareText, type DebianNote, isRecord, SeaworthyError } from '../../model/index.js'

/**
 * What Debian's security tracker says about one CVE in one source package and release, in the words of its
 * JSON export (https://security-tracker.debian.org/tracker/data/json; made by bin/tracker_service.py of
 * https://salsa.debian.org/security-tracker-team/security-tracker).
 */
export interface TrackerRow {
  /** `open`, `resolved` or `undetermined`. */
  readonly status: string
  /** Source version with the fix; `0`: the release was never affected; `null`: none named. */
  readonly fixedVersion: string | null
  readonly urgency: string
  /** Debian's reason why there is no advisory (yet); `null` if it has not decided so. */
  readonly nodsa: string | null
  /** `postponed`, `ignored`, or empty. */
  readonly nodsaReason: string | null
}

interface TrackerEntry {
  readonly description: string | null
  readonly releases: ReadonlyMap<string, TrackerRow>
}

/** Source package -> CVE -> entry. Maps, because names come from outside and may be `constructor`. */
export type Tracker = ReadonlyMap<string, ReadonlyMap<string, TrackerEntry>>

/** Reads a tracker document, whole or narrowed. @throws SeaworthyError `tracker-malformed` */
export function parseTracker(text: string): Tracker {
  const document = record(parseJson(text, 'tracker'), 'the document')
  return new Map(Object.entries(document).map(([name, value]) => [name, parsePackage(name, value)]))
}

/**
 * Reads the CVEs of one source package.
 * @param value the parsed JSON below the package's name
 * @param codenames keep only these releases, and drop CVEs in none of them; default: all
 */
export function parsePackage(
  name: string,
  value: unknown,
  codenames?: ReadonlySet<string>,
): ReadonlyMap<string, TrackerEntry> {
  const entries = new Map<string, TrackerEntry>()
  for (const [cve, cveEntry] of Object.entries(record(value, name))) {
    const where = `${name}, ${cve}`
    const { description, releases } = record(cveEntry, where)
    const rows = new Map<string, TrackerRow>()
    for (const [codename, row] of Object.entries(record(releases, `${where}, releases`))) {
      if (!codenames || codenames.has(codename)) {
        rows.set(codename, parseRow(row, `${where}, ${codename}`))
      }
    }
    if (rows.size > 0) {
      entries.set(cve, { description: text(description, where), releases: rows })
    }
  }
  return entries
}

/** Compact JSON in the tracker's own form, which Clair reads too; sorted, so equal data gives equal text. */
export function writeTracker(tracker: Tracker): string {
  return JSON.stringify(
    sorted(tracker, (entries) =>
      sorted(entries, ({ description, releases }) => ({
        ...(description === null ? {} : { description }),
        releases: sorted(releases, (row) => ({
          status: row.status,
          ...(row.fixedVersion === null ? {} : { fixed_version: row.fixedVersion }),
          urgency: row.urgency,
          ...(row.nodsa === null ? {} : { nodsa: row.nodsa }),
          ...(row.nodsaReason === null ? {} : { nodsa_reason: row.nodsaReason }),
        })),
      })),
    ),
  )
}

/** Why Debian does not fix it, or not now; `null` if the tracker gives no reason. */
export function debianNote(row: TrackerRow): DebianNote | null {
  const reason = row.nodsa ?? ''
  if (row.nodsaReason === 'postponed' || row.nodsaReason === 'ignored') {
    return { kind: row.nodsaReason, words: reason }
  }
  if (row.nodsa !== null) {
    return { kind: 'no-dsa', words: reason }
  }
  const isReason = row.urgency === 'unimportant' || row.urgency === 'end-of-life'
  return isReason ? { kind: row.urgency, words: reason } : null
}

function parseRow(value: unknown, where: string): TrackerRow {
  const row = record(value, where)
  const status = text(row.status, where)
  // An unknown status could hide a vulnerability.
  if (status !== 'open' && status !== 'resolved' && status !== 'undetermined') {
    const shown = JSON.stringify(row.status)
    throw malformed(`the status ${shown} is not "open", "resolved" or "undetermined"`, where)
  }
  return {
    status,
    fixedVersion: text(row.fixed_version, where) || null,
    urgency: text(row.urgency, where) ?? '',
    nodsa: text(row.nodsa, where),
    nodsaReason: text(row.nodsa_reason, where),
  }
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'not JSON', where)
  }
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (isRecord(value)) {
    return { ...value }
  }
  throw malformed('expected an object', where)
}

function text(value: unknown, where: string): string | null {
  if (value === undefined || value === null) {
    return null
  }
  if (typeof value === 'string') {
    return value
  }
  throw malformed(`expected a string, not ${JSON.stringify(value).slice(0, 40)}`, where)
}

/** `fromEntries` defines own members, whatever their name; JSON keeps their order except for integers. */
function sorted<T>(map: ReadonlyMap<string, T>, write: (value: T) => unknown): Record<string, unknown> {
  const byName = [...map].sort(([a], [b]) => compareText(a, b))
  return Object.fromEntries(byName.map(([name, value]) => [name, write(value)]))
}

function malformed(what: string, where: string): SeaworthyError {
  return new SeaworthyError({
    code: 'tracker-malformed',
    what: `the security tracker's data is not in the expected format: ${what}`,
    where,
    todo: 'download the data of the tracker again, or set "tracker" (--tracker in a terminal) to a different source',
  })
}
