import { isUrl } from '../feeds/document.js'
import { isPlainIn, type NamedFile, namedFile, realFolder } from '../io/files/files.js'
import type { GitHubApi } from '../io/github/client.js'
import { type ProposedChange, pathInRepository } from '../io/github/environment.js'
import { blobAtCommit, blobSha, kindAtCommit } from '../io/github/repository.js'
import { SeaworthyError } from '../model/index.js'
import { notRead } from './base-files.js'
import { FEED_INPUTS } from './feeds.js'
import type { ReadInput } from './row.js'

/** Inputs that name data by which findings are rated, or what such data is proven by. */
const DATA_INPUTS = Object.keys(FEED_INPUTS).filter((name) => name !== 'offline')

/**
 * Limit in bytes: GitHub's contents API does not serve larger files (https://docs.github.com/rest/repos/contents), so
 * it gives no blob hash to compare with.
 */
const MAX_BYTES = 100_000_000

/**
 * Refuses data that a change contains itself: whoever may write a feed decides the verdict. Data must be the base's,
 * byte for byte, or have been put there by the job, or be outside of the checkout
 * (docs/decisions/0075-data-in-the-checkout.md).
 * @param base commit whose policies hold
 * @throws SeaworthyError `data-of-change`, `policy-base-unreadable`
 */
export async function refuseOwnData(
  api: GitHubApi,
  change: ProposedChange,
  base: string,
  inputs: ReadInput,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const folder = env.GITHUB_WORKSPACE || process.cwd()
  const real = { ...env, GITHUB_WORKSPACE: realFolder(folder) }
  for (const name of DATA_INPUTS) {
    const value = inputs(name).trim()
    // A missing file is not checked here: the code that reads it reports it.
    const file = value === '' || value === 'none' || isUrl(value) ? null : namedFile(value)
    if (file === null) {
      continue
    }
    const pathInCheckout = pathInRepository(file.full, env)
    const isWorkspaceRoot = file.real === real.GITHUB_WORKSPACE
    const path = isWorkspaceRoot ? '.' : (pathInCheckout ?? pathInRepository(file.real, real))
    if (path === null) {
      continue
    }
    const isGood =
      // A folder of data is never a checkout's: nobody could tell who wrote its files.
      name !== 'data' &&
      pathInCheckout !== null &&
      isPlainIn(file.full, folder) &&
      (await isOfBase(api, change, base, file, path).catch((error: unknown) => {
        throw notRead(error, `${path} at ${base.slice(0, 12)} of ${change.owner}/${change.repo}`)
      }))
    if (!isGood) {
      const what = `the input "${name}" points to data in the checkout that does not come from the base branch, so the pull request would decide its own verdict`
      throw new SeaworthyError({ code: 'data-of-change', what, where: path })
    }
  }
}

async function isOfBase(
  api: GitHubApi,
  change: ProposedChange,
  base: string,
  { size, read }: NamedFile,
  path: string,
): Promise<boolean> {
  const blob = size === null ? null : await blobAtCommit(api, change, base, path)
  if (size !== null && blob !== null) {
    return size <= MAX_BYTES && blobSha(read(), blob) === blob
  }
  const kinds = [
    await kindAtCommit(api, change, base, path),
    await kindAtCommit(api, change, change.merge, path),
  ]
  return kinds.every((kind) => kind === null) && (await hasNoLinkInPath(api, change, path))
}

/** True if no folder on the way to this path is a link or a file in the merge commit. */
export async function hasNoLinkInPath(
  api: GitHubApi,
  change: ProposedChange,
  path: string,
): Promise<boolean> {
  const names = path.split('/').slice(0, -1)
  for (const index of names.keys()) {
    const folder = names.slice(0, index + 1).join('/')
    const kind = await kindAtCommit(api, change, change.merge, folder).catch(() => 'other' as const)
    if (kind !== 'folder') {
      return kind === null
    }
  }
  return true
}
