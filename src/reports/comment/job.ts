import * as z from 'zod'
import { compareText, compareVerdicts, MODES, OPTIONS_FORMS, VERDICTS } from '../../model/index.js'

/**
 * One job's part (one run of the gate, of which a matrix has several) in the comment that all jobs share. It is
 * stored in the comment itself, as unescaped text: anyone who may edit the comment may have changed it.
 */
/** 300 characters made visible, of which each may become ten. */
const text = z.string().max(4000)
const count = z.int().min(0)
const hash = z.string().regex(/^[0-9a-f]{16}$/)

/** The characters of Debian's names and versions, and of our own commands: no line break, no backtick. */
export const COMMAND = /^[A-Za-z0-9 .+~:=_&'>/-]{1,6000}$/

/** For Dockerfile lines: no backtick, which could close their fence. */
export const LINES = /^[A-Za-z0-9 .,;+~:=_&'"()>#*@/\\[\]\n-]{1,6200}$/

/** Our own page about a task: its address, or its path if the address is not known. */
export const PAGE = /^(?:https?:\/\/|docs\/)[\w.:/-]{1,500}\.md(#[\w.-]{1,100})?$/

const ImageSchema = z.strictObject({
  name: text,
  /** The platform, if the job is about several platforms of one image; the name then ends with it. Absent otherwise. */
  platform: text.optional(),
  verdict: z.enum(VERDICTS),
  /** How many tasks there are for this image. */
  todo: count,
})

const ThingSchema = z.strictObject({
  title: text,
  why: text,
  where: text,
  command: z.string().regex(COMMAND).nullable(),
  /** Lines for a Dockerfile: what the command is there, or what settles the task without one. */
  dockerfile: z.string().regex(LINES).nullable(),
  /** Where these lines go, if not into a Dockerfile. */
  linesFor: z.enum(OPTIONS_FORMS).optional(),
  page: z.string().regex(PAGE).nullable(),
})

export const TABLES = ['blocking', 'due', 'accepted', 'deferred', 'unfixed', 'noted'] as const

/** Cells in the order of the table's columns; in an edited comment there may be more or fewer. */
const RowSchema = z.array(text).min(1).max(20)

const TableSchema = z.strictObject({
  of: z.enum(TABLES),
  /** How many rows there are, of which `rows` may have fewer. */
  total: count,
  /** How many findings are in them. */
  findings: count,
  rows: z.array(RowSchema),
})

const BenchSchema = z.strictObject({
  /** Name of the image, if the job has several. */
  image: text.nullable(),
  /** How many results are as expected, and the outcomes of the others. */
  counts: text,
  total: count,
  rows: z.array(RowSchema),
})

export const JobSchema = z.strictObject({
  /** Identifies images and platform. */
  key: hash,
  /** Like `key`, but without tags and digests: identifies the part that the next build of the same image replaces. */
  family: hash,
  /**
   * Identifies how the images are judged: several jobs of a run may judge images of one name, each with its own checks
   * or policies. Absent in parts of earlier versions.
   */
  settings: hash.exactOptional(),
  /** Identifies the images' content: matrix jobs may give each image the same name. */
  content: hash.exactOptional(),
  /** Identifies the job of the workflow, whether or not it has judged something; absent in parts of strangers. */
  job: hash.exactOptional(),
  /** Nothing was judged: the next part of the job replaces this one. */
  problem: z.literal(true).exactOptional(),
  run: count,
  attempt: count,
  head: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  url: z.string().regex(/^https?:\/\/[\w.:/%-]{1,300}$/),
  verdict: z.enum(VERDICTS),
  mode: z.enum(MODES),
  /** What the heading says of a pull request that ends audit mode; absent for others. */
  endsAudit: text.optional(),
  images: z.array(ImageSchema),
  things: z.array(ThingSchema),
  /** How many tasks there are, of which `things` may have fewer. */
  todo: count,
  tables: z.array(TableSchema),
  bench: z.array(BenchSchema),
  /** What the pull request changes compared with its base; `null` if that is not known. */
  change: z.strictObject({ base: text, added: count, gone: count }).nullable(),
  /** From a run of a stranger's code: never verified. */
  untrusted: z.boolean(),
  /** What the pull request does to the policies. */
  policy: z.array(text),
  /** For each image, how its findings split by who has to act; absent if there is nothing to split, or no room. */
  owners: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** For each image, what is due and when; absent if nothing is. */
  due: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** For each image, what Debian has deferred, if some of it is critical or high; absent if there is none. */
  deferred: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** How the checks of the image went; absent if there are several images, or no room. */
  checks: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** What limits the verdict; those that there was no room for are counted by the last one. */
  limits: z.array(z.strictObject({ image: text.nullable(), text: z.string().max(12_000) })),
  /** For which day it was judged, and by whose policies. */
  data: z.array(text),
})

export type MatrixJob = z.infer<typeof JobSchema>

/** Whether job `a` reported later than `b`. */
function isLater(a: MatrixJob, b: MatrixJob): boolean {
  return a.run === b.run ? a.attempt > b.attempt : a.run > b.run
}

/** The head that the latest job is about: the others are about an earlier one. */
export function latestHead(jobs: readonly MatrixJob[]): string | null {
  const [first, ...more] = jobs
  return first === undefined ? null : more.reduce((so, job) => (isLater(job, so) ? job : so), first).head
}

/**
 * The stored part that this job's replaces, if it is there; `null`: there is none. Parts of one key are from different
 * jobs if these judge differently, or if they judged other images in the same attempt.
 */
export function partOf(job: MatrixJob, stored: readonly MatrixJob[]): MatrixJob | null {
  return stored.find((other) => isReplacedBy(other, job)) ?? null
}

function isReplacedBy(other: MatrixJob, job: MatrixJob): boolean {
  const isSameAttempt = other.run === job.run && other.attempt === job.attempt
  return (
    other.key === job.key &&
    other.settings === job.settings &&
    (!isSameAttempt || other.content === job.content)
  )
}

/** Limit for the stored jobs: a comment has no room for as many. */
const MAX_JOBS = 40

/**
 * The jobs of a comment after one more has reported. It replaces its previous part, and the part of an earlier build
 * of its image. Jobs of the previous head stay until a second head has come, because a matrix takes time; late
 * reports of an outdated run are ignored.
 */
export function mergeJob(stored: readonly MatrixJob[], job: MatrixJob): readonly MatrixJob[] {
  const head = latestHead(stored)
  const same = partOf(job, stored)
  if (same !== null && isLater(same, job)) {
    return stored
  }
  if (head !== null && head !== job.head && stored.some((other) => isLater(other, job))) {
    return stored
  }
  const kept = stored.filter((other) => {
    const isEnded = other.problem === true && other.job === job.job
    if (isReplacedBy(other, job) || (isEnded && isLater(job, other))) {
      return false
    }
    if (same === null && other.family === job.family && other.run < job.run) {
      return false
    }
    return head === job.head || other.head === head
  })
  const orderOf = ({ key, settings = '', content = '' }: MatrixJob) => `${key} ${settings} ${content}`
  const inOrder = (jobs: readonly MatrixJob[]) => jobs.toSorted((a, b) => compareText(orderOf(a), orderOf(b)))
  const all = inOrder([...kept, job])
  if (all.length <= MAX_JOBS) {
    return all
  }
  // The comment must not read as a pass because there was no room for a failure.
  const ofHead = all.filter((other) => other.head === job.head)
  return inOrder(ofHead.toSorted(compareVerdicts).slice(0, MAX_JOBS))
}

/** The jobs of several comments, merged. */
export function mergeJobs(lists: readonly (readonly MatrixJob[])[]): readonly MatrixJob[] {
  const inOrder = lists.flat().sort((a, b) => a.run - b.run || a.attempt - b.attempt)
  return inOrder.reduce<readonly MatrixJob[]>(mergeJob, [])
}
