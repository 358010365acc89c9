import {
  type Evidence,
  NO_OPTIONS,
  type OpeningImage,
  SeaworthyError,
  startable,
  withheldIn,
} from '../../model/index.js'
import type { Collector } from '../check.js'
import { type CheckContext, type CollectedEvidence, collecting } from '../collecting.js'
import { type DbsAnswer, type ReadyDbs, readyDbs } from './dbs/ask.js'
import { cacheBench, carryBench, KEPT_BENCH } from './dbs/fetch.js'
import { benchError, documentsOf } from './dbs/meta.js'
import { HIDDEN } from './dbs/selection.js'
import type { BenchSource } from './dbs/source.js'
import {
  assertStillRunning,
  type BenchOptions,
  type BenchRequest,
  engineInfo,
  type FoundImage,
  inEngine,
  type PreparedImage,
  prepare,
  type Register,
  startSpecOf,
  withoutEnded,
} from './prepare.js'
import { HARDENED, makeStarted, type StartedContainer, type TestContainer, unmake } from './run/containers.js'
import type { RunDocument } from './run/document.js'
import { makeStandIn } from './run/stand-in.js'
import { ofNoEngine, ofPlatform, refuseStart, requestOf } from './without-engine.js'

export type { BenchOptions, BenchRequest, BenchSource }
export { cacheBench, carryBench }

export type BenchCheckRequest = { readonly bench: BenchRequest; readonly cacheDir: string }

export const dockerBenchCollector: Collector<BenchCheckRequest, CheckContext> = {
  id: 'docker-bench',
  cacheFiles: KEPT_BENCH,
  collect: (images, { bench, cacheDir }, run) => ({
    evidence: collectBench(images, { ...run, ...bench, cacheDir }),
  }),
}

/**
 * Evidence of each image, in the same order. One that fails does not spoil the others. Docker Bench itself
 * runs once, over all of them (docs/decisions/0027-docker-bench-by-default.md): it uses a whole core, and lists what is running.
 */
export async function collectBench(
  openings: readonly OpeningImage[],
  options: BenchOptions,
): Promise<readonly Evidence[]> {
  const { signal } = options
  return collecting('docker-bench', openings, signal, async (evidenceOf) => {
    const cleanups: (() => Promise<void>)[] = []
    const standIns: (() => Promise<void>)[] = []
    const register: Register = (engine, one) => {
      cleanups.push(() => unmake(engine, one))
      return one
    }
    let ready: ReadyDbs | null = null
    const makeReady = (engine: FoundImage['engine']) => {
      const dbs = readyDbs(engine, { ...options, image: options.benchImage, sections: sectionsFor(options) })
      cleanups.push(dbs.end)
      return dbs
    }
    let info: ReturnType<typeof engineInfo> | null = null
    try {
      const prepared = await Promise.allSettled(
        openings.map(async (opening, index) => {
          signal.throwIfAborted()
          const found =
            (await inEngine(opening, options)) ?? (await standInFor(opening, index, options, standIns))
          if ('refusal' in found) {
            return found
          }
          // Docker Bench is fetched while the image's containers are created and started.
          if (options.benchEngine !== 'builtin') {
            ready ??= makeReady(found.engine)
          }
          info ??= engineInfo(found.engine)
          // With many images, no containers are created in vain; with one, that is not known until they
          // exist.
          const isReachable = openings.length === 1 || ((await ready?.isAvailable) ?? false)
          return prepare(found, index, { ...options, info, mayBeAvailable: isReachable }, register)
        }),
      )
      const values = prepared.map((one) => (one.status === 'fulfilled' ? one.value : NO_REFUSAL))
      const first = values.map((one) => ('refusal' in one ? null : one))
      const { answers, judged } = await runUntilContainersLast(first, ready, makeReady, options, register)
      const collectImage = async (index: number): Promise<CollectedEvidence> => {
        const [opening, outcome, one] = [openings[index], prepared[index], judged[index]]
        if (outcome?.status === 'rejected') {
          throw outcome.reason
        }
        if (!opening || !one) {
          const { reference = '', source, apart = null } = opening ?? {}
          const value = values[index] ?? NO_REFUSAL
          const refusal = 'refusal' in value ? value.refusal : null
          const documents = apart?.isJudgedInEngine
            ? ofPlatform(apart, options)
            : ofNoEngine(reference, source === 'registry', refusal, options)
          return { documents, sources: [] }
        }
        // The name of an archive is that of a file.
        const named = opening.source === 'archive' ? { ...options, serviceImage: null } : options
        return { documents: await documentsFor(one, answers, named, register), sources: [] }
      }
      return await Promise.all(openings.map((_, index) => evidenceOf(() => collectImage(index))))
    } finally {
      await Promise.all(cleanups.map((remove) => remove()))
      // Stand-ins are removed last: the engine keeps an image, without its name, as long as a container uses it.
      await Promise.all(standIns.map((remove) => remove()))
    }
  })
}

