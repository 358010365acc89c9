import { afterAll, expect, test } from '@jest/globals'
import { buildHonest, doubtsIn, HONEST, removeHonest } from '../live/honest/images.js'

afterAll(removeHonest)

test('when images are odd and honest, of all kinds, then no package database is doubted', async () => {
  const names = Object.keys(HONEST)
  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(await doubtsIn(buildHonest(names))).toEqual([])
}, 3_600_000)
