import { readFileSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { readOrNull, withoutEnd } from '../../model/index.js'
import type { Repository } from './repository.js'

/** The runner's variables of a run (https://docs.github.com/actions/reference/variables-reference). */
type Environment = NodeJS.ProcessEnv

/** Name of a commit, in SHA-1 or SHA-256. */
export const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/** GITHUB_REPOSITORY; `null` if it is unset. */
export function repositoryOf(env: Environment): Repository | null {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? '') ?? []
  return owner === undefined || repo === undefined ? null : { owner, repo }
}

/** Address of the API, without a trailing slash: another host on GitHub Enterprise Server. */
export function apiUrlOf(env: Environment): string {
  return withoutEnd(env.GITHUB_API_URL || 'https://api.github.com', '/')
}

export function runUrlOf(env: Environment, { owner, repo }: Repository, id: string): string {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return `${server}/${owner}/${repo}/actions/runs/${encodeURIComponent(id)}`
}

/** The event that started the run: the caller assumes its shape, and it is empty if it cannot be read. */
export function readEvent<T extends object>(env: Environment): Partial<T> {
  const event: unknown = readOrNull(() => JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')))
  return (event ?? {}) as Partial<T>
}

/** The part of an event that shows where a pull request comes from. */
export interface PullRequestSides {
  readonly head?: { readonly repo?: { readonly full_name?: unknown } | null }
  readonly base?: { readonly repo?: { readonly full_name?: unknown } | null }
}

/** True if the branch is in another repository. A deleted fork has no repository any more. */
export function isFromFork(pull: PullRequestSides | undefined): boolean {
  const from = pull?.head?.repo?.full_name
  return typeof from !== 'string' || from !== pull?.base?.repo?.full_name
}

/** A run about a change that is not in its base yet. */
export interface ProposedChange extends Repository {
  readonly apiUrl: string
  /** The commit that would be next on the base: for a pull request its merge. */
  readonly merge: string
  /** The base's commit; `null`: the first parent of `merge`. */
  readonly base: string | null
  /** The branch that it goes into, and the repository's default branch; `null` if the runner does not say. */
  readonly into: string | null
  readonly defaultBranch: string | null
}

/** `null` if the run is not about such a change; `unclear` if it is, and the runner does not say enough. */
export function readProposedChange(env: NodeJS.ProcessEnv = process.env): ProposedChange | 'unclear' | null {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const isMergeGroup = event === 'merge_group'
  if (!isMergeGroup && !/^pull_request/.test(event)) {
    return null
  }
  const repository = repositoryOf(env)
  const merge = env.GITHUB_SHA ?? ''
  const payload = readEvent<BranchEvent>(env)
  const base = isMergeGroup ? shaOf(payload.merge_group?.base_sha) : null
  if (repository === null || !SHA.test(merge) || (isMergeGroup && base === null)) {
    return 'unclear'
  }
  const into = isMergeGroup ? payload.merge_group?.base_ref : payload.pull_request?.base?.ref
  return {
    ...repository,
    apiUrl: apiUrlOf(env),
    merge,
    base,
    into: branchOf(into),
    defaultBranch: defaultBranchOf(payload),
  }
}

/** `null` if the event does not say. */
export function defaultBranchOf({ repository }: Pick<Partial<BranchEvent>, 'repository'>): string | null {
  return branchOf(repository?.default_branch)
}

/**
 * True for an event that is about a pull request, but runs with the permissions and the commit of the default branch
 * (GITHUB_SHA).
 */
export function isOfPullOnDefaultBranch(env: NodeJS.ProcessEnv): boolean {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const { issue, workflow_run: run } = readEvent<EventOnDefaultBranch>(env)
  return (
    (event === 'issue_comment' && issue?.pull_request != null) ||
    (event === 'workflow_run' && /^pull_request/.test(String(run?.event)))
  )
}

/**
 * The name of such an event if another commit is checked out: whoever wrote that one would decide by its policies. Else
 * `null`.
 */
export function foreignCheckout(env: NodeJS.ProcessEnv): string | null {
  const head = isOfPullOnDefaultBranch(env) ? checkedOut(env.GITHUB_WORKSPACE || process.cwd()) : null
  return head !== null && head !== env.GITHUB_SHA ? (env.GITHUB_EVENT_NAME ?? '') : null
}

interface EventOnDefaultBranch {
  readonly issue: { readonly pull_request?: unknown }
  readonly workflow_run: { readonly event?: unknown }
}

/** The commit in a work tree (gitrepository-layout(5)); `null`: not known. */
function checkedOut(folder: string): string | null {
  const read = (name: string) => readOrNull(() => readFileSync(join(folder, '.git', name), 'utf8').trim())
  const head = read('HEAD') ?? ''
  const [, ref] = /^ref: (refs\/\S+)$/.exec(head) ?? []
  if (ref === undefined) {
    return shaOf(head)
  }
  const packed = read('packed-refs')
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`))
  return shaOf(read(ref) ?? packed?.split(' ')[0])
}

/** The part of an event that shows which branches it is about. */
export interface BranchEvent {
  readonly merge_group: { readonly base_sha?: unknown; readonly base_ref?: unknown }
  readonly pull_request: { readonly base?: { readonly ref?: unknown } }
  readonly repository: { readonly default_branch?: unknown }
}

export function shaOf(value: unknown): string | null {
  return typeof value === 'string' && SHA.test(value) ? value : null
}

function branchOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.replace(/^refs\/heads\//, '') : null
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

/** A path relative to the root of the repository, with `/`; `null` if it is outside. */
export function pathInRepository(path: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const root = env.GITHUB_WORKSPACE || process.cwd()
  const inside = relative(root, isAbsolute(path) ? path : `${root}${sep}${path}`)
  if (inside === '' || isAbsolute(inside) || /(^|[\\/])\.\.([\\/]|$)|\p{Cc}/u.test(inside)) {
    return null
  }
  return inside.split(sep).join('/')
}
