import {
  AFTER,
  AFTER_VALUE,
  BACKSLASH,
  BEFORE,
  BEFORE_COLON,
  BYTE_ORDER_MARK,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  duplicate,
  ESCAPE,
  FIRST_ELEMENT,
  FIRST_KEY,
  fault,
  HEX,
  IN_SCALAR,
  invalid,
  isBlank,
  isEscape,
  isHex,
  isScalar,
  isScalarByte,
  join,
  KEY,
  type Member,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  STRING,
  type Summary,
  unexpected,
  VALUE,
} from './json-bytes.js'

export interface ScanOptions {
  /**
   * UTF-8 to text, keeping everything (`ignoreBOM`); `TextDecoder` is not part of the language, so it is
   * passed in.
   */
  readonly decode: (bytes: Uint8Array) => string
  readonly onMember: (member: Member) => void
  /** Depth whose distinct keys are collected; 1 is the outermost object. */
  readonly namesAtDepth: number
  /**
   * Down to this depth a key may occur only once in its object, since JSON.parse takes the last. Default: no
   * such check.
   */
  readonly uniqueDepth?: number
}

export interface MemberScanner {
  push(chunk: Uint8Array): void
  /** Proves that the document is complete. */
  end(): Summary
}

const MAX_DEPTH = 256
const MAX_KEY_BYTES = 4096
const MAX_NAMES = 1000

/**
 * Reads a JSON document that is one object, chunk by chunk, and reports where the value of each member is, so
 * that a few of them can be read later. Memory does not grow with the document. The grammar of RFC 8259 is
 * checked to the last byte, also inside values that nobody will read: a truncated download or an error page
 * must never pass for data.
 */
