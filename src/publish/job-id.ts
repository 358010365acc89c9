import { shortHash } from '../io/files/hash.js'
import { type GitHubRun, readGitHubRun } from '../io/github/run.js'
import type { PublishRequest } from './request.js'

/**
 * Identifies a job of a workflow for code scanning, in all runs: the id that it has in the workflow's file, and a hash
 * of what else distinguishes it. `null`: not in a workflow.
 */
export function analysisOf(
  { analysis }: Pick<PublishRequest, 'analysis'>,
  env?: NodeJS.ProcessEnv,
): string | null {
  const run = readGitHubRun(env)
  if (run === null) {
    return null
  }
  const [job] = run.step.split('/')
  return `${job}-${shortHash(JSON.stringify([run.workflow, run.step, analysis])).slice(0, 8)}`
}

/** Identifies a job of a workflow, in all attempts of its runs. */
export function jobIdOf({ workflow, step }: GitHubRun, { job }: Pick<PublishRequest, 'job'>): string {
  return shortHash(JSON.stringify([workflow, step, job]))
}
