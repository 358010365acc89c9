import { expect, test } from '@jest/globals'
import { countOf } from '../../../src/judge/counts.js'
import { aFinding } from '../../support/builders.js'

const rated = (id: string, severity: 'critical' | 'high' | 'unknown', kev = false) =>
  aFinding({ id, severity, kev })
const exploited = ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'].map((id) => rated(id, 'high', true))

test.each([
  ['1 CVE, high', [rated('CVE-1', 'high')]],
  ['2 CVEs, all high', [rated('CVE-1', 'high'), rated('CVE-2', 'high')]],
  [
    '2 CVEs: 1 critical, 1 high',
    [rated('CVE-1', 'high'), rated('CVE-2', 'high'), rated('CVE-2', 'critical')],
  ],
  [
    '2 CVEs: 1 critical, 1 high',
    [rated('CVE-2', 'critical'), rated('CVE-2', 'high'), rated('CVE-1', 'high'), rated('CVE-2', 'unknown')],
  ],
  ['1 CVE, not rated', [rated('CVE-1', 'unknown')]],
  ['2 CVEs, not rated', [rated('CVE-1', 'unknown'), rated('CVE-2', 'unknown')]],
  ['0 CVEs: ', []],
  ['2 findings: 1 high, 1 not rated', [rated('CVE-1', 'high'), rated('TEMP-1', 'unknown')]],
  ['3 CVEs, all high (CVE-1, CVE-2, CVE-3 in KEV)', exploited.slice(0, 3)],
  ['4 CVEs, all high (CVE-1, CVE-2, CVE-3 … in KEV)', exploited],
])('when findings are counted, then it says "%s"', (text, findings) => {
  expect(countOf(findings)).toBe(text)
})
