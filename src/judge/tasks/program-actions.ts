import {
  type Action,
  type ApplicationFinding,
  becauseText,
  describe,
  familiarName,
  isObstacle,
  NOTHING_TO_COPY,
  type RuledFinding,
  type RulingOfFinding,
} from '../../model/index.js'
import { countOf } from '../counts.js'
import { placeOf, updateLines } from '../locations/lines.js'

type RuledApplication = ApplicationFinding & RulingOfFinding

/**
 * The tasks for programs whose release branch is no longer maintained, and for the vulnerabilities that moving to a
 * newer branch resolves: those without a fix in the branch. Exploited vulnerabilities stay separate tasks.
 * @param others blocking findings that are not about a package
 * @param applications blocking ones of application packages and programs
 */
export function endOfBranchActions(
  others: readonly RuledFinding[],
  applications: readonly RuledApplication[],
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
      return {
        kind: 'decide',
        title: describe(end).todo,
        why: `${becauseText(end)}${fixes}`,
        command: null,
        dockerfile: null,
        where: placeOf(end),
        checks: [end.check],
        packages: [],
        findings: [end, ...folded],
      }
    })
  return { actions, settled }
}

/** Tasks to change the base's tag, if another tag has the fixed program. The rest of that image was not examined. */
export function tagActions(applications: readonly RuledApplication[]): readonly Action[] {
  const byTag = Map.groupBy(applications, ({ baseTag }) => baseTag?.to)
  return [...byTag.values()].flatMap((findings): readonly Action[] => {
    const [first] = findings
    const { from, to } = first?.baseTag ?? {}
    const [line = null] = updateLines(findings)
    return first === undefined || from === undefined || to === undefined
      ? []
      : [
          {
            ...NOTHING_TO_COPY,
            kind: 'decide',
            title: `Change FROM ${familiarName(from)} to ${familiarName(to)}`,
            why: `${first.package} ${first.version} → ${first.settles}; fixes ${countOf(findings)} of this program`,
            where: line ?? placeOf(first),
            checks: [first.check],
            findings,
          },
        ]
  })
}
