import { archiveError } from './problems.js'

/** What an entry is; `sparse` is GNU's old form (its data are followed by no hole), `other` has a body of no use. */
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

/** One tar entry. Names are as the archive has them: nothing is normalised, nothing is trusted. */
export interface TarEntry {
  path: string
  linkPath: string
  type: EntryType
  /** Bytes of body that follow. */
  size: number
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number
  uid: number
  gid: number
  /** Bytes of the attribute `security.capability`, one a character; `null` where there is none. */
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

/** Types that never have a body, whatever their size field says (as Go's archive/tar reads them). */
const WITHOUT_BODY: ReadonlySet<EntryType> = new Set(['hardlink', 'symlink', 'device', 'directory'])

/** True where all of the block is zero: two of them end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  for (let i = 0; i < BLOCK_BYTES; i++) if (block[i] !== 0) return false
  return true
}

/** True where the block's checksum fits, with bytes taken as unsigned or, as some old programs did, as signed. */
export function hasValidChecksum(block: Buffer): boolean {
  const told = numberAt(block, 148, 8)
  if (told === null) return false
  let unsigned = 8 * 0x20
  let signed = 8 * 0x20
  for (let i = 0; i < BLOCK_BYTES; i++) {
    if (i >= 148 && i < 156) continue
    const byte = block[i] ?? 0
    unsigned += byte
    signed += byte < 128 ? byte : byte - 256
  }
  return told === unsigned || told === signed
}

/**
 * Reads a header block: POSIX.1-1988 ustar, with GNU's numbers in base 256. Where readers of tar differ it
 * does as Go's archive/tar, since that is what the engine and Clair see the image with.
 */
export function decodeHeader(block: Buffer, where: string): TarEntry {
  if (!hasValidChecksum(block)) {
    throw archiveError('archive-unreadable', where, 'a tar header has a wrong checksum')
  }
  const flag = String.fromCharCode(block[156] ?? 0)
  let path = textAt(block, 0, 100)
  let type: EntryType = TYPES[flag] ?? 'other'
  if (flag === '\0' && path.endsWith('/')) type = 'directory'
  if (block.toString('latin1', 257, 263) === 'ustar\0') {
    const isStar = block.toString('latin1', 508, 512) === 'tar\0'
    const prefix = textAt(block, 345, isStar ? 131 : 155)
    if (prefix !== '') path = `${prefix}/${path}`
  }
  const size = numberAt(block, 124, 12)
  if (size === null || size < 0) {
    throw archiveError('archive-unreadable', where, 'a tar header has no valid size')
  }
  return {
    path,
    linkPath: textAt(block, 157, 100),
    type,
    size: WITHOUT_BODY.has(type) ? 0 : size,
    mode: (numberAt(block, 100, 8) ?? 0) & 0o7777,
    uid: numberAt(block, 108, 8) ?? 0,
    gid: numberAt(block, 116, 8) ?? 0,
    capability: null,
  }
}

/** True where a block of a GNU sparse map says that one more follows: in the header, or in the map itself. */
export function hasMoreSparseMap(block: Buffer, isHeader: boolean): boolean {
  return block[isHeader ? 482 : 504] !== 0
}

/** A pax or GNU override of the size. */
export function withSize(entry: TarEntry, size: number): void {
  if (!WITHOUT_BODY.has(entry.type)) entry.size = size
}

function textAt(block: Buffer, offset: number, length: number): string {
  const zero = block.indexOf(0, offset)
  const end = zero < 0 || zero > offset + length ? offset + length : zero
  return block.toString('utf8', offset, end)
}

/** An octal field, or base 256 where the first bit is set; `null` where it is neither or not a safe integer. */
function numberAt(block: Buffer, offset: number, length: number): number | null {
  const first = block[offset] ?? 0
  if ((first & 0x80) !== 0) {
    // The sign is the second bit. A negative number is of no use here, and is told by that alone.
    if ((first & 0x40) !== 0) return -1
    let value = first & 0x3f
    for (let i = offset + 1; i < offset + length; i++) value = value * 256 + (block[i] ?? 0)
    return Number.isSafeInteger(value) ? value : null
  }
  const text = block.toString('latin1', offset, offset + length).replace(/^[ \0]+|[ \0].*$/gs, '')
  if (text === '') return 0
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null
}
