import type { Frozen } from '../../model/index.js'
import { createOnce, type GitHubApi, unlessMissing } from './client.js'
import type { Repository } from './repository.js'
import type { GitHubRun } from './run.js'

/** An entry of a tree (git-ls-tree(1)). */
export interface TreeEntry {
  /** `100644`, `100755`: a file; `120000`: a symbolic link; `040000`: a folder; `160000`: a submodule. */
  readonly mode: string
  readonly sha: string
}

export interface EntryAtCommit {
  /** The commit's tree. */
  readonly tree: string
  /** `null` if there is nothing. */
  readonly entry: TreeEntry | null
}

export type CommitComparison = Frozen<Awaited<ReturnType<typeof compareCommits>>>

/** The commit that a branch points to; `null` if there is no such branch. */
export async function readBranch(
  api: GitHubApi,
  { owner, repo }: Repository,
  branch: string,
): Promise<string | null> {
  const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}'
  const answer = await api.request(route, { owner, repo, ref: `heads/${branch}` }).catch(unlessMissing)
  return answer?.data.object.sha ?? null
}

/**
 * What a commit has at a path. Symbolic links are not followed.
 * @param path relative to the root of the repository, `/`-separated
 */
export async function readEntryAt(
  api: GitHubApi,
  { owner, repo }: Repository,
  commit: string,
  path: string,
): Promise<EntryAtCommit> {
  const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}'
  const tree = (await api.request(route, { owner, repo, commit_sha: commit })).data.tree.sha
  let entry: TreeEntry = { mode: '040000', sha: tree }
  for (const name of path.split('/')) {
    if (entry.mode !== '040000') {
      return { tree, entry: null }
    }
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
    const { data } = await api.request(route, { owner, repo, tree_sha: entry.sha })
    const found = data.tree.find((one) => one.path === name)
    if (found === undefined) {
      return { tree, entry: null }
    }
    entry = { mode: found.mode ?? '', sha: found.sha ?? '' }
  }
  return { tree, entry }
}

/**
 * Makes a commit that changes one file of its parent, and sets a branch to it. False if someone else was faster.
 * @param was the commit that the branch points to; `null` if it does not exist
 */
export async function commitToBranch(
  api: GitHubApi,
  run: GitHubRun,
  { branch, was }: { readonly branch: string; readonly was: string | null },
  { parent, tree, path, mode, content, message }: NewCommit,
): Promise<boolean> {
  const { owner, repo } = run
  // Creating an object twice gives the same one, or an unused one.
  const retried = <T>(act: () => Promise<T>) => createOnce(act, async () => null, false)
  const createdTree = await retried(() =>
    api.request('POST /repos/{owner}/{repo}/git/trees', {
      owner,
      repo,
      base_tree: tree,
      tree: [{ path, mode, type: 'blob', content }],
    }),
  )
  const body = { owner, repo, message, tree: createdTree.data.sha, parents: [parent] }
  const { sha } = (await retried(() => api.request('POST /repos/{owner}/{repo}/git/commits', body))).data
  return was === null ? createBranch(api, run, branch, sha) : moveBranch(api, run, branch, [was, sha])
}

interface NewCommit {
  readonly parent: string
  /** The parent's tree. */
  readonly tree: string
  readonly path: string
  readonly mode: '100644' | '100755'
  /** The whole file. */
  readonly content: string
  readonly message: string
}

/** False if someone else created the branch in the meantime. */
async function createBranch(api: GitHubApi, run: GitHubRun, branch: string, sha: string): Promise<boolean> {
  const { owner, repo } = run
  const body = { owner, repo, ref: `refs/heads/${branch}`, sha }
  const post = async () => {
    await api.request('POST /repos/{owner}/{repo}/git/refs', body)
    return true
  }
  return createOnce(post, async () => {
    const existing = await readBranch(api, run, branch)
    return existing === null ? null : existing === sha
  })
}

/**
 * Sets the branch to a commit that need not descend from its current one. GitHub has no condition for that, so it is
 * checked once more just before. False if it has moved.
 */
async function moveBranch(
  api: GitHubApi,
  run: GitHubRun,
  branch: string,
  [from, to]: readonly [string, string],
): Promise<boolean> {
  if ((await readBranch(api, run, branch)) !== from) {
    return false
  }
  const { owner, repo } = run
  const route = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}'
  await api.request(route, { owner, repo, ref: `heads/${branch}`, sha: to, force: true })
  return true
}

/** Deletes the branch if it still points to that commit. @returns whether it is gone */
export async function deleteBranch(
  api: GitHubApi,
  run: GitHubRun,
  branch: string,
  sha: string,
): Promise<boolean> {
  const now = await readBranch(api, run, branch)
  if (now !== sha) {
    return now === null
  }
  const { owner, repo } = run
  const route = 'DELETE /repos/{owner}/{repo}/git/refs/{ref}'
  await api.request(route, { owner, repo, ref: `heads/${branch}` })
  return true
}

export async function compareCommits(api: GitHubApi, { owner, repo }: GitHubRun, base: string, head: string) {
  const route = 'GET /repos/{owner}/{repo}/compare/{basehead}'
  const { data } = await api.request(route, { owner, repo, basehead: `${base}...${head}`, per_page: 100 })
  const files = data.files ?? []
  return {
    /** Of the commits that only the head has, oldest first. */
    messages: data.commits.map(({ commit }) => commit.message),
    /** Commits that only the base has. */
    behind: data.behind_by,
    /** Those that the head's own commits change, compared with the last common commit. */
    files: files.map(({ filename: path, status, sha }) => ({ path, status, sha: sha ?? null })),
    /** False if GitHub does not list all of it: it lists 300 files, and the commits by pages. */
    whole: data.commits.length === data.total_commits && files.length < 300,
  }
}
