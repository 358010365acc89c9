import { cacheBench } from '../checks/docker-bench/collect.js'
import { newRunId } from '../io/engine/leftovers.js'
import { makeTemporary, removeTemporary } from '../io/files/temporary.js'
import { problemOf } from '../model/index.js'
import { renderProblem } from '../reports/terminal/terminal.js'

/** What reading data into the cache needs. */
export interface FeedsAround {
  readonly now: Date
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  readonly print: (text: string) => void
  /** Where the documents are, as `documentsHere` returns it. */
  readonly pages?: string | null
  /** Fetches Docker Bench too, into the cache; omitted: it is not fetched. */
  readonly keepBench?: typeof keepBench
  /** True: Debian's archive is read into the cache too. */
  readonly archive?: boolean
}

/** Puts Docker Bench into the cache. @returns its commit */
export async function keepBench(cacheDir: string, signal: AbortSignal): Promise<string> {
  const runId = newRunId()
  try {
    return await cacheBench(cacheDir, makeTemporary(runId), signal)
  } finally {
    removeTemporary(runId)
  }
}

/** A scan can do without Docker Bench, so its absence is no failure. */
export async function reportBench(
  cacheDir: string,
  { keepBench, progress, print, signal, pages }: FeedsAround,
): Promise<void> {
  if (keepBench === undefined) {
    return
  }
  const task = 'fetching Docker Bench'
  progress(task)
  try {
    print(`Docker Bench: commit ${await keepBench(cacheDir, signal)}\n`)
  } catch (error) {
    signal.throwIfAborted()
    print(renderProblem(problemOf(error, task), pages))
  }
}
