import type { Action } from './action.js'
import { debianSays, installableFix } from './because.js'
import { nestedUpdate } from './nested-update.js'
import { placeOf } from './place-of.js'
import { updateAction } from './update-action.js'
import type { CheckResult, ImageVerdict, RuledFinding } from './verdict.js'

/** What has to be done for one image, as few things as possible: answers first, then the update, then the rest. */
export function thingsToDo(image: ImageVerdict): Action[] {
  const blocking = image.findings.filter((finding) => finding.blocks)
  const updates = blocking.filter((finding) => finding.package !== null && installableFix(finding) !== null)
  const others = blocking.filter((finding) => !updates.includes(finding))
  const byDatabase = Map.groupBy(updates, ({ facts }) => facts.packageDb ?? null)
  const update = [...byDatabase].map(([database, findings]) =>
    database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings),
  )
  return [...answers(image.checks), ...update, ...others.map(decide)]
}

/** Checks that failed for one and the same reason (the image could not be opened) are one thing to do. */
function answers(checks: readonly CheckResult[]): Action[] {
  const byProblem = new Map<string, CheckResult[]>()
  for (const check of checks) {
    if (check.problem === null) continue
    const key = JSON.stringify(check.problem)
    byProblem.set(key, [...(byProblem.get(key) ?? []), check])
  }
  return [...byProblem.values()].flatMap((group): Action[] => {
    const problem = group[0]?.problem
    if (problem === null || problem === undefined) return []
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

function decide(finding: RuledFinding): Action {
  return {
    kind: 'decide',
    title: titleOf(finding),
    why: whyOf(finding),
    command: null,
    dockerfile: null,
    where: placeOf(finding),
    checks: [finding.check],
    packages: [],
    findings: [finding],
  }
}

function whyOf({ check, id, because, debian, facts }: RuledFinding): string {
  if (check === 'docker-bench') {
    const found = facts.found ?? ''
    const rest = because.includes(found) ? '' : ` ${found}`
    return `docker-bench ${id}: ${because.replace(/\.$/, '')}.${rest}`
  }
  return debian === null ? because : `${because}; ${debianSays(debian)}`
}

function titleOf({ check, id, package: name, facts }: RuledFinding): string {
  if (check === 'clair' && name !== null) return `Remove or replace ${name}: ${id} has no fix`
  if (check === 'docker-bench') return (facts.advice || `Settle ${id} of Docker Bench`).replace(/\.$/, '')
  if (id === 'not-current-stable')
    return `Build on ${facts.stable ?? 'the current stable release'}, the current stable`
  if (id === 'stable-not-known') return 'Find out which release is the current stable'
  if (id === 'unofficial-base') return 'Build on a base that allowed-bases names'
  if (id === 'base-label-contradicted') return 'Correct the label that names the base'
  if (id === 'base-not-known') return 'Prove what the image is built on'
  return 'Build on a release that Debian supports'
}
