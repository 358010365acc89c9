import { SeaworthyError } from '../../model/problem.js'
import type { Whitelist } from '../policy.js'
import { endOfLine, type SpanNode, spansOf, startOfLine } from '../yaml/spans.js'
import { readWhitelist } from './file.js'
import { entryPairs, type NewEntry } from './text.js'

/** What a whitelist is begun with. */
export const EMPTY_WHITELIST = `# Known, low, not urgent: what the gate accepts, each with a reason, an owner, and a last day.
version: 1
entries: []
`

const BOM = '\uFEFF'

/** A piece of the text that is replaced; `start` = `end` puts in. */
interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The text with these entries behind those that are there. All other lines stay as they are.
 * @param file as messages shall name it
 * @throws SeaworthyError `policy-invalid` where the text is no whitelist; `whitelist-uneditable` where it can't be
 * edited without touching more
 */
export function addEntries(text: string, file: string, added: readonly NewEntry[]): string {
  const before = readWhitelist(text, file)
  if (added.length === 0) return text
  const edited = splice(text, additions(text, file, added))
  return proven(edited, file, [...before.entries, ...added])
}

/**
 * The text without the entries of these indexes. Comments that have a line of their own, and blank lines, stay, also
 * those within an entry.
 * @throws SeaworthyError as `addEntries`
 */
export function removeEntries(text: string, file: string, indexes: ReadonlySet<number>): string {
  const before = readWhitelist(text, file)
  if (indexes.size === 0) return text
  const edited = splice(text, removals(text, file, indexes))
  return proven(
    edited,
    file,
    before.entries.filter((_, index) => !indexes.has(index)),
  )
}

interface EntriesAt {
  readonly key: SpanNode
  readonly list: SpanNode
  /** The whole document is one flow mapping, such as JSON. */
  readonly inFlow: boolean
}

