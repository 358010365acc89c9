import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { Command } from 'commander'
import { addExplain } from '../../../src/cli/explain.js'
import { isUpdate } from '../../../src/model/finding/index.js'
import * as kinds from '../../../src/model/finding/kinds.js'
import { TOOL } from '../../../src/model/tool.js'
import { renderJson } from '../../../src/reports/json/json.js'
import type { Report } from '../../../src/reports/json/schema.js'
import { verdictIn } from '../../../src/reports/json/untrusted.js'
import { renderExplanation } from '../../../src/reports/terminal/explain.js'
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

/** In the folder of a golden case, by its saved evidence. */
async function explainCase(name: string, id: string): Promise<string> {
  process.chdir(join(back, '__tests__/cases', name))
  try {
    return await explain(id, '--evidence', 'evidence')
  } finally {
    process.chdir(root)
  }
}

test('when a finding of the last report is named, then it is reported why it counts, who says so, and what ends it', async () => {
  const text = await explain('cve-2026-10001')
  expect(text).toContain('CVE-2026-10001 in apt   app:1.4.0\n')
  expect(text).toContain('  ruling     to act on; it blocks the release\n')
  expect(text).toContain('  because    fix 2.6.2 can be installed; high is at or above fail-on high\n')
  expect(text).toMatch(/\n {2}says {7}the check clair; .*high/)
  expect(text).toContain('  ends it    Update apt to 2.6.2 or later, in the task "Update 2 packages"\n')
})

describe('golden reports', () => {
  const cases = join(back, '__tests__/cases')
  const reports = readdirSync(cases)
    .map((name) => join(cases, name, 'expected/report.json'))
    .filter((path) => existsSync(path))
    .map((path): Report => JSON.parse(readFileSync(path, 'utf8')))
  const findings = reports.flatMap((report) =>
    report.images.flatMap((image) =>
      verdictIn({ ...report, images: [image] }, 'report.json').images.flatMap((one) => one.findings),
    ),
  )

  test('when a finding has a fixed version, then no text says that it has no fix', () => {
    const fixed = findings.filter(({ fixedVersion }) => fixedVersion !== null)
    expect(fixed.length).toBeGreaterThan(100)
    expect(fixed.map((one) => kinds.describe(one).todo).filter((todo) => /no fix/i.test(todo))).toEqual([])
  })

  test('when an update is missing, then the text names the package and the version', () => {
    const updates = findings.filter((one) => isUpdate(one))
    expect(updates.length).toBeGreaterThan(10)
    for (const one of updates) {
      expect(kinds.describe(one).todo).toBe(`Update ${one.package} to ${one.fixedVersion}`)
    }
  })

  test('when a finding blocks, then the text is that of the task that settles it', () => {
    for (const report of reports) {
      const verdict = verdictIn(report, 'report.json')
      const ids = new Set(
        report.images.flatMap((one) => one.findings.filter((f) => f.blocks).map((f) => f.id)),
      )
      for (const id of ids) {
        const text = renderExplanation(verdict, report.actions, id, { colour: false, width: 10_000 }) ?? ''
        const titles = report.actions
          .filter((one) => one.findings.some((f) => f.id === id))
          .map((one) => one.title)
        expect({ id, named: titles.filter((title) => !text.includes(title)) }).toEqual({ id, named: [] })
        expect(titles).not.toEqual([])
      }
    }
  })
})

test.each(['apt', 'APT', 'libapt-pkg6.0'])(
  'when the package %s is named, then all its findings are there',
  async (name) => {
    const text = await explain(name)
    expect(text.match(/^CVE-\S+ in apt/gm)).toEqual(['CVE-2026-10001 in apt', 'CVE-2026-2 in apt'])
  },
)

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
  expect(await explainCase('deferred-only', 'CVE-2011-3374')).toContain('  ruling     deferred by Debian; ')
})

test('when the saved run had inputs, then they count as in a replay, and those that a replay leaves out do not', async () => {
  cpSync(join(back, '__tests__/cases/rated-severities'), 'saved', { recursive: true })
  const index = JSON.parse(readFileSync('saved/evidence/evidence.json', 'utf8'))
  const explainWith = async (inputs: Readonly<Record<string, string>>) => {
    writeFileSync('saved/evidence/evidence.json', JSON.stringify({ ...index, inputs }))
    return await explain('--evidence', 'saved/evidence', '--policies', 'saved/policies', ID)
  }
  const ID = 'CVE-2026-20014'
  expect(await explainWith({})).toContain('  ruling     noted; ')
  expect(await explainWith({ 'fail-on': 'medium' })).toContain('  ruling     to act on; ')
  expect(await explainWith({ today: '2020-01-01', image: 'x' })).toBe(await explainWith({}))
})

describe('when no finding is about what was named', () => {
  const HEAD = 'no finding about bash in this report (2026-11-24, app:1.4.0)'
  const bom = (...components: readonly object[]) =>
    writeFileSync('seaworthy-report/report.cdx.json', JSON.stringify({ components }))
  afterEach(() => rmSync('seaworthy-report/report.cdx.json', { force: true }))

  test('and the inventory has the package, then its version is there', async () => {
    bom({ name: 'BASH', version: '5.2.15-2+b7' }, { name: 'bash-doc', version: '5' })
    expect(await explain('bash')).toBe(`${HEAD}; installed: BASH 5.2.15-2+b7\n`)
    expect(process.exitCode).toBe(0)
  })

  test('and it names a source package, or one of an application, then those are there, of all images', async () => {
    const properties = [{ name: 'seaworthy:source-package', value: 'bash' }]
    const npm = { name: 'bash', version: '1', purl: 'pkg:npm/bash@1' }
    bom(
      { name: 'app:1', components: [{ name: 'bash-static', properties }, npm, npm] },
      { name: 'bash:2', components: [] },
    )
    expect(await explain('bash')).toBe(`${HEAD}; installed: bash-static of unknown version, bash 1\n`)
    expect(await explain('npm/bash')).toContain('; installed: bash 1\n')
  })

  test.each([
    ['no JSON', '{'],
    ['another JSON', '{"components":[{}]}'],
    ['none', null],
  ])('and the inventory is %s, then only that is said', async (_, text) => {
    if (text !== null) {
      writeFileSync('seaworthy-report/report.cdx.json', text)
    }
    expect(await explain('bash')).toBe(`${HEAD}\n`)
    expect(process.exitCode).toBe(0)
  })

  test('and a check has no answer, then it is named, because it might have one', async () => {
    const checks = [aCheckResult({ state: 'unanswered' }), aCheckResult({ check: 'credentials' })]
    const images = [anImageVerdict({ findings: [], checks })]
    writeFileSync('unanswered.json', renderJson(aVerdict({ images }), TOOL))
    expect(await explain('bash', '--report', 'unanswered.json')).toBe(`${HEAD}; without an answer: clair\n`)
  })

  test('and evidence is named, then the inventory is that of its images', async () => {
    expect(await explainCase('clair-did-not-answer', 'apt')).toContain(
      '; installed: apt 2.6.1, libapt-pkg6.0 2.6.1; without an answer: clair\n',
    )
  })
})

test.each([
  [['CVE-2026-2', '--report', 'nope.json'], 'the report does not exist'],
  [['CVE-2026-2', '--report', 'broken.json'], 'it is not JSON'],
])('when it is asked for %j, then: %s', async (args, what) => {
  writeFileSync('broken.json', '{')
  await expect(explain(...args)).rejects.toThrow(what)
})
