import { type AdvisedCode, isRecord, SeaworthyError } from '../../../model/index.js'

/** The code of a Node error (`ENOSPC`, `Z_BUF_ERROR`); `null` if it has none. */
export function nodeCode(error: unknown): string | null {
  return isRecord(error) && typeof error.code === 'string' ? error.code : null
}

/** @param where the archive, or the part of it */
export function archiveError(
  code: AdvisedCode<'Archives'>,
  where: string,
  what: string,
  cause?: unknown,
): SeaworthyError {
  return new SeaworthyError({ code, what, where }, cause === undefined ? {} : { cause })
}
