import { schemaNamed } from './api.js'

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

const FORMATS: Readonly<Record<string, string>> = {
  uri: 'https://api.example.org/x',
  'date-time': '2026-11-24T06:00:00Z',
  email: 'someone@example.org',
}

/**
 * The smallest value that a schema of GitHub's description allows: what it requires, and nothing else. With the parts
 * that a test is about it makes an answer as large as GitHub's own, which nobody wants to write.
 */
export function minimal(
  name: string,
  parts: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { ...(example(schemaNamed(name) as Schema) as Record<string, unknown>), ...parts }
}

function example(schema: Schema): unknown {
  if (schema.$ref !== undefined) {
    return schema.nullable ? null : example(schemaNamed(schema.$ref.split('/').pop() ?? '') as Schema)
  }
  if (schema.nullable) {
    return null
  }
  if (schema.enum?.includes(null)) {
    return null
  }
  if (schema.enum) {
    return schema.enum[0]
  }
  const choice = schema.anyOf ?? schema.oneOf
  if (choice?.[0] !== undefined) {
    return example(choice[0])
  }
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map(example))
  }
  if (schema.type === 'array') {
    return []
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return 1
  }
  if (schema.type === 'boolean') {
    return false
  }
  if (schema.type === 'string') {
    return FORMATS[schema.format ?? ''] ?? 'x'
  }
  const { properties = {}, required = [] } = schema
  return Object.fromEntries(
    required.map((key) => [key, properties[key] === undefined ? {} : example(properties[key])]),
  )
}
