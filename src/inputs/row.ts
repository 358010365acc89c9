import { isRefusal, oneOf, type Refusal, refuse } from '../policy/gate/threshold.js'

export type ReadInput = (name: string) => string

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

interface InputTexts {
  readonly default?: string
  /** If it differs from the type's. */
  readonly value?: string | null
  readonly help: string
  readonly description: string | null
  readonly where?: readonly Where[]
  readonly replay?: boolean
  readonly required?: boolean
}

export const ALL_INTERFACES: readonly Where[] = ['action', 'scan', 'update']

export function input<T>(type: Type<T>, texts: InputTexts): Row<T> {
  return { default: '', where: ALL_INTERFACES, replay: false, required: false, ...type, ...texts }
}

export const text: Type<string> = { value: 'TEXT', read: (value) => value, instead: '' }

/** The default is also used if a workflow passes on an unset input. */
export const orDefault = <T>(type: Type<T>): Type<T> => ({
  ...type,
  read: (value, fallback) => type.read(value || fallback, fallback),
})

/** `null` if unset. */
export const optional: Type<string | null> = {
  value: 'NAME',
  read: (value) => (value === '' ? null : value),
  instead: null,
}

/** Like `optional`, but the value must satisfy a rule. */
export function validated(
  value: string,
  isGood: (value: string) => boolean,
  reason: string,
): Type<string | null> {
  const read = (value: string) => {
    if (value === '') {
      return null
    }
    return isGood(value) ? value : refuse(`${JSON.stringify(value)} ${reason}`)
  }
  return { value, read, instead: null }
}

/** Like `optional`, but no longer than its use allows. */
export function short(most: number, lengthOf = (value: string) => value.length): Type<string | null> {
  const read = (value: string) => {
    if (lengthOf(value) > most) {
      return refuse(`has more than ${most} characters`)
    }
    return value === '' ? null : value
  }
  return { value: 'NAME', read, instead: null }
}

export const url = validated(
  'URL',
  (value) => /^https?:\/\/[^/]/.test(value) && URL.canParse(value),
  'is not an http(s) URL',
)

/** One of these; the default if unset. */
export function keyword<const Keywords extends readonly [string, ...string[]]>(
  keywords: Keywords,
): Type<Keywords[number]> {
  return {
    value: 'WORD',
    read: (value, fallback) => oneOf(value || fallback, keywords),
    instead: keywords[0],
  }
}

/** The default if unset: a missing switch of the command is ''. */
export const boolean: Type<boolean> = {
  value: 'BOOLEAN',
  read: (value, fallback) => {
    const read = oneOf(value || fallback || 'false', ['true', 'false'])
    return isRefusal(read) ? read : read === 'true'
  },
  instead: false,
}

/** A whole number, 0 or more. */
export function count(most: number): Type<number> {
  const read = (raw: string) => {
    const value = Number(raw)
    return Number.isInteger(value) && value >= 0 && value <= most
      ? value
      : refuse(`must be a whole number from 0 to ${most}`)
  }
  return { value: 'COUNT', read, instead: 0 }
}

type Rows = Readonly<Record<string, Row>>
type Value<R> = R extends Row<infer T> ? T : never

/** Reads the inputs of `rows` by name, each by its type; refused values go to `errors`. */
export function readerOf<R extends Rows>(rows: R, inputs: ReadInput, errors: string[]) {
  return <Name extends keyof R & string>(name: Name): Value<R[Name]> => {
    const { read, instead, default: fallback } = rows[name] as Row
    const value = read(inputs(name).trim(), fallback)
    if (isRefusal(value)) {
      errors.push(...value.refused.map((line) => `${name}: ${line}`))
    }
    // The compiler cannot know that a row reads its own type.
    return (isRefusal(value) ? instead : value) as Value<R[Name]>
  }
}
