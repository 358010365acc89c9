import { judgedAs } from '../debian/signed.js'
import type { Reason } from '../model/because/reasons.js'
import {
  type Finding,
  isApplication,
  isKnownVulnerability,
  isMalware,
  isRuledInOrder,
  isUpdate,
  isVulnerability,
} from '../model/finding/index.js'
import { isAtLeast, type Severity } from '../model/severity.js'
import { sorted } from '../model/text.js'
import type { RuledFinding, Ruling } from '../model/verdict.js'
import { type LimitInForce, limitFor } from '../policy/gate/by-owner.js'
import { treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { statementOf } from '../policy/vex/apply.js'
import { acceptedBy } from '../policy/whitelist/match.js'
import { lostFix } from './fixes.js'
import { ruleByKind } from './kind-rules.js'
import {
  acting,
  actingInTime,
  type Case,
  caseOf,
  type RuledSubject,
  returnsWhen,
  ruledBecause,
  rulingFor,
  scoreOf,
} from './ruling-case.js'

/** A row of the table; `null`: it does not apply. */
type Row = (of: Case) => RuledFinding | null

/** A container runs its host's kernel. */
function hostKernel(of: Case): RuledFinding | null {
  const { finding, subject } = of
  return isOfHostKernel(finding, subject.packages)
    ? rulingFor(of, 'noted', false, [
        { reason: 'host-kernel', packages: sorted(finding.binaries.map(({ name }) => name)) },
      ])
    : null
}

/**
 * What Clair alone says of a source version that has the fix. No update could end it, so if it blocked, people would
 * learn to accept findings unread; if it were left out, the report would not agree with Clair's.
 */
function refutedRuling(of: Case): RuledFinding | null {
  const { finding } = of
  if (finding.agreement !== 'refuted') {
    return null
  }
  const { version, fixedVersion } = finding
  const explanation = isApplication(finding) ? finding.explanation : null
  return rulingFor(of, 'noted', false, [{ reason: 'refuted', version, fixedVersion, explanation }])
}

/** Known to be exploited, with or without a fix. */
function exploited(of: Case): RuledFinding | null {
  const { finding, accepting, state } = of
  if (finding.kev !== true || accepting !== null) {
    return null
  }
  const fixes = isUpdate(finding) && finding.exploited.length > 0 ? finding.exploited : null
  return acting(of, { reason: 'kev', fixes }, state)
}

function malwareRuling(of: Case): RuledFinding | null {
  return isMalware(of.finding) && of.accepting === null ? acting(of, { reason: 'malware' }) : null
}

/** By the whitelist or a VEX document, which says itself whether it covers what is exploited or malicious. */
function accepted(of: Case): RuledFinding | null {
  const { accepting } = of
  return accepting === null
    ? null
    : {
        ...rulingFor(of, 'accepted', false, [acceptedBy(accepting)], accepting.place),
        statement: statementOf(accepting),
      }
}

/** `application: report`, and `programs: report`. */
function reportedOnly(of: Case): RuledFinding | null {
  const { finding, gate, state } = of
  if (!isApplication(finding)) {
    return null
  }
  const isProgram = finding.kind === 'bitnami'
  if ((isProgram ? treatedPrograms(gate) : gate.application) !== 'report') {
    return null
  }
  const key = isProgram && gate.programs !== null ? 'programs' : 'application'
  return ruledBecause(of, 'noted', false, state, { reason: 'application-report', key })
}

/** Anything but a known vulnerability is ruled on by the row of its kind. */
function rulingByKind(of: Case): RuledFinding | null {
  const { finding, subject, gate, today } = of
  if (isKnownVulnerability(finding)) {
    return null
  }
  const { blocks, because: why, due } = ruleByKind(finding, gate, subject.codename, today)
  if (!blocks) {
    return { ...ruledBecause(of, due === null ? 'noted' : 'due', false, ...why), due }
  }
  // Only a missing security update may have time: an ordinary update blocks nothing but a release, which never has any.
  const by = finding.installable === true ? subject.updateSeverity?.(finding) : null
  return actingInTime(of, by ?? null, ...why)
}

/** Debian has a reason for no fix, and `fail-on-deferred` does not care. */
function urgentDeferralRuling(of: Case): RuledFinding | null {
  const { debian, state } = of
  const urgent = debian === null ? null : urgentDeferred(of)
  return debian === null || urgent === null ? null : acting(of, state, debian, urgent)
}

function deferred(of: Case): RuledFinding | null {
  const { finding, debian, state, ended, codename, today } = of
  return debian === null || ended !== null
    ? null
    : {
        ...rulingFor(of, 'deferred', false, [state, debian]),
        returnsWhen: returnsWhen(finding, codename, today),
      }
}

function urgentlyUnfixed(of: Case): RuledFinding | null {
  const urgent = of.fix === null ? urgentUnfixed(of) : null
  return urgent === null ? null : acting(of, ...knownState(of), urgent)
}

function unfixed(of: Case): RuledFinding | null {
  return of.fix === null ? ruledBecause(of, 'unfixed', false, ...knownState(of)) : null
}

/** The vulnerability is not rated: it is not treated as low. */
function unratedRuling(of: Case): RuledFinding | null {
  if (of.severity !== 'unknown' || of.gate.unknownSeverity !== 'act') {
    return null
  }
  return lostFix(of.finding) === null
    ? acting(of, { reason: 'unrated' })
    : acting(of, of.state, { reason: 'not-rated' })
}

function severe(of: Case): RuledFinding | null {
  const { severity, rated, gate, owners, state } = of
  const limit = limitFor(gate.failOn, owners)
  return isAtLeast(severity, limit.limit)
    ? actingInTime(of, severity, state, hasReachedThreshold('fail-on', rated, limit))
    : null
}

/** A finding that would block without a fix does not become milder once there is a fix that is not installed. */
function severeWithoutFixRuling(of: Case): RuledFinding | null {
  const urgent = urgentUnfixed(of)
  return urgent === null ? null : actingInTime(of, of.severity, of.state, urgent)
}

/** Rules `act` because of the EPSS score alone. */
function likelyRuling(of: Case): RuledFinding | null {
  const { finding, gate, severity, state } = of
  const { epss } = finding
  if (gate.epssAtLeast === null || epss === null || epss.probability < gate.epssAtLeast) {
    return null
  }
  const why: Reason = { reason: 'likely', probability: epss.probability, threshold: gate.epssAtLeast }
  return actingInTime(of, severity, state, why)
}

function below(of: Case): RuledFinding {
  const { limit: threshold, of: owner } = limitFor(of.gate.failOn, of.owners)
  return ruledBecause(of, 'noted', false, of.state, {
    reason: 'below',
    rated: of.rated,
    threshold,
    of: owner,
  })
}

/**
 * The rulings in order: the first row that applies decides, and the last row always applies. docs/findings/clair.md
 * has the same rows by their numbers.
 */
export const RULINGS: readonly {
  readonly number: number
  readonly rule: Row
  readonly rulings: readonly Ruling[]
}[] = (
  [
    [hostKernel, ['noted']],
    [refutedRuling, ['noted']],
    [exploited, ['act']],
    [malwareRuling, ['act']],
    [accepted, ['accepted']],
    [reportedOnly, ['noted']],
    [rulingByKind, ['act', 'due', 'noted']],
    [urgentDeferralRuling, ['act']],
    [deferred, ['deferred']],
    [urgentlyUnfixed, ['act']],
    [unfixed, ['unfixed']],
    [unratedRuling, ['act']],
    [severe, ['act', 'due']],
    [severeWithoutFixRuling, ['act', 'due']],
    [likelyRuling, ['act', 'due']],
    [below, ['noted']],
  ] as const satisfies readonly (readonly [Row, readonly Ruling[]])[]
).map(([rule, rulings], at) => ({ number: at + 1, rule, rulings }))

/** The first row of the table that applies decides. */
export function rule(finding: Finding, subject: RuledSubject, policy: Policy, today: string): RuledFinding {
  if (!isRuledInOrder(finding)) {
    throw new Error(`only the ${finding.check} check can rule on its own findings`)
  }
  const of = caseOf(finding, subject, policy, today)
  for (const row of RULINGS) {
    const found = row.rule(of)
    if (found !== null) {
      return found
    }
  }
  throw new Error('no ruling applies')
}

/** After the end of Debian's support, Debian's reason is shown, but defers nothing. */
function knownState({ state, debian }: Case): readonly Reason[] {
  return debian === null ? [state] : [state, debian]
}

const KERNEL = 'linux'

/**
 * Binary packages of the kernel's source that do not run a kernel: headers, documentation, sources, and the program
 * that builds modules. All others (linux-perf, bpftool, usbip, linux-image-*) are programs, or a kernel that somebody
 * may start.
 */
const NOTHING_RUNS = /^linux-(?:libc-dev|headers-.+|doc.*|source-.+|kbuild-.+)$/

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
  return installed.length > 0 && all.every(({ name }) => NOTHING_RUNS.test(name))
}

