import { createHash, type Hash } from 'node:crypto'
import * as z from 'zod'
import { type LayerToc, ROOT } from '../../../model/index.js'
import { ambiguousKey, type Shape } from '../formats/keys.js'
import type { Limits } from '../formats/limits.js'
import { relativePath, shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import { isOverlayAttribute, type TarEntry } from '../formats/tar-header.js'
import { type Body, createTarReader } from '../formats/tar-reader.js'
import { type StoredToc, TOC_NAME } from './toc-finder.js'

const countShape = z.int().min(0).nullish()
const textShape = z.string().nullish()
const DIGEST = /^sha256:[0-9a-f]{64}$/
const digestShape = z.string().regex(DIGEST).or(z.literal('')).nullish()

/**
 * The fields that affect what a container sees (stargz-snapshotter, estargz.md, "TOCEntry";
 * containers/storage's FileMetadata has the same).
 */
const entryShape = z.object({
  name: z.string(),
  type: z.enum(['dir', 'reg', 'symlink', 'hardlink', 'char', 'block', 'fifo', 'chunk']),
  size: countShape,
  linkName: textShape,
  mode: countShape,
  uid: countShape,
  gid: countShape,
  devMajor: countShape,
  devMinor: countShape,
  xattrs: z.record(z.string(), z.string()).nullish(),
  digest: digestShape,
  chunkOffset: countShape,
  chunkSize: countShape,
  chunkDigest: digestShape,
  chunkType: textShape,
})
/** BuildKit writes `null` for a layer without files. */
const tocShape = z.object({ version: z.literal(1), entries: z.array(entryShape).nullish() })
type TocEntry = z.infer<typeof entryShape>

/** Go's decoders take these keys in any case. */
const TOC_KEYS: Shape = {
  version: null,
  entries: Object.fromEntries(Object.keys(entryShape.shape).map((key) => [key, null])),
}

/** A piece of a file's content; an engine fetches and verifies such pieces one by one. */
interface Chunk {
  readonly at: number
  readonly size: number
  /** `null`: only the digest of the whole file covers it. */
  readonly digest: string | null
  /** True if the engine writes zeros instead of fetching the piece. */
  readonly isZeros: boolean
}

interface ListedFile {
  readonly entry: TocEntry
  readonly chunks: readonly Chunk[]
}

const TYPES: Readonly<Record<TocEntry['type'], TarEntry['type'] | null>> = {
  dir: 'directory',
  reg: 'file',
  symlink: 'symlink',
  hardlink: 'hardlink',
  char: 'device',
  block: 'device',
  fifo: 'device',
  chunk: null,
}
/** As many as come at a time. */
const ZEROS = Buffer.alloc(256 * 1024)

type CreateRefusal = (what: string) => Error

/**
 * Compares a layer's TOC with its tar. An engine that pulls lazily shows the container what the TOC says ("TOCEntry
 * SHOULD be respected"), and checks contents by the digests in it. So both have to list the same files with the same
 * content.
 * @param tar of the stored layer, which is read once more
 * @throws SeaworthyError archive-hostile, archive-unreadable
 */
export async function compareToc(
  toc: StoredToc,
  tar: AsyncIterable<Buffer>,
  where: string,
  limits: Limits,
): Promise<void> {
  const refuse = createRefusal(toc, where)
  const remaining = readToc(toc.json, refuse)
  const reader = createTarReader(
    (tarEntry) => {
      const path = relativePath(tarEntry.path)
      if (path === null || path === TOC_NAME) {
        return null
      }
      const listedFile = remaining.get(path)
      if (listedFile === undefined) {
        if (path === ROOT) {
          return null
        }
        throw refuse(`it does not list ${shownName(path)}, or not as often as the tar has it`)
      }
      remaining.delete(path)
      compareEntry(listedFile.entry, tarEntry, path, refuse)
      return tarEntry.type === 'file' ? verifyContent(listedFile, path, refuse) : null
    },
    where,
    limits,
  )
  for await (const bytes of tar) {
    reader.write(bytes)
  }
  const [extraPath] = remaining.keys()
  if (extraPath !== undefined) {
    throw refuse(`it lists ${shownName(extraPath)}, which the tar does not have`)
  }
}

function createRefusal({ format }: LayerToc, where: string): CreateRefusal {
  return (what) => {
    const start = `the layer has a table of contents (${format}), which engines that pull lazily use instead of its tar, but`
    return archiveError('archive-hostile', where, `${start} ${what}`)
  }
}

function readToc(json: Buffer, refuse: CreateRefusal): Map<string, ListedFile> {
  const text = json.toString('utf8')
  const entries = entriesOf(text, refuse)
  const files = new Map<string, ListedFile>()
  for (let at = 0; at < entries.length; ) {
    const entry = entries[at++] as TocEntry
    const chunkEntries: TocEntry[] = []
    for (let part = entries[at]; part?.type === 'chunk' && part.name === entry.name; part = entries[++at]) {
      chunkEntries.push(part)
    }
    const path = relativePath(entry.name)
    if (path === null || entry.type === 'chunk' || (chunkEntries.length > 0 && entry.type !== 'reg')) {
      throw refuse(`it has an entry that belongs to no file: ${shownName(entry.name)}`)
    }
    if (files.has(path)) {
      throw refuse(`it lists ${shownName(path)} twice`)
    }
    const chunks = entry.type === 'reg' ? chunksOf(entry, chunkEntries, path, refuse) : []
    files.set(path, { entry, chunks })
  }
  return files
}

function entriesOf(text: string, refuse: CreateRefusal): readonly TocEntry[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw refuse('it is not valid JSON')
  }
  const key = ambiguousKey(text, TOC_KEYS)
  if (key !== null) {
    const quotedKey = JSON.stringify(shownName(key))
    throw refuse(`its key ${quotedKey} appears twice, or differs from another key only in case`)
  }
  const read = tocShape.safeParse(parsed)
  if (read.success) {
    return read.data.entries ?? []
  }
  const issue = read.error.issues[0]
  throw refuse(`it is malformed: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** The chunks of a file; the last one, or the only one, may leave its size out. */
function chunksOf(
  entry: TocEntry,
  parts: readonly TocEntry[],
  path: string,
  refuse: CreateRefusal,
): readonly Chunk[] {
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
  const hasDigests = chunks.every((chunk) => chunk.digest !== null || (chunks.length === 1 && entry.digest))
  if (size > 0 && !hasDigests) {
    throw refuse(`it has no digest for all of ${shownName(path)}`)
  }
  return chunks
}

function compareEntry(tocEntry: TocEntry, tarEntry: TarEntry, path: string, refuse: CreateRefusal): void {
  const { type } = tarEntry
  const isLink = type === 'symlink' || type === 'hardlink'
  const normalizedTarget = (target: string) =>
    type === 'hardlink' ? (relativePath(target) ?? target) : target
  const capability =
    tarEntry.capability === null ? '' : Buffer.from(tarEntry.capability, 'latin1').toString('base64')
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['type', TYPES[tocEntry.type], type],
    ['size', type === 'file' ? (tocEntry.size ?? 0) : null, type === 'file' ? tarEntry.size : null],
    [
      'link target',
      isLink ? normalizedTarget(tocEntry.linkName ?? '') : null,
      isLink ? normalizedTarget(tarEntry.linkPath) : null,
    ],
    ['permission', isLink ? null : (tocEntry.mode ?? 0) & 0o7777, isLink ? null : tarEntry.mode],
    ['owner', tocEntry.uid ?? 0, tarEntry.uid],
    ['group', tocEntry.gid ?? 0, tarEntry.gid],
    ['capability', tocEntry.xattrs?.['security.capability'] ?? '', capability],
  ]
  const differs = facts.find(([, listedValue, actualValue]) => listedValue !== actualValue)
  if (differs !== undefined) {
    throw refuse(`it lists another ${differs[0]} of ${shownName(path)} than the tar has`)
  }
  if (Object.keys(tocEntry.xattrs ?? {}).some(isOverlayAttribute)) {
    throw refuse(
      `it gives ${shownName(path)} an overlayfs attribute that shows a different file in its place`,
    )
  }
  if (tocEntry.type === 'char' && !tocEntry.devMajor && !tocEntry.devMinor) {
    throw refuse(`it lists ${shownName(path)} as the device with which overlayfs hides a file`)
  }
}

function verifyContent({ entry, chunks }: ListedFile, path: string, refuse: CreateRefusal): Body {
  const fileHash = entry.digest ? createHash('sha256') : null
  let chunkIndex = 0
  let chunkHash: Hash | null = null
  let bytesPassed = 0

  function hashPart(bytes: Buffer): void {
    const chunk = chunks[chunkIndex]
    if (chunk === undefined) {
      return
    }
    chunkHash ??= createHash('sha256')
    chunkHash.update(bytes)
    if (chunk.isZeros && !bytes.equals(ZEROS.subarray(0, bytes.length))) {
      throw refuse(`it says that part of ${shownName(path)} is empty, which it is not`)
    }
    bytesPassed += bytes.length
    if (bytesPassed === chunk.at + chunk.size) {
      compareDigest(chunkHash, chunk.digest)
      chunkHash = null
      chunkIndex++
    }
  }

  function compareDigest(hash: Hash, listedDigest: string | null): void {
    if (listedDigest !== null && `sha256:${hash.digest('hex')}` !== listedDigest) {
      throw refuse(`it lists another digest of ${shownName(path)} than its content has`)
    }
  }

  return {
    write(bytes) {
      fileHash?.update(bytes)
      for (let at = 0; at < bytes.length; ) {
        const chunk = chunks[chunkIndex]
        const bytesLeft = chunk === undefined ? bytes.length : chunk.at + chunk.size - bytesPassed
        const end = Math.min(bytes.length, at + bytesLeft)
        hashPart(bytes.subarray(at, end))
        at = end
      }
    },
    end() {
      if (fileHash !== null) {
        compareDigest(fileHash, entry.digest ?? null)
      }
    },
  }
}
