import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { BENCH_SOURCE } from '../live/docker-bench/bench.js'
import { removePlaces } from '../live/docker-bench/places.js'
import { type Ran, reportOf } from '../live/support.js'
import { ALL } from './all.js'
import { build, removeMutated } from './build.js'
import { asExpectedIn5, inOneLine, judge } from './gate.js'
import { RUN_OPTIONS } from './images.js'
import { GROUPS, IMAGE_NAMES, partsOf } from './mutation.js'
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

test('the usual ones are at least ten, with two of each group', () => {
  const usual = ALL.filter(({ id }) => USUAL.includes(id))
  expect(usual.map(({ id }) => id).sort()).toEqual([...USUAL].sort())
  expect(usual.length).toBeGreaterThanOrEqual(10)
  const groups = GROUPS.map((group) => [group, usual.filter((one) => partsOf(one).group === group).length])
  expect(groups.filter(([, count = 0]) => Number(count) < 2)).toEqual([])
})

// What is said of a mutation counts only where the same image without it passes. These are the images that the mutations
// above were made on: to make them takes as long as to judge them.
describe('when the four images are unchanged, and run with options of their own', () => {
  let ran: Ran
  let report: Report

  beforeAll(async () => {
    const images = IMAGE_NAMES.map((name) => build(name))
    ran = await judge(images, ['--run-options', inOneLine(RUN_OPTIONS)])
    report = reportOf(ran)
  }, 900_000)

  test('then none has a finding that blocks, and every check has answered', () => {
    const reported = report.images.map(({ findings, checks }) => ({
      blocking: findings.filter(({ blocks }) => blocks).map(({ id, package: name }) => `${id} ${name ?? ''}`),
      unanswered: checks.filter(({ state }) => state !== 'answered').map(({ problem }) => problem?.what),
    }))
    expect(reported).toEqual(IMAGE_NAMES.map(() => ({ blocking: [], unanswered: [] })))
    expect(ran.code).toBe(0)
  })

  test('then section 5 was judged, not left out', () => {
    for (const image of report.images) {
      const { count, ran: byItself } = asExpectedIn5(image)
      expect([count > 20, byItself]).toEqual([true, BENCH_SOURCE !== ''])
    }
  })
})
