import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MOST_OF_A_KIND, renderAnnotations } from '../../../../src/reports/github/annotations.js'
import {
  aCheckResult,
  anImageVerdict,
  aPlace,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aVerdict,
} from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { parseWorkflowCommand } from '../../../support/workflow-command.js'

const annotationsOf = (verdict: Parameters<typeof renderAnnotations>[0]) =>
  renderAnnotations(verdict).map((line) => parseWorkflowCommand(line))

test('when findings block then there is one error for each package, worst first', () => {
  const findings = [
    aRuledFinding({ severity: 'medium', kev: true, package: 'bash', policy: aPlace() }),
    aRuledFinding({ id: 'CVE-2026-2' }),
    aRuledFinding({ id: 'CVE-2026-3', severity: 'critical' }),
    aRuledFinding({ id: 'CVE-2026-4', package: 'perl' }),
    aRuledFinding({ id: 'CVE-2026-5', package: 'tar', ruling: 'noted', blocks: false }),
  ]
  expect(renderAnnotations(aVerdict({ images: [anImageVerdict({ findings })] }))).toEqual([
    '::error file=policies/whitelist.yml,line=21,title=bash keeps app%3A1.4.0 from release::1 CVE, medium (CVE-2026-10001 in KEV)%0ACVE-2026-10001 medium, 2.6.1 → 2.6.2: high is at or above fail-on high',
    '::error title=apt keeps app%3A1.4.0 from release::2 CVEs: 1 critical, 1 high%0ACVE-2026-3 critical, 2.6.1 → 2.6.2: high is at or above fail-on high%0ACVE-2026-2 high, 2.6.1 → 2.6.2: high is at or above fail-on high',
    '::error title=perl keeps app%3A1.4.0 from release::1 CVE, high%0ACVE-2026-4 high, 2.6.1 → 2.6.2: high is at or above fail-on high',
  ])
})

test('when what blocks is about no package then the annotation says what to do, and why', () => {
  const none = { package: null, version: null, fixedVersion: null, severity: 'unknown' } as const
  const findings = [
    aRuledFinding({
      ...none,
      check: 'docker-bench',
      id: '4.1',
      because: 'WARN, and PASS is expected',
      facts: { advice: 'Name a user.', found: 'No user is set.' },
    }),
    aRuledFinding({ check: 'security-updates', id: 'security-update', severity: 'unknown' }),
  ]
  expect(renderAnnotations(aVerdict({ images: [anImageVerdict({ findings })] }))).toEqual([
    '::error title=Docker Bench 4.1 keeps app%3A1.4.0 from release::Name a user%0Adocker-bench 4.1: WARN, and PASS is expected. No user is set.',
    '::error title=apt keeps app%3A1.4.0 from release::1 finding, not rated%0Asecurity-update, 2.6.1 → 2.6.2: high is at or above fail-on high',
  ])
})

test('when several checks of Docker Bench could not look for one reason then that is one error, as it is one thing to do', () => {
  const bench = (id: string) =>
    aRuledFinding({
      check: 'docker-bench',
      id,
      package: null,
      severity: 'unknown',
      because: 'not examined: no history',
      facts: { state: 'not-evaluated' },
    })
  const image = anImageVerdict({ findings: [bench('4.7'), bench('4.9')] })
  expect(renderAnnotations(aVerdict({ images: [image] }))).toEqual([
    '::error title=Docker Bench 4.7%2C 4.9 keeps app%3A1.4.0 from release::Let 4.9 and 4.7 be examined, or name them under not_applicable%0Adocker-bench 4.9, 4.7: not examined: no history.',
  ])
})

test('when a check has no answer then that comes before any package', () => {
  const image = anImageVerdict({
    checks: [aCheckResult({ state: 'unanswered', problem: aProblem() })],
  })
  expect(annotationsOf(aVerdict({ images: [image] })).map((one) => one?.properties.title)).toEqual([
    'app:1.4.0 could not be judged',
    'apt keeps app:1.4.0 from release',
  ])
})

test('when policies have notices with a place then they are warnings there; the default is none', () => {
  const policyNotices = [aPolicyNotice(), aPolicyNotice({ kind: 'default', place: null })]
  const image = anImageVerdict({ verdict: 'pass', findings: [] })
  expect(renderAnnotations(aVerdict({ images: [image], policyNotices }))).toEqual([
    '::warning file=policies/whitelist.yml,line=21,title=Whitelist::CVE-2022-0563 (util-linux) expired on 2026-10-01',
  ])
})

test('when there are more than GitHub shows then the worst are kept and the rest is counted', () => {
  const packages = Array.from({ length: 13 }, (_, index) =>
    aRuledFinding({ package: `p${index}`, severity: index === 12 ? 'critical' : 'high' }),
  )
  const policyNotices = Array.from({ length: 11 }, (_, index) =>
    aPolicyNotice({ place: aPlace({ line: index + 1 }) }),
  )
  const all = annotationsOf(aVerdict({ images: [anImageVerdict({ findings: packages })], policyNotices }))
  const count = (name: string) => all.filter((one) => one?.name === name).length
  expect([count('error'), count('warning'), count('notice')]).toEqual([MOST_OF_A_KIND, MOST_OF_A_KIND, 1])
  expect(all[0]?.properties.title).toBe('p12 keeps app:1.4.0 from release')
  expect(all.at(-1)?.data).toBe('4 more errors and 2 more warnings in the summary')
})

test('when names are hostile then each line is still one command with the same properties', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const finding = aRuledFinding({ id: text, package: text, version: text, because: text })
      const image = anImageVerdict({
        reference: text,
        findings: [{ ...finding, policy: { file: `x${text}x`, line: 3 } }],
        checks: [aCheckResult({ state: 'unanswered', problem: aProblem({ what: text, todo: text }) })],
      })
      const place = { file: `x${text}x`, line: 4 }
      const lines = renderAnnotations(
        aVerdict({ images: [image], policyNotices: [aPolicyNotice({ text, place })] }),
      )
      expect(lines.join('')).not.toMatch(/[\r\n]/)
      const seen = lines.map((line) => parseWorkflowCommand(line))
      expect(seen.map((one) => [one?.name, ...Object.keys(one?.properties ?? {})])).toEqual([
        ['error', 'title'],
        ['error', 'file', 'line', 'title'],
        ['warning', 'file', 'line', 'title'],
      ])
      expect(seen.map((one) => one?.properties.line)).toEqual([undefined, '3', '4'])
    }),
  )
})
