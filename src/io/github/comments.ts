import type { GitHubApi } from './client.js'
import { readPages } from './pages.js'
import type { GitHubRun } from './run.js'

export interface Comment {
  readonly id: number
  readonly body: string
  /** `name[bot]` for an app. */
  readonly author: string
  readonly bot: boolean
  /** ISO 8601 UTC. */
  readonly updatedAt: string
}

interface Raw {
  readonly id: number | bigint
  readonly body?: string | undefined
  readonly user: { readonly login: string; readonly type: string } | null
  readonly updated_at: string
}

/** GitHub allows 2,500 comments on a pull request. */
const MAX_PAGES = 30

/**
 * All comments of a pull request, oldest first.
 * @param since only those that were made or edited from then on, ISO 8601 UTC
 */
export async function listComments(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  pull: number,
  since?: string,
): Promise<readonly Comment[]> {
  const { list } = await readPages(MAX_PAGES, (page) =>
    api.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: pull,
      ...page,
      ...(since === undefined ? {} : { since }),
    }),
  )
  return list.map(commentOf)
}

export async function readComment(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  comment_id: number,
): Promise<Comment> {
  const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}'
  return commentOf((await api.request(route, { owner, repo, comment_id })).data)
}

export async function createComment(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  issue_number: number,
  body: string,
): Promise<Comment> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  return commentOf((await api.request(route, { owner, repo, issue_number, body })).data)
}

export async function updateComment(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  comment_id: number,
  body: string,
): Promise<Comment> {
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
  return commentOf((await api.request(route, { owner, repo, comment_id, body })).data)
}

export async function deleteComment(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  comment_id: number,
): Promise<void> {
  await api.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { owner, repo, comment_id })
}

function commentOf({ id, body, user, updated_at }: Raw): Comment {
  return {
    id: Number(id),
    // Editing in a browser adds CR LF to each line.
    body: (body ?? '').replaceAll('\r\n', '\n'),
    author: user?.login ?? '',
    bot: user?.type === 'Bot',
    updatedAt: updated_at,
  }
}
