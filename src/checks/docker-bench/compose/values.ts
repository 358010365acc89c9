import { isRecord } from '../../../model/json.js'
import { badOptions } from '../run/spec.js'
import { splitArguments } from '../run/split-arguments.js'

type Mapping = Readonly<Record<string, unknown>>

/** Values of a compose file as strings; errors name the key. */
export const composeValue = { text, list, pairs, mapping, args: (line: string) => splitArguments(line, true) }

/**
 * A scalar as a string, with its variables replaced by their defaults (Compose specification,
 * "Interpolation").
 */
function text(value: unknown, key: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw badOptions('a single value is expected', key)
  }
  return String(value).replace(
    /\$(?:\$|\{([^}]*)(\}?)|([A-Za-z_]\w*))/g,
    (whole: string, inner?: string, close?: string, bare?: string) => {
      if (whole === '$$') {
        return '$'
      }
      if (close === '') {
        throw badOptions(`${JSON.stringify(whole.slice(0, 60))} has no closing brace`, key)
      }
      const fallback = /^[A-Za-z_]\w*:?-([^$]*)$/.exec(inner ?? '')
      if (fallback) {
        return fallback[1] ?? ''
      }
      throw badOptions(`the variable ${JSON.stringify(inner ?? bare)} has no default value`, key)
    },
  )
}

function list(value: unknown, key: string): readonly unknown[] {
  if (Array.isArray(value)) {
    return value
  }
  if (typeof value === 'object' && value !== null) {
    throw badOptions('a list is expected', key)
  }
  return [value]
}

/** `name=value` from a mapping, or from a list of such strings. */
function pairs(value: unknown, key: string): string[] {
  if (Array.isArray(value)) {
    return value.map((item) => text(item, key))
  }
  return Object.entries(mapping(value, key)).map(([name, item]) =>
    item === null ? name : `${name}=${text(item, key)}`,
  )
}

function mapping(value: unknown, key: string): Mapping {
  if (isRecord(value)) {
    return value
  }
  throw badOptions('a mapping (key: value) is expected', key)
}
