import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitHubApi, unlessMissing } from './client.js'
import { readPages } from './pages.js'

export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** Larger files are not policies (bytes, and so an upper limit for UTF-8 characters). */
const MAX_CHARACTERS = 5_000_000

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
 * The text of a file in a commit, `null` if there is none. Requested raw, which allows up to 100 MB, while GitHub's
 * JSON allows 1 MB (https://docs.github.com/rest/repos/contents). The commit itself must be known to exist, because
 * GitHub also answers 404 for what a token may not see.
 * @throws whatever the request throws, and an `Error` for a folder or a file that is too large
 */
export async function textAtCommit(
  api: GitHubApi,
  { owner, repo }: Repository,
  ref: string,
  path: string,
): Promise<string | null> {
  const route = 'GET /repos/{owner}/{repo}/contents/{path}'
  const headers = { accept: 'application/vnd.github.raw+json' }
  const answer = await api.request(route, { owner, repo, path, ref, headers }).catch(unlessMissing)
  if (answer === null) {
    return null
  }
  const data: unknown = answer.data
  const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data
  if (typeof text !== 'string') {
    throw new Error(`${path} is not a file`)
  }
  if (text.length > MAX_CHARACTERS) {
    throw new Error(`${path} is larger than ${MAX_CHARACTERS} characters`)
  }
  return text
}

/** What a commit has at a path, as GitHub's JSON describes it; `null` if there is nothing. */
async function contentAt(api: GitHubApi, { owner, repo }: Repository, ref: string, path: string) {
  const route = 'GET /repos/{owner}/{repo}/contents/{path}'
  return (await api.request(route, { owner, repo, path, ref }).catch(unlessMissing))?.data ?? null
}

/**
 * What a commit has at a path: a folder of its own, something else (a file, a link, or a submodule, of which it only
 * has the commit's name), or nothing.
 * @throws whatever the request throws
 */
export async function kindAtCommit(
  api: GitHubApi,
  repository: Repository,
  ref: string,
  path: string,
): Promise<'folder' | 'other' | null> {
  const data = await contentAt(api, repository, ref, path)
  return Array.isArray(data) ? 'folder' : data && 'other'
}

/** Name of a file's content in a commit; `null` if there is no file. @throws what the request throws */
export async function blobAtCommit(
  api: GitHubApi,
  repository: Repository,
  ref: string,
  path: string,
): Promise<string | null> {
  const data = await contentAt(api, repository, ref, path)
  return !Array.isArray(data) && data?.type === 'file' ? data.sha : null
}

const MAX_PAGES = 100

/** Names of all tags of a repository. @throws whatever a request throws, and an `Error` if there are too many */
export async function listTags(api: GitHubApi, { owner, repo }: Repository): Promise<readonly string[]> {
  const { list, whole } = await readPages(MAX_PAGES, (page) =>
    api.request('GET /repos/{owner}/{repo}/tags', { owner, repo, ...page }),
  )
  if (!whole) {
    throw new Error(`there are more than ${list.length} tags`)
  }
  return list.map(({ name }) => name)
}

/**
 * Whether a work tree's file is that of the run's head; false if it does not exist, or that is not known.
 * @param path relative to the root of the repository
 */
export async function isSameAtHead(
  api: GitHubApi,
  run: Repository & { readonly headSha: string; readonly workspace: string },
  path: string,
): Promise<boolean> {
  try {
    // Read first: without a work tree no request is needed.
    const content = readFileSync(join(run.workspace, path))
    const data = await contentAt(api, run, run.headSha, path)
    return data !== null && !Array.isArray(data) && data.sha === blobSha(content, data.sha)
  } catch {
    return false
  }
}

/**
 * Name of a file's content in git: SHA-1, or SHA-256 if the repository uses that (gitformat-pack(5)).
 * @param like any name of the repository's
 */
export function blobSha(content: Buffer, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1')
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex')
}
