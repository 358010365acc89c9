import { isRecord, type Json } from '../../../model/index.js'
import { type Ecosystem, ecosystemOf } from './ecosystem.js'

/** The part of an advisory that a matcher reads (https://ossf.github.io/osv-schema/), for one ecosystem. */
export interface OsvRecord {
  readonly id: string
  readonly aliases: readonly string[]
  /** RFC 3339 UTC, as in the record. */
  readonly modified: string
  /** As in the record, RFC 3339 UTC; `null` if it is not stated. */
  readonly published: string | null
  /** Empty if it has none; text from outside. */
  readonly summary: string
  /** CVSS vectors as in the record, including those of its `affected`; they may not be parsable. */
  readonly vectors: readonly string[]
  /** The database's own severity, as written; empty if it has none. */
  readonly severityName: string
  /** Entries of this ecosystem only. */
  readonly affected: readonly OsvAffected[]
}

export interface OsvAffected {
  /** As in the record. */
  readonly name: string
  readonly ranges: readonly OsvRange[]
  /** `ecosystem_specific.custom_ranges` of Go's database: releases that are not the module's versions. */
  readonly custom: readonly OsvRange[]
  readonly versions: readonly string[]
  /** For Go and crates.io: what it is limited to (any of these); empty: no limit. */
  readonly platforms: readonly OsvPlatform[]
}

/** GOOS and GOARCH as Go writes them; an empty list: all. */
interface OsvPlatform {
  readonly goos: readonly string[]
  readonly goarch: readonly string[]
}

/** Events in the order of the record; `null` for a range that cannot be understood. */
export type OsvRange = readonly OsvEvent[] | null

export const EVENTS = ['introduced', 'fixed', 'last_affected', 'limit'] as const
export type OsvEvent = readonly [kind: (typeof EVENTS)[number], version: string]

/** A summary is a line in a report. */
const SUMMARY_LENGTH = 300
const DATE = /^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z$/
const ID = /^[A-Za-z0-9][\w.:-]{0,99}$/

/**
 * Reads one advisory, parsed from JSON.
 * @param latest RFC 3339 UTC; it is taken back on a later day only if that comes
 * @returns `withdrawn` if it was taken back and must not be reported. A record without an entry of this ecosystem has
 * an empty `affected`.
 */
export function readRecord(
  value: unknown,
  ecosystem: Ecosystem,
  latest: string | null = null,
): OsvRecord | 'withdrawn' | { readonly error: string } {
  const record = objectOf(value)
  if (record === null) {
    return { error: 'it is not an object' }
  }
  const { id, modified, withdrawn } = record
  if (typeof id !== 'string' || !ID.test(id)) {
    return { error: 'it has no id' }
  }
  if (!isTime(modified)) {
    return { error: 'it has no valid "modified" date' }
  }
  if (withdrawn !== undefined && withdrawn !== null && withdrawn !== '') {
    // A record that is left out hides what it says.
    if (!isTime(withdrawn)) {
      return { error: 'its "withdrawn" is not a date' }
    }
    if (isUsableDate(withdrawn) && (latest === null || Date.parse(withdrawn) <= Date.parse(latest))) {
      return 'withdrawn'
    }
  }
  const list = record.affected ?? []
  if (!Array.isArray(list)) {
    return { error: '"affected" is not a list' }
  }
  if (list.length === 0) {
    return { error: 'it says nothing about any package' }
  }
  const entries = list.map(objectOf)
  const ecosystemEntries = entries.filter((entry) => ecosystemIn(entry) === ecosystem)
  const affected = ecosystemEntries.map(readAffected)
  if (!entries.every(isAboutSomething) || affected.includes(null)) {
    return { error: 'an entry in "affected" does not match the schema' }
  }
  return {
    id,
    aliases: textsIn(record.aliases).filter((alias) => ID.test(alias)),
    modified,
    published: publishedIn(record.published),
    summary: typeof record.summary === 'string' ? record.summary.slice(0, SUMMARY_LENGTH) : '',
    vectors: [record, ...ecosystemEntries].flatMap((one) => vectorsIn(one?.severity)),
    severityName: severityIn(record.database_specific),
    affected: affected as OsvAffected[],
  }
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
}

/**
 * An entry that names no package, which the schema allows about commits only, or one whose package cannot be read, would
 * be left out as one of another ecosystem.
 */
