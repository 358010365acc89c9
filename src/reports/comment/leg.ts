import * as z from 'zod'
import { MODES, VERDICTS } from '../../model/verdict.js'

/**
 * What one leg (one run of the gate, of which a matrix has several) has to say in the comment that all legs
 * share. It is kept in the comment itself, as words that are not escaped yet: whoever may edit the comment may
 * have changed it.
 */
/** 300 characters made visible, of which each may become ten. */
const text = z.string().max(4000)
const count = z.int().min(0)

/** All that Debian's names and versions, and our own commands, are made of: no line break, no backtick. */
const COMMAND = /^[A-Za-z0-9 .+~:=_&'>/-]{1,6000}$/

/** Of lines for a Dockerfile: no backtick, which could close their fence. */
const LINES = /^[A-Za-z0-9 .,;+~:=_&'">#*@/\\[\]\n-]{1,2000}$/

/** Address of our own page about a thing to do. */
const PAGE = /^https?:\/\/[\w.:/-]{1,500}\.md(#[\w.-]{1,100})?$/

const ImageSchema = z.strictObject({
  name: text,
  /** Where the leg is on several platforms of one image; the name ends with it. Absent elsewhere. */
  platform: text.optional(),
  verdict: z.enum(VERDICTS),
  /** Things to do. */
  todo: count,
})

const ThingSchema = z.strictObject({
  title: text,
  why: text,
  where: text,
  command: z.string().regex(COMMAND).nullable(),
  /** Lines for a Dockerfile, where there is no command; comments of before have none. */
  dockerfile: z.string().regex(LINES).nullable().default(null),
  page: z.string().regex(PAGE).nullable().default(null),
})

export const TABLES = ['blocking', 'due', 'accepted', 'deferred', 'unfixed', 'noted'] as const

/** Cells in the order of the table's columns; a comment of before may have fewer. */
const RowSchema = z.array(text).min(1).max(20)

const TableSchema = z.strictObject({
  of: z.enum(TABLES),
  /** How many rows there are, of which `rows` may hold fewer. */
  total: count,
  /** How many findings are in them; comments of before have a row for each. */
  findings: count.optional(),
  rows: z.array(RowSchema),
})

const BenchSchema = z.strictObject({
  /** Name of the image, where the leg has several. */
  image: text.nullable(),
  /** How many results are as expected, and what came of the others. */
  counts: text,
  total: count,
  rows: z.array(RowSchema),
})

export const LegSchema = z.strictObject({
  /** Stands for images and platform. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** The same without tags and digests: who is superseded by the next build of the same image. */
  family: z.string().regex(/^[0-9a-f]{16}$/),
  run: count,
  attempt: count,
  head: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  url: z.string().regex(/^https?:\/\/[\w.:/%-]{1,300}$/),
  verdict: z.enum(VERDICTS),
  /** Comments of before have none, and enforce. */
  mode: z.enum(MODES).default('enforce'),
  images: z.array(ImageSchema),
  things: z.array(ThingSchema),
  /** How many there are, of which `things` may hold fewer. */
  todo: count,
  tables: z.array(TableSchema),
  /** Which Docker Bench judged, each once; comments of before have none, nor tables of it. */
  judges: z.array(text).default([]),
  bench: z.array(BenchSchema).default([]),
  /** What the pull request changes against its base; `null` where that is not known. */
  change: z.strictObject({ base: text, added: count, gone: count }).nullable(),
  /** Said by a run of a stranger's code: never verified. */
  untrusted: z.boolean().default(false),
  /** What the pull request does to the policies; comments of before have none. */
  policy: z.array(text).default([]),
  /** What was not read from its first address, and why; which platforms were not examined. Absent where nothing is. */
  instead: z.array(text).optional(),
  /** Of each image how its findings split by who has to act; comments of before do not say. */
  owners: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** Of each image what is due and when; absent where nothing is. */
  due: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** Of each image what Debian has put off, where some of it is critical or high; absent where none is. */
  deferred: z.array(z.strictObject({ image: text, line: text })).optional(),
  /** What the regression test came to; comments of before do not say. */
  test: z.array(text).max(20).default([]),
  /** What lies in the images beside Debian's packages, and whether it was examined. */
  applications: z.array(text).optional(),
  /** What the verdict stands on, and how old it is. */
  data: z.array(text),
})

export type Leg = z.infer<typeof LegSchema>

export function isPage(address: string): boolean {
  return PAGE.test(address)
}

export function isCommand(command: string): boolean {
  return COMMAND.test(command)
}

export function isLines(lines: string): boolean {
  return LINES.test(lines)
}

/** Whether leg `a` was said later than `b`. */
function isLater(a: Leg, b: Leg): boolean {
  return a.run === b.run ? a.attempt > b.attempt : a.run > b.run
}

/** The head that the latest leg is about: the others are about an earlier one. */
export function latestHead(legs: readonly Leg[]): string | null {
  return latest(legs)?.head ?? null
}

function latest(legs: readonly Leg[]): Leg | undefined {
  return legs.reduce<Leg | undefined>(
    (so, leg) => (so === undefined || isLater(leg, so) ? leg : so),
    undefined,
  )
}

/** More legs than a comment can tell of. */
const MOST_LEGS = 40

/**
 * The legs of a comment after one more has come. It replaces what it said before, and what was said of an
 * earlier build of its image. Legs of the head before stay until a second head has come, for a matrix needs its
 * time; what an outdated run says late is not taken.
 */
export function mergeLeg(stored: readonly Leg[], leg: Leg): readonly Leg[] {
  const head = latestHead(stored)
  const same = stored.find(({ key }) => key === leg.key)
  if (same !== undefined && isLater(same, leg)) {
    return stored
  }
  if (head !== null && head !== leg.head && stored.some((other) => isLater(other, leg))) {
    return stored
  }
  const kept = stored.filter((other) => {
    if (other.key === leg.key) {
      return false
    }
    if (same === undefined && other.family === leg.family && other.run < leg.run) {
      return false
    }
    return head === leg.head || other.head === head
  })
  const all = [...kept, leg].sort((a, b) => (a.key < b.key ? -1 : 1))
  return all.length <= MOST_LEGS ? all : all.filter((other) => other.head === leg.head).slice(0, MOST_LEGS)
}

/** The legs of several comments as if one had them all. */
export function mergeLegs(lists: readonly (readonly Leg[])[]): readonly Leg[] {
  const inOrder = lists.flat().sort((a, b) => a.run - b.run || a.attempt - b.attempt)
  return inOrder.reduce<readonly Leg[]>(mergeLeg, [])
}
