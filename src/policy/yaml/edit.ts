import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE } from 'js-yaml'
import type { Path } from './read.js'

/** Changing a YAML text in places, so that all else of it, comments too, stays as it is. */

/** A piece of the text that is replaced; `start` = `end` puts in. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A value with its place in the text: offsets, its end not included. */
export interface Located {
  readonly keyStart: number
  readonly start: number
  end: number
  readonly flow: boolean
  readonly children: Map<string | number, Located>
}

export function locate(text: string): Located {
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

export function find(tree: Located, path: Path): Located | null {
  let node: Located | undefined = tree
  for (const step of path) node = node?.children.get(step)
  return node ?? null
}

export function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at + 1
}

export function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

export function splice(text: string, splices: readonly Splice[]): string {
  // From the end on, so that the offsets before stay true.
  return [...splices]
    .sort((a, b) => b.start - a.start)
    .reduce((so, one) => so.slice(0, one.start) + one.text + so.slice(one.end), text)
}

/** Values of keys in a mapping, each replaced, or put in before its first member. */
export function put(
  node: Located,
  pairs: readonly (readonly [key: string, value: string])[],
  text: string,
): readonly Splice[] {
  const replaced = pairs.flatMap(([key, value]): Splice[] => {
    const there = node.children.get(key)
    return there ? [{ start: there.start, end: there.end, text: value }] : []
  })
  const added = pairs.filter(([key]) => !node.children.has(key)).map(([key, value]) => `${key}: ${value}`)
  if (added.length === 0) return replaced
  const first = [...node.children.values()][0]
  if (first === undefined)
    return [...replaced, { start: node.start, end: node.end, text: `{${added.join(', ')}}` }]
  const at = first.keyStart
  const end = node.flow ? ', ' : `\n${' '.repeat(columnOf(text, at))}`
  return [...replaced, { start: at, end: at, text: added.map((one) => `${one}${end}`).join('') }]
}

/** A text in double quotes, as every YAML reader takes it: JSON, and what YAML does not print escaped too. */
export function quotedText(text: string): string {
  const code = (one: string) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, code)
}
