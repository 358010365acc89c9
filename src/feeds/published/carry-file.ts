import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { fileHeader } from '../../io/archive/formats/tar-writer.js'
import { unwritable } from '../../io/files/full-disk.js'
import { hashOfFile } from '../../io/files/hash.js'
import { SeaworthyError } from '../../model/index.js'
import {
  type CarriedFiles,
  carry,
  damagedFeeds as damaged,
  listKept,
  newestCopyOf,
  wholeIn,
} from '../carry.js'
import { gunzipped, MAX_BYTES } from '../spool.js'
import {
  DATA_FORMAT,
  type DataIndex,
  HEAD_BYTES,
  type Head,
  INDEX_FILE,
  PART_NAMES,
  type Part,
  type PartName,
  padded,
  readHead,
  verifiedChunks,
} from './data-file.js'

/** The licence of each part, and the attribution it needs. Publishers that name no licence are NOASSERTION. */
const TERMS = {
  tracker: {
    licence: 'NOASSERTION',
    attribution: 'Debian Security Tracker, by the Debian Security Team, https://security-tracker.debian.org',
  },
  cvss: {
    licence: 'LicenseRef-US-public-domain',
    attribution:
      'National Vulnerability Database, NIST, https://nvd.nist.gov. Not endorsed or certified by the NVD.',
  },
  epss: {
    licence: 'NOASSERTION',
    attribution: 'Exploit Prediction Scoring System, by FIRST, https://www.first.org/epss',
  },
  kev: {
    licence: 'CC0-1.0',
    attribution: 'Known Exploited Vulnerabilities Catalog, CISA, https://www.cisa.gov',
  },
  osv: {
    licence: 'CC-BY-4.0',
    attribution:
      'OSV, https://osv.dev, and the databases that it aggregates. This copy is modified: it contains only the data needed for matching.',
  },
  ends: {
    licence: 'MIT',
    attribution: 'endoflife.date, by its contributors, https://endoflife.date. This copy is shortened.',
  },
  bitnami: {
    licence: 'Apache-2.0',
    attribution:
      'Bitnami Vulnerability Database, Broadcom, https://github.com/bitnami/vulndb, by OSV. This copy is modified: it contains only the programs and the data needed for matching.',
  },
} as const satisfies Readonly<Record<string, Pick<Part, 'licence' | 'attribution'>>>

function termsOf(name: PartName): keyof typeof TERMS {
  return name === 'osv-Bitnami' ? 'bitnami' : name.startsWith('osv-') ? 'osv' : (name as keyof typeof TERMS)
}

/** Tables are packed as they are cached; the rest is packed for transport. */
const isTable = (name: PartName): boolean => name === 'cvss' || name === 'epss' || name === 'kev'
const folderIn = (name: PartName): string => (name === 'tracker' ? '' : 'feeds')

/**
 * Writes everything in a cache folder into one data file, each feed once: the copy read last.
 * @returns what was written; `index.json` is written next to the file, because attestations are about it
 * @throws SeaworthyError `feeds-damaged`, `file-unwritable`
 */
