import {
  type Action,
  becauseText,
  type CheckResult,
  debianText,
  describe,
  groupsBy,
  type ImageVerdict,
  installableFix,
  isAcceptedByPath,
  isApplication,
  isBench,
  isFixedUnderOtherName,
  isObstacle,
  lacksApt,
  listText,
  NOTHING_TO_COPY,
  networkProblem,
  otherDatabase,
  plural,
  type RuledFinding,
  SUPPORTED,
} from '../../model/index.js'
import { lostFix } from '../fixes.js'
import { placeOf } from '../locations/lines.js'
import { isNotDebian } from '../not-debian.js'
import { compareRisk } from '../order.js'
import { applicationActions } from './application-actions.js'
import { benchActions } from './bench-actions.js'
import { ignoreAdvice, inCopiedDockerfile, withCopies } from './credential-actions.js'
import { endOfBranchActions, tagActions } from './program-actions.js'
import { taskFor } from './task-for.js'
import { nestedUpdate, rebuildAction, updateAction } from './update-action.js'

/**
 * The tasks for one image, as few as possible: missing answers first, then another Debian release, on which the other
 * updates are made again, then the rest by the risk that it removes.
 */
export function imageTasks(image: ImageVerdict): Action[] {
  if (isNotDebian(image.checks)) {
    return missingAnswerActions(image.checks)
  }
  const all = image.findings.filter((finding) => finding.blocks)
  const ofApplications = all.filter((finding) => isApplication(finding))
  const endOfLifeActions = endOfBranchActions(all, ofApplications)
  const applicationFindings = ofApplications.filter((one) => !endOfLifeActions.settled.has(one))
  const tagged = applicationFindings.filter(({ baseTag }) => baseTag !== undefined)
  const applications = applicationFindings.filter(({ baseTag }) => baseTag === undefined)
  const blocking = all.filter((finding) => !isApplication(finding) && !endOfLifeActions.settled.has(finding))
  const settled = blocking.filter((finding) => image.rebuild.settles.includes(finding))
  const unsettled = blocking.filter((finding) => !settled.includes(finding))
  const replaced = unsettled.filter((finding) => isFixedUnderOtherName(finding))
  const updates = unsettled.filter(
    (finding) => finding.package !== null && installableFix(finding) !== null && !replaced.includes(finding),
  )
  const others = unsettled.filter((finding) => !updates.includes(finding) && !replaced.includes(finding))
  const byDatabase = Map.groupBy(updates, otherDatabase)
  const update = [...byDatabase].map(([database, findings]) =>
    database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings),
  )
  const releaseFindings = settledByMove(others)
  const copies = inCopiedDockerfile(others)
  const separate = others.filter((finding) => !releaseFindings.includes(finding) && !copies.includes(finding))
  const decisionTasks = decisionActions(separate.filter((finding) => !isBench(finding)))
  const bench = others.filter((finding) => isBench(finding))
  const tasks = [
    ...rebuildAction(settled, image),
    ...update,
    ...replacingActions(replaced),
    ...applicationActions(applications, !image.findings.some(lacksApt)),
    ...endOfLifeActions.actions,
    ...tagActions(tagged),
    ...releaseActions(releaseFindings),
    ...decisionTasks,
    ...benchActions(bench, image).map((task) => withCopies(task, copies)),
  ]
  const [moves, stays] = [tasks.filter(isReleaseMove), tasks.filter((task) => !isReleaseMove(task))]
  return [...missingAnswerActions(image.checks), ...moves.sort(byRisk), ...stays.sort(byRisk)]
}

/** Whether the task is to build the image on another Debian release. */
function isReleaseMove({ findings }: Action): boolean {
  return findings.some(
    (finding) => isObstacle(finding, 'end-of-life') || isObstacle(finding, 'not-current-stable'),
  )
}

/** Orders tasks by the riskiest finding that each settles. */
function byRisk(a: Action, b: Action): number {
  const worstOf = ({ findings }: Action) => findings.toSorted(compareRisk)[0]
  const [severityOfA, severityOfB] = [worstOf(a), worstOf(b)]
  return severityOfA === undefined || severityOfB === undefined ? 0 : compareRisk(severityOfA, severityOfB)
}

/** Checks that failed for the same reason (the image could not be opened, there is no network) are one task. */
function missingAnswerActions(all: readonly CheckResult[]): Action[] {
  const network = networkProblem(all.flatMap(({ problem }) => (problem?.unreachable ? [problem] : [])))
  const checks = all.map((one) =>
    network !== null && one.problem?.unreachable ? { ...one, problem: network } : one,
  )
  return groupsBy(checks, ({ problem }) => JSON.stringify(problem)).flatMap((group): Action[] => {
    const [{ problem }] = group
    if (problem === null) {
      return []
    }
    const checks = group.map(({ check }) => check)
    const title = `Get an answer from ${checks.join(', ')}: ${problem.todo}`
    const why = `${checks.join(', ')}: ${problem.what} (${problem.where})`
    return [{ ...NOTHING_TO_COPY, kind: 'answer', title, why, checks, findings: [] }]
  })
}

