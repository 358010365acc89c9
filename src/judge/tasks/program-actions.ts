import {
  type Action,
  becauseText,
  describe,
  familiarName,
  groupsBy,
  isObstacle,
  type RuledFinding,
} from '../../model/index.js'
import { countOf } from '../counts.js'
import { placeOf, updateLines } from '../locations/lines.js'
import type { RuledApplicationFinding } from './application-actions.js'
import { taskFor } from './task-for.js'

/**
 * The tasks for programs whose release branch is no longer maintained, and for the vulnerabilities that moving to a
 * newer branch resolves: those without a fix in the branch. Exploited vulnerabilities stay separate tasks.
 * @param others blocking findings that are not about a package
 * @param applications blocking ones of application packages and programs
 */
export function endOfBranchActions(
  others: readonly RuledFinding[],
  applications: readonly RuledApplicationFinding[],
): { readonly actions: readonly Action[]; readonly settled: ReadonlySet<RuledFinding> } {
  const settled = new Set<RuledFinding>()
  const actions = others
    .filter((finding) => isObstacle(finding, 'program-end-of-life'))
    .map((end): Action => {
      const folded = applications.filter(
        (one) =>
          one.package === end.package &&
          one.version === end.version &&
          one.branch?.hasFix === false &&
          one.kev !== true,
      )
      for (const one of [end, ...folded]) {
        settled.add(one)
      }
      const fixes = folded.length === 0 ? '' : `; this settles ${countOf(folded)}`
      const texts = { title: describe(end).todo, why: `${becauseText(end)}${fixes}` }
      return taskFor('decide', [end, ...folded], { ...texts, where: placeOf(end) })
    })
  return { actions, settled }
}

/** Tasks to change the base's tag, if another tag has the fixed program. The rest of that image was not examined. */
export function tagActions(applications: readonly RuledApplicationFinding[]): readonly Action[] {
  return groupsBy(applications, ({ baseTag }) => baseTag?.to).flatMap((findings) => {
    const [{ baseTag, package: name, version, settles }] = findings
    if (baseTag === undefined) {
      return []
    }
    const title = `Change FROM ${familiarName(baseTag.from)} to ${familiarName(baseTag.to)}`
    const why = `${name} ${version} → ${settles}; fixes ${countOf(findings)} of this program`
    const [where = placeOf(findings[0])] = updateLines(findings)
    return [taskFor('decide', findings, { title, why, where })]
  })
}
