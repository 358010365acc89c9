import { readElf } from '../application/elf.js'
import type { Extent, ReadAt } from '../application/stored.js'
import type { NotReadYet, SecondReads } from '../second-reads.js'

/** The build ID of a program in a stored layer; `null`: it has none. */
export type BuildIdOf = (path: string) => string | null | NotReadYet

const BUILD_ID_SECTION = '.note.gnu.build-id'
/**
 * Size of a note's header: lengths of name and description, type, and the name `GNU\0` (System V ABI, chapter
 * 5, "Note Section").
 */
const NOTE_HEADER_BYTES = 16
/** Limit for the note: a build ID is a hash of the linked program, by default of 20 bytes. */
const MAX_NOTE_BYTES = 64

/**
 * Reads the build IDs of programs, which strip(1) and patchelf do not change. Used only for the few programs
 * that differ from their package's.
 */
export function createBuildIds(secondReads: SecondReads, extents: ReadonlyMap<string, Extent>): BuildIdOf {
  return (path) => {
    const extent = extents.get(path)
    return extent === undefined
      ? null
      : secondReads.valueOf('build ID', extent, { kind: 'places', read: readBuildId })
  }
}

function readBuildId(read: ReadAt): string | null {
  const noteSection = readElf(read).section(BUILD_ID_SECTION)
  const buildId =
    noteSection === null
      ? ''
      : read(noteSection.offset, Math.min(noteSection.size, MAX_NOTE_BYTES)).toString(
          'hex',
          NOTE_HEADER_BYTES,
        )
  return buildId === '' ? null : buildId
}
