import {
  CHECKS,
  daysBetween,
  hasFingerprint,
  isAcceptedByPath,
  type LineError,
  type Place,
} from '../../model/index.js'
import { policyError } from '../errors.js'
import { listOf, mappingOf, shapeErrors } from '../shape.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'
import { entryErrors } from './errors.js'
import { otherTool } from './foreign.js'
import { ANY_ID } from './match.js'
import { packageNamed } from './packages.js'
import { PATH_DAYS, pathNamed } from './paths.js'
import {
  DEFAULT_CHECK,
  datedSchema,
  type RawWhitelistEntry,
  type Whitelist,
  type WhitelistEntry,
  whitelistSchema,
} from './schema.js'

/** How long an entry may hold (docs/decisions/0014-whitelist.md). */
export interface SpanLimit {
  /** The judged day, YYYY-MM-DD, UTC. */
  readonly today: string
  /** Days. */
  readonly maxSpan: number
}

/** One file of a whitelist. If it has errors, it has no entries. */
export interface WhitelistFile {
  readonly entries: readonly WhitelistEntry[]
  /** The paths of its `include`, as written. */
  readonly includes: readonly { readonly path: string; readonly place: Place }[]
  readonly errors: readonly LineError[]
}

/**
 * Reads one file without its includes.
 * @param limit `null`: how long entries hold is not checked
 * @throws SeaworthyError `policy-invalid` with every error of the file and its line
 */
export function readWhitelist(text: string, file: string, limit: SpanLimit | null = null): Whitelist {
  const { entries, errors } = readWhitelistFile(text, file, limit)
  if (errors.length > 0) {
    throw policyError(errors)
  }
  return { file, entries }
}

export function readWhitelistFile(text: string, file: string, limit: SpanLimit | null): WhitelistFile {
  const tool = otherTool(text)
  if (tool !== null) {
    return { entries: [], includes: [], errors: [otherToolError(tool, file)] }
  }
  const document = readYaml(text, file)
  const errors: LineError[] = [
    ...shapeErrors(document, whitelistSchema),
    ...entryErrors(document),
    ...(limit === null ? [] : spanErrors(document, limit)),
  ]
  const parsed = errors.length > 0 ? null : whitelistSchema.parse(document.value)
  if (parsed === null) {
    return { entries: [], includes: [], errors }
  }
  const entries = parsed.entries.map((raw, index) => toEntry(raw, document.placeOf(['entries', index])))
  const includes = (parsed.include ?? []).map((path, index) => ({
    path: path.trim(),
    place: document.placeOf(['include', index]),
  }))
  return { entries, includes, errors }
}

/** One error for the whole file: errors about each of its keys would say the same. */
function otherToolError(tool: string, file: string): LineError {
  const text = `this file is in the format of ${tool}. Rename it, and import it under its new name: seaworthy whitelist import FILE --owner NAME`
  return { place: { file, line: 1 }, text }
}

/** Entries that hold too long, whatever else is wrong with them or with others. */
function spanErrors(document: YamlDocument, limit: SpanLimit): LineError[] {
  return listOf(mappingOf(document.value)?.entries).flatMap((value, index) => {
    const read = datedSchema.safeParse(value)
    if (!read.success) {
      return []
    }
    const { id = ANY_ID, check = DEFAULT_CHECK, added = null, ...rest } = read.data
    const text = spanError({ id, check, added, ...rest }, limit)
    const place = document.placeOf(['entries', index, 'expires'])
    return text === null ? [] : [{ place, text: `entries[${index}].expires: ${text}` }]
  })
}

/**
 * Why the entry holds too long, or `null`. Counted from `added`, but never from a future day: so no entry reaches
 * further than `maxSpan` days from today, and a valid file stays valid as time goes by.
 */
export function spanError(
  entry: Pick<WhitelistEntry, 'check' | 'added' | 'expires'> & {
    readonly [Key in 'id' | 'sha256' | 'fingerprint']?: WhitelistEntry[Key] | undefined
  },
  { today, maxSpan }: SpanLimit,
): string | null {
  const { check, id = '', sha256 = null, fingerprint = null } = entry
  const { mostDays } = CHECKS[check].entries
  const limits = [
    { most: maxSpan, whose: '(max-span)' },
    ...(id === ANY_ID && mostDays !== null
      ? [{ most: mostDays, whose: `for a ${check} entry without an id` }]
      : []),
    ...(isAcceptedByPath(check, id) && (sha256 ?? fingerprint) === null
      ? [
          {
            most: PATH_DAYS,
            whose: `for an entry with a path but without ${hasFingerprint(check) ? 'a fingerprint' : 'the sha256 of its content'}`,
          },
        ]
      : []),
  ]
  const { most, whose } = limits.reduce((a, b) => (b.most < a.most ? b : a))
  const counted = entry.added !== null && entry.added < today ? entry.added : today
  const days = daysBetween(counted, entry.expires)
  if (days <= most) {
    return null
  }
  const from = counted === today ? 'after the date of the verdict' : 'after the entry was added'
  return `${entry.expires} is ${days} days ${from} (${counted}); the maximum is ${most} ${whose}`
}

function toEntry(raw: RawWhitelistEntry, place: Place): WhitelistEntry {
  return {
    id: raw.id ?? ANY_ID,
    package: raw.package === undefined || raw.package === '*' ? null : packageNamed(raw.package),
    path: raw.path === undefined ? null : pathNamed(raw.path),
    sha256: raw.sha256 ?? null,
    fingerprint: raw.fingerprint ?? null,
    check: raw.check ?? DEFAULT_CHECK,
    releases: raw.releases ?? null,
    images: raw.images ?? null,
    reason: raw.reason.trim(),
    owner: raw.owner.trim(),
    added: raw.added ?? null,
    expires: raw.expires,
    maxSeverity: raw['max-severity'] ?? 'low',
    despiteKev: raw.despite === 'kev',
    despiteMalware: raw.despite === 'malware',
    justification: raw.justification ?? null,
    place,
  }
}
