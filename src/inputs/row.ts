import { isRefusal, oneOf, type Refusal, refuse } from '../policy/gate/threshold.js'

export type Given = (name: string) => string

/** Where an input exists. The images are arguments of the commands, not a flag. */
export type Where = 'action' | 'scan' | 'update'

export interface Row<T = unknown> {
  /** The flag's value, as `--help` shows it; `null` for a switch. */
  readonly value: string | null
  readonly default: string
  /** For `--help`. */
  readonly help: string
  /** For action.yml and docs/inputs.md; `null` if the action does not have it. */
  readonly description: string | null
  readonly where: readonly Where[]
  /** True if `seaworthy replay` has it too. */
  readonly replay: boolean
  /** True if the action does nothing without it. */
  readonly required: boolean
  read(text: string, fallback: string): T | Refusal | undefined
  /** Replaces a refused value; nothing uses it. */
  readonly instead: T
}

export type Type<T> = Pick<Row<T>, 'value' | 'read' | 'instead'>

interface Told {
  readonly default?: string
  /** If it differs from the type's. */
  readonly value?: string | null
  readonly help: string
  readonly description: string | null
  readonly where?: readonly Where[]
  readonly replay?: boolean
  readonly required?: boolean
}

export const EVERYWHERE: readonly Where[] = ['action', 'scan', 'update']

export function input<T>(type: Type<T>, told: Told): Row<T> {
  return { default: '', where: EVERYWHERE, replay: false, required: false, ...type, ...told }
}

export const text: Type<string> = { value: 'TEXT', read: (given) => given, instead: '' }

/** The default is also used if a workflow passes on an unset input. */
export const orDefault = <T>(type: Type<T>): Type<T> => ({
  ...type,
  read: (given, fallback) => type.read(given || fallback, fallback),
})

/** `null` if unset. */
export const optional: Type<string | null> = {
  value: 'NAME',
  read: (given) => (given === '' ? null : given),
  instead: null,
}

/** Like `optional`, but the value must satisfy a rule. */
export function held(value: string, isGood: (given: string) => boolean, fault: string): Type<string | null> {
  const read = (given: string) => {
    if (given === '') {
      return null
    }
    return isGood(given) ? given : refuse(`${JSON.stringify(given)} ${fault}`)
  }
  return { value, read, instead: null }
}

/** Like `optional`, but no longer than its use allows. */
export function short(most: number, lengthOf = (given: string) => given.length): Type<string | null> {
  const read = (given: string) => {
    if (lengthOf(given) > most) {
      return refuse(`has more than ${most} characters`)
    }
    return given === '' ? null : given
  }
  return { value: 'NAME', read, instead: null }
}

export const url = held(
  'URL',
  (given) => /^https?:\/\/[^/]/.test(given) && URL.canParse(given),
  'is not an http(s) URL',
)

/** One of these; the default if unset. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words): Type<Words[number]> {
  return { value: 'WORD', read: (given, fallback) => oneOf(given || fallback, words), instead: words[0] }
}

/** The default if unset: a missing switch of the command is ''. */
export const boolean: Type<boolean> = {
  value: 'BOOLEAN',
  read: (given, fallback) => {
    const read = oneOf(given || fallback || 'false', ['true', 'false'])
    return isRefusal(read) ? read : read === 'true'
  },
  instead: false,
}

/** A whole number, 0 or more. */
export function count(most: number): Type<number> {
  const read = (given: string) => {
    const value = Number(given)
    return Number.isInteger(value) && value >= 0 && value <= most
      ? value
      : refuse(`must be a whole number from 0 to ${most}`)
  }
  return { value: 'COUNT', read, instead: 0 }
}

type Rows = Readonly<Record<string, Row>>
type Value<R> = R extends Row<infer T> ? T : never

/** Reads the inputs of `rows` by name, each by its type; refused values go to `faults`. */
export function readerOf<R extends Rows>(rows: R, given: Given, faults: string[]) {
  return <Name extends keyof R & string>(name: Name): Value<R[Name]> => {
    const { read, instead, default: fallback } = rows[name] as Row
    const value = read(given(name).trim(), fallback)
    if (isRefusal(value)) {
      faults.push(...value.refused.map((line) => `${name}: ${line}`))
    }
    // The compiler cannot know that a row reads its own type.
    return (isRefusal(value) ? instead : value) as Value<R[Name]>
  }
}
