import {
  BENCH_STATUSES,
  CHECK_IDS,
  CHECKS,
  type CheckId,
  type ComparedResult,
  compareIds,
  type DictionaryPlace,
  type EngineResult,
  isOfRun,
  type Outcome,
  type Place,
  type Reason,
  resultThatCounts,
  START_TEST,
} from '../../model/index.js'
import { BUILTIN_FILE } from './builtins.js'
import type { Dictionary, Expectation } from './dictionary.js'
import { compareItems, ruleText } from './items.js'
import { type EntryFor, entryFor, expectedIds, notApplicableTo, overridesElsewhere } from './match.js'

/**
 * Which named evidence the other checks of a run provide. Being requested is enough: a missing answer counts by
 * itself.
 */
export function evidenceOf(checks: readonly CheckId[]): ReadonlySet<string> {
  return new Set(checks.flatMap((check): readonly string[] => CHECKS[check].evidence))
}

export interface Comparison {
  readonly id: string
  readonly outcome: Outcome
  /** `null` if there is none (`missing`). */
  readonly result: ComparedResult | null
  /** What was compared: the result that counts. */
  readonly reported: EngineResult | null
  readonly entry: Expectation | null
  readonly place: Place | null
  /** What was expected, in words; empty if nothing was. */
  readonly expected: string
  readonly because: readonly Reason[]
  readonly blocks: boolean
}

export interface ComparisonContext {
  readonly reference: string
  /** YYYY-MM-DD, UTC. */
  readonly today: string
  /** Names of the evidence that the other checks of this run provide (`evidenceOf`). */
  readonly evidence: ReadonlySet<string>
}

/** How many overrides for other images are named with a result. */
const MAX_OTHER_OVERRIDES = 2

/** Compares results with the dictionary: one comparison for each result, and for each missing expected one. */
export function compareResults(
  results: readonly ComparedResult[],
  dictionary: Dictionary,
  context: ComparisonContext,
): readonly Comparison[] {
  const resultIds = new Set(results.map(({ id }) => id))
  const hasRun = results.some(({ id, state }) => isOfRun(id) && state !== 'not-applicable')
  const host = new Set(results.flatMap((one) => one.host))
  const missing = expectedIds(dictionary, context.reference).flatMap((id) => {
    if (notApplicableTo(dictionary, id, context.today) !== null) {
      return []
    }
    const { entry, expired } = entryFor(dictionary, id, context.reference, context.today)
    const isAnswered = hasRun || !isOfRun(id)
    const hostFits = !entry || entry.host === null || host.has(entry.host)
    return resultIds.has(id) || !isAnswered || !hostFits
      ? []
      : [missingOf(id, { entry, expired }, dictionary)]
  })
  const compared = results.map((result) => compareOne(result, dictionary, context))
  return [...compared, ...missing].sort((a, b) => compareIds(a.id, b.id))
}

/** The place as reports show it: for a built-in dictionary, which nobody can open, without the line. */
export function shownAt({ place }: { readonly place: Place }): DictionaryPlace {
  return place.file === BUILTIN_FILE ? { file: place.file, line: null } : place
}

function missingOf(
  id: string,
  { entry, expired }: Pick<EntryFor, 'entry' | 'expired'>,
  dictionary: Dictionary,
): Comparison {
  const { defaults } = dictionary
  const because: Reason = { reason: 'no-result', place: entry ? shownAt(entry) : null }
  const common = {
    id,
    outcome: 'missing',
    result: null,
    reported: null,
    entry,
    place: entry?.place ?? null,
  } as const
  const blocks = defaults.missing === 'action'
  return { ...common, expected: expectedText(entry), because: [because, ...expiry(expired)], blocks }
}

/** A line that has expired is named next to what counts instead: renewing it is one way to fix the result. */
function expiry(expired: EntryFor['expired']): Reason[] {
  return expired === null ? [] : [{ reason: 'entry-expired', place: expired.place, on: expired.expires }]
}

function compareOne(result: ComparedResult, dictionary: Dictionary, context: ComparisonContext): Comparison {
  const { id } = result
  const found = entryFor(dictionary, id, context.reference, context.today)
  const { entry, expired } = found
  const reported = resultThatCounts(result)
  if (id === START_TEST) {
    return startTest(result, reported)
  }
  const { outcome, reason, blocks, place } = decide(result, reported, found, dictionary, context)
  const otherImages =
    outcome === 'worse' && reported?.word != null
      ? overridesElsewhere(dictionary, { id, word: reported.word }, context.reference).slice(
          0,
          MAX_OTHER_OVERRIDES,
        )
      : []
  return {
    id,
    outcome,
    result,
    reported,
    entry,
    place: place ?? entry?.place ?? expired?.place ?? null,
    expected: expectedText(entry),
    because: [
      reason,
      ...expiry(expired),
      ...otherImages.map((one): Reason => ({ reason: 'override-elsewhere', ...one })),
    ],
    blocks,
  }
}

interface OutcomeOfResult {
  readonly outcome: Outcome
  readonly reason: Reason
  readonly blocks: boolean
  readonly place: Place | undefined
}

