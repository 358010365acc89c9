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

/** Receives an entry's body as it passes. */
export interface Body {
  write(bytes: Buffer): void
  /** The whole body was written. */
  end(): void
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
  const partial = Buffer.alloc(BLOCK_BYTES)
  let filled = 0
  /** Bytes up to the end of the block that is read. */
  let passed = 0
  let step: Step = 'header'
  let begun = false
  let zeroBlocks = 0
  let remaining = 0
  let padding = 0
  let body: Body | null = null
  let entry: TarEntry | null = null
  // What extended headers say about the following entry.
  let pax: Map<string, string> | null = null
  let longPath: string | null = null
  let longLink: string | null = null

  function header(block: Buffer): void {
    if (isZeroBlock(block)) {
      begun = true
      zeroBlocks++
      if (zeroBlocks === 2) {
        step = 'ended'
      }
      return
    }
    if (zeroBlocks > 0) {
      throw archiveError('archive-unreadable', where, 'the tar continues after a zero block')
    }
    entry = decodeHeader(block, where)
    begun = true
    if (entry.type === 'sparse' && hasMoreSparseMap(block, true)) {
      step = 'sparse-map'
    } else {
      startBody(entry)
    }
  }

  function startBody(current: TarEntry): void {
    switch (current.type) {
      case 'pax':
        body = collect(current, (bytes) => {
          pax = parsePax(bytes, where)
        })
        break
      case 'gnu-path':
        body = collect(current, (bytes) => {
          longPath = untilNul(bytes)
        })
        break
      case 'gnu-link':
        body = collect(current, (bytes) => {
          longLink = untilNul(bytes)
        })
        break
      case 'pax-global':
        // The engine ignores it too (moby, pkg/archive), so it can't change an image's content.
        body = null
        break
      default:
        override(current)
        current.at = passed
        body = onEntry(current)
    }
    remaining = current.size
    padding = (BLOCK_BYTES - (current.size % BLOCK_BYTES)) % BLOCK_BYTES
    step = 'body'
    if (remaining === 0) {
      endBody()
    }
  }

  /** In the order of Go's archive/tar: pax records, then GNU's long names. */
  function override(current: TarEntry): void {
    if (pax !== null) {
      const size = pax.get('size')
      if (size !== undefined && size !== '') {
        if (!/^[0-9]{1,15}$/.test(size)) {
          throw archiveError('archive-unreadable', where, 'a pax size is not a number')
        }
        withSize(current, Number(size))
      }
      current.path = pax.get('GNU.sparse.name') || pax.get('path') || current.path
      current.linkPath = pax.get('linkpath') || current.linkPath
      const isSparse = [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'))
      if (isSparse && current.type === 'file') {
        current.type = 'sparse'
      }
      current.uid = Number(pax.get('uid') || current.uid)
      current.gid = Number(pax.get('gid') || current.gid)
      current.capability = pax.get(CAPABILITY) ?? null
    }
    if (longPath) {
      current.path = longPath
    }
    if (longLink) {
      current.linkPath = longLink
    }
    pax = null
    longPath = null
    longLink = null
  }

  function collect(current: TarEntry, use: (bytes: Buffer) => void): Body {
    if (current.size > limits.extendedHeaderBytes) {
      const what = `an extended tar header has ${current.size} bytes, over the limit of ${limits.extendedHeaderBytes}`
      throw archiveError('archive-hostile', where, what)
    }
    const parts: Buffer[] = []
    return { write: (bytes) => void parts.push(Buffer.from(bytes)), end: () => use(Buffer.concat(parts)) }
  }

  function endBody(): void {
    const ended = body
    body = null
    entry = null
    step = padding > 0 ? 'padding' : 'header'
    ended?.end()
  }

  function block(bytes: Buffer): void {
    if (step === 'header') {
      header(bytes)
    } else if (!hasMoreSparseMap(bytes, false) && entry !== null) {
      startBody(entry)
    }
  }

  function write(bytes: Buffer): void {
    const before = passed
    let at = 0
    while (at < bytes.length && step !== 'ended') {
      const left = bytes.length - at
      if (step === 'body') {
        const taken = Math.min(left, remaining)
        remaining -= taken
        body?.write(bytes.subarray(at, at + taken))
        at += taken
        if (remaining === 0) {
          endBody()
        }
      } else if (step === 'padding') {
        const taken = Math.min(left, padding)
        padding -= taken
        at += taken
        if (padding === 0) {
          step = 'header'
        }
      } else if (filled === 0 && left >= BLOCK_BYTES) {
        at += BLOCK_BYTES
        passed = before + at
        block(bytes.subarray(at - BLOCK_BYTES, at))
      } else {
        const taken = Math.min(left, BLOCK_BYTES - filled)
        bytes.copy(partial, filled, at, at + taken)
        filled += taken
        at += taken
        if (filled === BLOCK_BYTES) {
          filled = 0
          passed = before + at
          block(partial)
        }
      }
    }
    passed = before + bytes.length
  }

  function skip(): number {
    const skipped = step === 'body' && body === null ? remaining : 0
    if (skipped > 0) {
      remaining = 0
      passed += skipped
      endBody()
    }
    return skipped
  }

  function state(): ReturnType<TarReader['state']> {
    if (step === 'ended') {
      return 'ended'
    }
    if (!begun) {
      return 'start'
    }
    const isPlain =
      step === 'header' && filled === 0 && pax === null && longPath === null && longLink === null
    return isPlain ? 'boundary' : 'inside'
  }

  return { write, skip, state }
}

function untilNul(bytes: Buffer): string {
  const zero = bytes.indexOf(0)
  return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero)
}
