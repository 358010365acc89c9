import { withoutEnd } from '../../model/index.js'
import { columnOf, endOfLine, lineBreakOf, startOfLine } from './lines.js'
import type { Path } from './read.js'
import { afterMark, type YamlMember, type YamlNode } from './walk.js'

/**
 * Edits a YAML text in places, so that the rest, including comments, stays as it is. The caller should parse the
 * result: in a sufficiently unusual text, a remaining comment may become part of what is above.
 */

/** A piece of the text to replace; `start` = `end` inserts. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text with all of these, which may not overlap. Those at one position keep their given order. */
export function splice(text: string, splices: readonly Splice[]): string {
  const parts: string[] = []
  let at = 0
  for (const one of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(at, one.start), one.text)
    at = Math.max(at, one.end)
  }
  return [...parts, text.slice(at)].join('')
}

/** The non-empty member at a path, or `null` if there is none. */
export function memberOf(root: YamlNode, path: Path): YamlMember | null {
  const [step, ...rest] = path
  const found = childOf(root, step)
  return found === null || rest.length === 0 ? found : memberOf(found.value, rest)
}

function childOf({ members }: YamlNode, step: string | number | undefined): YamlMember | null {
  const found =
    typeof step === 'number' ? members[step] : members.find(({ key }) => key !== null && key.text === step)
  return found ?? null
}

/** Values of keys in a mapping, each replaced, or inserted before its first member. */
export function put(
  text: string,
  mapping: YamlNode,
  pairs: readonly (readonly [key: string, value: string])[],
): readonly Splice[] {
  const replaced = pairs.flatMap(([key, value]) => {
    const member = memberOf(mapping, [key])
    return member === null ? [] : [replacement(text, member, value)]
  })
  const added = pairs.filter(([key]) => memberOf(mapping, [key]) === null)
  if (added.length === 0) {
    return replaced
  }
  const flowPairs = added.map(([key, value]) => `${key}: ${value}`)
  const [first] = mapping.members
  if (first === undefined) {
    return [...replaced, { start: mapping.start, end: mapping.end, text: `{${flowPairs.join(', ')}}` }]
  }
  const { at } = first
  const end = mapping.style === 'flow' ? ', ' : `${lineBreakOf(text)}${' '.repeat(columnOf(text, at))}`
  return [...replaced, { start: at, end: at, text: flowPairs.map((one) => `${one}${end}`).join('') }]
}

function replacement(text: string, { at, value: { start, end, style } }: YamlMember, value: string): Splice {
  // A value on lines of its own must be indented more than its key, which a list need not be.
  const missing = columnOf(text, at) + 1 - columnOf(text, start)
  const spaces = style === 'none' ? 1 : Math.max(0, missing)
  return { start, end, text: `${' '.repeat(spaces)}${value}` }
}

/** What is inserted after the last member: lines of a block, without their indentation, or text in flow style. */
export interface NewMember {
  readonly lines: readonly string[]
  readonly flow: string
}

/**
 * Members after those of the list or mapping at `path`, in its own style; `[]` and `{}` become a block. `null` if
 * there is neither.
 */
export function append(
  text: string,
  root: YamlNode,
  path: Path,
  members: readonly NewMember[],
): readonly Splice[] | null {
  const parent = memberOf(root, path)
  if (parent === null || (parent.value.kind !== 'list' && parent.value.kind !== 'mapping')) {
    return null
  }
  const { value } = parent
  const last = value.members.at(-1)?.value
  const insert = (at: number, insertion: string): Splice => ({ start: at, end: at, text: insertion })
  const isPlainEmpty = /^(?:\[[ \t]*\]|\{[ \t]*\})$/.test(text.slice(value.start, value.end))
  if (value.style === 'flow' && (isInFlow(root, path) || !isPlainEmpty)) {
    const joinedMembers = members.map(({ flow }) => flow).join(', ')
    return [last ? insert(last.end, `, ${joinedMembers}`) : insert(value.start + 1, joinedMembers)]
  }
  const column = value.members[0] ? columnOf(text, value.members[0].at) : columnOf(text, parent.at) + 2
  const eol = lineBreakOf(text)
  const lines = members.flatMap((one) => one.lines.map((line) => `${' '.repeat(column)}${line}`))
  const at = endOfLine(text, (last ?? value).end)
  const block = endsInBreak(text, at) ? `${lines.join(eol)}${eol}` : `${eol}${lines.join(eol)}`
  if (last) {
    return [insert(at, block)]
  }
  // A comment after the brackets stays where it is.
  const gap = value.start - withoutEnd(text.slice(0, value.start), ' \t').length
  return [{ start: value.start - gap, end: value.end, text: '' }, insert(at, block)]
}

