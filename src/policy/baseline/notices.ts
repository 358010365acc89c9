import type { PolicyNotice } from '../../model/verdict.js'
import { baselineOf, type Compared } from './compare.js'
import type { Baseline } from './read.js'

/** That there is no baseline where one was asked for, and what follows from it. */
export function baselineNotices(
  baseline: Baseline | null,
  subjects: readonly Compared[],
  newOnly: boolean,
): PolicyNotice[] {
  const follows = newOnly ? 'everything counts as new' : 'nothing is compared'
  const notice = (text: string): PolicyNotice => ({ kind: 'not-applied', place: null, text })
  if (baseline === null) return newOnly ? [notice(`fail-on-new-only without a baseline: ${follows}`)] : []
  const { file, fault } = baseline
  if (fault !== null) return [notice(`the baseline ${file} can't be used: ${fault}; ${follows}`)]
  return subjects
    .filter((subject) => subject.image !== null && baselineOf(baseline, subject) === null)
    .map(({ reference }) =>
      notice(
        `the baseline ${file} has no image, or several, of the name and platform of ${reference}: ${follows}`,
      ),
    )
}
