import { exploitedIn } from '../../judge/counts.js'
import {
  CHECKS,
  type ImageVerdict,
  RULINGS,
  type RuledFinding,
  type Ruling,
  SEVERITIES,
  type Severity,
  WORST_FIRST,
} from '../../model/index.js'

/** The name of CISA's list among the sources, if it was read. */
const KEV_SOURCE = 'cisa-kev'

export const RULING_NAMES = {
  act: 'to act on',
  due: 'due',
  accepted: 'accepted',
  deferred: 'deferred by Debian',
  unfixed: 'unfixed',
  noted: 'noted',
} as const satisfies Record<Ruling, string>

export function findingsOf(image: ImageVerdict, ruling: Ruling): RuledFinding[] {
  return image.findings.filter((finding) => finding.ruling === ruling)
}

export function countRulings(images: readonly ImageVerdict[]): Record<Ruling, number> {
  const count = (ruling: Ruling) => images.reduce((sum, image) => sum + findingsOf(image, ruling).length, 0)
  return Object.fromEntries(RULINGS.map((ruling) => [ruling, count(ruling)])) as Record<Ruling, number>
}

/** How much Debian has deferred, and how much of it is critical or high; `unimportant` is a rating of its own. */
export function countDeferred(image: ImageVerdict) {
  const deferred = findingsOf(image, 'deferred')
  const count = (rating: Severity) =>
    deferred.filter(({ severity, debian }) => severity === rating && debian?.kind !== 'unimportant').length
  return { total: deferred.length, critical: count('critical'), high: count('high') }
}

/** "41, 1 critical, 2 high"; only the first number if none is. */
export function deferredText({ total, critical, high }: ReturnType<typeof countDeferred>): string {
  const severe = Object.entries({ critical, high }).filter(([, count]) => count > 0)
  return [String(total), ...severe.map(([rating, count]) => `${count} ${rating}`)].join(', ')
}

/**
 * For the head of a report, whatever the policy says about it: Debian's decision not to fix something does not mean
 * that the image is not affected. `null` if no deferred finding is critical or high.
 */
export function deferredLine(image: ImageVerdict): string | null {
  const count = countDeferred(image)
  return count.critical + count.high === 0
    ? null
    : `Deferred by Debian: ${deferredText(count)}. The image may still be affected.`
}

/** The last days of due findings, the first one first. */
function dueDays(image: ImageVerdict): string[] {
  return findingsOf(image, 'due')
    .flatMap(({ due }) => due ?? [])
    .sort()
}

/** "due 2 (first by 2026-12-09)", with the first day; nothing if none is due. */
export function dueCount(image: ImageVerdict): string[] {
  const days = dueDays(image)
  return days.length === 0 ? [] : [`${RULING_NAMES.due} ${days.length} (first by ${days[0]})`]
}

/**
 * "Due: 2; the earliest is due by 2026-12-09. Each finding blocks the release after its due date.", for the head of a
 * report; `null` if none is due.
 */
export function dueLine(image: ImageVerdict): string | null {
  const days = dueDays(image)
  return days.length === 0
    ? null
    : `Due: ${days.length}; the earliest is due by ${days[0]}. Each finding blocks the release after its due date.`
}

/** "1 fail, 2 pass", worst first. */
export function countVerdicts(images: readonly ImageVerdict[]): string {
  const counts = WORST_FIRST.flatMap((status) => {
    const count = images.filter(({ verdict }) => verdict === status).length
    return count === 0 ? [] : [`${count} ${status}`]
  })
  return counts.join(', ')
}

/** True if at least one check answered, so that a count of 0 means something. */
export function hasAnswer(image: ImageVerdict): boolean {
  return image.checks.some(({ state }) => state === 'answered')
}

/**
 * "2 known exploited (CISA KEV)": CVEs, each once. "None" is stated only if the list was read and the check that
 * finds vulnerabilities answered: what nobody looked for is not absent.
 */
export function kevCount({ findings, sources, checks }: ImageVerdict): string[] {
  const ids = new Set(findings.filter(({ agreement }) => agreement !== 'refuted').flatMap(exploitedIn))
  if (ids.size > 0) {
    return [`${ids.size} known exploited (CISA KEV)`]
  }
  if (!checks.some(({ check, state }) => CHECKS[check].entries.rated && state === 'answered')) {
    return []
  }
  const isRead = sources.some(({ name }) => name === KEV_SOURCE)
  return [isRead ? 'none known exploited (CISA KEV)' : 'KEV not checked']
}

/** How many findings there are of a severity. */
export type SeverityCount = ReturnType<typeof severityCounts>[number]

/** Worst first; only existing ones. `parts`: in the order of the rulings; none is 0. */
export function severityCounts({ findings }: ImageVerdict) {
  const counts = [...SEVERITIES].reverse().map((severity) => {
    const of = findings.filter((one) => one.severity === severity)
    const parts = RULINGS.map((ruling) => {
      return { ruling, count: of.filter((one) => one.ruling === ruling).length }
    })
    return { severity, total: of.length, parts: parts.filter(({ count }) => count > 0) }
  })
  return counts.filter(({ total }) => total > 0)
}
