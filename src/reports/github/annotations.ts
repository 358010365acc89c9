import { countOf } from '../../judge/counts.js'
import { placeOf } from '../../judge/locations/lines.js'
import { thingsToDo } from '../../judge/tasks/actions.js'
import { besideVersions } from '../../model/because/words.js'
import { isBench } from '../../model/finding/index.js'
import { isRated } from '../../model/finding/kinds.js'
import { type Line, policyLine } from '../../model/place.js'
import { compareSeverity } from '../../model/severity.js'
import type { Action } from '../../model/task.js'
import type { ImageVerdict, RuledFinding, Verdict } from '../../model/verdict.js'
import { escapeWorkflowData, escapeWorkflowProperty, visible } from '../escape.js'
import { plural } from '../view/counts.js'
import { versions } from '../view/finding.js'
import { imageName } from '../view/platforms.js'

/**
 * GitHub shows ten errors, and ten warnings, of one step, and drops the rest without a word
 * (actions/toolkit#734). One of each is left for what else the step says: that it failed, and why something
 * could not be published.
 */
export const MOST_OF_A_KIND = 9

/** The Checks API takes 255 characters. */
const TITLE_LENGTH = 250

/** What is said about a place in the repository. All text is visible already, and of bounded length. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  /** Fewer than 255 characters (code points). */
  readonly title: string
  readonly message: string
  readonly place: Line | null
}

/**
 * Worst first: checks without an answer (nobody knows how bad it is), then an error for each package and place
 * that blocks, by its worst finding; then what is to be said about the policies.
 */
export function annotationsOf(verdict: Verdict): Annotation[] {
  const packages = verdict.images.flatMap(groupsOf).sort((a, b) => worstOf(a.findings, b.findings))
  const all = [
    ...verdict.images.flatMap(unanswered),
    ...packages.map(ofGroup),
    ...verdict.policyNotices.filter(({ place }) => place !== null).map(ofNotice),
  ]
  // A character that is made visible becomes several: cut once more.
  return all.map((one) => ({ ...one, title: visible(one.title, TITLE_LENGTH) }))
}

/** Annotations as workflow commands, a line each without line break, as many as GitHub shows. */
export function renderAnnotations(verdict: Verdict): string[] {
  const all = annotationsOf(verdict)
  const shown = (['error', 'warning'] as const).flatMap((level) =>
    all.filter((one) => one.level === level).slice(0, MOST_OF_A_KIND),
  )
  const more = unshownAnnotations(verdict)
  return [
    ...shown.map((one) => command(one.level, one)),
    ...(more === null
      ? []
      : [
          command('notice', {
            title: 'Not all is shown here',
            message: `${more} in the summary`,
            place: null,
          }),
        ]),
  ]
}

/** "3 more errors and 1 more warning": what `renderAnnotations` leaves out; `null` where it is nothing. */
export function unshownAnnotations(verdict: Verdict): string | null {
  const all = annotationsOf(verdict)
  const left = (['error', 'warning'] as const)
    .map((word) => [all.filter(({ level }) => level === word).length - MOST_OF_A_KIND, word] as const)
    .filter(([count]) => count > 0)
  return left.length === 0 ? null : left.map(([count, word]) => plural(count, `more ${word}`)).join(' and ')
}

function unanswered(image: ImageVerdict): Annotation[] {
  return thingsToDo(image)
    .filter(({ kind }) => kind === 'answer')
    .map(({ title, why, where }) => ({
      level: 'error',
      title: `${visible(imageName(image), 120)} could not be judged`,
      message: `${visible(why, 1000)}. ${visible(title, 1000)}`,
      place: where,
    }))
}

interface Group {
  readonly image: ImageVerdict
  readonly name: string
  readonly place: Line | null
  /** What is to be done about findings that are about no package. */
  readonly action: Action | undefined
  /** Worst first; never empty. */
  readonly findings: readonly RuledFinding[]
}

/** The blocking findings of an image by package and place; what belongs to no package by what is to be done. */
function groupsOf(image: ImageVerdict): Group[] {
  const things = thingsToDo(image)
  const actionOf = (finding: RuledFinding) => things.find(({ findings }) => findings.includes(finding))
  const groups = new Map<string, RuledFinding[]>()
  for (const finding of image.findings.filter(({ blocks }) => blocks)) {
    const place = placeOf(finding)
    const about = finding.package ?? actionOf(finding)?.findings[0]?.id
    const key = JSON.stringify([about, place?.file, place?.line])
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, [finding])
    } else {
      group.push(finding)
    }
  }
  return [...groups.values()].flatMap((group) => {
    const findings = [...group].sort(bySeverity)
    const [worst] = findings
    if (worst === undefined) {
      return []
    }
    const name = worst.package ?? group.map(({ id }) => id).join(', ')
    const action = worst.package === null ? actionOf(worst) : undefined
    return [{ image, name, place: placeOf(worst), action, findings }]
  })
}

function ofGroup({ image, name, place, action, findings }: Group): Annotation {
  const [worst] = findings
  const subject = worst !== undefined && isBench(worst) ? `Docker Bench ${name}` : name
  const doubt = place === null || place.certain ? [] : [`This line is only near: ${visible(place.why)}`]
  return {
    level: 'error',
    title: `${visible(subject, 80)} keeps ${visible(imageName(image), 120)} from release`,
    message: [...(action === undefined ? ofPackage(findings) : toDo(action)), ...doubt].join('\n'),
    place,
  }
}

function toDo({ title, why }: Action): string[] {
  return [visible(title, 1000), visible(why, 1000)]
}

function ofPackage(findings: readonly RuledFinding[]): string[] {
  const lines = findings.slice(0, 5).map((finding) => {
    const { id, severity } = finding
    const rated = !isRated(finding) && severity === 'unknown' ? '' : ` ${severity}`
    return `${visible(id)}${rated}, ${visible(versions(finding))}: ${visible(besideVersions(finding))}`
  })
  const left = findings.length - lines.length
  return [visible(countOf(findings)), ...lines, ...(left > 0 ? [`and ${left} more`] : [])]
}

function ofNotice({ kind, place, text }: Verdict['policyNotices'][number]): Annotation {
  const title = kind === 'not-applied' ? 'VEX' : 'Whitelist'
  return { level: 'warning', title, message: visible(text, 1000), place: place && policyLine(place) }
}

function bySeverity(a: RuledFinding, b: RuledFinding): number {
  return Number(b.kev === true) - Number(a.kev === true) || compareSeverity(b.severity, a.severity)
}

function worstOf(a: readonly RuledFinding[], b: readonly RuledFinding[]): number {
  const [first, second] = [a[0], b[0]]
  return first === undefined || second === undefined ? 0 : bySeverity(first, second)
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
