import { connectGitHub, type GitHubApi, githubProblem } from '../io/github/client.js'
import { commitToBranch, deleteBranch } from '../io/github/git.js'
import {
  closePull,
  createPull,
  type Proposal,
  type Pull,
  readProposal,
  updatePull,
} from '../io/github/pulls.js'
import { type GitHubRun, readGitHubRun } from '../io/github/run.js'
import { type DockerfileChange, untagged } from '../model/index.js'
import { closedReason, markOfUpdate, renderUpdatePull } from '../reports/update/pull-request.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'
import { pathFromRoot } from './check-run.js'
import type { PublishOptions } from './publish.js'
import {
  commitPlace,
  isUpdateBranch,
  readUpdateBranch,
  trailerOf,
  updateBranch,
  updateKey,
} from './update-branch.js'

export interface UpdatePullRequest {
  /** `none`: nothing was done; `note` says why if that is not obvious. */
  readonly state: 'opened' | 'updated' | 'unchanged' | 'closed' | 'none'
  /** The existing pull request, if there is one, even if nothing was done with it. */
  readonly number: number | null
  readonly url: string | null
  /** Contains text from outside, not escaped. */
  readonly note: string | null
}

const ATTEMPTS = 3

/** Time limit for all of its requests. */
const TIMEOUT_MS = 120_000

/**
 * Opens a pull request for an update: one branch for each image, platform, Dockerfile and base branch, renewed in
 * place, closed and deleted when it is no longer needed. A person's work on the branch is never overwritten. Never
 * throws, and never changes a verdict: it reports what could not be done.
 * @param knownFile the image's Dockerfile, absolute or relative to the root of the work tree
 */
export async function publishUpdate(
  outcome: UpdateOutcome,
  knownFile: string | null,
  { token, backoffMs = 500, env }: Pick<PublishOptions, 'token' | 'backoffMs' | 'env'>,
): Promise<UpdatePullRequest> {
  const run = readGitHubRun(env)
  if (run === null) {
    return noPullRequest('no pull request was created, because this is not a GitHub Actions run')
  }
  if (token === null) {
    return noPullRequest('no pull request was created, because github-token is not set')
  }
  const { image, platform, dockerfile: change } = outcome
  const { branch: base, workspace, apiUrl } = run
  const file = change?.file ?? knownFile
  if (file === null) {
    return noPullRequest("did not look for a pull request, because the image's Dockerfile is not known")
  }
  if (base === null) {
    return noPullRequest('update pull requests are created only in runs on a branch')
  }
  if (isUpdateBranch(base)) {
    return noPullRequest('no update pull request was created, because this branch itself contains an update')
  }
  const reason = change === null ? keptReason(outcome) : notPublishedReason(change, outcome)
  if (reason !== null) {
    return noPullRequest(reason)
  }
  const path = pathFromRoot(file, workspace)
  if (path === null) {
    return noPullRequest(`no update pull request was created, because ${file} is not in the repository`)
  }
  const branch = updateBranch({ image: untagged(image), platform, file: path, base })
  try {
    const api = await connectGitHub({ token, apiUrl, timeoutMs: TIMEOUT_MS, backoffMs })
    const place = { api, run, base, branch }
    const ownChange = change && { ...change, file: path }
    return await (ownChange === null ? withdraw(place, outcome) : propose(place, ownChange, outcome))
  } catch (error) {
    const permissions = 'contents: write and pull-requests: write'
    const { what, todo } = githubProblem(error, 'the pull request', permissions)
    // That GitHub does not let Actions create pull requests, no permission of a job changes.
    const isForbidden = /not permitted to create or approve pull requests/i.test(what)
    const note = `the pull request could not be created or updated: ${what}. To do: ${isForbidden ? ALLOW : todo}`
    return noPullRequest(note)
  }
}

interface Place {
  readonly api: GitHubApi
  readonly run: GitHubRun
  readonly base: string
  readonly branch: string
}

