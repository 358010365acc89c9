import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOCKER_SETTINGS, shortId } from '../../../src/checks/docker-bench/dbs/meta.js'
import type { Engine } from '../../../src/io/engine/engine.js'
import { newFolder } from '../support.js'
import { BENCH_SOURCE } from './bench.js'

/** What Docker Bench says of one id, over all that it was given. */
export interface AloneResult {
  readonly word: string
  readonly items: readonly string[]
}

/**
 * Runs Docker Bench itself (SEAWORTHY_BENCH_SOURCE) without any of our code around it, once over these images and the
 * containers whose names begin so.
 * @param ids of the checks; each asks the engine about each container. `null`: all of sections 4 and 5
 */
export function benchAlone(
  engine: Engine,
  imageIds: readonly string[],
  prefix: string,
  ids: readonly string[] | null = null,
): { results: ReadonlyMap<string, AloneResult>; seconds: number } {
  const folder = newFolder()
  cpSync(BENCH_SOURCE, join(folder, 'bench'), { recursive: true })
  mkdirSync(join(folder, 'docker'))
  writeFileSync(join(folder, 'docker/config.json'), DOCKER_SETTINGS)
  const selected = [...imageIds.map((id) => ` ${shortId(id)}$`), `^${prefix}`].join(',')
  const log = join(folder, 'log.txt')
  const checks = ids === null ? ['container_images', 'container_runtime'] : checksOf(ids)
  const args = ['-b', '-c', checks.join(), '-i', selected, '-l', log]
  const began = performance.now()
  const ran = spawnSync('bash', ['docker-bench-security.sh', ...args], {
    cwd: join(folder, 'bench'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      LC_ALL: 'C',
      DOCKER_CONFIG: join(folder, 'docker'),
      DOCKER_HOST: engine.host,
    },
    encoding: 'utf8',
  })
  const seconds = (performance.now() - began) / 1000
  if (ran.status !== 0) {
    throw new Error(`Docker Bench exited with code ${ran.status}: ${ran.stderr}`)
  }
  const document = JSON.parse(readFileSync(`${log}.json`, 'utf8')) as {
    tests: { results: { id: string; result: string; items?: string[] }[] }[]
  }
  const results = document.tests.flatMap(({ results }) => results)
  return {
    seconds,
    results: new Map(results.map(({ id, result, items = [] }) => [id, { word: result, items }])),
  }
}

/** With what begins and ends a section, as in Docker Bench's own lists of a section's checks. */
function checksOf(ids: readonly string[]): readonly string[] {
  const of = (section: string) =>
    ids.filter((id) => id.startsWith(`${section}.`)).map((id) => `check_${id.replace('.', '_')}`)
  return [
    ...['check_4', ...of('4'), 'check_4_end'],
    ...['check_5', 'check_running_containers', ...of('5'), 'check_5_end'],
  ]
}
