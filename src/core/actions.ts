import { debianSays, installableFix } from './because.js'
import type { CheckId } from './evidence.js'
import type { Place } from './policy.js'
import { compareSeverity, SEVERITIES, type Severity } from './severity.js'
import type { CheckResult, ImageVerdict, RuledFinding } from './verdict.js'

/** One thing that a person can do so that the image may be released. */
export interface Action {
  readonly kind: 'answer' | 'update' | 'decide'
  /** What to do, as an order: "Update 9 packages". */
  readonly title: string
  /** What it is good for, in one line: "fixes 15 CVEs: 1 critical, 14 high". */
  readonly why: string
  /** A shell command to copy, in one line, built from checked names only; `null` where there is none. */
  readonly command: string | null
  readonly where: Place | null
  /** The checks concerned. */
  readonly checks: readonly CheckId[]
  /** The blocking findings that go away with it, worst first. */
  readonly findings: readonly RuledFinding[]
}

/** What has to be done for one image, as few things as possible: answers first, then the update, then the rest. */
export function thingsToDo(image: ImageVerdict): Action[] {
  const blocking = image.findings.filter((finding) => finding.blocks)
  const updates = blocking.filter((finding) => finding.package !== null && installableFix(finding) !== null)
  const others = blocking.filter((finding) => !updates.includes(finding))
  return [...answers(image.checks), ...(updates.length === 0 ? [] : [update(updates)]), ...others.map(decide)]
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
        where: null,
        checks,
        findings: [],
      },
    ]
  })
}

/**
 * One command for all of them. The fixed version that we know is the source's, and a binary's may differ (an
 * epoch of its own, +bN for a rebuild), so the command names no versions: apt takes what the archive offers.
 */
function update(findings: readonly RuledFinding[]): Action {
  const names = sorted(findings.flatMap(({ binaries }) => binaries.map(({ name }) => name)))
  const without = sorted(findings.filter((f) => f.binaries.length === 0).map((f) => f.package ?? ''))
  const usable = names.filter(isSafeName)
  const count = names.length + without.length
  const left = count - usable.length
  return {
    kind: 'update',
    title: `Update ${count} ${count === 1 ? 'package' : 'packages'}`,
    why: `fixes ${countOf(findings)}${left === 0 ? '' : `; ${left} left out of the command for want of a proper package name`}`,
    command:
      usable.length === 0 ? null : `apt-get update && apt-get install -y --only-upgrade ${usable.join(' ')}`,
    where: null,
    checks: checksOf(findings),
    findings,
  }
}

function decide(finding: RuledFinding): Action {
  const { id, package: name, debian, because } = finding
  return {
    kind: 'decide',
    title:
      finding.check === 'clair' && name !== null
        ? `Remove or replace ${name}: ${id} has no fix`
        : `Settle ${id}`,
    why: debian === null ? because : `${because}; ${debianSays(debian)}`,
    command: null,
    where: finding.policy,
    checks: [finding.check],
    findings: [finding],
  }
}

/**
 * A name that may stand in a command which people copy: Debian policy 5.6.7's characters, and no `-` at the
 * end, which apt-get(8) reads as "remove". Anything else in a dpkg status file was not put there by Debian.
 */
export function isSafeName(name: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]$/.test(name)
}

/** "15 CVEs: 1 critical, 14 high (CVE-2025-1234 in KEV)", "2 CVEs, all high"; "findings" where not all are CVEs. */
export function countOf(findings: readonly RuledFinding[]): string {
  const ids = new Set(findings.map(({ id }) => id))
  const noun = [...ids].every((id) => id.startsWith('CVE-')) ? 'CVE' : 'finding'
  const kev = sorted(findings.filter((finding) => finding.kev === true).map(({ id }) => id))
  const exploited =
    kev.length === 0 ? '' : ` (${kev.slice(0, 3).join(', ')}${kev.length > 3 ? ' …' : ''} in KEV)`
  return `${ids.size} ${noun}${ids.size === 1 ? '' : 's'}${severities(findings)}${exploited}`
}

/** ": 1 critical, 14 high": each id once, at its highest. */
function severities(findings: readonly RuledFinding[]): string {
  const highest = new Map<string, Severity>()
  for (const { id, severity } of findings) {
    const before = highest.get(id) ?? 'unknown'
    highest.set(id, compareSeverity(severity, before) > 0 ? severity : before)
  }
  const counts = [...SEVERITIES]
    .reverse()
    .map((word) => ({
      word: word === 'unknown' ? 'not rated' : word,
      count: [...highest.values()].filter((severity) => severity === word).length,
    }))
    .filter(({ count }) => count > 0)
  const [only] = counts
  if (counts.length > 1 || only === undefined) {
    return `: ${counts.map(({ word, count }) => `${count} ${word}`).join(', ')}`
  }
  return only.count === 1 || only.word === 'not rated' ? `, ${only.word}` : `, all ${only.word}`
}

function checksOf(findings: readonly RuledFinding[]): CheckId[] {
  return [...new Set(findings.map(({ check }) => check))]
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
