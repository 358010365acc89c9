import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE } from 'js-yaml'

/** Where a value stands in the text: offsets, the end not included, trailing blank lines neither. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value with its place; `flow` is true of `{…}`, `[…]` and scalars. */
export interface SpanNode extends Span {
  readonly kind: 'scalar' | 'list' | 'mapping'
  readonly flow: boolean
  /** Of a mapping: key and value in turn. Of a list: its items. */
  readonly children: readonly SpanNode[]
}

const MAX_DEPTH = 20

/** The places of all values of one document. `null` where it has values without a place (left out, or aliases). */
export function spansOf(text: string): SpanNode | null {
  const events = parseEvents(text, { maxDepth: MAX_DEPTH })
  const cursor = { next: events.findIndex(({ type }) => type === EVENT_ID.DOCUMENT) + 1 }
  return readNode(text, events, cursor)
}

function readNode(text: string, events: readonly Event[], cursor: { next: number }): SpanNode | null {
  const event = events[cursor.next++]
  if (event === undefined || event.type === EVENT_ID.ALIAS) return null
  if (event.type === EVENT_ID.SCALAR) return scalarOf(text, event)
  if (event.type !== EVENT_ID.SEQUENCE && event.type !== EVENT_ID.MAPPING) return null
  const children: SpanNode[] = []
  while (events[cursor.next]?.type !== EVENT_ID.POP) {
    const child = readNode(text, events, cursor)
    if (child === null) return null
    children.push(child)
  }
  cursor.next++
  const { start } = event
  const flow = text.charAt(start) === '{' || text.charAt(start) === '['
  const last = children.at(-1)?.end ?? start + 1
  const kind = event.type === EVENT_ID.SEQUENCE ? 'list' : 'mapping'
  return { kind, start, end: flow ? closing(text, last) : last, flow, children }
}

function scalarOf(text: string, event: Event & { readonly type: typeof EVENT_ID.SCALAR }): SpanNode | null {
  if (event.valueStart === -1) return null
  const { style, valueStart, valueEnd } = event
  const quotes = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0
  const isBlock = !quotes && style !== SCALAR_STYLE.PLAIN
  // The parser counts blank lines after a block to it; they belong to the file.
  const length = isBlock
    ? text.slice(valueStart, valueEnd).trimEnd().length
    : valueEnd - valueStart + 2 * quotes
  const start = valueStart - quotes
  return { kind: 'scalar', start, end: start + length, flow: true, children: [] }
}

/** The offset after the bracket that closes a flow collection whose last member ends at `from`. */
function closing(text: string, from: number): number {
  let at = from
  while (at < text.length && !/[\]}]/.test(text.charAt(at)))
    at = text.charAt(at) === '#' ? endOfLine(text, at) : at + 1
  return at + 1
}

/** The offset after the line break (LF, CR LF or CR) that ends the line of `from`, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const rest = /[^\r\n]*(?:\r\n?|\n|$)/y
  rest.lastIndex = from
  rest.test(text)
  return rest.lastIndex === 0 ? text.length : rest.lastIndex
}

/** The offset at which the line of `at` begins. */
export function startOfLine(text: string, at: number): number {
  let start = at
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--
  return start
}
