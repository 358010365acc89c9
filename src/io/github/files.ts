import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GitHubApi } from './client.js'
import type { GitHubRun } from './run.js'

/**
 * Whether a file of the work tree is, byte for byte, that of the run's head. False where it is not there, or
 * where that can't be found out.
 * @param path relative to the root of the repository
 */
export async function isSameAtHead(api: GitHubApi, run: GitHubRun, path: string): Promise<boolean> {
  try {
    const { owner, repo, headSha: ref } = run
    const route = 'GET /repos/{owner}/{repo}/contents/{path}'
    const { data } = await api.request(route, { owner, repo, path, ref })
    return !Array.isArray(data) && data.sha === blobSha(readFileSync(join(run.workspace, path)), data.sha)
  } catch {
    return false
  }
}

/**
 * Name of a file's content in git: SHA-1, or SHA-256 where the repository uses that (gitformat-pack(5)).
 * @param like any name of the repository's
 */
export function blobSha(content: Buffer, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1')
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex')
}
