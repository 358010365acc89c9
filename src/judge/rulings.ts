import { judgedAs } from '../debian/signed.js'
import {
  type Finding,
  isApplication,
  isAtLeast,
  isKnownVulnerability,
  isMalware,
  isRuledInOrder,
  isUpdate,
  isVulnerability,
  type Reason,
  type RuledFinding,
  type Ruling,
  type Severity,
  sorted,
} from '../model/index.js'
import { type LimitInForce, limitFor } from '../policy/gate/by-owner.js'
import { treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { statementOf } from '../policy/vex/apply.js'
import { acceptedBy } from '../policy/whitelist/match.js'
import { lostFix } from './fixes.js'
import { ruleByKind } from './kind-rules.js'
import {
  actOrDueRuling,
  actRuling,
  caseOf,
  deferralConditions,
  type RuledSubject,
  type RulingInput,
  ruledBecause,
  rulingFor,
  scoreOf,
} from './ruling-case.js'

/** A row of `RULINGS`; it returns `null` if it does not apply to the finding. */
type RulingRow = (input: RulingInput) => RuledFinding | null

/** Vulnerabilities of the kernel: a container runs its host's kernel. */
function hostKernelRuling(input: RulingInput): RuledFinding | null {
  const { finding, subject } = input
  const packages = sorted(finding.binaries.map(({ name }) => name))
  return isOfHostKernel(finding, subject.packages)
    ? rulingFor(input, 'noted', false, [{ reason: 'host-kernel', packages }])
    : null
}

/**
 * A vulnerability that only Clair reports although the source version has the fix. No update could end it, so if it
 * blocked, people would learn to accept findings unread; if it were left out, the report would differ from Clair's.
 */
function refutedRuling(input: RulingInput): RuledFinding | null {
  const { finding } = input
  if (finding.agreement !== 'refuted') {
    return null
  }
  const { version, fixedVersion } = finding
  const explanation = isApplication(finding) ? finding.explanation : null
  return rulingFor(input, 'noted', false, [{ reason: 'refuted', version, fixedVersion, explanation }])
}

/** Vulnerabilities that are known to be exploited, with or without a fix. */
function exploitedRuling(input: RulingInput): RuledFinding | null {
  const { finding, accepting, fixState } = input
  if (finding.kev !== true || accepting !== null) {
    return null
  }
  const fixes = isUpdate(finding) && finding.exploited.length > 0 ? finding.exploited : null
  return actRuling(input, { reason: 'kev', fixes }, fixState)
}

function malwareRuling(input: RulingInput): RuledFinding | null {
  return isMalware(input.finding) && input.accepting === null ? actRuling(input, { reason: 'malware' }) : null
}

/** Accepted by a whitelist entry or a VEX document, which states whether it covers exploited or malicious packages. */
function acceptedRuling(input: RulingInput): RuledFinding | null {
  const { accepting } = input
  if (accepting === null) {
    return null
  }
  const ruled = rulingFor(input, 'accepted', false, [acceptedBy(accepting)], accepting.place)
  return { ...ruled, statement: statementOf(accepting) }
}

/** The settings `application: report` and `programs: report`: such findings are reported and never block. */
function reportedOnlyRuling(input: RulingInput): RuledFinding | null {
  const { finding, gate, fixState } = input
  if (!isApplication(finding)) {
    return null
  }
  const isProgram = finding.kind === 'bitnami'
  if ((isProgram ? treatedPrograms(gate) : gate.application) !== 'report') {
    return null
  }
  const key = isProgram && gate.programs !== null ? 'programs' : 'application'
  return ruledBecause(input, 'noted', false, fixState, { reason: 'application-report', key })
}

/** Anything but a known vulnerability is ruled on by the row of its kind. */
function rulingByKind(input: RulingInput): RuledFinding | null {
  const { finding, subject, gate, today } = input
  if (isKnownVulnerability(finding)) {
    return null
  }
  const { blocks, because: why, due } = ruleByKind(finding, gate, subject.codename, today)
  if (!blocks) {
    return { ...ruledBecause(input, due === null ? 'noted' : 'due', false, ...why), due }
  }
  // Only security updates may be installed later: an ordinary update blocks only releases, which must have it at once.
  const severityForTime = finding.installable === true ? subject.updateSeverity?.(finding) : null
  return actOrDueRuling(input, severityForTime ?? null, ...why)
}

/** Debian defers the fix, but the policy's `fail-on-deferred` requires to act all the same. */
function urgentDeferralRuling(input: RulingInput): RuledFinding | null {
  const { noFixReason, fixState } = input
  const urgent = noFixReason === null ? null : deferredActReason(input)
  return noFixReason === null || urgent === null ? null : actRuling(input, fixState, noFixReason, urgent)
}

function deferredRuling(input: RulingInput): RuledFinding | null {
  const { finding, noFixReason, fixState, supportEndedOn, codename, today } = input
  if (noFixReason === null || supportEndedOn !== null) {
    return null
  }
  const returnsWhen = deferralConditions(finding, codename, today)
  return { ...rulingFor(input, 'deferred', false, [fixState, noFixReason]), returnsWhen }
}

function urgentlyUnfixedRuling(input: RulingInput): RuledFinding | null {
  const urgent = input.fix === null ? unfixedActReason(input) : null
  return urgent === null ? null : actRuling(input, ...knownState(input), urgent)
}

function unfixedRuling(input: RulingInput): RuledFinding | null {
  return input.fix === null ? ruledBecause(input, 'unfixed', false, ...knownState(input)) : null
}

/** A vulnerability without a severity is not treated as low. */
function unratedRuling(input: RulingInput): RuledFinding | null {
  if (input.severity !== 'unknown' || input.gate.unknownSeverity !== 'act') {
    return null
  }
  return lostFix(input.finding) === null
    ? actRuling(input, { reason: 'unrated' })
    : actRuling(input, input.fixState, { reason: 'not-rated' })
}

function severeRuling(input: RulingInput): RuledFinding | null {
  const { severity, rated, gate, owners, fixState } = input
  const limit = limitFor(gate.failOn, owners)
  return isAtLeast(severity, limit.limit)
    ? actOrDueRuling(input, severity, fixState, hasReachedThreshold('fail-on', rated, limit))
    : null
}

/** A finding that would block without a fix does not become milder once there is a fix that is not installed. */
function severeWithoutFixRuling(input: RulingInput): RuledFinding | null {
  const urgent = unfixedActReason(input)
  return urgent === null ? null : actOrDueRuling(input, input.severity, input.fixState, urgent)
}

/** Rules `act` because of the EPSS score alone. */
function likelyRuling(input: RulingInput): RuledFinding | null {
  const { finding, gate, severity, fixState } = input
  const { epss } = finding
  if (gate.epssAtLeast === null || epss === null || epss.probability < gate.epssAtLeast) {
    return null
  }
  const why: Reason = { reason: 'likely', probability: epss.probability, threshold: gate.epssAtLeast }
  return actOrDueRuling(input, severity, fixState, why)
}

function belowThresholdRuling(input: RulingInput): RuledFinding {
  const { rated, fixState } = input
  const { limit: threshold, of } = limitFor(input.gate.failOn, input.owners)
  return ruledBecause(input, 'noted', false, fixState, { reason: 'below', rated, threshold, of })
}

/**
 * The rulings in order: the first row that applies decides, and the last row always applies. docs/findings/clair.md
 * has the same rows by their numbers.
 */
export const RULINGS: readonly {
  readonly number: number
  readonly rule: RulingRow
  readonly rulings: readonly Ruling[]
}[] = (
  [
    [hostKernelRuling, ['noted']],
    [refutedRuling, ['noted']],
    [exploitedRuling, ['act']],
    [malwareRuling, ['act']],
    [acceptedRuling, ['accepted']],
    [reportedOnlyRuling, ['noted']],
    [rulingByKind, ['act', 'due', 'noted']],
    [urgentDeferralRuling, ['act']],
    [deferredRuling, ['deferred']],
    [urgentlyUnfixedRuling, ['act']],
    [unfixedRuling, ['unfixed']],
    [unratedRuling, ['act']],
    [severeRuling, ['act', 'due']],
    [severeWithoutFixRuling, ['act', 'due']],
    [likelyRuling, ['act', 'due']],
    [belowThresholdRuling, ['noted']],
  ] as const satisfies readonly (readonly [RulingRow, readonly Ruling[]])[]
).map(([rule, rulings], at) => ({ number: at + 1, rule, rulings }))

/** The first row of the table that applies decides. */
export function rule(finding: Finding, subject: RuledSubject, policy: Policy, today: string): RuledFinding {
  if (!isRuledInOrder(finding)) {
    throw new Error(`only the ${finding.check} check can rule on its own findings`)
  }
  const input = caseOf(finding, subject, policy, today)
  for (const row of RULINGS) {
    const ruled = row.rule(input)
    if (ruled !== null) {
      return ruled
    }
  }
  throw new Error('no ruling applies')
}

/** After the end of Debian's support, Debian's reason for not fixing is shown, but no longer defers the finding. */
function knownState({ fixState, noFixReason }: RulingInput): readonly Reason[] {
  return noFixReason === null ? [fixState] : [fixState, noFixReason]
}

const KERNEL = 'linux'

/**
 * Binary packages of the kernel's source that do not run a kernel: headers, documentation, sources, and the program
 * that builds modules. All others (linux-perf, bpftool, usbip, linux-image-*) are programs, or a kernel that somebody
 * may start.
 */
const PACKAGES_WITHOUT_PROGRAMS = /^linux-(?:libc-dev|headers-.+|doc.*|source-.+|kbuild-.+)$/

/**
 * True for a kernel vulnerability in an image without programs of its source: a container runs its host's kernel.
 * Every installed binary package counts, not only the vulnerable ones. Not true if the installed packages are not
 * known, nor for another package database than the image's own.
 */
function isOfHostKernel(finding: Finding, packages: RuledSubject['packages']): boolean {
  if (!isVulnerability(finding) || finding.package !== KERNEL || finding.packageDb !== null) {
    return false
  }
  const installed = (packages ?? []).filter((one) => judgedAs(one).some(({ source }) => source === KERNEL))
  const all = [...installed, ...finding.binaries]
  return installed.length > 0 && all.every(({ name }) => PACKAGES_WITHOUT_PROGRAMS.test(name))
}

/** Why a finding without a fix gets the ruling `act`; `null` if it does not. */
function unfixedActReason({ severity, rated, gate, owners }: RulingInput): Reason | null {
  const { limit, of } = limitFor(gate.failOnUnfixed, owners)
  return limit === null || !isAtLeast(severity, limit)
    ? null
    : hasReachedThreshold('fail-on-unfixed', rated, { limit, of })
}

type ThresholdReason = Extract<Reason, { readonly reason: 'at-or-above' }>

function hasReachedThreshold(
  input: ThresholdReason['input'],
  rated: ThresholdReason['rated'],
  { limit, of }: LimitInForce<Severity>,
): ThresholdReason {
  return { reason: 'at-or-above', rated, input, threshold: limit, of }
}

/**
 * Why a finding that Debian defers gets the ruling `act` all the same; `null` if it does not. An unimportant one is
 * always negligible.
 */
function deferredActReason({ finding, gate, owners }: RulingInput): Reason | null {
  const { severity, severitySource: source, cvss, debian } = finding
  const { limit, of } = limitFor(gate.failOnDeferred, owners)
  if (limit === null || debian?.kind === 'unimportant' || !isAtLeast(severity, limit)) {
    return null
  }
  const rated = { severity, source, score: scoreOf(cvss, source), takenFor: null }
  return hasReachedThreshold('fail-on-deferred', rated, { limit, of })
}
