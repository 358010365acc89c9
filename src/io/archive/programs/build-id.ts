import { readElf } from '../application/elf.js'
import { type Extent, openStored, readWithin } from '../application/stored.js'

/** The build ID of a program in a stored layer; `null`: it has none. */
export type BuildIdOf = (path: string) => string | null

const BUILD_ID_SECTION = '.note.gnu.build-id'
/** Lengths of name and description, the type, and the name `GNU\0` (System V ABI, chapter 5, "Note Section"). */
const NOTE_HEADER_BYTES = 16
/** A build ID is a hash of the linked program: 20 bytes, by default. */
const MAX_NOTE_BYTES = 64

/**
 * What a program was linked as, which strip(1) and patchelf leave as it is. Asked for only the few programs that
 * differ from their package's.
 */
export function createBuildIds(tar: string, places: ReadonlyMap<string, Extent>): BuildIdOf {
  return (path) => {
    const extent = places.get(path)
    if (extent === undefined) {
      return null
    }
    const stored = openStored(tar)
    try {
      const read = readWithin(stored.read, extent)
      const note = readElf(read).section(BUILD_ID_SECTION)
      const buildId =
        note === null
          ? ''
          : read(note.offset, Math.min(note.size, MAX_NOTE_BYTES)).toString('hex', NOTE_HEADER_BYTES)
      return buildId === '' ? null : buildId
    } finally {
      stored.close()
    }
  }
}
