import {
  exitCode,
  type Problem,
  plural,
  referenceTitle,
  type Verdict,
  type VerdictStatus,
} from '../../model/index.js'
import { escapeMarkdown, visible } from '../escape.js'
import { renderMarkdown } from '../markdown/markdown.js'
import { deferredLine } from '../view/counts.js'
import { headline } from '../view/headline.js'
import { policiesFrom } from '../view/notices.js'
import { addressOfPage, type Pages, pageOfProblem, withLinks } from '../view/pages.js'
import { unexaminedNames } from '../view/platforms.js'
import { placesOf } from '../view/problem.js'
import { type Annotation, annotationsOf, problemAnnotations } from './annotations.js'

/** The Checks API allows 65,535 characters of summary; there are never more characters than bytes. */
const SUMMARY_LIMIT = 65_000
/** A hundred requests of fifty. */
const MAX_ANNOTATIONS = 5_000

/** The content of a check run, without its destination. */
export interface CheckRunReport {
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
  /** Plain text. */
  readonly title: string
  /** Markdown. */
  readonly summary: string
  /** Worst first; each has a place. */
  readonly annotations: readonly (Annotation & { readonly place: NonNullable<Annotation['place']> })[]
}

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  incomplete: 'action_required',
} as const satisfies Record<VerdictStatus, CheckRunReport['conclusion']>

/** Precedes everything that a run of a stranger's code reports about itself. */
export const UNTRUSTED = 'Reported by an untrusted run'
export const UNTRUSTED_MEANING =
  "This is what a fork's run reports about itself. It is not verified and does not approve any image."

/**
 * Like `renderCheckRun`, for a report that anybody may have written: it neither passes nor fails anything.
 * @param caveat what else is known of its run, in our words
 */
export function renderUntrusted(
  verdict: Verdict,
  pointer: string,
  pages: Pages = null,
  caveat: string | null = null,
): CheckRunReport {
  const { title, summary, annotations } = renderCheckRun(verdict, pointer, pages)
  return {
    conclusion: 'neutral',
    title: `${UNTRUSTED}: ${title}`,
    summary: `> ${UNTRUSTED}. ${UNTRUSTED_MEANING}${caveat === null ? '' : ` Note: ${caveat}.`}\n\n${summary}`,
    annotations: annotations.map((one) => ({
      ...one,
      level: 'warning',
      title: visible(`Untrusted: ${one.title}`, 250),
    })),
  }
}

/** @param pointer where the reader finds what was cut off */
export function renderCheckRun(verdict: Verdict, pointer: string, pages: Pages = null): CheckRunReport {
  const placed = annotationsOf(verdict).filter((one) => one.place !== null) as CheckRunReport['annotations']
  const left = placed.length - MAX_ANNOTATIONS
  const notes =
    left > 0
      ? [`${plural(left, 'annotation')} left out: a check run can have at most ${MAX_ANNOTATIONS}`]
      : []
  return {
    conclusion:
      exitCode(verdict) === 0 && verdict.verdict !== 'pass' ? 'neutral' : CONCLUSIONS[verdict.verdict],
    title: [
      ...(verdict.mode === 'audit' ? ['Audit mode'] : []),
      headline(verdict, (name) => visible(name, 120)),
      ...deferredIn(verdict),
      ...unexaminedNames(verdict).map((text) => visible(text, 120)),
      ...policiesFrom(verdict).map((text) => visible(text, 120)),
    ].join(' · '),
    summary: renderMarkdown(verdict, { limit: SUMMARY_LIMIT, pointer, notes, pages }),
    annotations: placed.slice(0, MAX_ANNOTATIONS),
  }
}

/** Why nothing was judged, as a check run; errors in the user's files are also shown at their lines. */
export function renderProblemReport(problem: Problem, pages: Pages = null): CheckRunReport {
  const { what, todo, code } = problem
  const page = pageOfProblem(code)
  const address = addressOfPage(page, pages)
  const lines = what.split('\n').map((line) => `- ${escapeMarkdown(line, 1000)}\n`)
  const more = address === null ? `\`${page}\`` : `[${page}](${address})`
  const esc = (text: string) => escapeMarkdown(text, 1000)
  const todoText = withLinks(todo, pages, esc, (name, url) => `[${name}](${url})`)
  const places = placesOf(problem)
    .map((place) => `${esc(place)}\n\n`)
    .join('')
  const title = `Nothing was judged: ${visible(what.split('\n')[0] ?? '', 150)}`
  const summary = `### ⛔ Nothing was judged\n\n${lines.join('')}\n${places}**To do:** ${todoText} (${more})\n`
  return { conclusion: 'action_required', title, summary, annotations: problemAnnotations(problem) }
}

