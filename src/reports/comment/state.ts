import * as z from 'zod'
import { plural, readOrNull } from '../../model/index.js'
import { JobSchema, type MatrixJob } from './job.js'

/** The mark that identifies our comment, and its jobs' data, both in invisible HTML comments. */

/** Intended maximum size of the jobs' JSON: the rest of the comment's 65,536 characters is for people. */
const STATE_LENGTH = 24_000
/** Room for limits, which are never shortened to make room for other text. */
const LIMITS_LENGTH = 16_000

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
export function encodeJobs(jobs: readonly MatrixJob[]): string {
  const part = (length: number) => Math.floor(length / Math.max(1, jobs.length))
  const jobTexts = jobs.map((job) => {
    const limits = fittingLimits(job.limits, part(LIMITS_LENGTH))
    const rest = shortened({ ...job, limits: [] }, part(STATE_LENGTH))
    return { ...rest, limits }
  })
  return `${OPEN}${escapedJson(jobTexts)}${CLOSE}`
}

/**
 * As many of the limits as fit into `size` characters. All of them do, unless a text from outside is absurdly long.
 */
function fittingLimits(limits: MatrixJob['limits'], size: number): MatrixJob['limits'] {
  const kept: MatrixJob['limits'] = []
  let left = size
  for (const limit of limits) {
    left -= escapedJson(limit).length + 1
    if (left < 0) {
      const text = `and ${plural(limits.length - kept.length, 'more line')} in the summary`
      return [...kept, { image: null, text }]
    }
    kept.push(limit)
  }
  return kept
}

/** The jobs in a comment's body; none if it has none that we could have written. */
export function decodeJobs(body: string): readonly MatrixJob[] {
  const start = body.lastIndexOf(OPEN)
  if (start === -1) {
    return []
  }
  const end = body.indexOf(CLOSE, start)
  const json = body.slice(start + OPEN.length, end)
  return readOrNull(() => z.array(JobSchema).parse(JSON.parse(json))) ?? []
}

/** JSON (RFC 8259, 7) in which everything except harmless ASCII is escaped. */
function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ !"%'*-,./0-9:;=?A-Z[\\\]^_a-z{|}()$]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * The job's part with as many tasks and rows as fit into `size` characters, tasks first, then who has to act; the
 * totals show what is missing. A part with nothing to cut stays as it is.
 */
function shortened(job: MatrixJob, size: number): MatrixJob {
  if (escapedJson(job).length <= size) {
    return job
  }
  const tables = job.tables.map((table) => ({ ...table, rows: [] as typeof table.rows }))
  const { owners, checks, ...kept } = job
  const short: MatrixJob = { ...kept, things: [], tables, bench: [] }
  let left = size - escapedJson(short).length
  const fits = (part: unknown) => {
    const length = escapedJson(part).length + 1
    if (length > left) {
      return false
    }
    left -= length
    return true
  }
  for (const thing of job.things) {
    if (fits(thing)) {
      short.things.push(thing)
    } else if (fits(bare(thing))) {
      short.things.push(bare(thing))
    } else {
      break
    }
  }
  if (checks !== undefined && fits({ checks })) {
    short.checks = checks
  }
  if (owners !== undefined && fits({ owners })) {
    short.owners = owners
  }
  const fitting = <Row>(rows: readonly Row[]) => {
    const end = rows.findIndex((row) => !fits(row))
    return rows.slice(0, end === -1 ? undefined : end)
  }
  for (const [index, { rows }] of job.tables.entries()) {
    tables[index]?.rows.push(...fitting(rows))
  }
  for (const table of job.bench) {
    if (!fits({ ...table, rows: [] })) {
      break
    }
    short.bench.push({ ...table, rows: fitting(table.rows) })
  }
  return short
}

/** The task without commands to copy. */
function bare(thing: MatrixJob['things'][number]): MatrixJob['things'][number] {
  return { ...thing, command: null, dockerfile: null, page: null }
}
