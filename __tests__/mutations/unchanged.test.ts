import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { BENCH_SOURCE } from '../live/docker-bench/bench.js'
import { removePlaces } from '../live/docker-bench/places.js'
import { type Ran, reportOf } from '../live/support.js'
import { build, removeMutated } from './build.js'
import { asExpectedIn5, inOneLine, judge } from './gate.js'
import { RUN_OPTIONS } from './images.js'
import { IMAGE_NAMES } from './mutation.js'

// What is said of a mutation counts only where the same image without it passes.
describe('when the four images are unchanged, and run with options of their own', () => {
  let ran: Ran
  let report: Report

  beforeAll(async () => {
    const images = IMAGE_NAMES.map((name) => build(name))
    ran = await judge(images, ['--run-options', inOneLine(RUN_OPTIONS)])
    report = reportOf(ran)
  }, 900_000)
  afterAll(() => {
    removeMutated()
    removePlaces()
  })

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
