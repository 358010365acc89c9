import {
  type AcceptedResult,
  type BenchFinding,
  type BenchRow,
  benchFinding,
  type ComparedResult,
  type DictionaryResult,
  NO_RESULT,
  type Outcome,
  type Place,
  type Reason,
} from '../../model/index.js'
import { acceptedBy } from '../whitelist/match.js'
import { BUILTIN_FILE } from './builtins.js'
import { type Comparison, type ComparisonContext, compareResults, shownAt } from './compare.js'
import { DEFAULT_DICTIONARY } from './default.js'
import type { Dictionary } from './dictionary.js'
import { ruleText, unexpectedItems } from './items.js'
import { notApplicableTo } from './match.js'

/** Outcomes that pass, including a check that nobody needs to examine. */
const ACCEPTING: ReadonlySet<string> = new Set(['match', 'not-applicable'])

/** Results that the built-in dictionary would not accept, and the entry that did: every report names it. */
export function acceptedOf(
  { id, outcome, entry, result }: Comparison,
  dictionary: Dictionary,
  context: ComparisonContext,
): AcceptedResult | null {
  const line = notApplicableTo(dictionary, id, context.today) ?? entry
  if (!ACCEPTING.has(outcome) || result === null || line === null || line.place.file === BUILTIN_FILE) {
    return null
  }
  const { owner, expires, reason, place } = line
  if (owner === null || expires === null || !isWorse(result, dictionary, context)) {
    return null
  }
  return { place, owner, expires, reason: reason ?? '' }
}

/** True if the built-in dictionary, which the file extends or which would hold without it, expects a better result. */
export function isWorse(
  result: ComparedResult,
  { extended }: Dictionary,
  context: ComparisonContext,
): boolean {
  const builtin = extended ?? DEFAULT_DICTIONARY
  const compared = compareResults([result], builtin, context).find(({ id }) => id === result.id)
  return compared?.blocks === true && compared.outcome !== 'better'
}

export interface RuledResult {
  /** The finding, with the expectation that it was compared with (`compared`). */
  readonly finding: BenchFinding
  readonly outcome: Outcome
  readonly blocks: boolean
  readonly because: readonly Reason[]
  /** The line that decided; `null` if it belongs to the built-in dictionary. */
  readonly policy: Place | null
}

/**
 * Rules on the findings of the check `docker-bench`, one for each result. An expected check without a result becomes
 * a finding of its own. Matches are not findings, but the rows have them too.
 */
export function ruleBench(
  findings: readonly BenchFinding[],
  dictionary: Dictionary,
  context: ComparisonContext,
) {
  const compared = compareResults(findings, dictionary, context)
  const byId = new Map(findings.map((finding) => [finding.id, finding]))
  // Computed once: it takes a second comparison, with the built-in dictionary.
  const accepted = new Map(compared.map((each) => [each, acceptedOf(each, dictionary, context)]))
  const noResult = { ...NO_RESULT, state: 'not-evaluated', why: 'there is no result' } as const
  const found = (id: string) => byId.get(id) ?? benchFinding({ ...noResult, id })
  // Everything unexpected, and everything that is not judged although somebody examined it; no matches.
  const results = compared
    .filter(
      ({ outcome, result }) => outcome !== 'match' && !(outcome === 'not-applicable' && !wasExamined(result)),
    )
    .map((comparison) => ruled(comparison, found(comparison.id), accepted.get(comparison) ?? null))
  const rows = [...accepted].map(([comparison, by]) => rowOf(comparison, found(comparison.id), by))
  // The notes: what is accepted although it is worse than it should be.
  return { results, rows, notes: [...accepted].flatMap(acceptedNote) }
}

function rowOf(comparison: Comparison, finding: BenchFinding, accepted: AcceptedResult | null): BenchRow {
  const { id, entry, outcome, place } = comparison
  const { ours, dbs, whyNoDbs, builtin, counts } = finding
  return {
    id,
    title: ours?.title ?? entry?.title ?? null,
    expected: entry === null ? comparison.expected : entry.expect.join(' or '),
    allowed: entry === null || entry.items === null ? null : ruleText(entry.items),
    dbs,
    // Nobody examines what does not apply.
    whyNoDbs: outcome === 'not-applicable' ? null : whyNoDbs,
    builtin,
    counts,
    outcome,
    because: [...becauseOf(comparison, finding), ...(accepted === null ? [] : [acceptedBy(accepted)])],
    place: place === null ? null : shownAt({ place }),
  }
}

function acceptedNote([comparison, accepted]: readonly [Comparison, AcceptedResult | null]): string[] {
  if (accepted === null) {
    return []
  }
  const { place, owner, expires, reason } = accepted
  const by = `accepted by ${place.file}:${place.line} until ${expires}`
  return [`${comparison.id}: ${comparison.reported?.word ?? 'not examined'}, ${by} (${owner}): ${reason}`]
}

/** Something was found, and the dictionary says that it does not count: worth a line, unlike an unexamined check. */
function wasExamined(result: Comparison['result']): boolean {
  return result?.state === 'evaluated' && [result.builtin?.word, result.dbs?.word].includes('WARN')
}

function ruled(comparison: Comparison, finding: BenchFinding, accepted: AcceptedResult | null): RuledResult {
  const { outcome, expected, reported, blocks, place } = comparison
  const compared: DictionaryResult = {
    outcome,
    expected,
    reported,
    unexpected: unexpectedOf(comparison),
    accepted,
  }
  const policy = place?.file === BUILTIN_FILE ? null : place
  const because = becauseOf(comparison, finding)
  const comparisonResult = { finding: { ...finding, compared }, outcome, policy, because }
  // An expected result that is broken stays so, and `dictionary record` records it; it cannot be repaired here.
  return { ...comparisonResult, blocks: blocks && baseOf(comparison, finding) === null }
}

function becauseOf(comparison: Comparison, finding: BenchFinding): readonly Reason[] {
  const base = baseOf(comparison, finding)
  return base === null ? comparison.because : [...comparison.because, { reason: 'of-base', base }]
}

function baseOf({ outcome }: Comparison, { ofBase }: BenchFinding): string | null {
  return outcome === 'worse' ? ofBase : null
}

/** The items that the entry does not allow, if the result is the expected one; else none. */
function unexpectedOf({ outcome, reported, entry }: Comparison): readonly string[] {
  if (outcome !== 'worse' || !entry?.expect.some((status) => status === reported?.word)) {
    return []
  }
  return unexpectedItems(reported?.items ?? [], entry.items)
}
