import type { WhitelistEntry } from '../policy.js'

/** An entry that is to be written. */
export type NewEntry = Omit<WhitelistEntry, 'place'>

/** Keys and values of an entry as YAML, in the order in which they are written; what is the default is left out. */
export function entryPairs(entry: NewEntry): string[] {
  const list = (items: readonly string[]) => `[${items.map((item) => yamlText(item, false)).join(', ')}]`
  return [
    `id: ${yamlText(entry.id)}`,
    `package: ${entry.package === null ? '"*"' : yamlText(entry.package)}`,
    ...(entry.package === null ? ['any-package: true'] : []),
    ...(entry.check === 'clair' ? [] : [`check: ${entry.check}`]),
    ...(entry.releases === null ? [] : [`releases: ${list(entry.releases)}`]),
    ...(entry.images === null ? [] : [`images: ${list(entry.images)}`]),
    `reason: ${yamlText(entry.reason)}`,
    `owner: ${yamlText(entry.owner)}`,
    ...(entry.added === null ? [] : [`added: ${entry.added}`]),
    `expires: ${entry.expires}`,
    ...(entry.maxSeverity === 'low' ? [] : [`max-severity: ${entry.maxSeverity}`]),
    ...(entry.despiteKev ? ['despite: kev'] : []),
    ...(entry.justification === null ? [] : [`justification: ${entry.justification}`]),
  ]
}

/** What YAML reads as another thing than text, or as the start of one. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|[-~]?\.?(?:inf|nan))$/i

/**
 * A text as a YAML scalar on one line (YAML 1.2.2, 7.3): plain where every reader takes it for text, in block and in
 * flow, else in double quotes, with all that is not seen escaped.
 * @param mayBePlain false: always in quotes
 */
export function yamlText(text: string, mayBePlain = true): string {
  const isPlain = /^[A-Za-z](?:[\w+./-]|[ ,](?=[\w(]))*$/.test(text) && !WORDS.test(text)
  if (mayBePlain && isPlain && !text.includes(',')) return text
  return JSON.stringify(text).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\uFEFF/gu, (char) =>
    [...Array(char.length).keys()]
      .map((unit) => `\\u${char.charCodeAt(unit).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