/**
 * Makes a stand-in for an image that no engine has. It makes none if there is no engine, if the image is for another
 * platform, or if nothing needs an engine.
 */
async function standInFor(
  opening: OpeningImage,
  index: number,
  options: BenchOptions,
  standIns: (() => Promise<void>)[],
): Promise<FoundImage | Refusal> {
  if (opening.apart !== null || (options.benchEngine === 'builtin' && options.spec === null)) {
    return NO_REFUSAL
  }
  refuseStart(opening.reference, options)
  const engine = await options.engine().catch(() => null)
  if (engine === null) {
    return NO_REFUSAL
  }
  const image = await opening.image
  try {
    const { found, remove } = await makeStandIn(engine, image, index, options)
    standIns.push(remove)
    return found
  } catch (error) {
    // An engine that takes no images, such as one behind a proxy that allows only reading: the built-in rules answer.
    options.signal.throwIfAborted()
    if (!(error instanceof SeaworthyError)) {
      throw error
    }
    return { refusal: error.problem.what }
  }
}

/** The engine's error if it did not accept a stand-in; `null`: no engine was asked. */
interface Refusal {
  readonly refusal: string | null
}

const NO_REFUSAL: Refusal = { refusal: null }

/** A run of Docker Bench. `answer` is `null` if Docker Bench was not run. */
interface DbsRequest {
  readonly answer: Promise<DbsAnswer> | null
  /** The images that it was run on, in its order. */
  readonly subjects: readonly PreparedImage[]
}

/**
 * Asks Docker Bench. If containers that did not have to run have ended by then, asks again without them: otherwise an
 * image that ends by itself would be judged as if it ran.
 */
async function runUntilContainersLast(
  prepared: readonly (PreparedImage | null)[],
  ready: ReadyDbs | null,
  makeReady: (engine: FoundImage['engine']) => ReadyDbs,
  options: BenchOptions,
  keep: Register,
): Promise<{ readonly answers: DbsRequest; readonly judged: readonly (PreparedImage | null)[] }> {
  const answers = await askOver(prepared, ready, options)
  const replacements = await Promise.all(prepared.map((one) => one && withoutEnded(one, options, keep)))
  const engine = replacements.find((one) => one !== null)?.engine
  if (engine === undefined) {
    return { answers, judged: prepared }
  }
  const judged = prepared.map((one, index) => replacements[index] ?? one)
  return { answers: await askOver(judged, ready && makeReady(engine), options), judged }
}

/** Runs Docker Bench over all images and waits for it; if it fails, the evidence of each image reports that. */
async function askOver(
  prepared: readonly (PreparedImage | null)[],
  ready: ReadyDbs | null,
  options: BenchOptions,
): Promise<DbsRequest> {
  const subjects = prepared.filter((one) => one !== null && !one.hides) as PreparedImage[]
  if (ready === null || subjects.length === 0) {
    return { answer: null, subjects: [] }
  }
  options.progress('Docker Bench is checking the image')
  const over = subjects.map(({ id, started, waiter }) => {
    const container = started ?? waiter
    return { imageId: id, container: container && { id: container.id, name: container.name } }
  })
  const answer = ready.ask(over)
  await answer.catch(() => null)
  return { answer, subjects }
}

