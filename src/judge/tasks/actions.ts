import { becauseText, debianSays, listText } from '../../model/because/words.js'
import { isBench, otherDatabase } from '../../model/finding/index.js'
import { describe } from '../../model/finding/kinds.js'
import type { Action } from '../../model/task.js'
import type { CheckResult, ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { placeOf } from '../locations/lines.js'
import { installableFix } from '../rulings.js'
import { benchActions } from './bench-actions.js'
import { nestedUpdate, updateAction } from './update-action.js'

/** What has to be done for one image, as few things as possible: answers first, then the update, then the rest. */
export function thingsToDo(image: ImageVerdict): Action[] {
  const blocking = image.findings.filter((finding) => finding.blocks)
  const updates = blocking.filter((finding) => finding.package !== null && installableFix(finding) !== null)
  const others = blocking.filter((finding) => !updates.includes(finding))
  const byDatabase = Map.groupBy(updates, otherDatabase)
  const update = [...byDatabase].map(([database, findings]) =>
    database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings),
  )
  const rest = decisions(others.filter((finding) => !isBench(finding)))
  const bench = others.filter((finding) => isBench(finding))
  return [...answers(image.checks), ...update, ...rest, ...benchActions(bench)]
}

/** Checks that failed for one and the same reason (the image could not be opened) are one thing to do. */
function answers(checks: readonly CheckResult[]): Action[] {
  const byProblem = new Map<string, CheckResult[]>()
  for (const check of checks) {
    if (check.problem === null) {
      continue
    }
    const key = JSON.stringify(check.problem)
    byProblem.set(key, [...(byProblem.get(key) ?? []), check])
  }
  return [...byProblem.values()].flatMap((group): Action[] => {
    const problem = group[0]?.problem
    if (problem === null || problem === undefined) {
      return []
    }
    const checks = group.map(({ check }) => check)
    return [
      {
        kind: 'answer',
        title: `Get an answer: ${problem.todo}`,
        why: `${checks.join(', ')}: ${problem.what} (${problem.where})`,
        command: null,
        dockerfile: null,
        where: null,
        checks,
        packages: [],
        findings: [],
      },
    ]
  })
}

/** Packages without support are one thing to do for each kind: whoever leaves one repository out settles all of them. */
function decisions(findings: readonly RuledFinding[]): Action[] {
  const byKind = Map.groupBy(findings, (finding) =>
    isAboutPackages(finding) ? finding.id : String(findings.indexOf(finding)),
  )
  return [...byKind.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [decide(first, more)],
  )
}

/** What the image lacks support for, of one package each. */
function isAboutPackages(finding: RuledFinding): boolean {
  return 'details' in finding && finding.package !== null
}

function decide(finding: RuledFinding, more: readonly RuledFinding[]): Action {
  const names = [finding, ...more].flatMap(({ package: name }) => name ?? [])
  return {
    kind: 'decide',
    title: describe(finding).todo,
    why: more.length === 0 ? whyOf(finding) : `${names.length} packages: ${listText(names)}`,
    command: null,
    dockerfile: null,
    where: placeOf(finding),
    checks: [finding.check],
    packages: [],
    findings: [finding, ...more],
  }
}

function whyOf(finding: RuledFinding): string {
  const text = becauseText(finding)
  const isTold = finding.because.some(({ reason }) => reason === 'debian')
  return finding.debian === null || isTold ? text : `${text}; ${debianSays(finding.debian)}`
}
