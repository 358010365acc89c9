import type { Reason } from '../../model/because/reasons.js'
import type { BenchRow } from '../../model/bench-table.js'
import {
  type AcceptedResult,
  type BenchFinding,
  benchFinding,
  type HeldAgainst,
  type Outcome,
} from '../../model/finding/bench.js'
import type { Place } from '../../model/place.js'
import { acceptedOf } from './accepted.js'
import { BUILTIN_FILE } from './builtins.js'
import { type Comparison, type ComparisonContext, compareResults, shownAt } from './compare.js'
import type { Dictionary } from './dictionary.js'
import { ruleText, unexpectedItems } from './items.js'

/** What is to be told of one result of Docker Bench, once it was held against the dictionary. */
export interface RuledResult {
  /** With what it was held against. */
  readonly finding: BenchFinding
  readonly outcome: Outcome
  readonly blocks: boolean
  readonly because: readonly Reason[]
  /** The line that decided; `null` where that is a line of the built-in dictionary. */
  readonly policy: Place | null
}

export interface RuledBench {
  /** All that is not as expected, and all that is not judged although somebody looked; no matches. */
  readonly results: readonly RuledResult[]
  /** Both results of every id, matches too, sorted by id. */
  readonly rows: readonly BenchRow[]
  /** What is accepted although it is worse than it should be. */
  readonly notes: readonly string[]
}

/**
 * Rules on the findings of the check `docker-bench`, one for each result. What is expected and has no result
 * becomes a finding of its own. Matches are no findings; the rows have them too.
 */
export function ruleBench(
  findings: readonly BenchFinding[],
  dictionary: Dictionary,
  context: ComparisonContext,
): RuledBench {
  const compared = compareResults(findings, dictionary, context)
  const byId = new Map(findings.map((finding) => [finding.id, finding]))
  // Once for each: it takes a second comparison, with the built-in dictionary.
  const accepted = new Map(compared.map((each) => [each, acceptedOf(each, dictionary, context)]))
  const found = (id: string) => byId.get(id) ?? emptyFinding(id)
  const results = compared
    .filter(
      ({ outcome, result }) => outcome !== 'match' && !(outcome === 'not-applicable' && !wasLookedAt(result)),
    )
    .map((comparison) => ruled(comparison, found(comparison.id), accepted.get(comparison) ?? null))
  const rows = [...accepted].map(([comparison, by]) => rowOf(comparison, found(comparison.id), by))
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
    // Nobody asks of what does not apply.
    whyNoDbs: outcome === 'not-applicable' ? null : whyNoDbs,
    builtin,
    counts,
    outcome,
    because: [...becauseOf(comparison, finding), ...(accepted === null ? [] : [acceptedReason(accepted)])],
    place: place === null ? null : shownAt({ place }),
  }
}

function acceptedReason({ place, expires: until, reason: why, owner }: AcceptedResult): Reason {
  return { reason: 'accepted', place, until, why, owner }
}

function acceptedNote([comparison, accepted]: readonly [Comparison, AcceptedResult | null]): string[] {
  if (accepted === null) {
    return []
  }
  const { place, owner, expires, reason } = accepted
  const by = `accepted by ${place.file}:${place.line} until ${expires}`
  return [`${comparison.id}: ${comparison.says?.word}, ${by} (${owner}): ${reason}`]
}

/** Something was found, and the dictionary says that it does not count: worth a line, unlike what nobody looked at. */
function wasLookedAt(result: Comparison['result']): boolean {
  return result?.state === 'evaluated' && [result.builtin?.word, result.dbs?.word].includes('WARN')
}

function ruled(comparison: Comparison, finding: BenchFinding, accepted: AcceptedResult | null): RuledResult {
  const { outcome, expected, says, blocks, place } = comparison
  const held: HeldAgainst = { outcome, expected, says, unexpected: unexpectedOf(comparison), accepted }
  const policy = place?.file === BUILTIN_FILE ? null : place
  const because = becauseOf(comparison, finding)
  const told = { finding: { ...finding, held }, outcome, policy, because }
  // What is expected stays broken, and `dictionary record` writes it down; nobody here can repair it.
  return { ...told, blocks: blocks && baseOf(comparison, finding) === null }
}

function becauseOf(comparison: Comparison, finding: BenchFinding): readonly Reason[] {
  const base = baseOf(comparison, finding)
  return base === null ? comparison.because : [...comparison.because, { reason: 'of-base', base }]
}

/** The base that a bad result is owed to. */
function baseOf({ outcome }: Comparison, { ofBase }: BenchFinding): string | null {
  return outcome === 'worse' ? ofBase : null
}

/** Where the word is the expected one, and what was found is not. */
function unexpectedOf({ outcome, says, entry }: Comparison): readonly string[] {
  if (outcome !== 'worse' || !entry?.expect.some((word) => word === says?.word)) {
    return []
  }
  return unexpectedItems(says?.items ?? [], entry.items)
}

function emptyFinding(id: string): BenchFinding {
  const why = 'there is no result'
  const nothing = {
    builtin: null,
    dbs: null,
    counts: null,
    compat: null,
    whyNoDbs: null,
    dbsTitle: null,
    evidence: [],
    host: [],
  }
  return benchFinding({ id, state: 'not-evaluated', why, ...nothing })
}
