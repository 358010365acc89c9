import { incomplete, isRecord, type Json } from '../../../model/index.js'

// Reading answers of the Engine API. From API 1.52 on it leaves out empty fields, and old engines lack new
// ones. So a missing field, `null` and the field's empty value mean the same. A value of another type does not: it would
// be read as if nothing was set, which most rules expect.

/** The value at a path of keys; `undefined` if the path ends early. @throws SeaworthyError `evidence-incomplete` */
export function memberAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key, at) => {
    if (inner === undefined || inner === null) {
      return undefined
    }
    if (!isRecord(inner)) {
      throw otherType(keys.slice(0, at), 'an object')
    }
    return Object.hasOwn(inner, key) ? inner[key] : undefined
  }, value)
}

/** @throws SeaworthyError `evidence-incomplete` */
export function textAt(value: unknown, ...keys: readonly string[]): string {
  const found = memberAt(value, ...keys) ?? ''
  if (typeof found === 'string') {
    return found
  }
  throw otherType(keys, 'a text')
}

/** @throws SeaworthyError `evidence-incomplete` */
export function numberAt(value: unknown, ...keys: readonly string[]): number {
  const found = memberAt(value, ...keys) ?? 0
  if (typeof found === 'number') {
    return found
  }
  throw otherType(keys, 'a number')
}

/** @throws SeaworthyError `evidence-incomplete` */
export function flagAt(value: unknown, ...keys: readonly string[]): boolean {
  const found = memberAt(value, ...keys) ?? false
  if (typeof found === 'boolean') {
    return found
  }
  throw otherType(keys, 'true or false')
}

/** Empty if there is none. @throws SeaworthyError `evidence-incomplete` */
export function objectAt(value: unknown, ...keys: readonly string[]): Json {
  const found = memberAt(value, ...keys) ?? {}
  if (isRecord(found)) {
    return found
  }
  throw otherType(keys, 'an object')
}

/** @throws SeaworthyError `evidence-incomplete` */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = memberAt(value, ...keys) ?? []
  if (Array.isArray(found)) {
    return found
  }
  throw otherType(keys, 'a list')
}

/** @throws SeaworthyError `evidence-incomplete` */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  const found = listAt(value, ...keys)
  if (found.every((one) => typeof one === 'string')) {
    return found
  }
  throw otherType(keys, 'a list of texts')
}

function otherType(keys: readonly string[], expected: string) {
  const name = keys.join('.') || 'the answer'
  return incomplete(`${name} is not ${expected}, so it is not known what is set`, 'Docker engine')
}

/** The members of an object whose values are strings. */
export function membersAt(
  value: unknown,
  ...keys: readonly string[]
): readonly (readonly [string, string])[] {
  const found = Object.entries(objectAt(value, ...keys))
  return found.flatMap(([name, one]) => (typeof one === 'string' ? [[name, one] as const] : []))
}
