import { archiveError } from './problems.js'
import {
  BLOCK_BYTES,
  CAPABILITY_RECORD,
  decodeHeader,
  hasMoreSparseMap,
  isZeroBlock,
  overrideSize,
  parsePax,
  type TarEntry,
} from './tar-header.js'

// Layers are not trusted: every length, name and offset is checked before it is used, in constant memory,
// while the bytes are hashed. Why no library does this: docs/decisions/0093-libraries-that-were-weighed.md

/** Receives the body of an entry, piece by piece. */
export interface Body {
  write(bytes: Buffer): void
  end(): void
}

/** Collects a body in memory. The bytes are copied, since the caller may reuse its buffer. */
export function collectBody(onBytes: (bytes: Buffer) => void): Body {
  const parts: Buffer[] = []
  return { write: (bytes) => void parts.push(Buffer.from(bytes)), end: () => onBytes(Buffer.concat(parts)) }
}

/** Passes one body to several receivers, in this order; `null` if there are none. */
export function broadcast(bodies: readonly (Body | null)[]): Body | null {
  const [firstBody, ...otherBodies] = bodies.filter((body) => body !== null)
  if (firstBody === undefined || otherBodies.length === 0) {
    return firstBody ?? null
  }
  return {
    write(bytes) {
      firstBody.write(bytes)
      for (const body of otherBodies) {
        body.write(bytes)
      }
    },
    end() {
      firstBody.end()
      for (const body of otherBodies) {
        body.end()
      }
    },
  }
}

/** Called with each entry; returns the receiver of its body; `null`: not needed. */
export type OnEntry = (entry: TarEntry) => Body | null

export interface TarReader {
  write(bytes: Buffer): void
  /** Skips the rest of a body without receiver. @returns how many following bytes need not be written */
  skip(): number
  /** `start`: no header yet; `boundary`: an entry could follow; `inside` an entry; `ended` by the end marker. */
  state(): 'start' | 'boundary' | 'inside' | 'ended'
}

type Step = 'header' | 'sparse-map' | 'body' | 'padding' | 'ended'

/**
 * A push-based tar reader: synchronous, so it has no internal backpressure, and with constant memory. It reads plain
 * bytes only and stops at the end marker (two zero blocks); data after it is ignored. It replaces the `tar` package's
 * parser, which cannot be kept from un-gzipping; buffers and copies data after the end marker again and again (96 MB:
 * 48 s, although estargz layers and padding do have such data); reads pax records line by line, so that a line in a
 * comment can pass for a path; and skips headers that it cannot read.
 * @param where for error messages
 * @param limits bytes of an extended header
 */
export function createTarReader(
  onEntry: OnEntry,
  where: string,
  limits: { readonly extendedHeaderBytes: number },
): TarReader {
  const tar = newReaderState(onEntry, where, limits.extendedHeaderBytes)
  return { write: (bytes) => write(tar, bytes), skip: () => skip(tar), state: () => publicState(tar) }
}

type ReaderState = ReturnType<typeof newReaderState>

function newReaderState(onEntry: OnEntry, where: string, maxHeaderBytes: number) {
  return {
    onEntry,
    where,
    maxHeaderBytes,
    partialBlock: Buffer.alloc(BLOCK_BYTES),
    partialBytes: 0,
    /** Offset in the tar of the end of the current block. */
    position: 0,
    step: 'header' as Step,
    hasHeader: false,
    zeroBlocks: 0,
    remaining: 0,
    padding: 0,
    body: null as Body | null,
    entry: null as TarEntry | null,
    // Overrides from extended headers for the following entry.
    pax: null as Map<string, string> | null,
    longPath: null as string | null,
    longLink: null as string | null,
  }
}

function readHeader(tar: ReaderState, block: Buffer): void {
  if (isZeroBlock(block)) {
    tar.hasHeader = true
    tar.zeroBlocks++
    if (tar.zeroBlocks === 2) {
      tar.step = 'ended'
    }
    return
  }
  if (tar.zeroBlocks > 0) {
    throw archiveError('archive-unreadable', tar.where, 'the tar continues after a zero block')
  }
  tar.entry = decodeHeader(block, tar.where)
  tar.hasHeader = true
  if (tar.entry.type === 'sparse' && hasMoreSparseMap(block, true)) {
    tar.step = 'sparse-map'
  } else {
    startBody(tar, tar.entry)
  }
}

function startBody(tar: ReaderState, tarEntry: TarEntry): void {
  switch (tarEntry.type) {
    case 'pax':
      tar.body = collectHeaderBody(tar, tarEntry, (bytes) => {
        tar.pax = parsePax(bytes, tar.where)
      })
      break
    case 'gnu-path':
      tar.body = collectHeaderBody(tar, tarEntry, (bytes) => {
        tar.longPath = untilNul(bytes)
      })
      break
    case 'gnu-link':
      tar.body = collectHeaderBody(tar, tarEntry, (bytes) => {
        tar.longLink = untilNul(bytes)
      })
      break
    case 'pax-global':
      // The engine ignores it too (moby, pkg/archive), so it can't change an image's content.
      tar.body = null
      break
    default:
      applyExtendedHeaders(tar, tarEntry)
      tarEntry.offset = tar.position
      tar.body = tar.onEntry(tarEntry)
  }
  tar.remaining = tarEntry.size
  tar.padding = (BLOCK_BYTES - (tarEntry.size % BLOCK_BYTES)) % BLOCK_BYTES
  tar.step = 'body'
  if (tar.remaining === 0) {
    endBody(tar)
  }
}

