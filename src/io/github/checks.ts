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
  /** A random id, which identifies a check run if the request that created it got no response; ends with `runMark`. */
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
 * @returns its id, and how many annotations arrived
 */
export async function createCheckRun(
  api: GitHubApi,
  run: GitHubRun,
  check: CheckRun,
): Promise<{ readonly id: number; readonly sent: number }> {
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
    return { id: await create([], true), sent: 0 }
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
  return { id, sent }
}

/** What the external ids of all check runs of one attempt of a run end with: also whether it is about a pull request. */
export function runMark({ id, attempt, pull }: Pick<GitHubRun, 'id' | 'attempt' | 'pull'>): string {
  return `-${id}-${attempt}${pull === null ? '' : OF_PULL_REQUEST}`
}

const OF_PULL_REQUEST = '-pull'

/** The best first. */
const CONCLUSIONS: readonly (string | null)[] = ['success', 'neutral', 'action_required', 'failure']
const MAX_NAMES = 10

/**
 * Renames a check run if another job of the same attempt has published a worse one under its name: of one name, GitHub
 * shows the newest, and rules count it. Whichever of the two jobs is later sees the other's, so a worse one always stays.
 * The same holds for a pull request's, which was judged by its base's policies, and a run for a push to its branch, whose
 * policies are the branch's own.
 * @returns its new name; `null`: it has kept its own
 */
export async function renameIfBetter(
  api: GitHubApi,
  run: GitHubRun,
  { name, conclusion, externalId }: CheckRun,
  id: number,
): Promise<string | null> {
  const { owner, repo } = run
  for (let number = 1; number <= MAX_NAMES; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`
    const all = await checkRunsNamed(api, run, candidate)
    // One that is not completed yet may become the worst.
    const isOther = ({ external_id: other }: (typeof all)[number]) =>
      other !== null &&
      other !== externalId &&
      (other.endsWith(runMark(run)) || (run.pull === null && other.endsWith(OF_PULL_REQUEST)))
    const isWorse = ({ status, conclusion: one }: (typeof all)[number]) =>
      status !== 'completed' || CONCLUSIONS.indexOf(one) > CONCLUSIONS.indexOf(conclusion)
    if (all.some((one) => isOther(one) && isWorse(one))) {
      continue
    }
    if (number > 1) {
      const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
      await api.request(route, { owner, repo, check_run_id: id, name: candidate })
    }
    return number > 1 ? candidate : null
  }
  throw new Error(`there are ${MAX_NAMES} worse check runs named ${name}`)
}

/** The check run, if a request without an answer has created it: a second one would stay open forever. */
async function findCheckRun(api: GitHubApi, run: GitHubRun, { name, externalId }: CheckRun) {
  const all = await checkRunsNamed(api, run, name)
  const existing = all.find(({ external_id }) => external_id === externalId)
  return existing === undefined ? null : Number(existing.id)
}

/** Those at the run's head, the newest ones first; GitHub leaves out all but the newest of a name unless asked for all. */
async function checkRunsNamed(api: GitHubApi, run: GitHubRun, name: string) {
  const { owner, repo, headSha: ref } = run
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
  const page = { check_name: name, filter: 'all', per_page: 100 } as const
  const { data } = await api.request(route, { owner, repo, ref, ...page })
  return data.check_runs
}

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}
