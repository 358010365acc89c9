import type { BenchRow, BenchTable } from '../../model/bench-table.js'
import type { EngineSays } from '../../model/finding/bench.js'
import { outcomeReason } from '../view/bench.js'
import type { Report } from './schema.js'

type Told = NonNullable<Report['images'][number]['checks'][number]['bench']>
type ToldResult = Told['results'][number]

/** The table of Docker Bench in report.json. */
export function benchOut({ run, rows }: BenchTable): Told {
  return {
    ran: run.ran,
    source: run.ran ? run.source : null,
    tree: run.ran ? run.tree : null,
    why: run.ran ? null : run.why,
    results: rows.map(resultOut),
  }
}

function resultOut(row: BenchRow): ToldResult {
  const { id, title, expected, allowed, dbs, whyNoDbs, builtin, counts, outcome, place } = row
  const reason = outcomeReason(row)
  return {
    id,
    title,
    expected: expected === '' ? null : expected,
    allowed,
    dockerBench: saysOut(dbs),
    whyNoDockerBench: whyNoDbs,
    builtIn: saysOut(builtin),
    counts: counts?.whose ?? null,
    countsBy: counts?.by ?? null,
    outcome,
    reason: reason === '' ? null : reason,
    dictionary: place === null ? null : { file: place.file, line: place.line },
  }
}

function saysOut(says: EngineSays | null): ToldResult['dockerBench'] {
  return says === null ? null : { word: says.word, items: [...says.items] }
}

/** Reads it back: the reason is then text, which includes everything known to be wrong. */
export function benchIn({ ran, source, tree, why, results }: Told): BenchTable {
  return {
    run: ran ? { ran, source, tree } : { ran, why: why ?? '' },
    rows: results.map(
      ({ id, title, expected, allowed, dockerBench, whyNoDockerBench, builtIn, ...rest }) => ({
        id,
        title,
        expected: expected ?? '',
        allowed,
        dbs: dockerBench,
        whyNoDbs: whyNoDockerBench,
        builtin: builtIn,
        // Which result counts no longer decides anything, and the reason states it.
        counts: null,
        outcome: rest.outcome,
        because: rest.reason === null ? [] : [{ reason: 'as-reported', words: rest.reason, why: null }],
        place: rest.dictionary,
      }),
    ),
  }
}
