import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml'
import { BOM, endOfLine, startOfLine } from './lines.js'

/**
 * The only walk over the parser's events: every value with its position, for reading (`read.ts`) and for editing
 * (`edit.ts`). So a value, an error and an edit cannot disagree about a place. Nothing is refused here, and no alias is
 * followed. Whoever edits reads the result again, and refuses it if it does not say what was meant. Why this is not the
 * library `yaml`: decision 93.
 */
export interface YamlNode {
  readonly kind: 'scalar' | 'list' | 'mapping' | 'alias'
  /** `none`: the value is omitted, `start` = `end` is where it would be. */
  readonly style: 'plain' | 'quoted' | 'block' | 'flow' | 'none'
  /**
   * Offsets, excluding the end. Quotes, brackets and the indicator of a block scalar (`|`, `>`) are included. Anchor,
   * tag, and the break and blank lines after it are not, except for blank lines that the value keeps (`|+`).
   */
  readonly start: number
  readonly end: number
  /** For a scalar; otherwise ''. */
  readonly text: string
  readonly hasAnchor: boolean
  readonly hasTag: boolean
  /** For a mapping or a list. */
  readonly members: readonly YamlMember[]
}

export interface YamlMember {
  /** Where the member begins: at its dash or its `?`, otherwise at its key or value. */
  readonly at: number
  /** `null` in a list. */
  readonly key: YamlNode | null
  readonly value: YamlNode
}

/** Deeper documents are not policies. */
const MAX_DEPTH = 20

/** The documents of a text; or why it is not YAML, and at which offset. */
export type WalkResult =
  | { readonly documents: readonly YamlNode[] }
  | { readonly why: string; readonly offset: number }

export function walkYaml(text: string): WalkResult {
  let events: Event[]
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error
    }
    return { why: error.reason, offset: error.mark?.position ?? 0 }
  }
  const walk: Walk = { text, events, next: 0 }
  const documents: YamlNode[] = []
  let end = 0
  for (let event = events[walk.next++]; event !== undefined; event = events[walk.next++]) {
    if (event.type !== EVENT_ID.DOCUMENT) {
      continue
    }
    const node = nodeAt(walk, event.explicitStart ? afterMarker(text, end) : end)
    documents.push(node)
    end = node.end
  }
  return { documents }
}

interface Walk {
  readonly text: string
  readonly events: readonly Event[]
  /** Index of the next event to read. */
  next: number
}

/** The node that begins with the next event; `after`: where the previous one ends. The parser limits its depth. */
function nodeAt(walk: Walk, after: number): YamlNode {
  const event = walk.events[walk.next++]
  if (event?.type === EVENT_ID.SCALAR) {
    return scalarOf(walk.text, event, after)
  }
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) {
    return collectionOf(walk, event)
  }
  if (event?.type !== EVENT_ID.ALIAS) {
    throw new Error('the YAML parser stopped in the middle of a document')
  }
  return {
    kind: 'alias',
    style: 'plain',
    // The alias begins at its asterisk, one before its name.
    start: event.anchorStart - 1,
    end: event.anchorEnd,
    text: '',
    hasAnchor: false,
    hasTag: false,
    members: NONE,
  }
}

const NONE: readonly YamlMember[] = []

type ScalarEvent = Extract<Event, { readonly type: typeof EVENT_ID.SCALAR }>
type CollectionEvent = Extract<
  Event,
  { readonly type: typeof EVENT_ID.SEQUENCE } | { readonly type: typeof EVENT_ID.MAPPING }
>

function scalarOf(text: string, event: ScalarEvent, after: number): YamlNode {
  const { valueStart, valueEnd, anchorEnd, tagEnd } = event
  const style = valueStart === -1 ? 'none' : STYLES[event.style]
  let [start, end] = [valueStart, valueEnd]
  if (style === 'none') {
    start = end = Math.max(after, anchorEnd, tagEnd)
  } else if (style === 'quoted') {
    ;[start, end] = [valueStart - 1, valueEnd + 1]
  } else if (style === 'block') {
    start = afterBlanks(text, Math.max(after, anchorEnd, tagEnd))
    end = blockEnd(text, event)
  }
  return {
    kind: 'scalar',
    style,
    start,
    end,
    text: getScalarValue(text, event),
    hasAnchor: event.anchorStart !== -1,
    hasTag: event.tagStart !== -1,
    members: NONE,
  }
}

const STYLES = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'block',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'block',
} as const

/** YAML 1.2.2, 8.1.1.2: blank lines at the end of a block scalar belong to the value only if it keeps them. */
function blockEnd(text: string, { valueEnd, indent, chomping }: ScalarEvent): number {
  let end = withoutBreak(text, valueEnd)
  // The line of the indicator is not blank.
  for (;;) {
    const begin = startOfLine(text, end)
    const isBlank = /^ *$/.test(text.slice(begin, end)) && end - begin <= Math.max(indent, 0)
    if (chomping === CHOMPING_MODE.KEEP || !isBlank) {
      return end
    }
    end = withoutBreak(text, begin)
  }
}

function withoutBreak(text: string, end: number): number {
  if (text.endsWith('\r\n', end)) {
    return end - 2
  }
  return /[\r\n]/.test(text.charAt(end - 1)) ? end - 1 : end
}

function collectionOf(walk: Walk, event: CollectionEvent): YamlNode {
  const { text } = walk
  const { start } = event
  const isList = event.type === EVENT_ID.SEQUENCE
  const isFlow = event.style === COLLECTION_STYLE.FLOW
  const hasBracket = isFlow && text.charAt(start) === (isList ? '[' : '{')
  const members: YamlMember[] = []
  let end = hasBracket ? start + 1 : start
  while (walk.events[walk.next]?.type !== EVENT_ID.POP) {
    const isFirst = members.length === 0
    const member = memberAt(
      walk,
      isList,
      afterBlanks(text, isFlow && !isFirst ? afterMark(text, end, ',') : end),
    )
    members.push(member)
    end = member.value.end
  }
  walk.next++
  return {
    kind: isList ? 'list' : 'mapping',
    style: isFlow ? 'flow' : 'block',
    start,
    end: hasBracket ? afterMark(text, afterMark(text, end, ','), isList ? ']' : '}') : end,
    text: '',
    hasAnchor: event.anchorStart !== -1,
    hasTag: event.tagStart !== -1,
    members,
  }
}

function memberAt(walk: Walk, isList: boolean, at: number): YamlMember {
  const { text } = walk
  if (isList) {
    return { at, key: null, value: nodeAt(walk, text.charAt(at) === '-' ? at + 1 : at) }
  }
  const key = nodeAt(walk, text.charAt(at) === '?' ? at + 1 : at)
  return { at, key, value: nodeAt(walk, afterMark(text, key.end, ':')) }
}

/** The first offset at or after `from` that is neither white space nor in a comment. */
function afterBlanks(text: string, from: number): number {
  let at = from
  for (;;) {
    const char = text.charAt(at)
    if (char === '#') {
      at = endOfLine(text, at)
    } else if (char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === BOM) {
      at++
    } else {
      return at
    }
  }
}

/** The offset after an indicator that comes next, apart from white space and comments; `from` if another one comes. */
export function afterMark(text: string, from: number, mark: string): number {
  const at = afterBlanks(text, from)
  return text.charAt(at) === mark ? at + 1 : from
}

function afterMarker(text: string, from: number): number {
  const marker = /^---(?=[ \t\r\n]|$)/gm
  marker.lastIndex = from
  return marker.exec(text) === null ? from : marker.lastIndex
}