/** In the order of Go's archive/tar: pax records, then GNU's long names. */
function applyExtendedHeaders(tar: ReaderState, tarEntry: TarEntry): void {
  if (tar.pax !== null) {
    const size = tar.pax.get('size')
    if (size !== undefined && size !== '') {
      if (!/^[0-9]{1,15}$/.test(size)) {
        throw archiveError('archive-unreadable', tar.where, 'a pax size is not a number')
      }
      overrideSize(tarEntry, Number(size))
    }
    tarEntry.path = tar.pax.get('GNU.sparse.name') || tar.pax.get('path') || tarEntry.path
    tarEntry.linkPath = tar.pax.get('linkpath') || tarEntry.linkPath
    const isSparse = [...tar.pax.keys()].some((key) => key.startsWith('GNU.sparse.'))
    if (isSparse && tarEntry.type === 'file') {
      tarEntry.type = 'sparse'
    }
    tarEntry.uid = Number(tar.pax.get('uid') || tarEntry.uid)
    tarEntry.gid = Number(tar.pax.get('gid') || tarEntry.gid)
    tarEntry.capability = tar.pax.get(CAPABILITY_RECORD) ?? null
  }
  if (tar.longPath) {
    tarEntry.path = tar.longPath
  }
  if (tar.longLink) {
    tarEntry.linkPath = tar.longLink
  }
  tar.pax = null
  tar.longPath = null
  tar.longLink = null
}

function collectHeaderBody(tar: ReaderState, tarEntry: TarEntry, onBytes: (bytes: Buffer) => void): Body {
  if (tarEntry.size > tar.maxHeaderBytes) {
    const what = `an extended tar header has ${tarEntry.size} bytes, over the limit of ${tar.maxHeaderBytes}`
    throw archiveError('archive-hostile', tar.where, what)
  }
  return collectBody(onBytes)
}

function endBody(tar: ReaderState): void {
  const endedBody = tar.body
  tar.body = null
  tar.entry = null
  tar.step = tar.padding > 0 ? 'padding' : 'header'
  endedBody?.end()
}

function readBlock(tar: ReaderState, bytes: Buffer): void {
  if (tar.step === 'header') {
    readHeader(tar, bytes)
  } else if (!hasMoreSparseMap(bytes, false) && tar.entry !== null) {
    startBody(tar, tar.entry)
  }
}

function write(tar: ReaderState, bytes: Buffer): void {
  const startPosition = tar.position
  let at = 0
  while (at < bytes.length && tar.step !== 'ended') {
    const available = bytes.length - at
    if (tar.step === 'body') {
      const consumed = Math.min(available, tar.remaining)
      tar.remaining -= consumed
      tar.body?.write(bytes.subarray(at, at + consumed))
      at += consumed
      if (tar.remaining === 0) {
        endBody(tar)
      }
    } else if (tar.step === 'padding') {
      const consumed = Math.min(available, tar.padding)
      tar.padding -= consumed
      at += consumed
      if (tar.padding === 0) {
        tar.step = 'header'
      }
    } else if (tar.partialBytes === 0 && available >= BLOCK_BYTES) {
      at += BLOCK_BYTES
      tar.position = startPosition + at
      readBlock(tar, bytes.subarray(at - BLOCK_BYTES, at))
    } else {
      const consumed = Math.min(available, BLOCK_BYTES - tar.partialBytes)
      bytes.copy(tar.partialBlock, tar.partialBytes, at, at + consumed)
      tar.partialBytes += consumed
      at += consumed
      if (tar.partialBytes === BLOCK_BYTES) {
        tar.partialBytes = 0
        tar.position = startPosition + at
        readBlock(tar, tar.partialBlock)
      }
    }
  }
  tar.position = startPosition + bytes.length
}

function skip(tar: ReaderState): number {
  const skipped = tar.step === 'body' && tar.body === null ? tar.remaining : 0
  if (skipped > 0) {
    tar.remaining = 0
    tar.position += skipped
    endBody(tar)
  }
  return skipped
}

function publicState(tar: ReaderState): ReturnType<TarReader['state']> {
  if (tar.step === 'ended') {
    return 'ended'
  }
  if (!tar.hasHeader) {
    return 'start'
  }
  const isAtBoundary =
    tar.step === 'header' &&
    tar.partialBytes === 0 &&
    tar.pax === null &&
    tar.longPath === null &&
    tar.longLink === null
  return isAtBoundary ? 'boundary' : 'inside'
}

function untilNul(bytes: Buffer): string {
  const zero = bytes.indexOf(0)
  return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero)
}
