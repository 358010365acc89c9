import { isAbsolute, posix, relative } from 'node:path'
import {
  type CheckAnnotation,
  type CheckRun,
  createCheckRun,
  renameIfBetter,
  runMark,
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
  /** The report is a stranger's: at most this many of its annotations are sent. */
  readonly maxAnnotations?: number
  /** What else is known of a stranger's run; `null`: nothing. */
  readonly caveat?: string | null
}

export async function sendReport(
  api: GitHubApi,
  run: GitHubRun,
  report: CheckRunReport,
  { name, id, maxAnnotations }: CheckOptions,
): Promise<readonly string[]> {
  const some = report.annotations.slice(0, maxAnnotations)
  const annotations = await placedAtHead(api, run, some)
  const { conclusion, title, summary } = report
  const externalId = `${id}${runMark(run)}`
  const check = { name: visible(name), externalId, conclusion, title, summary, annotations }
  const { id: created, sent } = await createCheckRun(api, run, check)
  // A stranger's reports have names of their own, and nothing is worse than a failure.
  const isFinal = maxAnnotations !== undefined || conclusion === 'failure'
  const renamed = isFinal ? [] : await renamedNotes(api, run, check, created)
  const lost = annotations.length - sent
  const left = report.annotations.length - some.length
  const limit = `the limit for an untrusted report (${name})`
  return [
    ...renamed,
    ...(lost === 0 ? [] : [`${plural(lost, 'annotation')} could not be added to the check run`]),
    ...(left === 0 ? [] : [`${plural(left, 'annotation')} left out to stay within ${limit}`]),
  ]
}

/** A note if another run or job has the same name for its check run, and that one stays because it is worse. */
async function renamedNotes(
  api: GitHubApi,
  run: GitHubRun,
  check: CheckRun,
  id: number,
): Promise<readonly string[]> {
  const todo = 'set check-name to a different name in each job'
  try {
    const name = await renameIfBetter(api, run, check, id)
    return name === null
      ? []
      : [
          `the check run was renamed ${JSON.stringify(name)}, because another job has a worse result under the same name: ${todo}`,
        ]
  } catch (error) {
    const { what } = githubProblem(error, 'the check run', 'checks: write')
    return [`it is not known whether another job has a worse check run of the same name: ${what}`]
  }
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
