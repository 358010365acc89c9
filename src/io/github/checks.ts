import { createOnce, type GitHubApi, statusOf } from './client.js'
import type { GitHubRun } from './run.js'

export interface CheckAnnotation {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly line: number
  readonly level: 'failure' | 'warning'
  readonly title: string
  readonly message: string
}

export interface CheckRun {
  readonly name: string
  /** A random id, which identifies a check run if the request that created it got no response. */
  readonly externalId: string
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
  readonly title: string
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

/** The Checks API takes this many annotations per request. */
const BATCH = 50

/**
 * Creates a check run at the run's head: POST with the first annotations, PATCH with the others; the last request
 * completes it. If a batch fails, the check run is completed without the rest.
 * @returns how many annotations arrived
 */
export async function createCheckRun(api: GitHubApi, run: GitHubRun, check: CheckRun): Promise<number> {
  const { owner, repo } = run
  const batches = batchesOf(check.annotations)
  const [first = [], ...others] = batches
  const output = (annotations: readonly CheckAnnotation[]) => ({
    title: check.title,
    summary: check.summary,
    annotations: annotations.map(({ path, line, level, ...texts }) => {
      return { path, start_line: line, end_line: line, annotation_level: level, ...texts }
    }),
  })
  const done = () => ({
    status: 'completed' as const,
    conclusion: check.conclusion,
    completed_at: new Date().toISOString(),
  })
  const post = async (annotations: readonly CheckAnnotation[], last: boolean) => {
    const { data } = await api.request('POST /repos/{owner}/{repo}/check-runs', {
      owner,
      repo,
      name: check.name,
      head_sha: run.headSha,
      details_url: run.url,
      external_id: check.externalId,
      output: output(annotations),
      ...(last ? done() : { status: 'in_progress' as const }),
    })
    return Number(data.id)
  }
  const find = () => findCheckRun(api, run, check)
  const create = (annotations: readonly CheckAnnotation[], last: boolean) =>
    createOnce(() => post(annotations, last), find, false)
  let id: number
  try {
    id = await create(first, others.length === 0)
  } catch (error) {
    // 422: GitHub rejects something in an annotation. The verdict matters more than the annotations.
    if (statusOf(error) !== 422 || first.length === 0) {
      throw error
    }
    await create([], true)
    return 0
  }
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
  const checkRunParams = { owner, repo, check_run_id: id }
  let sent = first.length
  try {
    for (const [index, batch] of others.entries()) {
      const end = index === others.length - 1 ? done() : {}
      await api.request(route, { ...checkRunParams, output: output(batch), ...end })
      sent += batch.length
    }
  } catch {
    await api.request(route, { ...checkRunParams, ...done() })
  }
  return sent
}

/** The check run, if a request without an answer has created it: a second one would stay open forever. */
async function findCheckRun(api: GitHubApi, run: GitHubRun, { name, externalId }: CheckRun) {
  const { owner, repo, headSha: ref } = run
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
  const { data } = await api.request(route, { owner, repo, ref, check_name: name, per_page: 100 })
  const existing = data.check_runs.find(({ external_id }) => external_id === externalId)
  return existing === undefined ? null : Number(existing.id)
}

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}
