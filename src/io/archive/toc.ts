import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import * as z from 'zod'
import type { LayerToc } from '../../model/image.js'
import { ROOT } from '../../model/interest.js'
import { ambiguousKey, type Shape } from './keys.js'
import type { Limits } from './limits.js'
import { relativePath, shownName } from './path.js'
import { archiveError } from './problems.js'
import { isOverlayAttribute, type TarEntry } from './tar-header.js'
import { type Body, createTarReader } from './tar-reader.js'
import { type StoredToc, TOC_NAME } from './toc-finder.js'

const count = z.int().min(0).nullish()
const text = z.string().nullish()
const DIGEST = /^sha256:[0-9a-f]{64}$/
const digest = z.string().regex(DIGEST).or(z.literal('')).nullish()

/**
 * An entry, of stargz-snapshotter's estargz.md, "TOCEntry", and of containers/storage (FileMetadata), which has
 * the same fields; as far as they say what a container finds.
 */
const entryShape = z.object({
  name: z.string(),
  type: z.enum(['dir', 'reg', 'symlink', 'hardlink', 'char', 'block', 'fifo', 'chunk']),
  size: count,
  linkName: text,
  mode: count,
  uid: count,
  gid: count,
  devMajor: count,
  devMinor: count,
  xattrs: z.record(z.string(), z.string()).nullish(),
  digest,
  chunkOffset: count,
  chunkSize: count,
  chunkDigest: digest,
  chunkType: text,
})
/** BuildKit writes `null` for a layer without files. */
const tocShape = z.object({ version: z.literal(1), entries: z.array(entryShape).nullish() })
type Listed = z.infer<typeof entryShape>

/** Go's decoders take these keys in any case. */
const KEYS: Shape = {
  version: null,
  entries: Object.fromEntries(Object.keys(entryShape.shape).map((key) => [key, null])),
}

/** A file's content in pieces that an engine fetches and verifies one by one. */
interface Chunk {
  readonly at: number
  readonly size: number
  /** `null`: only the digest of the whole file covers it. */
  readonly digest: string | null
  /** The engine writes zeros instead of fetching it. */
  readonly isZeros: boolean
}

interface ListedFile {
  readonly entry: Listed
  readonly chunks: readonly Chunk[]
}

const TYPES: Readonly<Record<Listed['type'], TarEntry['type'] | null>> = {
  dir: 'directory',
  reg: 'file',
  symlink: 'symlink',
  hardlink: 'hardlink',
  char: 'device',
  block: 'device',
  fifo: 'device',
  chunk: null,
}
const READ_BYTES = 256 * 1024
const ZEROS = Buffer.alloc(READ_BYTES)

type Refuse = (what: string) => Error

/**
 * Compares a layer's TOC with its tar. An engine that pulls lazily shows the container what the TOC says ("TOCEntry
 * SHOULD be respected"), and checks contents by the digests in it. So both have to list the same files with the same
 * content.
 * @param tar the stored layer, which is read once more
 * @throws SeaworthyError archive-hostile, archive-unreadable
 */
export async function compareToc(
  toc: StoredToc,
  tar: string,
  where: string,
  limits: Limits,
  signal: AbortSignal | null,
): Promise<void> {
  const refuse = refusal(toc, where)
  const left = readToc(toc.json, refuse)
  const reader = createTarReader(
    (current) => {
      const path = relativePath(current.path)
      if (path === null || path === TOC_NAME) {
        return null
      }
      const listed = left.get(path)
      if (listed === undefined && path === ROOT) {
        return null
      }
      if (listed === undefined) {
        throw refuse(`it does not list ${shownName(path)}, or not as often as the tar has it`)
      }
      left.delete(path)
      compareEntry(listed.entry, current, path, refuse)
      return current.type === 'file' ? contentOf(listed, path, refuse) : null
    },
    where,
    limits,
  )
  const options = { highWaterMark: READ_BYTES, ...(signal ? { signal } : {}) }
  for await (const bytes of createReadStream(tar, options)) {
    reader.write(bytes as Buffer)
  }
  const [more] = left.keys()
  if (more !== undefined) {
    throw refuse(`it lists ${shownName(more)}, which the tar does not have`)
  }
}

function refusal({ format }: LayerToc, where: string): Refuse {
  return (what) => {
    const start = `the layer has a table of contents (${format}), which engines that pull lazily use instead of its tar, but`
    return archiveError('archive-hostile', where, `${start} ${what}`)
  }
}

function readToc(json: Buffer, refuse: Refuse): Map<string, ListedFile> {
  const whole = json.toString('utf8')
  const entries = entriesOf(whole, refuse)
  const files = new Map<string, ListedFile>()
  for (let at = 0; at < entries.length; ) {
    const entry = entries[at++] as Listed
    const parts: Listed[] = []
    for (let part = entries[at]; part?.type === 'chunk' && part.name === entry.name; part = entries[++at]) {
      parts.push(part)
    }
    const path = relativePath(entry.name)
    if (path === null || entry.type === 'chunk' || (parts.length > 0 && entry.type !== 'reg')) {
      throw refuse(`it has an entry that belongs to no file: ${shownName(entry.name)}`)
    }
    if (files.has(path)) {
      throw refuse(`it lists ${shownName(path)} twice`)
    }
    files.set(path, { entry, chunks: entry.type === 'reg' ? chunksOf(entry, parts, path, refuse) : [] })
  }
  return files
}