/** Reads what the repository has, decides whether the change may be proposed, and writes branch and pull request. */
async function propose(
  at: Place,
  change: DockerfileChange,
  outcome: UpdateOutcome,
  attempt = 1,
): Promise<UpdatePullRequest> {
  const { api, run, base, branch } = at
  const found = await readProposal(api, run, { base, branch, path: change.file })
  if (found?.file == null) {
    return noPullRequest(`the branch ${base} no longer exists`)
  }
  const key = updateKey(change, outcome)
  const trailer = trailerOf(key, change, found.head)
  const was = readUpdateBranch(found.branch)
  const open = openOf(found)
  if (!was.ours) {
    const note = `${foreignBranchNote(branch)}; delete the branch to have the update proposed again`
    return noPullRequest(note, open)
  }
  const isSame = was.key === key
  const declined = found.pulls.find((one) => one.state === 'closed' && one.headSha === found.branch?.sha)
  if (open === null && isSame && declined !== undefined) {
    const note = `a pull request with the same update was closed without being merged; to have the update proposed again, delete ${branch}`
    return noPullRequest(note, declined)
  }
  const place = commitPlace(found.file, change)
  if (typeof place === 'string') {
    return noPullRequest(`the update pull request was not created or updated: ${place}`, open)
  }
  const about = { ...change, image: outcome.image, key, url: run.url, branch }
  const { title, body, message } = renderUpdatePull(outcome, about)
  const isCurrent = isSame && was.current
  if (!isCurrent) {
    const { file: path, after: content } = change
    const commit = { ...place, parent: found.head, path, content, message: `${message}\n\n${trailer}\n` }
    const done = await commitToBranch(api, run, { branch, was: found.branch?.sha ?? null }, commit)
    if (!done && attempt < ATTEMPTS) {
      return propose(at, change, outcome, attempt + 1)
    }
    if (!done) {
      const reason = `other jobs kept writing to ${branch}`
      return noPullRequest(`the update pull request was not created or updated, because ${reason}`, open)
    }
  }
  if (open === null) {
    const [pull, created] = await createPull(api, run, [branch, base], { title, body })
    return published(created ? 'opened' : 'updated', pull)
  }
  if (isCurrent && open.body.includes(markOfUpdate(key))) {
    return published('unchanged', open)
  }
  await updatePull(api, run, open.number, { title, body })
  return published('updated', open)
}

/** Closes the pull request of an update that is no longer needed, and deletes its branch. */
async function withdraw(
  { api, run, base, branch }: Place,
  outcome: UpdateOutcome,
): Promise<UpdatePullRequest> {
  const found = await readProposal(api, run, { base, branch, path: null })
  if (found?.branch == null) {
    return noPullRequest(null)
  }
  const open = openOf(found)
  if (!readUpdateBranch(found.branch).ours) {
    return noPullRequest(`the update is no longer needed, but ${foreignBranchNote(branch)}`, open)
  }
  if (open !== null) {
    await closePull(api, run, open.number, closedReason(outcome, run.url))
  }
  const gone = await deleteBranch(api, run, branch, found.branch.sha)
  const note = gone ? null : `${branch} changed in the meantime, so it was not deleted`
  return open === null ? noPullRequest(note) : { ...published('closed', open), note }
}

function openOf({ pulls }: Proposal): Pull | null {
  return pulls.find(({ state }) => state === 'open') ?? null
}

/**
 * Why there is no pull request for an update: it is not proven to work, or changes nothing. `null` if there may be one.
 */
function notPublishedReason(
  { before, after }: DockerfileChange,
  { outcome, worse }: UpdateOutcome,
): string | null {
  const isProven = (outcome === 'updated' || outcome === 'partly-updated') && worse.length === 0
  if (!isProven) {
    return 'no pull request is created for an update that has not been proven to work'
  }
  return before === after
    ? 'the update would not change the Dockerfile, so there is nothing to propose'
    : null
}

/**
 * An update that could not be judged, does not work, or was delivered differently does not show that none is needed
 * any more.
 */
function keptReason({ outcome, before }: UpdateOutcome): string | null {
  if (before === 'incomplete') {
    return 'the image could not be judged, so any open pull request for it is left open'
  }
  const isDone = outcome === 'nothing-to-do' || outcome === 'rebuild'
  return isDone
    ? null
    : 'no change to the Dockerfile was proven to work, so any open pull request for the image is left open'
}

function foreignBranchNote(branch: string): string {
  return `${branch} has changes by someone else, so it was left alone`
}

const ALLOW =
  "in the repository's settings (Actions, General), allow GitHub Actions to create pull requests, or set github-token to a different token"

function published(state: UpdatePullRequest['state'], { number, url }: Pull): UpdatePullRequest {
  return { state, number, url, note: null }
}

function noPullRequest(note: string | null, pull: Pull | null = null): UpdatePullRequest {
  return { state: 'none', number: pull?.number ?? null, url: pull?.url ?? null, note }
}
