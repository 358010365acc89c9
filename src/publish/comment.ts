import { setTimeout as sleep } from 'node:timers/promises'
import { type GitHubApi, mayBeDone, statusOf } from '../io/github/client.js'
import {
  type Comment,
  createComment,
  deleteComment,
  listComments,
  readComment,
  updateComment,
} from '../io/github/comments.js'
import type { GitHubRun } from '../io/github/run.js'
import { renderComment } from '../reports/comment/comment.js'
import { type MatrixJob, mergeJob, mergeJobs, partOf } from '../reports/comment/job.js'
import { decodeJobs, markOf } from '../reports/comment/state.js'

export interface CommentOptions {
  /** Of this run, each with its own key. */
  readonly jobs: readonly MatrixJob[]
  readonly pull: number
  /** Whether to create a comment if there is none yet. */
  readonly create: boolean
  /** How long to wait before checking whether another job has overwritten ours, in milliseconds; varied by half. */
  readonly overwriteCheckMs: number
  /** How to wait; tests do not. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined
}

/** Login of the token that a workflow gets, if GitHub does not say whose it is. */
export const ACTIONS = 'github-actions[bot]'
const ATTEMPTS = 8
const MAX_ERRORS = 3

/**
 * Puts the jobs' parts into the one comment of their workflow. Comments have no version that would show a writer that
 * another one was faster. So each job writes everything it knows, waits, reads again, and writes once more if its own
 * part is gone. Of two comments created at the same moment the older stays.
 * @returns notes about it
 */
export async function publishComment(
  api: GitHubApi,
  run: GitHubRun,
  options: CommentOptions,
): Promise<readonly string[]> {
  const author = (await api.viewer()) ?? ACTIONS
  const mark = markOf(run.workflow)
  const isOurs = (comment: Comment) => comment.body.startsWith(`${mark}\n`) && isWrittenBy(author, comment)
  const { jobs, pull } = options
  let since: string | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const ours = (await listComments(api, run, pull, since)).filter(isOurs)
    if (ours.length === 0 && since !== undefined) {
      // Only comments changed after `since` were listed: ours was deleted, or is older than that. List all of them.
      since = undefined
      continue
    }
    if (ours.length === 0 && !options.create) {
      return []
    }
    const isDone = attempt === 0 ? isOutdated : isPublished
    if (ours.length === 1 && jobs.every((job) => isDone(job, ours))) {
      return []
    }
    try {
      const { updatedAt } = await write(api, run, ours, options)
      // A minute earlier: by GitHub's clock, and with a margin for simultaneous writers.
      since = new Date(Date.parse(updatedAt) - 60_000).toISOString()
    } catch (error) {
      if (!mayHaveChanged(error, ours) || attempt >= MAX_ERRORS) {
        throw error
      }
    }
    await (options.pause ?? sleep)(options.overwriteCheckMs * (0.75 + Math.random() * 0.5))
  }
  return ['other jobs kept changing the comment, so it might not include this run']
}

/** True if a later run has already written. */
function isOutdated(job: MatrixJob, [only]: readonly Comment[]): boolean {
  const stored = decodeJobs(only?.body ?? '')
  return stored.length > 0 && mergeJob(stored, job) === stored
}

/** True if the comment has our job's part, or a later one, or no room for it next to worse ones. */
function isPublished(job: MatrixJob, ours: readonly Comment[]): boolean {
  const stored = decodeJobs(ours[0]?.body ?? '')
  const same = partOf(job, stored)
  const isSame = same?.run === job.run && same.attempt === job.attempt && same.head === job.head
  return isSame || isOutdated(job, ours) || partOf(job, mergeJob(stored, job)) === null
}

/**
 * True if reading again may show another state after this error: the comment was deleted in the meantime, or a POST
 * got no answer and may have worked.
 */
function mayHaveChanged(error: unknown, ours: readonly Comment[]): boolean {
  return ours.length === 0 ? mayBeDone(error) : [404, 410].includes(statusOf(error) ?? 0)
}

/** Writes to the oldest comment, and removes the others. */
async function write(
  api: GitHubApi,
  run: GitHubRun,
  ours: readonly Comment[],
  { jobs, pull }: CommentOptions,
): Promise<Comment> {
  const bodyOf = (bodies: readonly string[]) =>
    renderComment(jobs.reduce(mergeJob, mergeJobs(bodies.map(decodeJobs))), run.workflow)
  const [oldest, ...others] = [...ours].sort((a, b) => a.id - b.id)
  if (oldest === undefined) {
    return createComment(api, run, pull, bodyOf([]))
  }
  // Listing may have taken many requests: the shorter the time between reading and writing, the better.
  const now = await readComment(api, run, oldest.id)
  const body = bodyOf([now, ...others].map((comment) => comment.body))
  const written = body === now.body ? now : await updateComment(api, run, oldest.id, body)
  for (const { id } of others) {
    await removeComment(api, run, id)
  }
  return written
}

async function removeComment(api: GitHubApi, run: GitHubRun, id: number): Promise<void> {
  await deleteComment(api, run, id).catch((error: unknown) => {
    // Another job may have found the same two comments, and was faster to remove one.
    if (statusOf(error) !== 404) {
      throw error
    }
  })
}

/** The mark alone proves nothing: anyone can write it. */
function isWrittenBy(login: string, { author, bot }: Comment): boolean {
  return author === login || (bot && author === `${login}[bot]`)
}
