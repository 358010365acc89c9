import { thingsToDo } from '../core/actions.js'
import { besideVersions } from '../core/because.js'
import { countOf } from '../core/counts.js'
import type { Place } from '../core/place.js'
import { compareSeverity } from '../core/severity.js'
import type { ImageVerdict, RuledFinding, Verdict } from '../core/verdict.js'
import { escapeWorkflowData, escapeWorkflowProperty, visible } from './escape.js'
import { plural, versions } from './words.js'

/**
 * GitHub shows this many errors, and as many warnings, of one step, and drops the rest without a word
 * (actions/toolkit#734).
 */
export const MOST_OF_A_KIND = 10

interface Annotation {
  readonly title: string
  readonly message: string
  readonly place: Place | null
}

/**
 * Workflow commands, worst first, a line each without line break: checks without an answer, then one error for
 * each package that blocks; what is to be said about the policies as warnings; what did not fit is counted.
 */
export function renderAnnotations(verdict: Verdict): string[] {
  // No answer first: nobody knows how bad it is. Then packages, by their worst finding.
  const packages = verdict.images.flatMap(packagesOf).sort((a, b) => worstOf(a.findings, b.findings))
  const errors = [...verdict.images.flatMap(unanswered), ...packages.map(ofPackage)]
  const warnings = verdict.policyNotices
    .filter(({ place }) => place !== null)
    .map(({ place, text }) => ({ title: 'Whitelist', message: text, place }))
  const left = [
    [errors.length - MOST_OF_A_KIND, 'error'] as const,
    [warnings.length - MOST_OF_A_KIND, 'warning'] as const,
  ].filter(([count]) => count > 0)
  const more = left.map(([count, word]) => plural(count, `more ${word}`)).join(' and ')
  return [
    ...errors.slice(0, MOST_OF_A_KIND).map((one) => command('error', one)),
    ...warnings.slice(0, MOST_OF_A_KIND).map((one) => command('warning', one)),
    ...(more === ''
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

function unanswered(image: ImageVerdict): Annotation[] {
  return thingsToDo(image)
    .filter(({ kind }) => kind === 'answer')
    .map(({ title, why, where }) => ({
      title: `${visible(image.reference)} could not be judged`,
      message: `${visible(why, 1000)}. ${visible(title, 1000)}`,
      place: where,
    }))
}

interface Group {
  readonly image: ImageVerdict
  readonly name: string
  /** Worst first; never empty. */
  readonly findings: readonly RuledFinding[]
}

/** The blocking findings of an image by package; what belongs to none stands alone. */
function packagesOf(image: ImageVerdict): Group[] {
  const groups = new Map<string, RuledFinding[]>()
  for (const finding of image.findings.filter(({ blocks }) => blocks)) {
    const name = finding.package ?? finding.id
    groups.set(name, [...(groups.get(name) ?? []), finding])
  }
  return [...groups].map(([name, findings]) => ({ image, name, findings: [...findings].sort(bySeverity) }))
}

function ofPackage({ image, name, findings }: Group): Annotation {
  const [worst] = findings
  const lines = findings.slice(0, 5).map((finding) => {
    return `${visible(finding.id)} ${finding.severity}, ${visible(versions(finding))}: ${visible(besideVersions(finding))}`
  })
  const left = findings.length - lines.length
  return {
    title: `${visible(name, 80)} keeps ${visible(image.reference, 120)} from release`,
    message: [visible(countOf(findings)), ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'),
    place: worst?.policy ?? findings.find(({ policy }) => policy !== null)?.policy ?? null,
  }
}

function bySeverity(a: RuledFinding, b: RuledFinding): number {
  return Number(b.kev === true) - Number(a.kev === true) || compareSeverity(b.severity, a.severity)
}

function worstOf(a: readonly RuledFinding[], b: readonly RuledFinding[]): number {
  const [first, second] = [a[0], b[0]]
  return first === undefined || second === undefined ? 0 : bySeverity(first, second)
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: `::error file=,line=,title=::` */
function command(level: 'error' | 'warning' | 'notice', { title, message, place }: Annotation): string {
  const properties = [
    ...(place === null ? [] : [`file=${escapeWorkflowProperty(place.file)}`, `line=${place.line}`]),
    `title=${escapeWorkflowProperty(title)}`,
  ]
  return `::${level} ${properties.join(',')}::${escapeWorkflowData(message)}`
}
