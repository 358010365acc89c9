import { SeaworthyError } from '../../../model/problem.js'

/**
 * The error of an archive that cannot be used as it is. The next mirror is tried after it.
 * @param where address, without credentials
 */
export function archiveProblem(code: string, what: string, where: string): SeaworthyError {
  const todo =
    'name another mirror with debian-mirror or debian-security-mirror, or try again when this one is whole'
  return new SeaworthyError({ code, what, where, todo })
}
