import { readElf } from '../application/elf.js'
import { type Extent, openStored, within } from '../application/stored.js'

/** The build ID of a program in a stored layer; `null`: it has none. */
export type BuildIdOf = (path: string) => string | null

const SECTION = '.note.gnu.build-id'
/** Lengths of name and description, the type, and the name `GNU\0` (System V ABI, chapter 5, "Note Section"). */
const HEAD_BYTES = 16
/** A build ID is a hash of the linked program: 20 bytes, by default. */
const MOST_BYTES = 64

/**
 * What a program was linked as, which strip(1) and patchelf leave as it is. Asked for only the few programs that
 * differ from their package's.
 */
export function createBuildIds(tar: string, places: ReadonlyMap<string, Extent>): BuildIdOf {
  return (path) => {
    const place = places.get(path)
    if (place === undefined) {
      return null
    }
    const stored = openStored(tar)
    try {
      const read = within(stored.read, place)
      const note = readElf(read).section(SECTION)
      const id =
        note === null ? '' : read(note.at, Math.min(note.size, MOST_BYTES)).toString('hex', HEAD_BYTES)
      return id === '' ? null : id
    } finally {
      stored.close()
    }
  }
}
