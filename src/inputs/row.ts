import { isRefusal, oneOf, type Refusal, refuse } from '../policy/gate/threshold.js'

/** Reads the value of an input by its name; '' where it was not given. */
export type Given = (name: string) => string

/** Where an input exists. The images are arguments of the commands, not a flag. */
export type Where = 'action' | 'scan' | 'update'

/** All that is said of an input but its name. */
export interface Row<T = unknown> {
  /** What the flag takes, as `--help` shows it; `null` for a switch. */
  readonly value: string | null
  readonly default: string
  /** For `--help`. */
  readonly help: string
  /** For action.yml and the README; `null` where the action does not have it. */
  readonly description: string | null
  readonly where: readonly Where[]
  /** True where `seaworthy replay` takes it too. */
  readonly replay: boolean
  /** True where the action does nothing without it. */
  readonly required: boolean
  read(text: string, fallback: string): T | Refusal | undefined
  /** Stands in for what was refused: nothing goes on with it. */
  readonly instead: T
}

/** How the text of an input is read. */
export type Type<T> = Pick<Row<T>, 'value' | 'read' | 'instead'>

interface Told {
  readonly default?: string
  /** Where it is another one than the type's. */
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

/** Text as it is. */
export const text: Type<string> = { value: 'TEXT', read: (given) => given, instead: '' }

/** `null` where nothing is given. */
export const optional: Type<string | null> = {
  value: 'NAME',
  read: (given) => (given === '' ? null : given),
  instead: null,
}

/** As `optional`, held to a rule. */
export function held(value: string, isGood: (given: string) => boolean, fault: string): Type<string | null> {
  const read = (given: string) => {
    if (given === '') {
      return null
    }
    return isGood(given) ? given : refuse(`${JSON.stringify(given)} ${fault}`)
  }
  return { value, read, instead: null }
}

/** As `optional`, and no longer than what it is for can take. */
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
  'is not an http URL',
)

/** One of these; the default where nothing is given. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words): Type<Words[number]> {
  return { value: 'WORD', read: (given, fallback) => oneOf(given || fallback, words), instead: words[0] }
}

/** The default where nothing is given: a switch of the command is '' where it is not there. */
export const boolean: Type<boolean> = {
  value: 'BOOLEAN',
  read: (given, fallback) => {
    const read = oneOf(given || fallback || 'false', ['true', 'false'])
    return isRefusal(read) ? read : read === 'true'
  },
  instead: false,
}

/** A limit, in milliseconds from here on. */
export function inSeconds(
  fault = (given: string) => `${JSON.stringify(given)} is not a number of seconds`,
  most = 86_400,
): Type<number> {
  const read = (given: string) => {
    const value = Number(given)
    return value > 0 && value <= most ? value * 1000 : refuse(fault(given))
  }
  return { value: 'SECONDS', read, instead: 0 }
}

/** A whole number from 0 on. */
export function count(most: number): Type<number> {
  const read = (given: string) => {
    const value = Number(given)
    return Number.isInteger(value) && value >= 0 && value <= most
      ? value
      : refuse(`not a number from 0 to ${most}`)
  }
  return { value: 'COUNT', read, instead: 0 }
}

type Rows = Readonly<Record<string, Row>>
type Value<R> = R extends Row<infer T> ? T : never

/** Reads the inputs of `rows` by their names, each by its type; what is refused goes to `faults`. */
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
