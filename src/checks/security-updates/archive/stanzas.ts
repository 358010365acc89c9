import { parseStanzas, type Stanza } from '../../../debian/control.js'
import { versionError } from '../../../debian/version.js'
import { SeaworthyError } from '../../../model/index.js'

/** Fields without which no version can be compared (https://wiki.debian.org/DebianRepository/Format). */
const REQUIRED_FIELDS = ['package', 'version', 'architecture']

/**
 * The stanzas of a Packages index. One that lacks a field that is needed is refused: dropping it would hide an update.
 * @param where name or address of the index, for the message
 * @throws SeaworthyError `archive-index-broken`
 */
export function indexStanzas(text: string, where: string): Stanza[] {
  const stanzas = parseWithPlace(text === '' || text.endsWith('\n') ? text : `${text}\n`, where)
  for (const { fields, line } of stanzas) {
    const name = fields.get('package') ?? ''
    const missing = REQUIRED_FIELDS.find((field) => !fields.get(field))
    if (missing !== undefined) {
      throw brokenIndex(`the stanza of ${JSON.stringify(name)} has no ${missing} field`, `${where}:${line}`)
    }
    const error = versionError(fields.get('version') ?? '')
    if (error !== null) {
      throw brokenIndex(`the stanza of ${JSON.stringify(name)}: ${error}`, `${where}:${line}`)
    }
  }
  return stanzas
}

function parseWithPlace(text: string, where: string): Stanza[] {
  try {
    return parseStanzas(text, where)
  } catch (error) {
    if (!(error instanceof SeaworthyError)) {
      throw error
    }
    throw brokenIndex(error.problem.what.replace(/^.*?damaged: /, ''), error.problem.where)
  }
}

function brokenIndex(why: string, where: string): SeaworthyError {
  return new SeaworthyError({
    code: 'archive-index-broken',
    what: `an archive index cannot be parsed: ${why}`,
    where,
    todo: 'collect the evidence again; if the error persists, set a different mirror with debian-mirror',
  })
}
