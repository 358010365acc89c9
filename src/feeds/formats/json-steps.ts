import {
  AFTER,
  AFTER_VALUE,
  BEFORE,
  BEFORE_COLON,
  BYTE_ORDER_MARK,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  duplicate,
  FIRST_ELEMENT,
  FIRST_KEY,
  fault,
  IN_SCALAR,
  invalid,
  isBlank,
  isScalar,
  isScalarByte,
  join,
  KEY,
  type Member,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  STRING,
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
  readonly list?: ListOptions
}

/** A member of the outermost object that is a list of objects, which are to be read one by one. */
export interface ListOptions {
  readonly key: string
  /** Byte offsets at which the list's content begins and ends, and each element. */
  readonly onMark: (mark: 'list' | 'element' | 'end-element' | 'end-list', at: number) => void
}

const MAX_DEPTH = 256
export const MAX_KEY_BYTES = 4096
const MAX_NAMES = 1000

/** Where a scanner is in its document. */
export type Scan = ReturnType<typeof begun>

export function begun(options: ScanOptions) {
  return {
    options,
    uniqueDepth: options.uniqueDepth ?? 0,
    stack: new Uint8Array(MAX_DEPTH + 1),
    names: new Set<string>(),
    /** Of the open object at each depth, down to uniqueDepth. */
    keys: [] as Set<string>[],
    state: BEFORE as number,
    depth: 0,
    /** Of the current chunk's first byte. */
    offset: 0,
    stringIsKey: false,
    /** The current string is a key of interest. */
    captures: false,
    /** Its bytes in earlier chunks. */
    captured: [] as Uint8Array[],
    hasEscape: false,
    hexLeft: 0,
    /** Bytes of a byte order mark. */
    marks: 0,
    scalar: '',
    members: 0,
    rows: 0,
    key: '',
    memberStart: 0,
    memberRows: 0,
    inList: false,
  }
}

export function closeValue(scan: Scan, end: number): void {
  if (scan.depth !== 1) {
    return
  }
  scan.members++
  scan.rows += scan.memberRows
  scan.options.onMember({ key: scan.key, start: scan.memberStart, end, rows: scan.memberRows })
}

function openString(scan: Scan, isKey: boolean): void {
  scan.state = STRING
  scan.stringIsKey = isKey
  if (!isKey) {
    return
  }
  if (scan.depth === 2) {
    scan.memberRows++
  }
  scan.captures =
    scan.depth === 1 || scan.depth === scan.options.namesAtDepth || scan.depth <= scan.uniqueDepth
  scan.captured = []
  scan.hasEscape = false
}

export function closeKey(scan: Scan, bytes: Uint8Array, at: number): void {
  scan.captures = false
  const raw = scan.options.decode(scan.captured.length === 0 ? bytes : join([...scan.captured, bytes]))
  if (raw.length > MAX_KEY_BYTES) {
    throw invalid(at, `a key of more than ${MAX_KEY_BYTES} bytes`)
  }
  const text: string = scan.hasEscape ? JSON.parse(`"${raw}"`) : raw
  if (scan.depth === 1) {
    scan.key = text
  }
  if (scan.keys[scan.depth]?.has(text)) {
    throw duplicate(text, at)
  }
  scan.keys[scan.depth]?.add(text)
  if (scan.depth === scan.options.namesAtDepth && scan.names.size < MAX_NAMES) {
    scan.names.add(text)
  }
}

function openContainer(scan: Scan, byte: number, at: number): void {
  if (scan.depth === MAX_DEPTH) {
    throw invalid(at, `nesting deeper than ${MAX_DEPTH} levels`)
  }
  scan.stack[++scan.depth] = byte
  if (scan.depth <= scan.uniqueDepth) {
    scan.keys[scan.depth] = new Set()
  }
  scan.state = byte === OPEN_OBJECT ? FIRST_KEY : FIRST_ELEMENT
  const { list } = scan.options
  if (scan.depth === 2 && byte === OPEN_ARRAY && scan.key === list?.key) {
    scan.inList = true
    list.onMark('list', at + 1)
  } else if (scan.inList && scan.depth === 3) {
    list?.onMark('element', at)
  }
}

