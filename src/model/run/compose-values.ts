import { isRecord, type Json } from '../json.js'
import { badOptions } from './spec.js'

/** Values of a compose file as strings; errors name the key. */
export const composeValue = { text, list, pairs, mapping }

/** What is in the braces of a variable: `NAME`, `NAME:-other` and so on. */
interface Variable {
  readonly name: string
  /** `-`, `+`, `?`, each also after a colon; or nothing. */
  readonly sign: string
  /** Plain text: variables in it are not filled in. */
  readonly other: string
}

/**
 * A text with its variables filled in (Compose specification, "Interpolation"); `$$` is a dollar.
 * @param fill gets `null` for one that has no valid form
 */
export function interpolated(
  text: string,
  fill: (variable: Variable | null, whole: string) => string,
): string {
  return text.replace(
    // An unclosed one extends to the end, so that the search does not start again at each brace.
    /\$(?:\$|\{([^}]*)(\}?)|([A-Za-z_]\w*))/g,
    (whole: string, inner?: string, close?: string, bare?: string) => {
      if (whole === '$$') {
        return '$'
      }
      const [, name, sign = '', other = ''] =
        /^([A-Za-z_]\w*)(?:(:?[-+?])([^$]*))?$/.exec(inner ?? bare ?? '') ?? []
      return fill(close === '' || name === undefined ? null : { name, sign, other }, whole)
    },
  )
}

/** A scalar as a string, with its variables replaced by their defaults. */
function text(value: unknown, key: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw badOptions('a single value is expected', key)
  }
  return interpolated(String(value), (variable, whole) => {
    if (variable?.sign.endsWith('-')) {
      return variable.other
    }
    const [, inner = '', close] = /^\$\{?([^}]*)(\}?)$/.exec(whole) ?? []
    throw badOptions(
      whole.startsWith('${') && close === ''
        ? `${JSON.stringify(whole.slice(0, 60))} has no closing brace`
        : `the variable ${JSON.stringify(inner)} has no default value`,
      key,
    )
  })
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

function mapping(value: unknown, key: string): Json {
  if (isRecord(value)) {
    return value
  }
  throw badOptions('a mapping (key: value) is expected', key)
}