/** Appends a new top-level key with its block to the text. */
export function addBlock(text: string, key: string, members: readonly NewMember[]): Splice {
  const eol = lineBreakOf(text)
  const lines = members.flatMap((one) => one.lines.map((line) => `  ${line}`))
  const keyLines = [`${key}:`, ...lines].map((line) => `${line}${eol}`).join('')
  return {
    start: text.length,
    end: text.length,
    text: `${endsInBreak(text, text.length) ? '' : eol}${keyLines}`,
  }
}

function endsInBreak(text: string, at: number): boolean {
  return /[\r\n]$/.test(text.slice(Math.max(0, at - 1), at))
}

/** True if a mapping or list around the member is in flow style: no block can be inside. */
function isInFlow(root: YamlNode, [step, ...rest]: Path): boolean {
  const child = childOf(root, step)
  return child !== null && (root.style === 'flow' || isInFlow(child.value, rest))
}

/**
 * The list or mapping at `path` without the members of these indexes. Comments on lines of their own, and blank
 * lines, stay, even within a member. `null` if there is neither, or lines can't be distinguished.
 */
export function remove(
  text: string,
  root: YamlNode,
  path: Path,
  indexes: ReadonlySet<number>,
): readonly Splice[] | null {
  const parent = memberOf(root, path)
  const { key, value } = parent ?? { key: null, value: null }
  if (key === null || value === null || (value.kind !== 'list' && value.kind !== 'mapping')) {
    return null
  }
  const splices: Splice[] = []
  for (const [index, member] of value.members.entries()) {
    if (!indexes.has(index)) {
      continue
    }
    const isFlow = value.style === 'flow'
    const start = isFlow ? member.at : startOfLine(text, member.at)
    if (/\S/.test(text.slice(start, member.at))) {
      return null
    }
    const { end } = member.value
    splices.push(...removalOf(text, start, isFlow ? afterMark(text, end, ',') : endOfLine(text, end), member))
  }
  if (value.style === 'flow' || indexes.size < value.members.length) {
    return splices
  }
  const colon = afterMark(text, key.end, ':')
  return [...splices, { start: colon, end: colon, text: value.kind === 'list' ? ' []' : ' {}' }]
}

/** Removes a range, but neither comments on lines of their own nor blank lines, unless in a scalar. */
function removalOf(text: string, start: number, end: number, member: YamlMember): Splice[] {
  const scalars = scalarsOf(member)
  const splices: Splice[] = []
  for (let at = start; at < end; ) {
    const next = Math.min(end, endOfLine(text, at))
    const line = text.slice(at, next)
    const first = at + (/\S/.exec(line)?.index ?? 0)
    const inScalar = scalars.some((one) => one.start <= first && first < one.end)
    const startsLine = at === startOfLine(text, at)
    if (!startsLine || inScalar || /^[ \t]*[^\s#]/.test(line)) {
      splices.push(wholeLine(text, at, next))
    }
    at = next
  }
  return splices
}

/** The removal of a range; if nothing else is left of the line, its break is removed too. */
function wholeLine(text: string, start: number, end: number): Splice {
  const begin = startOfLine(text, start)
  const stop = endOfLine(text, Math.max(start, end - 1))
  const left = text.slice(begin, start) + text.slice(end, stop)
  return left.trim() === '' ? { start: begin, end: stop, text: '' } : { start, end, text: '' }
}

function scalarsOf({ key, value }: YamlMember): readonly YamlNode[] {
  const nodes = key === null ? [value] : [key, value]
  return nodes.flatMap((node) => (node.kind === 'scalar' ? [node] : node.members.flatMap(scalarsOf)))
}

/** What YAML reads as something other than text, or as the start of it. */
const KEYWORDS = /^(?:true|false|null|yes|no|on|off|y|n|[-~]?\.?(?:inf|nan))$/i

/**
 * A text as a YAML scalar on one line (YAML 1.2.2, 7.3): plain if every reader takes it as text, in block and in flow
 * style, else in double quotes, with all invisible characters escaped (5.7: those beyond 16 bits with eight digits).
 * @param mayBePlain false: always in quotes
 */
export function yamlText(text: string, mayBePlain = true): string {
  const isPlain = /^[A-Za-z](?:[\w+./-]| (?=\w))*$/.test(text) && !KEYWORDS.test(text)
  if (mayBePlain && isPlain) {
    return text
  }
  return JSON.stringify(text).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\uFEFF/gu, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
