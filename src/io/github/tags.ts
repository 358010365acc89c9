import type { Repository } from './base.js'
import type { GitHubApi } from './client.js'
import { readPages } from './pages.js'

const MOST_PAGES = 100

/** Names of all tags of a repository. @throws whatever a request throws, and an `Error` where there are too many */
export async function listTags(api: GitHubApi, { owner, repo }: Repository): Promise<readonly string[]> {
  const { list, whole } = await readPages(MOST_PAGES, (page) =>
    api.request('GET /repos/{owner}/{repo}/tags', { owner, repo, ...page }),
  )
  if (!whole) throw new Error(`there are more than ${list.length} tags`)
  return list.map(({ name }) => name)
}
