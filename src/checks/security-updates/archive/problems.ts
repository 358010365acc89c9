import { type AdvisedCode, SeaworthyError } from '../../../model/index.js'

/**
 * The error for an archive that cannot be used as it is. The next mirror is tried afterwards.
 * @param where address, without credentials
 */
export function archiveProblem(
  code: AdvisedCode<"Debian's archive">,
  what: string,
  where: string,
): SeaworthyError {
  return new SeaworthyError({ code, what, where })
}