function entriesAt(text: string, file: string): EntriesAt {
  // Bytes that are no UTF-8 were lost in reading: written again, their lines would be others.
  if (text.includes('\uFFFD')) throw uneditable(file)
  const root = spansOf(text)
  const at = root?.children.findIndex(
    ({ start, end }, index) => index % 2 === 0 && /^["']?entries["']?$/.test(text.slice(start, end)),
  )
  const key = root?.children[at ?? -1]
  const list = root?.children[(at ?? -1) + 1]
  if (!root || !key || !list || list.kind !== 'list') throw uneditable(file)
  return { key, list, inFlow: root.flow }
}

function additions(text: string, file: string, added: readonly NewEntry[]): Splice[] {
  const { key, list, inFlow } = entriesAt(text, file)
  const last = list.children.at(-1)
  const put = (at: number, words: string): Splice => ({ start: at, end: at, text: words })
  const eol = /\r\n?|\n/.exec(text)?.[0] ?? '\n'
  const isPlainEmpty = /^\[[ \t]*\]$/.test(text.slice(list.start, list.end))
  if (list.flow && (inFlow || !isPlainEmpty)) {
    const items = added.map((entry) => `{${entryPairs(entry).join(', ')}}`).join(', ')
    return [last ? put(last.end, `, ${items}`) : put(list.start + 1, items)]
  }
  const column = last ? columnOf(text, list.start) : columnOf(text, key.start) + 2
  const indent = ' '.repeat(column)
  const lines = added.flatMap((entry) =>
    entryPairs(entry).map((pair, index) => `${indent}${index === 0 ? '- ' : '  '}${pair}`),
  )
  const at = endOfLine(text, (last ?? list).end)
  const isLastLine = !/[\r\n]$/.test(text.slice(0, at))
  const words = isLastLine ? `${eol}${lines.join(eol)}` : `${lines.join(eol)}${eol}`
  if (last) return [put(at, words)]
  // `entries: []` becomes a block; a comment behind it stays where it is.
  const gap = /[ \t]*$/.exec(text.slice(0, list.start))?.[0].length ?? 0
  return [{ start: list.start - gap, end: list.end, text: '' }, put(at, words)]
}

function removals(text: string, file: string, indexes: ReadonlySet<number>): Splice[] {
  const { key, list } = entriesAt(text, file)
  const column = columnOf(text, list.start)
  const splices = list.children.flatMap((item, index) => {
    if (!indexes.has(index)) return []
    return list.flow ? cut(text, item.start, afterComma(text, item.end), item) : cutLines(text, item, column)
  })
  if (list.flow || indexes.size < list.children.length) return splices
  const colon = text.indexOf(':', key.end) + 1
  return [...splices, { start: colon, end: colon, text: ' []' }]
}

/** The lines of a block item, from its dash on. */
function cutLines(text: string, item: SpanNode, column: number): Splice[] {
  let start = startOfLine(text, item.start)
  // The dash may stand alone, in a line above.
  while (text.charAt(start + column) !== '-' && start > 0) start = startOfLine(text, start - 1)
  return cut(text, start, endOfLine(text, item.end), item)
}

/** Takes out a range, but neither comments that have a line of their own nor blank lines, unless in a scalar. */
function cut(text: string, start: number, end: number, item: SpanNode): Splice[] {
  const scalars = scalarsOf(item)
  const splices: Splice[] = []
  for (let at = start; at < end; ) {
    const next = Math.min(end, endOfLine(text, at))
    const line = text.slice(at, next)
    const first = at + (/\S/.exec(line)?.index ?? 0)
    const inScalar = scalars.some((one) => one.start <= first && first < one.end)
    const isWhole = at === startOfLine(text, at)
    if (!isWhole || inScalar || /^[ \t]*[^\s#]/.test(line)) splices.push(wholeLine(text, at, next))
    at = next
  }
  return splices
}

/** Where nothing else is left of the line, its break goes too. */
function wholeLine(text: string, start: number, end: number): Splice {
  const begin = startOfLine(text, start)
  const stop = endOfLine(text, Math.max(start, end - 1))
  const left = text.slice(begin, start) + text.slice(end, stop)
  return left.trim() === '' ? { start: begin, end: stop, text: '' } : { start, end, text: '' }
}

/** The offset behind the comma that follows a flow item, or behind the item where none does. */
function afterComma(text: string, end: number): number {
  let at = end
  while (at < text.length && /[\s#]/.test(text.charAt(at)))
    at = text.charAt(at) === '#' ? endOfLine(text, at) : at + 1
  // A comma behind a comment or in a later line would take that along: it is put there by hand, and rare.
  return text.charAt(at) === ',' && !/[\r\n]/.test(text.slice(end, at)) ? at + 1 : end
}

function columnOf(text: string, at: number): number {
  const start = startOfLine(text, at)
  return at - start - (text.charAt(start) === BOM ? 1 : 0)
}

function scalarsOf(node: SpanNode): SpanNode[] {
  return node.kind === 'scalar' ? [node] : node.children.flatMap(scalarsOf)
}

function splice(text: string, splices: readonly Splice[]): string {
  const parts: string[] = []
  let at = 0
  for (const one of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(at, one.start), one.text)
    at = Math.max(at, one.end)
  }
  return [...parts, text.slice(at)].join('')
}

/** What would be written must read as what was meant; else nothing is written. */
function proven(text: string, file: string, meant: readonly NewEntry[]): string {
  let found: Whitelist
  try {
    found = readWhitelist(text, file)
  } catch {
    throw uneditable(file)
  }
  if (canonical(found.entries) !== canonical(meant)) throw uneditable(file)
  return text
}

function canonical(entries: readonly NewEntry[]): string {
  return JSON.stringify(entries.map(ordered))
}

/** Keys in one order, whoever made the entry. */
function ordered(entry: NewEntry): [string, unknown][] {
  const pairs = Object.entries(entry).filter(([key]) => key !== 'place')
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1))
}

function uneditable(file: string): SeaworthyError {
  return new SeaworthyError({
    code: 'whitelist-uneditable',
    what: 'the file is written in a way that cannot be edited line by line; nothing was written',
    where: file,
  })
}
