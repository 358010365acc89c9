import {
  type BenchRun,
  type ComparedResult,
  type Counts,
  type EngineResult,
  isOtherRepository,
  isStricter,
} from '../../model/index.js'
import type { Improvement } from './builtin/improvements.js'
import { textsAt } from './builtin/json.js'
import { knownWrong } from './builtin/known-wrong.js'
import type { EngineRecords } from './builtin/mistakes.js'
import type { BenchResult } from './builtin/rule-result.js'
import type { DbsResult } from './dbs/read.js'
import type { RunDocument } from './run/document.js'

/** Names of tests whose findings are the items, for ids that Docker Bench does not check (4.8, 4.10, 4.11). */
const TEST_OF_CHECK: Readonly<Record<string, string>> = {
  '4.8': 'setuid-scan',
  '4.10': 'secret-scan',
  '4.11': 'apt-signature-check',
}
/** Checks that Docker Bench judges for an image, whether or not a container runs. */
const IMAGE_CHECKS = ['4.6', '4.7', '4.9']
/** Checks that Docker Bench leaves to people: it examines nothing for them, and reports that. */
const MANUAL_CHECKS = ['4.2', '4.4', '4.8', '4.10', '4.11']
const CHECKS_WITHOUT_RULE = [...MANUAL_CHECKS, '4.3', '4.12']
/** Checks about the client and the daemon, that is, about the machine that Docker Bench runs on. */
const HOST_CHECKS = new Set(['4.5', '5.1'])

/** The result of the built-in rule combined with that of Docker Bench, for one check. */
export interface CombinedResult {
  readonly ours: BenchResult
  /** What explains that the two differ, in the result or in what is named; `null` if they do not. */
  readonly improvement: Improvement | null
  readonly compared: ComparedResult
}

/**
 * Combines the results of Docker Bench and of the built-in rules, and says which one counts. Docker Bench's
 * counts only for what it could judge: without a container of the image's own 4.6, 4.7, 4.9, and 4.1 if a
 * waiting one exists; and never an option that was changed for the start.
 */
export function combineResults(
  builtin: readonly BenchResult[],
  dbs: readonly DbsResult[] | null,
  run: RunDocument,
  records: EngineRecords,
): readonly CombinedResult[] {
  const host = textsAt(records.info, 'SecurityOptions').map((one) => one.replace(/^name=|,.*/gs, ''))
  const dbsResults = new Map(
    (dbs ?? []).filter(({ id }) => isDbsResultUsable(id, run)).map((one) => [one.id, one]),
  )
  return builtin.map((ours) => {
    const { id } = ours
    const found = dbsResults.get(id)
    const dbsResult: EngineResult | null =
      found === undefined ? null : { word: found.word, items: found.items }
    const evidence = ours.state === 'evaluated' ? TEST_OF_CHECK[id] : undefined
    return {
      ours,
      improvement: dbsResult === null || isSame(ours, dbsResult) ? null : ours.improvement,
      compared: {
        id,
        ...whichCounts(ours, dbsResult, records),
        builtin: { word: ours.word, items: ours.items },
        dbs: dbsResult,
        whyNoDbs:
          dbsResult !== null || ours.state === 'not-applicable'
            ? null
            : dbs === null
              ? notRunReason(id, run)
              : notUsedReason(id, run),
        dbsTitle: found?.title ?? null,
        evidence: evidence === undefined ? [] : [evidence],
        host,
      },
    }
  })
}

/** In section 4, our rules name instructions, and Docker Bench images: only whether both name any is compared. */
function isSame({ id, word, items }: BenchResult, dbsResult: EngineResult): boolean {
  const [one, other] = [new Set(items), new Set(dbsResult.items)]
  const isSameSet = one.size === other.size && items.every((item) => other.has(item))
  return (
    word === dbsResult.word && (id.startsWith('4.') ? (one.size === 0) === (other.size === 0) : isSameSet)
  )
}