export function scanMembers(options: ScanOptions): MemberScanner {
  const { decode, onMember, namesAtDepth, uniqueDepth = 0 } = options
  const stack = new Uint8Array(MAX_DEPTH + 1)
  const names = new Set<string>()
  const keys: Set<string>[] = [] // of the open object at each depth, down to uniqueDepth
  let state = BEFORE
  let depth = 0
  let offset = 0 // of the current chunk's first byte
  let stringIsKey = false
  let captures = false // the current string is a key of interest
  let captured: Uint8Array[] = [] // its bytes in earlier chunks
  let hasEscape = false
  let hexLeft = 0
  let marks = 0 // bytes of a byte order mark
  let scalar = ''
  let members = 0
  let rows = 0
  let key = ''
  let memberStart = 0
  let memberRows = 0

  const closeValue = (end: number): void => {
    if (depth !== 1) {
      return
    }
    members++
    rows += memberRows
    onMember({ key, start: memberStart, end, rows: memberRows })
  }

  const openString = (isKey: boolean): void => {
    state = STRING
    stringIsKey = isKey
    if (!isKey) {
      return
    }
    if (depth === 2) {
      memberRows++
    }
    captures = depth === 1 || depth === namesAtDepth || depth <= uniqueDepth
    captured = []
    hasEscape = false
  }

  const closeKey = (bytes: Uint8Array, at: number): void => {
    captures = false
    const raw = decode(captured.length === 0 ? bytes : join([...captured, bytes]))
    if (raw.length > MAX_KEY_BYTES) {
      throw invalid(at, `a key of more than ${MAX_KEY_BYTES} bytes`)
    }
    const text: string = hasEscape ? JSON.parse(`"${raw}"`) : raw
    if (depth === 1) {
      key = text
    }
    if (keys[depth]?.has(text)) {
      throw duplicate(text, at)
    }
    keys[depth]?.add(text)
    if (depth === namesAtDepth && names.size < MAX_NAMES) {
      names.add(text)
    }
  }

  const openContainer = (byte: number, at: number): void => {
    if (depth === MAX_DEPTH) {
      throw invalid(at, `nesting deeper than ${MAX_DEPTH} levels`)
    }
    stack[++depth] = byte
    if (depth <= uniqueDepth) {
      keys[depth] = new Set()
    }
    state = byte === OPEN_OBJECT ? FIRST_KEY : FIRST_ELEMENT
  }

  const closeContainer = (byte: number, at: number): void => {
    if (stack[depth] !== byte - 2) {
      throw unexpected(byte, at)
    }
    depth--
    state = depth === 0 ? AFTER : AFTER_VALUE
    closeValue(at + 1)
  }

  const startValue = (byte: number, at: number): void => {
    if (depth === 1) {
      memberStart = at
      memberRows = 0
    }
    if (byte === QUOTE) {
      openString(false)
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      openContainer(byte, at)
    } else if (isScalarByte(byte)) {
      scalar = String.fromCharCode(byte)
      state = IN_SCALAR
    } else {
      throw unexpected(byte, at)
    }
  }

  /** A number or keyword ends at the first byte that cannot be part of it. */
  const endScalar = (at: number): void => {
    if (!isScalar(scalar)) {
      throw invalid(at - scalar.length, JSON.stringify(scalar.slice(0, 20)))
    }
    state = AFTER_VALUE
    closeValue(at)
  }

  const step = (byte: number, at: number, chunk: Uint8Array): void => {
    if (state === IN_SCALAR) {
      if (isScalarByte(byte)) {
        scalar += String.fromCharCode(byte)
        if (scalar.length > 400) {
          throw invalid(at, 'a number of more than 400 digits')
        }
        return
      }
      endScalar(at)
    }
    if (isBlank(byte)) {
      return
    }
    if (state === VALUE || (state === FIRST_ELEMENT && byte !== CLOSE_ARRAY)) {
      startValue(byte, at)
    } else if (byte === QUOTE && (state === KEY || state === FIRST_KEY)) {
      openString(true)
    } else if (byte === CLOSE_OBJECT && (state === FIRST_KEY || state === AFTER_VALUE)) {
      closeContainer(byte, at)
    } else if (byte === CLOSE_ARRAY && (state === FIRST_ELEMENT || state === AFTER_VALUE)) {
      closeContainer(byte, at)
    } else if (byte === COLON && state === BEFORE_COLON) {
      state = VALUE
    } else if (byte === COMMA && state === AFTER_VALUE) {
      state = stack[depth] === OPEN_OBJECT ? KEY : VALUE
    } else if (state === BEFORE) {
      begin(byte, at, chunk)
    } else {
      throw unexpected(byte, at)
    }
  }

  const begin = (byte: number, at: number, chunk: Uint8Array): void => {
    if (byte === OPEN_OBJECT && (marks === 0 || marks === BYTE_ORDER_MARK.length)) {
      openContainer(byte, at)
    }
    // A byte order mark may be ignored (RFC 8259, 8.1).
    else if (at === marks && byte === BYTE_ORDER_MARK[at]) {
      marks++
    } else {
      const start = JSON.stringify(decode(chunk.subarray(at - offset, at - offset + 24)))
      throw fault('json-invalid', `not a JSON object: it starts with ${start}`, at)
    }
  }

  const push = (chunk: Uint8Array): void => {
    const length = chunk.length
    let start = 0 // of the current string within this chunk
    let i = 0
    while (i < length) {
      let byte = chunk[i] as number
      if (state === STRING) {
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
          if (captures) {
            closeKey(chunk.subarray(start, i), offset + i)
          }
          state = stringIsKey ? BEFORE_COLON : AFTER_VALUE
          if (!stringIsKey) {
            closeValue(offset + i + 1)
          }
        } else if (byte === BACKSLASH) {
          state = ESCAPE
          hasEscape = true
        } else {
          throw unexpected(byte, offset + i)
        }
      } else if (state === ESCAPE) {
        if (!isEscape(byte)) {
          throw unexpected(byte, offset + i)
        }
        hexLeft = byte === 0x75 ? 4 : 0
        state = byte === 0x75 ? HEX : STRING
      } else if (state === HEX) {
        if (!isHex(byte)) {
          throw unexpected(byte, offset + i)
        }
        if (--hexLeft === 0) {
          state = STRING
        }
      } else {
        step(byte, offset + i, chunk)
        if (state === STRING) {
          start = i + 1
        }
      }
      i++
    }
    // A copy: the caller may reuse the chunk's memory.
    if (captures && (state === STRING || state === ESCAPE || state === HEX)) {
      captured.push(chunk.slice(start))
      if (captured.length > MAX_KEY_BYTES) {
        throw invalid(offset, `a key of more than ${MAX_KEY_BYTES} bytes`)
      }
    }
    offset += length
  }

  const end = (): Summary => {
    const inside = members > 0 ? `, after ${members} complete members` : ''
    if (state !== AFTER) {
      throw fault('json-truncated', `the document ends too early${inside}`, offset)
    }
    return { bytes: offset, members, rows, names }
  }

  return { push, end }
}
