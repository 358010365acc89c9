import type { BenchRow, BenchTable } from '../../model/bench-table.js'
import { outcomeReason } from '../view/bench.js'
import type { Report } from './schema.js'

type BenchJson = NonNullable<Report['images'][number]['checks'][number]['bench']>

/** The table of Docker Bench in report.json. */
export function benchOut({ run, rows }: BenchTable) {
  const runFacts = run.ran ? run : { ran: run.ran, why: run.why }
  return { source: null, tree: null, why: null, ...runFacts, results: rows.map(resultOut) }
}

function resultOut(row: BenchRow) {
  return {
    ...row,
    expected: row.expected || null,
    dockerBench: row.dbs,
    whyNoDockerBench: row.whyNoDbs,
    builtIn: row.builtin,
    counts: row.counts?.whose ?? null,
    countsBy: row.counts?.by ?? null,
    reason: outcomeReason(row) || null,
    dictionary: row.place,
  }
}

/** Reads it back: the reason is then text, which includes everything known to be wrong. */
export function benchIn({ ran, source, tree, why, results }: BenchJson): BenchTable {
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
