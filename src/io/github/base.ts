import { type GitHubApi, statusOf } from './client.js'

/** A repository, as the API's paths name it. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** Larger files are no policies (bytes, as characters of UTF-8 at most). */
const MOST_CHARACTERS = 5_000_000

/** The parents of a commit, first one first. */
export async function parentsOf(
  api: GitHubApi,
  { owner, repo }: Repository,
  commit_sha: string,
): Promise<readonly string[]> {
  const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}'
  const { data } = await api.request(route, { owner, repo, commit_sha })
  return data.parents.map(({ sha }) => sha)
}

/**
 * The text of a file as a commit has it, `null` where it has none. Asked for raw: so it may have up to 100 MB, where
 * GitHub's JSON has 1 MB (https://docs.github.com/rest/repos/contents). The commit itself must be known to be there,
 * for GitHub says 404 of what a token may not see too.
 * @throws whatever the request throws, and an `Error` for a folder or a file that is too large
 */
export async function textOfCommit(
  api: GitHubApi,
  { owner, repo }: Repository,
  ref: string,
  path: string,
): Promise<string | null> {
  const route = 'GET /repos/{owner}/{repo}/contents/{path}'
  const headers = { accept: 'application/vnd.github.raw+json' }
  try {
    const data: unknown = (await api.request(route, { owner, repo, path, ref, headers })).data
    const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data
    if (typeof text !== 'string') throw new Error(`${path} is no file`)
    if (text.length > MOST_CHARACTERS) throw new Error(`${path} is larger than ${MOST_CHARACTERS} characters`)
    return text
  } catch (error) {
    if (statusOf(error) === 404) return null
    throw error
  }
}
