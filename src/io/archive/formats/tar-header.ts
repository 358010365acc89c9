import { archiveError } from './problems.js'

/**
 * The type of an entry; `sparse` is GNU's old format (its body is the data without the holes), `other` has a body
 * that is not read.
 */
export type EntryType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'device'
  | 'sparse'
  | 'other'
  | 'pax'
  | 'pax-global'
  | 'gnu-path'
  | 'gnu-link'

/** One tar entry, with its names as in the archive: neither normalized nor checked. */
export interface TarEntry {
  path: string
  linkPath: string
  type: EntryType
  size: number
  /** Offset of the body in the tar, in bytes; set by the reader. */
  offset: number
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number
  uid: number
  gid: number
  /** Bytes of the attribute `security.capability`, one per character; `null` if there is none. */
  capability: string | null
}

export const BLOCK_BYTES = 512

const TYPES: Readonly<Record<string, EntryType>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'device',
  L: 'gnu-path',
  K: 'gnu-link',
  S: 'sparse',
  g: 'pax-global',
  x: 'pax',
  X: 'pax',
}

/** Types that never have a body, whatever their size field says (as in Go's archive/tar). */
const TYPES_WITHOUT_BODY: ReadonlySet<EntryType> = new Set(['hardlink', 'symlink', 'device', 'directory'])

/** True if all bytes of the block are zero: two such blocks end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  for (let i = 0; i < BLOCK_BYTES; i++) {
    if (block[i] !== 0) {
      return false
    }
  }
  return true
}

/** True if the block's checksum is right, with bytes taken as unsigned or, as in some old programs, as signed. */
export function hasValidChecksum(block: Buffer): boolean {
  const checksum = numberAt(block, 148, 8)
  if (checksum === null) {
    return false
  }
  let unsigned = 8 * 0x20
  let highBytes = 0
  for (let i = 0; i < BLOCK_BYTES; i++) {
    if (i < 148 || i >= 156) {
      const byte = block[i] ?? 0
      unsigned += byte
      highBytes += byte >> 7
    }
  }
  return checksum === unsigned || checksum === unsigned - 256 * highBytes
}

/**
 * Reads a header block: POSIX.1-1988 ustar, with GNU's base-256 numbers. If tar readers differ, it follows Go's
 * archive/tar, which the engine and Clair use to read the image.
 */
export function decodeHeader(block: Buffer, where: string): TarEntry {
  if (!hasValidChecksum(block)) {
    throw archiveError('archive-unreadable', where, 'a tar header has a wrong checksum')
  }
  const typeFlag = String.fromCharCode(block[156] ?? 0)
  let path = textAt(block, 0, 100)
  let type: EntryType = TYPES[typeFlag] ?? 'other'
  if (typeFlag === '\0' && path.endsWith('/')) {
    type = 'directory'
  }
  if (block.toString('latin1', 257, 263) === 'ustar\0') {
    const isStar = block.toString('latin1', 508, 512) === 'tar\0'
    const prefix = textAt(block, 345, isStar ? 131 : 155)
    if (prefix !== '') {
      path = `${prefix}/${path}`
    }
  }
  const size = numberAt(block, 124, 12)
  if (size === null || size < 0) {
    throw archiveError('archive-unreadable', where, 'a tar header has no valid size')
  }
  return {
    path,
    linkPath: textAt(block, 157, 100),
    type,
    size: TYPES_WITHOUT_BODY.has(type) ? 0 : size,
    offset: 0,
    mode: (numberAt(block, 100, 8) ?? 0) & 0o7777,
    uid: numberAt(block, 108, 8) ?? 0,
    gid: numberAt(block, 116, 8) ?? 0,
    capability: null,
  }
}

/**
 * True if a block of a GNU sparse map states that another one follows.
 * @param isHeader whether it is the entry's header, which begins the map
 */
export function hasMoreSparseMap(block: Buffer, isHeader: boolean): boolean {
  return block[isHeader ? 482 : 504] !== 0
}

export function overrideSize(entry: TarEntry, size: number): void {
  if (!TYPES_WITHOUT_BODY.has(entry.type)) {
    entry.size = size
  }
}

