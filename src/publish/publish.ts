import { shortHash } from '../io/files/hash.js'
import { connectGitHub, type GitHubApi, githubProblem } from '../io/github/client.js'
import { createIssue, listOpenIssues, updateIssue } from '../io/github/issues.js'
import { type GitHubRun, readGitHubRun } from '../io/github/run.js'
import { type Problem, platformName, untagged, type Verdict, worst } from '../model/index.js'
import { type JobRun, jobOf, problemJobOf } from '../reports/comment/job-of.js'
import { escapeTerminal } from '../reports/escape.js'
import {
  checkRunName,
  issueMark,
  renderIssue,
  renderProblemReport,
  writerOf,
} from '../reports/github/summaries.js'
import { changeOf } from '../reports/view/changes.js'
import { notPublished, publishCheckRun, sendReport } from './check-run.js'
import { ACTIONS, publishComment } from './comment.js'
import { jobIdOf } from './job-id.js'
import type { PublishRequest } from './request.js'

export interface PublishOptions extends PublishRequest {
  readonly runId: string
  /** From the input, else the runner's: matrix jobs may differ only in it. */
  readonly platform: string | null
  readonly env?: NodeJS.ProcessEnv
  readonly warn: (text: string) => void
  /** Limit for all requests together, in milliseconds. */
  readonly timeoutMs?: number
  readonly backoffMs?: number
  /** Wait before checking whether another job has overwritten the comment, in milliseconds. */
  readonly overwriteCheckMs?: number
  /** How to pause, before another attempt and before another look; tests do not wait. */
  readonly pause?: (ms: number) => Promise<unknown>
}

export interface Published {
  /** False: the annotations still have to be shown, with workflow commands. */
  readonly checkRun: boolean
  /** What could not be published, for the summary. */
  readonly notes: readonly string[]
}

const TIMEOUT_MS = 120_000
const SETTLE_MS = 1_200

/**
 * Publishes the verdict on GitHub: a check run at the head, a comment on the pull request. Never throws, and never
 * changes the verdict: it reports what can't be published.
 */
export async function publish(verdict: Verdict, options: PublishOptions): Promise<Published> {
  const { token, checkRun, comment } = options
  const run = readGitHubRun(options.env)
  const issue = options.issue && run?.scheduled === true
  const isRequested = checkRun || issue || (comment !== 'never' && run?.pull !== null)
  if (!isRequested || token === null || run === null) {
    return { checkRun: false, notes: [] }
  }
  const { timeoutMs = TIMEOUT_MS, backoffMs, pause } = options
  const connect = { token, apiUrl: run.apiUrl, timeoutMs, backoffMs, pause }
  const platform = options.platform ?? run.platform
  const parts = { verdict, options, run, platform, identity: identityOf(referencesOf(verdict), platform) }
  const attempt = async (
    what: Part,
    permission: string,
    act: (api: GitHubApi) => Promise<readonly string[]>,
  ) => {
    try {
      return { done: true, notes: await act(await connectGitHub(connect)) }
    } catch (error) {
      return { done: false, notes: [notPublished(error, what, permission)] }
    }
  }
  const [check, commented, filed] = await Promise.all([
    !checkRun || run.elsewhere
      ? NOT_PUBLISHED
      : attempt('the check run', 'checks: write', (api) => sendCheckRun(api, parts)),
    comment === 'never' || run.pull === null
      ? NOT_PUBLISHED
      : attempt('the comment', 'pull-requests: write', (api) => sendComment(api, parts)),
    issue ? attempt('the issue', 'issues: write', (api) => publishIssue(api, parts)) : NOT_PUBLISHED,
  ])
  const notes = [
    ...(checkRun && run.elsewhere ? [ELSEWHERE] : []),
    ...[...check.notes, ...commented.notes, ...filed.notes],
  ]
  for (const note of notes) {
    options.warn(escapeTerminal(note, 1000))
  }
  return { checkRun: check.done, notes }
}

/**
 * Reports why a run has no verdict: as a check run, and in the comment, if there is one, which would otherwise go on to
 * show an earlier verdict. Never throws: it reports what can't be published.
 */
export async function publishProblem(
  problem: Problem,
  images: readonly string[],
  options: ProblemOptions,
): Promise<boolean> {
  const { token, env, timeoutMs = TIMEOUT_MS } = options
  const run = readGitHubRun(env)
  if (token === null || run === null) {
    return false
  }
  const attempt = async (what: Part, permission: string, act: (api: GitHubApi) => Promise<unknown>) => {
    try {
      await act(await connectGitHub({ token, apiUrl: run.apiUrl, timeoutMs }))
      return true
    } catch (error) {
      const { what: reason } = githubProblem(error, what, permission)
      options.warn(escapeTerminal(`${what} was not published: ${reason}`, 1000))
      return false
    }
  }
  const platform = options.platform ?? run.platform
  const { key } = identityOf(images, platform)
  const job = jobIdOf(run, options)
  const [isPublished] = await Promise.all([
    options.checkRun &&
      !run.elsewhere &&
      attempt('the check run', 'checks: write', (api) => {
        const name = options.checkName ?? checkRunName(images, platform, key)
        const id = `seaworthy-${options.runId}-${key}`
        return sendReport(api, run, renderProblemReport(problem, run.pages), { name, id, job })
      }),
    options.comment !== 'never' &&
      run.pull !== null &&
      attempt('the comment', 'pull-requests: write', (api) =>
        sendProblem(api, run, problem, images, job, options),
      ),
  ])
  return isPublished
}

type ProblemOptions = Pick<
  PublishOptions,
  | 'token'
  | 'checkRun'
  | 'checkName'
  | 'comment'
  | 'platform'
  | 'runId'
  | 'env'
  | 'warn'
  | 'job'
  | 'overwriteCheckMs'
