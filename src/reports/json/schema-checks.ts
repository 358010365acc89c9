import * as z from 'zod'
import { CHECK_IDS } from '../../model/checks.js'
import { BENCH_RULES, BENCH_WORDS, COUNTED_BY, OUTCOMES } from '../../model/finding/bench.js'
import { PROBLEM_CODES } from '../../model/problem-codes.js'

const text = z.string()
const known = text.nullable()
const count = z.int().min(0)

export const ProblemSchema = z.strictObject({
  code: z.enum(PROBLEM_CODES).describe('Stable code for programs; see docs/troubleshooting.md'),
  what: text,
  where: text,
  todo: text,
})

const SaysSchema = z.strictObject({
  word: z.enum(BENCH_WORDS).nullable().describe('null: not examined, or not applicable'),
  items: z.array(text),
})

const ResultSchema = z.strictObject({
  id: text.describe('The id as in Docker Bench 1.6.1; only "start-test" is an id of Seaworthy itself'),
  title: known.describe("The expected state, in Seaworthy's words"),
  expected: known.describe('The results that the dictionary expects'),
  allowed: known.describe('The items that the dictionary allows, in words'),
  dockerBench: SaysSchema.nullable().describe("Docker Bench's own result; null if it has no usable result"),
  whyNoDockerBench: known.describe(
    'Why Docker Bench has no result for this id, if it was asked for one; otherwise null',
  ),
  builtIn: SaysSchema.nullable().describe('Result of the built-in rules; null if they did not run'),
  counts: z.enum(BENCH_RULES).nullable().describe('Which of the two results counts; null if neither does'),
  countsBy: z
    .enum(COUNTED_BY)
    .nullable()
    .describe('Why that result counts; for "known-wrong", `reason` has the explanation'),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'match: as expected; new: not listed; vacuous: not examined by any rule; not-evaluated: could not be compared',
    ),
  reason: known.describe(
    'The reason for the result or the outcome, if no other field states it; otherwise null',
  ),
  dictionary: z
    .strictObject({ file: text, line: count.nullable().describe('null: from the built-in dictionary') })
    .nullable()
    .describe('The dictionary line that states the expected result'),
})

/** Sections 1 to 7 have 117 checks. */
const MOST_RESULTS = 200

const BenchSchema = z
  .strictObject({
    ran: z
      .boolean()
      .describe('Whether Docker Bench itself ran; if not, all results come from the built-in rules'),
    source: known.describe('Which Docker Bench ran, and where'),
    tree: known.describe("SHA-256 of Docker Bench's files"),
    why: known.describe(
      'Why Docker Bench did not run; or, if only the second attempt succeeded, why the first one failed',
    ),
    results: z
      .array(ResultSchema)
      .max(MOST_RESULTS)
      .describe('All ids in sorted order, including those whose result is as expected'),
  })
  .describe('For the docker-bench check: both results for each id, compared with the dictionary')

/** A check in report.json: its result, and for docker-bench the comparison. */
export const CheckSchema = z.strictObject({
  check: z.enum(CHECK_IDS),
  state: z.enum(['answered', 'unanswered']),
  problem: ProblemSchema.nullable(),
  tookMs: z.number().describe('Milliseconds spent collecting'),
  notes: z.array(text),
  bench: BenchSchema.nullable(),
})
