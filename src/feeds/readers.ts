import { withHead } from '../io/files/with-head.js'
import { type FeedName, feedError } from '../model/index.js'
import { type OpenedDocument, readAll } from './document.js'
import { readNvd } from './formats/cvss.js'
import { readEpss } from './formats/epss.js'
import { readKev } from './formats/kev.js'
import type { Decode } from './formats/reader.js'
import { makeTable, parseTable, TABLE_FORMAT, type Table } from './formats/table.js'

const MIB = 2 ** 20
/** Limits for unpacked feeds; several times today's sizes. A year of the NVD has some 200 MB. */
const LIMITS: Readonly<Record<FeedName, number>> = { cvss: 1024 * MIB, epss: 128 * MIB, kev: 64 * MIB }
const TABLE_LIMIT = 64 * MIB
/** How each of our tables begins. */
const TABLE_HEAD = `{"format":"${TABLE_FORMAT}"`

/** A document as a table, with the SHA-256 of its unpacked text. */
interface Read {
  readonly table: Table
  readonly sha256: string
}

export const decode: Decode = (bytes) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

/**
 * Reads a feed as its publisher writes it, or a table made from it.
 * @throws SeaworthyError `feed-malformed`, `feed-truncated`, `feed-too-large`, `feed-empty`
 */
export async function readFeed(feed: FeedName, opened: OpenedDocument): Promise<Read> {
  const { head, body } = await withHead(opened.body, TABLE_HEAD.length)
  if (decode(head.subarray(0, TABLE_HEAD.length)) === TABLE_HEAD) {
    return readTable(feed, { ...opened, body })
  }
  const readers = { kev: readKev, epss: readEpss, cvss: (decoder: Decode) => readNvd(decoder, null) }
  const reader = readers[feed](decode, opened.proven)
  const sha256 = await readAll(feed, { ...opened, body }, LIMITS[feed], reader.push)
  const { rows, date } = reader.end()
  return notEmpty({ table: makeTable({ feed, date, parts: {} }, rows), sha256 })
}

function notEmpty(read: Read): Read {
  if (read.table.rows === 0) {
    throw feedError('feed-empty', read.table.feed, 'it contains no CVEs at all')
  }
  return read
}

/** Reads one NVD feed into rows. @param year `null` for the feed of modified entries */
export async function readNvdPart(opened: OpenedDocument, year: number | null) {
  const reader = readNvd(decode, year)
  const sha256 = await readAll('cvss', opened, LIMITS.cvss, reader.push)
  return { ...reader.end(), sha256 }
}

async function readTable(feed: FeedName, opened: OpenedDocument): Promise<Read> {
  const chunks: Uint8Array[] = []
  const sha256 = await readAll(feed, opened, TABLE_LIMIT, (chunk) => chunks.push(chunk))
  return notEmpty({ table: parseTable(Buffer.concat(chunks).toString('utf8'), feed), sha256 })
}
