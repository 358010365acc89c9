import * as z from 'zod'
import { type Leg, LegSchema } from './leg.js'

/** The mark that identifies our comment, and its jobs' data, both in invisible HTML comments. */

/** Intended maximum size of the jobs' JSON: the rest of the comment's 65,536 characters is for people. */
const STATE_LENGTH = 24_000

const OPEN = '<!-- seaworthy-legs '
const CLOSE = ' -->'

/**
 * First line of the comment. A comment is ours only if it begins with this, so that a comment that quotes it is not
 * mistaken for ours.
 * @param workflow distinguishes the comments of two workflows
 */
export function markOf(workflow: string): string {
  const name = encodeURIComponent(workflow.toWellFormed()).replace(
    /[-!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return `<!-- seaworthy-comment ${name.slice(0, 1000)}${CLOSE}`
}

/** Jobs as a line that ends no HTML comment, mentions nobody and is plain ASCII. */
export function encodeLegs(legs: readonly Leg[]): string {
  const room = Math.floor(STATE_LENGTH / Math.max(1, legs.length))
  return `${OPEN}${asJson(legs.map((leg) => shortened(leg, room)))}${CLOSE}`
}

/** The jobs in a comment's body; none if it has none that we could have written. */
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

/** JSON (RFC 8259, 7) in which everything except harmless ASCII is escaped. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ !"%'*-,./0-9:;=?A-Z[\\\]^_a-z{|}()$]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * The job's part with as many tasks and rows as fit into `room` characters, tasks first, then who has to act; the
 * totals show what is missing. A part with nothing to cut stays as it is.
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

/** Without commands to copy. */
function bare(thing: Leg['things'][number]): Leg['things'][number] {
  return { ...thing, command: null, dockerfile: null, page: null }
}
