import * as z from 'zod'
import { flagSchema } from '../shape.js'
import { type FileKey, fileKey, notOneOf, sameInput, type Threshold } from './threshold.js'

/**
 * The kinds of thresholds: keywords, numbers and days. A list, a mapping, a date or any other text has no order that
 * holds for all of its kind: its row says how two of its values are compared.
 */
type Row<T> = Omit<Threshold<T>, 'laxer'> & Partial<Pick<Threshold<T>, 'laxer'>>

interface KeywordRow<T extends string | null> extends Omit<Row<T>, 'file' | 'input'> {
  /** Strictest first, unless `laxer` compares them. */
  readonly keywords: readonly NonNullable<T>[]
  /** Former keywords, with today's. */
  readonly former?: Readonly<Record<string, NonNullable<T>>>
  readonly isInput?: boolean
}

export function keywordThreshold<T extends string | null>(all: KeywordRow<T>): Threshold<T> {
  const { keywords, former, isInput = false, ...row } = all
  const order: readonly (string | null)[] = keywords
  const keyword = keywordSchema(keywords, former)
  // An editor reads true and false as booleans.
  const schema = order.includes('true')
    ? z.union([keyword, z.boolean()], { error: notOneOf(keywords) })
    : keyword
  const file = fileKey<unknown, T>(schema, (value) => String(value) as NonNullable<T>)
  return {
    unset: String(row.fallback),
    laxer: (requested, current) => order.indexOf(requested) > order.indexOf(current),
    ...row,
    file,
    ...(isInput && { input: sameInput('WORD', file) }),
  }
}

/** @param former keywords that there used to be, with today's */
export function keywordSchema<Keyword extends string>(
  keywords: readonly Keyword[],
  former: Readonly<Record<string, string>> = {},
) {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === 'string' && Object.hasOwn(former, input)
      ? `no longer exists; write ${former[input]}`
      : notOneOf(keywords)
  return z.enum(keywords, { error })
}

/** True or false; false by default. */
export function flagThreshold(strict: boolean, text: string): Threshold<boolean> {
  return {
    text,
    fallback: false,
    unset: 'false',
    laxer: (requested, current) => requested !== current && current === strict,
    file: fileKey(flagSchema, (flag) => String(flag) === 'true'),
  }
}

/** A number, in any unit: a larger one is laxer, and none is the laxest. */
export function numberThreshold<T extends number | null>(row: Row<T>): Threshold<T> {
  return {
    unset: String(row.fallback),
    laxer: (requested, current) => current !== null && (requested === null || requested > current),
    ...row,
  }
}

export function numberKey(range: z.ZodNumber, which: string): FileKey<number> {
  return fileKey(numberSchema(range, which), Number)
}

/** As text, or as a number for editors. @param which completes "is not a number" */
export function numberSchema(
  range: z.ZodNumber,
  which: string,
  form = /^\d+(?:\.\d+)?$/,
  read: (text: string) => number = Number,
) {
  const error = `is not a number ${which}`
  const text = z.string().regex(form, error)
  return z.union([text.refine((value) => range.safeParse(read(value)).success, error), range], { error })
}

/** A number of days: 14 or 14d. */
export function daysThreshold(from: number, to: number, row: Omit<Row<number>, 'file'>): Threshold<number> {
  return numberThreshold({ ...row, file: fileKey(daysSchema(from, to), daysOf) })
}

export function daysSchema(from: number, to: number) {
  const which = `of days from ${from} to ${to}, such as 14d`
  return numberSchema(z.int().min(from).max(to), which, /^\d+d?$/, daysOf)
}

export function daysOf(raw: string | number): number {
  return Number.parseInt(String(raw), 10)
}
