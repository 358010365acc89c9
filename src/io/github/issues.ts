import type { GitHubApi } from './client.js'
import { readPages } from './pages.js'
import type { GitHubRun } from './run.js'

interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  /** `name[bot]` for an app. */
  readonly author: string
}

interface Raw extends Pick<Issue, 'title'> {
  readonly number: number | bigint
  readonly body?: string | null | undefined
  readonly user: { readonly login: string } | null
}

const MAX_PAGES = 10

/** Open issues by one author, newest first, without pull requests, which GitHub lists among them. */
export async function listOpenIssues(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  creator: string,
): Promise<readonly Issue[]> {
  const { list } = await readPages(MAX_PAGES, (page) =>
    api.request('GET /repos/{owner}/{repo}/issues', { owner, repo, creator, state: 'open', ...page }),
  )
  return list.filter(({ pull_request: pull }) => pull === undefined).map(issueOf)
}

export async function createIssue(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  issue: Pick<Issue, 'title' | 'body'>,
): Promise<void> {
  await api.request('POST /repos/{owner}/{repo}/issues', { owner, repo, ...issue })
}

/** Rewrites title and body, and closes the issue as done if requested. */
export async function updateIssue(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  issue_number: number,
  { title, body, close }: Pick<Issue, 'title' | 'body'> & { readonly close: boolean },
): Promise<void> {
  await api.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    owner,
    repo,
    issue_number,
    title,
    body,
    ...(close ? { state: 'closed' as const, state_reason: 'completed' as const } : {}),
  })
}

function issueOf({ number, title, body, user }: Raw): Issue {
  return { number: Number(number), title, body: body ?? '', author: user?.login ?? '' }
}
