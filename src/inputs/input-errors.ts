import { problemOf, SeaworthyError } from '../model/index.js'

export type InputErrors = ReturnType<typeof gatherErrors>

/** Errors in the user's settings, collected so that all are reported at once. */
export function gatherErrors() {
  /** In inputs: one line each, starting with the input's name. */
  const messages: string[] = []
  const problems: SeaworthyError[] = []
  return {
    messages,
    /** The result of `read`, or `null` if it throws a problem, which is kept. */
    attempt: <T>(read: () => T): T | null => {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof SeaworthyError)) {
          throw error
        }
        problems.push(error)
        return null
      }
    },
    /** Throws everything collected as one error: `bad-input`, or the code of the only problem. */
    throwAny: () => {
      const badInput = { code: 'bad-input', what: messages.join('\n'), where: 'inputs' } as const
      const all = [...(messages.length > 0 ? [new SeaworthyError(badInput)] : []), ...problems]
      if (all.length > 0) {
        throw all.length === 1 ? all[0] : joined(all)
      }
    },
  }
}

/** Problems of several kinds: each names its place in its own lines, and each kind's advice appears once. */
function joined(errors: readonly SeaworthyError[]): SeaworthyError {
  const problems = errors.map((error) => problemOf(error, 'inputs'))
  const lines = problems.flatMap(({ what, where }) => what.split('\n').map((line) => withPlace(line, where)))
  const errorLines = problems.flatMap((one) => one.errors ?? [])
  const unique = (texts: readonly string[]) => [...new Set(texts)]
  return new SeaworthyError({
    code: 'bad-input',
    what: unique(lines).join('\n'),
    where: unique(problems.flatMap(({ where }) => where.split(', '))).join(', '),
    todo: unique(problems.map(({ todo }) => todo)).join('; '),
    ...(errorLines.length === 0 ? {} : { errors: errorLines }),
  })
}

/** A line that does not name its place gets it as a prefix. */
function withPlace(line: string, where: string): string {
  const places = where.split(', ')
  return places.includes('inputs') || places.some((place) => line.includes(place))
    ? line
    : `${where}: ${line}`
}
