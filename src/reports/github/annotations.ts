import { placeOf } from '../../judge/locations/lines.js'
import { imageTasks } from '../../judge/tasks/actions.js'
import {
  type Action,
  firstOf,
  type ImageVerdict,
  type Line,
  listText,
  type Problem,
  plural,
  policyLine,
  type RuledFinding,
  reasonsNextToVersions,
  type Verdict,
} from '../../model/index.js'
import { escapeWorkflowData, escapeWorkflowProperty, visible } from '../escape.js'
import { imageName } from '../view/platforms.js'

/**
 * GitHub shows ten errors and ten warnings per step, and silently drops the rest (actions/toolkit#734). One of each
 * is reserved for other messages of the step: that it failed, and why something could not be published.
 */
export const MAX_PER_LEVEL = 9

/** The Checks API allows 255 characters. */
const TITLE_LENGTH = 250

/** An annotation at a place in the repository. All text is visible already, and of limited length. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  /** Fewer than 255 characters (code points). */
  readonly title: string
  readonly message: string
  readonly place: Line | null
}

/**
 * One for each task, in the order of all reports; then notices about the policies. The findings that a task settles
 * are counted, and the other reports list them: an annotation for each would repeat the same thing.
 */
export function annotationsOf(verdict: Verdict): Annotation[] {
  const all = [
    ...verdict.images.flatMap((image) => imageTasks(image).map((task) => taskAnnotation(task, image))),
    ...verdict.policyNotices.filter(({ place }) => place !== null).map(noticeAnnotation),
  ]
  // A character that is made visible becomes several: cut once more.
  return all.map((one) => ({ ...one, title: visible(one.title, TITLE_LENGTH) }))
}

/** For an invalid policy: an error at each line. */
export function problemAnnotations({ errors = [] }: Problem): (Annotation & { readonly place: Line })[] {
  return errors.map(({ place, text }) => ({
    level: 'error',
    title: 'This policy cannot be used',
    message: visible(text, 1000),
    place: policyLine(place),
  }))
}

/** `problemAnnotations` as workflow commands, as many as GitHub shows. */
export function renderProblemAnnotations(problem: Problem): string[] {
  return problemAnnotations(problem)
    .slice(0, MAX_PER_LEVEL)
    .map((one) => command(one.level, one))
}

const LEVELS = ['error', 'warning'] as const

/** Annotations as workflow commands, one line each, as many as GitHub shows. */
export function renderAnnotations(verdict: Verdict): string[] {
  const all = annotationsOf(verdict)
  const shown = LEVELS.flatMap((level) => all.filter((one) => one.level === level).slice(0, MAX_PER_LEVEL))
  const more = unshownAnnotations(verdict)
  const rest = { title: 'Not everything is shown here', message: `${more} in the summary`, place: null }
  return [...shown.map((one) => command(one.level, one)), ...(more === null ? [] : [command('notice', rest)])]
}

/** "3 more errors and 1 more warning": what `renderAnnotations` leaves out; `null` if nothing. */
export function unshownAnnotations(verdict: Verdict): string | null {
  const all = annotationsOf(verdict)
  const left = LEVELS.flatMap((level) => {
    const count = all.filter((one) => one.level === level).length - MAX_PER_LEVEL
    return count > 0 ? [plural(count, `more ${level}`)] : []
  })
  return left.length === 0 ? null : left.join(' and ')
}

function taskAnnotation(
  { kind, title, why, where, packages, findings }: Action,
  image: ImageVerdict,
): Annotation {
  const place = where ?? onePlace(findings)
  const name = visible(imageName(image), 120)
  if (kind === 'answer') {
    return {
      level: 'error',
      title: `${name} could not be judged`,
      message: `${visible(why, 1000)}. ${visible(title, 1000)}`,
      place,
    }
  }
  const doubt = place === null || place.certain ? [] : [`Approximate line: ${visible(place.why)}`]
  return {
    level: 'error',
    title: `${name}: ${visible(title, 120)}`,
    message: [visible(why, 1000), ...resolvedLines(packages, findings), ...doubt].join('\n'),
    place,
  }
}

/** If all findings of a task are attributed to one line (such as an expired entry), it is the task's. */
function onePlace(findings: readonly RuledFinding[]): Line | null {
  const places = new Map(findings.map(placeOf).map((place) => [JSON.stringify(place), place]))
  const [place = null] = places.values()
  return places.size === 1 ? place : null
}

const MAX_SETTLED = 5

/** What a task resolves: the packages of an update with their versions, or its findings if there are several. */
function resolvedLines(packages: Action['packages'], findings: readonly RuledFinding[]): string[] {
  const lines =
    packages.length > 0
      ? packages.map(({ name, version, fixedVersion, cves }) =>
          visible(
            `${name} ${version ?? '?'} → ${fixedVersion ?? 'the newest version that apt offers'}${fixing(cves)}`,
          ),
        )
      : findings.map((finding) => `${visible(finding.id)}: ${visible(reasonsNextToVersions(finding))}`)
  if (packages.length === 0 && lines.length === 1) {
    return []
  }
  return firstOf(lines, MAX_SETTLED)
}

const MAX_CVES = 3

function fixing(cves: readonly string[] | null): string {
  return cves === null || cves.length === 0 ? '' : `: ${listText(cves, MAX_CVES)}`
}

function noticeAnnotation({ kind, place, text }: Verdict['policyNotices'][number]): Annotation {
  const title = kind === 'not-applied' ? 'VEX' : 'Whitelist'
  return { level: 'warning', title, message: visible(text, 1000), place: place && policyLine(place) }
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: `::error file=,line=,title=::` */
function command(
  level: 'error' | 'warning' | 'notice',
  { title, message, place }: Omit<Annotation, 'level'>,
): string {
  const properties = [
    ...(place === null ? [] : [`file=${escapeWorkflowProperty(place.file)}`, `line=${place.line}`]),
    ...(place !== null && place.endLine > place.line ? [`endLine=${place.endLine}`] : []),
    `title=${escapeWorkflowProperty(title)}`,
  ]
  return `::${level} ${properties.join(',')}::${escapeWorkflowData(message)}`
}
