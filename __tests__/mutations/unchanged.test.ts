import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { BENCH_SOURCE } from '../live/docker-bench/bench.js'
import { removePlaces } from '../live/docker-bench/places.js'
import { type Ran, reportOf } from '../live/support.js'
import { build, removeMutated } from './build.js'
import { inOneLine, judge, judgeRun } from './gate.js'
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
    const told = report.images.map(({ findings, checks }) => ({
      blocking: findings.filter(({ blocks }) => blocks).map(({ id, package: name }) => `${id} ${name ?? ''}`),
      unanswered: checks.filter(({ state }) => state !== 'answered').map(({ problem }) => problem?.what),
    }))
    expect(told).toEqual(IMAGE_NAMES.map(() => ({ blocking: [], unanswered: [] })))
    expect(ran.code).toBe(0)
  })

  test('then section 5 was judged, not left out', () => {
    for (const image of report.images) {
      expect(asExpectedIn5(image)).toBeGreaterThan(20)
    }
  })

  // As mutations of the options are judged.
  test('then each passes in a gate of its own, too', async () => {
    for (const name of IMAGE_NAMES) {
      const alone = await judgeRun(build(name), RUN_OPTIONS)
      const [image] = reportOf(alone).images
      expect([name, alone.code]).toEqual([name, 0])
      expect(image && asExpectedIn5(image)).toBeGreaterThan(20)
    }
  }, 300_000)
})

function asExpectedIn5({ checks }: Report['images'][number]): number {
  const bench = checks.find(({ check }) => check === 'docker-bench')?.bench
  expect(bench?.ran).toBe(BENCH_SOURCE !== '')
  const results = bench?.results.filter(({ id }) => id.startsWith('5.')) ?? []
  return results.filter(({ outcome }) => outcome === 'match').length
}
