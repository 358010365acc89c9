import {
  AFTER,
  AFTER_VALUE,
  BACKSLASH,
  BEFORE_COLON,
  closeKey,
  closeValue,
  ESCAPE,
  HEX,
  initialScanState,
  invalid,
  isEscape,
  isHex,
  MAX_KEY_BYTES,
  QUOTE,
  type Scan,
  type ScanOptions,
  STRING,
  type Summary,
  step,
  syntaxError,
  unexpected,
} from './json-steps.js'

/**
 * Reads a JSON document that is one object, chunk by chunk, and reports where the value of each member is, so
 * that a few of them can be read later. Memory does not grow with the document. The grammar of RFC 8259 is
 * checked to the last byte, also inside values that nobody will read: a truncated download or an error page
 * must never pass for data.
 */
export function scanMembers(options: ScanOptions) {
  const scan = initialScanState(options)
  return { push: (chunk: Uint8Array) => push(scan, chunk), end: () => end(scan) }
}

function push(scan: Scan, chunk: Uint8Array): void {
  const length = chunk.length
  let start = 0 // of the current string within this chunk
  let i = 0
  while (i < length) {
    let byte = chunk[i] as number
    if (scan.state === STRING) {
      // Most of the document is text in strings: this is the only loop that has to be fast.
      while (byte !== QUOTE && byte !== BACKSLASH && byte >= 0x20) {
        if (++i === length) {
          break
        }
        byte = chunk[i] as number
      }
      if (i === length) {
        break
      }
      if (byte === QUOTE) {
        if (scan.captures) {
          closeKey(scan, chunk.subarray(start, i), scan.offset + i)
        }
        scan.state = scan.stringIsKey ? BEFORE_COLON : AFTER_VALUE
        if (!scan.stringIsKey) {
          closeValue(scan, scan.offset + i + 1)
        }
      } else if (byte === BACKSLASH) {
        scan.state = ESCAPE
        scan.hasEscape = true
      } else {
        throw unexpected(byte, scan.offset + i)
      }
    } else if (scan.state === ESCAPE) {
      if (!isEscape(byte)) {
        throw unexpected(byte, scan.offset + i)
      }
      scan.hexLeft = byte === 0x75 ? 4 : 0
      scan.state = byte === 0x75 ? HEX : STRING
    } else if (scan.state === HEX) {
      if (!isHex(byte)) {
        throw unexpected(byte, scan.offset + i)
      }
      if (--scan.hexLeft === 0) {
        scan.state = STRING
      }
    } else {
      step(scan, byte, scan.offset + i, chunk)
      if (scan.state === STRING) {
        start = i + 1
      }
    }
    i++
  }
  // A copy: the caller may reuse the chunk's memory.
  if (scan.captures && (scan.state === STRING || scan.state === ESCAPE || scan.state === HEX)) {
    scan.captured.push(chunk.slice(start))
    if (scan.captured.length > MAX_KEY_BYTES) {
      throw invalid(scan.offset, `a key of more than ${MAX_KEY_BYTES} bytes`)
    }
  }
  scan.offset += length
}

function end(scan: Scan): Summary {
  const inside = scan.members > 0 ? `, after ${scan.members} complete members` : ''
  if (scan.state !== AFTER) {
    throw syntaxError('json-truncated', `the document ends too early${inside}`, scan.offset)
  }
  return { members: scan.members, rows: scan.rows, names: scan.names }
}
