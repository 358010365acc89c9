import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { Command } from 'commander'
import { addWhitelist } from '../../../src/cli/whitelist.js'
import { SeaworthyError } from '../../../src/model/problem.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { anImageVerdict, aRuledApplication, aRuledFinding, aVerdict } from '../../support/builders.js'
import { inNewFolders } from '../../support/work-folder.js'

inNewFolders()
afterEach(() => {
  jest.restoreAllMocks()
  process.exitCode = 0
})

const FILE = 'policies/whitelist.yml'

/** What the command printed. */
async function run(...args: string[]): Promise<string> {
  const printed: string[] = []
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addWhitelist(program)
  await program.parseAsync(['whitelist', ...args, '--today', '2026-11-24'], { from: 'user' })
  return printed.join('')
}

async function problemOf(...args: string[]) {
  const error = await run(...args).catch((one: unknown) => one)
  if (!(error instanceof SeaworthyError)) {
    throw new Error(`no problem: ${String(error)}`)
  }
  return error
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

function scanned(id = 'CVE-2026-10001'): void {
  const finding = aRuledFinding({ id, ruling: 'noted', blocks: false, severity: 'low' })
  const verdict = aVerdict({ images: [anImageVerdict({ findings: [finding] })] })
  write('seaworthy-report/report.json', renderJson(verdict, { name: 'seaworthy', version: '1' }))
}

const SIGN_OFF = ['--owner', 'me', '--reason', 'not used']

describe('seaworthy whitelist', () => {
  test('when the change is only to be shown, then nothing is written; else it is what was shown', async () => {
    scanned()
    write(FILE, '# ours\r\nversion: 1\r\nentries: []   # none\r\n')
    const shown = await run('add', ...SIGN_OFF, '--dry-run')
    expect(readFileSync(FILE, 'utf8')).toBe('# ours\r\nversion: 1\r\nentries: []   # none\r\n')
    expect(shown).toContain('+  - id: CVE-2026-10001\n')
    expect(shown).toContain('would be written')
    expect(await run('add', ...SIGN_OFF)).toContain('written: policies/whitelist.yml')
    const added =
      '  - id: CVE-2026-10001\r\n    package: apt\r\n    reason: not used\r\n    owner: me\r\n    added: 2026-11-24\r\n    expires: 2027-02-22\r\n'
    expect(readFileSync(FILE, 'utf8')).toBe(`# ours\r\nversion: 1\r\nentries:   # none\r\n${added}`)
    expect(await run('add', ...SIGN_OFF)).toContain('line 4 exists already\nnothing to change')
  })

  test('when nothing is noted, then add says so, and what it would take', async () => {
    const verdict = aVerdict({ images: [anImageVerdict({ findings: [aRuledFinding()] })] })
    write('seaworthy-report/report.json', renderJson(verdict, { name: 'seaworthy', version: '1' }))
    expect(await run('add', ...SIGN_OFF)).toMatch(
      /^the report lists no vulnerability as "noted".*--id.*\nnothing to change\n$/,
    )
  })

  test('when --policies names a file, then the error names its folder', async () => {
    scanned()
    write('policies/gate.yml', 'version: 1\n')
    const { problem } = await problemOf('add', ...SIGN_OFF, '--policies', 'policies/gate.yml')
    expect(problem).toMatchObject({ code: 'policy-missing', todo: 'specify its folder: policies' })
  })

  test('when an id is not in the report, then add says so and writes nothing, not even for the others', async () => {
    scanned()
    const ids = ['--id', 'CVE-2026-10001', 'CVE-2026-10009']
    const { code, what, where } = (await problemOf('add', ...SIGN_OFF, ...ids)).problem
    expect([code, where]).toEqual(['bad-input', 'seaworthy-report/report.json'])
    expect(what).toBe('CVE-2026-10009: the report has no such finding; nothing was written')
    expect(() => readFileSync(FILE)).toThrow('ENOENT')
  })

  test.each(['GHSA-ccff-ggjj-c2c3', 'PYSEC-2021-19'])(
    'when an application package is named by its id %s, then its finding gets an entry',
    async (id) => {
      const one = aRuledApplication({ id: 'GHSA-ccff-ggjj-c2c3' })
      const findings = [{ ...one, ids: ['GHSA-ccff-ggjj-c2c3', 'PYSEC-2021-19'] }]
      const verdict = aVerdict({ images: [anImageVerdict({ findings })] })
      write('seaworthy-report/report.json', renderJson(verdict, { name: 'seaworthy', version: '1' }))
      await run('add', ...SIGN_OFF, '--id', id)
      expect(readFileSync(FILE, 'utf8')).toContain('- id: GHSA-ccff-ggjj-c2c3\n')
    },
  )

  test('when the next scan has no use for an entry, then prune takes it out again', async () => {
    scanned()
    await run('add', ...SIGN_OFF)
    scanned('CVE-2026-10002')
    expect(await run('prune', '--expired')).toContain('nothing to change')
    expect(await run('prune')).toContain('-  - id: CVE-2026-10001')
    expect(readFileSync(FILE, 'utf8')).toContain('entries: []\n')
  })

  test('when a file is imported, then packages come from the last report', async () => {
    scanned()
    write('.trivyignore', 'CVE-2026-10001\nCVE-2026-10009\n')
    const printed = await run('import', '.trivyignore', '--owner', 'me')
    expect(printed).toContain('.trivyignore:2: CVE-2026-10009: not carried over')
    expect(readFileSync(FILE, 'utf8')).toContain('package: apt\n    reason: "imported, to be reviewed"\n')
  })

  test('when flags are wrong, then all are reported and nothing is written', async () => {
    scanned()
    const errors = ['--id', 'x', '--image', 'a b', '--release', '12', '--expires', '2030-01-01']
    const problem = await problemOf('add', '--owner', ' ', '--reason', '', ...errors)
    expect(problem.problem.code).toBe('bad-input')
    expect(problem.problem.what.split('\n')).toHaveLength(6)
    expect(() => readFileSync(FILE)).toThrow('ENOENT')
  })

  test('when flags are missing, then all are named', async () => {
    scanned()
    const { code, what } = (await problemOf('add', '--expires', 'x')).problem
    expect([code, what.split('\n')]).toEqual([
      'bad-input',
      [
        'expires: "x" is not a date (YYYY-MM-DD)',
        'owner: it is missing (--owner)',
        'reason: it is missing (--reason)',
      ],
    ])
    write('.trivyignore', 'CVE-2026-10001\n')
    expect((await problemOf('import', '.trivyignore')).problem.what).toBe('owner: it is missing (--owner)')
  })

  test('when there is no report, then the error says what writes one, and why the last run did not', async () => {
    const { what, where, todo } = (await problemOf('add', ...SIGN_OFF)).problem
    expect([what, where]).toEqual(['the report does not exist', 'seaworthy-report/report.json'])
    expect(todo).toMatch(/--report, .*scan the image, or replay its evidence.* no report is written/)
  })

  test('when gate.yml says a span, then entries hold no longer', async () => {
    scanned()
    write('policies/gate.yml', 'version: 1\nmax-span: 10\n')
    await run('add', ...SIGN_OFF)
    expect(readFileSync(FILE, 'utf8')).toContain('expires: 2026-12-04\n')
    expect((await problemOf('add', ...SIGN_OFF, '--expires', '2026-12-05')).problem.what).toContain(
      'the maximum is 10',
    )
  })

  test.each([
    ['no report', ['add', ...SIGN_OFF], 'report-unreadable'],
    ['no whitelist', ['prune', '--expired'], 'policy-missing'],
    ['no file to import', ['import', 'x.yaml', '--owner', 'me'], 'policy-missing'],
    ['a day that is none', ['prune', '--expired', '--expires', 'x'], 'commander'],
  ])('when there is %s, then that is told', async (_, args, code) => {
    if (code === 'commander') {
      await expect(run(...args)).rejects.toThrow('unknown option')
    } else {
      expect((await problemOf(...args)).problem.code).toBe(code)
    }
  })

  test('when the whitelist is wrong or not UTF-8, then it is left as it is', async () => {
    scanned()
    for (const bytes of [
      Buffer.from('version: 1\nentries: &a []\n'),
      Buffer.from('# \xe9\nversion: 1\nentries: []\n', 'latin1'),
    ]) {
      mkdirSync('policies', { recursive: true })
      writeFileSync(FILE, bytes)
      expect((await problemOf('add', ...SIGN_OFF)).problem.code).toMatch(
        /policy-invalid|whitelist-uneditable/,
      )
      expect(readFileSync(FILE).equals(bytes)).toBe(true)
    }
  })
})
