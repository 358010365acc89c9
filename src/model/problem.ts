import * as z from 'zod'
import type { Place } from './place.js'
import { type AdvisedCode, defaultAdvice, PROBLEM_CODES, type ProblemCode } from './problem-codes.js'
import { type TypeOf, text, texts } from './schemas.js'
import { sorted } from './text.js'

/** Something wrong at one line of a file, in words. */
export interface LineError {
  readonly place: Place
  readonly text: string
}

export const ProblemSchema = z.strictObject({
  code: z.enum(PROBLEM_CODES).describe('Stable code for programs; see docs/troubleshooting.md'),
  what: text,
  where: text,
  todo: text,
  /** Several such problems may have one cause, a missing network. */
  unreachable: texts.optional().describe('Hosts that did not answer, if that is all that is wrong'),
})
/** What went wrong, in the three lines a person gets: what happened, where, what to do. */
export interface Problem extends TypeOf<typeof ProblemSchema> {
  /** Each of several errors at its line, if they are in the user's files; `what` has them too. */
  readonly errors?: readonly LineError[]
}

/** A problem without `todo` gets the advice of its code. */
export type ProblemTexts = Problem | (Omit<Problem, 'code' | 'todo'> & { readonly code: AdvisedCode })

export function withAdvice(texts: ProblemTexts): Problem {
  return 'todo' in texts ? texts : { ...texts, todo: defaultAdvice(texts.code) }
}

/** The only error class that is meant for users. Anything else that is thrown is a bug in Seaworthy. */
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
  const problems = errors.flatMap((one) => (one instanceof SeaworthyError ? [one.problem] : []))
  const joined = problems.length < errors.length ? null : joinedProblem(problems, ', ')
  const isSame = joined === null || joined === problems[0]
  return isSame ? errors[0] : new SeaworthyError(joined, { cause: errors[0] })
}

/** One problem for several: all of them have to be fixed. Those about servers that cannot be reached are one. */
export function joinedProblem(problems: readonly Problem[], betweenPlaces = '; '): Problem | null {
  const silent = problems.filter(({ unreachable }) => unreachable !== undefined)
  const network = silent.length > 1 ? networkProblem(silent) : null
  const parts =
    network === null ? problems : [network, ...problems.filter((problem) => !silent.includes(problem))]
  const [first, ...more] = parts
  if (first === undefined || more.length === 0) {
    return first ?? null
  }
  const list = (member: 'what' | 'where' | 'todo', by = '; ') =>
    [...new Set(parts.map((one) => one[member]))].join(by)
  const { unreachable: _, ...rest } = first
  return { ...rest, what: list('what'), where: list('where', betweenPlaces), todo: list('todo') }
}

const UNRESOLVED = 'cannot be resolved here'

/** Problems with `unreachable` as one; `null` if all of them are about the same host: then each says more. */
export function networkProblem(problems: readonly Problem[]): Problem | null {
  const hosts = sorted([...new Set(problems.flatMap(({ unreachable = [] }) => unreachable))])
  const [first] = problems
  if (first === undefined || hosts.length < 2) {
    return null
  }
  const isUnresolved = problems.every(({ what }) => what.includes(UNRESOLVED))
  return {
    code: first.code,
    what: `${hosts.length} servers could not be reached${isUnresolved ? `, because their names ${UNRESOLVED}` : ''}: ${hosts.join(', ')}`,
    where: 'network',
    todo: 'check the network and the proxy settings (https_proxy, no_proxy). To judge without a network, transfer the data with "seaworthy feeds export" and "seaworthy feeds import" (docs/offline.md)',
    unreachable: hosts,
  }
}

/** The problem of any thrown value; a bug in Seaworthy gets the code `internal`. */
export function problemOf(error: unknown, where: string): Problem {
  if (error instanceof SeaworthyError) {
    return error.problem
  }
  return withAdvice({ code: 'internal', what: messageOf(error), where })
}

/** The result; `null` if reading throws, which whoever needs the result reports. */
export function readOrNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function hasCode(error: unknown, ...codes: readonly ProblemCode[]): boolean {
  return error instanceof SeaworthyError && codes.includes(error.problem.code)
}