type WeighedResult = Pick<ComparedResult, 'state' | 'why' | 'counts'>

/** Which of two results counts (docs/decisions/0028-two-results-one-that-counts.md). */
function whichCounts(ours: BenchResult, theirs: EngineResult | null, records: EngineRecords): WeighedResult {
  const { id, word, state, why } = ours
  const withCounts = (counts: Counts | null): WeighedResult => ({ state, why, counts })
  const onlyOurs: Counts | null = word === null ? null : { by: 'only', whose: 'built-in' }
  if (!theirs?.word) {
    return withCounts(onlyOurs)
  }
  if (theirs.word === word) {
    return withCounts({ by: 'agreed', whose: 'built-in' })
  }
  const isLaxer = word === null ? !isStricter(theirs.word, 'NOTE') : isStricter(word, theirs.word)
  const wrong = knownWrong(id, theirs.word, word ?? state, records)
  if (wrong !== null) {
    return withCounts({ by: 'known-wrong', whose: 'built-in', ...wrong })
  }
  if (isLaxer) {
    return withCounts(word === null ? null : { by: 'stricter', whose: 'built-in' })
  }
  const builtinText =
    word === null ? `the built-in rules have no result: ${why}` : `the built-in rules say ${word}: ${why}`
  return {
    state: 'evaluated',
    why: `Docker Bench says ${theirs.word}; ${builtinText}`,
    counts: { by: word === null ? 'only' : 'stricter', whose: 'docker-bench' },
  }
}

/** In characters: a longer reason is in the head of the report, and need not be repeated in each row. */
const MAX_REASON_LENGTH = 100

/** Why Docker Bench did not run, for the ids that it judges in any image; `null` if it was not asked. */
function notRunReason(id: string, { engine, withoutDbs }: RunDocument): string | null {
  if (engine === 'builtin' || withoutDbs === null || !(id === '4.1' || IMAGE_CHECKS.includes(id))) {
    return null
  }
  return withoutDbs.length <= MAX_REASON_LENGTH
    ? withoutDbs
    : 'Docker Bench did not run (the top of the report shows why)'
}

/** Why Docker Bench's result for this id is not used, although it ran. */
function notUsedReason(id: string, run: RunDocument): string {
  const skipped = run.notAsked.find((one) => one.id === id)
  if (skipped !== undefined) {
    return skipped.why
  }
  if (run.started?.changed.includes(id)) {
    return startedOtherwise(id, run.started)
  }
  if (HOST_CHECKS.has(id)) {
    return "Docker Bench's result describes the machine that it runs on."
  }
  if (CHECKS_WITHOUT_RULE.includes(id)) {
    return 'Docker Bench has no rule for this check.'
  }
  return isDbsResultUsable(id, run)
    ? 'Docker Bench has no result for this check.'
    : `Docker Bench runs this check only on a running container (${noContainerReason(run)}).`
}

/** Why no container runs, for a sentence about what only a running container shows. */
export function noContainerReason({
  notStarted,
  isStandIn,
}: Pick<RunDocument, 'notStarted' | 'isStandIn'>): string {
  if (notStarted === undefined) {
    return 'this needs start: true'
  }
  const what = isStandIn ? 'was not started' : 'did not keep running'
  return `the image ${what}, and the report lists why`
}

export function benchRunOf({ withoutDbs, dbs, apart, notStarted, ended, isStandIn }: RunDocument): BenchRun {
  if (withoutDbs !== null) {
    return { ran: false, why: withoutDbs, ...(apart === null ? {} : { isApart: true }) }
  }
  // Older evidence does not record which Docker Bench ran.
  const ran = { ran: true, ...(dbs ?? { source: null, tree: null }) } as const
  // A stand-in has none of the image's programs: nothing that is declared would make it run.
  return notStarted === undefined || isStandIn
    ? ran
    : { ...ran, notStarted: ended ?? { why: notStarted, lastLine: null } }
}

