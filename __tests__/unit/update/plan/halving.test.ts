import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { halve } from '../../../../src/update/plan/halving.js'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('halve', () => {
  test('when one of 30 breaks, then it is named within 2·log₂(30) tries and all others work', async () => {
    let tries = 0
    const attempt = async (items: readonly number[]) => {
      tries += 1
      return items.includes(17) ? 'broken' : null
    }
    const outcome = await halve(numbers(30), attempt, 'broken')
    expect(outcome.breaks).toEqual([{ item: 17, message: 'broken' }])
    expect([...outcome.works].sort((a, b) => a - b)).toEqual(numbers(30).filter((one) => one !== 17))
    expect(tries).toBeLessThanOrEqual(10)
  })

  test('when two break only together, then the one that is added last is named', async () => {
    const outcome = await halve(numbers(8), async (items) =>
      items.includes(2) && items.includes(5) ? 'together' : null,
    )
    expect(outcome.breaks.map(({ item }) => item)).toEqual([5])
    expect(outcome.works).toHaveLength(7)
  })

  test('when all work, then one try is made, and none if that was known', async () => {
    const tried: (readonly number[])[] = []
    const attempt = async (items: readonly number[]) => {
      tried.push(items)
      return null
    }
    expect(await halve(numbers(9), attempt)).toEqual({ works: numbers(9), breaks: [] })
    expect(await halve([], attempt)).toEqual({ works: [], breaks: [] })
    expect(tried).toEqual([numbers(9)])
  })

  test('when any sets break together, then what is given works, and no item left out can be added to it', async () => {
    const setting = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      clashes: fc.array(fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 3 }), {
        maxLength: 4,
      }),
    })
    await fc.assert(
      fc.asyncProperty(setting, async ({ count, clashes }) => {
        const attempt = async (items: readonly number[]) =>
          clashes.some((clash) => clash.every((one) => items.includes(one))) ? 'clash' : null
        const { works, breaks } = await halve(numbers(count), attempt)
        expect(await attempt(works)).toBeNull()
        expect([...works, ...breaks.map(({ item }) => item)].sort((a, b) => a - b)).toEqual(numbers(count))
        for (const { item } of breaks) {
          expect(await attempt([...works, item])).toBe('clash')
        }
      }),
    )
  })
})