> & { readonly timeoutMs?: number }

async function sendProblem(
  api: GitHubApi,
  run: GitHubRun,
  problem: Problem,
  images: readonly string[],
  job: string,
  { overwriteCheckMs = SETTLE_MS }: ProblemOptions,
) {
  if (run.pull === null) {
    return
  }
  const { number, attempt, headSha: head, url, pages } = run
  const key = shortHash(JSON.stringify([job, 'problem']))
  const names = { key, family: key, job, run: number, attempt, head, url, change: null, pages }
  const jobs = [problemJobOf(problem, images, names)]
  await publishComment(api, run, { jobs, pull: run.pull.number, create: false, overwriteCheckMs })
}

type Part = 'the check run' | 'the comment' | 'the issue'

const ELSEWHERE =
  'no check run was published, because this run is about a pull request, and its commit is the default branch’s'

const NOT_PUBLISHED = { done: false, notes: [] as readonly string[] }

interface Parts {
  readonly verdict: Verdict
  readonly options: PublishOptions
  readonly run: GitHubRun
  readonly platform: string | null
  readonly identity: Identity
}

function sendCheckRun(api: GitHubApi, { verdict, options, run, platform, identity }: Parts) {
  const name = options.checkName ?? checkRunName(referencesOf(verdict), platform, identity.key)
  const id = `seaworthy-${options.runId}-${identity.key}`
  return publishCheckRun(api, run, verdict, { name, id, job: jobIdOf(run, options) })
}

async function sendComment(api: GitHubApi, { verdict, options, run, identity }: Parts) {
  if (run.pull === null) {
    return []
  }
  const { number, attempt, headSha: head, url, pages } = run
  const settings = settingsOf(run, options)
  const jobs = partsOf(verdict, identity).map(({ part, ...names }) => {
    const ofJob = { ...names, settings, content: contentOf(part), job: jobIdOf(run, options) }
    return jobOf(part, { ...ofJob, run: number, attempt, head, url, change: changeOf(part), pages })
  })
  const changed = jobs.some(({ change }) => change !== null && change.added + change.gone > 0)
  const create =
    options.comment === 'always' || verdict.verdict !== 'pass' || (options.comment === 'changes' && changed)
  const { overwriteCheckMs = SETTLE_MS, pause } = options
  return publishComment(api, run, { jobs, pull: run.pull.number, create, overwriteCheckMs, pause })
}

type Identity = Pick<JobRun, 'key' | 'family'>

/**
 * A part of the comment for each platform, as if matrix jobs had judged them; a single part if no image has several
 * platforms.
 */
function partsOf(verdict: Verdict, identity: Identity): readonly (Identity & { readonly part: Verdict })[] {
  if (!verdict.images.some(({ isOneOfSeveral }) => isOneOfSeveral)) {
    return [{ ...identity, part: verdict }]
  }
  const name = ({ platform }: Verdict['images'][number]) => (platform === null ? '' : platformName(platform))
  return [...Map.groupBy(verdict.images, name)].map(([platform, images]) => {
    const part = { ...verdict, images, verdict: worst(images.map((one) => one.verdict)) }
    return { ...identityOf(referencesOf(part), platform), part }
  })
}

/** How a job judges, which distinguishes it from others of its run. */
function settingsOf({ step }: GitHubRun, { settings }: PublishOptions): string {
  return shortHash(JSON.stringify([step, settings]))
}

/** What distinguishes the parts of jobs whose images have the same names. */
export function contentOf({ images }: Verdict): string {
  return shortHash(JSON.stringify(images.map(({ digest, platform }) => [digest, platform])))
}

function referencesOf({ images }: Verdict): string[] {
  return images.map(({ reference }) => reference)
}

/** What distinguishes matrix jobs: images and platform. */
function identityOf(references: readonly string[], platform: string | null): Identity {
  const names = [...new Set(references)]
  return {
    key: shortHash(JSON.stringify([names, platform])),
    family: shortHash(JSON.stringify([names.map(untagged), platform])),
  }
}

/**
 * Keeps one issue open as long as the newest image of a line may not be released: opens it, rewrites it with each
 * run, and closes it once the image passes. A later failure opens another one. If there are several, the oldest
 * stays. If another job, which judges differently, wrote it in this run or in the last one, it is left to that job.
 */
async function publishIssue(api: GitHubApi, { verdict, options, run, platform }: Parts) {
  // The same issue for each build of the images, whatever their tags and digests.
  const images = [...new Set(verdict.images.map(({ reference }) => untagged(reference)))]
  const { workflow } = run
  const { line } = options
  const key = shortHash(JSON.stringify([workflow, images, platform, line]))
  const author = (await api.viewer()) ?? ACTIONS
  const mark = `${issueMark(key)}\n`
  const ours = (await listOpenIssues(api, run, author))
    .filter((issue) => issue.author === author && issue.body.replaceAll('\r\n', '\n').startsWith(mark))
    .sort((a, b) => a.number - b.number)
  const passes = verdict.verdict === 'pass'
  const by = { run: run.number, settings: settingsOf(run, options) }
  const text = renderIssue(verdict, {
    ...{ key, by, of: { workflow, line, images } },
    ...{ url: run.url, pages: run.pages },
  })
  const [oldest, ...others] = ours
  if (oldest === undefined) {
    if (!passes) {
      await createIssue(api, run, text)
    }
    return []
  }
  const last = writerOf(oldest.body)
  const isOthers = last !== null && last.settings !== by.settings && last.run >= run.number - 1
  if (!passes || !isOthers) {
    await updateIssue(api, run, oldest.number, { ...text, close: passes })
  }
  for (const { number, title, body } of others) {
    await updateIssue(api, run, number, { title, body, close: true })
  }
  return []
}
