import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '../../../src/model/dates.js'
import { RATED_SEVERITIES } from '../../../src/model/severity.js'
import { readBaseline } from '../../../src/policy/baseline/compare.js'
import type { ActWithin } from '../../../src/policy/gate/act-within.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { TODAY } from '../../support/builders.js'
import { runs } from '../../support/runs.js'
import { AT_ONCE, daysOfEach, judgedIn, keyOf, ruledIn, settings } from './gate-settings.js'

test('when anything has time, then the verdict is that of the default but for what is due, and that is as it says', () => {
  const covered = new Set<string>()
  fc.assert(
    fc.property(settings, (setting) => {
      const { actWithin, gate } = setting
      const strict = new Map(ruledIn(setting, { actWithin: AT_ONCE }).map((one) => [keyOf(one), one]))
      const now = ruledIn(setting)
      expect(new Set(now.map(keyOf))).toEqual(new Set(strict.keys()))
      for (const one of now) {
        const before = strict.get(keyOf(one))
        covered.add(one.statement === null ? `${one.ruling} ${one.since}` : 'stated')
        if (one.ruling !== 'due') {
          expect([one.ruling, one.blocks, one.due]).toEqual([before?.ruling, before?.blocks, null])
          continue
        }
        expect(before?.ruling).toBe('act')
        // What the baseline lets through without `act-within` is let through with it.
        expect([before?.blocks, one.blocks]).toEqual([
          !before?.because.some(({ reason }) => reason === 'in-baseline'),
          false,
        ])
        expect(gate.release).toBeNull()
        expect(one.kev).not.toBe(true)
        expect(one.check === 'clair' ? one.kev : false).toBe(false)
        expect(one.check === 'clair' || one.id === 'security-update').toBe(true)
        expect('malware' in one && one.malware).toBe(false)
        const most = Math.max(...Object.values(actWithin))
        expect(one.fixDay === null || one.due === null).toBe(false)
        expect((one.due ?? '') >= TODAY && (one.fixDay ?? '9') <= TODAY).toBe(true)
        expect((one.due ?? '') <= addDays(one.fixDay ?? TODAY, most)).toBe(true)
      }
    }),
    runs(1200),
  )
  // Each of these worlds was met, or the property says nothing of it.
  const met = ['due new', 'due unchanged', 'act unchanged', 'stated']
  expect(met.filter((one) => !covered.has(one))).toEqual([])
})

test('when there are more days, then nothing that had time has less, and no verdict is stricter', () => {
  fc.assert(
    fc.property(settings, daysOfEach, (setting, more) => {
      const most = Object.fromEntries(
        RATED_SEVERITIES.map((one) => [one, Math.max(setting.actWithin[one], more[one])]),
      ) as ActWithin
      const blocking = (actWithin: ActWithin) =>
        new Set(
          ruledIn(setting, { actWithin })
            .filter(({ blocks }) => blocks)
            .map(keyOf),
        )
      const few = blocking(setting.actWithin)
      for (const key of blocking(most)) {
        expect(few.has(key)).toBe(true)
      }
    }),
    runs(600),
  )
})

test('when it was due in the baseline and its time is over, then no baseline lets it through', () => {
  let met = 0
  fc.assert(
    fc.property(settings, fc.nat({ max: 40 }), (setting, daysLater) => {
      const alone = { ...setting, before: null, gate: { ...setting.gate, failOnNewOnly: true } }
      const then = judgedIn(alone)
      const due = new Set(then.images[0]?.findings.filter(({ ruling }) => ruling === 'due').map(keyOf) ?? [])
      const report = renderJson(then, { name: 'seaworthy', version: '1' })
      const today = addDays(TODAY, daysLater)
      const later = ruledIn(alone, {}, today, readBaseline(report, 'baseline.json'))
      const over = later.filter((one) => one.ruling === 'act' && due.has(keyOf(one)))
      met += over.length
      expect(over.filter(({ blocks }) => !blocks)).toEqual([])
    }),
    runs(600),
  )
  expect(met).toBeGreaterThan(0)
})
