import { afterAll, expect, test } from '@jest/globals'
import { buildHonest, doubtsIn, removeHonest } from './honest/images.js'

/** Ten of those that `__tests__/long/honest-databases.test.ts` builds all of: each of another kind. */
const TEN = [
  'base-bullseye',
  'upgraded-later',
  'no-info-squashed',
  'info-of-one',
  'unpacked-over',
  'removed',
  'renamed',
  'diverted-early',
  'copied-packages',
  'distroless',
]

afterAll(removeHonest)

test('when images are odd and honest, then no package database is doubted', async () => {
  expect(await doubtsIn(buildHonest(TEN))).toEqual([])
}, 900_000)
