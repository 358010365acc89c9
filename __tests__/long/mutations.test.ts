import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removePlaces } from '../live/docker-bench/places.js'
import { ROOT } from '../live/support.js'
import { ALL } from '../mutations/all.js'
import { removeMutated } from '../mutations/build.js'
import { FURTHER } from '../mutations/further.js'
import { GROUPS } from '../mutations/mutation.js'
import { dockerBench } from '../mutations/others/docker-bench.js'
import { dockle } from '../mutations/others/dockle.js'
import { clairAlone, osvScanner, syft } from '../mutations/others/packages.js'
import { keptIn } from '../mutations/results.js'
import { judgeAll, type Result } from '../mutations/suite.js'
import { SURVIVORS } from '../mutations/survivors.js'
import { furtherOf, percent, rateOf, survivorsOf, tableOf } from '../mutations/table.js'

// How much does the gate miss, and others on the same images? What this finds stands in docs/truth.md.
const OTHERS = [clairAlone, osvScanner, syft, dockle, dockerBench]
const CACHE = join(ROOT, '.cache')

let result: Result
let further: Result
beforeAll(async () => {
  const once = keptIn(join(CACHE, 'mutations.jsonl'))
  result = await judgeAll(ALL, OTHERS, once)
  further = await judgeAll(FURTHER, [], once)
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(join(CACHE, 'mutations.json'), JSON.stringify({ ...result, further }, null, 1))
  const parts = [
    tableOf(result.outcomes, OTHERS),
    survivorsOf(result.outcomes, SURVIVORS),
    furtherOf(further.outcomes),
  ]
  writeFileSync(join(CACHE, 'mutations.md'), `${parts.join('\n\n')}\n`)
}, 12_600_000)
afterAll(removeMutated)
afterAll(removePlaces)

describe(`${ALL.length} changes, after which nobody should release an image`, () => {
  test('then the image without them passes', () => {
    expect(result.failing).toEqual([])
  })

  test('then at least 97 % of those that can be seen are named, and 90 % of each group', () => {
    const rates = GROUPS.map((group) => [group, percent(rateOf(result.outcomes, group))] as const)
    expect(rates.filter(([, rate]) => rate < 90)).toEqual([])
    expect(percent(rateOf(result.outcomes, null))).toBeGreaterThanOrEqual(97)
  })

  test('then those that are not are the known ones', () => {
    const missed = result.outcomes.filter(
      ({ mutation, fate }) => mutation.byDesign === undefined && fate !== 'killed',
    )
    expect(missed.map(({ mutation }) => mutation.id).sort()).toEqual(Object.keys(SURVIVORS).sort())
  })

  test('then docs/truth.md has the tables of this run, which stand in .cache/mutations.md', () => {
    const text = readFileSync(join(ROOT, 'docs/truth.md'), 'utf8')
    expect(text).toContain(tableOf(result.outcomes, OTHERS))
    expect(text).toContain(survivorsOf(result.outcomes, SURVIVORS))
  })
})

// No rate is expected of these: they are there to tell what the list above, by which the gate was improved, cannot.
describe(`${FURTHER.length} further changes, which the gate was not improved by`, () => {
  test('then the image without them passes, and each was judged', () => {
    expect(further.failing).toEqual([])
    expect(further.outcomes).toHaveLength(FURTHER.length)
  })

  test('then docs/truth.md has their rate, and those that are not named', () => {
    expect(readFileSync(join(ROOT, 'docs/truth.md'), 'utf8')).toContain(furtherOf(further.outcomes))
  })
})
