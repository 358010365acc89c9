import {
  at,
  type BenchRow,
  type BenchRun,
  type BenchTable,
  capitalised,
  type EngineResult,
  endedText,
  type ImageVerdict,
  KEEP_RUNNING_ADVICE,
  OUTCOMES,
  type Outcome,
  pageOfResult,
  type ReleaseKind,
  reasonsNextToResult,
  START_TEST,
} from '../../model/index.js'
import { type Column, type TableView, tableOf, textCell } from './table.js'

/** The Docker Bench comparison, as in all reports. Not escaped: it contains text from outside. */

export const OUTCOME_NAMES = {
  match: 'as expected',
  worse: 'worse',
  better: 'better',
  missing: 'missing',
  new: 'not listed',
  vacuous: 'not examined',
  'not-evaluated': 'not decided',
  'not-applicable': 'not applicable',
} as const satisfies Record<Outcome, string>

const EMPTY_CELL = '—'
const NOT_EXAMINED = OUTCOME_NAMES.vacuous

const COLUMNS = {
  id: {
    head: 'id',
    cell: ({ id, title }) => ({ kind: 'finding', text: id, page: pageOf(id, title), address: null }),
    maxWidth: 20,
  },
  title: { head: 'title', cell: ({ title }) => textCell(title ?? ''), maxWidth: 80 },
  expected: { head: 'expected', cell: (row) => textCell(expectedText(row)), maxWidth: 120 },
  dbs: { head: 'Docker Bench', cell: (row) => textCell(dockerBenchText(row)), maxWidth: 120 },
  builtin: { head: 'built-in', cell: ({ builtin }) => textCell(statusOf(builtin)), maxWidth: 20 },
  outcome: { head: 'outcome', cell: (row) => textCell(outcomeText(row)) },
  place: { head: 'dictionary', cell: ({ place }) => textCell(lineText(place)), maxWidth: 120 },
} as const satisfies Record<string, Column<BenchRow>>

const { id, title, expected, dbs, builtin, outcome, place } = COLUMNS
export const BENCH_COLUMNS: readonly Column<BenchRow>[] = [id, title, expected, dbs, builtin, outcome, place]

/** In a terminal only the results are in columns; their explanations follow below (`reasonsNextToRows`). */
const BRIEF_COLUMNS: readonly Column<BenchRow>[] = [
  id,
  { ...expected, cell: (row) => textCell(row.expected || EMPTY_CELL) },
  { ...dbs, cell: (row) => textCell(row.whyNoDbs === null ? statusOf(row.dbs) : NOT_EXAMINED) },
  builtin,
  { ...outcome, cell: (row) => textCell(OUTCOME_NAMES[row.outcome]) },
  place,
  title,
]

/** The table of an image; `null` if the check docker-bench has no answer. */
export function benchOf({ checks }: Pick<ImageVerdict, 'checks'>): BenchTable | null {
  return checks.find(({ bench }) => bench !== null)?.bench ?? null
}

/** The table for reports; its title counts what was judged. */
export function benchTable(bench: BenchTable, columns: 'whole' | 'brief' = 'whole'): TableView | null {
  const chosen = columns === 'whole' ? BENCH_COLUMNS : BRIEF_COLUMNS
  return tableOf(`Docker Bench: ${countsText(bench)}`, chosen, bench.rows)
}

/** A row as one line, where there are no tables: "worse; expected PASS; Docker Bench WARN; built-in WARN; dictionary d.yml:4". */
export function rowLine(row: BenchRow): string {
  const texts = [outcomeText(row), `expected ${expectedText(row)}`, `Docker Bench ${dockerBenchText(row)}`]
  return [...texts, `built-in ${statusOf(row.builtin)}`, `dictionary ${lineText(row.place)}`].join('; ')
}

