import { afterAll, expect, test } from '@jest/globals'
import { buildHonest, doubtsIn, HONEST, removeHonest } from '../live/honest/images.js'

afterAll(removeHonest)

test('when images are odd and honest, of all kinds, then no package database is doubted', async () => {
  const names = Object.keys(HONEST).filter((name) => HONEST[name]?.unlisted === undefined)
  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(await doubtsIn(buildHonest(names))).toEqual([])
}, 3_600_000)

test('when packages come without dpkg’s knowledge, then these are doubted, and nothing else', async () => {
  const images = Object.values(HONEST).flatMap(({ unlisted }) => (unlisted === undefined ? [] : [unlisted]))
  const names = Object.keys(HONEST).filter((name) => HONEST[name]?.unlisted !== undefined)
  expect(images.length).toBeGreaterThanOrEqual(2)
  const doubts = await doubtsIn(buildHonest(names))
  expect(doubts).toEqual(
    images.map((packages) => {
      const count = packages.length === 1 ? '1 package' : `${packages.length} packages`
      return expect.stringContaining(
        `the image: the image has files of ${count} (${packages.join(', ')}), which`,
      )
    }),
  )
}, 3_600_000)