/**
 * The line about deferred findings; for several images only how many have any, since the summary has a line for each.
 */
function deferredIn({ images }: Verdict): string[] {
  const lines = images.flatMap((image) => deferredLine(image) ?? [])
  return lines.length > 1
    ? [`${plural(lines.length, 'image')} with critical or high findings deferred by Debian`]
    : lines
}

/** Length of the name of a check run, in characters. */
const NAME_LENGTH = 100

/**
 * Name of the check run if the user set none. If two at a commit have the same name, GitHub uses the later one, so a
 * matrix that shares one name would pass if only its last job does.
 * @param id distinguishes images and platform if their names are too long
 */
export function checkRunName(references: readonly string[], platform: string | null, id: string): string {
  const names = [...new Set(references)].join(', ')
  const name = visible(
    `Seaworthy: ${names}${platform === null ? '' : ` (${platform})`}`,
    Number.POSITIVE_INFINITY,
  )
  if ([...name].length <= NAME_LENGTH) {
    return name
  }
  return `${visible(name, NAME_LENGTH - id.length - 1)} ${id}`
}

/** GitHub allows 65,536 characters; there are never more characters than bytes. */
const LIMIT = 64_000

/** Characters; GitHub allows 256. */
const TITLE_LENGTH = 200

/** First line of the issue, by which it is found again. @param key identifies workflow, images and line */
export function issueMark(key: string): string {
  return `<!-- seaworthy-issue ${key} -->`
}

/** Identifies its owner for closing it once nothing judges its images any more (script/close-stale.mjs). */
export interface IssueOf {
  readonly workflow: string
  readonly line: string | null
  /** Without tags. */
  readonly images: readonly string[]
}

function issueOf({ workflow, line, images }: IssueOf): string {
  const parts = [workflow, line ?? '-', images.join(',')].map(encodeURIComponent)
  return `<!-- seaworthy-issue-of ${parts.join(' ')} -->`
}

/** Which run wrote the issue, by its number, and how its job judged. */
export interface IssueWriter {
  readonly run: number
  /** 16 hexadecimal digits. */
  readonly settings: string
}

function writerMark({ run, settings }: IssueWriter): string {
  return `<!-- seaworthy-issue-by ${run} ${settings} -->`
}

/** `null`: the issue does not say, because an earlier version wrote it, or because somebody has edited it. */
export function writerOf(body: string): IssueWriter | null {
  const [, run, settings] = /^<!-- seaworthy-issue-by (\d{1,9}) ([0-9a-f]{16}) -->\r?$/m.exec(body) ?? []
  return run === undefined || settings === undefined ? null : { run: Number(run), settings }
}

/**
 * The issue of a line of releases: what its newest image is waiting for, or that nothing is left to do.
 * @param of with the line `4.1`; `null` if the images belong to none
 */
export function renderIssue(
  verdict: Verdict,
  {
    key,
    of,
    by,
    url,
    pages = null,
  }: {
    readonly key: string
    readonly of: IssueOf
    readonly by: IssueWriter
    readonly url: string
    readonly pages?: Pages
  },
): { readonly title: string; readonly body: string } {
  const images = verdict.images.map((image) => ({ ...image, reference: referenceTitle(image.reference) }))
  const headlineText = headline({ ...verdict, images }, (name) => visible(name, 100))
  const title = visible(of.line === null ? headlineText : `Line ${of.line}: ${headlineText}`, TITLE_LENGTH)
  const pointer = `the run's summary: ${url}`
  const body = renderMarkdown(verdict, { limit: LIMIT, pointer, pages, notes: [`Last checked by ${url}`] })
  return { title, body: `${issueMark(key)}\n${issueOf(of)}\n${writerMark(by)}\n${body}` }
}
