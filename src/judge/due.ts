import {
  type Answer,
  addDays,
  compareSeverity,
  type Finding,
  isDate,
  isKnownVulnerability,
  isUpdate,
  type Reason,
  type Severity,
} from '../model/index.js'
import { daysFor } from '../policy/gate/act-within.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'

/** The severity that decides how much time there is to install an update; `null`: there is no time. */
export type UpdateSeverity = (finding: Finding) => Severity | null

/**
 * For updates, the highest severity of what they fix, by what Clair's check says about each of their CVEs. `null`
 * unless all of them are known, rated, and known not to be exploited.
 */
export function updateSeverities(answers: readonly { readonly answer: Answer }[]): UpdateSeverity {
  const all = answers.flatMap(({ answer }) => (answer.state === 'answered' ? answer.findings : []))
  const vulnerabilities = all.filter((one) => isKnownVulnerability(one))
  const findingsById = Map.groupBy(vulnerabilities, ({ id }) => id)
  return (update) => {
    if (!isUpdate(update) || update.cves === null || update.cves.length === 0) {
      return null
    }
    const findingsOfCves = update.cves.map((id) => findingsById.get(id) ?? [])
    const isKnown = findingsOfCves.every(
      (finding) =>
        finding.length > 0 && finding.every(({ kev, severity }) => kev === false && severity !== 'unknown'),
    )
    const severities = findingsOfCves.flat().map(({ severity }) => severity)
    return isKnown ? (severities.sort(compareSeverity).at(-1) ?? null) : null
  }
}

/**
 * The day by which a finding with a fix has to be acted on; `null`: at once. A finding that KEV lists, or whose KEV
 * status is unknown, has to be acted on at once; so has every finding of a release, and a fix with an unknown or future
 * date.
 * @param severity as the policy treats it
 */
export function dueDay(
  finding: Finding,
  severity: Severity | null,
  { actWithin, release }: GatePolicy,
  today: string,
) {
  const { fixDay: from, kev } = finding
  const days = severity === null ? 0 : daysFor(actWithin, severity)
  const isExploited = isUpdate(finding) ? kev === true : kev !== false
  if (release !== null || isExploited || days === 0 || from === null || !isDate(from) || from > today) {
    return null
  }
  const day = addDays(from, days)
  const isOver = today > day
  const reason: Reason = { reason: isOver ? 'was-due' : 'due', day, from, days }
  return { isOver, day, reason }
}
