import { offBy } from '../feed-error.js'
import { type ApplicationSummary, type KindCount, kindText } from './application.js'

/** What was judged of an image's application packages, and what was not, in words. */

/**
 * "14 PyPI packages judged by Clair and OSV; 212 npm packages judged by OSV; not examined: Node.js 22.3.0"; `null` if
 * the image has none.
 */
export function summaryText(summary: ApplicationSummary): string | null {
  const { judged, unjudged, past, unknown } = summaryParts(summary)
  const parts = [...judged, ...unjudged]
  return parts.length === 0 ? null : [...parts, ...past, ...unknown].join('; ')
}

/** As `summaryText`: what was judged, which says what was done. */
export function judgedSummary(summary: ApplicationSummary): string {
  const { judged, past } = summaryParts(summary)
  return [...judged, ...past].join('; ')
}

/** As `summaryText`: what was not, each of which limits a verdict. */
export function unjudgedSummary(summary: ApplicationSummary): readonly string[] {
  const { unjudged, unknown } = summaryParts(summary)
  return [...unjudged, ...unknown]
}

function summaryParts(summary: ApplicationSummary) {
  const { judged, unexamined, isOff, isOffByOsv, areProgramsOff, byClair } = summary
  const offText = isOff
    ? ` (not checked for vulnerabilities: ${offBy(isOffByOsv)})`
    : areProgramsOff && unexamined.some(({ kind }) => kind === 'program')
      ? ' (programs are not checked for vulnerabilities: programs is off)'
      : ''
  const { past, unknown } = summary.ends ?? { past: [], unknown: [] }
  const [both, osvAlone] = [true, false].map((is) =>
    judged.filter(({ kind }) => (byClair?.includes(kind) ?? false) === is),
  )
  return {
    judged: [...judgedText(both ?? [], 'Clair and OSV'), ...judgedText(osvAlone ?? [], 'OSV')],
    unjudged: unexamined.length === 0 ? [] : [`not examined: ${kindText(unexamined)}${offText}`],
    past: past.length === 0 ? [] : [`past their end: ${past.join(', ')}`],
    unknown:
      unknown.length === 0 ? [] : [`end of life not known, since the data are old: ${unknown.join(', ')}`],
  }
}

function judgedText(counts: readonly KindCount[], whom: string): readonly string[] {
  return counts.length === 0 ? [] : [`${kindText(counts)} judged by ${whom}`]
}
