import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decide } from '../../../src/gate/decide.js'
import { loadEvidence } from '../../../src/gate/evidence/folder.js'
import { addDays } from '../../../src/model/dates.js'
import { RATED_SEVERITIES } from '../../../src/model/severity.js'
import { TOOL } from '../../../src/model/tool.js'
import type { Verdict } from '../../../src/model/verdict.js'
import type { ActWithin } from '../../../src/policy/gate/act-within.js'
import { REPORTS } from '../../../src/reports/index.js'
import { aPolicy } from '../../support/builders.js'
import { runs } from '../../support/runs.js'

/** Evidence of a real scan, with Debian's real changelogs, from which the days count. */
const EVIDENCE = join(import.meta.dirname, '../../cases/act-within-audit/evidence')

const ALL_90 = Object.fromEntries(RATED_SEVERITIES.map((one) => [one, 90])) as ActWithin

const settings = fc.record({
  actWithin: fc.record(
    Object.fromEntries(RATED_SEVERITIES.map((one) => [one, fc.constantFrom(0, 27, 30, 60, 90)])),
  ) as fc.Arbitrary<ActWithin>,
  mode: fc.constantFrom('enforce' as const, 'audit' as const),
  later: fc.nat({ max: 30 }),
})

function replayed(gate: Parameters<typeof aPolicy>[1], later: number): { verdict: Verdict; today: string } {
  const { today: scanned, collected } = loadEvidence(EVIDENCE)
  const today = addDays(scanned, later)
  const checks = ['security-updates', 'clair'] as const
  return { verdict: decide(collected, aPolicy([], { checks, ...gate }), today), today }
}

test('when evidence is replayed with act-within and mode, then it is the default’s verdict but for what is due, twice the same', () => {
  let due = 0
  fc.assert(
    fc.property(settings, ({ actWithin, mode, later }) => {
      const { verdict, today } = replayed({ actWithin, mode }, later)
      const byDefault = replayed({}, later).verdict
      const again = replayed({ actWithin, mode }, later).verdict
      for (const render of Object.values(REPORTS)) {
        expect(render(again, TOOL)).toBe(render(verdict, TOOL))
      }
      const found = verdict.images.flatMap(({ findings }) => findings)
      const before = new Map(
        byDefault.images.flatMap(({ findings }) => findings.map((one) => [keyOf(one), one])),
      )
      expect(new Set(found.map(keyOf))).toEqual(new Set(before.keys()))
      for (const one of found) {
        const was = before.get(keyOf(one))
        if (one.ruling === 'due') {
          due++
          expect([was?.ruling, was?.blocks, one.kev]).toEqual([
            'act',
            true,
            one.check === 'clair' ? false : one.kev,
          ])
          expect((one.due ?? '') >= today).toBe(true)
          expect((one.due ?? '') <= addDays(one.fixDay ?? '', Math.max(...Object.values(actWithin)))).toBe(
            true,
          )
        } else {
          expect([one.ruling, one.blocks]).toEqual([was?.ruling, was?.blocks])
        }
      }
      // Audit changes no verdict: without time to act, it is the default's.
      if (found.every(({ ruling }) => ruling !== 'due')) {
        expect(verdict.verdict).toBe(byDefault.verdict)
      }
    }),
    // The first one has something due, whatever the others are.
    { ...runs(80), examples: [[{ actWithin: ALL_90, mode: 'enforce', later: 0 }]] },
  )
  expect(due).toBeGreaterThan(0)
})

const keyOf = ({ check, id, package: name }: Verdict['images'][number]['findings'][number]) =>
  `${check} ${id} ${name}`
