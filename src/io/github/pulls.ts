import { createOnce, type GitHubApi } from './client.js'
import { createComment } from './comments.js'
import { type CommitComparison, compareCommits, type EntryAtCommit, readBranch, readEntryAt } from './git.js'
import type { GitHubRun } from './run.js'

/** A pull request of a branch of the same repository. */
export interface Pull {
  readonly number: number
  readonly url: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly title: string
  /** Markdown. */
  readonly body: string
  /** Commit of its branch: the last one that it had, if it is closed. */
  readonly headSha: string
}

type PullText = Pick<Pull, 'title' | 'body'>

/** What a repository has for a change that is proposed on a branch of its own. */
export interface Proposal {
  /** The commit that the base branch points to. */
  readonly head: string
  /** The proposal's branch, compared with the head; `null` if it does not exist. */
  readonly branch: (CommitComparison & { readonly sha: string }) | null
  /** Its pull requests into the base, newest first. */
  readonly pulls: readonly Pull[]
  /** The changed file at the head and at the run's commit; `null` if no change is to be made. */
  readonly file: { readonly atHead: EntryAtCommit; readonly atRun: EntryAtCommit } | null
}

interface Raw extends Pick<Pull, 'number' | 'title'> {
  readonly html_url: string
  readonly state: string
  readonly body: string | null
  readonly merged_at: string | null
  readonly head: { readonly sha: string }
}

/**
 * Everything that is to be known before a change is proposed, or withdrawn.
 * @param path the file to change, relative to the root of the repository; `null`: no change is to be made
 * @returns `null` if the base branch does not exist, or if there is neither a change nor a branch
 */
export async function readProposal(
  api: GitHubApi,
  run: GitHubRun,
  { base, branch, path }: { readonly base: string; readonly branch: string; readonly path: string | null },
): Promise<Proposal | null> {
  const head = await readBranch(api, run, base)
  const sha = head === null ? null : await readBranch(api, run, branch)
  if (head === null || (sha === null && path === null)) {
    return null
  }
  const comparison = sha === null ? null : await compareCommits(api, run, head, sha)
  const atHead = path === null ? null : await readEntryAt(api, run, head, path)
  const atRun = path === null || head === run.sha ? atHead : await readEntryAt(api, run, run.sha, path)
  const pulls = await listPulls(api, run, branch, base)
  return {
    head,
    branch: sha === null || comparison === null ? null : { ...comparison, sha },
    pulls,
    file: atHead === null || atRun === null ? null : { atHead, atRun },
  }
}

/** The pull requests from a branch of this repository into another one, newest first; at most the newest hundred. */
async function listPulls(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  branch: string,
  base: string,
): Promise<readonly Pull[]> {
  const { data } = await api.request('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo,
    head: `${owner}:${branch}`,
    base,
    state: 'all',
    per_page: 100,
  })
  // An owner may have a fork of its own under another name: its branches have the same label.
  const fullName = `${owner}/${repo}`.toLowerCase()
  return data
    .filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === fullName)
    .map(pullOf)
}

/**
 * Opens a pull request. If one was opened in the meantime (422), or no answer arrived, it is searched for first, and
 * gets this text.
 * @returns it, and whether we created it
 */
export async function createPull(
  api: GitHubApi,
  run: GitHubRun,
  [branch, base]: readonly [string, string],
  text: PullText,
): Promise<readonly [Pull, boolean]> {
  const { owner, repo } = run
  const post = async () => {
    const body = { owner, repo, head: branch, base, ...text }
    return [pullOf((await api.request('POST /repos/{owner}/{repo}/pulls', body)).data), true] as const
  }
  const [pull, created] = await createOnce<readonly [Pull, boolean]>(post, async () => {
    const existing = (await listPulls(api, run, branch, base)).find(({ state }) => state === 'open')
    return existing === undefined ? null : [existing, existing.body === text.body]
  })
  if (!created) {
    await updatePull(api, run, pull.number, text)
  }
  return [pull, created]
}

/** Closes a pull request, with the reason as a comment. */
export async function closePull(
  api: GitHubApi,
  run: GitHubRun,
  number: number,
  reason: string,
): Promise<void> {
  await updatePull(api, run, number, { state: 'closed' })
  await createComment(api, run, number, reason)
}

export async function updatePull(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  pull_number: number,
  part: PullText | { readonly state: 'closed' },
): Promise<void> {
  await api.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { owner, repo, pull_number, ...part })
}

function pullOf({ number, html_url, state, title, body, merged_at, head }: Raw): Pull {
  return {
    number,
    url: html_url,
    title,
    body: body ?? '',
    headSha: head.sha,
    state: merged_at !== null ? 'merged' : state === 'open' ? 'open' : 'closed',
  }
}
