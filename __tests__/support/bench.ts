import type { BenchRow, BenchTable } from '../../src/model/bench-table.js'
import type {
  BenchStatus,
  ComparedResult,
  DictionaryResult,
  EngineResult,
} from '../../src/model/finding/bench.js'

export function engineResult(status: BenchStatus | null, ...items: string[]): EngineResult {
  return { word: status, items }
}

/** A result of the built-in engine: PASS, nothing named. */
export function aResult(id: string, part: Partial<ComparedResult> = {}): ComparedResult {
  return {
    id,
    state: 'evaluated',
    why: 'it was looked at',
    builtin: engineResult('PASS'),
    dbs: null,
    counts: { by: 'only', whose: part.builtin === null && part.dbs ? 'docker-bench' : 'built-in' },
    whyNoDbs: null,
    dbsTitle: null,
    evidence: [],
    host: [],
    ...part,
  }
}

/** What the dictionary says about a result: nothing but the outcome. */
export function aComparison(
  outcome: DictionaryResult['outcome'],
  part: Partial<DictionaryResult> = {},
): DictionaryResult {
  return { outcome, expected: '', reported: null, unexpected: [], accepted: null, ...part }
}

/** One id, as expected: both say PASS. */
export function aBenchRow(part: Partial<BenchRow> = {}): BenchRow {
  return {
    id: '4.6',
    title: 'The image has a health check',
    expected: 'PASS',
    allowed: null,
    dbs: engineResult('PASS'),
    whyNoDbs: null,
    builtin: engineResult('PASS'),
    counts: { by: 'agreed', whose: 'built-in' },
    outcome: 'match',
    because: [{ reason: 'as-expected', place: LINE }],
    place: LINE,
    ...part,
  }
}

const LINE = { file: 'policies/dictionary.yml', line: 14 }
const BUILTIN = { file: 'the built-in dictionary', line: null }
const NO_OPTIONS = 'Section 5 judges how an image is run, but no run options were set.'
const notRun = (id: string) =>
  aBenchRow({
    id,
    title: 'The container is well kept in',
    dbs: null,
    builtin: { word: null, items: [] },
    counts: null,
    outcome: 'not-applicable',
    because: [{ reason: 'not-applicable', why: NO_OPTIONS }],
    place: BUILTIN,
  })

/** A row for each outcome, and for each way to tell of it. */
export const ROWS = {
  worse: aBenchRow({
    ...{ id: '4.1', title: 'The image does not run as root', dbs: engineResult('WARN', 'container') },
    ...{ builtin: engineResult('WARN'), outcome: 'worse' },
    because: [{ reason: 'other-word', word: 'WARN', place: LINE, expected: 'PASS', outdated: false }],
  }),
  evidence: aBenchRow({
    ...{ id: '4.4', title: 'The image is scanned', expected: 'NOTE', dbs: null, outcome: 'not-evaluated' },
    ...{
      whyNoDbs: 'Docker Bench has no rule for this check.',
      builtin: engineResult('NOTE'),
      place: BUILTIN,
    },
    because: [{ reason: 'evidence-lacking', place: BUILTIN, evidence: 'malware-scan' }],
  }),
  match: aBenchRow(),
  better: aBenchRow({
    ...{ id: '4.7', expected: 'INFO', outcome: 'better' },
    because: [{ reason: 'other-word', word: 'PASS', place: LINE, expected: 'INFO', outdated: true }],
  }),
  items: aBenchRow({
    ...{ id: '4.8', expected: 'NOTE', allowed: 'no more than /bin/su', dbs: null, outcome: 'worse' },
    ...{
      whyNoDbs: 'Docker Bench has no rule for this check.',
      builtin: engineResult('NOTE', '/bin/su', '/usr/bin/x'),
    },
    because: [
      {
        reason: 'other-items',
        place: LINE,
        difference: { differ: 'not-expected', items: ['/usr/bin/x'] },
        outdated: false,
      },
    ],
  }),
  wrong: aBenchRow({
    ...{ id: '4.9', dbs: engineResult('INFO', 'app:1.4.0') },
    counts: {
      by: 'known-wrong',
      whose: 'built-in',
      reason: 'it mistakes the letters ADD in any word for an ADD instruction',
      page: 'docs/findings/docker-bench.md#check-49',
    },
  }),
  unlisted: aBenchRow({
    ...{ id: '4.11', expected: '', outcome: 'new', place: null },
    because: [{ reason: 'unlisted', file: 'policies/dictionary.yml' }],
  }),
  missing: aBenchRow({
    ...{ id: '5.1', title: null, dbs: null, builtin: null, counts: null, outcome: 'missing' },
    because: [{ reason: 'no-result', place: LINE }],
  }),
  apart: notRun('5.2'),
  stricter: aBenchRow({
    ...{ id: '5.4', dbs: engineResult('WARN', 'container'), outcome: 'worse' },
    counts: { by: 'stricter', whose: 'docker-bench' },
    because: [{ reason: 'other-word', word: 'WARN', place: LINE, expected: 'PASS', outdated: false }],
  }),
  unseen: aBenchRow({
    ...{ id: '5.7', dbs: null, builtin: { word: null, items: [] }, counts: null, outcome: 'vacuous' },
    because: [{ reason: 'nobody-looked', why: 'There is no list of processes.' }],
  }),
  first: notRun('5.9'),
  second: notRun('5.10'),
  third: notRun('5.11'),
} as const satisfies Record<string, BenchRow>

const COMMIT = 'ff26d67f25be60fc2d82a01710ee14570b2cb9db'

/** All of `ROWS`, by Docker Bench in a container. */
export function aBenchTable(part: Partial<BenchTable> = {}): BenchTable {
  const source = `commit ${COMMIT}, in a container of docker:29-cli`
  const run = { ran: true, source, tree: `sha256:${'7'.repeat(64)}` } as const
  return { run, rows: Object.values(ROWS), ...part }
}

/** A table with this text wherever words from outside come from. */
export function aBenchTableOf(text: string): BenchTable {
  const row = aBenchRow({
    id: text,
    title: text,
    expected: text,
    allowed: text,
    dbs: null,
    whyNoDbs: text,
    builtin: engineResult('NOTE', text),
    counts: { by: 'known-wrong', whose: 'built-in', reason: text, page: text },
    because: [{ reason: 'nobody-looked', why: text }],
    place: { file: text, line: 1 },
  })
  return { run: { ran: true, source: text, tree: text }, rows: [row, aBenchRow()] }
}
