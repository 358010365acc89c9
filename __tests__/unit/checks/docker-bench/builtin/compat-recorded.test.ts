import { describe, expect, test } from '@jest/globals'
import { compat } from '../../../../../src/checks/docker-bench/builtin/compat.js'
import { RECORDED, RECORDED_RESULTS } from './recorded.js'

const ours = compat(RECORDED)

describe('the recorded state: 16 containers, 11 images', () => {
  test('when Docker Bench was run on it, then 43 results were recorded, and ours have the same ids', () => {
    expect(RECORDED.containers).toHaveLength(16)
    expect(RECORDED.images).toHaveLength(11)
    expect(RECORDED_RESULTS).toHaveLength(43)
    expect(ours.map(({ id }) => id)).toEqual(RECORDED_RESULTS.map(({ id }) => id))
  })

  test.each(RECORDED_RESULTS)(
    'when Docker Bench says $result for $id, then so do we, of the same things',
    (theirs) => {
      const own = ours.find(({ id }) => id === theirs.id)
      expect(own?.word).toBe(theirs.result)
      // As a set: for images made in the same second Docker Bench's order is chance.
      expect([...new Set(own?.items)].sort()).toEqual([...new Set(theirs.items ?? [])].sort())
    },
  )

  test('when it is compared, then some words are of each kind, so that all the same is no accident', () => {
    const words = Object.groupBy(RECORDED_RESULTS, ({ result }) => result)
    expect(
      Object.entries(words)
        .map(([word, results]) => `${word} ${results?.length}`)
        .sort(),
    ).toEqual(['INFO 4', 'NOTE 9', 'PASS 11', 'WARN 19'])
  })
})
