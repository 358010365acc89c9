import { documentsAddress } from '../files/documents.js'
import {
  apiUrlOf,
  isFromFork,
  type PullRequestSides,
  readEvent,
  repositoryOf,
  runUrlOf,
  SHA,
} from './environment.js'

/** The workflow run that we are part of, as its environment and event say. */
export interface GitHubRun {
  readonly owner: string
  readonly repo: string
  /** GITHUB_API_URL: another host on GitHub Enterprise Server. */
  readonly apiUrl: string
  /** Address of the run's page. */
  readonly url: string
  readonly id: string
  /** Rises by one with each run of the workflow, and stays when a run is run again. */
  readonly number: number
  readonly attempt: number
  /** Path of the workflow's file, or its name where the runner does not tell the path. */
  readonly workflow: string
  /** The commit that the results are about: of a pull request its head, which is not GITHUB_SHA. */
  readonly headSha: string
  /** GITHUB_SHA: the commit that the work tree holds. */
  readonly sha: string
  /** The branch that the run is about; `null` for tags, and where the ref is made for the run only. */
  readonly branch: string | null
  /** True where the work tree holds another commit than `headSha`: the merge of a pull request with its base. */
  readonly merged: boolean
  readonly pull: { readonly number: number; readonly fork: boolean; readonly base: string } | null
  /** True where it was started by time, or by hand. */
  readonly scheduled: boolean
  /** The runner's own, such as linux/amd64: what an engine on it pulls and builds if nobody says otherwise. */
  readonly platform: string | null
  /** As `actionPagesOf` tells it. */
  readonly pages: string | null
  /** Root of the work tree. */
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

/** `null` outside of GitHub Actions, or where repository, commit or pull request are not told. */
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
  return {
    ...repository,
    id,
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, id),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    workflow: workflowOf(env),
    headSha: pull?.sha ?? sha,
    sha,
    branch: branchOf(env),
    merged: pull !== null && pull.sha !== sha,
    pull: pull === null ? null : { number: pull.number, fork: pull.fork, base: pull.base },
    scheduled: ['schedule', 'workflow_dispatch'].includes(env.GITHUB_EVENT_NAME ?? ''),
    platform: ARCHITECTURES[env.RUNNER_ARCH ?? ''] ?? null,
    pages: documentsAddress(env),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
  }
}

/** Refs of pull requests (`7/merge`) and of merge queues say that they are branches too. */
function branchOf(env: NodeJS.ProcessEnv): string | null {
  const name = env.GITHUB_REF_NAME ?? ''
  const isOfEvent = /^(pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? '')
  const isBranch = env.GITHUB_REF_TYPE === 'branch' && name !== '' && !name.startsWith('gh-readonly-queue/')
  return isBranch && !isOfEvent ? name : null
}

/** `owner/repo/.github/workflows/gate.yml@refs/heads/main`, of which owner, repository and ref say nothing. */
function workflowOf(env: NodeJS.ProcessEnv): string {
  const path = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1]
  return path ?? env.GITHUB_WORKFLOW ?? ''
}

function count(text: string | undefined): number {
  const number = Number(text)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}

function pullOf({ pull_request: pull }: Partial<Event>) {
  const [number, sha, base] = [pull?.number, pull?.head?.sha, pull?.base?.ref]
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) {
    return null
  }
  if (typeof sha !== 'string' || !SHA.test(sha)) {
    return null
  }
  return { number, sha, fork: isFromFork(pull), base: typeof base === 'string' ? base : 'the base' }
}
