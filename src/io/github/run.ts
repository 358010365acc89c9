import { documentsAddress } from '../files/documents.js'
import {
  apiUrlOf,
  type BranchEvent,
  defaultBranchOf,
  isCount,
  isFromFork,
  isOfPullOnDefaultBranch,
  type PullRequestSides,
  readEvent,
  repositoryOf,
  runUrlOf,
  SHA,
  shaOf,
} from './environment.js'
import type { Repository } from './repository.js'

/** The workflow run that we are part of, from its environment and event. */
export interface GitHubRun extends Repository {
  readonly apiUrl: string
  /** Address of the run's page. */
  readonly url: string
  readonly id: string
  /** Increases by one with each run of the workflow, and stays the same when a run is repeated. */
  readonly number: number
  readonly attempt: number
  /** Ids of the job and of its step, which matrix jobs share. */
  readonly step: string
  /** Path of the workflow's file, or its name if the runner does not provide the path. */
  readonly workflow: string
  /** The commit that the results are about: for a pull request its head, which is not GITHUB_SHA. */
  readonly headSha: string
  /** GITHUB_SHA: the commit that the work tree holds. */
  readonly sha: string
  /** The branch that the run is about; `null` for tags, and if the ref exists only for the run. */
  readonly branch: string | null
  /** True if the work tree has another commit than `headSha`: the merge of a pull request with its base. */
  readonly merged: boolean
  readonly pull: { readonly number: number; readonly fork: boolean; readonly base: string } | null
  /** True if it is about a pull request, and its commit is not: a verdict says nothing about that commit. */
  readonly elsewhere: boolean
  /** True if it was started by a schedule, or by hand on the default branch: another one has policies of its own. */
  readonly scheduled: boolean
  /** The runner's own platform, such as linux/amd64: what an engine on it pulls and builds by default. */
  readonly platform: string | null
  /** Address of the documentation, with a trailing slash (`documentsAddress`); `null`: not known. */
  readonly pages: string | null
  readonly workspace: string
}

interface Event {
  readonly pull_request: PullRequestSides & {
    readonly number?: unknown
    readonly head?: { readonly sha?: unknown }
    readonly base?: { readonly ref?: unknown }
  }
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  X64: 'linux/amd64',
  ARM64: 'linux/arm64',
  ARM: 'linux/arm',
  X86: 'linux/386',
}

/** `null` outside of GitHub Actions, or if repository, commit or pull request are not known. */
export function readGitHubRun(env: NodeJS.ProcessEnv = process.env): GitHubRun | null {
  const repository = repositoryOf(env)
  const sha = env.GITHUB_SHA ?? ''
  if (repository === null || !SHA.test(sha)) {
    return null
  }
  const isPull = /^pull_request/.test(env.GITHUB_EVENT_NAME ?? '')
  const pull = isPull ? pullOf(readEvent<Event>(env)) : null
  if (isPull && pull === null) {
    return null
  }
  const id = env.GITHUB_RUN_ID || '0'
  // `owner/repo/.github/workflows/gate.yml@refs/heads/main`, without owner, repository and ref.
  const [, pathOfWorkflow] = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? []
  return {
    ...repository,
    id,
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, id),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    step: `${env.GITHUB_JOB ?? ''}/${env.GITHUB_ACTION ?? ''}`,
    workflow: pathOfWorkflow ?? env.GITHUB_WORKFLOW ?? '',
    headSha: pull?.sha ?? sha,
    sha,
    branch: branchOf(env),
    merged: pull !== null && pull.sha !== sha,
    pull: pull === null ? null : { number: pull.number, fork: pull.fork, base: pull.base },
    elsewhere: isOfPullOnDefaultBranch(env),
    scheduled: isScheduled(env),
    platform: ARCHITECTURES[env.RUNNER_ARCH ?? ''] ?? null,
    pages: documentsAddress(env),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
  }
}

function isScheduled(env: NodeJS.ProcessEnv): boolean {
  const event = env.GITHUB_EVENT_NAME
  const main = defaultBranchOf(readEvent<BranchEvent>(env))
  return event === 'schedule' || (event === 'workflow_dispatch' && (main === null || branchOf(env) === main))
}

/** Refs of pull requests (`7/merge`) and of merge queues claim to be branches too. */
function branchOf(env: NodeJS.ProcessEnv): string | null {
  const name = env.GITHUB_REF_NAME ?? ''
  const isOfEvent = /^(pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? '')
  const isBranch = env.GITHUB_REF_TYPE === 'branch' && name !== '' && !name.startsWith('gh-readonly-queue/')
  return isBranch && !isOfEvent ? name : null
}

function count(text: string | undefined): number {
  const number = Number(text)
  return isCount(number) ? number : 1
}

function pullOf({ pull_request: pull }: Partial<Event>) {
  const [number, sha, base] = [pull?.number, shaOf(pull?.head?.sha), pull?.base?.ref]
  if (!isCount(number) || sha === null) {
    return null
  }
  return { number, sha, fork: isFromFork(pull), base: typeof base === 'string' ? base : 'the base' }
}
