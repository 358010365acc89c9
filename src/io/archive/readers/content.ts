import { END_BYTES, END_SIGNATURE, tailStart } from '../formats/zip-records.js'
import { type FileFormat, HEAD_BYTES } from '../store/format.js'
import type { IndexedEntry } from '../store/layer-index.js'
import type { ReadAt } from '../store/stored.js'
import { isCodeArchive } from './application/forms.js'

/** What a file's content shows, whatever its mode is. */
export interface Content {
  /** `text`: printable ASCII, but not PHP, in a file that is named as a code archive. */
  readonly format: FileFormat | 'text'
  /**
   * The archive that is appended to a script, a text or a RAR archive, recognized by the end of the file
   * alone. Such files run as archives in Python, Java or PHP.
   */
  readonly appendedArchive: 'zip' | 'phar' | null
}

/** The last bytes of a phar (PHP manual, Phar Signature format). */
const PHAR_SIGNATURE = 'GBMB'

/** @returns `null` for data: its format is unknown, and it is not named as a code archive */
export function readContent(
  { path, format, size }: Pick<IndexedEntry, 'path' | 'format' | 'size'>,
  read: ReadAt,
): Content | null {
  const isData = format === 'other'
  if (size === 0 || (isData && !isCodeArchive(path))) {
    return null
  }
  const known = isData && isText(read(0, HEAD_BYTES)) ? 'text' : format
  const mayPrecedeArchive = known === 'script' || known === 'text' || known === 'rar'
  return { format: known, appendedArchive: mayPrecedeArchive ? appendedArchive(size, read) : null }
}

/**
 * PHP files are excluded. Text files with an archive's name exist: update-alternatives(1) keeps one for each
 * program, named after it, such as `phar.phar`.
 */
function isText(head: Buffer): boolean {
  const start = head.toString('latin1', 0, HEAD_BYTES)
  return /^[\t\n\r\x20-\x7e]*$/.test(start) && !start.startsWith('<?php')
}

/** A zipapp, a PEX file, an executable jar and a phar begin as a script does. */
function appendedArchive(size: number, read: ReadAt): Content['appendedArchive'] {
  const start = tailStart(size)
  const tail = read(start, size - start)
  const endRecord = tail.indexOf(END_SIGNATURE)
  // If the first signature is too close to the end, later ones are too.
  if (endRecord >= 0 && endRecord <= tail.length - END_BYTES) {
    return 'zip'
  }
  return tail.toString('latin1', Math.max(0, tail.length - PHAR_SIGNATURE.length)) === PHAR_SIGNATURE
    ? 'phar'
    : null
}
