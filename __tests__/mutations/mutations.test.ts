import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removePlaces } from '../live/docker-bench/places.js'
import { ALL } from './all.js'
import { removeMutated } from './build.js'
import { GROUPS, partsOf } from './mutation.js'
import { judgeAll, type Result } from './suite.js'
import { USUAL } from './usual.js'

// script/long judges all of them, and other tools beside (long/mutations.test.ts). SEAWORTHY_MUTATIONS names others by how
// their ids begin: debian/,placement/moved/1.
const prefixes = process.env.SEAWORTHY_MUTATIONS?.split(',')
const chosen = ALL.filter(({ id }) => prefixes?.some((prefix) => id.startsWith(prefix)) ?? USUAL.includes(id))

let result: Result
beforeAll(async () => {
  result = await judgeAll(chosen, [])
}, 3_600_000)
afterAll(removeMutated)
afterAll(removePlaces)

describe(`${chosen.length} changes, after which nobody should release an image`, () => {
  test('then the image without them passes, and each of them is named', () => {
    expect(result.failing).toEqual([])
    expect(result.outcomes).toHaveLength(chosen.length)
    const missed = result.outcomes.filter(({ fate }) => fate !== 'killed')
    expect(missed.map(({ mutation: { id }, fate, by }) => [id, fate, by])).toEqual([])
  })
})

test('the usual ones are at least fifteen, with two of each group', () => {
  const usual = ALL.filter(({ id }) => USUAL.includes(id))
  expect(usual.map(({ id }) => id).sort()).toEqual([...USUAL].sort())
  expect(usual.length).toBeGreaterThanOrEqual(15)
  const groups = GROUPS.map((group) => [group, usual.filter((one) => partsOf(one).group === group).length])
  expect(groups.filter(([, count = 0]) => Number(count) < 2)).toEqual([])
})