function entriesOf(whole: string, refuse: Refuse): readonly Listed[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(whole)
  } catch {
    throw refuse('it is not valid JSON')
  }
  const key = ambiguousKey(whole, KEYS)
  if (key !== null) {
    const named = JSON.stringify(shownName(key))
    throw refuse(`its key ${named} appears twice, or differs from another key only in case`)
  }
  const read = tocShape.safeParse(parsed)
  if (read.success) {
    return read.data.entries ?? []
  }
  const issue = read.error.issues[0]
  throw refuse(`it is malformed: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** The chunks of a file; the last one, or the only one, may leave its size out. */
function chunksOf(entry: Listed, parts: readonly Listed[], path: string, refuse: Refuse): readonly Chunk[] {
  const size = entry.size ?? 0
  let end = 0
  const chunks = [entry, ...parts].map((part): Chunk => {
    const at = part.chunkOffset ?? 0
    const chunk = {
      at,
      size: part.chunkSize || size - at,
      digest: part.chunkDigest || null,
      isZeros: part.chunkType === 'zeros',
    }
    if (at !== end || chunk.size < 0 || (chunk.size === 0 && size > 0)) {
      throw refuse(`the parts of ${shownName(path)} do not follow one another`)
    }
    end += chunk.size
    return chunk
  })
  if (end !== size) {
    throw refuse(`the parts of ${shownName(path)} do not add up to its size`)
  }
  const isCovered = chunks.every((one) => one.digest !== null || (chunks.length === 1 && entry.digest))
  if (size > 0 && !isCovered) {
    throw refuse(`it has no digest for all of ${shownName(path)}`)
  }
  return chunks
}

function compareEntry(listed: Listed, current: TarEntry, path: string, refuse: Refuse): void {
  const { type } = current
  const isLink = type === 'symlink' || type === 'hardlink'
  const link = (target: string) => (type === 'hardlink' ? (relativePath(target) ?? target) : target)
  const capability =
    current.capability === null ? '' : Buffer.from(current.capability, 'latin1').toString('base64')
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['type', TYPES[listed.type], type],
    ['size', type === 'file' ? (listed.size ?? 0) : null, type === 'file' ? current.size : null],
    ['link target', isLink ? link(listed.linkName ?? '') : null, isLink ? link(current.linkPath) : null],
    ['permission', isLink ? null : (listed.mode ?? 0) & 0o7777, isLink ? null : current.mode],
    ['owner', listed.uid ?? 0, current.uid],
    ['group', listed.gid ?? 0, current.gid],
    ['capability', listed.xattrs?.['security.capability'] ?? '', capability],
  ]
  const differs = facts.find(([, one, other]) => one !== other)
  if (differs !== undefined) {
    throw refuse(`it lists another ${differs[0]} of ${shownName(path)} than the tar has`)
  }
  if (Object.keys(listed.xattrs ?? {}).some(isOverlayAttribute)) {
    throw refuse(
      `it gives ${shownName(path)} an overlayfs attribute that shows a different file in its place`,
    )
  }
  if (listed.type === 'char' && !listed.devMajor && !listed.devMinor) {
    throw refuse(`it lists ${shownName(path)} as the device with which overlayfs hides a file`)
  }
}

function contentOf({ entry, chunks }: ListedFile, path: string, refuse: Refuse): Body {
  const whole = entry.digest ? createHash('sha256') : null
  let next = 0
  let part: Hash | null = null
  let passed = 0

  function take(bytes: Buffer): void {
    const chunk = chunks[next]
    if (chunk === undefined) {
      return
    }
    part ??= createHash('sha256')
    part.update(bytes)
    if (chunk.isZeros && !bytes.equals(ZEROS.subarray(0, bytes.length))) {
      throw refuse(`it says that part of ${shownName(path)} is empty, which it is not`)
    }
    passed += bytes.length
    if (passed === chunk.at + chunk.size) {
      compareDigest(part, chunk.digest)
      part = null
      next++
    }
  }

  function compareDigest(found: Hash, listed: string | null): void {
    if (listed !== null && `sha256:${found.digest('hex')}` !== listed) {
      throw refuse(`it lists another digest of ${shownName(path)} than its content has`)
    }
  }

  return {
    write(bytes) {
      whole?.update(bytes)
      for (let at = 0; at < bytes.length; ) {
        const chunk = chunks[next]
        const bytesLeft = chunk === undefined ? bytes.length : chunk.at + chunk.size - passed
        const end = Math.min(bytes.length, at + bytesLeft)
        take(bytes.subarray(at, end))
        at = end
      }
    },
    end() {
      if (whole !== null) {
        compareDigest(whole, entry.digest ?? null)
      }
    },
  }
}
