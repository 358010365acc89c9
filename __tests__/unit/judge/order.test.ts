import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareRisk, compareWorstFirst } from '../../../src/judge/order.js'
import { SEVERITIES } from '../../../src/model/severity.js'
import { RULINGS, type RuledFinding } from '../../../src/model/verdict.js'
import { aRuledApplication, aRuledFinding, TODAY } from '../../support/builders.js'

const scored = (probability: number) => ({ epss: { probability, percentile: 0.5, date: TODAY } })
const ids = (findings: readonly RuledFinding[]) => findings.toSorted(compareWorstFirst).map(({ id }) => id)

test('when findings block, then KEV is first, then severity, then EPSS, then the name', () => {
  expect(
    ids([
      aRuledFinding({ id: 'unrated', severity: 'unknown', ...scored(0.99) }),
      aRuledFinding({ id: 'by name, b', severity: 'high', package: 'b' }),
      aRuledFinding({ id: 'by name, a', severity: 'high', package: 'a' }),
      aRuledFinding({ id: 'likely', severity: 'high', package: 'z', ...scored(0.4) }),
      aRuledFinding({ id: 'more likely', severity: 'high', package: 'z', ...scored(0.9) }),
      aRuledFinding({ id: 'critical', severity: 'critical', package: 'z' }),
      aRuledFinding({ id: 'exploited', severity: 'low', package: 'z', kev: true }),
      aRuledApplication({ id: 'malicious', severity: 'unknown', malware: true }),
      aRuledFinding({ id: 'noted and exploited', ruling: 'noted', blocks: false, kev: true }),
    ]),
  ).toEqual([
    'exploited',
    'malicious',
    'critical',
    'more likely',
    'likely',
    'by name, a',
    'by name, b',
    'unrated',
    'noted and exploited',
  ])
})

test('when findings are of the same risk and package, then their ids, checks and the rest decide', () => {
  const [first, second] = [aRuledFinding({ id: 'CVE-1' }), aRuledFinding({ id: 'CVE-2' })]
  const ordered = (...all: RuledFinding[]) => all.toSorted(compareWorstFirst)
  expect(ordered(second, first)).toEqual([first, second])
  const other = { ...first, check: 'credentials' } as unknown as RuledFinding
  expect(ordered(other, first)).toEqual([first, other])
  expect(ordered(first, other)).toEqual([first, other])
  // The id comes before the check.
  const late = { ...other, id: 'CVE-0' } as RuledFinding
  expect(ordered(first, late)).toEqual([late, first])
  const newer = { ...first, version: '2.6.2' }
  expect(ordered(newer, first)).toEqual([first, newer])
  const without = { ...first, package: null }
  expect(ordered(first, without)).toEqual([without, first])
})

test('when findings come in any order, then the order of the report is the same, and the risk never rises in it', () => {
  const finding = fc
    .record({
      ruling: fc.constantFrom(...RULINGS),
      blocks: fc.boolean(),
      kev: fc.constantFrom(true, false, null),
      severity: fc.constantFrom(...SEVERITIES),
      probability: fc.constantFrom(null, 0, 0.1, 0.9),
      id: fc.constantFrom('CVE-2026-1', 'CVE-2026-2'),
    })
    .map(({ probability, ...part }) =>
      aRuledFinding({ ...part, ...(probability === null ? {} : scored(probability)) }),
    )
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (findings, chance) => {
      const mixed = findings
        .map((one) => [chance.next().value ?? 0, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one)
      const ordered = findings.toSorted(compareWorstFirst)
      expect(mixed.toSorted(compareWorstFirst)).toEqual(ordered)
      for (const [index, one] of ordered.entries()) {
        const before = ordered[index - 1]
        if (before?.blocks === one.blocks && before.ruling === one.ruling) {
          expect(compareRisk(before, one)).toBeLessThanOrEqual(0)
        }
      }
    }),
  )
})
