import type { BenchRow, BenchTable } from '../../model/index.js'
import { outcomeReason } from '../view/bench.js'
import type { Report } from './schema.js'

type BenchJson = NonNullable<Report['images'][number]['checks'][number]['bench']>

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
    reason: outcomeReason(row) || null,
    reasons: row.because,
    dictionary: row.place,
  }
}

export function benchIn({ ran, source, tree, why, notStarted, results }: BenchJson): BenchTable {
  return {
    run: ran
      ? { ran, source, tree, ...(notStarted === undefined ? {} : { notStarted }) }
      : { ran, why: why ?? '' },
    rows: results.map(
      ({ expected, dockerBench, whyNoDockerBench, builtIn, reasons, dictionary, ...rest }) => ({
        ...rest,
        expected: expected ?? '',
        dbs: dockerBench,
        whyNoDbs: whyNoDockerBench,
        builtin: builtIn,
        because: reasons,
        place: dictionary,
      }),
    ),
  }
}
