import { EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml'
import type { Place } from '../../model/place.js'
import { type PolicyFault, shown } from '../faults.js'

/** Keys of mappings and indexes of lists, from the root. */
export type Path = readonly (string | number)[]

/** A YAML document read strictly: every scalar is text, mappings have no prototype. */
export interface YamlDocument {
  /** `undefined` where there is no document, or none that can be parsed. */
  readonly value: unknown
  /** All faults of the YAML itself; of faults in the syntax only the first is known. */
  readonly faults: readonly PolicyFault[]
  /** Line of the value at `path` (of its key, in a mapping); of the nearest value above where there is none. */
  placeOf(path: Path): Place
  /** True where a fault was found at `path` or above it: no use in complaining about the value too. */
  isFaulty(path: Path): boolean
}

/** Room for a whitelist of 10,000 entries with long reasons. */
const MAX_LENGTH = 4 * 1024 * 1024
const MAX_DEPTH = 20

interface Node {
  readonly line: number
  readonly children: Map<string | number, Node>
  value: unknown
  isFaulty: boolean
}

type Fault = (line: number, text: string) => void

/** Reads one YAML document of at most 4 Mi characters and 20 levels. Anchors, aliases, tags and merge keys are faults. */
export function readYaml(text: string, file: string): YamlDocument {
  const faults: PolicyFault[] = []
  const fault: Fault = (line, words) => faults.push({ place: { file, line }, text: words })
  const root = text.length > MAX_LENGTH ? tooLong(text, fault) : readRoot(text, fault)
  const walk = (path: Path): Node[] => {
    const nodes = [root]
    for (const step of path) {
      const next = nodes.at(-1)?.children.get(step)
      if (next === undefined) break
      nodes.push(next)
    }
    return nodes
  }
  return {
    value: root.value,
    faults,
    placeOf: (path) => ({ file, line: walk(path).at(-1)?.line ?? 1 }),
    isFaulty: (path) => walk(path).some((node) => node.isFaulty),
  }
}

function newNode(line: number, value?: unknown): Node {
  return { line, children: new Map(), value, isFaulty: false }
}

function tooLong(text: string, fault: Fault): Node {
  fault(1, `the file is too long: ${text.length} characters, at most ${MAX_LENGTH}`)
  return { ...newNode(1), isFaulty: true }
}

/** Entries that were pasted below an empty list, as a new whitelist has it. */
const LIST_AFTER_EMPTY = /^([\w-]+):[ \t]*\[\][ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*- /m

function readRoot(text: string, fault: Fault): Node {
  const lineOf = lineCounter(text)
  const failed = { ...newNode(1), isFaulty: true }
  let events: Event[]
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const why = error.reason.replace(/\s+/g, ' ').slice(0, 200)
    const [, key] = LIST_AFTER_EMPTY.exec(text) ?? []
    const hint = key === undefined ? '' : `; a list follows "${key}: []": take [] away`
    fault(lineOf(error.mark?.position ?? 0), `not YAML: ${why}${hint}`)
    return failed
  }
  const documents = events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length
  if (documents === 1) return readNode({ text, events, next: 1, lineOf, line: 1, fault }, null)
  fault(1, documents === 0 ? 'the file is empty' : `one document is expected, not ${documents}`)
  return failed
}

interface Reader {
  readonly text: string
  readonly events: readonly Event[]
  /** Index of the event to be read next. */
  next: number
  readonly lineOf: (offset: number) => number
  /** Line of the last thing seen, for what has no offset of its own (an empty value). */
  line: number
  readonly fault: Fault
}

/** Reads the value that begins at the next event. Depth is bounded by the parser. */
function readNode(reader: Reader, keyLine: number | null): Node {
  const event = reader.events[reader.next++]
  if (event === undefined) throw new Error('the YAML parser ended inside a document')
  const start = startOf(event)
  if (start !== -1) reader.line = reader.lineOf(start)
  const line = keyLine ?? reader.line
  const node = newNode(line)
  refuseExtras(event, line, node, reader.fault)
  if (event.type === EVENT_ID.SCALAR) node.value = getScalarValue(reader.text, event)
  if (event.type === EVENT_ID.SEQUENCE) readSequence(reader, node)
  if (event.type === EVENT_ID.MAPPING) readMapping(reader, node)
  return node
}

function readSequence(reader: Reader, node: Node): void {
  const items: unknown[] = []
  while (!atEnd(reader)) {
    const item = readNode(reader, null)
    node.children.set(items.length, item)
    items.push(item.value)
  }
  node.value = items
}

function readMapping(reader: Reader, node: Node): void {
  const members: Record<string, unknown> = Object.create(null)
  while (!atEnd(reader)) {
    const key = readNode(reader, null)
    const value = readNode(reader, key.line)
    if (typeof key.value !== 'string') {
      if (!key.isFaulty) reader.fault(key.line, 'a key must be text')
      continue
    }
    const earlier = node.children.get(key.value)
    if (earlier !== undefined) {
      reader.fault(key.line, `the key ${shown(key.value)} is there twice, first in line ${earlier.line}`)
      continue
    }
    if (key.value === '<<') {
      reader.fault(key.line, 'merge keys (<<) are not allowed')
      continue
    }
    node.children.set(key.value, value)
    members[key.value] = value.value
  }
  node.value = members
}

/** Steps over the end of a collection. */
function atEnd(reader: Reader): boolean {
  if (reader.events[reader.next]?.type !== EVENT_ID.POP) return false
  reader.next++
  return true
}

/** What would let a policy say more than what is written. An alias is never followed: it has no value here. */
function refuseExtras(event: Event, line: number, node: Node, fault: Fault): void {
  if (event.type === EVENT_ID.ALIAS) {
    fault(line, 'aliases (*) are not allowed')
    node.isFaulty = true
  } else if ('anchorStart' in event && event.anchorStart !== -1) {
    fault(line, 'anchors (&) are not allowed')
  }
  if ('tagStart' in event && event.tagStart !== -1) fault(line, 'tags (!) are not allowed')
}

/** Offset of an event in the text, -1 where it has none. */
function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart
  return 'start' in event ? event.start : -1
}

/** Line, from 1, of an offset. YAML knows three line ends: LF, CR LF and CR. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
