import { isRecord } from '../../../model/index.js'

// Reading answers of the Engine API. From API 1.52 on it leaves out empty fields, and old engines lack new
// ones. So a missing field, `null` and the field's empty value mean the same.

/** The value at a path of keys; `undefined` if the path ends early. */
export function memberAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  )
}

export function textAt(value: unknown, ...keys: readonly string[]): string {
  const found = memberAt(value, ...keys)
  return typeof found === 'string' ? found : ''
}

export function numberAt(value: unknown, ...keys: readonly string[]): number {
  const found = memberAt(value, ...keys)
  return typeof found === 'number' ? found : 0
}

export function flagAt(value: unknown, ...keys: readonly string[]): boolean {
  return memberAt(value, ...keys) === true
}

export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = memberAt(value, ...keys)
  return Array.isArray(found) ? found : []
}

export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter((one) => typeof one === 'string')
}

/** The members of an object whose values are strings. */
export function membersAt(
  value: unknown,
  ...keys: readonly string[]
): readonly (readonly [string, string])[] {
  const found = memberAt(value, ...keys)
  return isRecord(found)
    ? Object.entries(found).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one] as const] : []))
    : []
}
