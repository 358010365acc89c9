import * as z from 'zod'

/** Parts of the schemas of report.json and of what findings and reasons are made of. */

export const text = z.string()
export const textOrNull = text.nullable()
export const count = z.int().min(0)
export const texts = z.array(text)
export const day = text.describe('YYYY-MM-DD, UTC')

export const PlaceSchema = z
  .strictObject({ file: text, line: count.describe('Counts from 1') })
  .meta({ id: 'Place' })

/** The type that a schema describes, readonly at every depth. */
export type TypeOf<Schema extends z.ZodType> = Frozen<z.infer<Schema>>

export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T
