import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { SeaworthyError } from '../../../model/index.js'
import { benchError, type DbsRun, type DbsSubject } from './meta.js'
import { proveRun } from './read.js'
import { type BenchService, type BenchServiceOptions, runInService, startService } from './service.js'
import { type BenchSource, type BenchTree, benchTree } from './source.js'

export interface DbsAskOptions extends Omit<BenchServiceOptions, 'engine'> {
  readonly benchEngine: 'both' | 'both-required' | 'builtin'
  readonly source: BenchSource
  readonly directory: string
  /** Where the pinned Docker Bench is kept between runs. */
  readonly cacheDir: string
}

export type DbsAnswer = { readonly run: DbsRun } | { readonly run: null; readonly why: string }

/** Problems that may not occur in another run: other processes may remove images while Docker Bench runs. */
const RETRIED_CODES: readonly string[] = [
  'bench-failed',
  'bench-doubtful',
  'bench-not-proven',
  'bench-leaked',
]
/** Docker Bench was found but is not genuine or not usable: no other copy is used instead. */
const FATAL_CODES: readonly string[] = ['bench-not-genuine', 'bench-no-source']

/** Docker Bench while it is fetched and its container started; the images to check may not be ready yet. */
export interface ReadyDbs {
  /**
   * Runs Docker Bench once over all of these subjects. A run that cannot be trusted is repeated once. The output is
   * verified here, since a later step could not repeat the run.
   * @throws SeaworthyError if it is not genuine; with `both-required` also if it is unavailable
   */
  ask(subjects: readonly DbsSubject[]): Promise<DbsAnswer>
  /** Whether Docker Bench could be asked; never rejects. */
  readonly isAvailable: Promise<boolean>
  /** Removes everything that was created for Docker Bench, whether or not it ran. */
  end(): Promise<void>
}

/** Prepares Docker Bench. Problems are reported when it is asked. */
export function readyDbs(engine: Engine, options: DbsAskOptions): ReadyDbs {
  const directory = mkdtempSync(join(options.directory, 'bench-'))
  const askOptions = { ...options, engine, directory }
  const tree = benchTree(options.source, askOptions)
  const first = startService(tree, askOptions)
  for (const promise of [tree, first]) {
    promise.catch(() => undefined) // whoever waits for it gets the error
  }
  return {
    isAvailable: tree.then(
      () => true,
      () => false,
    ),
    ask: (subjects) => askDbs(subjects, tree, first, askOptions),
    async end() {
      const service = await first.catch(() => null)
      if (service !== null) {
        await containers.remove(engine, service.id)
      }
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function askDbs(
  subjects: readonly DbsSubject[],
  tree: Promise<BenchTree>,
  first: Promise<BenchService>,
  options: DbsAskOptions & { readonly engine: Engine },
): Promise<DbsAnswer> {
  const { signal, image } = options
  let where = ''
  try {
    const bench = await tree
    where = `in a container of ${image}: `
    let service: Promise<BenchService> | null = first
    const run = await provenRun(async () => {
      const one = await (service ?? startService(tree, options))
      service = null
      return runInService(one, bench, subjects, options)
    })
    return { run }
  } catch (error) {
    signal.throwIfAborted()
    const known = knownErrorOf(error)
    if (known === null || FATAL_CODES.includes(known.problem.code)) {
      throw error
    }
    const why = `${where}${known.problem.what}`
    if (options.benchEngine === 'both') {
      return { run: null, why }
    }
    throw new SeaworthyError({ ...known.problem, what: why })
  }
}

/** An error caused by the engine, files or other things outside Seaworthy; `null` for a bug in Seaworthy. */
function knownErrorOf(error: unknown): SeaworthyError | null {
  if (error instanceof SeaworthyError) {
    return error
  }
  const isOfSystem = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return isOfSystem ? benchError('bench-failed', error.message) : null
}

/** A run whose output is proven; repeated once if it is doubtful for a reason that may not occur again. */
async function provenRun(once: () => Promise<DbsRun>): Promise<DbsRun> {
  const attemptRun = async () => {
    const run = await once()
    proveRun(run)
    return run
  }
  return attemptRun().catch((error: unknown) => {
    if (error instanceof SeaworthyError && RETRIED_CODES.includes(error.problem.code)) {
      return attemptRun()
    }
    throw error
  })
}
