import { type Problem, SeaworthyError } from '../../src/model/problem.js'

/** The problem that `act` throws; fails where it throws nothing, or something that is not for people. */
export function problemThrownBy(act: () => unknown): Problem {
  let result: unknown
  try {
    result = act()
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem
    }
    throw error
  }
  throw new Error(`a SeaworthyError is expected; the call returned ${JSON.stringify(result)}`)
}

/** Code of the problem that `act` throws. */
export function codeOf(act: () => unknown): string {
  return problemThrownBy(act).code
}

/** The same, or `answered` where it throws nothing. */
export function outcomeOf(act: () => unknown): string {
  try {
    act()
    return 'answered'
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem.code
    }
    throw error
  }
}
