import * as z from 'zod'
import { RunServiceSchema } from '../run/run-service.js'
import { count, day, PlaceSchema, type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { BARE, type CommonFinding } from './common.js'

/** The possible Docker Bench results, from the best to the worst. NOTE: not examined. */
export const BENCH_STATUSES = ['PASS', 'NOTE', 'INFO', 'WARN'] as const
export type BenchStatus = (typeof BENCH_STATUSES)[number]

export const BENCH_STATES = ['evaluated', 'not-evaluated', 'not-applicable'] as const

/**
 * - `evaluated`: there is a result.
 * - `not-evaluated`: not examined (no subject, an answer of the engine is missing); never a pass.
 * - `not-applicable`: the question does not arise, for the reason in `why`.
 */
export type BenchResultState = (typeof BENCH_STATES)[number]

export const EngineResultSchema = z
  .strictObject({
    word: z.enum(BENCH_STATUSES).nullable().describe('null: not examined, or not applicable'),
    items: texts,
  })
  .meta({ id: 'EngineResult' })
export type EngineResult = TypeOf<typeof EngineResultSchema>

export const BENCH_RULES = ['docker-bench', 'built-in'] as const

/** The Docker Bench that ran next to the built-in rules; or why these alone judge. */
export type BenchRun =
  | {
      readonly ran: true
      /** A text about which Docker Bench ran, and where; `null` if the evidence does not record it. */
      readonly source: string | null
      /** Hash over its files. */
      readonly tree: string | null
      /** Why the image was not running for it, although its container was to be started; absent otherwise. */
      readonly notStarted?: EndedSubject
    }
  | {
      readonly ran: false
      readonly why: string
      /** True for a platform that is not the engine's, of an image whose platform for the engine is judged too. */
      readonly isApart?: boolean
    }

/** What became of a container that did not keep running, and the last line that it printed, if it printed any. */
export interface EndedSubject {
  readonly why: string
  readonly lastLine: string | null
}

/** The two ways to get Docker Bench's results for an image whose container did not keep running. */
export const KEEP_RUNNING_ADVICE =
  'add what the image lacks to its run options (run-options or compose-file in gate.yml); or, if it ends by design or needs a service that is not there, set start: false in gate.yml'

export function endedText({ why, lastLine }: EndedSubject): string {
  const last = lastLine === null ? '' : `; its last line: ${lastLine.replace(/\.+$/, '')}`
  return `the image did not keep running: ${why}${last}`
}

/** Why a result counts if there are two (docs/decisions/0028-two-results-one-that-counts.md). */
export const COUNTED_BY = ['agreed', 'known-wrong', 'stricter', 'only'] as const

export const CountsSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.enum(COUNTED_BY).exclude(['known-wrong']),
    whose: z.enum(BENCH_RULES),
  }),
  z.strictObject({
    by: z.literal('known-wrong'),
    whose: z.literal('built-in'),
    reason: text.describe("How Docker Bench's result is known to be wrong"),
    page: text.describe('Page with details'),
  }),
])
/**
 * Which of the two results counts, and why. `agreed`: both have it, and the built-in rules' items are shown. `only`: the
 * other has no result.
 */
export type Counts = TypeOf<typeof CountsSchema>

const HistoryPlaceSchema = z.strictObject({
  line: count.describe("Index in the image's history, oldest first, from 0"),
  instruction: text.describe("The Dockerfile instruction's keyword, such as RUN"),
})
/** A line of the image's history that caused a result. Its text is left out: it can contain secrets. */
export type HistoryPlace = TypeOf<typeof HistoryPlaceSchema>

const ComparedSchema = z.strictObject({
  state: z.enum(BENCH_STATES),
  why: text.describe('One sentence: what was seen, or why nothing was'),
  builtin: EngineResultSchema.nullable().describe('Result of the built-in rules; null if they did not run'),
  dbs: EngineResultSchema.nullable().describe("Docker Bench's own result; null if it has no usable result"),
  whyNoDbs: textOrNull.describe('Why Docker Bench, which was asked, has no usable result; otherwise null'),
  counts: CountsSchema.nullable().describe('null if neither has a result that could count'),
  dbsTitle: textOrNull.describe("Docker Bench's own title of the check; null if it was not asked"),
  evidence: texts.describe(
    'Names of the tests whose findings are the items, for ids that Docker Bench itself does not check',
  ),
  host: texts.describe("What the host's kernel offers: apparmor, selinux, seccomp"),
})

/** A Docker Bench result, in the form that is compared with the dictionary. */
export interface ComparedResult extends TypeOf<typeof ComparedSchema> {
  /** In the numbering of 1.6.1. */
  readonly id: string
}

/** What neither Docker Bench nor the built-in rules have a result for. */
export const NO_RESULT: Omit<ComparedResult, 'id' | 'state' | 'why'> = {
  builtin: null,
  dbs: null,
  counts: null,
  whyNoDbs: null,
  dbsTitle: null,
  evidence: [],
  host: [],
}

/**
 * The outcome of comparing a result with the dictionary.
 * - `worse`, `better`: not as expected; after a better one the entry is outdated, and would hide a later regression.
 * - `missing`: expected, but without a result.
 * - `new`: a result that the dictionary does not know.
 * - `vacuous`: not examined.
 * - `not-evaluated`: it cannot be determined whether it is as expected.
 */
