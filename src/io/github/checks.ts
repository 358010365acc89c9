import { type GitHubApi, mayBeDone, statusOf } from './client.js'
import type { GitHubRun } from './run.js'

/** An annotation as the API takes it. */
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
  /** Known to nobody else: identifies a check run whose creation got no answer. */
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
    annotations: annotations.map(asSent),
  })
  const done = () => ({
    status: 'completed' as const,
    conclusion: check.conclusion,
    completed_at: new Date().toISOString(),
  })
  const post = (annotations: readonly CheckAnnotation[], last: boolean) =>
    postOnce(api, run, check.externalId, {
      owner,
      repo,
      name: check.name,
      head_sha: run.headSha,
      details_url: run.url,
      external_id: check.externalId,
      output: output(annotations),
      ...(last ? done() : { status: 'in_progress' as const }),
    })
  let id: number
  try {
    id = await post(first, others.length === 0)
  } catch (error) {
    // 422: GitHub rejects something in an annotation. The verdict matters more than the annotations.
    if (statusOf(error) !== 422 || first.length === 0) {
      throw error
    }
    await post([], true)
    return 0
  }
  let sent = first.length
  try {
    for (const [index, batch] of others.entries()) {
      await api.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        owner,
        repo,
        check_run_id: id,
        output: output(batch),
        ...(index === others.length - 1 ? done() : {}),
      })
      sent += batch.length
    }
  } catch {
    await api.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner,
      repo,
      check_run_id: id,
      ...done(),
    })
  }
  return sent
}

type Body = {
  owner: string
  repo: string
  name: string
  head_sha: string
  details_url: string
  external_id: string
  output: { title: string; summary: string; annotations: ReturnType<typeof asSent>[] }
} & (
  | { status: 'in_progress' }
  | { status: 'completed'; conclusion: CheckRun['conclusion']; completed_at: string }
)

/** A POST without an answer may have worked: a second check run of the same name would stay open forever. */
async function postOnce(api: GitHubApi, run: GitHubRun, externalId: string, body: Body): Promise<number> {
  const post = async () => Number((await api.request('POST /repos/{owner}/{repo}/check-runs', body)).data.id)
  try {
    return await post()
  } catch (error) {
    if (!mayBeDone(error)) {
      throw error
    }
    const { owner, repo, headSha: ref } = run
    const { data } = await api.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      owner,
      repo,
      ref,
      check_name: body.name,
      per_page: 100,
    })
    const made = data.check_runs.find(({ external_id }) => external_id === externalId)
    return made === undefined ? await post() : Number(made.id)
  }
}

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}

function asSent({ path, line, level, title, message }: CheckAnnotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message }
}
