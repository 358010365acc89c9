import { archiveError } from './problems.js'
import {
  BLOCK_BYTES,
  CAPABILITY,
  decodeHeader,
  hasMoreSparseMap,
  isZeroBlock,
  parsePax,
  type TarEntry,
  withSize,
} from './tar-header.js'

// Layers are hostile: every length, name and offset counts only once it has been checked, in constant memory, while the
// bytes pass into a hash. Why no library does this: docs/decisions/0093-libraries-that-were-weighed.md

/** Receives an entry's body as it passes. */
export interface Body {
  write(bytes: Buffer): void
  /** The whole body was written. */
  end(): void
}

/** Takes a body into memory. The bytes are copied: whoever writes them may reuse their memory. */
export function collected(use: (bytes: Buffer) => void): Body {
  const parts: Buffer[] = []
  return { write: (bytes) => void parts.push(Buffer.from(bytes)), end: () => use(Buffer.concat(parts)) }
}

/** Several readers of one file's bytes, called in this order; `null`: nobody wants them. */
export function allOf(bodies: readonly (Body | null)[]): Body | null {
  const [first, ...more] = bodies.filter((one) => one !== null)
  if (first === undefined || more.length === 0) {
    return first ?? null
  }
  return {
    write(bytes) {
      first.write(bytes)
      for (const one of more) {
        one.write(bytes)
      }
    },
    end() {
      first.end()
      for (const one of more) {
        one.end()
      }
    },
  }
}

/** Called with each entry; returns what receives its body; `null`: nobody wants it. */
export type OnEntry = (entry: TarEntry) => Body | null

export interface TarReader {
  write(bytes: Buffer): void
  /** Passes over the rest of a body that nobody wants. @returns how many of the following bytes it does not need */
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
  const tar = begun(onEntry, where, limits.extendedHeaderBytes)
  return { write: (bytes) => write(tar, bytes), skip: () => skip(tar), state: () => stateOf(tar) }
}

type Reading = ReturnType<typeof begun>

function begun(onEntry: OnEntry, where: string, mostHeaderBytes: number) {
  return {
    onEntry,
    where,
    mostHeaderBytes,
    partial: Buffer.alloc(BLOCK_BYTES),
    filled: 0,
    /** Bytes up to the end of the block that is read. */
    passed: 0,
    step: 'header' as Step,
    begun: false,
    zeroBlocks: 0,
    remaining: 0,
    padding: 0,
    body: null as Body | null,
    entry: null as TarEntry | null,
    // What extended headers say about the following entry.
    pax: null as Map<string, string> | null,
    longPath: null as string | null,
    longLink: null as string | null,
  }
}

