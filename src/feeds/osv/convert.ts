import type { FileHandle } from 'node:fs/promises'
import { readZip } from '../../io/files/zip.js'
import { feedError, GO, malformed, programOfBitnami } from '../../model/index.js'
import type { Ecosystem } from '../formats/osv/ecosystem.js'
import { dateOfRecord, readRecord } from '../formats/osv/record.js'
import { writePart } from './part.js'

/** npm's has 142 MB packed, with 214,057 entries; a record with 10,000 versions has some 200 KB. */
const LIMITS = { entries: 4_000_000, entryBytes: 32 * 2 ** 20, allBytes: 16 * 2 ** 30 }
const DAY_MS = 86_400_000

export type ConvertedPart = Awaited<ReturnType<typeof convert>>

/**
 * Converts an ecosystem's `all.zip` to a part, record by record. If one entry is not an advisory, all of it
 * is refused, because nobody knows what that entry said.
 * @param known ids to look for
 * @param now a record dated after tomorrow is dated by when it was published, if at all, and is not yet withdrawn
 * @returns the ids among those, and the part's SHA-256
 * @throws SeaworthyError `feed-malformed`, `feed-empty`, `feed-truncated`, `feed-too-large`
 */
export async function convert(
  zip: FileHandle,
  to: FileHandle,
  ecosystem: Ecosystem,
  known: readonly string[],
  now: Date,
) {
  const part = writePart(to, ecosystem)
  const foundIds = new Set<string>()
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString()
  let [rows, withdrawn, foreign, newest] = [0, 0, 0, '']
  await readZip(zip, LIMITS, async (name, bytes) => {
    const record = readRecord(parsed(name, bytes), ecosystem, tomorrow)
    if (record !== 'withdrawn' && 'error' in record) {
      throw malformed('osv', `${entryName(name)} is not an advisory: ${record.error}`)
    }
    rows += 1
    if (record === 'withdrawn') {
      withdrawn += 1
      return
    }
    if (record.affected.length === 0) {
      foreign += 1
      return
    }
    if (known.includes(record.id)) {
      foundIds.add(record.id)
    }
    const date = dateOfRecord(record, tomorrow)
    if (date !== null && date > newest) {
      newest = date
    }
    // Bitnami packages much more than programs that are looked for, some of it twice (`node`, `node-min`).
    const isProgram = record.affected.some(({ name }) => ![null, GO].includes(programOfBitnami(name)))
    if (ecosystem !== 'Bitnami' || isProgram) {
      await part.add(record)
    }
  })
  if (rows === 0) {
    throw feedError('feed-empty', 'osv', `${ecosystem}: it contains no advisories at all`)
  }
  if (foreign * 2 > rows) {
    throw malformed('osv', `${foreign} of ${rows} advisories are for ecosystems other than ${ecosystem}`)
  }
  if (withdrawn === rows) {
    throw feedError('feed-empty', 'osv', `${ecosystem}: all ${rows} advisories have been withdrawn`)
  }
  if (newest === '') {
    throw withoutDate(ecosystem)
  }
  const sha256 = await part.finish({ ecosystem, rows, withdrawn, newest })
  return { knownIds: foundIds, sha256 }
}

/** The error for advisories whose age is unknown: no `max-data-age` would help. */
export function withoutDate(ecosystem: Ecosystem) {
  return malformed('osv', `${ecosystem}: no advisory has a usable date`)
}

function parsed(name: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw malformed('osv', `${entryName(name)} is not JSON`)
  }
}

function entryName(name: string): string {
  return JSON.stringify(name.slice(0, 100))
}

/** The zip reader has its own codes. */
export function osvZipError(error: unknown): unknown {
  const code = String(Reflect.get(Object(error), 'code') ?? '')
  const what = String(Reflect.get(Object(error), 'message') ?? '')
  if (code === 'zip-cut') {
    return feedError('feed-truncated', 'osv', `it arrived incomplete, or it is not a zip: ${what}`)
  }
  return code === 'zip-large'
    ? feedError('feed-too-large', 'osv', what)
    : code === 'zip-bad'
      ? malformed('osv', `it cannot be unpacked: ${what}`)
      : error
}
