import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { keys } from '../support/policies.js'
import { newFolder, type Ran, ROOT, reportOf, seaworthy } from './support.js'

/**
 * Evidence of a real scan with `act-within`, which has Debian's changelogs (__tests__/cases/act-within-audit), judged
 * again by the command.
 */
const CASE = join(ROOT, '__tests__/cases/act-within-audit/evidence')
const FLAGS = [
  ...['--checks', 'security-updates,clair', keys({ 'require-release': 'supported' })],
  ...['--fail-on', 'base=critical,own=high'],
]
const WITHIN = [keys({ 'act-within': { high: '30d', medium: '45d' } })]
const CHANGELOGS = 'image-0/security-updates/changelogs.json'

const replay = (...flags: readonly string[]) => seaworthy(['replay', ...flags])
const rulings = ({ images }: Report) =>
  images.flatMap(({ findings }) =>
    findings.map(({ package: name, id, ruling, due }) => `${name} ${id} ${ruling} ${due}`),
  )

/** A copy of the evidence; `edit` changes its changelogs. */
function copied(edit = (text: string) => text): string {
  const folder = join(newFolder(), 'elsewhere')
  cpSync(CASE, folder, { recursive: true })
  const path = join(folder, CHANGELOGS)
  writeFileSync(path, edit(readFileSync(path, 'utf8')))
  return folder
}

let enforced: Ran
beforeAll(async () => {
  enforced = await replay(CASE, ...FLAGS, ...WITHIN)
})

describe('evidence that was saved with act-within', () => {
  test('when it is replayed, then days count from its changelogs', () => {
    expect(enforced.code).toBe(1)
    expect(rulings(reportOf(enforced))).toEqual(
      expect.arrayContaining([
        'apt CVE-2026-109518 due 2026-12-02',
        'apt security-update due 2026-12-02',
        'pcre2 CVE-2026-103111 act null',
        'perl CVE-2026-8376 act null',
        'perl CVE-2026-48962 act null',
      ]),
    )
  })

  test('when the run had inputs, then they hold in a replay, unless a flag says otherwise', async () => {
    const folder = copied()
    const index = join(folder, 'evidence.json')
    const inputs = { 'fail-on': 'base=critical,own=high', checks: 'clair', policies: '/nowhere' }
    writeFileSync(index, JSON.stringify({ ...JSON.parse(readFileSync(index, 'utf8')), inputs }))
    const { policyDigest } = reportOf(
      await replay(folder, '--checks', 'clair', '--fail-on', inputs['fail-on']),
    )
    expect(reportOf(await replay(folder, '--checks', 'clair')).policyDigest).toBe(policyDigest)
    expect(reportOf(await replay(folder, '--checks', 'clair', '--fail-on', 'low')).policyDigest).not.toBe(
      policyDigest,
    )
  })

  test('when a format is asked for, then nothing else is on standard output', async () => {
    const ran = await replay(CASE, ...FLAGS, ...WITHIN, '--format', 'json')
    expect(JSON.parse(ran.stdout)).toEqual(reportOf(ran))
    expect(ran.stderr).toContain('do not rely on it as proof')
    expect((await replay(CASE, '--format', 'pdf')).stderr).toContain('Allowed choices are json, sarif')
  })

  test('when it is replayed from a copy elsewhere, then verdict and findings are the same', async () => {
    const findingsOf = ({ images }: Report) => images.map(({ findings }) => findings)
    const again = reportOf(await replay(copied(), ...FLAGS, ...WITHIN))
    expect(again.verdict).toBe('fail')
    expect(findingsOf(again)).toEqual(findingsOf(reportOf(enforced)))
  })

  test('when its changelogs name no day, then nothing has time', async () => {
    const dateless = copied((text) => text.replace(/ -- [^\\]*/g, ' -- nobody'))
    const reported = rulings(reportOf(await replay(dateless, ...FLAGS, ...WITHIN)))
    expect(reported).toContain('apt CVE-2026-109518 act null')
    expect(reported.join('\n')).not.toMatch(/ due /)
  })

  test('when the last day is the day of the scan, then it is due; with a day less it acts', async () => {
    const last = await replay(CASE, ...FLAGS, keys({ 'act-within': { high: '26d' } }))
    expect(rulings(reportOf(last))).toContain('apt CVE-2026-109518 due 2026-11-28')
    const over = await replay(CASE, ...FLAGS, '--verbose', keys({ 'act-within': { high: '25d' } }))
    expect(rulings(reportOf(over))).toContain('apt CVE-2026-109518 act null')
    expect(over.stdout).toContain('it was due by 2026-11-27')
  })
})

describe('mode: audit', () => {
  test('when the verdict is fail, then the command ends with 0, says so first, and reports the true verdict', async () => {
    const audited = await replay(CASE, ...FLAGS, ...WITHIN, '--mode', 'audit')
    expect(audited.code).toBe(0)
    expect(audited.stdout.split('\n')[0]).toMatch(/^Audit mode: the verdict is "fail", .*exit code 0/)
    expect(reportOf(audited)).toMatchObject({ verdict: 'fail', mode: 'audit' })
    expect(rulings(reportOf(audited))).toEqual(rulings(reportOf(enforced)))
    expect(reportOf(enforced)).toMatchObject({ verdict: 'fail', mode: 'enforce' })
    expect(enforced.stdout).not.toContain('Audit mode')
  })

  test('when a check did not answer, then incomplete ends with 0 too, and stays incomplete', async () => {
    const silent = join(ROOT, '__tests__/cases/clair-did-not-answer/evidence')
    expect((await replay(silent, '--checks', 'clair')).code).toBe(2)
    const audited = await replay(silent, '--checks', 'clair', '--mode', 'audit')
    expect(audited.code).toBe(0)
    expect(audited.stdout.split('\n')[0]).toMatch(/^Audit mode: the verdict is "incomplete"/)
    expect(reportOf(audited)).toMatchObject({ verdict: 'incomplete', mode: 'audit' })
  })

  test('when mode or act-within is not valid, then it still ends with 2', async () => {
    const typo = await replay(CASE, ...FLAGS, '--mode', 'audti')
    expect([typo.code, typo.stdout]).toEqual([2, expect.not.stringContaining('Audit mode')])
    const negative = await replay(CASE, ...FLAGS, '--mode', 'audit', keys({ 'act-within': { high: '-3d' } }))
    expect(negative.code).toBe(2)
  })
})
