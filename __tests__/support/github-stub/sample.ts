import { DESCRIPTION } from './description.js'

type Schema = Readonly<Record<string, unknown>>

const whole = DESCRIPTION as Schema

/** The least that GitHub's description of an answer asks for, with this put over it. */
export function answerOf(path: string, method: string, status: number, over: object): object {
  const answer = at(whole, 'paths', path, method, 'responses', String(status))
  const schema = at(resolved(answer), 'content', 'application/json', 'schema')
  return merged(sampleOf(schema), over) as object
}

/** The same for one entry of an answer that is a list. */
export function entryOf(path: string, over: object): object {
  const answer = at(whole, 'paths', path, 'get', 'responses', '200')
  const schema = resolved(at(resolved(answer), 'content', 'application/json', 'schema'))
  return merged(sampleOf(schema.items), over) as object
}

function at(node: unknown, ...names: readonly string[]): unknown {
  return names.reduce((inner, name) => (inner as Schema | undefined)?.[name], node)
}

function resolved(node: unknown): Schema {
  const reference = (node as Schema | undefined)?.$ref
  return typeof reference === 'string'
    ? resolved(at(whole, ...reference.slice(2).split('/')))
    : ((node ?? {}) as Schema)
}

function sampleOf(node: unknown): unknown {
  const schema = resolved(node)
  const choice = (schema.oneOf ?? schema.anyOf) as unknown[] | undefined
  if (schema.nullable === true) {
    return null
  }
  if (choice !== undefined) {
    return sampleOf(choice[0])
  }
  if (Array.isArray(schema.allOf)) {
    return schema.allOf.map(sampleOf).reduce(merged)
  }
  if (Array.isArray(schema.enum)) {
    return schema.enum[0]
  }
  if (schema.type === 'array') {
    return []
  }
  if (schema.type === 'object') {
    const names = (schema.required ?? []) as string[]
    return Object.fromEntries(names.map((name) => [name, sampleOf(at(schema, 'properties', name))]))
  }
  if (schema.type === 'boolean') {
    return false
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return 1
  }
  return schema.format === 'date-time' ? '2026-11-24T06:00:00Z' : 'https://api.example.org/x'
}

function merged(under: unknown, over: unknown): unknown {
  const isPlain = (node: unknown): node is Schema =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
  if (!isPlain(under) || !isPlain(over)) {
    return over
  }
  const names = [...new Set([...Object.keys(under), ...Object.keys(over)])]
  return Object.fromEntries(
    names.map((name) => [name, name in over ? merged(under[name], over[name]) : under[name]]),
  )
}
