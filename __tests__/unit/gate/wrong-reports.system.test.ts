import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import { loadEvidence } from '../../../src/gate/evidence/folder.js'
import { readJudging } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import type { Verdict } from '../../../src/model/verdict.js'
import type { Report } from '../../support/fake-clair.js'
import { makePolicies } from '../../support/policies.js'
import type { Rows } from '../checks/clair/builders.js'
import { CLEAN, findingsOf, folder, gate, problemsOf, VULNERABLE } from './external-clair.js'

const NO_POLICIES = makePolicies(join(folder, 'no-policies'), {})

describe('a Clair whose report is not to be believed', () => {
  const without = (names: readonly string[]) => (right: Report) => {
    const gone = Object.entries(right.packages)
      .filter(([, one]) => names.includes((one as { name: string }).name))
      .map(([id]) => id)
    expect(gone).not.toEqual([])
    const kept = (table: object) =>
      Object.fromEntries(Object.entries(table).filter(([id]) => !gone.includes(id)))
    return {
      ...right,
      packages: kept(right.packages),
      environments: kept(right.environments),
      package_vulnerabilities: kept(right.package_vulnerabilities),
    }
  }
  const lies: [string, (right: Report) => unknown, string][] = [
    ['without a package that dpkg lists', without(['libc6']), 'clair-missed-packages'],
    ['without any of them', without(['libc6', 'openssl']), 'clair-missed-packages'],
    [
      'about another image',
      (right) => ({ ...right, manifest_hash: `sha256:${'0'.repeat(64)}` }),
      'clair-report-malformed',
    ],
    ['without the canary', without(['seaworthy-canary']), 'canary-not-found'],
    [
      'with no vulnerability at all',
      (right) => ({ ...right, vulnerabilities: {}, package_vulnerabilities: {} }),
      'canary-not-found',
    ],
    [
      'for another distribution',
      (right) => JSON.stringify(right).replaceAll('"did":"debian"', '"did":"ubuntu"'),
      'clair-wrong-distribution',
    ],
    ['that is empty', () => ({}), 'clair-report-malformed'],
    ['that is null', () => 'null', 'clair-report-malformed'],
    ['that is a page of HTML', () => '<html></html>', 'clair-report-malformed'],
    ['that is nothing', () => '', 'clair-no-report'],
  ]
  test.each(lies)('when it gives a report %s, then nothing is judged by it', async (_, report, code) => {
    for (const tracker of [VULNERABLE, CLEAN]) {
      const { verdict } = await gate({ tracker, report })
      expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', code])
    }
  })

  test('when it reports the canary, and nothing of what the tracker has, then we find it: a fail', async () => {
    const onlyCanary = (right: Report) => {
      const names = Object.fromEntries(
        Object.entries(right.packages).map(([id, one]) => [id, (one as { name: string }).name]),
      )
      const kept = Object.entries(right.package_vulnerabilities).filter(
        ([id]) => names[id] === 'seaworthy-canary',
      )
      expect(kept).toHaveLength(1)
      return { ...right, package_vulnerabilities: Object.fromEntries(kept) }
    }
    const { verdict } = await gate({ report: onlyCanary })
    expect(verdict.verdict).toBe('fail')
    expect(findingsOf(verdict)).toEqual([
      'openssl CVE-2026-20002 act missed-by-clair',
      'openssl CVE-2026-20003 deferred missed-by-clair',
    ])
  })

  test('when its database is older than the tracker, then what it does not know is found too', async () => {
    const { verdict } = await gate({ database: { glibc: VULNERABLE.glibc ?? {} } })
    expect(findingsOf(verdict)).toContain('openssl CVE-2026-20002 act missed-by-clair')
  })
})

describe('any change of a right report', () => {
  /** All texts that come of a JSON when one member or element is taken away. */
  function* lessOne(value: unknown): Generator<unknown> {
    if (Array.isArray(value)) {
      for (const [at, element] of value.entries()) {
        yield value.toSpliced(at, 1)
        for (const less of lessOne(element)) {
          yield value.with(at, less)
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
        for (const less of lessOne(member)) {
          yield { ...value, [key]: less }
        }
      }
    }
  }
  const essence = (verdict: Verdict) =>
    verdict.images.flatMap(({ findings }) =>
      findings.map(({ package: name, id, version, fixedVersion, severity, ruling, blocks }) =>
        [name, id, version, fixedVersion, severity, ruling, blocks].join(' '),
      ),
    )

  test.each<[string, Rows]>([
    ['fail', VULNERABLE],
    ['pass', CLEAN],
  ])(
    'when the right one gives a %s, then no other passes unless its findings are the same',
    async (status, tracker) => {
      const saved = join(folder, `evidence-${status}`)
      const { verdict } = await gate({ tracker, inputs: { 'save-evidence': saved } })
      expect(verdict.verdict).toBe(status)
      const { today, collected } = loadEvidence(saved)
      const [one] = collected
      const [clair, ...together] = one?.evidence ?? []
      if (!one || !clair) {
        throw new Error('no evidence was saved')
      }
      const inputs = (name: string) => INPUTS.find((input) => input.name === name)?.default ?? ''
      const { policy } = readJudging(
        (name) => (name === 'policies' ? NO_POLICIES : name === 'checks' ? 'clair' : inputs(name)),
        today,
      )
      const judged = (report: string) => {
        const documents = { ...clair.documents, 'vulnerability-report.json': report }
        return decide([{ ...one, evidence: [{ ...clair, documents }, ...together] }], policy, today)
      }
      const right = clair.documents['vulnerability-report.json'] ?? ''
      expect({ ...judged(right), evidence: verdict.evidence }).toEqual(verdict)

      const counts = new Map<string, number>()
      const check = (report: string) => {
        const other = judged(report)
        counts.set(other.verdict, (counts.get(other.verdict) ?? 0) + 1)
        if (other.verdict !== 'pass') {
          return
        }
        expect([report, status, ...essence(other)]).toEqual([report, 'pass', ...essence(verdict)])
      }
      const fewer = [...lessOne(JSON.parse(right))].map((value) => JSON.stringify(value))
      expect(fewer.length).toBeGreaterThan(60)
      for (const report of fewer) {
        check(report)
      }
      // Half of them are no JSON for the same reason; each seventh byte is a sample of all.
      for (let end = 0; end < right.length; end += 7) {
        check(right.slice(0, end))
      }
      expect(counts.get('incomplete')).toBeGreaterThan(60)
    },
  )

  test('when a report is cut on its way, then the gate as a whole does not pass either', async () => {
    for (const share of [0.01, 0.3, 0.6, 0.99]) {
      const report = (right: Report) => {
        const text = JSON.stringify(right)
        return text.slice(0, Math.ceil(text.length * share))
      }
      const { verdict } = await gate({ tracker: CLEAN, report })
      expect(verdict.verdict).toBe('incomplete')
    }
  })
})