/** Why a finding without a fix gets the ruling `act`; `null` if it does not. */
function urgentUnfixed({ severity, rated, gate, owners }: Case): Reason | null {
  const { limit, of } = limitFor(gate.failOnUnfixed, owners)
  return limit === null || !isAtLeast(severity, limit)
    ? null
    : hasReachedThreshold('fail-on-unfixed', rated, { limit, of })
}

type Limiting = Extract<Reason, { readonly reason: 'at-or-above' }>

function hasReachedThreshold(
  input: Limiting['input'],
  rated: Limiting['rated'],
  { limit, of }: LimitInForce<Severity>,
): Limiting {
  return { reason: 'at-or-above', rated, input, threshold: limit, of }
}

/**
 * Why a finding that Debian defers gets the ruling `act` all the same; `null` if it does not. An unimportant one is
 * always negligible.
 */
function urgentDeferred({ finding, gate, owners }: Case): Reason | null {
  const { severity, severitySource: source, cvss, debian } = finding
  const { limit, of } = limitFor(gate.failOnDeferred, owners)
  if (limit === null || debian?.kind === 'unimportant' || !isAtLeast(severity, limit)) {
    return null
  }
  const rated = { severity, source, score: scoreOf(cvss, source), takenFor: null }
  return hasReachedThreshold('fail-on-deferred', rated, { limit, of })
}
