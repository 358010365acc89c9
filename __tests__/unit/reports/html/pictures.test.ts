import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { round, scaleOf } from '../../../../src/reports/html/pictures.js'

test('when counts are laid out, then none is where the scale begins and the most where it ends', () => {
  const x = scaleOf(7, 84, 360)
  expect([x(0), x(7)]).toEqual([84, 360])
  expect(round(x(3))).toBe(202.3)
})

test('when any counts are laid out, then more is never further left, and all lie between the ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000), fc.nat(100_000), (most, a, b) => {
      const x = scaleOf(most, 84, 360)
      const [less, more] = [Math.min(a, b, most), Math.min(Math.max(a, b), most)]
      expect(round(x(less))).toBeLessThanOrEqual(round(x(more)))
      expect(round(x(less))).toBeGreaterThanOrEqual(84)
      expect(round(x(more))).toBeLessThanOrEqual(360)
    }),
  )
})