/** Explanations of the rows' results, below the last of the consecutive rows that one applies to. */
export function reasonsNextToRows({ rows }: BenchTable): (string | null)[] {
  return groupConsecutive(rows, reasonNextToRow).flatMap((run) => {
    const text = reasonNextToRow(run[0])
    const line = run.length === 1 ? text : `${idsOf(run)}: ${text}`
    return run.map((_, index) => (text === '' || index < run.length - 1 ? null : line))
  })
}

/** For small spaces: three or more consecutive ids share a row if none applies and the reason is the same. */
export function shortRows({ rows }: BenchTable): BenchRow[] {
  const key = (row: BenchRow) =>
    row.outcome === 'not-applicable' ? `${outcomeText(row)} ${lineText(row.place)}` : row.id
  return groupConsecutive(rows, key).flatMap((run) => {
    if (run.length < 3) {
      return run
    }
    const nothing = { expected: '', allowed: null, dbs: null, whyNoDbs: null, builtin: null }
    return [{ ...run[0], id: idsOf(run), title: `${run.length} ids`, ...nothing }]
  })
}

type Run = [BenchRow, ...BenchRow[]]

function groupConsecutive(rows: readonly BenchRow[], key: (row: BenchRow) => string): Run[] {
  const runs: Run[] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last !== undefined && key(last[0]) === key(row)) {
      last.push(row)
    } else {
      runs.push([row])
    }
  }
  return runs
}

function idsOf(run: Run): string {
  return `${run[0].id} to ${run.at(-1)?.id}`
}

function reasonNextToRow(row: BenchRow): string {
  const why = row.whyNoDbs?.replace(/\.$/, '') ?? ''
  const dbsText = why === '' || why.includes('Docker Bench') ? why : `Docker Bench: ${why}`
  return [outcomeReason(row), dbsText].filter((text) => text !== '').join('; ')
}

/** How many of Docker Bench's rules there are, and how many have its own result. */
function ownCount({ rows }: BenchTable): { readonly own: number; readonly of: number } {
  // The start test is no rule of Docker Bench's.
  const rules = rows.filter(({ id }) => id !== START_TEST)
  return { own: rules.filter(({ dbs }) => dbs?.word != null).length, of: rules.length }
}

/** How little Docker Bench judged, in one sentence: the rest is in `notRunningText` and `benchHead`. `null` if it judged all. */
export function benchLimit(bench: BenchTable, release: ReleaseKind | null): string | null {
  if (!bench.run.ran) {
    return 'Docker Bench did not run: all results are those of the built-in rules'
  }
  if (bench.run.notStarted === undefined) {
    return null
  }
  const { own, of } = ownCount(bench)
  const only = `Docker Bench judged only ${own} of ${of} rules, because the image did not keep running`
  return release === null ? only : `${only}: a ${release} release without its results`
}

/**
 * That Docker Bench saw little of an image, because this did not run, and what to do. A
 * pass says less then than readers think.
 */
export function notRunningText(bench: BenchTable, release: ReleaseKind | null): string | null {
  const { run } = bench
  if (!run.ran || run.notStarted === undefined) {
    return null
  }
  const { own, of } = ownCount(bench)
  const until =
    release === null ? '' : ` This ${release} release has no results of Docker Bench for a running container.`
  return `Docker Bench judged only ${own} of ${of} rules, because ${endedText(run.notStarted)}.${until} ${capitalised(KEEP_RUNNING_ADVICE)}`
}

/** For the head of a report: which Docker Bench ran, and how much of the table is its own. */
export function benchHead(bench: BenchTable): string {
  const { run } = bench
  const { own, of } = ownCount(bench)
  const countsOf = judgedBy(run)
  return run.ran
    ? countsOf.replace(/^Docker Bench: /, `$&results of its own for ${own} of ${of} rules; `)
    : countsOf
}

