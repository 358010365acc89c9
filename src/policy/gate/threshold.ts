import * as z from 'zod'
import { flagSchema } from '../shape.js'

/**
 * Something that a policy file, or an input of the same name, may say about the gate. Both are told of in one row
 * (thresholds.ts), from which all else comes: types, defaults, gate.yml's keys and their schema, the inputs.
 */
export interface Threshold<T> {
  /** What holds where neither policies/gate.yml nor an input says otherwise. */
  readonly fallback: T
  /** True where what is asked lets anything through that what holds does not: no row compiles without its order. */
  laxer(asked: T, holds: T): boolean
  readonly file: FileKey<T>
  /** `null` where only a policy file may say it. */
  readonly input: ThresholdInput<T> | null
}

/** The key of policies/gate.yml. */
export interface FileKey<T> {
  readonly schema: z.ZodType
  /** For editors, in the JSON Schema. */
  readonly about: string
  /** What the schema lets through. */
  read(raw: unknown): T
}

export interface ThresholdInput<T> {
  /** False where it says what is collected: a replay has that already. */
  readonly replay?: boolean
  /** What the flag takes, as `--help` shows it. */
  readonly value: string
  readonly help: string
  /** As action.yml and the README say it. */
  readonly description: string
  /** `undefined` where nothing is said. */
  read(text: string): T | Refusal | undefined
}

/** Why a text is not taken: one line for each fault, to stand after the input's name. */
export interface Refusal {
  readonly refused: readonly string[]
}

export function refuse(...refused: readonly string[]): Refusal {
  return { refused }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}

/** Only so that the compiler holds a row to its type. */
export function threshold<T>(row: Threshold<T>): Threshold<T> {
  return row
}

export function inFile<Raw>(schema: z.ZodType<Raw>, about: string): FileKey<Raw>
export function inFile<Raw, T>(schema: z.ZodType<Raw>, about: string, of: (raw: Raw) => T): FileKey<T>
export function inFile<Raw>(schema: z.ZodType<Raw>, about: string, of = (raw: Raw): unknown => raw) {
  return { schema, about, read: (raw: unknown) => of(schema.parse(raw)) }
}

/** A schema for one of these words. */
export function wordSchema<const Words extends readonly string[]>(words: Words, error: string) {
  return z.enum(words, { error })
}

/** A word of an input: `"x" is not one of a, b, c`, or of two `is not a or b`. */
export function oneOf<Word extends string>(text: string, words: readonly Word[]): Word | Refusal {
  const known = words.find((word) => word === text)
  if (known !== undefined) {
    return known
  }
  const which = words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}`
  return refuse(`${JSON.stringify(text)} is not ${which}`)
}

/** What stands between commas and blanks, each held to a rule; nothing where there is only that. */
export function listFrom(
  text: string,
  isGood: (item: string) => boolean,
  fault: string,
): readonly string[] | Refusal | undefined {
  const items = text.split(/[\s,]+/).filter((item) => item !== '')
  const bad = items.filter((item) => !isGood(item))
  if (bad.length > 0) {
    return refuse(...bad.map((item) => `${JSON.stringify(item)} ${fault}`))
  }
  return items.length === 0 ? undefined : items
}

/** One that is true or false, and false where nobody says otherwise. */
export function flagThreshold(row: {
  readonly laxer: (asked: boolean, holds: boolean) => boolean
  readonly replay?: boolean
  readonly about: string
  readonly help: string
  readonly description: string
}): Threshold<boolean> {
  const { laxer, about, help, description, replay = true } = row
  const read = (text: string) => {
    const word = oneOf(text, ['true', 'false'])
    return isRefusal(word) ? word : word === 'true'
  }
  return {
    fallback: false,
    laxer,
    file: inFile(flagSchema, about, (flag) => String(flag) === 'true'),
    input: { value: 'BOOLEAN', replay, help, description, read },
  }
}
