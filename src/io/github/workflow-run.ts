import { documentsAddress } from '../files/documents.js'
import type { GitHubApi } from './client.js'
import { apiUrlOf, isCount, readEvent, repositoryOf, runUrlOf, shaOf } from './environment.js'
import type { GitHubRun } from './run.js'

/** The run that a `workflow_run` event is about. All of it comes from the event, nothing from the run's artifact. */
export interface FinishedRun {
  /** The run; `pull` is always `null`, see `pullOf`. */
  readonly run: GitHubRun
  /** Repository of the branch: a fork, or the repository itself. */
  readonly from: string
  /** Owner of that repository, and the branch in it: by these two GitHub finds its pull requests. */
  readonly owner: string
  readonly branch: string
  /** True if the run could publish its own results. */
  readonly own: boolean
  /** How it ended, such as `success` or `failure`; `null` if the event does not say. */
  readonly conclusion: string | null
}

interface Event {
  readonly workflow_run: {
    readonly id?: unknown
    readonly run_number?: unknown
    readonly run_attempt?: unknown
    readonly event?: unknown
    readonly path?: unknown
    readonly conclusion?: unknown
    readonly head_sha?: unknown
    readonly head_branch?: unknown
    readonly head_repository?: {
      readonly full_name?: unknown
      readonly owner?: { readonly login?: unknown }
    } | null
  }
}

/** `null` if the event is not a `workflow_run` about a pull request, or is incomplete. */
export function readFinishedRun(env: NodeJS.ProcessEnv = process.env): FinishedRun | null {
  if (env.GITHUB_EVENT_NAME !== 'workflow_run') {
    return null
  }
  const { workflow_run: workflowRun } = readEvent<Event>(env)
  const repository = repositoryOf(env)
  const [sha, branch, id] = [shaOf(workflowRun?.head_sha), workflowRun?.head_branch, workflowRun?.id]
  const [from, login] = [workflowRun?.head_repository?.full_name, workflowRun?.head_repository?.owner?.login]
  if (workflowRun?.event !== 'pull_request' || repository === null || sha === null || !isCount(id)) {
    return null
  }
  if (typeof branch !== 'string' || typeof from !== 'string' || typeof login !== 'string') {
    return null
  }
  const [workflow = ''] = /^\.github\/workflows\/[\w.-]{1,200}$/.exec(String(workflowRun.path)) ?? []
  const run: GitHubRun = {
    ...repository,
    id: String(id),
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, String(id)),
    number: isCount(workflowRun.run_number) ? workflowRun.run_number : 1,
    attempt: isCount(workflowRun.run_attempt) ? workflowRun.run_attempt : 1,
    step: '',
    workflow,
    headSha: sha,
    sha,
    branch: null,
    // There is no work tree, so no line is known to match the head.
    merged: true,
    pull: null,
    elsewhere: false,
    scheduled: false,
    platform: null,
    pages: documentsAddress(env),
    workspace: '/nonexistent',
  }
  const [conclusion = null] = /^[a-z_]{1,30}$/.exec(String(workflowRun.conclusion ?? '')) ?? []
  const own = from === `${repository.owner}/${repository.repo}`
  return { run, from, owner: login, branch, own, conclusion }
}

/**
 * The open pull request that the run was about: `workflow_run.pull_requests` is empty for forks, so it is found by
 * branch, and must have the run's head. `null` if there is none (it was pushed to since) or several match.
 */
export async function pullOf(
  api: GitHubApi,
  { run: { owner, repo, headSha }, from, owner: login, branch }: FinishedRun,
): Promise<GitHubRun['pull']> {
  const { data } = await api.request('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo,
    state: 'open',
    head: `${login}:${branch}`,
    per_page: 100,
  })
  const fitting = data.filter(({ head }) => head.sha === headSha && head.repo?.full_name === from)
  const [only] = fitting
  if (only === undefined || fitting.length > 1) {
    return null
  }
  return { number: Number(only.number), fork: true, base: only.base.ref }
}
