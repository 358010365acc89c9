import { shortHash } from '../io/files/hash.js'
import { connectGitHub, type GitHubApi } from '../io/github/client.js'
import type { GitHubRun } from '../io/github/run.js'
import { type FinishedRun, pullOf } from '../io/github/workflow-run.js'
import { untagged, type Verdict } from '../model/index.js'
import { jobOf } from '../reports/comment/job-of.js'
import { notPublished, publishCheckRun } from './check-run.js'
import { publishComment } from './comment.js'
import { contentOf } from './publish.js'

export interface UntrustedOptions {
  readonly token: string
  /** From the workflow, never from a report: `neutral` would also satisfy a name that a branch rule requires. */
  readonly checkName: string
  readonly comment: boolean
  readonly runId: string
  readonly backoffMs?: number
  readonly overwriteCheckMs?: number
}

const TIMEOUT_MS = 120_000
/**
 * For all reports together: as many as one request may have. The author of a report chooses how many it has, and
 * requests with the repository's token are limited.
 */
const MAX_ANNOTATIONS = 50

/**
 * Publishes what a run without permission to publish reports about itself: a check run that is never more than
 * neutral, and the comment, both titled accordingly. Nothing is published for a head without an open pull request
 * (docs/decisions/0037-reports-and-evidence.md).
 * @returns notes about it; empty if all went well
 */
export async function publishUntrusted(
  verdicts: readonly Verdict[],
  finished: FinishedRun,
  options: UntrustedOptions,
): Promise<readonly string[]> {
  const { token, backoffMs } = options
  const api = await connectGitHub({ token, apiUrl: finished.run.apiUrl, timeoutMs: TIMEOUT_MS, backoffMs })
  let pull: GitHubRun['pull']
  try {
    pull = await pullOf(api, finished)
  } catch (error) {
    return [notPublished(error, 'the report', 'pull-requests: write')]
  }
  if (pull === null) {
    const reason = "the run's commit must be the head of exactly one open pull request"
    return [`nothing was published, because ${reason}`]
  }
  const run: GitHubRun = { ...finished.run, pull }
  const caveat = missingReport(verdicts, finished)
  const notes: string[] = []
  const maxAnnotations = Math.floor(MAX_ANNOTATIONS / verdicts.length)
  for (const [index, verdict] of verdicts.entries()) {
    const name = verdicts.length === 1 ? options.checkName : `${options.checkName} (${index + 1})`
    const id = `seaworthy-${options.runId}-${index}`
    try {
      notes.push(
        ...(await publishCheckRun(api, run, verdict, { name, id, job: null, maxAnnotations, caveat })),
      )
    } catch (error) {
      notes.push(notPublished(error, name, 'checks: write'))
    }
  }
  if (options.comment) {
    try {
      notes.push(...(await comment(api, run, pull.number, verdicts, { ...options, caveat })))
    } catch (error) {
      notes.push(notPublished(error, 'the comment', 'pull-requests: write'))
    }
  }
  return notes
}

/** A job that ends early writes no report: then the others' are not all that there is to know. `null`: nothing is missing. */
function missingReport(verdicts: readonly Verdict[], { conclusion }: FinishedRun): string | null {
  const isPass = verdicts.every(({ verdict }) => verdict === 'pass')
  return isPass && conclusion !== null && conclusion !== 'success'
    ? `the run itself ended with "${conclusion}", so a job without a report may have failed`
    : null
}

function comment(
  api: GitHubApi,
  run: GitHubRun,
  pull: number,
  verdicts: readonly Verdict[],
  { overwriteCheckMs = 1_200, caveat }: UntrustedOptions & { readonly caveat: string | null },
): Promise<readonly string[]> {
  const { number, attempt, headSha: head, url } = run
  const jobs = verdicts.map((verdict) => {
    const names = verdict.images.map(({ reference }) => reference)
    const key = shortHash(JSON.stringify([names, 'untrusted']))
    const family = shortHash(JSON.stringify([names.map(untagged), 'untrusted']))
    const { policyDigest, release } = verdict.judgedBy
    const settings = shortHash(JSON.stringify([policyDigest, release]))
    const ofJob = { key, family, settings, content: contentOf(verdict) }
    const job = jobOf(verdict, { ...ofJob, run: number, attempt, head, url, change: null, untrusted: true })
    return caveat === null ? job : { ...job, limits: [...job.limits, { image: null, text: caveat }] }
  })
  const create = caveat !== null || verdicts.some(({ verdict }) => verdict !== 'pass')
  return publishComment(api, run, { jobs, pull, create, overwriteCheckMs })
}
