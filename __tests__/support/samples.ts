import * as z from 'zod'

/** Samples by the name of a member, for those whose schema says more than their type. */
type Named = Readonly<Record<string, readonly unknown[]>>

/**
 * Values of a schema, so that each member has each of its forms in one of them: `null` and a value, each word of an
 * enum, an empty list and one with several members, an optional member and none. Texts have commas.
 */
export function samplesOf(schema: z.ZodType, named: Named = {}): readonly unknown[] {
  const of = (one: z.core.$ZodType) => samplesOf(one as z.ZodType, named)
  if (schema instanceof z.ZodOptional) {
    return [undefined, ...of(schema.unwrap())]
  }
  if (schema instanceof z.ZodNullable) {
    return [null, ...of(schema.unwrap())]
  }
  if (schema instanceof z.ZodArray) {
    return [[], of(schema.element)]
  }
  if (schema instanceof z.ZodEnum) {
    return schema.options
  }
  if (schema instanceof z.ZodLiteral) {
    return [...schema.values]
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.options.flatMap(of)
  }
  if (schema instanceof z.ZodRecord) {
    const values = of(schema.valueType)
    return [{}, { b: values.at(-1), a: values[0] }]
  }
  if (schema instanceof z.ZodObject) {
    return samplesOfMembers(schema, named)
  }
  const simple = [0, 3, false, true, 'one', 'two, three'].filter((one) => schema.safeParse(one).success)
  if (simple.length === 0) {
    throw new Error(`there is no sample of ${schema.type}`)
  }
  return simple
}

function samplesOfMembers({ shape }: z.ZodObject, named: Named): object[] {
  const members = Object.entries(shape).map(
    ([name, one]) => [name, named[name] ?? samplesOf(one as z.ZodType, named)] as const,
  )
  const most = Math.max(1, ...members.map(([, values]) => values.length))
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(
      members
        .map(([name, values]) => [name, values[at % values.length]] as const)
        .filter(([, value]) => value !== undefined),
    ),
  )
}
