import { SeaworthyError } from '../../model/index.js'
import type { Decode } from './reader.js'

// Bytes and keywords of JSON's grammar (RFC 8259), and the errors of a document that violates it.

export const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
export const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
export const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Bytes of numbers and of the words true, false and null. */
function isScalarByte(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x61 && byte <= 0x7a) || '+-.E'.includes(String.fromCharCode(byte))
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
export const isHex = (byte: number): boolean =>
  isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
export const isEscape = (byte: number): boolean => '"\\/bfnrtu'.includes(String.fromCharCode(byte))

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const unexpected = (byte: number, at: number): SeaworthyError =>
  invalid(at, byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`)

export const invalid = (at: number, what: string): SeaworthyError =>
  syntaxError('json-invalid', `not JSON: ${what} is not allowed`, at)

const duplicate = (key: string, at: number): SeaworthyError =>
  syntaxError('json-duplicate', `${JSON.stringify(key.slice(0, 60))} appears twice`, at)

export function syntaxError(
  code: 'json-invalid' | 'json-truncated' | 'json-duplicate',
  what: string,
  at: number,
): SeaworthyError {
  return new SeaworthyError({ code, what, where: `byte ${at}` })
}

// States of the automaton: what the next byte may be (RFC 8259).
const BEFORE = 0
const FIRST_KEY = 1
const KEY = 2
export const BEFORE_COLON = 3
const VALUE = 4
const FIRST_ELEMENT = 5
export const AFTER_VALUE = 6
export const STRING = 7
export const ESCAPE = 8
export const HEX = 9
const IN_SCALAR = 10
export const AFTER = 11

/** A member of the document's outermost object, and where its value is. */
export interface Member {
  readonly key: string
  /** Byte offset of the first byte of its value. */
  readonly start: number
  /** Byte offset just after its value. */
  readonly end: number
  /** Keys of its value, if that is an object: for the security tracker, CVEs of a source package. */
  readonly rows: number
}

export interface Summary {
  readonly members: number
  readonly rows: number
  readonly names: ReadonlySet<string>
}

export interface ScanOptions {
  /** UTF-8 to text, keeping everything (`ignoreBOM`). */
  readonly decode: Decode
  readonly onMember: (member: Member) => void
  /** Depth whose distinct keys are collected; 1 is the outermost object. */
  readonly namesAtDepth: number
  /** Down to this depth, a key may occur only once in its object: JSON.parse takes the last. Default: 0. */
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

export type Scan = ReturnType<typeof initialScanState>

export function initialScanState(options: ScanOptions) {
  return {
    options,
    uniqueDepth: options.uniqueDepth ?? 0,
    stack: new Uint8Array(MAX_DEPTH + 1),
    names: new Set<string>(),
    /** The keys seen so far in the open object at each depth, down to uniqueDepth. */
    keys: [] as Set<string>[],
    state: BEFORE as number,
    depth: 0,
    /** Offset of the current chunk's first byte in the document. */
    offset: 0,
    stringIsKey: false,
    /** The current string is a key of interest. */
    captures: false,
    /** The bytes of the current key in earlier chunks. */
    captured: [] as Uint8Array[],
    hasEscape: false,
    hexLeft: 0,
    /** How many bytes of a byte order mark were read. */
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
  if (!SCALAR.test(scan.scalar)) {
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
    throw syntaxError('json-invalid', `not a JSON object: it starts with ${start}`, at)
  }
}
