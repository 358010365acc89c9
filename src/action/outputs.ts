import { packagesToUpdate } from '../judge/tasks/update-action.js'
import { RULINGS, type Verdict } from '../model/verdict.js'
import { countRulings, renderSummaryLine } from '../reports/words.js'

/** Outputs of the action that a verdict alone decides, by name. No value holds a word that was not checked. */
export function outputsOf(verdict: Verdict): Readonly<Record<string, string>> {
  const { images } = verdict
  const counts = countRulings(images)
  return {
    verdict: verdict.verdict,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    'packages-to-update': packagesToUpdate(images.flatMap(({ findings }) => findings)).join('\n'),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? '').join('\n'),
  }
}

/** Ruling -> severity -> number of findings, without zeros. */
function countsOf({ images }: Verdict): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const ruling of RULINGS) {
    const bySeverity: Record<string, number> = {}
    for (const finding of images.flatMap(({ findings }) => findings)) {
      if (finding.ruling !== ruling) continue
      bySeverity[finding.severity] = (bySeverity[finding.severity] ?? 0) + 1
    }
    if (Object.keys(bySeverity).length > 0) counts[ruling] = bySeverity
  }
  return counts
}
