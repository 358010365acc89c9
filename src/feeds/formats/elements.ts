import { feedFault, malformed } from './fault.js'
import {
  BACKSLASH,
  BYTE_ORDER_MARK,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  isBlank,
  join,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes.js'
import type { FeedName } from './names.js'
import type { Decode } from './reader.js'

export interface ElementOptions {
  readonly feed: FeedName
  /** The member of the outermost object that is a list of objects. */
  readonly key: string
  readonly decode: Decode
  readonly onElement: (element: unknown) => void
}

export interface ElementScanner {
  push(chunk: Uint8Array): void
  /** The document with an empty list, and how many elements the list had. */
  end(): { readonly frame: Readonly<Record<string, unknown>>; readonly count: number }
}

/** Bytes of one element, and of everything around the list. */
const MAX_PIECE = 2 ** 24
/** How far back a key is searched for, in bytes. */
const TAIL = 200

/**
 * Reads a JSON object that mainly consists of one list, and passes on the elements one by one, so that memory
 * holds only one element. The scanner only distinguishes strings from structure; each element, and at the end
 * everything around the list, is parsed as JSON, so nothing invalid passes.
 */
export function scanElements({ feed, key, decode, onElement }: ElementOptions): ElementScanner {
  const listAhead = new RegExp(`(?<!\\\\)"${key}"\\s*:\\s*$`)
  let around: Uint8Array[] = [] // what is outside the list
  let element: Uint8Array[] = [] // the open element, from earlier chunks
  let size = 0
  let depth = 0
  let listDepth = 0 // 2 while inside the list
  let lists = 0
  let count = 0
  let inString = false
  let escaped = false
  let inElement = false
  let mayEnd = true // inside the list: a comma or its end may follow
  let seen = 0 // bytes of the document before this chunk

  const grow = (to: Uint8Array[], bytes: Uint8Array): void => {
    if (bytes.length === 0) {
      return
    }
    size += bytes.length
    if (size > MAX_PIECE) {
      throw malformed(feed, `one part of it is larger than ${MAX_PIECE / 2 ** 20} MiB`)
    }
    to.push(bytes.slice()) // the caller may reuse the chunk's memory
  }
  const parse = (bytes: Uint8Array): unknown => {
    try {
      return JSON.parse(decode(bytes))
    } catch (error) {
      throw malformed(feed, `not JSON: ${error instanceof Error ? error.message.slice(0, 100) : ''}`)
    }
  }
  const closeElement = (bytes: Uint8Array): void => {
    const whole = element.length === 0 ? bytes : join([...element, bytes])
    element = []
    size = 0
    inElement = false
    mayEnd = true
    count++
    onElement(parse(whole))
  }
  const isListAhead = (bytes: Uint8Array): boolean => {
    const tail = [bytes.slice(-TAIL)]
    for (let at = around.length - 1, left = TAIL - bytes.length; at >= 0 && left > 0; at--) {
      const piece = (around[at] as Uint8Array).slice(-left)
      tail.unshift(piece)
      left -= piece.length
    }
    return listAhead.test(decode(join(tail)))
  }

  const push = (given: Uint8Array): void => {
    const chunk = seen === 0 ? begin(given, feed) : given
    seen += given.length
    let start = 0 // of what was not passed on yet
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number
      if (inString) {
        if (escaped) {
          escaped = false
        } else if (byte === BACKSLASH) {
          escaped = true
        } else if (byte === QUOTE) {
          inString = false
        }
        continue
      }
      const inList = listDepth !== 0 && !inElement
      if (inList && !isBlank(byte)) {
        if (byte === OPEN_OBJECT && (count === 0 || !mayEnd)) {
          inElement = true
          start = i
        } else if (byte === COMMA && count > 0 && mayEnd) {
          mayEnd = false
        } else if (byte === CLOSE_ARRAY && mayEnd) {
          listDepth = 0
          start = i
        } else {
          throw malformed(
            feed,
            `the ${key} list is not a valid list of objects, at byte ${seen - chunk.length + i}`,
          )
        }
      }
      if (byte === QUOTE) {
        inString = true
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (byte === OPEN_ARRAY && depth === 1 && isListAhead(chunk.subarray(start, i))) {
          if (++lists > 1) {
            throw malformed(feed, `${key} appears twice`)
          }
          grow(around, chunk.subarray(start, i + 1))
          listDepth = 2
        }
        depth++
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth--
        if (inElement && depth === listDepth) {
          closeElement(chunk.subarray(start, i + 1))
          start = i + 1
        }
      }
    }
    if (inElement) {
      grow(element, chunk.subarray(start))
    } else if (listDepth === 0) {
      grow(around, chunk.subarray(start))
    }
  }

  const end = () => {
    if (seen === 0) {
      throw feedFault('feed-empty', feed, 'it is empty')
    }
    if (depth > 0 || inString) {
      throw feedFault('feed-truncated', feed, `it ends too early, after ${count} complete entries`)
    }
    const frame = parse(join(around))
    if (typeof frame !== 'object' || frame === null || !Array.isArray(Reflect.get(frame, key))) {
      throw malformed(feed, `it has no ${key} list`)
    }
    around = []
    return { frame: frame as Readonly<Record<string, unknown>>, count }
  }
  return { push, end }
}

/** A byte order mark may be ignored (RFC 8259, 8.1). Data that is still packed is reported as such. */
export function begin(chunk: Uint8Array, feed: FeedName): Uint8Array {
  if (chunk[0] === 0x1f && chunk[1] === 0x8b) {
    throw malformed(feed, 'it is compressed twice (gzip within gzip)')
  }
  return BYTE_ORDER_MARK.every((byte, at) => chunk[at] === byte) ? chunk.subarray(3) : chunk
}
