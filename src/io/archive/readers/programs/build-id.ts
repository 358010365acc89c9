import type { ReadAt } from '../../store/stored.js'
import { readElf } from '../application/elf.js'

const BUILD_ID_SECTION = '.note.gnu.build-id'
/**
 * Size of a note's header: lengths of name and description, type, and the name `GNU\0` (System V ABI, chapter
 * 5, "Note Section").
 */
const NOTE_HEADER_BYTES = 16
/** Limit for the note: a build ID is a hash of the linked program, by default of 20 bytes. */
const MAX_NOTE_BYTES = 64

/** The build ID of a program, which strip(1) and patchelf do not change; `null`: it has none. */
export function readBuildId(read: ReadAt): string | null {
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
