import { call, EngineError, images } from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { isFork } from '../../io/github/environment.js'
import type { Evidence } from '../../model/evidence.js'
import type { OpeningImage } from '../../model/opening.js'
import { SeaworthyError } from '../../model/problem.js'
import type { Collector } from '../check.js'
import { type CheckContext, collecting } from '../collecting.js'
import { readCompose } from './compose/compose.js'
import { type BenchSource, runDbs, whyWithoutDbs } from './dbs/source.js'
import {
  HARDENED,
  type Made,
  makeJudged,
  makeStarted,
  refuseRisks,
  type SubjectOptions,
  unmake,
} from './run/containers.js'
import type { RunDocument } from './run/document.js'
import { readRunOptions } from './run/options.js'
import { redactContainer } from './run/redact.js'
import { NO_OPTIONS, type RunSpec, withPaths } from './run/spec.js'

export type { RunSpec }
export { readCompose, readRunOptions, withPaths }

/** What is asked of the check. */
export interface BenchRequest {
  readonly benchEngine: 'auto' | 'dbs' | 'builtin'
  readonly source: BenchSource
  /** How the image is run; `null` where nobody said so: section 5 is not judged then. */
  readonly spec: RunSpec | null
  readonly start: boolean
  readonly startTest: 'none' | 'hardened' | 'given'
  readonly startTimeoutMs: number
}

export interface BenchOptions extends BenchRequest {
  readonly engine: () => Promise<Engine>
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  /** For temporary files. */
  readonly directory: string
  /** Where what was fetched is kept between runs. */
  readonly cacheDir: string
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /** The run is for a fork's pull request. */
  readonly fork: boolean
}

export interface BenchAsked {
  readonly bench: BenchRequest
  readonly cacheDir: string
}

export const dockerBenchCollector: Collector<BenchAsked, CheckContext> = {
  id: 'docker-bench',
  collect: (images, { bench, cacheDir }, run) =>
    collectBench(images, { ...run, ...bench, cacheDir, fork: isFork() }),
}

/** Evidence of each image, in the same order. One that fails does not spoil the others. */
export async function collectBench(
  openings: readonly OpeningImage[],
  options: BenchOptions,
): Promise<readonly Evidence[]> {
  // One after the other: Docker Bench takes all of a core, and lists what is running.
  const evidence: Evidence[] = []
  for (const [index, opening] of openings.entries()) {
    const read = async () => {
      options.signal.throwIfAborted()
      if (options.fork && options.spec) refuseRisks(options.spec)
      return { documents: await documentsOf(opening, index, options), sources: [] }
    }
    // Each has a time of its own.
    evidence.push(
      ...(await collecting('docker-bench', [opening], options.signal, async (each) => [await each(read)])),
    )
  }
  return evidence
}