/**
 * Findings that another Debian release settles, if this one is past its end of support, or the mirrors no longer have
 * the files of its updates; worst first.
 */
function settledByMove(findings: readonly RuledFinding[]): RuledFinding[] {
  const unsupported = findings.filter((finding) => isObstacle(finding, 'end-of-life'))
  const withLostFix = findings.filter((finding) => lostFix(finding) !== null)
  const older = findings.filter((finding) => isObstacle(finding, 'not-current-stable'))
  return unsupported.length > 0 ? [...unsupported, ...older, ...withLostFix] : withLostFix
}

/** One task for all findings: no command can fetch files that the mirrors do not have. */
function releaseActions(findings: readonly RuledFinding[]): Action[] {
  const [first] = findings
  if (first === undefined) {
    return []
  }
  const withFix = findings.filter((finding) => lostFix(finding) === null)
  const lostFiles = new Set(
    findings.flatMap((finding) => (withFix.includes(finding) ? [] : (finding.package ?? []))),
  )
  const reasons = [
    ...withFix.map(becauseText),
    ...(lostFiles.size === 0 ? [] : [`no update can be installed for ${listText([...lostFiles])}`]),
  ]
  const title = withFix.includes(first) ? describe(first).todo : SUPPORTED
  return [taskFor('decide', findings, { title, why: reasons.join('; '), where: placeOf(first) })]
}

/** One task for each source package: which package takes the place of the installed one is for a person to find. */
function replacingActions(findings: readonly RuledFinding[]): Action[] {
  return groupsBy(findings, ({ package: name }) => name ?? '').map((group) => {
    const [first] = group
    const names = [...new Set(group.flatMap(({ binaries }) => binaries.map(({ name }) => name)))]
    const why = `${plural(group.length, 'vulnerability', 'vulnerabilities')}: the archive has the fix only in packages of other names`
    return taskFor('decide', group, {
      title: `Replace ${listText(names)}, which no update fixes, or remove it`,
      why,
      where: placeOf(first),
    })
  })
}

/**
 * The tasks that need a person's decision. Unsupported packages are one task per kind, because removing one repository
 * may settle all of them; unreadable content is also one task per kind, whatever its folder.
 */
function decisionActions(findings: readonly RuledFinding[]): Action[] {
  const byKind = groupsBy(findings, (finding) => {
    const isAboutPackages = 'details' in finding && finding.package !== null
    // Each vendor's packages are updated in its own repository.
    const vendor = isObstacle(finding, 'no-security-support') ? (finding.details.vendor ?? '') : ''
    return isAboutPackages || isAcceptedByPath(finding.check, finding.id)
      ? `${finding.id} ${vendor}`
      : String(findings.indexOf(finding))
  })
  return byKind.map((group) => {
    const [first] = group
    const names = group.flatMap(({ package: name }) => name ?? [])
    const ofAll = names.length === 0 ? pathsOfAll(group) : `${names.length} packages: ${listText(names)}`
    const reason = group.length === 1 ? reasonTextOf(first) : ofAll
    const texts = { title: describe(first).todo, why: `${reason}${ignoreAdvice(group)}` }
    return taskFor('decide', group, { ...texts, where: placeOf(first) })
  })
}

/** "12 paths in srv/app, opt/lib (no zip archive, a sparse file)". Contains text from outside. */
function pathsOfAll(findings: readonly RuledFinding[]): string {
  const details = findings.map((finding): object => ('details' in finding ? finding.details : {}))
  const texts = (name: string) => [
    ...new Set(details.map((one) => String(Reflect.get(one, name) ?? '')).filter((text) => text !== '')),
  ]
  const count = details.reduce((sum, one) => sum + Number(Reflect.get(one, 'count') ?? 0), 0)
  const [folders, causes] = [listText(texts('folder')), listText(texts('cause'))]
  return `${plural(count, 'path')}${folders === '' ? '' : ` in ${folders}`}${causes === '' ? '' : ` (${causes})`}`
}

function reasonTextOf(finding: RuledFinding): string {
  const text = becauseText(finding)
  const isNoted = finding.because.some(({ reason }) => reason === 'debian')
  return finding.debian === null || isNoted ? text : `${text}; ${debianText(finding.debian)}`
}
