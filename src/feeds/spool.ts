import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readAt } from '../io/files/read-at.js'
import { withHead } from '../io/files/with-head.js'
import { SeaworthyError } from '../model/index.js'
import { scanMembers } from './formats/json-members.js'
import { type Member, OPEN_OBJECT, type Summary } from './formats/json-steps.js'

/** A JSON object on disk that is proven complete, with the position of each of its members. */
export interface SpooledDocument {
  readonly summary: Summary
  /** Hex, of the document after decompression. */
  readonly sha256: string
  /**
   * Parsed value of one member; `undefined` if there is none of that name.
   * @throws SeaworthyError `json-duplicate`
   */
  read(key: string): Promise<unknown>
  close(): Promise<void>
}

export const MAX_BYTES = 2 ** 30

/** Where the document can be read again. */
export type SpoolTarget =
  | { readonly original: FileHandle }
  /** Unlinked at once so that a killed run leaves nothing; or renamed to `keepAs` once it is proven whole. */
  | { readonly copyTo: string; readonly keepAs: string | null }

/**
 * Reads a document once: hashes it, proves that it is a whole JSON object and records its members' places.
 * @param accept throws if it must not be used, nor replace the cached copy
 */
export async function readOnce(
  body: AsyncIterable<Uint8Array>,
  target: SpoolTarget,
  namesAtDepth: number,
  accept: (summary: Summary) => void = () => {},
): Promise<SpooledDocument> {
  const places = new Map<string, Member>()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const scanner = scanMembers({
    decode: (bytes) => decoder.decode(bytes),
    onMember: (member) => places.set(member.key, member),
    namesAtDepth,
    uniqueDepth: 1,
  })
  const hash = createHash('sha256')
  const file = 'copyTo' in target ? await open(target.copyTo, 'wx+', 0o600) : target.original
  try {
    if ('copyTo' in target && target.keepAs === null) {
      await rm(target.copyTo)
    }
    let bytes = 0
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > MAX_BYTES) {
        const what = `the document is larger than ${MAX_BYTES / 2 ** 20} MiB`
        throw new SeaworthyError({ code: 'tracker-too-large', what, where: 'tracker' })
      }
      scanner.push(chunk)
      hash.update(chunk)
      if ('copyTo' in target) {
        await file.writeFile(chunk)
      }
    }
    const summary = scanner.end()
    accept(summary)
    if ('copyTo' in target && target.keepAs !== null) {
      await rename(target.copyTo, target.keepAs)
    }
    return {
      summary,
      sha256: hash.digest('hex'),
      read: async (key) => {
        const place = places.get(key)
        if (!place) {
          return undefined
        }
        const bytes = readAt(file.fd, place.start, place.end - place.start)
        if (bytes.length < place.end - place.start) {
          throw new Error('the file changed while it was being read')
        }
        requireUnique(bytes)
        return JSON.parse(bytes.toString('utf8'))
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    if ('copyTo' in target) {
      await rm(target.copyTo, { force: true })
    }
    throw error
  }
}

/** Decompresses gzip; anything else passes unchanged. */
export async function* gunzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, body: whole } = await withHead(body, 2)
  if (!isGzip(head)) {
    yield* whole
    return
  }
  const source = Readable.from(whole, { objectMode: false })
  const gunzip = createGunzip()
  // Not `pipe`, which would swallow an error of the source.
  source.on('error', (error) => gunzip.destroy(error))
  yield* source.pipe(gunzip)
}

/** True if the data begins as gzip does (RFC 1952, 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** If two members have the same name, JSON.parse takes the last, and nobody knows which one is meant. */
function requireUnique(object: Buffer): void {
  if (object[0] !== OPEN_OBJECT) {
    return
  }
  const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  const uniqueDepth = Number.POSITIVE_INFINITY
  const scanner = scanMembers({ decode, onMember: () => {}, namesAtDepth: 0, uniqueDepth })
  scanner.push(object)
  scanner.end()
}
