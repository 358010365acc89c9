import type { LineError } from '../model/index.js'
import { mappingOf } from './shape.js'
import type { YamlDocument } from './yaml/read.js'

/** Keys that there used to be, and what to do instead of each. */
export type StruckKeys = ReadonlyMap<string, string>

/** An old file must not lose a setting without an error. */
export function formerKeyErrors(document: YamlDocument, struck: StruckKeys): LineError[] {
  return Object.keys(mappingOf(document.value) ?? {}).flatMap((key) => {
    const advice = struck.get(key)
    const text = `${key}: this key no longer exists: ${advice}`
    return advice === undefined ? [] : [{ place: document.placeOf([key]), text }]
  })
}

/** Without keys that were already reported. */
export function withoutKeys(document: YamlDocument, isReported: (key: string) => boolean): YamlDocument {
  const value = mappingOf(document.value)
  if (value === null) {
    return document
  }
  const rest = Object.entries(value).filter(([key]) => !isReported(key))
  return { ...document, value: Object.assign(Object.create(null), Object.fromEntries(rest)) }
}
