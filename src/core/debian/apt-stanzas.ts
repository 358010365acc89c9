import { aptStops } from './apt-stops.js'

/** A stanza of a file that people write by hand (sources in deb822 style, preferences). */
export interface AptStanza {
  /** Field name in lower case -> value; the lines of a folded one are joined by newlines. */
  readonly fields: ReadonlyMap<string, string>
  /** Number of the stanza in its file, from 1. */
  readonly number: number
}

/**
 * Reads such a file as apt does: comment lines anywhere, CRLF, any run of empty lines, no newline at the end
 * needed; of equal fields the last counts.
 * @throws SeaworthyError `apt-stops` for a line that is no field
 */
export function parseAptStanzas(text: string, path: string): AptStanza[] {
  const stanzas: AptStanza[] = []
  let fields = new Map<string, string>()
  let last: string | null = null
  const close = () => {
    if (fields.size > 0) stanzas.push({ fields, number: stanzas.length + 1 })
    fields = new Map()
    last = null
  }
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\s+$/, '')
    if (line.startsWith('#')) return
    if (line === '') {
      // A comment between two stanzas ends none; an empty line does.
      if (raw.trim() === '') close()
      return
    }
    if (/^[ \t]/.test(line)) {
      if (last !== null) fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`)
      return
    }
    const colon = line.indexOf(':')
    if (colon < 1) {
      throw aptStops(`Unable to parse package file /${path} (${index + 1})`, `${path}:${index + 1}`)
    }
    last = line.slice(0, colon).trim().toLowerCase()
    fields.set(last, line.slice(colon + 1).trim())
  })
  close()
  return stanzas
}
