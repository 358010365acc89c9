import { debianSays } from '../../model/because/words.js'
import type { Action } from '../../model/task.js'
import type { CheckResult, ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { installableFix } from '../because.js'
import { placeOf } from '../locations/place-of.js'
import { benchLines } from './bench-lines.js'
import { nestedUpdate } from './nested-update.js'
import { updateAction } from './update-action.js'

/** What has to be done for one image, as few things as possible: answers first, then the update, then the rest. */
export function thingsToDo(image: ImageVerdict): Action[] {
  const blocking = image.findings.filter((finding) => finding.blocks)
  const updates = blocking.filter((finding) => finding.package !== null && installableFix(finding) !== null)
  const others = blocking.filter((finding) => !updates.includes(finding))
  const byDatabase = Map.groupBy(updates, ({ facts }) => facts.packageDb ?? null)
  const update = [...byDatabase].map(([database, findings]) =>
    database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings),
  )
  const unseen = Map.groupBy(others.filter(isUnseen), ({ because }) => because)
  const rest = others.flatMap((finding) => {
    if (!isUnseen(finding)) return [decide(finding)]
    const group = unseen.get(finding.because) ?? []
    return group[0] === finding ? [look(group)] : []
  })
  return [...answers(image.checks), ...update, ...rest]
}

/** Docker Bench could not look: its advice is about what it would have found. */
function isUnseen({ check, facts }: RuledFinding): boolean {
  return check === 'docker-bench' && facts.state === 'not-evaluated'
}

/** Docker Bench's checks that could not look for one and the same reason are one thing to do. */
function look(findings: readonly RuledFinding[]): Action {
  const [first] = findings
  const ids = findings.map(({ id }) => id)
  const all = ids.length === 1 ? ids.join() : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`
  return {
    ...decide(first as RuledFinding),
    title: `Let Docker Bench look at ${all}, or name what is left out under not_applicable`,
    why: `docker-bench ${ids.join(', ')}: ${(first?.because ?? '').replace(/\.$/, '')}.`,
    findings,
  }
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
    dockerfile: finding.check === 'docker-bench' ? benchLines(finding) : null,
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
