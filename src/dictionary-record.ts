import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE } from 'js-yaml'
import type { ComparedResult } from './core/bench-facts.js'
import { compareIds, START_TEST } from './core/bench-ids.js'
import { readDictionary } from './core/dictionary.js'
import { type Comparison, compareResults } from './core/dictionary-compare.js'
import { STARTER_DICTIONARY } from './core/dictionary-default.js'
import { itemSet } from './core/dictionary-items.js'
import { SeaworthyError } from './core/problem.js'
import type { Path } from './core/yaml.js'

/** A piece of the text that is replaced; `start` = `end` puts in. */
interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface Recorded {
  readonly text: string
  /** What was changed, one line each, for whoever reviews it. */
  readonly changes: readonly string[]
}

/**
 * A dictionary that expects what this image gives today, for review. Of a file that is there, only what does not
 * fit is changed, and what it lacks is added: comments, order and all else stay as they are.
 *
 * What nobody looked at is never written down as expected, and expired entries are left to people.
 * @param existing text of the file, `null` where there is none: the starter is begun with
 * @param file as messages shall name it
 */
export function recordDictionary(
  existing: string | null,
  results: readonly ComparedResult[],
  about: { readonly file: string; readonly reference: string; readonly today: string },
): Recorded {
  const text = existing ?? STARTER_DICTIONARY
  const dictionary = readDictionary(text, about.file)
  const context = { ...about, evidence: new Set(EVIDENCE) }
  const compared = compareResults(results, dictionary, context).filter(({ id }) => id !== START_TEST)
  const tree = locate(text)
  const changes: string[] = []
  const splices: Splice[] = []
  for (const comparison of compared) {
    const { id, outcome, says, entry } = comparison
    if (outcome !== 'worse' && outcome !== 'better') continue
    if (entry === null || says?.word == null) continue
    changes.push(`${id}: ${comparison.because}`)
    splices.push(...changesOf(comparison, tree, text))
  }
  const added = compared.filter(({ outcome, says }) => outcome === 'new' && says?.word != null)
  for (const section of ['checks', 'runtime_checks'] as const) {
    const own = added.filter(({ id }) => (section === 'runtime_checks') === id.startsWith('5.'))
    if (own.length === 0) continue
    splices.push(additions(section, own, tree, text))
    changes.push(...own.map(({ id, says }) => `${id}: added, ${says?.word}`))
  }
  const recorded = splice(text, splices)
  prove(recorded, results, about)
  return { text: recorded, changes }
}

/** Recording is about Docker Bench alone: what other checks decide is not known here, and does not matter. */
const EVIDENCE = ['vulnerability-scan', 'setuid-scan', 'secret-scan', 'apt-signature-check']

/** New words in place of the old; new items in place of a rule that they break. */
function changesOf({ entry, says, outcome }: Comparison, tree: Located, text: string): Splice[] {
  if (entry === null || says === null) return []
  const here = find(tree, entry.path)
  if (here === null) return []
  const word = says.word ?? ''
  const splices: Splice[] = []
  if (!entry.expect.some((one) => one === word)) splices.push(put(here, 'expect', `[${word}]`, text))
  const items = entry.items
  const wrong = items !== null && entry.expect.some((one) => one === word)
  const unnamed = items === null && outcome === 'worse' && word === 'NOTE'
  if (wrong || unnamed) {
    const by = items?.by ?? 'whole'
    const found = itemSet(says.items, by).map((item) => JSON.stringify(item))
    const rule =
      items?.kind === 'count' || items?.kind === 'max'
        ? `${items.kind}: ${found.length}`
        : `subset_of: [${found.join(', ')}]`
    splices.push(put(here, 'items', `{${rule}${by === 'whole' ? '' : `, compare: ${by}`}}`, text))
  }
  return splices
}

/** The value of `key` in a mapping, replaced or put in as its first member. */
function put(node: Located, key: string, value: string, text: string): Splice {
  const there = node.children.get(key)
  if (there) return { start: there.start, end: there.end, text: value }
  const first = [...node.children.values()][0]
  if (first === undefined) return { start: node.start, end: node.end, text: `{${key}: ${value}}` }
  const at = first.keyStart
  if (node.flow) return { start: at, end: at, text: `${key}: ${value}, ` }
  return { start: at, end: at, text: `${key}: ${value}\n${' '.repeat(columnOf(text, at))}` }
}

