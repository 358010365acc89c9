import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { answerOf } from '../../../src/checks/index.js'
import { judge } from '../../../src/judge/judge.js'
import { CHECK_IDS, DEFAULT_CHECK_IDS } from '../../../src/model/checks.js'
import type { Evidence } from '../../../src/model/evidence.js'
import { SEVERITIES } from '../../../src/model/severity.js'
import type { VerdictStatus } from '../../../src/model/verdict.js'
import { refuseLaxer, withRequested } from '../../../src/policy/gate/laxer.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { readWhitelist } from '../../../src/policy/whitelist/read.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anImage,
  aPolicy,
  aProblem,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { problemThrownBy } from '../../support/problems.js'

const image = anImage()

/** Evidence of a test that ended so. */
function tested(exitCode: number | null, part: Partial<Evidence> = {}): Evidence {
  const end = {
    ...{ by: 'command', exitCode, signal: exitCode === null ? 'SIGKILL' : null },
    ...{
      ended: exitCode === null ? 'ended by SIGKILL' : `exit ${exitCode}`,
      seconds: 1.5,
      imageId: 'sha256:1',
    },
    layers: image.layers.map(({ diffId }) => diffId),
  }
  return anEvidence({
    check: 'regression-test',
    documents: { 'test.json': JSON.stringify(end), 'output.txt': 'said' },
    sources: [],
    ...part,
  })
}

const answered = (evidence: Evidence) => ({ evidence, answer: answerOf(evidence, image) })
const clair = (severity: (typeof SEVERITIES)[number] | null) => ({
  evidence: anEvidence(),
  answer: anAnswer(
    severity === null ? [] : [aFinding({ severity, fixedVersion: '2.6.2', installable: true })],
  ),
})
const RANK: readonly VerdictStatus[] = ['fail', 'incomplete', 'pass']

const severities = fc.option(fc.constantFrom(...SEVERITIES))
const failed = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constant(null)).map((code) => tested(code))
const unanswered = fc
  .constantFrom('test-timeout' as const, 'test-needs-engine' as const, 'test-foreign-platform' as const)
  .chain((code) =>
    // Whatever documents stand next to the problem.
    fc.constantFrom(0, 1).map((exit) => tested(exit, { problem: aProblem({ code }) })),
  )
const passed = fc.constant(tested(0))
const checks = fc.subarray([...CHECK_IDS], { minLength: 1 })

describe('whatever else is found', () => {
  test('then a test that is given never makes the verdict milder than without one', () => {
    fc.assert(
      fc.property(
        severities,
        fc.oneof(passed, failed, unanswered),
        checks,
        (severity, evidence, requested) => {
          const verdict = (...more: readonly Evidence[]) => {
            const answers = [clair(severity), ...more.map(answered)]
            return judge([aJudgedInput([], { image, answers })], aPolicy([], { checks: requested }), TODAY)
              .verdict
          }
          const required = requested.includes('regression-test')
          // Where gate.yml asks for one, none is no answer: only that can get better.
          fc.pre(!required)
          expect(RANK.indexOf(verdict(evidence))).toBeLessThanOrEqual(RANK.indexOf(verdict()))
        },
      ),
    )
  })

  test('then one that fails blocks, and nothing in policies or a baseline lets it through', () => {
    const policies = fc.record({
      checks,
      failOnNewOnly: fc.boolean(),
      unknownSeverity: fc.constantFrom('act' as const, 'noted' as const),
    })
    fc.assert(
      fc.property(severities, failed, policies, fc.boolean(), (severity, evidence, gate, existedBefore) => {
        // Entries that no reader takes, were they there all the same.
        const entries = ['regression-test-failed', '*'].map((id) =>
          aWhitelistEntry({ check: 'regression-test', id, package: null, maxSeverity: 'critical' }),
        )
        const input = aJudgedInput([], { image, answers: [clair(severity), answered(evidence)] })
        const before = judge([input], aPolicy([], { checks: ['clair'] }), TODAY)
        const baseline = existedBefore
          ? {
              file: 'report.json',
              fault: null,
              images: before.images.map((one) => ({ ...one, platform: 'linux/amd64' })),
            }
          : null
        const policy = { ...aPolicy(entries, gate), baseline }
        const { verdict, images } = judge([input], policy as ReturnType<typeof aPolicy>, TODAY)
        expect(verdict).toBe('fail')
        const [finding] = images[0]?.findings.filter(({ check }) => check === 'regression-test') ?? []
        expect(finding).toMatchObject({ ruling: 'act', blocks: true })
        expect(images[0]?.regressionTest.state).toBe('failed')
      }),
    )
  })

  test('then one without an answer never passes', () => {
    fc.assert(
      fc.property(severities, unanswered, checks, (severity, evidence, requested) => {
        const answers = [clair(severity), answered(evidence)]
        const { verdict, images } = judge(
          [aJudgedInput([], { image, answers })],
          aPolicy([], { checks: requested }),
          TODAY,
        )
        expect(verdict).not.toBe('pass')
        expect(images[0]?.regressionTest).toEqual({
          ...{ state: 'no-answer', by: null, ended: null, seconds: null, output: null },
        })
      }),
    )
  })
})

describe('when nobody names a test', () => {
  test('then the default asks for none, and the head says so', () => {
    expect(DEFAULT_GATE.checks).toEqual(['security-updates', 'clair', 'docker-bench'])
    const { verdict, images } = judge([aJudgedInput([], { image, answers: [clair(null)] })], aPolicy(), TODAY)
    expect([verdict, images[0]?.regressionTest.state, images[0]?.checks.length]).toEqual([
      'pass',
      'not-run',
      1,
    ])
  })

  test('and gate.yml asks for it, then the image is incomplete', () => {
    const requestedPolicy = aPolicy([], { checks: ['clair', 'regression-test'] })
    const { verdict, images } = judge(
      [aJudgedInput([], { image, answers: [clair(null)] })],
      requestedPolicy,
      TODAY,
    )
    expect([verdict, images[0]?.regressionTest.state]).toEqual(['incomplete', 'no-answer'])
  })
})

test('when a pull request asks for other checks, then a regression test that the base asks for stays', () => {
  fc.assert(
    fc.property(checks, checks, (requested, holds) => {
      const base = { ...DEFAULT_GATE, checks: holds }
      const { applied: obeyed } = refuseLaxer({ checks: requested }, base)
      const now = withRequested(base, obeyed).checks
      expect(now.includes('regression-test') || !holds.includes('regression-test')).toBe(true)
    }),
  )
  expect(DEFAULT_CHECK_IDS).not.toContain('regression-test')
})

test.each([
  'id: regression-test-failed\n    package: "*"\n    any-package: true',
  'package: apt',
  'id: "*"\n    package: apt',
])(
  'when an entry of the whitelist is to accept a failing test (%j), then it is refused, and why',
  (lines) => {
    const text = `version: 1\nentries:\n  - check: regression-test\n    ${lines}\n    reason: r\n    owner: o\n    expires: "2026-12-01"\n`
    const { code, what } = problemThrownBy(() => readWhitelist(text, 'whitelist.yml', null))
    expect(code).toBe('policy-invalid')
    expect(what).toMatch(/no entry can accept a failing regression test|id: is missing|id is missing/)
  },
)
