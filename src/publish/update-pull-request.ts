import { type GitHubApi, githubProblem } from '../io/github/client.js'
import { createComment } from '../io/github/comments.js'
import { deleteBranch, readBranch } from '../io/github/git.js'
import { createPull, listPulls, type Pull, updatePull } from '../io/github/pulls.js'
import type { GitHubRun } from '../io/github/run.js'
import { untagged } from '../model/image/reference.js'
import { closedReason, markOfUpdate, renderUpdatePull } from '../reports/update/pull-request.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'
import { pathFromRoot } from './check-run.js'
import {
  isUpdateBranch,
  readPlace,
  readUpdateBranch,
  type UpdateChange,
  updateBranch,
  updateKey,
  writeUpdateBranch,
} from './update-branch.js'

export type { UpdateChange } from './update-branch.js'

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

/**
 * Opens a pull request for an update: one branch for each image, platform, Dockerfile and base branch, renewed in
 * place, closed and deleted when it is no longer needed. A person's work on the branch is never overwritten. Never
 * throws, and never changes a verdict: it reports what could not be done.
 * @param change `null`: no longer needed, if the outcome says so (`nothing-to-do`, `rebuild`)
 * @param file the image's Dockerfile, absolute or relative to the root of the work tree
 */
export async function proposeUpdate(
  api: GitHubApi,
  run: GitHubRun,
  change: UpdateChange | null,
  outcome: UpdateOutcome,
  file: string,
): Promise<UpdatePullRequest> {
  const { branch: base } = run
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
  try {
    const path = pathFromRoot(file, run.workspace)
    if (path === null) {
      return noPullRequest(`no update pull request was created, because ${file} is not in the repository`)
    }
    const { image, platform } = outcome
    const branch = updateBranch({ image: untagged(change?.image ?? image), platform, file: path, base })
    const place = { api, run, base, branch }
    return await (change === null
      ? close(place, outcome)
      : pushAndPropose(place, { ...change, file: path }, outcome))
  } catch (error) {
    const { what, todo } = githubProblem(
      error,
      'the pull request',
      'contents: write and pull-requests: write',
    )
    return noPullRequest(
      `the pull request could not be created or updated: ${what}. To do: ${advice(what) ?? todo}`,
    )
  }
}

interface Place {
  readonly api: GitHubApi
  readonly run: GitHubRun
  readonly base: string
  readonly branch: string
}

async function pushAndPropose(
  at: Place,
  change: UpdateChange,
  outcome: UpdateOutcome,
  attempt = 1,
): Promise<UpdatePullRequest> {
  const { api, run, base, branch } = at
  const head = await readBranch(api, run, base)
  if (head === null) {
    return noPullRequest(`the branch ${base} no longer exists`)
  }
  const was = await readUpdateBranch(api, run, branch, head)
  const pulls = await listPulls(api, run, branch, base)
  const open = pulls.find(({ state }) => state === 'open') ?? null
  if (was?.ours === false) {
    return noPullRequest(
      `${foreignBranchNote(branch)}; delete the branch to have the update proposed again`,
      open,
    )
  }
  const key = updateKey(change, outcome)
  const same = was?.key === key
  const declined = pulls.find(({ state, headSha }) => state === 'closed' && headSha === was?.sha)
  if (open === null && same && declined !== undefined) {
    return noPullRequest(
      `a pull request with the same update was closed without being merged; to have the update proposed again, delete ${branch}`,
      declined,
    )
  }
  const place = await readPlace(api, run, head, change)
  if (typeof place === 'string') {
    return noPullRequest(`the update pull request was not created or updated: ${place}`, open)
  }
  const text = renderUpdatePull(outcome, { ...change, key, url: run.url, branch })
  const isCurrent = same && was?.current === true
  if (!isCurrent) {
    const written = { change, key, was, message: text.message }
    const done = await writeUpdateBranch(api, run, [branch, head], place, written)
    if (!done && attempt < ATTEMPTS) {
      return pushAndPropose(at, change, outcome, attempt + 1)
    }
    if (!done) {
      return noPullRequest(
        `the update pull request was not created or updated, because other jobs kept writing to ${branch}`,
        open,
      )
    }
  }
  if (open === null) {
    const [pull, created] = await createPull(api, run, [branch, base], text)
    if (!created) {
      await updatePull(api, run, pull.number, text)
    }
    return published(created ? 'opened' : 'updated', pull)
  }
  if (isCurrent && open.body.includes(markOfUpdate(key))) {
    return published('unchanged', open)
  }
  const { title, body } = text
  await updatePull(api, run, open.number, { title, body })
  return published('updated', open)
}

async function close({ api, run, base, branch }: Place, outcome: UpdateOutcome): Promise<UpdatePullRequest> {
  const head = await readBranch(api, run, base)
  const was = head === null ? null : await readUpdateBranch(api, run, branch, head)
  if (was === null) {
    return noPullRequest(null)
  }
  const open = (await listPulls(api, run, branch, base)).find(({ state }) => state === 'open') ?? null
  if (!was.ours) {
    return noPullRequest(`the update is no longer needed, but ${foreignBranchNote(branch)}`, open)
  }
  if (open !== null) {
    await updatePull(api, run, open.number, { state: 'closed' })
    await createComment(api, run, open.number, closedReason(outcome, run.url))
  }
  const gone = await deleteBranch(api, run, branch, was.sha)
  const note = gone ? null : `${branch} changed in the meantime, so it was not deleted`
  return open === null ? noPullRequest(note) : { ...published('closed', open), note }
}

/**
 * Why there is no pull request for an update: it is not proven to work, or changes nothing. `null` if there may be one.
 */
function notPublishedReason(
  { before, after }: UpdateChange,
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

/**
 * What to do if GitHub does not let Actions create pull requests, which no permission of a job changes; `null` for
 * other refusals.
 */
function advice(what: string): string | null {
  return /not permitted to create or approve pull requests/i.test(what)
    ? "in the repository's settings (Actions, General), allow GitHub Actions to create pull requests, or set github-token to a different token"
    : null
}

function published(state: UpdatePullRequest['state'], { number, url }: Pull): UpdatePullRequest {
  return { state, number, url, note: null }
}

function noPullRequest(note: string | null, pull: Pull | null = null): UpdatePullRequest {
  return { state: 'none', number: pull?.number ?? null, url: pull?.url ?? null, note }
}
