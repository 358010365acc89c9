import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectEngine, type Engine } from '../../../src/io/engine/engine.js'
import { benchAlone } from '../../live/docker-bench/alone.js'
import { BENCH_SOURCE } from '../../live/docker-bench/bench.js'
import { docker } from '../../live/support.js'
import { RUN_OPTIONS } from '../images.js'
import { type Comparison, compare, type Other, type ReportedByOther } from './other.js'

const NETWORK = `seaworthy-test-shop-${process.pid}`

/**
 * Docker Bench itself, without the gate, over the image and a container of it that runs with the options of the mutation,
 * or with the unchanged ones: it looks at no other containers.
 */
export const dockerBench: Other = {
  name: 'Docker Bench',
  groups: ['configuration'],
  version: () => {
    if (BENCH_SOURCE === '') {
      return { notRun: 'SEAWORTHY_BENCH_SOURCE names no Docker Bench' }
    }
    const script = readFileSync(join(BENCH_SOURCE, 'docker-bench-security.sh'), 'utf8')
    return { version: /^version='([^']+)'/m.exec(script)?.[1] ?? 'unknown' }
  },
  judge: async (pairs) => {
    const engine = await connectEngine()
    const unchanged = new Map<string, readonly ReportedByOther[]>()
    const fates = new Map<string, Comparison>()
    docker('network', 'create', NETWORK)
    try {
      for (const { mutation, image, unchanged: name } of pairs) {
        const before = unchanged.get(name) ?? reportedOn(engine, name, RUN_OPTIONS)
        if (typeof before === 'string') {
          throw new Error(`the unchanged image cannot be run: ${before}`)
        }
        unchanged.set(name, before)
        const reported = reportedOn(engine, image, mutation.runOptions?.(RUN_OPTIONS) ?? RUN_OPTIONS)
        fates.set(
          mutation.id,
          typeof reported === 'string' ? { fate: 'not run', by: reported } : compare(reported, before),
        )
      }
    } finally {
      docker('network', 'rm', NETWORK)
    }
    return fates
  },
}

/** A text says why the engine of this machine does not run it so. */
function reportedOn(
  engine: Engine,
  image: string,
  options: readonly string[],
): readonly ReportedByOther[] | string {
  const name = `seaworthy-test-mutation-${process.pid}`
  // The network of the options is one of this test's own here.
  const own = options.map((one) => (one === '--network=shop' ? `--network=${NETWORK}` : one))
  try {
    docker('run', '-d', '--name', name, ...own, image)
    const id = docker('image', 'inspect', '-f', '{{.Id}}', image).trim()
    const { results } = benchAlone(engine, [id], name)
    if (docker('inspect', '-f', '{{.State.Running}}', name).trim() !== 'true') {
      return 'the container ended, and Docker Bench sees only what is running'
    }
    return [...results].flatMap(([check, { word: status, items }]) => toReported(check, status, items, name))
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Command failed: docker run')) {
      return `the engine does not run it: ${error.message.split('\n')[1]?.slice(0, 200)}`
    }
    throw error
  } finally {
    docker('rm', '-fv', name)
  }
}

/** NOTE is said of every image: nobody has looked. Images are named by their tags, which a mutation changes. */
function toReported(
  check: string,
  status: string,
  items: readonly string[],
  container: string,
): readonly ReportedByOther[] {
  if (status !== 'WARN' && status !== 'INFO') {
    return []
  }
  if (check.startsWith('4.') || items.length === 0) {
    return [{ text: check, warns: status === 'WARN' }]
  }
  // A few checks name every container of the engine, those of other tests too (5.30 in 1.6.0).
  const named = items.filter((item) => item.includes(container))
  const texts = named.map((item) => `${check} ${item.replace(container, '')}`.trim())
  return texts.map((text) => ({ text, warns: status === 'WARN' }))
}