function header(tar: Reading, block: Buffer): void {
  if (isZeroBlock(block)) {
    tar.begun = true
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
  tar.begun = true
  if (tar.entry.type === 'sparse' && hasMoreSparseMap(block, true)) {
    tar.step = 'sparse-map'
  } else {
    startBody(tar, tar.entry)
  }
}

function startBody(tar: Reading, current: TarEntry): void {
  switch (current.type) {
    case 'pax':
      tar.body = collect(tar, current, (bytes) => {
        tar.pax = parsePax(bytes, tar.where)
      })
      break
    case 'gnu-path':
      tar.body = collect(tar, current, (bytes) => {
        tar.longPath = untilNul(bytes)
      })
      break
    case 'gnu-link':
      tar.body = collect(tar, current, (bytes) => {
        tar.longLink = untilNul(bytes)
      })
      break
    case 'pax-global':
      // The engine ignores it too (moby, pkg/archive), so it can't change an image's content.
      tar.body = null
      break
    default:
      override(tar, current)
      current.at = tar.passed
      tar.body = tar.onEntry(current)
  }
  tar.remaining = current.size
  tar.padding = (BLOCK_BYTES - (current.size % BLOCK_BYTES)) % BLOCK_BYTES
  tar.step = 'body'
  if (tar.remaining === 0) {
    endBody(tar)
  }
}

/** In the order of Go's archive/tar: pax records, then GNU's long names. */
function override(tar: Reading, current: TarEntry): void {
  if (tar.pax !== null) {
    const size = tar.pax.get('size')
    if (size !== undefined && size !== '') {
      if (!/^[0-9]{1,15}$/.test(size)) {
        throw archiveError('archive-unreadable', tar.where, 'a pax size is not a number')
      }
      withSize(current, Number(size))
    }
    current.path = tar.pax.get('GNU.sparse.name') || tar.pax.get('path') || current.path
    current.linkPath = tar.pax.get('linkpath') || current.linkPath
    const isSparse = [...tar.pax.keys()].some((key) => key.startsWith('GNU.sparse.'))
    if (isSparse && current.type === 'file') {
      current.type = 'sparse'
    }
    current.uid = Number(tar.pax.get('uid') || current.uid)
    current.gid = Number(tar.pax.get('gid') || current.gid)
    current.capability = tar.pax.get(CAPABILITY) ?? null
  }
  if (tar.longPath) {
    current.path = tar.longPath
  }
  if (tar.longLink) {
    current.linkPath = tar.longLink
  }
  tar.pax = null
  tar.longPath = null
  tar.longLink = null
}

function collect(tar: Reading, current: TarEntry, use: (bytes: Buffer) => void): Body {
  if (current.size > tar.mostHeaderBytes) {
    const what = `an extended tar header has ${current.size} bytes, over the limit of ${tar.mostHeaderBytes}`
    throw archiveError('archive-hostile', tar.where, what)
  }
  return collected(use)
}

function endBody(tar: Reading): void {
  const ended = tar.body
  tar.body = null
  tar.entry = null
  tar.step = tar.padding > 0 ? 'padding' : 'header'
  ended?.end()
}

function block(tar: Reading, bytes: Buffer): void {
  if (tar.step === 'header') {
    header(tar, bytes)
  } else if (!hasMoreSparseMap(bytes, false) && tar.entry !== null) {
    startBody(tar, tar.entry)
  }
}

function write(tar: Reading, bytes: Buffer): void {
  const before = tar.passed
  let at = 0
  while (at < bytes.length && tar.step !== 'ended') {
    const left = bytes.length - at
    if (tar.step === 'body') {
      const taken = Math.min(left, tar.remaining)
      tar.remaining -= taken
      tar.body?.write(bytes.subarray(at, at + taken))
      at += taken
      if (tar.remaining === 0) {
        endBody(tar)
      }
    } else if (tar.step === 'padding') {
      const taken = Math.min(left, tar.padding)
      tar.padding -= taken
      at += taken
      if (tar.padding === 0) {
        tar.step = 'header'
      }
    } else if (tar.filled === 0 && left >= BLOCK_BYTES) {
      at += BLOCK_BYTES
      tar.passed = before + at
      block(tar, bytes.subarray(at - BLOCK_BYTES, at))
    } else {
      const taken = Math.min(left, BLOCK_BYTES - tar.filled)
      bytes.copy(tar.partial, tar.filled, at, at + taken)
      tar.filled += taken
      at += taken
      if (tar.filled === BLOCK_BYTES) {
        tar.filled = 0
        tar.passed = before + at
        block(tar, tar.partial)
      }
    }
  }
  tar.passed = before + bytes.length
}

function skip(tar: Reading): number {
  const skipped = tar.step === 'body' && tar.body === null ? tar.remaining : 0
  if (skipped > 0) {
    tar.remaining = 0
    tar.passed += skipped
    endBody(tar)
  }
  return skipped
}

function stateOf(tar: Reading): ReturnType<TarReader['state']> {
  if (tar.step === 'ended') {
    return 'ended'
  }
  if (!tar.begun) {
    return 'start'
  }
  const isPlain =
    tar.step === 'header' &&
    tar.filled === 0 &&
    tar.pax === null &&
    tar.longPath === null &&
    tar.longLink === null
  return isPlain ? 'boundary' : 'inside'
}

function untilNul(bytes: Buffer): string {
  const zero = bytes.indexOf(0)
  return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero)
}