export const OUTCOMES = [
  'match',
  'worse',
  'better',
  'missing',
  'new',
  'vacuous',
  'not-applicable',
  'not-evaluated',
] as const
export type Outcome = (typeof OUTCOMES)[number]

const AcceptedSchema = z.strictObject({ place: PlaceSchema, owner: text, reason: text, expires: day })
/** A result that is worse than the built-in dictionary expects, and that an entry of the file accepts. */
export type AcceptedResult = TypeOf<typeof AcceptedSchema>

const DictionaryResultSchema = z.strictObject({
  outcome: z.enum(OUTCOMES),
  expected: text.describe('What was expected, in words; empty if nothing was'),
  reported: EngineResultSchema.nullable().describe('What was compared: the result that counts'),
  unexpected: texts.describe('Items that the entry does not allow, although the result is the expected one'),
  accepted: AcceptedSchema.nullable().describe(
    'Who is responsible for it, if it is as expected but worse than it should be',
  ),
})
export type DictionaryResult = TypeOf<typeof DictionaryResultSchema>

export const BenchSchema = z.strictObject({
  ...ComparedSchema.shape,
  ours: z
    .strictObject({ title: text, advice: text })
    .nullable()
    .describe('How it should be, and what to do, in our words; null if there is no such result'),
  subject: textOrNull.describe(
    'Name of the image or container that was judged; null if there was none, or several',
  ),
  improvement: textOrNull.describe(
    "Why the built-in rules' result differs from Docker Bench's, in words; null if there are not two that differ",
  ),
  places: z
    .array(HistoryPlaceSchema)
    .describe('Lines of the history that cause it, as far as they are known'),
  optionsAt: PlaceSchema.optional().describe(
    'For a check of the run options: the line that sets these, if it is known',
  ),
  service: RunServiceSchema.optional().describe(
    'For a bad result about run options that a compose file sets: the service of that file',
  ),
  bindings: texts
    .optional()
    .describe(
      'For 5.14: the ports published on all addresses, each as it would be bound to a local one. For 5.9: the binding that the built-in dictionary expects, if one port is published',
    ),
  uid: count
    .optional()
    .describe('For 4.1: the uid to put into USER, if the image has such an unprivileged user already'),
  userOfOptions: z
    .literal(true)
    .optional()
    .describe("For 4.1: the run options set the user that is root; the image's own user is not"),
  health: z
    .strictObject({
      path: text.describe('A program of the image'),
      port: count.describe("The service's port in the container"),
      urlPath: text
        .optional()
        .describe("The path that the container's own health check asks, if it shows one"),
    })
    .optional()
    .describe('For 4.6: the request that a health check could make, if the image has a program for it'),
  output: textOrNull.describe('The last output of the container that was started'),
  ofBase: textOrNull.describe(
    "The base whose layers caused all of it; null if the image's own did in part, or if that is not known",
  ),
  compared: DictionaryResultSchema.nullable().describe('null until it has been compared with the dictionary'),
})

/** A result of Docker Bench or of the built-in rules, one for each id. */
export interface BenchFinding extends CommonFinding, TypeOf<typeof BenchSchema> {
  readonly check: typeof RESULT.check
  readonly id: string
}

/** What the rows of results, in kinds.ts, have in common. */
export const RESULT = { check: 'docker-bench', blocks: 'dictionary', about: 'result' } as const

type More = Partial<Omit<BenchFinding, keyof ComparedResult | keyof CommonFinding>>

/** A request to the image's own service, by one of its programs. */
export type HealthRequest = NonNullable<BenchFinding['health']>

/** The finding of a result. Text from outside loses its line breaks, and empty list members are dropped. */
export function benchFinding(result: ComparedResult, more: More = {}): BenchFinding {
  const { id, state, why, builtin, dbs, whyNoDbs, counts, dbsTitle, evidence, host } = result
  return {
    ours: null,
    subject: null,
    improvement: null,
    places: [],
    output: null,
    ofBase: null,
    compared: null,
    ...more,
    check: RESULT.check,
    id,
    state,
    why: singleLine(why),
    builtin: plainly(builtin),
    dbs: plainly(dbs),
    whyNoDbs: whyNoDbs === null ? null : singleLine(whyNoDbs),
    counts,
    dbsTitle: dbsTitle === null ? null : singleLine(dbsTitle),
    evidence,
    host,
    ...BARE,
  }
}

/** The result that counts: what was compared, else the one of the two that counts. */
export function countedResult(finding: BenchFinding): EngineResult | null {
  return finding.compared?.reported ?? resultThatCounts(finding)
}

/** The one of the two results that counts; if none does, the built-in rules' statement. */
export function resultThatCounts({
  builtin,
  dbs,
  counts,
}: Pick<ComparedResult, 'builtin' | 'dbs' | 'counts'>): EngineResult | null {
  if (counts === null) {
    return builtin
  }
  return counts.whose === 'built-in' ? builtin : dbs
}

/** True if the first result is stricter than the second: PASS, NOTE, INFO, WARN in rising order. */
export function isStricter(one: BenchStatus, other: BenchStatus): boolean {
  return BENCH_STATUSES.indexOf(one) > BENCH_STATUSES.indexOf(other)
}

function plainly(result: EngineResult | null): EngineResult | null {
  return result === null
    ? null
    : { word: result.word, items: result.items.map(singleLine).filter((one) => one !== '') }
}

function singleLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
}
