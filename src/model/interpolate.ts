/** How variables are resolved: a variable's value, if it is set, and what to do if it is not. */
export interface Variables {
  /** `undefined`: it is not set. */
  readonly lookUp: (name: string) => string | undefined
  /** The replacement for one that is not set and has no default; may throw. @param said the text after `:?` */
  readonly unset: (name: string, said: string | undefined) => string
  /** The replacement for something that is not a variable, `${a.b}`; may throw. */
  readonly odd: (inner: string) => string
}

/**
 * A text with its variables filled in (Compose specification, "Interpolation"): `$NAME`, `${NAME}`,
 * `${NAME:-default}`, `${NAME:+other}`, `${NAME:?message}`, each also without the colon; `$$` is a dollar. A default
 * is plain text: variables in it are not filled in.
 */
export function interpolated(text: string, { lookUp, unset, odd }: Variables): string {
  return text.replace(
    // An unclosed one extends to the end, so that the search does not start again at each brace.
    /\$(?:\$|\{([^}]*)(\}?)|([A-Za-z_]\w*))/g,
    (whole: string, inner?: string, close?: string, bare?: string) => {
      if (whole === '$$') {
        return '$'
      }
      if (close === '') {
        return whole
      }
      const [, name, sign, other = ''] =
        /^([A-Za-z_]\w*)(?:(:?[-+?])([^$]*))?$/.exec(inner ?? bare ?? '') ?? []
      if (name === undefined) {
        return odd(inner ?? '')
      }
      const value = lookUp(name)
      const isSet = value !== undefined && !(sign?.startsWith(':') && value === '')
      if (sign?.endsWith('+')) {
        return isSet ? other : ''
      }
      if (isSet) {
        return value
      }
      return sign?.endsWith('-') ? other : unset(name, sign === undefined ? undefined : other)
    },
  )
}
