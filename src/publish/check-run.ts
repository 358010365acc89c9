import { isAbsolute, posix, relative } from 'node:path'
import {
  type CheckAnnotation,
  type CheckRun,
  createCheckRun,
  freeName,
  jobMark,
  renameCheckRun,
} from '../io/github/checks.js'
import { type GitHubApi, githubProblem } from '../io/github/client.js'
import { isSameAtHead } from '../io/github/repository.js'
import type { GitHubRun } from '../io/github/run.js'
import { type Place, plural, type Verdict } from '../model/index.js'
import { visible } from '../reports/escape.js'
import type { Annotation } from '../reports/github/annotations.js'
import { type CheckRunReport, renderCheckRun, renderUntrusted } from '../reports/github/summaries.js'

/** How many files are compared with the head's; findings in further ones are shown at the file's first line. */
const MAX_FILES = 20

/** Publishes the check run. @returns notes about it */
export async function publishCheckRun(
  api: GitHubApi,
  run: GitHubRun,
  verdict: Verdict,
  options: CheckOptions,
): Promise<readonly string[]> {
  const pointer = `the run's summary: ${run.url}`
  const isUntrusted = options.maxAnnotations !== undefined
  const report = isUntrusted
    ? renderUntrusted(verdict, pointer, run.pages, options.caveat)
    : renderCheckRun(verdict, pointer, run.pages)
  return sendReport(api, run, report, options)
}

/** A note that something was not published, and what to do. */
export function notPublished(error: unknown, what: string, permission: string): string {
  const problem = githubProblem(error, what, permission)
  return `${what} was not published: ${problem.what}. To do: ${problem.todo}`
}

interface CheckOptions {
  readonly name: string
  readonly id: string
  /** Identifies the job in all attempts of its run; `null`: a stranger's, which has a name of its own. */
  readonly job: string | null
  /** The report is a stranger's: at most this many of its annotations are sent. */
  readonly maxAnnotations?: number
  /** What else is known of a stranger's run; `null`: nothing. */
  readonly caveat?: string | null
}

export async function sendReport(
  api: GitHubApi,
  run: GitHubRun,
  report: CheckRunReport,
  { name: wanted, id, job, maxAnnotations }: CheckOptions,
): Promise<readonly string[]> {
  const some = report.annotations.slice(0, maxAnnotations)
  const annotations = await placedAtHead(api, run, some)
  const { conclusion, title, summary } = report
  const externalId = job === null ? id : `${id}${jobMark(run, job, conclusion)}`
  const check = { name: visible(wanted), externalId, conclusion, title, summary, annotations }
  // Nothing is worse than a failure.
  const isFinal = job === null || conclusion === 'failure'
  const { sent, notes } = isFinal
    ? { ...(await createCheckRun(api, run, check, null)), notes: [] }
    : await createUnderFreeName(api, run, check)
  const lost = annotations.length - sent
  const left = report.annotations.length - some.length
  const limit = `the limit for an untrusted report (${wanted})`
  return [
    ...notes,
    ...(lost === 0 ? [] : [`${plural(lost, 'annotation')} could not be added to the check run`]),
    ...(left === 0 ? [] : [`${plural(left, 'annotation')} left out to stay within ${limit}`]),
  ]
}

/**
 * Creates a check run that is not a failure. If another run or job has a worse one of its name, that one keeps the name,
 * which a note says. It is looked for before this one is completed, and again afterwards, since another job may have
 * published its own in between.
 */
async function createUnderFreeName(api: GitHubApi, run: GitHubRun, check: CheckRun) {
  const notes: string[] = []
  const settle = async () => {
    try {
      return await freeName(api, run, check)
    } catch (error) {
      const { what } = githubProblem(error, 'the check run', 'checks: write')
      const note = `it is not known whether another job has a worse check run of the same name: ${what}`
      notes.splice(0, 1, note)
      return check.name
    }
  }
  const { id, name: first, sent } = await createCheckRun(api, run, check, settle)
  const name = first === check.name ? await settle() : first
  if (name !== first) {
    await renameCheckRun(api, run, id, name)
  }
  if (name !== check.name) {
    const todo = 'set check-name to a different name in each job'
    notes.push(
      `the check run was renamed ${JSON.stringify(name)}, because another job has a worse result under the same name: ${todo}`,
    )
  }
  return { sent, notes }
}

/**
 * Annotations with lines of the head. The work tree of a pull request is its merge with the base: if a file in it
 * differs from the head's, so may its lines, and the annotation is attached to the file as a whole.
 */
async function placedAtHead(
  api: GitHubApi,
  run: GitHubRun,
  annotations: readonly (Annotation & { readonly place: Place })[],
): Promise<CheckAnnotation[]> {
  const annotationsAtHead = annotations.flatMap((one) => {
    const path = pathFromRoot(one.place.file, run.workspace)
    return path === null ? [] : [{ ...one, path }]
  })
  const same = await sameFiles(api, run, [...new Set(annotationsAtHead.map(({ path }) => path))])
  return annotationsAtHead.map(({ path, level, title, message, place }) => {
    const line = same === null || same.has(path) ? Math.max(1, place.line) : 1
    return { path, line, level: level === 'error' ? 'failure' : 'warning', title, message }
  })
}

/** Those of the files whose content is the same at the head commit; `null`: all, since the work tree is the head. */
async function sameFiles(
  api: GitHubApi,
  run: GitHubRun,
  paths: readonly string[],
): Promise<ReadonlySet<string> | null> {
  if (!run.merged) {
    return null
  }
  const requested = paths.slice(0, MAX_FILES)
  const same = await Promise.all(requested.map((path) => isSameAtHead(api, run, path)))
  return new Set(requested.filter((_, index) => same[index]))
}

/** Relative to the root of the repository; `null` for what is outside. */
export function pathFromRoot(file: string, workspace: string): string | null {
  const path = posix.normalize(isAbsolute(file) ? relative(workspace, file) : file)
  return path === '.' || path.startsWith('..') || isAbsolute(path) ? null : path
}
