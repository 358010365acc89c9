import { type InstalledPackage, SeaworthyError } from '../model/index.js'

export interface Stanza {
  /** Lower-case field name -> value without surrounding blanks; lines of a folded value keep theirs. */
  readonly fields: ReadonlyMap<string, string>
  /** Line of its first field, from 1. */
  readonly line: number
}

/**
 * Reads the stanzas of a deb822(5) file (dpkg status, Packages index). Accepts and refuses what dpkg does in
 * its status file, so a truncated or damaged file never looks like one with fewer packages.
 * @param file only for the message
 * @param required field that each stanza must have, in lower case; `null` for none
 * @throws SeaworthyError `dpkg-status-broken` with the line of the first error
 */
export function parseStanzas(text: string, file: string, required: string | null = 'package'): Stanza[] {
  refuseNul(text, file)
  const stanzas: Stanza[] = []
  const names = new Map<string, string>()
  let fields: Map<string, string> | null = null
  let start = 0
  let line = 0
  let at = 0
  const close = () => {
    if (fields === null) {
      return
    }
    if (required !== null && !fields.get(required)) {
      throw brokenControl(file, start, `this stanza has no ${required} field`)
    }
    stanzas.push({ fields, line: start })
    fields = null
  }
  while (at < text.length) {
    line++
    let end = endOfLine(text, at, file, line)
    if (end === at) {
      close()
      at = end + 1
      continue
    }
    if (isBlank(text, at)) {
      throw brokenControl(file, line, 'this continuation line has no field before it')
    }
    if (fields === null) {
      fields = new Map()
      start = line
    }
    const colon = text.indexOf(':', at)
    if (colon === -1 || colon > end) {
      throw brokenControl(file, line, 'this line has no colon')
    }
    const written = text.slice(at, colon)
    let name = names.get(written)
    if (name === undefined) {
      name = fieldName(written, file, line)
      names.set(written, name)
    }
    if (fields.has(name)) {
      throw brokenControl(file, line, `the field ${name} appears twice`)
    }
    while (isBlank(text, end + 1)) {
      line++
      end = endOfLine(text, end + 1, file, line)
    }
    fields.set(name, text.slice(colon + 1, end).trim())
    at = end + 1
  }
  close()
  return stanzas
}

/** The error for a control file that cannot be trusted; also for errors that only a field's meaning shows. */
export function brokenControl(file: string, line: number, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'dpkg-status-broken',
    what: `the package database is damaged: ${what}`,
    where: `${file}:${line}`,
  })
}

/** Every line ends in a newline, the last one too: dpkg refuses "end of file during value of field". */
function endOfLine(text: string, from: number, file: string, line: number): number {
  const end = text.indexOf('\n', from)
  if (end === -1) {
    throw brokenControl(file, line, 'the file ends in the middle of a line')
  }
  return end
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09
}

/** dpkg allows blanks between name and colon, but none inside, and no hyphen at the start. */
function fieldName(written: string, file: string, line: number): string {
  const name = written.trimEnd().toLowerCase()
  if (name === '' || name.startsWith('-') || /\s/.test(name)) {
    throw brokenControl(file, line, `${JSON.stringify(written.slice(0, 60))} is not a valid field name`)
  }
  return name
}

function refuseNul(text: string, file: string): void {
  const nul = text.indexOf('\0')
  if (nul === -1) {
    return
  }
  const line = text.slice(0, nul).split('\n').length
  throw brokenControl(file, line, 'it contains a NUL byte')
}

export interface InstalledStanza {
  readonly package: InstalledPackage
  readonly stanza: Stanza
}
