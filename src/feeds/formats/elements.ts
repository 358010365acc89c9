import { type FeedName, feedError, malformed, SeaworthyError } from '../../model/index.js'
import { scanMembers } from './json-members.js'
import { BYTE_ORDER_MARK, join, type ListOptions } from './json-steps.js'
import type { Decode } from './reader.js'

interface ElementOptions {
  readonly feed: FeedName
  /** The member of the outermost object that is a list of objects. */
  readonly key: string
  readonly decode: Decode
  readonly onElement: (element: unknown) => void
}

/** Bytes of one element, and of everything around the list. */
const MAX_PIECE = 2 ** 24

/** Passes on the elements of a JSON object's long list one by one, so that memory holds only one. */
export function scanElements({ feed, key, decode, onElement }: ElementOptions) {
  const outsideList: Uint8Array[] = [] // what is outside the list
  let element: Uint8Array[] = [] // the open element, from earlier chunks
  let inside: 'around' | 'list' | 'element' = 'around'
  let size = 0
  let count = 0
  let chunk: Uint8Array = new Uint8Array()
  let base = 0 // where the chunk begins
  let from = 0 // what was passed on ends here

  const take = (to: number): Uint8Array => {
    const bytes = chunk.subarray(from - base, to - base)
    from = to
    return bytes
  }
  const grow = (parts: Uint8Array[], bytes: Uint8Array): void => {
    size += bytes.length
    if (size > MAX_PIECE) {
      throw malformed(feed, `one part of it is larger than ${MAX_PIECE / 2 ** 20} MiB`)
    }
    parts.push(bytes.slice()) // the caller may reuse the chunk's memory
  }
  const parse = (bytes: Uint8Array): unknown => {
    try {
      return JSON.parse(decode(bytes))
    } catch (error) {
      throw malformed(feed, `not JSON: ${error instanceof Error ? error.message.slice(0, 100) : ''}`)
    }
  }
  const onMark: ListOptions['onMark'] = (mark, at) => {
    const bytes = take(at)
    if (mark === 'list') {
      grow(outsideList, bytes)
    } else if (mark === 'end-element') {
      const elementBytes = element.length === 0 ? bytes : join([...element, bytes])
      element = []
      size = 0
      count++
      onElement(parse(elementBytes))
    }
    inside = mark === 'element' ? 'element' : mark === 'end-list' ? 'around' : 'list'
  }
  const list = { key, onMark }
  const scanner = scanMembers({ decode, onMember: () => {}, namesAtDepth: 0, uniqueDepth: 1, list })

  const push = (received: Uint8Array): void => {
    const before = base + chunk.length
    chunk = before === 0 ? begin(received, feed) : received
    base = before
    from = before
    namingFeed(feed, count, () => scanner.push(chunk))
    const rest = take(base + chunk.length)
    if (inside !== 'list') {
      grow(inside === 'around' ? outsideList : element, rest)
    }
  }

  /** The document with an empty list, and how many elements the list had. */
  const end = () => {
    if (base + chunk.length === 0) {
      throw feedError('feed-empty', feed, 'it is empty')
    }
    namingFeed(feed, count, () => scanner.end())
    const frame = parse(join(outsideList))
    if (typeof frame !== 'object' || frame === null || !Array.isArray(Reflect.get(frame, key))) {
      throw malformed(feed, `it has no ${key} list`)
    }
    return { frame: frame as Readonly<Record<string, unknown>>, count }
  }
  return { push, end }
}

/** What is wrong with the JSON, as an error of the feed. */
function namingFeed(feed: FeedName, count: number, scan: () => void): void {
  try {
    scan()
  } catch (error) {
    const { code = '', what = '', where = '' } = error instanceof SeaworthyError ? error.problem : {}
    if (code === 'json-truncated') {
      throw feedError('feed-truncated', feed, `it ends too early, after ${count} complete entries`)
    }
    throw code.startsWith('json-') ? malformed(feed, `${what}, at ${where}`) : error
  }
}

/** A byte order mark may be ignored (RFC 8259, 8.1). Data that is still packed is reported as such. */
export function begin(chunk: Uint8Array, feed: FeedName): Uint8Array {
  if (chunk[0] === 0x1f && chunk[1] === 0x8b) {
    throw malformed(feed, 'it is compressed twice (gzip within gzip)')
  }
  return BYTE_ORDER_MARK.every((byte, at) => chunk[at] === byte) ? chunk.subarray(3) : chunk
}