/** What readers of section 5 have to know about the options that it judges. */
export function optionsLimits(run: RunDocument, reference: string): string[] {
  const isStartOfBase = run.isStartOfBase && run.started !== null
  return [
    ...declaredOptionsLimit(run),
    ...otherImageLimit(run, reference),
    ...(isStartOfBase ? [START_OF_BASE] : []),
  ]
}

const START_OF_BASE =
  "the container was started with the base branch's options, because a pull request's own start nothing; what they change is judged by the built-in rules alone"

/**
 * If the base's options were started: Docker Bench's results count for the rules by which that container is like the
 * one with the judged options, and for no others.
 */
export function startedByBase(
  run: RunDocument,
  own: readonly BenchResult[],
  onStarted: readonly BenchResult[],
): RunDocument {
  const textOf = ({ state, word, items }: BenchResult) => JSON.stringify([state, word, items])
  const texts = new Map(onStarted.map((one) => [one.id, textOf(one)]))
  const ids = own.filter((one) => texts.get(one.id) !== textOf(one)).map(({ id }) => id)
  const { started } = run
  const differs = [
    ...(started?.differs ?? []),
    { kind: 'with' as const, what: "the base branch's options", ids },
  ]
  return {
    ...run,
    started: started && { ...started, differs, changed: [...started.changed, ...ids] },
  }
}

/** Whoever reads a pass has to know that section 5 is about the way to run something else. */
function otherImageLimit(run: RunDocument, reference: string): string[] {
  const { hasOptions, service, serviceImage, optionsAt } = run
  if (!hasOptions || serviceImage === undefined || !isOtherRepository(serviceImage, reference)) {
    return []
  }
  const file = optionsAt === undefined ? '' : ` in ${optionsAt.file}`
  return [
    `section 5 is judged by service ${JSON.stringify(service?.name ?? '')}${file}, which runs ${serviceImage} instead of this image; select another service with compose-service`,
  ]
}

/** That options were judged as declared although a container was to be started. */
function declaredOptionsLimit({ notStarted, ended, withoutDbs, isStandIn }: RunDocument): string[] {
  if (notStarted === undefined) {
    return []
  }
  if (isStandIn) {
    return [`the image was not started, so its options are judged as declared: ${notStarted}`]
  }
  if (withoutDbs !== null) {
    return [`the image did not keep running, so its options are judged as declared: ${notStarted}`]
  }
  // Reports begin with the reason and the last line (notRunningText), so only the lines before that one are added.
  const lastLine = `${ended?.why}; its output ends with: ${ended?.lastLine}`
  const isKnown = ended === undefined || ended.lastLine === null || notStarted === lastLine
  const output = isKnown ? '' : notStarted.slice(ended.why.length)
  return [`the run options are judged as declared, without a running container${output}`]
}

/** How the started container differs. If options were withheld, only those are named: the user chose only them. */
function startedOtherwise(id: string, { differs }: NonNullable<RunDocument['started']>): string {
  const differencesOfCheck = differs.filter(({ ids }) => ids.includes(id))
  const textFor = (kind: 'without' | 'with') =>
    [...new Set(differencesOfCheck.filter((one) => one.kind === kind).map(({ what }) => what))].join(', ')
  const [without, by] = [textFor('without'), textFor('with')]
  if (without !== '') {
    return `started without ${without}`
  }
  return by === '' ? 'This option was changed when the container was started.' : `started with ${by}`
}

function isDbsResultUsable(id: string, run: RunDocument): boolean {
  if (HOST_CHECKS.has(id) || run.started?.changed.includes(id) || run.notAsked.some((one) => one.id === id)) {
    return false
  }
  if (IMAGE_CHECKS.includes(id)) {
    return true
  }
  if (id === '4.1') {
    return run.started !== null || run.waiter !== null
  }
  return run.started !== null && (run.hasOptions || MANUAL_CHECKS.includes(id))
}
