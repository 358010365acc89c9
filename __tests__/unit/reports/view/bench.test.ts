import { describe, expect, test } from '@jest/globals'
import { START_TEST } from '../../../../src/model/bench-ids.js'
import { OUTCOMES } from '../../../../src/model/finding/bench.js'
import { TOOL } from '../../../../src/model/tool.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../../src/reports/json/untrusted.js'
import {
  BENCH_COLUMNS,
  benchHead,
  benchOf,
  benchTable,
  comparisonLine,
  countsText,
  judgedBy,
  notRunningText,
  outcomeText,
  reasonsNextToRows,
  shortRows,
} from '../../../../src/reports/view/bench.js'
import { statementsOf } from '../../../../src/reports/view/statements.js'
import { aBenchRow, aBenchTable, engineResult, ROWS } from '../../../support/bench.js'
import { aCheckResult, anImageVerdict, aVerdict } from '../../../support/builders.js'

const ran = { ran: true, source: null, tree: null } as const
const tree = `sha256:${'7'.repeat(64)}`
const DOES_NOT_APPLY = 'not applicable (Section 5 judges how an image is run, but no run options were set)'

describe('when the image was to be started and did not keep running', () => {
  const why = 'the container exited with code 1 after 0.3 s'
  const bench = (lastLine: string | null) => aBenchTable({ run: { ...ran, notStarted: { why, lastLine } } })

  test('then one text says how many rules were judged, why, for which release, and what to do', () => {
    expect(notRunningText(bench('DATABASE_URL is not set.'), 'minor')).toBe(
      'Docker Bench judged only 6 of 14 rules, because the image did not keep running: the container exited with code 1 after 0.3 s; its last line: DATABASE_URL is not set. This minor release has no results of Docker Bench for a running container. Add what the image lacks to its run options (run-options or compose-file in gate.yml); or, if it ends by design or needs a service that is not there, set start: false in gate.yml',
    )
    expect(notRunningText(bench(null), null)).toMatch(/after 0\.3 s\. Add what the image lacks/)
    expect(notRunningText(aBenchTable({ run: ran }), 'minor')).toBeNull()
  })

  test('then that is the first thing that every report says of the image, and report.json keeps it', () => {
    const checks = [aCheckResult({ check: 'docker-bench', bench: bench('no database') })]
    const verdict = aVerdict({ images: [anImageVerdict({ checks })] })
    const [first] = statementsOf(verdict, 'limits')
    expect(first?.text).toBe('Docker Bench judged only 6 of 14 rules, because the image did not keep running')
    expect(statementsOf(verdict, 'details').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Docker Bench judged only 6 of 14 rules, .* its last line: no database\. Add/),
    )
    const read = readUntrustedReport(renderJson(verdict, TOOL), 'r.json')
    expect(statementsOf(read, 'limits')[0]?.text).toBe(first?.text)
  })
})

