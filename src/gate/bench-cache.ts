import { cacheBench } from '../checks/docker-bench/collect.js'
import { newRunId } from '../io/engine/leftovers.js'
import { makeTemporary, removeTemporary } from '../io/files/temporary.js'
import { problemOf } from '../model/index.js'
import { renderProblem } from '../reports/terminal/terminal.js'

/** What fetching needs; `keepBench` omitted: Docker Bench is not fetched. */
interface BenchAround {
  readonly keepBench?: typeof keepBench
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  readonly print: (text: string) => void
  readonly pages?: string | null
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
export async function reportBench(cacheDir: string, around: BenchAround): Promise<void> {
  const { keepBench, progress, print, signal, pages } = around
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