function additions(section: string, added: readonly Comparison[], tree: Located, text: string): Splice {
  const lines = (indent: string) =>
    [...added]
      .sort((a, b) => compareIds(a.id, b.id))
      .map(({ id, says }) => `${indent}"${id}": {expect: [${says?.word}]}  # recorded, to be reviewed\n`)
      .join('')
  const node = tree.children.get(section)
  const last = node && [...node.children.values()].at(-1)
  if (node && last && !node.flow) {
    const end = endOfLine(text, last.end)
    const indent = ' '.repeat(columnOf(text, last.keyStart))
    return { start: end, end, text: `${text.charAt(end - 1) === '\n' ? '' : '\n'}${lines(indent)}` }
  }
  if (node) {
    // A flow mapping: its members go on before the closing bracket.
    const inner = added.map(({ id, says }) => `"${id}": {expect: [${says?.word}]}`).join(', ')
    const at = node.end - 1
    return { start: at, end: at, text: `${node.children.size > 0 ? ', ' : ''}${inner}` }
  }
  const end = text.length
  return { start: end, end, text: `${text.endsWith('\n') ? '' : '\n'}${section}:\n${lines('  ')}` }
}

/** What was written must be readable, and expect what was recorded; else it is a fault of ours. */
function prove(
  text: string,
  results: readonly ComparedResult[],
  about: { readonly file: string; readonly reference: string; readonly today: string },
): void {
  const context = { ...about, evidence: new Set(EVIDENCE) }
  const again = compareResults(results, readDictionary(text, about.file), context)
  const wrong = again.filter(
    ({ id, outcome, says }) =>
      id !== START_TEST && says?.word != null && ['worse', 'better', 'new'].includes(outcome),
  )
  if (wrong.length === 0) return
  throw new SeaworthyError({
    code: 'internal',
    what: `the recorded dictionary does not expect what was found: ${wrong.map(({ id }) => id).join(', ')}`,
    where: about.file,
    todo: 'report it with the file and the evidence',
  })
}

/** A value with its place in the text: offsets, its end not included. */
interface Located {
  readonly keyStart: number
  readonly start: number
  end: number
  readonly flow: boolean
  readonly children: Map<string | number, Located>
}

function locate(text: string): Located {
  const events = parseEvents(text, { maxDepth: 20 })
  let next = 0
  const read = (keyStart: number, after: number): Located => {
    const event = events[next++] as Event
    if (event.type === EVENT_ID.SCALAR) {
      const isQuoted =
        event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
      // A value that is left out has no place: it stands right after its key.
      const isEmpty = event.valueStart === -1
      const start = isEmpty ? after : event.valueStart - (isQuoted ? 1 : 0)
      const end = isEmpty ? after : event.valueEnd + (isQuoted ? 1 : 0)
      return { keyStart: keyStart === -1 ? start : keyStart, start, end, flow: true, children: new Map() }
    }
    const start = 'start' in event ? event.start : after
    const flow = text.charAt(start) === '{' || text.charAt(start) === '['
    const node: Located = {
      keyStart: keyStart === -1 ? start : keyStart,
      start,
      end: start,
      flow,
      children: new Map(),
    }
    let end = flow ? start + 1 : start
    while (events[next]?.type !== EVENT_ID.POP) {
      if (event.type === EVENT_ID.MAPPING) {
        const key = read(-1, end)
        const name = text.slice(key.start, key.end).replace(/^(["'])(.*)\1$/s, '$2')
        const value = read(key.start, text.indexOf(':', key.end) + 1)
        node.children.set(name, value)
        end = Math.max(key.end, value.end)
      } else {
        const item = read(-1, end)
        node.children.set(node.children.size, item)
        end = item.end
      }
    }
    next++
    node.end = flow ? closing(text, end) : end
    return node
  }
  next = events.findIndex(({ type }) => type === EVENT_ID.DOCUMENT) + 1
  return read(-1, 0)
}

/** The offset after the bracket that closes a flow collection whose last member ends at `from`. */
function closing(text: string, from: number): number {
  let at = from
  while (at < text.length && !/[\]}]/.test(text.charAt(at)))
    at = text.charAt(at) === '#' ? endOfLine(text, at) : at + 1
  return at + 1
}

function find(tree: Located, path: Path): Located | null {
  let node: Located | undefined = tree
  for (const step of path) node = node?.children.get(step)
  return node ?? null
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at + 1
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

function splice(text: string, splices: readonly Splice[]): string {
  // From the end on, so that the offsets before stay true.
  return [...splices]
    .sort((a, b) => b.start - a.start)
    .reduce((so, one) => so.slice(0, one.start) + one.text + so.slice(one.end), text)
}