describe('the comparison of Docker Bench', () => {
  test('when there is a row for each outcome, then each cell says its own', () => {
    const table = benchTable(aBenchTable())
    expect(table?.heads).toEqual([
      ...['id', 'title', 'expected', 'Docker Bench', 'built-in', 'outcome', 'dictionary'],
    ])
    const line = 'policies/dictionary.yml:14'
    expect(
      table?.rows.map((cells) => cells.filter((_, index) => index !== 1).map(({ text }) => text)),
    ).toEqual([
      ['4.1', 'PASS', 'WARN', 'WARN', 'worse', line],
      [
        ...['4.4', 'NOTE', 'not examined: Docker Bench has no rule for this check', 'NOTE'],
        'not decided (the built-in dictionary requires malware-scan, which this run does not provide)',
        'built-in',
      ],
      ['4.6', 'PASS', 'PASS', 'PASS', 'as expected', line],
      ['4.7', 'INFO', 'PASS', 'PASS', 'better', line],
      [
        ...[
          '4.8',
          'NOTE, no more than /bin/su',
          'not examined: Docker Bench has no rule for this check',
          'NOTE',
        ],
        ...['worse (not expected: /usr/bin/x)', line],
      ],
      [
        ...['4.9', 'PASS', 'INFO', 'PASS'],
        'as expected (Docker Bench is known to be wrong: it mistakes the letters ADD in any word for an ADD instruction)',
        line,
      ],
      ['4.11', '—', 'PASS', 'PASS', 'not listed', '—'],
      ['5.1', 'PASS', '—', '—', 'missing', line],
      ['5.2', 'PASS', '—', '—', DOES_NOT_APPLY, 'built-in'],
      ['5.4', 'PASS', 'WARN', 'PASS', 'worse (the stricter result counts)', line],
      ['5.7', 'PASS', '—', '—', 'not examined (There is no list of processes)', line],
      ['5.9', 'PASS', '—', '—', DOES_NOT_APPLY, 'built-in'],
      ['5.10', 'PASS', '—', '—', DOES_NOT_APPLY, 'built-in'],
      ['5.11', 'PASS', '—', '—', DOES_NOT_APPLY, 'built-in'],
    ])
    // A new outcome is not forgotten here.
    expect(new Set(Object.values(ROWS).map(({ outcome }) => outcome))).toEqual(new Set(OUTCOMES))
  })

  test('when an id has a result, then its cell names our page about it; without one the page of all', () => {
    const pages = aBenchTable().rows.map((row) => BENCH_COLUMNS[0]?.cell(row))
    expect(pages[0]).toEqual({
      kind: 'finding',
      text: '4.1',
      page: 'docs/findings/docker-bench.md#check-41',
      address: null,
    })
    expect(pages[7]).toEqual({ kind: 'finding', text: '5.1', page: 'docs/docker-bench.md', address: null })
  })

  test('when a result is accepted, or of the base, then it says by whom', () => {
    const accepted = aBenchRow({
      outcome: 'match',
      because: [
        { reason: 'as-expected', place: { file: 'd.yml', line: 9 } },
        {
          ...{ reason: 'accepted', place: { file: 'd.yml', line: 9 }, until: '2027-01-31' },
          ...{ why: 'a batch job', owner: 'platform' },
        },
      ],
    })
    expect(outcomeText(accepted)).toBe(
      'as expected (d.yml:9 accepts it until 2027-01-31: a batch job (platform))',
    )
    const ofBase = aBenchRow({ outcome: 'worse', because: [{ reason: 'of-base', base: 'debian' }] })
    expect(outcomeText(ofBase)).toMatch(/^worse \(all of this comes from the base debian/)
  })

  test('when Docker Bench alone was asked, or is the only one with a result, then nothing counts as stricter', () => {
    const counts = { by: 'stricter', whose: 'built-in' } as const
    expect(outcomeText(aBenchRow({ counts, dbs: null, outcome: 'worse', because: [] }))).toBe('worse')
  })

  test.each([
    [[ROWS.match], '1 of 1 as expected'],
    [[ROWS.match, ROWS.apart, ROWS.first], '1 of 1 as expected; 2 not applicable'],
    [
      [ROWS.match, ROWS.worse, ROWS.missing, ROWS.unseen],
      '1 of 4 as expected, 1 worse, 1 missing, 1 not examined',
    ],
    [[ROWS.apart], 'nothing to judge; 1 not applicable'],
  ])('when %# results are counted, then only of those that were judged', (rows, text) => {
    expect(countsText({ run: ran, rows })).toBe(text)
  })

  test.each([
    [ran, [ROWS.match, ROWS.worse], 'Docker Bench and the built-in rules agree'],
    [ran, [ROWS.match, ROWS.wrong, ROWS.stricter], 'Docker Bench and the built-in rules differ on 4.9, 5.4'],
    [ran, [aBenchRow({ builtin: null }), ROWS.apart], 'Docker Bench only'],
    [{ ran: false, why: 'x' } as const, [ROWS.match], 'built-in rules only'],
  ])('when the check is told in one line (%#), then whether the two agree', (run, rows, text) => {
    expect(comparisonLine({ run, rows })).toBe(`${countsText({ run, rows })}; ${text}`)
  })
})

describe('who judged', () => {
  test.each([
    [aBenchTable().run, 'Docker Bench: commit ff26d67, in a container of docker:29-cli'],
    [
      { ran: true, source: 'folder /opt/bench, in a container of docker:29-cli', tree } as const,
      'Docker Bench: folder /opt/bench, in a container of docker:29-cli, tree sha256:7777777777',
    ],
    [ran, 'Docker Bench: the evidence does not show which copy ran'],
    [
      { ran: false, why: 'Docker Bench could not be fetched: the server returned HTTP 404' } as const,
      'Docker Bench did not run, so all results come from the built-in rules. Reason: Docker Bench could not be fetched: the server returned HTTP 404',
    ],
  ])('when %#, then the head says which and where, or why not', (run, text) => {
    expect(judgedBy(run)).toBe(text)
  })

  test('when a report begins, then its head says for how many rules there are results of its own', () => {
    const rows = [ROWS.match, ROWS.worse, aBenchRow({ dbs: null }), aBenchRow({ id: START_TEST })]
    const { run } = aBenchTable()
    expect(benchHead({ run, rows })).toBe(
      'Docker Bench: results of its own for 2 of 3 rules; commit ff26d67, in a container of docker:29-cli',
    )
    const not = { ran: false, why: 'x' } as const
    expect(benchHead({ run: not, rows })).toBe(judgedBy(not))
  })

  test('when the check gave no answer, then there is no comparison', () => {
    const unanswered = aCheckResult({ check: 'docker-bench', state: 'unanswered' })
    expect(benchOf(anImageVerdict({ checks: [aCheckResult(), unanswered] }))).toBeNull()
    const bench = aBenchTable()
    expect(benchOf(anImageVerdict({ checks: [aCheckResult(), { ...unanswered, bench }] }))).toBe(bench)
  })
})

describe('what is said of several rows', () => {
  test('when rows in a row are reported the same, then it is reported once, below the last, with their ids', () => {
    expect(reasonsNextToRows(aBenchTable()).slice(-5)).toEqual([
      'the stricter result counts',
      'There is no list of processes',
      null,
      null,
      '5.9 to 5.11: Section 5 judges how an image is run, but no run options were set',
    ])
    expect(reasonsNextToRows({ run: ran, rows: [ROWS.match, ROWS.worse] })).toEqual([null, null])
  })

  test('when Docker Bench has no result, then why is reported, and named once', () => {
    const of = (whyNoDbs: string) =>
      reasonsNextToRows({ run: ran, rows: [aBenchRow({ dbs: null, whyNoDbs })] })
    expect(of('Docker Bench has no rule for this check.')).toEqual([
      'Docker Bench has no rule for this check',
    ])
    expect(of('It is for arm64.')).toEqual(['Docker Bench: It is for arm64'])
  })

  test('when room is short, then three that do not apply for one reason are one row, and no others', () => {
    const short = shortRows(aBenchTable())
    expect(short.map(({ id }) => id)).toEqual([
      ...['4.1', '4.4', '4.6', '4.7', '4.8', '4.9', '4.11', '5.1', '5.2', '5.4', '5.7', '5.9 to 5.11'],
    ])
    expect(short.at(-1)).toMatchObject({ title: '3 ids', outcome: 'not-applicable', place: { line: null } })
    const two = [ROWS.first, ROWS.second, aBenchRow({ id: '5.12', builtin: engineResult('PASS') })]
    expect(shortRows({ run: ran, rows: two })).toEqual(two)
  })
})
