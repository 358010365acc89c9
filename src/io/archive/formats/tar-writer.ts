export interface TarFile {
  readonly path: string
  /** `null` makes a directory. */
  readonly text: string | Buffer | null
  /** Permission bits; default: 0o644 for files and 0o755 for directories. */
  readonly mode?: number
}

const BLOCK_BYTES = 512

/**
 * A small tar in memory (POSIX ustar); the same files give the same bytes: owner root, time 0, two zero blocks at the
 * end. Paths of at most 100 bytes.
 */
export function tarOf(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, text, mode }) => {
    const body = typeof text === 'string' ? Buffer.from(text, 'utf8') : (text ?? Buffer.alloc(0))
    const defaultMode = text === null ? 0o755 : 0o644
    return [headerOf(path, body.length, mode ?? defaultMode, text === null), padded(body)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK_BYTES)])
}

/** An entry of any kind, with any owner and path length, as archives have them. */
export interface TarMember {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly link: string
  readonly bytes: Buffer
}

const TYPE_FLAGS = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const
const MAX_NAME_BYTES = 100

/** A tar of such entries, in their order. Long paths are in pax records (POSIX.1-2001). */
export function tarOfMembers(members: readonly TarMember[]): Buffer {
  const parts = members.flatMap(({ path, type, mode, uid, gid, link, bytes }) => {
    const records = [
      ...(Buffer.byteLength(path) > MAX_NAME_BYTES ? [paxRecord('path', path)] : []),
      ...(Buffer.byteLength(link) > MAX_NAME_BYTES ? [paxRecord('linkpath', link)] : []),
    ]
    const paxBody = Buffer.concat(records)
    const paxHeader = { path: 'pax', flag: 'x', mode: 0o644, uid: 0, gid: 0, link: '', size: paxBody.length }
    const names = { path: shortName(path), link: shortName(link) }
    const header = { ...names, flag: TYPE_FLAGS[type], mode, uid, gid, size: bytes.length }
    const pax = records.length === 0 ? [] : [fieldsOf(paxHeader), padded(paxBody)]
    return [...pax, fieldsOf(header), padded(bytes)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK_BYTES)])
}

function shortName(text: string): string {
  return Buffer.byteLength(text) > MAX_NAME_BYTES ? 'see-pax-record' : text
}

/** "length key=value\n", where the length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const suffix = Buffer.from(` ${key}=${value}\n`)
  let length = suffix.length + 1
  while (String(length).length + suffix.length !== length) {
    length = String(length).length + suffix.length
  }
  return Buffer.concat([Buffer.from(String(length)), suffix])
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES)])
}

/** The header of a plain file whose bytes are written separately, because it is too large for memory. */
export function fileHeader(path: string, size: number): Buffer {
  return headerOf(path, size, 0o644, false)
}

function headerOf(path: string, size: number, mode: number, isFolder: boolean): Buffer {
  if (Buffer.byteLength(path) > MAX_NAME_BYTES) {
    throw new Error(`path too long for a plain tar header: ${path}`)
  }
  return fieldsOf({ path, size, mode, uid: 0, gid: 0, link: '', flag: isFolder ? '5' : '0' })
}

interface Fields extends Omit<TarMember, 'type' | 'bytes'> {
  readonly size: number
  readonly flag: string
}

function fieldsOf({ path, size, mode, uid, gid, link, flag }: Fields): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES)
  const octal = (value: number, offset: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, offset, 'latin1')
  header.write(path, 0, 'utf8')
  octal(mode, 100, 7)
  octal(uid, 108, 7)
  octal(gid, 116, 7)
  octal(size, 124, 11)
  octal(0, 136, 11) // mtime
  header.write(flag, 156, 'latin1')
  header.write(link, 157, 'utf8')
  header.write('ustar\x0000', 257, 'latin1')
  // The checksum is computed with its own field filled with blanks.
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
