import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { exitCode } from '../../../src/model/verdict.js'
import { refuseLaxer, withRequested } from '../../../src/policy/gate/laxer.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { jobOf } from '../../../src/reports/comment/job-of.js'
import { renderCheckRun } from '../../../src/reports/github/summaries.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../src/reports/json/untrusted.js'
import { renderMarkdown } from '../../../src/reports/markdown/markdown.js'
import { renderSarif } from '../../../src/reports/sarif/sarif.js'
import { aCheckResult, anImageVerdict, aProblem, aVerdict } from '../../support/builders.js'
import { runs } from '../../support/runs.js'
import { judgedIn, settings } from './gate-settings.js'

const modes = fc.constantFrom('enforce' as const, 'audit' as const)

test('when the mode is audit, then verdict and findings are those of enforce, whatever was found, accepted, stated and known before', () => {
  const covered = new Set<string>()
  fc.assert(
    fc.property(settings, (setting) => {
      const under = (mode: 'enforce' | 'audit') => judgedIn(setting, { mode })
      const [audited, enforced] = [under('audit'), under('enforce')]
      // What is released is enforced, and a notice says so.
      const mode = setting.gate.release === null ? 'audit' : 'enforce'
      expect([audited.mode, enforced.mode]).toEqual([mode, 'enforce'])
      const { policyDigest } = audited.judgedBy
      expect(policyDigest).not.toBe(enforced.judgedBy.policyDigest)
      const judgedBy = { ...enforced.judgedBy, policyDigest }
      const policyNotices = audited.policyNotices.filter(({ kind }) => kind !== 'audit')
      expect({ ...audited, policyNotices }).toEqual({ ...enforced, mode, judgedBy })
      covered.add(audited.verdict)
    }),
    runs(300),
  )
  // Of a release, some have no test, or nothing of Docker Bench.
  expect([...covered].sort()).toEqual(['fail', 'incomplete', 'pass'])
})

test('when the base enforces, then no input of a pull request makes it audit', () => {
  fc.assert(
    fc.property(modes, modes, (requested, holds) => {
      const { applied: obeyed, refused } = refuseLaxer({ mode: requested }, { ...DEFAULT_GATE, mode: holds })
      const { mode } = withRequested({ ...DEFAULT_GATE, mode: holds }, obeyed)
      expect(mode === 'audit').toBe(requested === 'audit' && holds === 'audit')
      expect(refused.map(({ name }) => name)).toEqual(
        requested === 'audit' && holds === 'enforce' ? ['mode'] : [],
      )
    }),
  )
})

test.each([
  ['pass', 'enforce', 0],
  ['fail', 'enforce', 1],
  ['incomplete', 'enforce', 2],
  ['pass', 'audit', 0],
  ['fail', 'audit', 0],
  ['incomplete', 'audit', 0],
] as const)('when the verdict is %s in mode %s, then the exit code is %i', (verdict, mode, code) => {
  expect(exitCode({ verdict, mode })).toBe(code)
})

describe.each(['fail', 'incomplete', 'pass'] as const)('when the verdict is %s', (verdict) => {
  const image = anImageVerdict({
    verdict,
    ...(verdict === 'fail' ? {} : { findings: [] }),
    ...(verdict === 'incomplete'
      ? { checks: [aCheckResult({ state: 'unanswered', problem: aProblem() })] }
      : {}),
  })
  const inMode = (mode: 'enforce' | 'audit') => aVerdict({ verdict, mode, images: [image] })

  test('then the check run of audit is never a failure, and its title says the verdict and the mode', () => {
    const [enforced, audited] = [renderCheckRun(inMode('enforce'), ''), renderCheckRun(inMode('audit'), '')]
    expect(audited.conclusion).toBe(verdict === 'pass' ? 'success' : 'neutral')
    expect(enforced.conclusion).not.toBe('neutral')
    expect(audited.title).toBe(`Audit mode · ${enforced.title}`)
    expect(audited.annotations).toEqual(enforced.annotations)
  })

  test('then reports keep the verdict and carry the mode', () => {
    const tool = { name: 'seaworthy', version: '0' }
    const json = JSON.parse(renderJson(inMode('audit'), tool))
    expect([json.verdict, json.mode]).toEqual([verdict, 'audit'])
    expect({ ...json, mode: 'enforce' }).toEqual(JSON.parse(renderJson(inMode('enforce'), tool)))
    expect(readUntrustedReport(JSON.stringify(json), 'x').mode).toBe('audit')
    const sarif = JSON.parse(renderSarif(inMode('audit'), tool))
    expect(sarif.runs[0].properties).toMatchObject({ verdict, mode: 'audit' })
    const run = { key: '0'.repeat(16), family: '0'.repeat(16), run: 1, attempt: 1, head: 'a'.repeat(40) }
    const job = jobOf(inMode('audit'), { ...run, url: 'https://a.b/c', change: null })
    expect([job.verdict, job.mode]).toEqual([verdict, 'audit'])
    const markdown = renderMarkdown(inMode('audit'), { limit: 65_536 })
    expect(markdown).toMatch(/^.*\n\nAudit mode: /)
    expect(markdown.includes('to enforce it, remove mode')).toBe(verdict === 'pass')
    expect(markdown.replace(/Audit mode: .*\n\n/, '')).toBe(
      renderMarkdown(inMode('enforce'), { limit: 65_536 }),
    )
  })
})
