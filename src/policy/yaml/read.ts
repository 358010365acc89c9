import type { LineError, Place } from '../../model/index.js'
import { shown } from '../errors.js'
import { lineCounter } from './lines.js'
import { walkYaml, type YamlNode } from './walk.js'

/** Keys of mappings and indexes of lists, from the root. */
export type Path = readonly (string | number)[]

/** A YAML document read strictly: every scalar is text, mappings have no prototype. */
export interface YamlDocument {
  /** `undefined` if there is no document, or none that can be parsed. */
  readonly value: unknown
  /** All errors in the YAML itself; of syntax errors only the first is known. */
  readonly errors: readonly LineError[]
  /** Line of the value at `path` (of its key, in a mapping); of the nearest value above if there is none. */
  placeOf(path: Path): Place
  /** True if an error was found at `path` or above it, so that complaining about the value too is pointless. */
  hasErrors(path: Path): boolean
  /** As written; `null` if there is no document, or none that can be parsed. */
  readonly root: YamlNode | null
  /** Line, from 1, of an offset of `root`. */
  lineOf(offset: number): number
}

/** Enough for a whitelist of 10,000 entries with long reasons. */
const MAX_LENGTH = 4 * 1024 * 1024

interface Read {
  readonly line: number
  /** By key for a mapping, by index for a list. */
  children: Map<string, Read> | readonly Read[] | null
  value: unknown
  isFaulty: boolean
}

type AddError = (line: number, text: string) => void

/**
 * Reads one YAML document of at most 4 Mi characters and 20 levels. Anchors, aliases, tags and merge keys are errors.
 */
export function readYaml(text: string, file: string): YamlDocument {
  const errors: LineError[] = []
  const add: AddError = (line, text) => errors.push({ place: { file, line }, text })
  const isTooLong = text.length > MAX_LENGTH
  const lineOf = lineCounter(isTooLong ? '' : text)
  const root = isTooLong ? tooLong(text, add) : onlyDocument(text, lineOf, add)
  const top =
    root === null
      ? { line: 1, children: null, value: undefined, isFaulty: true }
      : readNode({ lineOf, add }, root, null)
  const walk = (path: Path): Read[] => {
    const found = [top]
    for (const step of path) {
      const children = found.at(-1)?.children
      const next = children instanceof Map ? children.get(String(step)) : children?.[Number(step)]
      if (next === undefined) {
        break
      }
      found.push(next)
    }
    return found
  }
  return {
    value: top.value,
    errors,
    placeOf: (path) => ({ file, line: walk(path).at(-1)?.line ?? 1 }),
    hasErrors: (path) => walk(path).some(({ isFaulty }) => isFaulty),
    root,
    lineOf,
  }
}

function tooLong(text: string, add: AddError): null {
  add(1, `the file is too long: ${text.length} characters; the maximum is ${MAX_LENGTH}`)
  return null
}

/** Entries that were pasted below an empty list, as in a new whitelist. */
const LIST_AFTER_EMPTY = /^([\w-]+):[ \t]*\[\][ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]*- /m

function onlyDocument(text: string, lineOf: Reader['lineOf'], add: AddError): YamlNode | null {
  const walked = walkYaml(text)
  if ('why' in walked) {
    const why = walked.why.replace(/\s+/g, ' ').slice(0, 200)
    const [, key] = LIST_AFTER_EMPTY.exec(text.replace(/\r\n?/g, '\n')) ?? []
    const hint = key === undefined ? '' : `; a list follows "${key}: []", so remove the []`
    add(lineOf(walked.offset), `not YAML: ${why}${hint}`)
    return null
  }
  const [root, ...more] = walked.documents
  if (root !== undefined && more.length === 0) {
    return root
  }
  add(1, root === undefined ? 'the file is empty' : `expected one YAML document, found ${more.length + 1}`)
  return null
}

interface Reader {
  readonly lineOf: (offset: number) => number
  readonly add: AddError
}

/** The value of a node; `keyLine` if it is the value of a key. */
function readNode(reader: Reader, node: YamlNode, keyLine: number | null): Read {
  const line = keyLine ?? reader.lineOf(node.start)
  const read: Read = { line, children: null, value: node.text, isFaulty: false }
  refuseExtras(node, read, reader.add)
  if (node.kind === 'list') {
    readList(reader, node, read)
  }
  if (node.kind === 'mapping') {
    readMapping(reader, node, read)
  }
  return read
}

function readList(reader: Reader, { members }: YamlNode, read: Read): void {
  const items = members.map(({ value }) => readNode(reader, value, null))
  read.children = items
  read.value = items.map(({ value }) => value)
}

function readMapping(reader: Reader, { members }: YamlNode, read: Read): void {
  const values: Record<string, unknown> = Object.create(null)
  const children = new Map<string, Read>()
  for (const member of members) {
    if (member.key === null) {
      continue
    }
    const key = readNode(reader, member.key, null)
    const value = readNode(reader, member.value, key.line)
    if (typeof key.value !== 'string') {
      if (!key.isFaulty) {
        reader.add(key.line, 'a key must be text')
      }
      continue
    }
    const earlier = children.get(key.value)
    if (earlier !== undefined) {
      reader.add(key.line, `the key ${shown(key.value)} appears twice, first on line ${earlier.line}`)
      continue
    }
    if (key.value === '<<') {
      reader.add(key.line, 'merge keys (<<) are not allowed')
      continue
    }
    children.set(key.value, value)
    values[key.value] = value.value
  }
  read.children = children
  read.value = values
}

/** Anything that would let a policy say more than what is written. An alias is never followed: it has no value here. */
function refuseExtras({ kind, hasAnchor, hasTag }: YamlNode, read: Read, add: AddError): void {
  if (kind === 'alias') {
    add(read.line, 'aliases (*) are not allowed')
    read.isFaulty = true
    read.value = undefined
  } else if (hasAnchor) {
    add(read.line, 'anchors (&) are not allowed')
  }
  if (hasTag) {
    add(read.line, 'tags (!) are not allowed')
  }
}
