/** What stands for a variable: its value, if it is set, and what is to be done if it is not. */
export interface Variables {
  /** `undefined`: it is not set. */
  readonly lookUp: (name: string) => string | undefined
  /** Stands for one that is not set and has no default, or throws. @param said after `:?` */
  readonly unset: (name: string, said: string | undefined) => string
  /** Stands for what is no variable, `${a.b}`, or throws. */
  readonly odd: (inner: string) => string
}

/**
 * A text with its variables filled in (Compose specification, "Interpolation"): `$NAME`, `${NAME}`, `${NAME:-default}`,
 * `${NAME:+other}`, `${NAME:?message}`, each also without the colon; `$$` is a dollar. A default is text: no variable of it
 * is filled in.
 */
export function interpolated(text: string, { lookUp, unset, odd }: Variables): string {
  return text.replace(
    // What is never closed is taken to its end at once: it must not be looked for from each brace again.
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
