import type { Repository } from './base.js'
import type { GitHubApi } from './client.js'

const PAGE = 100
const MOST_PAGES = 100

/** Names of all tags of a repository. @throws whatever a request throws, and an `Error` where there are too many */
export async function listTags(api: GitHubApi, { owner, repo }: Repository): Promise<readonly string[]> {
  const all: string[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const route = 'GET /repos/{owner}/{repo}/tags'
    const { data } = await api.request(route, { owner, repo, per_page: PAGE, page })
    all.push(...data.map(({ name }) => name))
    if (data.length < PAGE) return all
  }
  throw new Error(`there are more than ${PAGE * MOST_PAGES} tags`)
}