/** Which Docker Bench ran, and where; or why only the built-in rules judge. */
export function judgedBy(run: BenchRun): string {
  if (!run.ran) {
    return `Docker Bench did not run, so all results come from the built-in rules. Reason: ${run.why}`
  }
  const { source, tree } = run
  if (source === null) {
    return 'Docker Bench: the evidence does not show which copy ran'
  }
  // The tree of a known commit is proven to be that commit.
  const isKnown = source.startsWith('commit ')
  return [
    `Docker Bench: ${source.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, '$1')}`,
    ...(isKnown || tree === null ? [] : [`tree ${tree.slice(0, 'sha256:'.length + 10)}`]),
  ].join(', ')
}

/** "7 of 8 as expected, 1 worse; 36 not applicable": counts what was judged. */
export function countsText({ rows }: BenchTable): string {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length
  const others = OUTCOMES.filter((one) => one !== 'match' && count(one) > 0)
  const countsOf = (outcomes: readonly Outcome[]) =>
    outcomes.map((one) => `${count(one)} ${OUTCOME_NAMES[one]}`)
  const judgedParts = [matchText({ rows }), ...countsOf(others.filter((one) => one !== 'not-applicable'))]
  return [judgedParts.join(', '), ...countsOf(others.filter((one) => one === 'not-applicable'))].join('; ')
}

/** "7 of 8 as expected": of what was judged. */
export function matchText({ rows }: Pick<BenchTable, 'rows'>): string {
  const judged = rows.filter(({ outcome }) => outcome !== 'not-applicable')
  const matching = judged.filter(({ outcome }) => outcome === 'match')
  return judged.length === 0 ? 'nothing to judge' : `${matching.length} of ${judged.length} as expected`
}

/** As `countsText`, and whether Docker Bench and the built-in rules agree on ids for which both have a result. */
export function comparisonLine(bench: BenchTable): string {
  return `${countsText(bench)}; ${agreementText(bench)}`
}

function agreementText({ run, rows }: BenchTable): string {
  if (!run.ran) {
    return 'built-in rules only'
  }
  const both = rows.filter(({ dbs, builtin }) => dbs?.word != null && builtin?.word != null)
  if (both.length === 0) {
    return 'Docker Bench only'
  }
  const differing = both.filter(({ dbs, builtin }) => dbs?.word !== builtin?.word).map(({ id }) => id)
  return `Docker Bench and the built-in rules ${differing.length === 0 ? 'agree' : `differ on ${differing.join(', ')}`}`
}

/** "worse (not expected: /usr/bin/x)": with the reason, if the columns next to it do not state it. */
export function outcomeText(row: BenchRow): string {
  const why = outcomeReason(row)
  return `${OUTCOME_NAMES[row.outcome]}${why === '' ? '' : ` (${why})`}`
}

/** The reason, if the table's columns do not state it; else empty. */
export function outcomeReason({ counts, because, dbs, builtin }: BenchRow): string {
  const wrong = counts?.by === 'known-wrong' ? [`Docker Bench is known to be wrong: ${counts.reason}`] : []
  const stricter =
    counts?.by === 'stricter' && dbs?.word != null && builtin?.word != null
      ? ['the stricter result counts']
      : []
  const reasons = reasonsNextToResult(because)
  return [...wrong, ...stricter, ...(reasons === '' ? [] : [reasons])].join('; ')
}

function dockerBenchText({ dbs, whyNoDbs }: BenchRow): string {
  return whyNoDbs === null ? statusOf(dbs) : `${NOT_EXAMINED}: ${whyNoDbs.replace(/\.$/, '')}`
}

function expectedText({ expected, allowed }: BenchRow): string {
  return [expected || EMPTY_CELL, ...(allowed === null ? [] : [allowed])].join(', ')
}

function statusOf(result: EngineResult | null): string {
  return result?.word ?? EMPTY_CELL
}

function pageOf(id: string, title: string | null): string {
  return pageOfResult({ id, ours: title === null ? null : { title, advice: '' } })
}

/** The dictionary's line in words: for a built-in dictionary, which nobody can open, only its name. */
function lineText(place: BenchRow['place']): string {
  if (place === null) {
    return EMPTY_CELL
  }
  return place.line === null ? 'built-in' : at({ file: place.file, line: place.line })
}
