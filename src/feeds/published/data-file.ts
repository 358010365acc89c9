import { createHash } from 'node:crypto'
import * as z from 'zod'
import { decodeHeader } from '../../io/archive/formats/tar-header.js'
import { ECOSYSTEMS } from '../formats/osv/ecosystem.js'

/**
 * One file with the data of all feeds: a tar whose first member is the index, which names each part with its
 * hash. The index is attested, so a part with the right hash is trusted too.
 */
export const DATA_FORMAT = 'seaworthy-data-1'
export const INDEX_FILE = 'index.json'
const OSV_PARTS = ECOSYSTEMS.map((one) => `osv-${one}` as const)
export const PART_NAMES = ['tracker', 'cvss', 'epss', 'kev', 'ends', ...OSV_PARTS] as const
export type PartName = (typeof PART_NAMES)[number]

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/)
const MAX_PART_BYTES = 2 ** 30
const PART = z.object({
  name: z.enum(PART_NAMES),
  /** Its name in a cache folder, with `.gz` after it if it is packed for transport. */
  file: z.string().regex(/^[\w.-]{1,120}$/),
  bytes: z.int().min(1).max(MAX_PART_BYTES),
  sha256: SHA256,
  /** `null`: the cache does not record it. */
  rows: z.int().min(1).nullable(),
  /** The data's own date, ISO 8601 UTC. */
  date: z.string().nullable(),
  /** Where it was read, without credentials; `null`: not known. */
  source: z.string().nullable(),
  /** SPDX expression, or NOASSERTION if the publisher names none. */
  licence: z.string(),
  /** The attribution that must accompany the data. */
  attribution: z.string(),
  /** The cache's metadata: a file's name and its text. */
  about: z.object({ file: z.string().regex(/^[\w.-]{1,120}$/), text: z.string().max(4096) }),
})
const INDEX = z.object({
  format: z.literal(DATA_FORMAT),
  /** When the file was made, ISO 8601 UTC. */
  date: z.iso.datetime(),
  parts: z.array(PART).min(1).max(PART_NAMES.length),
})
export type Part = Readonly<z.infer<typeof PART>>
export type DataIndex = Readonly<z.infer<typeof INDEX>>

const BLOCK = 512
/** The index has a few KiB; this much is read at once. */
export const HEAD_BYTES = 2 ** 16

export interface Head {
  readonly index: DataIndex
  readonly sha256: string
  /** Where the bytes of a part begin in the file; `null` if there is no part of that name. */
  at(name: PartName): { readonly part: Part; readonly start: number } | null
}

/** Reads the index from the beginning of a data file. @returns `null` if there is none */
export function readHead(bytes: Buffer): Head | null {
  try {
    const { path, size, type } = decodeHeader(bytes.subarray(0, BLOCK), INDEX_FILE)
    const text = bytes.subarray(BLOCK, BLOCK + size)
    if (path !== INDEX_FILE || type !== 'file' || text.length !== size) {
      return null
    }
    const index = INDEX.parse(JSON.parse(text.toString('utf8')))
    if (new Set(index.parts.map(({ name }) => name)).size !== index.parts.length) {
      return null
    }
    const starts = new Map<PartName, { part: Part; start: number }>()
    let at = BLOCK + padded(size)
    for (const part of index.parts) {
      starts.set(part.name, { part, start: at + BLOCK })
      at += BLOCK + padded(part.bytes)
    }
    const sha256 = createHash('sha256').update(text).digest('hex')
    return { index, sha256, at: (name) => starts.get(name) ?? null }
  } catch {
    return null
  }
}

export const padded = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK

/** Passes on data; the last bytes come only once its length and hash are those that the index states. */
export async function* verifiedChunks(
  body: AsyncIterable<Uint8Array>,
  { bytes, sha256 }: Pick<Part, 'bytes' | 'sha256'>,
  errorOf: (what: string) => Error,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let [count, buffered] = [0, new Uint8Array()]
  for await (const chunk of body) {
    count += chunk.length
    if (count > bytes) {
      throw errorOf(`it is larger than its index says (${bytes} bytes)`)
    }
    hash.update(chunk)
    if (buffered.length > 0) {
      yield buffered
    }
    buffered = new Uint8Array(chunk)
  }
  const is = hash.digest('hex')
  if (count !== bytes || is !== sha256) {
    const otherHash = `its SHA-256 is ${is}, but the index says ${sha256}`
    throw errorOf(count === bytes ? otherHash : `it is truncated: only ${count} of ${bytes} bytes`)
  }
  yield buffered
}
