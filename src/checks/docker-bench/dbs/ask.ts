import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { SeaworthyError } from '../../../model/problem.js'
import { runOnMachine } from './machine.js'
import { benchFault, type DbsRun, type DbsSubject, type SECTIONS } from './meta.js'
import { proveRun } from './read.js'
import { type BenchService, runInService, startService } from './service.js'
import { type BenchSource, type BenchTree, benchTree } from './source.js'

export interface DbsAskOptions {
  readonly benchEngine: 'auto' | 'dbs' | 'builtin'
  readonly source: BenchSource
  /** An image with a shell and the docker command, in a container of which it runs. */
  readonly image: string
  readonly sections: keyof typeof SECTIONS
  readonly directory: string
  /** Where the pinned one is kept between runs. */
  readonly cacheDir: string
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Milliseconds for a run of it; by the number of containers if not given. */
  readonly limitMs?: number
}

/** What Docker Bench said, and why not where it was to run first; or why it could not be had. */
export type DbsAnswer =
  | { readonly run: DbsRun; readonly fellBack: string | null }
  | { readonly run: null; readonly why: string }

/** Faults of one run, which may be well the next time: others take images away while it looks. */
const OF_ONE_RUN: readonly string[] = ['bench-failed', 'bench-doubtful', 'bench-not-proven', 'bench-leaked']
/** It did not run at all. */
const NOWHERE: readonly string[] = ['bench-no-place', 'no-such-image']
/** It is there and wrong: nobody else is asked in its place. */
const NEVER_PASSED_OVER: readonly string[] = ['bench-not-genuine', 'bench-no-source']

/** Docker Bench while it is fetched, and its container started: what it is to look at may still be in the making. */
export interface ReadyDbs {
  /**
   * Runs it over all of these, once: in a container, else by bash on the machine. A run that is not believed is
   * repeated once. What its own answer is worth is proven here, since nobody else could be asked later.
   * @throws SeaworthyError where it is not genuine; with `dbs` also where it cannot be had
   */
  ask(subjects: readonly DbsSubject[]): Promise<DbsAnswer>
  /** Whether there is one that could be asked; never rejects. */
  readonly isThere: Promise<boolean>
  /** Removes all that was made for it, asked or not. */
  end(): Promise<void>
}

/** Gets Docker Bench ready. Whatever is wrong is told when it is asked. */
export function readyDbs(engine: Engine, options: DbsAskOptions): ReadyDbs {
  const directory = mkdtempSync(join(options.directory, 'bench-'))
  const each = { ...options, engine, directory }
  const tree = benchTree(options.source, each)
  const first = tree.then((bench) => startService(bench, each))
  for (const promise of [tree, first]) {
    promise.catch(() => undefined) // whoever waits for it sees the error
  }
  return {
    isThere: tree.then(
      () => true,
      () => false,
    ),
    ask: (subjects) => askDbs(subjects, tree, first, each),
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
  const { signal, image, directory } = options
  const failed: { way: string; error: SeaworthyError }[] = []
  const way = async <T>(name: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      const told = toldOf(error)
      if (told === null || NEVER_PASSED_OVER.includes(told.problem.code)) {
        throw error
      }
      failed.push({ way: name, error: told })
      return null
    }
  }
  const bench = await way('', () => tree)
  if (bench !== null) {
    let service: Promise<BenchService> | null = first
    const inContainer = async () => {
      const one = await (service ?? startService(bench, options))
      service = null
      return runInService(one, bench, subjects, options)
    }
    const onMachine = () =>
      runOnMachine(bench, subjects, { ...options, directory: mkdtempSync(join(directory, 'run-')) })
    const run =
      (await way(`in a container of ${image}: `, () => believed(inContainer))) ??
      (await way('by bash on this machine: ', () => believed(onMachine)))
    if (run !== null) {
      return { run, fellBack: failed.length === 0 ? null : inWords(failed) }
    }
  }
  if (options.benchEngine === 'auto') {
    return { run: null, why: inWords(failed) }
  }
  throw allOf(failed)
}

/** What the world has done to it, engine and files; `null` for a fault of ours. */
function toldOf(error: unknown): SeaworthyError | null {
  if (error instanceof SeaworthyError) {
    return error
  }
  const isOfSystem = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return isOfSystem ? benchFault('bench-failed', error.message) : null
}

async function believed(once: () => Promise<DbsRun>): Promise<DbsRun> {
  const proven = async () => {
    const run = await once()
    proveRun(run)
    return run
  }
  return proven().catch((error: unknown) => {
    if (error instanceof SeaworthyError && OF_ONE_RUN.includes(error.problem.code)) {
      return proven()
    }
    throw error
  })
}

function inWords(failed: readonly { way: string; error: SeaworthyError }[]): string {
  return failed.map(({ way, error }) => `${way}${error.problem.what}`).join('; ')
}

/** With the code of what went furthest: that it has no place is said only where it ran nowhere. */
function allOf(failed: readonly { way: string; error: SeaworthyError }[]): SeaworthyError {
  const isRun = ({ error }: { error: SeaworthyError }) => !NOWHERE.includes(error.problem.code)
  const chosen = failed.findLast(isRun) ?? failed.at(-1)
  if (chosen === undefined) {
    throw new TypeError('Docker Bench has not failed')
  }
  return new SeaworthyError({ ...chosen.error.problem, what: inWords(failed) })
}
