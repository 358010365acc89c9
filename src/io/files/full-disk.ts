import { isRecord, messageOf, SeaworthyError } from '../../model/index.js'

/** Whether the system refused to write because there is no room: no bytes, no quota, or no inode. */
export function isFull(error: unknown): boolean {
  return isRecord(error) && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code))
}

/** @param what that could not be written */
export function noSpace(where: string, what: string, cause?: unknown): SeaworthyError {
  return new SeaworthyError({ code: 'no-space', what, where }, { cause })
}

/** The error for people if the system did not let us create a temporary file or folder. */
export function unwritable(where: string, error: unknown): SeaworthyError {
  if (isFull(error)) {
    return noSpace(where, 'no space left for a temporary folder', error)
  }
  const what = `a temporary folder could not be created: ${messageOf(error)}`
  const advice = 'set RUNNER_TEMP (TMPDIR in a terminal) to a writable folder'
  return new SeaworthyError({ code: 'file-unwritable', what, where, todo: advice }, { cause: error })
}
