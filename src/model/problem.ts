import type { Place } from './place.js'
import { type AdvisedCode, defaultAdvice, type ProblemCode } from './problem-codes.js'

/** Something wrong at one line of a file, in words. */
export interface LineError {
  readonly place: Place
  readonly text: string
}

/** What went wrong, in the three lines a person gets: what happened, where, what to do. */
export interface Problem {
  readonly code: ProblemCode
  readonly what: string
  readonly where: string
  readonly todo: string
  /** Each of several errors at its line, if they are in the user's files; `what` has them too. */
  readonly errors?: readonly LineError[]
}

/** A problem without `todo` gets the advice of its code. */
export type ProblemTexts = Problem | (Omit<Problem, 'code' | 'todo'> & { readonly code: AdvisedCode })

export function withAdvice(texts: ProblemTexts): Problem {
  return 'todo' in texts ? texts : { ...texts, todo: defaultAdvice(texts.code) }
}

/** The only error class that is meant for people. Anything else that is thrown is a bug of ours. */
export class SeaworthyError extends Error {
  readonly problem: Problem
  constructor(texts: ProblemTexts, options?: ErrorOptions) {
    super(`${texts.what} (${texts.where})`, options)
    this.name = 'SeaworthyError'
    this.problem = withAdvice(texts)
  }
}

/**
 * Several errors as one, if all of them are for people, such as two images that are missing; otherwise the first, whose
 * code it has in any case.
 */
export function joinedError(errors: readonly unknown[]): unknown {
  const [first] = errors
  const problems = errors.flatMap((one) => (one instanceof SeaworthyError ? [one.problem] : []))
  const code = problems[0]?.code
  if (code === undefined || problems.length < errors.length) {
    return first
  }
  const all = (field: 'what' | 'where' | 'todo', by: string) =>
    [...new Set(problems.map((one) => one[field]))].join(by)
  return new SeaworthyError({
    code,
    what: all('what', '; '),
    where: all('where', ', '),
    todo: all('todo', '; '),
  })
}

/** One problem for several: all of them have to be fixed. */
export function joinedProblem(problems: readonly Problem[]): Problem | null {
  const [first, ...more] = problems
  if (first === undefined || more.length === 0) {
    return first ?? null
  }
  const list = (member: 'what' | 'where' | 'todo') =>
    [...new Set(problems.map((one) => one[member]))].join('; ')
  return { ...first, what: list('what'), where: list('where'), todo: list('todo') }
}

/** The problem of any thrown value; a bug of ours becomes code `internal`. */
export function problemOf(error: unknown, where: string): Problem {
  if (error instanceof SeaworthyError) {
    return error.problem
  }
  return withAdvice({ code: 'internal', what: messageOf(error), where })
}

/** What an error says, of whatever kind it is. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Whether it is an error for people with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ProblemCode[]): boolean {
  return error instanceof SeaworthyError && codes.includes(error.problem.code)
}
