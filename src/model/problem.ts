/**
 * What went wrong, in the three lines a person gets: what happened, where, what to do.
 * `code` is stable, for programs and for docs/troubleshooting.md#<code>.
 */
export interface Problem {
  readonly code: string
  readonly what: string
  readonly where: string
  readonly todo: string
}

/** The one error class that is meant for people. Anything else that is thrown is a fault of ours. */
export class SeaworthyError extends Error {
  readonly problem: Problem
  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.what} (${problem.where})`, options)
    this.name = 'SeaworthyError'
    this.problem = problem
  }
}

/** The problem of any thrown value; a fault of ours becomes code `internal`. */
export function problemOf(error: unknown, where: string): Problem {
  if (error instanceof SeaworthyError) return error.problem
  const what = error instanceof Error ? error.message : String(error)
  return { code: 'internal', what, where, todo: 'run again with --debug and report it with the output' }
}