function textAt(block: Buffer, offset: number, length: number): string {
  const zero = block.indexOf(0, offset)
  const end = zero < 0 || zero > offset + length ? offset + length : zero
  return block.toString('utf8', offset, end)
}

/** An octal field, or base 256 if the first bit is set; `null` if it is neither or not a safe integer. */
function numberAt(block: Buffer, offset: number, length: number): number | null {
  const firstByte = block[offset] ?? 0
  if ((firstByte & 0x80) !== 0) {
    // The second bit is the sign. Callers refuse negative numbers, so their value does not matter.
    if ((firstByte & 0x40) !== 0) {
      return -1
    }
    let value = firstByte & 0x3f
    for (let i = offset + 1; i < offset + length; i++) {
      value = value * 256 + (block[i] ?? 0)
    }
    return Number.isSafeInteger(value) ? value : null
  }
  const plainNumber = plainOctal(block, offset, length)
  if (plainNumber !== null) {
    return plainNumber
  }
  const text = block.toString('latin1', offset, offset + length).replace(/^[ \0]+|[ \0].*$/gs, '')
  if (text === '') {
    return 0
  }
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null
}

/** Reads a field's usual form, which is faster: octal digits and a terminator; `null` for other forms. */
function plainOctal(block: Buffer, offset: number, length: number): number | null {
  let value = 0
  for (let i = offset; i < offset + length - 1; i++) {
    const digit = (block[i] ?? 0) - 0x30
    if (digit < 0 || digit > 7) {
      return null
    }
    value = value * 8 + digit
  }
  const lastByte = block[offset + length - 1]
  return lastByte === 0 || lastByte === 0x20 ? value : null
}

/** Records whose value is a name: if it contained a NUL, two readers could read different names. */
const NAME_RECORDS = new Set(['path', 'linkpath', 'GNU.sparse.name'])

/** Capabilities (capabilities(7)) as Go's archive/tar and GNU tar write them. The value is binary. */
export const CAPABILITY_RECORD = 'SCHILY.xattr.security.capability'

/**
 * Attributes by which overlayfs shows another file or directory in place of one, or hides files of lower
 * layers (Linux, overlayfs.rst). Engines set the attributes that a layer contains (moby, pkg/archive), but no
 * builder writes these. The excepted ones are overlayfs' own notes about inodes, which some builders have
 * copied; they change nothing.
 */
const OVERLAYFS_ATTRIBUTE = /^(?:trusted|user)\.overlay\.(?!(?:origin|impure|nlink|uuid)$)/
const XATTR_PREFIX = 'SCHILY.xattr.'

/** @param name of an extended attribute */
export function isOverlayAttribute(name: string): boolean {
  return OVERLAYFS_ATTRIBUTE.test(name)
}

/**
 * Reads pax records, `<length> <key>=<value>\n` (POSIX.1-2001 pax, "pax Extended Header"). The length decides: a
 * value may contain newlines, and a line-by-line reader can be tricked into a false path.
 */
export function parsePax(body: Buffer, where: string): Map<string, string> {
  const records = new Map<string, string>()
  const brokenHeader = (): Error => archiveError('archive-unreadable', where, 'a pax header is broken')
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at)
    if (space < 0 || space - at > 10) {
      throw brokenHeader()
    }
    const digits = body.toString('latin1', at, space)
    const end = at + Number(digits)
    if (!/^[0-9]+$/.test(digits) || end > body.length || end <= space + 1 || body[end - 1] !== 0x0a) {
      throw brokenHeader()
    }
    const equals = body.indexOf(0x3d, space)
    if (equals < 0 || equals >= end) {
      throw brokenHeader()
    }
    const key = body.toString('utf8', space + 1, equals)
    const value = body.toString(key === CAPABILITY_RECORD ? 'latin1' : 'utf8', equals + 1, end - 1)
    if (NAME_RECORDS.has(key) && value.includes('\0')) {
      throw archiveError('archive-hostile', where, 'a name in a pax header contains a NUL byte')
    }
    if (key.startsWith(XATTR_PREFIX) && isOverlayAttribute(key.slice(XATTR_PREFIX.length))) {
      const what = 'a file has an overlayfs attribute that makes an engine show a different file in its place'
      throw archiveError('archive-hostile', where, what)
    }
    records.set(key, value)
    at = end
  }
  return records
}
