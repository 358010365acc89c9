import { readOrNull, SeaworthyError } from '../../model/index.js'
import { canonicalJson } from '../policy.js'
import { append, remove, type Splice, splice, yamlText } from '../yaml/edit.js'
import { walkYaml, type YamlNode } from '../yaml/walk.js'
import { readWhitelist } from './read.js'
import { DEFAULT_CHECK, type WhitelistEntry } from './schema.js'

export const EMPTY_WHITELIST = `# Findings that the gate accepts: known, low, not urgent. Each has a reason, an owner and an expiry date.
version: 1
entries: []
`

export type NewEntry = Omit<WhitelistEntry, 'place'>

/**
 * The text with these entries after the existing ones. All other lines stay as they are.
 * @throws SeaworthyError `policy-invalid` if the text is not a whitelist; `whitelist-uneditable` if it can't be
 * edited without changing more
 */
export function addEntries(text: string, file: string, added: readonly NewEntry[]): string {
  const before = readWhitelist(text, file)
  if (added.length === 0) {
    return text
  }
  const members = added.map((entry) => {
    const pairs = entryPairs(entry)
    return {
      lines: pairs.map((pair, index) => `${index === 0 ? '- ' : '  '}${pair}`),
      flow: `{${pairs.join(', ')}}`,
    }
  })
  const splices = append(text, rootOf(text, file), ENTRIES, members)
  return verifiedEdit(text, splices, file, [...before.entries, ...added])
}

/**
 * The text without the entries of these indexes. Comments on lines of their own, and blank lines, stay, even within
 * an entry.
 * @throws SeaworthyError like `addEntries`
 */
export function removeEntries(text: string, file: string, indexes: ReadonlySet<number>): string {
  const before = readWhitelist(text, file)
  if (indexes.size === 0) {
    return text
  }
  const splices = remove(text, rootOf(text, file), ENTRIES, indexes)
  return verifiedEdit(
    text,
    splices,
    file,
    before.entries.filter((_, index) => !indexes.has(index)),
  )
}

const ENTRIES = ['entries']

function rootOf(text: string, file: string): YamlNode {
  const walked = walkYaml(text)
  const root = 'documents' in walked ? walked.documents[0] : undefined
  // Bytes that are not UTF-8 were lost in reading: writing the text back would change their lines.
  if (root === undefined || text.includes('\uFFFD')) {
    throw uneditable(file)
  }
  return root
}

/** Keys and values of an entry as YAML, in writing order; defaults are left out. */
export function entryPairs(entry: NewEntry): string[] {
  const list = (items: readonly string[]) => `[${items.map((item) => yamlText(item, false)).join(', ')}]`
  return [
    `id: ${yamlText(entry.id)}`,
    ...subjectPairs(entry),
    ...(entry.check === DEFAULT_CHECK ? [] : [`check: ${entry.check}`]),
    ...(entry.releases === null ? [] : [`releases: ${list(entry.releases)}`]),
    ...(entry.images === null ? [] : [`images: ${list(entry.images)}`]),
    `reason: ${yamlText(entry.reason)}`,
    `owner: ${yamlText(entry.owner)}`,
    ...(entry.added === null ? [] : [`added: ${entry.added}`]),
    `expires: ${entry.expires}`,
    ...(entry.maxSeverity === 'low' ? [] : [`max-severity: ${entry.maxSeverity}`]),
    ...(entry.despiteKev ? ['despite: kev'] : []),
    ...(entry.despiteMalware ? ['despite: malware'] : []),
    ...(entry.justification === null ? [] : [`justification: ${entry.justification}`]),
  ]
}

function subjectPairs({ package: name, path, sha256, fingerprint }: NewEntry): string[] {
  if (path !== null) {
    return [
      `path: ${yamlText(path)}`,
      ...(sha256 === null ? [] : [`sha256: ${yamlText(sha256)}`]),
      ...(fingerprint === null ? [] : [`fingerprint: ${yamlText(fingerprint)}`]),
    ]
  }
  return name === null ? ['package: "*"', 'any-package: true'] : [`package: ${yamlText(name)}`]
}

/** The new text must parse to what was meant; otherwise nothing is written. */
function verifiedEdit(
  text: string,
  splices: readonly Splice[] | null,
  file: string,
  meant: readonly NewEntry[],
): string {
  if (splices === null) {
    throw uneditable(file)
  }
  const edited = splice(text, splices)
  const found = readOrNull(() => readWhitelist(edited, file).entries)
  if (canonicalJson(found, ['place']) !== canonicalJson(meant, ['place'])) {
    throw uneditable(file)
  }
  return edited
}

function uneditable(file: string): SeaworthyError {
  return new SeaworthyError({
    code: 'whitelist-uneditable',
    what: 'the file is written in a form that cannot be edited line by line, so it was left unchanged',
    where: file,
  })
}
