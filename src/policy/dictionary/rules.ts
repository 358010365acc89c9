import type { Reason } from '../../model/because/reasons.js'
import { compareIds } from '../../model/bench-ids.js'
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
import { type Comparison, type ComparisonContext, compareResults } from './compare.js'
import type { Dictionary } from './dictionary.js'
import { unexpectedItems } from './items.js'

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
  /** How many there are of each outcome, in words. */
  readonly notes: readonly string[]
}

/**
 * Rules on the findings of the check `docker-bench`, one for each result. What is expected and has no result
 * becomes a finding of its own. Matches are counted in the notes and not told one by one.
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
  const results = compared
    .filter(
      ({ outcome, result }) => outcome !== 'match' && !(outcome === 'not-applicable' && !wasLookedAt(result)),
    )
    .map((comparison) =>
      ruled(
        comparison,
        byId.get(comparison.id) ?? emptyFinding(comparison.id),
        accepted.get(comparison) ?? null,
      ),
    )
  return { results, notes: [...notesOf(compared, dictionary), ...[...accepted].flatMap(acceptedNote)] }
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
  const { outcome, expected, says, because, blocks, place } = comparison
  const held: HeldAgainst = { outcome, expected, says, unexpected: unexpectedOf(comparison), accepted }
  const policy = place?.file === BUILTIN_FILE ? null : place
  const told = { finding: { ...finding, held }, outcome, policy }
  // What is expected stays broken, and `dictionary record` writes it down; nobody here can mend it.
  if (outcome !== 'worse' || finding.ofBase === null) {
    return { ...told, blocks, because }
  }
  return { ...told, blocks: false, because: [...because, { reason: 'of-base', base: finding.ofBase }] }
}

/** Where the word is the expected one, and what was found is not. */
function unexpectedOf({ outcome, says, entry }: Comparison): readonly string[] {
  if (outcome !== 'worse' || !entry?.expect.some((word) => word === says?.word)) {
    return []
  }
  return unexpectedItems(says?.items ?? [], entry.items)
}

function notesOf(compared: readonly Comparison[], dictionary: Dictionary): string[] {
  const ids = (wanted: Outcome) => compared.filter(({ outcome }) => outcome === wanted).map(({ id }) => id)
  const matches = ids('match')
  const skipped = ids('not-applicable').sort(compareIds)
  return [
    `${matches.length} of ${compared.length} results as expected`,
    ...(skipped.length > 0 ? [`not judged: ${runsOf(skipped).join(', ')}`] : []),
    ...(dictionary.file === null ? ['no policies/dictionary.yml: the built-in one was used'] : []),
  ]
}

/** 5.1, 5.2, 5.3 and 5.7 as "5.1 to 5.3" and "5.7". @param ids sorted */
function runsOf(ids: readonly string[]): string[] {
  const runs: string[][] = []
  for (const id of ids) {
    const last = runs.at(-1)
    if (last !== undefined && isNext(last.at(-1) ?? '', id)) {
      last.push(id)
    } else {
      runs.push([id])
    }
  }
  return runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]} to ${run.at(-1)}`]))
}

function isNext(id: string, other: string): boolean {
  const [section, number] = id.split('.')
  return other === `${section}.${Number(number) + 1}`
}

function emptyFinding(id: string): BenchFinding {
  const why = 'there is no result'
  const nothing = {
    builtin: null,
    dbs: null,
    counts: null,
    compat: null,
    dbsTitle: null,
    evidence: [],
    host: [],
  }
  return benchFinding({ id, state: 'not-evaluated', why, ...nothing })
}
