import { describe, expect, test } from '@jest/globals'
import { readPolicies } from '../../../../src/inputs/policies.js'
import { INPUTS } from '../../../../src/inputs/table.js'
import { judge } from '../../../../src/judge/judge.js'
import { addDays } from '../../../../src/model/dates.js'
import { readGatePolicy } from '../../../../src/policy/gate/read.js'
import type { GatePolicy } from '../../../../src/policy/gate/thresholds.js'
import { verdictStatements } from '../../../../src/reports/view/statements.js'
import { aFinding, aJudgedInput, aPolicy, TODAY } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'

const until = (days: number) => addDays(TODAY, days)
const judged = (gate: Partial<GatePolicy>) =>
  judge([aJudgedInput([aFinding()])], aPolicy([], { mode: 'audit', ...gate }), TODAY)
const reported = (gate: Partial<GatePolicy>) =>
  verdictStatements(judged(gate)).limits.filter((text) => /audit/.test(text))

describe('audit-until', () => {
  test('when it is more than 90 days ahead, then that is an error at its line; when 90, then it holds', () => {
    const read = (days: number) =>
      readGatePolicy(`version: 1\nmode: audit\naudit-until: ${until(days)}\n`, 'gate.yml', TODAY)
    expect(read(90)).toEqual({ mode: 'audit', auditUntil: until(90) })
    expect(problemThrownBy(() => read(91)).what).toBe(
      `gate.yml:3: audit-until: ${until(91)} is more than 90 days ahead; the last possible day is ${until(90)}`,
    )
  })

  test.each(['soon', '2026-02-30', '31.12.2026'])('when it is %s, then it is refused', (day) => {
    const read = () => readGatePolicy(`version: 1\naudit-until: ${day}\n`, 'gate.yml', TODAY)
    expect(problemThrownBy(read).what).toMatch(/^gate\.yml:2: audit-until: .* is not a date \(YYYY-MM-DD\)$/)
  })

  test.each([
    [null, 'audit', []],
    [until(15), 'audit', []],
    [until(14), 'audit', [expect.stringMatching(/^audit mode ends on .*, in 14 days: /)]],
    [until(1), 'audit', [expect.stringMatching(/, in 1 day: /)]],
    [until(0), 'enforce', [expect.stringMatching(/^audit mode ended on .*, so the verdict is enforced$/)]],
    [until(-9), 'enforce', [expect.stringMatching(/^audit mode ended on /)]],
  ] as const)('when it is %s, then the mode is %s, and every report shows how long', (day, mode, texts) => {
    expect(judged({ auditUntil: day }).mode).toBe(mode)
    expect(reported({ auditUntil: day })).toEqual(texts)
  })

  test('when the mode is enforce, then it says nothing', () => {
    expect(reported({ mode: 'enforce', auditUntil: until(3) })).toEqual([])
  })
})

test.each([
  [{ release: 'patch' }, 'released'],
  [{ pushes: true }, 'pushed'],
] as const)(
  'when an image is to be %p, then audit mode does not apply, and a report says so',
  (gate, how) => {
    expect(judged({ ...gate, auditUntil: until(30) }).mode).toBe('enforce')
    expect(reported(gate)).toEqual([
      `audit mode does not apply to what is ${how}, so the verdict is enforced`,
    ])
  },
)

test.each([
  [{}, false],
  [{ push: 'none' }, false],
  [{ push: 'judged' }, true],
  [{ push: 'patched' }, true],
])('when the inputs are %j, then the image is pushed: %s', (set: Record<string, string>, pushes) => {
  const inputs = (name: string) =>
    set[name] ?? (name === 'policies' ? 'policies' : (INPUTS.find((one) => one.name === name)?.default ?? ''))
  expect(readPolicies(inputs, TODAY).judging.policy.gate.pushes).toBe(pushes)
})
