import { SeaworthyError } from '../../model/problem.js'

// Bytes and keywords of JSON's grammar (RFC 8259), and the errors of a document that violates it.

export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPEN_ARRAY = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_ARRAY = 0x5d
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/

export const isScalar = (text: string): boolean => SCALAR.test(text)
export const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Bytes of numbers and of the words true, false and null. */
export function isScalarByte(byte: number): boolean {
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
  fault('json-invalid', `not JSON: ${what} is not allowed`, at)

export const duplicate = (key: string, at: number): SeaworthyError =>
  fault('json-duplicate', `${JSON.stringify(key.slice(0, 60))} appears twice`, at)

export function fault(
  code: 'json-invalid' | 'json-truncated' | 'json-duplicate',
  what: string,
  at: number,
): SeaworthyError {
  return new SeaworthyError({ code, what, where: `byte ${at}` })
}

// States of the automaton: what the next byte may be (RFC 8259).
export const BEFORE = 0
export const FIRST_KEY = 1
export const KEY = 2
export const BEFORE_COLON = 3
export const VALUE = 4
export const FIRST_ELEMENT = 5
export const AFTER_VALUE = 6
export const STRING = 7
export const ESCAPE = 8
export const HEX = 9
export const IN_SCALAR = 10
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

/** What was found in a whole document. */
export interface Summary {
  readonly bytes: number
  readonly members: number
  /** Sum of the members' rows. */
  readonly rows: number
  /** The distinct keys at the requested depth. */
  readonly names: ReadonlySet<string>
}
