import * as z from 'zod'
import { type Leg, LegSchema } from './leg.js'

/** The mark by which our comment is found, and the legs that it holds, both in HTML comments that nobody sees. */

/** Characters of the legs' JSON that are aimed at: the rest of the comment's 65,536 is for people. */
const STATE_LENGTH = 24_000

const OPEN = '<!-- seaworthy-legs '
const CLOSE = ' -->'

/**
 * First line of the comment. A comment of ours is ours only where it begins with it, so that a comment in which
 * it is quoted is not taken for it.
 * @param workflow what keeps the comments of two workflows apart
 */
export function markOf(workflow: string): string {
  const name = encodeURIComponent(workflow.toWellFormed()).replace(
    /[-!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return `<!-- seaworthy-comment ${name.slice(0, 1000)}${CLOSE}`
}

/** Legs as a line that ends no HTML comment, calls nobody and is plain ASCII. */
export function encodeLegs(legs: readonly Leg[]): string {
  const room = Math.floor(STATE_LENGTH / Math.max(1, legs.length))
  return `${OPEN}${asJson(legs.map((leg) => shortened(leg, room)))}${CLOSE}`
}

/** The legs of a comment's body; none where it holds none that we could have written. */
export function decodeLegs(body: string): readonly Leg[] {
  const start = body.lastIndexOf(OPEN)
  if (start === -1) {
    return []
  }
  const end = body.indexOf(CLOSE, start)
  try {
    return z.array(LegSchema).parse(JSON.parse(body.slice(start + OPEN.length, end)))
  } catch {
    return []
  }
}

/** JSON (RFC 8259, 7) in which all but harmless ASCII is escaped. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ !"%'*-,./0-9:;=?A-Z[\\\]^_a-z{|}()$]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * The leg with as many things and rows as fit into `room` characters, things first, then whose the findings are; the totals tell what is
 * missing. A leg that has nothing to cut stays as it is.
 */
function shortened(leg: Leg, room: number): Leg {
  if (asJson(leg).length <= room) {
    return leg
  }
  const tables = leg.tables.map((table) => ({ ...table, rows: [] as typeof table.rows }))
  const { owners, ...kept } = leg
  const short: Leg = { ...kept, things: [], tables, bench: [] }
  let left = room - asJson(short).length
  const fits = (part: unknown) => {
    const length = asJson(part).length + 1
    if (length > left) {
      return false
    }
    left -= length
    return true
  }
  for (const thing of leg.things) {
    if (fits(thing)) {
      short.things.push(thing)
    } else if (fits(bare(thing))) {
      short.things.push(bare(thing))
    } else {
      break
    }
  }
  if (owners !== undefined && fits({ owners })) {
    short.owners = owners
  }
  for (const [index, { rows }] of leg.tables.entries()) {
    for (const row of rows) {
      if (!fits(row)) {
        break
      }
      tables[index]?.rows.push(row)
    }
  }
  for (const table of leg.bench) {
    const rows: typeof table.rows = []
    if (!fits({ ...table, rows })) {
      break
    }
    short.bench.push({ ...table, rows })
    for (const row of table.rows) {
      if (!fits(row)) {
        break
      }
      rows.push(row)
    }
  }
  return short
}

/** Without what is to be copied. */
function bare(thing: Leg['things'][number]): Leg['things'][number] {
  return { ...thing, command: null, dockerfile: null, page: null }
}
