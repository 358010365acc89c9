import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { askApt } from './apt.js'
import { type OracleCase, rootOf } from './case.js'
import { FACTS } from './cases-facts.js'
import { OWN } from './cases-own.js'
import { RANDOM } from './cases-random.js'
import { differences } from './compare.js'
import { removeContainer, SUITES, type Suite } from './engine.js'
import { prepareSuite, type SuiteLab } from './suite.js'

const CASES: readonly OracleCase[] = process.env.ONLY_RANDOM ? RANDOM : [...FACTS, ...OWN, ...RANDOM]

const labs = new Map<Suite, SuiteLab>()

beforeAll(async () => {
  const ready = await Promise.allSettled(SUITES.map(prepareSuite))
  for (const one of ready) if (one.status === 'fulfilled') labs.set(one.value.suite, one.value)
  for (const one of ready) if (one.status === 'rejected') throw one.reason
}, 240_000)

afterAll(async () => {
  await Promise.all([...labs.values()].map(({ container }) => removeContainer(container)))
})

/** A line for each difference: case, then what only one of the two has. */
async function wrong(suite: Suite): Promise<string[]> {
  const lab = labs.get(suite)
  if (lab === undefined) throw new Error(`${suite} was not prepared`)
  const cases = CASES.filter(({ suites }) => suites?.includes(suite) ?? true)
  const roots = cases.map((one) => rootOf(one, lab))
  const said = await askApt(lab.container, roots)
  return cases.flatMap(({ name, stops }, at) => {
    const [apt, root] = [said[at], roots[at]]
    if (apt === undefined || root === undefined) throw new Error(`${name} was not asked`)
    return differences(apt, root, stops).map((line) => `${name}: ${line}`)
  })
}

describe('apt itself', () => {
  test.each(SUITES)(
    'when apt of %s is asked about every case, then our answers are its answers',
    async (suite) => {
      expect(await wrong(suite)).toEqual([])
    },
  )
})
