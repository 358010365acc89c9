import { type Problem, SeaworthyError } from '../../src/model/problem.js'

/** The problem that a promise is rejected with; fails where it is not, or with something not for people. */
export async function problemOfRejected(work: Promise<unknown>): Promise<Problem> {
  let result: unknown
  try {
    result = await work
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem
    }
    throw error
  }
  throw new Error(`a SeaworthyError is expected; it resolved with ${JSON.stringify(result)}`)
}
