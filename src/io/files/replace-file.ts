import { SeaworthyError } from '../../model/index.js'
import { readPolicy, writeText } from './files.js'

/**
 * Writes a file whole or not at all, unless someone else has changed it since it was read.
 * @param before its content then; `null`: it did not exist
 * @throws SeaworthyError `file-unwritable`
 */
export function replaceFile(file: string, before: string | null, after: string): void {
  if (readPolicy(file) !== before) {
    const what = 'the file changed in the meantime, so it was not overwritten'
    const todo = 'run the command again'
    throw new SeaworthyError({ code: 'file-unwritable', what, where: file, todo })
  }
  writeText(file, after)
}