function decided(outcome: Outcome, reason: Reason, blocks: boolean, place?: Place): OutcomeOfResult {
  return { outcome, reason, blocks, place }
}

function decide(
  result: ComparedResult,
  reported: EngineResult | null,
  { entry, tied }: ReturnType<typeof entryFor>,
  dictionary: Dictionary,
  context: ComparisonContext,
): OutcomeOfResult {
  const outside = notApplicableTo(dictionary, result.id, context.today)
  if (outside) {
    const reason = outside.reason
    return decided('not-applicable', { reason: 'left-out', words: reason }, false, outside.place)
  }
  if (result.state === 'not-applicable') {
    return decided('not-applicable', { reason: 'not-applicable', why: result.why }, false)
  }
  if (tied.length > 0) {
    return decided('not-evaluated', { reason: 'tied', places: tied.map(shownAt) }, true)
  }
  if (entry === null) {
    const { file } = dictionary
    return decided('new', { reason: 'unlisted', file }, dictionary.defaults.unlisted === 'action')
  }
  if (entry.host !== null && !result.host.includes(entry.host)) {
    return decided('not-applicable', { reason: 'host-lacks', feature: entry.host }, false)
  }
  if (result.state === 'not-evaluated' || reported?.word == null) {
    return decided('vacuous', { reason: 'nobody-looked', why: result.why }, true)
  }
  if (entry.title !== null && result.dbsTitle !== null && !containsInOrder(result.dbsTitle, entry.title)) {
    return decided('not-evaluated', { reason: 'other-title', place: shownAt(entry) }, true)
  }
  const { word, items } = reported
  if (!entry.expect.includes(word)) {
    const ranks = entry.expect.map((one) => BENCH_STATUSES.indexOf(one))
    const outdated = BENCH_STATUSES.indexOf(word) < Math.min(...ranks)
    const expected = expectedText(entry)
    const because: Reason = { reason: 'other-word', word, place: shownAt(entry), expected, outdated }
    return decided(outdated ? 'better' : 'worse', because, true)
  }
  if (word === 'NOTE') {
    return compareNote(entry, items, result, context)
  }
  return entry.items === null ? match(entry) : compareFound(entry, items)
}

function compareNote(
  entry: Expectation,
  items: readonly string[],
  { evidence: foundEvidence }: ComparedResult,
  context: ComparisonContext,
): OutcomeOfResult {
  const { evidence } = entry
  const hasOtherTest = foundEvidence.length > 0
  const place = shownAt(entry)
  if (evidence !== null && !foundEvidence.includes(evidence) && !context.evidence.has(evidence)) {
    const check = CHECK_IDS.find((one) => evidenceOf([one]).has(evidence))
    // The policy has chosen the checks, and the head of every report names those that did not run.
    return check === undefined
      ? decided('not-evaluated', { reason: 'evidence-lacking', place, evidence }, true)
      : decided('not-applicable', { reason: 'check-not-run', check }, false)
  }
  if (entry.items !== null) {
    return hasOtherTest
      ? compareFound(entry, items)
      : decided('not-evaluated', { reason: 'only-builtin-looks' }, true)
  }
  // The test that decides has found something, and nothing says that it is allowed.
  if (evidence !== null && foundEvidence.includes(evidence) && items.length > 0) {
    const count = items.length
    return decided('worse', { reason: 'evidence-found', evidence, count, place }, true)
  }
  if (evidence !== null) {
    return match(entry)
  }
  return decided('not-applicable', { reason: 'nobody-looks' }, false)
}

function compareFound(entry: Expectation, items: readonly string[]): OutcomeOfResult {
  const differ = entry.items && compareItems(items, entry.items)
  if (!differ) {
    return match(entry)
  }
  const { outcome, difference } = differ
  const outdated = outcome === 'better'
  const because: Reason = { reason: 'other-items', place: shownAt(entry), difference, outdated }
  return decided(outcome ?? 'not-evaluated', because, true)
}

function match(entry: Expectation): OutcomeOfResult {
  return decided('match', { reason: 'as-expected', place: shownAt(entry) }, false)
}

/** Whoever requests the start test expects it to pass; the dictionary does not apply. */
function startTest(result: ComparedResult, reported: EngineResult | null): Comparison {
  const outcome = reported?.word === 'PASS' ? 'match' : reported?.word == null ? 'vacuous' : 'worse'
  return {
    id: result.id,
    outcome,
    result,
    reported,
    entry: null,
    place: null,
    expected: 'PASS',
    because: [{ reason: 'start-test', why: result.why }],
    blocks: outcome !== 'match',
  }
}

function expectedText(entry: Expectation | null): string {
  if (entry === null) {
    return ''
  }
  const items = entry.items === null ? '' : ` with ${ruleText(entry.items)}`
  return `${entry.expect.join(' or ')}${items}`
}

/** True if the words of `guard` are words of `title`, in the same order. */
function containsInOrder(title: string, guard: string): boolean {
  const partsOf = (text: string) =>
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((part) => part !== '')
  const guardParts = partsOf(guard)
  for (const part of partsOf(title)) {
    if (guardParts[0] === part) {
      guardParts.shift()
    }
  }
  return guardParts.length === 0
}