function isAboutSomething(entry: Json | null): boolean {
  if (entry === null) {
    return false
  }
  const { package: named = null, ranges } = entry
  if (named !== null) {
    return isRecord(named) && isName(named.ecosystem) && isName(named.name)
  }
  return (
    Array.isArray(ranges) && ranges.length > 0 && ranges.every((range) => objectOf(range)?.type === 'GIT')
  )
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

function ecosystemIn(entry: Json | null): Ecosystem | null {
  const name = objectOf(entry?.package)?.ecosystem
  return typeof name === 'string' ? ecosystemOf(name) : null
}

/** GIT ranges name commits, which no package has: they are ignored, but the ranges after them count. */
function readAffected(entry: Json | null): OsvAffected | null {
  const name = objectOf(entry?.package)?.name
  const { ranges = [], versions = [] } = entry ?? {}
  if (typeof name !== 'string' || name === '' || !Array.isArray(ranges ?? []) || !isTexts(versions ?? [])) {
    return null
  }
  const specific = objectOf(entry?.ecosystem_specific)
  return {
    name,
    ranges: rangesIn(ranges),
    custom: rangesIn(specific?.custom_ranges),
    versions: textsIn(versions),
    platforms: [...platformsIn(specific?.imports), ...systemsIn(specific?.affects)],
  }
}

/** The affected packages of a Go module (go.dev/doc/security/vuln/database); without a limit, all of it. */
function platformsIn(value: unknown): readonly OsvPlatform[] {
  const imports = (Array.isArray(value) ? value : []).map(objectOf)
  const limits = imports.map((one) => ({ goos: textsIn(one?.goos), goarch: textsIn(one?.goarch) }))
  const isLimited = limits.every(({ goos, goarch }) => goos.length > 0 || goarch.length > 0)
  return isLimited ? limits : []
}

/** The operating systems of a crate's advisory (rustsec/advisory-db, `affected.os`). */
function systemsIn(value: unknown): readonly OsvPlatform[] {
  const goos = textsIn(objectOf(value)?.os)
  return goos.length === 0 ? [] : [{ goos, goarch: [] }]
}

function rangesIn(value: unknown): readonly OsvRange[] {
  const list = Array.isArray(value) ? value : []
  return list.map(objectOf).flatMap((range) => (range?.type === 'GIT' ? [] : [eventsIn(range)]))
}

/** npm's and Go's ranges are SEMVER, but GitHub's advisories say ECOSYSTEM: both mean the ecosystem's own order. */
function eventsIn(range: Json | null): OsvRange {
  const isKnown = range?.type === 'SEMVER' || range?.type === 'ECOSYSTEM'
  if (!isKnown || !Array.isArray(range.events)) {
    return null
  }
  const events: OsvEvent[] = []
  for (const event of range.events.map(objectOf)) {
    const members = Object.entries(event ?? {})
    if (members.length === 0) {
      return null // an event is lost, and the others may mean something else without it
    }
    for (const [kind, version] of members) {
      const eventKind = EVENTS.find((one) => one === kind)
      if (eventKind === undefined || typeof version !== 'string') {
        return null
      }
      events.push([eventKind, version])
    }
  }
  return events
}

/** The first year with CVEs. Go's zero time is in the year 1, Unix's in 1970. */
const FIRST_CVE_YEAR = '1999'

/** Whether a date says how new data is. */
export function isUsableDate(date: string): boolean {
  return date.slice(0, 4) >= FIRST_CVE_YEAR
}

/**
 * When the record was last changed, else when it was published; `null` if neither date says how new it is.
 * @param latest a later date is wrong
 */
export function dateOfRecord(
  { modified, published }: Pick<OsvRecord, 'modified' | 'published'>,
  latest: string,
): string | null {
  return [modified, published].find((date) => date !== null && isUsableDate(date) && date <= latest) ?? null
}

function publishedIn(value: unknown): string | null {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
}

function vectorsIn(value: unknown): string[] {
  const scores = (Array.isArray(value) ? value : []).map((one) => objectOf(one)?.score)
  return scores.flatMap((score) => (typeof score === 'string' ? [score.slice(0, 300)] : []))
}

function severityIn(value: unknown): string {
  const severity = objectOf(value)?.severity
  return typeof severity === 'string' ? severity.slice(0, 20) : ''
}

/** A record as one line of JSON, without line breaks. */
export function packRecord(record: OsvRecord): string {
  const { id, aliases, modified, summary, vectors, severityName, affected, published } = record
  const entries = affected.map(({ name, ranges, custom, versions, platforms }) => {
    const limits = platforms.map(({ goos, goarch }) => [goos, goarch])
    return [name, ranges, custom, versions, ...(limits.length === 0 ? [] : [limits])]
  })
  return JSON.stringify([id, aliases, modified, summary, vectors, severityName, entries, published])
}

/** Parses a line written by `packRecord`. */
export function unpackRecord(line: string): OsvRecord {
  const packed = JSON.parse(line) as PackedRecord
  const [id, aliases, modified, summary, vectors, severityName, entries, date] = packed
  const affected = entries.map(([name, ranges, custom, versions, limits = []]) => {
    const platforms = limits.map(([goos, goarch]) => ({ goos, goarch }))
    return { name, ranges, custom, versions, platforms }
  })
  const published = publishedIn(date)
  return { id, aliases, modified, published, summary, vectors, severityName, affected }
}

type PackedEntry = readonly [
  ...[name: string, ranges: readonly OsvRange[], custom: readonly OsvRange[], versions: readonly string[]],
  limits?: readonly (readonly [goos: readonly string[], goarch: readonly string[]])[],
]

type PackedRecord = readonly [
  ...[id: string, aliases: readonly string[], modified: string, summary: string],
  ...[vectors: readonly string[], word: string],
  entries: readonly PackedEntry[],
  published: string | null,
]

function objectOf(value: unknown): Json | null {
  return isRecord(value) ? value : null
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function textsIn(value: unknown): string[] {
  return isTexts(value) ? value : []
}