export async function exportFile(cacheDir: string, to: string, now: Date): Promise<readonly CarriedFiles[]> {
  const all = await wholeIn(cacheDir)
  const work = await mkdtemp(join(dirname(to), '.seaworthy-data-'))
  try {
    const chosen = PART_NAMES.flatMap((name) => newestCopyOf(all, name) ?? [])
    const parts: Part[] = []
    for (const one of chosen) {
      parts.push(await partOf(cacheDir, one, work))
    }
    const index: DataIndex = { format: DATA_FORMAT, date: now.toISOString(), parts }
    const text = Buffer.from(`${JSON.stringify(index, null, 1)}\n`)
    await writeFile(join(dirname(to), INDEX_FILE), text)
    await pipeline(tarOfParts(text, parts, work), createWriteStream(to))
    return chosen
  } catch (error) {
    throw error instanceof SeaworthyError ? error : unwritable(to, error)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function* tarOfParts(index: Buffer, parts: readonly Part[], work: string): AsyncGenerator<Buffer> {
  const zeros = (bytes: number) => Buffer.alloc(padded(bytes) - bytes)
  yield Buffer.concat([fileHeader(INDEX_FILE, index.length), index, zeros(index.length)])
  for (const { file, bytes } of parts) {
    yield fileHeader(file, bytes)
    yield* createReadStream(join(work, file), { highWaterMark: 2 ** 20 })
    yield zeros(bytes)
  }
  yield Buffer.alloc(1024)
}

/** Packs one feed into the folder `work`, and describes it. */
async function partOf(
  cacheDir: string,
  { name: text, files, rows, date, url }: CarriedFiles,
  work: string,
): Promise<Part> {
  const name = text as PartName
  const kept = basename(files[0])
  const file = isTable(name) ? kept : `${kept}.gz`
  const packed = isTable(name) ? [] : [createGzip({ level: 6 })]
  await pipeline([createReadStream(join(cacheDir, files[0])), ...packed, createWriteStream(join(work, file))])
  return {
    name,
    file,
    bytes: (await stat(join(work, file))).size,
    sha256: await hashOfFile(join(work, file)),
    rows,
    date,
    source: url,
    ...TERMS[termsOf(name)],
    about: { file: basename(files[1]), text: await readFile(join(cacheDir, files[1]), 'utf8') },
  }
}

/** How much a data file may unpack to: each of its parts, and all of them, in bytes. */
const UNPACKED = { part: MAX_BYTES, all: 4 * MAX_BYTES }

/**
 * Imports a data file into a cache folder, once all of it is proven to match its index and to be within the limits.
 * @param accept throws if nobody trustworthy vouches for the index
 * @throws SeaworthyError `feeds-damaged`; nothing has been written then
 */
export async function importFile(
  from: string,
  cacheDir: string,
  accept: (head: Head) => Promise<unknown> = () => Promise.resolve(),
  limits = UNPACKED,
): Promise<readonly CarriedFiles[]> {
  const work = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'seaworthy-data-'))
  try {
    const head = readHead(await buffer(createReadStream(from, { end: HEAD_BYTES - 1 })))
    if (head === null) {
      throw damaged(`it is not a data file (${DATA_FORMAT})`, from)
    }
    await accept(head)
    await refuseTooLarge(from, head, limits)
    await mkdir(join(work, 'feeds'))
    for (const { name } of head.index.parts) {
      const { part, checked } = bytesOf(from, head, name)
      const path = join(work, folderIn(name), isTable(name) ? part.file : part.file.replace(/\.gz$/, ''))
      await pipeline(isTable(name) ? checked : gunzipped(checked), createWriteStream(path, { flags: 'wx' }))
      await writeFile(join(work, folderIn(name), part.about.file), part.about.text, { flag: 'wx' })
      // A tracker without a date of its own is as old as its file.
      const publishedAt = new Date(head.index.date)
      await utimes(path, publishedAt, publishedAt)
    }
    const listed = await listKept(work)
    if (listed.length !== head.index.parts.length) {
      throw damaged('its index lists files that do not belong in a cache', from)
    }
    return await carry(work, cacheDir)
  } catch (error) {
    throw error instanceof SeaworthyError
      ? error
      : damaged(String(Reflect.get(Object(error), 'message')), from)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** A few bytes can unpack to any number, so they are counted before the first one is written. */
async function refuseTooLarge(from: string, head: Head, limits: typeof UNPACKED): Promise<void> {
  let all = 0
  for (const { name } of head.index.parts) {
    let bytes = 0
    for await (const chunk of gunzipped(bytesOf(from, head, name).checked)) {
      bytes += chunk.length
      if (bytes > limits.part) {
        throw damaged(`${name}: it unpacks to more than ${limits.part} bytes`, from)
      }
    }
    all += bytes
    if (all > limits.all) {
      throw damaged(`its parts unpack to more than ${limits.all} bytes in total`, from)
    }
  }
}

/** The bytes of a part, as packed. */
function bytesOf(from: string, head: Head, name: PartName) {
  const found = head.at(name)
  if (found === null) {
    throw damaged('it contains an unexpected part', from)
  }
  const { part, start } = found
  const body = createReadStream(from, { start, end: start + part.bytes - 1, highWaterMark: 2 ** 18 })
  return { part, checked: verifiedChunks(body, part, (what) => damaged(`${name}: ${what}`, from)) }
}
