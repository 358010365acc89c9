import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals'
import { Command } from 'commander'
import { addExplain } from '../../../src/cli/explain.js'
import { TOOL } from '../../../src/model/tool.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { aBenchTable, ROWS } from '../../support/bench.js'
import { aCheckResult, anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'

const back = process.cwd()
const root = realpathSync(mkdtempSync(join(tmpdir(), 'explain-')))
const bench = aCheckResult({ check: 'docker-bench', bench: aBenchTable({ rows: [ROWS.match] }) })
const deferred = aRuledFinding({
  id: 'CVE-2026-2',
  ruling: 'deferred',
  blocks: false,
  fixedVersion: null,
  debian: { kind: 'no-dsa', words: 'Minor issue' },
  returnsWhen: [{ reason: 'kev' }],
})

beforeAll(() => {
  process.chdir(root)
  mkdirSync('seaworthy-report')
  const findings = [aRuledFinding(), deferred]
  const images = [anImageVerdict({ findings, checks: [aCheckResult(), bench] })]
  writeFileSync('seaworthy-report/report.json', renderJson(aVerdict({ images }), TOOL))
})
afterEach(() => {
  jest.restoreAllMocks()
  process.exitCode = 0
})
afterAll(() => {
  process.chdir(back)
  rmSync(root, { recursive: true })
})

async function explain(...args: string[]): Promise<string> {
  const printed: string[] = []
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addExplain(program)
  await program.parseAsync(['explain', ...args], { from: 'user' })
  return printed.join('')
}

test('when a finding of the last report is named, then it is reported why it counts, who says so, and what ends it', async () => {
  const text = await explain('cve-2026-10001')
  expect(text).toContain('CVE-2026-10001 in apt   app:1.4.0\n')
  expect(text).toContain('  ruling     to act on; it blocks the release\n')
  expect(text).toContain('  because    fix 2.6.2 can be installed; high is at or above fail-on high\n')
  expect(text).toMatch(/\n {2}says {7}the check clair; .*high/)
  expect(text).toMatch(/\n {2}ends it {4}.+/)
})

test('when Debian defers it, then its words and what brings it back are there', async () => {
  const text = await explain('CVE-2026-2')
  expect(text).toContain('Debian: no-dsa "Minor issue"')
  expect(text).toContain('  returns    when CISA lists it')
  expect(text).toContain('it does not block the release')
})

test('when a Docker Bench id is as expected, then its result is shown', async () => {
  expect(await explain(ROWS.match.id)).toMatch(
    /^Docker Bench \S+ {3}app:1\.4\.0\n {2}result {5}as expected; /,
  )
})

test('when saved evidence is named, then that is judged', async () => {
  process.chdir(join(back, '__tests__/cases/deferred-only'))
  try {
    expect(await explain('CVE-2011-3374', '--evidence', 'evidence')).toContain(
      '  ruling     deferred by Debian; ',
    )
  } finally {
    process.chdir(root)
  }
})

test.each([
  [['CVE-1999-1'], 'no image has a finding with this id'],
  [['CVE-2026-2', '--report', 'nope.json'], 'the report does not exist'],
])('when it is asked for %j, then: %s', async (args, what) => {
  await expect(explain(...args)).rejects.toThrow(what)
})