/** The sections to run. Section 5 is left out for waiting containers: it would judge options that Seaworthy set. */
function sectionsFor({ start, spec }: BenchOptions): 'all' | 'images' {
  return start && spec !== null ? 'all' : 'images'
}

async function documentsFor(
  one: PreparedImage,
  { answer, subjects }: DbsRequest,
  options: BenchOptions,
  keep: Register,
): Promise<Record<string, string>> {
  if (one.hides && options.benchEngine === 'both-required') {
    throw benchError('bench-hidden', HIDDEN)
  }
  const answered = one.hides ? ({ run: null, why: HIDDEN } as const) : await answer
  const withoutDbs =
    answered === null ? 'bench-engine is builtin' : answered.run === null ? answered.why : null
  const dbs = answered?.run ? { source: answered.run.meta.source, tree: answered.run.meta.tree } : null
  const { judged, waiter, notStarted, started } = one
  await assertStillRunning(one, options)
  const document: RunDocument = {
    ...requestOf(options),
    ...(one.isStandIn ? { isStandIn: true as const } : {}),
    ...(notStarted && { start: false, notStarted: notStarted.why }),
    ...(notStarted?.ended && { ended: notStarted.ended }),
    imageId: one.id,
    imageNames: [...one.names],
    withoutDbs,
    apart: null,
    dbs,
    judged: judged && { id: judged.id, name: judged.name },
    waiter: waiter && { id: waiter.id, name: waiter.name },
    notAsked: dbs === null ? [] : skippedIds(one, subjects),
    started: started && recordedOf(started, options),
    startTest: await testStart(options, one, keep),
  }
  return {
    ...one.documents,
    ...(answered?.run ? documentsOf(answered.run, subjects.indexOf(one)) : {}),
    'run.json': JSON.stringify(document),
  }
}

function skippedIds(
  { whyNoWaiter, names, id }: PreparedImage,
  subjects: readonly PreparedImage[],
): RunDocument['notAsked'] {
  const isNameless = names.length === 0 && subjects.some((other) => other.id !== id)
  const why =
    'Docker Bench distinguishes between the images in a run by their tags, and this image has no tag.'
  return [
    ...(whyNoWaiter === null ? [] : [{ id: '4.1', why: whyNoWaiter }]),
    ...(isNameless ? ['4.7', '4.9'].map((id) => ({ id, why })) : []),
  ]
}

/**
 * The started container for run.json; `changed`: ids of the checks that judge options changed for the start. What is
 * withheld is what the judged options ask for, whosever options are started.
 */
function recordedOf(
  started: StartedContainer,
  { spec, startSpec }: BenchOptions,
): NonNullable<RunDocument['started']> {
  const all = spec && startSpec ? startable(spec).differs : started.differs
  const differs = all.map((one) => ({ ...one, ids: [...one.ids] }))
  return { ...started, differs, changed: [...new Set(differs.flatMap(({ ids }) => ids))] }
}

async function testStart(
  options: BenchOptions,
  { started, about }: PreparedImage,
  keep: Register,
): Promise<RunDocument['startTest']> {
  if (options.startTest === 'none') {
    return null
  }
  if (options.startTest === 'given' && started) {
    return { options: 'given', report: started.report, without: [...withheldIn(started.differs)] }
  }
  options.progress('starting the image to see whether it becomes healthy')
  const spec = options.startTest === 'hardened' ? HARDENED : (startSpecOf(options) ?? NO_OPTIONS)
  const registerOne = <T extends TestContainer>(one: T) => keep(about.engine, one)
  const { report, differs } = await makeStarted(spec, 'hardened', about, registerOne)
  return { options: options.startTest, report, without: [...withheldIn(differs)] }
}
