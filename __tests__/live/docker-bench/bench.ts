import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@jest/globals'
import { type BenchOptions, collectBench } from '../../../src/checks/docker-bench/collect.js'
import { dockerBenchInterpreter } from '../../../src/checks/docker-bench/interpret.js'
import { runSchema } from '../../../src/checks/docker-bench/run/document.js'
import { openImage } from '../../../src/io/archive/image/open-image.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { labelsOf, newRunId, removeRun } from '../../../src/io/engine/leftovers.js'
import type { Evidence } from '../../../src/model/evidence.js'
import { type BenchFinding, countedResult } from '../../../src/model/finding/bench.js'
import { isBench } from '../../../src/model/finding/index.js'
import type { Image } from '../../../src/model/image/image.js'
import type { OpeningImage } from '../../../src/model/image/opening.js'
import { judgedBy } from '../../../src/reports/view/bench.js'
import { newFolder } from '../support.js'
import { anyPlace } from './places.js'

/** A checkout of docker/docker-bench-security; nothing of it lies in this repository. */
export const BENCH_SOURCE = process.env.SEAWORTHY_BENCH_SOURCE ?? ''

/** Tests that need it. Without it they count as skipped, and their name says why. */
export const withBench: typeof test.skip = BENCH_SOURCE === '' ? test.skip : test
export const NEEDS = BENCH_SOURCE === '' ? ' [skipped: SEAWORTHY_BENCH_SOURCE names no Docker Bench]' : ''

export const benchFolder = { kind: 'folder', folder: BENCH_SOURCE } as const

if (BENCH_SOURCE !== '' && !existsSync(join(BENCH_SOURCE, 'docker-bench-security.sh'))) {
  throw new Error(`SEAWORTHY_BENCH_SOURCE names ${BENCH_SOURCE}, and there is no Docker Bench`)
}

export interface Collected {
  readonly evidence: Evidence
  readonly image: Image
}

/** Collects the evidence of one image, as the gate would, and leaves nothing behind. */
export async function collect(reference: string, part: Partial<BenchOptions> = {}): Promise<Collected> {
  const [collected] = await collectAll([reference], part)
  if (!collected) {
    throw new Error('no evidence')
  }
  return collected
}

/** Of several images in one run. */
export async function collectAll(
  references: readonly string[],
  part: Partial<BenchOptions> = {},
): Promise<readonly Collected[]> {
  const runId = newRunId()
  const engine = await connectEngine()
  const directory = newFolder()
  const signal = new AbortController().signal
  const openings = references.map(
    (reference, index): OpeningImage =>
      openImage(reference, index, { engine: async () => engine, directory, platform: null, signal }).opening,
  )
  try {
    const evidence = await collectBench(openings, {
      ...{ engine: async () => engine, runId, directory, signal, progress: () => undefined },
      cacheDir: join(directory, 'cache'),
      labels: labelsOf(runId, Math.ceil(Date.now() / 1000) + 600),
      // Docker Bench is asked where a test says which.
      ...{ benchEngine: part.source ? 'both' : 'builtin', source: { kind: 'download', url: null } },
      ...{ benchImage: part.source ? anyPlace() : 'localhost:1/none:1', spec: null, start: false },
      // Longer than any start takes on a busy machine: tests that are about the time pass their own.
      ...{ startTest: 'none', startTimeoutMs: 120_000, isStartOptional: false, ...part },
    })
    return await Promise.all(
      evidence.map(async (one, index) => {
        const image = await openings[index]?.image
        if (!image) {
          throw new Error('no image')
        }
        return { evidence: one, image }
      }),
    )
  } finally {
    await removeRun(engine, runId)
  }
}

type Facts = Readonly<Record<string, string>>

/** Both results and the one that counts, as texts. */
function factsOf(finding: BenchFinding): Facts {
  const { state, why, builtin, dbs, output } = finding
  const counted = countedResult(finding)
  const all = {
    ...{ state, found: why, said: output, word: counted?.word, items: counted?.items.join('\n') },
    ...{ 'builtin-word': builtin?.word, 'dbs-word': dbs?.word, 'dbs-items': dbs?.items.join('\n') },
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  )
}

/** The findings by id; throws where the check gave no answer. */
export function findings({
  evidence,
  image,
}: Collected): ReadonlyMap<string, BenchFinding & { readonly facts: Facts }> {
  if (evidence.problem) {
    throw new Error(`${evidence.problem.code}: ${evidence.problem.what}`)
  }
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  if (answer.state === 'unanswered') {
    throw new Error(`${answer.problem.code}: ${answer.problem.what}`)
  }
  const all = answer.findings.filter((one) => isBench(one))
  return new Map(all.map((one) => [one.id, { ...one, facts: factsOf(one) }]))
}

/** Who judged, as the head of a report has it, and what else the check says of itself. */
export function notes({ evidence, image }: Collected): readonly string[] {
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  if (answer.state === 'unanswered' || answer.bench === undefined) {
    return []
  }
  return [judgedBy(answer.bench), ...answer.notes, ...(answer.limits ?? [])]
}

export function runOf({ evidence }: Collected) {
  return runSchema.parse(JSON.parse(evidence.documents['run.json'] ?? 'null'))
}

/** Code of the problem that the check ended in; throws where it answered. */
export function problemCode({ evidence, image }: Collected): string {
  if (evidence.problem) {
    return evidence.problem.code
  }
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  if (answer.state === 'unanswered') {
    return answer.problem.code
  }
  throw new Error('it answered')
}
