import { dockerfileLines } from '../../debian/apt/command.js'
import {
  type Action,
  type ApplicationFinding,
  becauseText,
  changeText,
  describe,
  groupsBy,
  listText,
  manifestFile,
  type RulingOfFinding,
} from '../../model/index.js'
import { countOf } from '../counts.js'
import { placeOf, updateLines } from '../locations/lines.js'
import { taskFor } from './task-for.js'
import { vendorCommand } from './vendor-command.js'

export type RuledApplicationFinding = ApplicationFinding & RulingOfFinding
type Findings = readonly [RuledApplicationFinding, ...RuledApplicationFinding[]]

/**
 * The tasks for application packages: one for each file that a person changes, and one for each package that no
 * version fixes. There is no command but for a vendor's package: nothing here knows how the application is built.
 * @param blocking worst first
 * @param hasApt whether the image has it
 */
export function applicationActions(blocking: readonly RuledApplicationFinding[], hasApt: boolean): Action[] {
  const malware = blocking.filter((finding) => finding.malware)
  const others = blocking.filter((finding) => !finding.malware)
  const raised = others.filter(({ fixedVersion }) => fixedVersion !== null)
  const remaining = groupsBy(
    [...malware, ...others.filter(({ fixedVersion }) => fixedVersion === null)],
    ({ package: name, id, malware: isMalware }) => (isMalware ? name : `${name}\n${id}`),
  )
  return [
    ...remaining.map((group) => actionFor(group, describe(group[0]).todo, becauseText(group[0]))),
    ...groupsBy(raised, manifestFile).map((group) => upgradeAction(group, hasApt)),
  ]
}

function upgradeAction(findings: Findings, hasApt: boolean): Action {
  const byPackage = Map.groupBy(findings, ({ package: name, version }) => `${name} ${version ?? ''}`.trim())
  const changes = [...byPackage].map(([name, all]) => `${name} → ${targetOf(all)}`)
  const count = changes.length
  const [first] = findings
  const { vendor } = first
  const isProgram = findings.every(({ kind }) => kind === 'bitnami')
  const others = isProgram
    ? ''
    : `packages that depend on ${count === 1 ? 'it' : 'them'} may have to change too, and `
  const isOtherBranch = findings.some(({ branch }) => branch?.hasFix === false)
  const last =
    vendor === undefined
      ? `${others}Debian updates do not include this fix`
      : `${isOtherBranch ? `${vendor.title} may have that branch as another package, or in another repository; ` : ''}Debian's packages of that name are others`
  const title = `${changeText(first)}: ${count === 1 ? changes[0] : `${count} packages`}`
  const why = `${count === 1 ? '' : `${listText(changes)}; `}fixes ${countOf(findings)}${higherVersionReason([...byPackage.values()])}; ${last}`
  const command = vendor === undefined || !hasApt ? null : vendorCommand(vendor)
  const dockerfile = command === null ? null : dockerfileLines(command)
  return { ...actionFor(findings, title, why), command, dockerfile }
}

/** The version that settles all known vulnerabilities, if there is one. */
function targetOf(findings: readonly RuledApplicationFinding[]): string {
  const fixes = fixesOf(findings)
  return findings[0]?.settles ?? (fixes.length === 1 ? (fixes[0] ?? '') : `the highest of ${listText(fixes)}`)
}

function fixesOf(findings: readonly RuledApplicationFinding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ fixedVersion }) => fixedVersion ?? []))]
}

/** Tables name the lowest version with the fix, so naming a higher one needs an explanation. */
function higherVersionReason(packages: readonly (readonly RuledApplicationFinding[])[]): string {
  const isSettled = packages.every(([first]) => first?.settles !== null)
  if (!isSettled || packages.every((all) => fixesOf(all).includes(targetOf(all)))) {
    return ''
  }
  const [one = [], ...others] = packages
  const what =
    others.length === 0 ? `${targetOf(one)} is the lowest version` : 'these are the lowest versions'
  return ` (${what} without known vulnerabilities)`
}

function actionFor(findings: Findings, title: string, why: string): Action {
  const [line = placeOf(findings[0])] = updateLines(findings)
  return taskFor('decide', findings, { title, why, where: line })
}
