import { createOnce, type GitHubApi } from './client.js'
import type { GitHubRun } from './run.js'

/** A pull request of a branch of the same repository. */
export interface Pull {
  readonly number: number
  /** Address of its page. */
  readonly url: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly title: string
  readonly body: string
  /** Commit of its branch: the last one that it had, if it is closed. */
  readonly headSha: string
}

export interface PullText {
  readonly title: string
  /** Markdown. */
  readonly body: string
}

interface Raw {
  readonly number: number
  readonly html_url: string
  readonly state: string
  readonly title: string
  readonly body: string | null
  readonly merged_at: string | null
  readonly head: { readonly sha: string }
}

/** The pull requests from a branch of this repository into another one, newest first; at most the newest hundred. */
export async function listPulls(
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
 * Opens a pull request. If one was opened in the meantime (422), or no answer arrived, it is searched for first.
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
  return createOnce<readonly [Pull, boolean]>(post, async () => {
    const existing = (await listPulls(api, run, branch, base)).find(({ state }) => state === 'open')
    return existing === undefined ? null : [existing, existing.body === text.body]
  })
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
