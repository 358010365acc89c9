import { expect, test } from '@jest/globals'
import { severityCounts } from '../../../../src/reports/view/counts.js'
import { anImageVerdict, aRuledFinding } from '../../../support/builders.js'

test('when findings are counted by severity, then the worst comes first, parts in the order of rulings, nothing that is not there', () => {
  const findings = [
    aRuledFinding({ id: 'CVE-2026-1', severity: 'low', ruling: 'noted' }),
    aRuledFinding({ id: 'CVE-2026-2', severity: 'critical', ruling: 'noted' }),
    aRuledFinding({ id: 'CVE-2026-3', severity: 'critical', ruling: 'act' }),
    aRuledFinding({ id: 'CVE-2026-4', severity: 'critical', ruling: 'noted' }),
  ]
  expect(severityCounts(anImageVerdict({ findings }))).toEqual([
    {
      severity: 'critical',
      total: 3,
      parts: [
        { ruling: 'act', count: 1 },
        { ruling: 'noted', count: 2 },
      ],
    },
    { severity: 'low', total: 1, parts: [{ ruling: 'noted', count: 1 }] },
  ])
})

test('when there are no findings, then nothing is counted', () => {
  expect(severityCounts(anImageVerdict({ findings: [] }))).toEqual([])
})
