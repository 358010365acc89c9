import * as z from 'zod'
import { flagSchema } from '../shape.js'

/**
 * A setting of the gate that a policy file, or an input of the same name, may have. One row describes both
 * (thresholds.ts), and everything else is derived from it: types, defaults, gate.yml's keys and their schema, the
 * inputs.
 */
export interface Threshold<T> {
  readonly fallback: T
  /**
   * True if the requested value lets anything through that the one in force does not. Required, so that no row can
   * leave the order of its values open.
   */
  laxer(requested: T, current: T): boolean
  readonly file: FileKey<T>
  /** True if it says what to collect: a replay already has that. */
  readonly collects?: boolean
  /** `null` if only a policy file may set it. */
  readonly input: ThresholdInput<T> | null
}

export interface FileKey<T> {
  readonly schema: z.ZodType
  /** For editors, in the JSON Schema. */
  readonly about: string
  /** What the schema accepts. */
  read(raw: unknown): T
}

export interface ThresholdInput<T> {
  /** The flag's value, as `--help` shows it. */
  readonly value: string
  readonly help: string
  /** For action.yml and docs/inputs.md. */
  readonly description: string
  /** `undefined` if it is unset. */
  read(text: string): T | Refusal | undefined
}

/** Why a text is invalid: one line per error, to be put after the input's name. */
export interface Refusal {
  readonly refused: readonly string[]
}

export function refuse(...refused: readonly string[]): Refusal {
  return { refused }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}

/** Only makes the compiler check a row's type. */
export function threshold<T>(row: Threshold<T>): Threshold<T> {
  return row
}

export function fileKey<Raw>(schema: z.ZodType<Raw>, about: string): FileKey<Raw>
export function fileKey<Raw, T>(schema: z.ZodType<Raw>, about: string, of: (raw: Raw) => T): FileKey<T>
export function fileKey<Raw>(schema: z.ZodType<Raw>, about: string, of = (raw: Raw): unknown => raw) {
  return { schema, about, read: (raw: unknown) => of(schema.parse(raw)) }
}

export function keywordSchema<const Keywords extends readonly string[]>(keywords: Keywords, error: string) {
  return z.enum(keywords, { error })
}

/** A keyword of an input: `"x" is not one of a, b, c`, or for two `is not a or b`. */
export function oneOf<Keyword extends string>(text: string, keywords: readonly Keyword[]): Keyword | Refusal {
  const known = keywords.find((keyword) => keyword === text)
  if (known !== undefined) {
    return known
  }
  const which = keywords.length === 2 ? keywords.join(' or ') : `one of ${keywords.join(', ')}`
  return refuse(`${JSON.stringify(text)} is not ${which}`)
}

/** The parts between commas and blanks, each checked by a rule; nothing if there are only separators. */
export function listFrom(
  text: string,
  isGood: (item: string) => boolean,
  error: string,
): readonly string[] | Refusal | undefined {
  const items = text.split(/[\s,]+/).filter((item) => item !== '')
  const bad = items.filter((item) => !isGood(item))
  if (bad.length > 0) {
    return refuse(...bad.map((item) => `${JSON.stringify(item)} ${error}`))
  }
  return items.length === 0 ? undefined : items
}

/** A boolean that only a policy file may set, and that defaults to false. */
export function flagKey(
  laxer: (requested: boolean, current: boolean) => boolean,
  about: string,
): Threshold<boolean> {
  return {
    fallback: false,
    laxer,
    file: fileKey(flagSchema, about, (flag) => String(flag) === 'true'),
    input: null,
  }
}