function closeContainer(scan: Scan, byte: number, at: number): void {
  if (scan.stack[scan.depth] !== byte - 2) {
    throw unexpected(byte, at)
  }
  scan.depth--
  if (scan.inList && scan.depth < 3) {
    scan.inList = scan.depth === 2
    scan.options.list?.onMark(scan.inList ? 'end-element' : 'end-list', scan.inList ? at + 1 : at)
  }
  scan.state = scan.depth === 0 ? AFTER : AFTER_VALUE
  closeValue(scan, at + 1)
}

function startValue(scan: Scan, byte: number, at: number): void {
  if (scan.depth === 1) {
    scan.memberStart = at
    scan.memberRows = 0
  }
  if (scan.inList && scan.depth === 2 && byte !== OPEN_OBJECT) {
    throw invalid(at, `a value other than an object in the list "${scan.key}"`)
  }
  if (byte === QUOTE) {
    openString(scan, false)
  } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
    openContainer(scan, byte, at)
  } else if (isScalarByte(byte)) {
    scan.scalar = String.fromCharCode(byte)
    scan.state = IN_SCALAR
  } else {
    throw unexpected(byte, at)
  }
}

/** A number or keyword ends at the first byte that cannot be part of it. */
function endScalar(scan: Scan, at: number): void {
  if (!isScalar(scan.scalar)) {
    throw invalid(at - scan.scalar.length, JSON.stringify(scan.scalar.slice(0, 20)))
  }
  scan.state = AFTER_VALUE
  closeValue(scan, at)
}

export function step(scan: Scan, byte: number, at: number, chunk: Uint8Array): void {
  if (scan.state === IN_SCALAR) {
    if (isScalarByte(byte)) {
      scan.scalar += String.fromCharCode(byte)
      if (scan.scalar.length > 400) {
        throw invalid(at, 'a number of more than 400 digits')
      }
      return
    }
    endScalar(scan, at)
  }
  if (isBlank(byte)) {
    return
  }
  if (scan.state === VALUE || (scan.state === FIRST_ELEMENT && byte !== CLOSE_ARRAY)) {
    startValue(scan, byte, at)
  } else if (byte === QUOTE && (scan.state === KEY || scan.state === FIRST_KEY)) {
    openString(scan, true)
  } else if (byte === CLOSE_OBJECT && (scan.state === FIRST_KEY || scan.state === AFTER_VALUE)) {
    closeContainer(scan, byte, at)
  } else if (byte === CLOSE_ARRAY && (scan.state === FIRST_ELEMENT || scan.state === AFTER_VALUE)) {
    closeContainer(scan, byte, at)
  } else if (byte === COLON && scan.state === BEFORE_COLON) {
    scan.state = VALUE
  } else if (byte === COMMA && scan.state === AFTER_VALUE) {
    scan.state = scan.stack[scan.depth] === OPEN_OBJECT ? KEY : VALUE
  } else if (scan.state === BEFORE) {
    begin(scan, byte, at, chunk)
  } else {
    throw unexpected(byte, at)
  }
}

function begin(scan: Scan, byte: number, at: number, chunk: Uint8Array): void {
  if (byte === OPEN_OBJECT && (scan.marks === 0 || scan.marks === BYTE_ORDER_MARK.length)) {
    openContainer(scan, byte, at)
  }
  // A byte order mark may be ignored (RFC 8259, 8.1).
  else if (at === scan.marks && byte === BYTE_ORDER_MARK[at]) {
    scan.marks++
  } else {
    const start = JSON.stringify(scan.options.decode(chunk.subarray(at - scan.offset, at - scan.offset + 24)))
    throw fault('json-invalid', `not a JSON object: it starts with ${start}`, at)
  }
}
