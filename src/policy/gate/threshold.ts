import type * as z from 'zod'

/**
 * A setting of the gate that a policy file, or an input of the same name, may have. One row describes both
 * (thresholds.ts), and everything else is derived from it: types, defaults, gate.yml's keys and their schema, the
 * inputs.
 */
export interface Threshold<T> {
  /** For people, without a full stop at its end; what is shown where is up to `textsOf`. */
  readonly text: string
  readonly fallback: T
  /** The default as people say it, if it is not in the text. */
  readonly unset?: string
  /**
   * True if the requested value lets anything through that the one in force does not. Required, so that no row can
   * leave the order of its values open.
   */
  laxer(requested: T, current: T): boolean
  readonly file: FileKey<T>
  /** True if it says what to collect: a replay already has that. */
  readonly collects?: boolean
  /** Without one, only a policy file may set it. */
  readonly input?: ThresholdInput<T>
}

export interface FileKey<T> {
  readonly schema: z.ZodType
  /** What the schema accepts. */
  read(raw: unknown): T
}

export interface ThresholdInput<T> {
  /** The flag's value, as `--help` shows it. */
  readonly value: string
  /** `undefined` if it is unset. */
  read(text: string): T | Refusal | undefined
}

/** The text of a threshold for an editor, for action.yml and docs/inputs.md, and for the flag: its first sentence. */
export function textsOf({ text, unset }: Pick<Threshold<never>, 'text' | 'unset'>) {
  const [first = ''] = text.split('. ')
  const [otherwise, helpDefault] =
    unset === undefined ? ['', ''] : [`, else ${unset}`, ` (default: ${unset})`]
  return {
    about: unset === undefined ? text : `${text}. Default: ${unset}`,
    description: `${text}. Default: gate.yml${otherwise}.`,
    help: `${first.charAt(0).toLowerCase()}${first.slice(1)}${helpDefault}`,
  }
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

export function fileKey<Raw>(schema: z.ZodType<Raw>): FileKey<Raw>
export function fileKey<Raw, T>(schema: z.ZodType<Raw>, of: (raw: Raw) => T): FileKey<T>
export function fileKey<Raw>(schema: z.ZodType<Raw>, of = (raw: Raw): unknown => raw) {
  return { schema, read: (raw: unknown) => of(schema.parse(raw)) }
}

/** An input whose text is the same as the value in gate.yml. */
export function sameInput<T>(value: string, { schema, read }: FileKey<T>): ThresholdInput<T> {
  return {
    value,
    read: (text) => {
      const [issue] = schema.safeParse(text).error?.issues ?? []
      return issue === undefined ? read(text) : refuse(`${JSON.stringify(text)} ${issue.message}`)
    },
  }
}

/** Completes a sentence about a value that is none of these words. */
export function notOneOf(keywords: readonly string[]): string {
  return keywords.length === 2
    ? `is neither ${keywords.join(' nor ')}`
    : `is not one of ${keywords.join(', ')}`
}

/** A keyword of an input. */
export function oneOf<Keyword extends string>(text: string, keywords: readonly Keyword[]): Keyword | Refusal {
  const known = keywords.find((keyword) => keyword === text)
  return known ?? refuse(`${JSON.stringify(text)} ${notOneOf(keywords)}`)
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

/** Whether one list names anything that the other does not. */
export function hasMore(requested: readonly string[], current: readonly string[]): boolean {
  return requested.some((one) => !current.includes(one))
}

/** The error for an empty list in gate.yml. */
export function noneIn(what: string, when: string): string {
  return `must contain at least one ${what}; omit the key ${when}`
}