async function documentsOf(
  opening: OpeningImage,
  index: number,
  options: BenchOptions,
): Promise<Record<string, string>> {
  const found = await inEngine(opening, options)
  const needs = options.spec !== null || options.start || options.startTest !== 'none'
  if (found === null && (needs || options.benchEngine === 'dbs')) throw archiveOnly(opening.reference)
  const asked = {
    ...{ engine: options.benchEngine, hasOptions: options.spec !== null, start: options.start },
    ...{ imageId: found?.id ?? null, imageNames: [...(found?.names ?? [])] },
  }
  const run: RunDocument = { ...asked, withoutDbs: null, judged: null, started: null, startTest: null }
  if (found === null) {
    const withoutDbs = 'the image is an archive, and Docker Bench looks into an engine'
    return { 'run.json': JSON.stringify({ ...run, withoutDbs }) }
  }
  const { engine, id } = found
  const about = { engine, index, imageId: id, ...pick(options) }
  const made: Made[] = []
  const keep = <T extends Made>(one: T): T => {
    made.push(one)
    return one
  }
  try {
    const [info, history] = await Promise.all([
      call<unknown>(engine, '/info'),
      call<unknown>(engine, `/images/${id}/history`),
    ])
    const documents: Record<string, string> = {
      ...{ 'image-inspect.json': JSON.stringify(found.inspect), 'info.json': JSON.stringify(info) },
      'history.json': JSON.stringify(history),
    }
    const inspect = async ({ id }: Made) =>
      JSON.stringify(redactContainer(await call(engine, `/containers/${id}/json`), found.inspect))
    const judged = options.spec ? keep(await makeJudged(options.spec, about)) : null
    if (judged) documents['container.json'] = await inspect(judged)
    const started = options.start ? keep(await startedFor(options, about)) : null
    if (started) {
      documents['started.json'] = await inspect(started)
      documents['top.json'] = JSON.stringify(
        await call(engine, `/containers/${started.id}/top`, { query: { ps_args: '-el' } }).catch(() => null),
      )
    }
    const withoutDbs = whyWithoutDbs(options)
    if (withoutDbs === null) {
      options.progress('Docker Bench looks at the image')
      if (started && !['healthy', 'unhealthy', 'never-healthy', 'running'].includes(started.report.outcome))
        throw notRunning(started.report)
      const container = started && { id: started.id, name: started.name }
      Object.assign(documents, await runDbs({ imageId: id, container }, engine, options))
    }
    const startTest = await testStart(options, about, started, keep)
    const document: RunDocument = {
      ...{ ...run, withoutDbs, judged, startTest },
      started: started && { ...started, changed: [...started.changed] },
    }
    return { ...documents, 'run.json': JSON.stringify(document) }
  } finally {
    await Promise.all(made.map((one) => unmake(engine, one)))
  }
}

const pick = ({ runId, labels, signal, startTimeoutMs }: BenchOptions) => ({
  runId,
  labels,
  signal,
  startTimeoutMs,
})

async function startedFor(options: BenchOptions, about: SubjectOptions) {
  options.progress('starting the image, to be looked at while it runs')
  return makeStarted(options.spec ?? NO_OPTIONS, 'started', about)
}

async function testStart(
  options: BenchOptions,
  about: SubjectOptions,
  started: Awaited<ReturnType<typeof makeStarted>> | null,
  keep: <T extends Made>(one: T) => T,
): Promise<RunDocument['startTest']> {
  if (options.startTest === 'none') return null
  if (options.startTest === 'given' && started) return { options: 'given', report: started.report }
  options.progress('starting the image, to see whether it becomes healthy')
  const spec = options.startTest === 'hardened' ? HARDENED : (options.spec ?? NO_OPTIONS)
  const { report } = keep(await makeStarted(spec, 'hardened', about))
  return { options: options.startTest, report }
}

/** The image in the engine, by its id; `null` where it is an archive. Throws where the engine's is another one. */
async function inEngine(opening: OpeningImage, { engine: connect, signal }: BenchOptions) {
  const diffIds = await opening.diffIds
  const engine = await connect().catch(() => null)
  if (engine === null) return null
  const inspect = await images
    .inspect(engine, opening.reference, undefined, signal)
    .catch((error: unknown) => {
      if (error instanceof EngineError && (error.status === 404 || error.status === 400)) return null
      throw error
    })
  if (inspect === null) return null
  if ((inspect.RootFS?.Layers ?? []).join() !== diffIds.join()) {
    throw new SeaworthyError({
      code: 'image-changed',
      what: 'the image in the engine is not the one that was read: their layers differ',
      where: opening.reference,
    })
  }
  const names = inspect.RepoTags ?? []
  return { engine, id: inspect.Id, names, inspect }
}

function notRunning({
  outcome,
  exitCode,
  seconds,
}: {
  outcome: string
  exitCode: number | null
  seconds: number
}) {
  const end =
    outcome === 'not-started' ? 'could not be started' : `ended with exit code ${exitCode} after ${seconds} s`
  return new SeaworthyError({
    code: 'bench-subject-ended',
    what: `the container ${end}, and Docker Bench judges only what runs`,
    where: 'docker-bench',
  })
}

function archiveOnly(reference: string): SeaworthyError {
  return new SeaworthyError({
    code: 'bench-needs-engine',
    what: 'run options, a start and Docker Bench need the image in a Docker engine, and this one is an archive',
    where: reference,
  })
}
