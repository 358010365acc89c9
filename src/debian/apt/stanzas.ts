import { withoutEnd } from '../../model/index.js'

/** What C's isspace(3), and so apt, treats as a blank: not a no-break space, nor a byte order mark. */
const BLANKS = ' \t\n\v\f\r'

export function trimBlanks(text: string): string {
  return withoutEnd(text, BLANKS).replace(/^[ \t\n\v\f\r]+/, '')
}

/** A boolean word as apt reads it (strutl, StringToBool); `null` if it is unset or none. */
export function aptBoolean(text: string | undefined): boolean | null {
  const lowerText = text?.toLowerCase() ?? ''
  const number = /^[+-]?\d+$/.test(lowerText) ? Number(lowerText) : null
  if (number === 0 || ['no', 'false', 'without', 'off', 'disable'].includes(lowerText)) {
    return false
  }
  return number === 1 || ['yes', 'true', 'with', 'on', 'enable'].includes(lowerText) ? true : null
}

export function splitFields(text: string): string[] {
  return text.split(/[ \t\n\v\f\r]+/).filter((field) => field !== '')
}

/** A stanza of a hand-written file (sources in deb822 style, preferences). */
export interface AptStanza {
  /** Lower-case field name -> value; lines of a folded value are joined by newlines. */
  readonly fields: ReadonlyMap<string, string>
  /** Number of the stanza in its file, from 1. */
  readonly number: number
}

/**
 * Reads such a file as apt does: comment lines anywhere, CRLF, any number of empty lines, no final newline
 * needed. Of equal fields the last counts. A line that is not a field swallows the next field, because its
 * name is read up to the next colon.
 */
export function parseAptStanzas(text: string): AptStanza[] {
  const stanzas: AptStanza[] = []
  let fields = new Map<string, string>()
  let last: string | null = null
  let swallowed = false
  const close = () => {
    if (fields.size > 0) {
      stanzas.push({ fields, number: stanzas.length + 1 })
    }
    fields = new Map()
    last = null
    swallowed = false
  }
  for (const raw of text.split('\n')) {
    if (raw.startsWith('#')) {
      continue
    }
    const line = trimBlanks(raw)
    if (line === '') {
      close()
      continue
    }
    if (/^[ \t]/.test(raw)) {
      if (last !== null) {
        fields.set(last, `${fields.get(last) ?? ''}\n${line}`)
      }
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) {
      swallowed = true
      continue
    }
    if (swallowed) {
      swallowed = false
      last = null
      continue
    }
    last = trimBlanks(line.slice(0, colon)).toLowerCase()
    fields.set(last, trimBlanks(line.slice(colon + 1)))
  }
  close()
  return stanzas
}
