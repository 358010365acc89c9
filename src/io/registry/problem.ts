import { SeaworthyError } from '../../model/problem.js'
import type { AdvisedCode } from '../../model/problem-codes.js'

/** @param where address, without credentials */
export function registryProblem(
  code: AdvisedCode<'Registries'>,
  what: string,
  where: string,
): SeaworthyError {
  return new SeaworthyError({ code, what, where })
}
