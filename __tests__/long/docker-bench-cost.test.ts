import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { BENCH_SOURCE } from '../live/docker-bench/bench.js'
import { build, removeBuilt } from '../live/docker-bench/images.js'
import { findingsIn } from '../live/docker-bench/lists.js'
import { anyPlace, removePlaces } from '../live/docker-bench/places.js'
import { standIn } from '../live/docker-bench/stand-in.js'
import { BASES, newFolder } from '../live/support.js'
import { HERE, runOn } from '../live/test-engine.js'
import { keys } from '../support/policies.js'

const WITH = BENCH_SOURCE === '' ? 'a stand-in of Docker Bench' : 'Docker Bench itself'
const ROUNDS = 5

afterAll(() => {
  removeBuilt()
  removePlaces()
})

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Seconds of a gate with Clair, and those that its image took to become healthy (0 where it was not started). */
async function gate(image: string, flags: readonly string[]): Promise<{ seconds: number; healthy: number }> {
  const evidence = join(newFolder(), 'evidence')
  const args = ['scan', image, '--checks', 'clair,docker-bench', '--save-evidence', evidence, ...flags]
  const { tookMs, left } = await runOn(HERE, args)
  const { run } = findingsIn(evidence)
  // What has not run costs nothing.
  expect([run.dbs !== null, left]).toEqual([flags.includes('auto'), []])
  return { seconds: tookMs / 1000, healthy: run.started?.report.seconds ?? 0 }
}

test(`when the gate asks ${WITH}, then it takes no longer than is promised`, async () => {
  const server = 'USER 10001\nHEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\n'
  const image = build('cost', `FROM ${BASES.bookworm}\n${server}`)
  const source = BENCH_SOURCE === '' ? standIn().folder : BENCH_SOURCE
  const place = anyPlace()
  const args = [keys({ 'bench-engine': 'both' }), '--bench-source', source, '--bench-image', place]
  const [plain, without, started]: [number[], number[], number[]] = [[], [], []]
  // Side by side: what else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await gate(image, [keys({ 'bench-engine': 'builtin' })])
    const withDbs = await gate(image, args)
    const full = await gate(image, [...args, '--start', 'true', '--run-options', '--read-only'])
    plain.push(alone.seconds)
    without.push(withDbs.seconds - alone.seconds)
    started.push(full.seconds - alone.seconds - full.healthy)
  }
  const lines = [
    `the built-in rules alone ${median(plain).toFixed(2)} s`,
    `Docker Bench ${median(without).toFixed(2)} s more (1 s at most)`,
    `with a start ${median(started).toFixed(2)} s more than the image takes to be healthy (2 s at most)`,
  ]
  process.stdout.write(`${lines.join(', ')}\n`)
  expect(median(without)).toBeLessThan(1)
  expect(median(started)).toBeLessThan(2)
}, 600_000)
