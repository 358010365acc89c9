import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { createTarReader } from '../../io/archive/tar-reader.js'
import type { TarMember } from '../../io/archive/tar-writer.js'
import { unxz } from '../../io/archive/xz.js'
import { SeaworthyError } from '../../model/problem.js'
import { withoutEnd } from '../../model/text.js'

/** A binary package, unpacked (deb(5)). */
export interface Deb {
  /** Files of the control archive by name, without `./`. */
  readonly control: ReadonlyMap<string, string>
  /** What it installs, from its data archive; paths without `./`, directories without a trailing `/`. */
  readonly members: readonly TarMember[]
}

/** Limit for an unpacked package, in bytes: more than any Debian package in a distroless image has. */
const MOST = 512 * 2 ** 20
const MAGIC = '!<arch>\n'
/** Bytes of a member's header in an ar archive. */
const HEADER = 60

/** Reads a .deb. Throws `update-bad-deb`. */
export async function readDeb(bytes: Buffer, name: string): Promise<Deb> {
  const parts = arMembers(bytes, name)
  const find = (start: string) => {
    const found = [...parts].find(([part]) => part.startsWith(start))
    if (found === undefined) {
      throw badDeb(name, `it has no ${start}`)
    }
    return unpack(found[1], found[0], name)
  }
  const control = new Map<string, string>()
  for (const { path, bytes: body } of await readTar(find('control.tar'), name)) {
    control.set(path, body.toString('utf8'))
  }
  return { control, members: await readTar(find('data.tar'), name) }
}

/** An ar archive: a header of 60 bytes for each member, which starts at an even offset. */
function arMembers(bytes: Buffer, name: string): ReadonlyMap<string, Buffer> {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw badDeb(name, 'it is not an ar archive')
  }
  const members = new Map<string, Buffer>()
  for (let at = MAGIC.length; at + HEADER <= bytes.length; ) {
    const title = bytes
      .toString('latin1', at, at + 16)
      .trim()
      .replace(/\/$/, '')
    const size = Number(bytes.toString('latin1', at + 48, at + 58).trim())
    const from = at + HEADER
    if (!Number.isInteger(size) || size < 0 || from + size > bytes.length) {
      throw badDeb(name, 'it is truncated')
    }
    members.set(title, bytes.subarray(from, from + size))
    at = from + size + (size % 2)
  }
  return members
}

function unpack(bytes: Buffer, title: string, name: string): AsyncIterable<Uint8Array> {
  if (title.endsWith('.gz')) {
    return Readable.from([bytes]).pipe(createGunzip())
  }
  if (title.endsWith('.zst')) {
    return Readable.from([bytes]).pipe(createZstdDecompress())
  }
  if (title.endsWith('.xz')) {
    return unxz(bytes)
  }
  if (title.endsWith('.tar')) {
    return Readable.from([bytes])
  }
  throw badDeb(name, `${title} uses an unknown compression method`)
}

async function readTar(chunks: AsyncIterable<Uint8Array>, name: string): Promise<TarMember[]> {
  const members: TarMember[] = []
  const reader = createTarReader(
    (entry) => {
      const { type, mode, uid, gid, linkPath } = entry
      const path = withoutEnd(entry.path.replace(/^(?:\.?\/)+/, ''), '/')
      if (path === '' || path === '.') {
        return null
      }
      if (path.split('/').includes('..')) {
        throw badDeb(name, `a path points outside the root: ${path}`)
      }
      if (type !== 'file' && type !== 'directory' && type !== 'symlink' && type !== 'hardlink') {
        throw badDeb(name, `${path} is neither a file, a directory nor a link`)
      }
      const pieces: Buffer[] = []
      const add = () =>
        members.push({ path, type, mode, uid, gid, link: linkPath, bytes: Buffer.concat(pieces) })
      if (entry.size === 0) {
        add()
        return null
      }
      return { write: (piece) => void pieces.push(Buffer.from(piece)), end: () => void add() }
    },
    name,
    { extendedHeaderBytes: 2 ** 20 },
  )
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > MOST) {
        throw badDeb(name, `it unpacks to more than ${MOST / 2 ** 20} MiB`)
      }
      reader.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    }
  } catch (error) {
    if (error instanceof SeaworthyError) {
      throw error
    }
    throw badDeb(name, error instanceof Error ? error.message : String(error))
  }
  if (reader.state() === 'inside') {
    throw badDeb(name, 'its archive is truncated')
  }
  return members
}

export function badDeb(name: string, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-bad-deb',
    what: `the package cannot be used: ${what}`,
    where: name,
  })
}
