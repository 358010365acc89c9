import { isRecord } from '../../src/model/json.js'

/** Keys of objects and indexes of lists, from the outermost one. */
export type Path = readonly (string | number)[]

const MISSING = Symbol('missing')
/** What a member may be in a damaged document: lost, or of another type. */
export const DAMAGES: readonly unknown[] = [MISSING, null, 5, {}, []]

/** The path of each member of a document, an outer one before its inner ones. */
export function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const keys = Array.isArray(value) ? [...value.keys()] : isRecord(value) ? Object.keys(value) : []
  return keys.flatMap((key) => [[...path, key], ...pathsIn(Reflect.get(Object(value), key), [...path, key])])
}

/** A copy with another value at a path. A list keeps its length: an entry that is missing is `null`, as in JSON. */
export function withValue<T>(document: T, path: Path, value: unknown): T {
  const copy = structuredClone(document)
  const parent = Object(
    path.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), copy),
  )
  const key = path.at(-1) ?? ''
  if (value !== MISSING) {
    Reflect.set(parent, key, value)
  } else if (Array.isArray(parent)) {
    Reflect.set(parent, key, null)
  } else {
    Reflect.deleteProperty(parent, key)
  }
  return copy
}
