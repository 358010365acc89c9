import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isEveryCase } from '../../support/runs.js'
import { askApt } from './apt.js'
import { type OracleCase, rootOf } from './case.js'
import { FACTS } from './cases-facts.js'
import { OWN } from './cases-own.js'
import { RANDOM } from './cases-random.js'
import { differences, isTie } from './compare.js'
import { removeContainer, SUITES, type Suite } from './engine.js'
import { signedDifferences } from './signed.js'
import { prepareSuite, type SuiteLab } from './suite.js'

const labs = new Map<Suite, SuiteLab>()

beforeAll(async () => {
  const ready = await Promise.allSettled(SUITES.map(prepareSuite))
  for (const one of ready) {
    if (one.status === 'fulfilled') {
      labs.set(one.value.suite, one.value)
    }
  }
  for (const one of ready) {
    if (one.status === 'rejected') {
      throw one.reason
    }
  }
})

afterAll(async () => {
  await Promise.all([...labs.values()].map(({ container }) => removeContainer(container)))
})

/** A line for each difference: case, then what only one of the two has. */
async function wrong(suite: Suite, all: readonly OracleCase[]): Promise<{ lines: string[]; ties: number }> {
  const lab = labs.get(suite)
  if (lab === undefined) {
    throw new Error(`${suite} was not prepared`)
  }
  const cases = all.filter(({ suites }, at) => {
    // Each apt of `script/long` is asked about all of them; here they take turns.
    const turn = isEveryCase || SUITES[at % SUITES.length] === suite
    return suites?.includes(suite) ?? turn
  })
  const roots = cases.map((one) => rootOf(one, lab))
  const results = await askApt(lab.container, roots)
  let ties = 0
  const lines = cases.flatMap(({ name, stops, mayTie }, at) => {
    const [apt, root] = [results[at], roots[at]]
    if (apt === undefined || root === undefined) {
      throw new Error(`${name} was not asked`)
    }
    if (mayTie && isTie(root)) {
      ties++
      return []
    }
    return differences(apt, root, stops).map((line) => `${name}: ${line}`)
  })
  return { lines, ties }
}

describe('apt itself', () => {
  test.each(SUITES)(
    'when apt of %s is asked about every case of the facts, then our answers are its answers',
    async (suite) => {
      expect(FACTS.length).toBeGreaterThan(80)
      expect((await wrong(suite, FACTS)).lines).toEqual([])
    },
  )

  test.each(SUITES)(
    'when apt of %s is asked about every case of our own, then our answers are its answers',
    async (suite) => {
      expect((await wrong(suite, OWN)).lines).toEqual([])
    },
  )

  test.each(SUITES)(
    'when apt of %s is asked about packages that stand against each other at random, then our answers are its answers',
    async (suite) => {
      const { lines, ties } = await wrong(suite, RANDOM)
      expect(lines).toEqual([])
      expect(ties).toBeLessThan(RANDOM.length / 4)
    },
  )

  test.each(SUITES)(
    'when apt of %s updates from signed repositories, then those that it drops are those that we do not trust',
    async (suite) => {
      const lab = labs.get(suite)
      if (lab === undefined) {
        throw new Error(`${suite} was not prepared`)
      }
      expect(await signedDifferences(lab)).toEqual([])
    },
  )

  test('when apt is asked about the base images, then something is pending in one of them at least', async () => {
    const counts = await Promise.all(
      [...labs.values()].map(async (lab) => {
        const root = rootOf({ name: 'packages', status: 'packages' }, lab)
        const [result] = await askApt(lab.container, [root])
        return result?.pending.length ?? 0
      }),
    )
    expect(Math.max(...counts)).toBeGreaterThan(0)
  })
})
