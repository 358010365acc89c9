import { judgedAs } from '../debian/signed.js'
import { supportOf } from '../debian/support-table.js'
import { scorerKind } from '../feeds/formats/cvss.js'
import type { Rated, Reason, ReturnReason } from '../model/because/reasons.js'
import type { ApplicationFinding } from '../model/finding/application.js'
import {
  type Finding,
  isApplication,
  isKnownVulnerability,
  isMalware,
  isRuledInOrder,
  isUpdate,
  isVulnerability,
} from '../model/finding/index.js'
import type { LayerOwner } from '../model/layer-owner.js'
import type { InstalledPackage } from '../model/package.js'
import type { Place } from '../model/place.js'
import { isAtLeast, type Severity } from '../model/severity.js'
import { sorted } from '../model/text.js'
import type { RuledFinding, Ruling } from '../model/verdict.js'
import { type LimitInForce, limitFor } from '../policy/gate/by-owner.js'
import { type GatePolicy, treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { statementOf } from '../policy/vex/apply.js'
import { acceptedBy, entriesFor, type WhitelistSubject } from '../policy/whitelist/match.js'
import { dueDay, type UpdateSeverity } from './due.js'
import { fixElsewhere, installableFix, lostFix, stateOf } from './fixes.js'
import { ruleByKind } from './kind-rules.js'
import { NOBODY_KNOWS, type Owners } from './owners.js'

/** Empty for most findings. */
export const NO_DETAILS = {
  returnsWhen: null,
  line: null,
  since: null,
  statement: null,
  owner: null,
  due: null,
}

export interface RuledSubject extends WhitelistSubject {
  /** From its own package database; `null` or omitted if they are not known. */
  readonly packages?: readonly InstalledPackage[] | null
  /** Whose thresholds may apply; omitted if that is not known. */
  readonly owners?: Owners
  /** The severity that decides the time to act on an update; omitted if that is not known. */
  readonly updateSeverity?: UpdateSeverity
}

/** The ordered rulings of docs/architecture.md: the first line that applies decides. */
export function rule(finding: Finding, subject: RuledSubject, policy: Policy, today: string): RuledFinding {
  if (!isRuledInOrder(finding)) {
    throw new Error(`only the ${finding.check} check can rule on its own findings`)
  }
  const { counted, shown } = subject.owners ?? NOBODY_KNOWS
  const owners = counted(finding)
  const failOn = limitFor(policy.gate.failOn, owners)
  const { severity, rated } = ratedAs(finding, policy.gate)
  const { accepting, near } = entriesFor(finding, subject, policy.whitelist.entries, today)
  // A mirror's statement that it has lost the file is not signed, so it makes no ruling milder.
  const elsewhere = fixElsewhere(finding, today)
  const fix = elsewhere === null ? (installableFix(finding) ?? lostFix(finding)) : null
  const codename = (isVulnerability(finding) ? finding.release : null) ?? subject.codename
  const ended = supportEnded(codename, today)
  const state: Reason[] = [elsewhere ?? stateOf(finding, codename)]

  // 0: the running kernel is the host's; then what Clair alone says of a source version that has the fix. No update could
  // end it, so if it blocked, people would learn to accept findings unread; if it were left out, the report would not
  // agree with Clair's.
  if (isOfHostKernel(finding, subject.packages)) {
    return ruled('noted', false, [
      { reason: 'host-kernel', packages: sorted(finding.binaries.map(({ name }) => name)) },
    ])
  }
  if (finding.agreement === 'refuted') {
    const { version, fixedVersion } = finding
    const explanation = isApplication(finding) ? finding.explanation : null
    return ruled('noted', false, [{ reason: 'refuted', version, fixedVersion, explanation }])
  }
  // 1
  if (finding.kev === true && accepting === null) {
    const exploited = isUpdate(finding) ? finding.exploited : []
    const fixes = exploited.length === 0 ? null : exploited
    return act({ reason: 'kev', fixes }, ...state)
  }
  if (isMalware(finding) && accepting === null) {
    return act({ reason: 'malware' })
  }
  // 2
  if (accepting !== null) {
    const accepted = ruled('accepted', false, [acceptedBy(accepting)], accepting.place)
    return { ...accepted, statement: statementOf(accepting) }
  }
  if (isApplication(finding) && treated(finding, policy.gate) === 'report') {
    const key = finding.kind === 'bitnami' && policy.gate.programs !== null ? 'programs' : 'application'
    return because('noted', false, ...state, { reason: 'application-report', key })
  }
  if (!isKnownVulnerability(finding)) {
    const { blocks, because: why, due } = ruleByKind(finding, policy.gate, subject.codename, today)
    const hasTime = blocks && finding.id === 'security-update' && finding.installable === true
    const urgency = hasTime ? (subject.updateSeverity?.(finding) ?? null) : null
    const milder = due === null ? 'noted' : 'due'
    return blocks ? actInTime(urgency, ...why) : { ...because(milder, false, ...why), due }
  }
  // 3
  if (fix === null && finding.debian !== null) {
    const note = finding.debian
    const urgent = urgentDeferred(finding, policy.gate, owners)
    const debian: Reason = {
      reason: 'debian',
      note,
      ended: ended === null ? null : { codename: codename ?? '', day: ended },
    }
    if (urgent !== null) {
      return act(...state, debian, urgent)
    }
    if (ended === null) {
      const deferred = ruled('deferred', false, [...state, debian])
      return { ...deferred, returnsWhen: returnsWhen(finding, codename, today) }
    }
    state.push(debian)
  }
  // 4
  const unfixed = urgentUnfixed(severity, rated, policy.gate, owners)
  if (fix === null) {
    return unfixed === null ? because('unfixed', false, ...state) : act(...state, unfixed)
  }
  // 5
  if (severity === 'unknown' && policy.gate.unknownSeverity === 'act') {
    return lostFix(finding) === null ? act({ reason: 'unrated' }) : act(...state, { reason: 'not-rated' })
  }
  if (isAtLeast(severity, failOn.limit)) {
    return actInTime(severity, ...state, reached('fail-on', rated, failOn))
  }
  // A finding that acts without a fix does not become milder once there is a fix that nobody has installed.
  if (unfixed !== null) {
    return actInTime(severity, ...state, unfixed)
  }
  const likely = likelyEnough(finding, policy.gate)
  if (likely !== null) {
    return actInTime(severity, ...state, likely)
  }
  // 6
  const below: Reason = { reason: 'below', rated, threshold: failOn.limit, of: failOn.of }
  return because('noted', false, ...state, below)

  function act(...reasons: Reason[]): RuledFinding {
    return because('act', true, ...reasons)
  }
  /**
   * A fix can be installed: `act-within` may give it time. A file that the mirrors have lost is left to another task.
   */
  function actInTime(by: Severity | null, ...reasons: Reason[]): RuledFinding {
    const due = lostFix(finding) === null ? dueDay(finding, by, policy.gate, today) : null
    if (due === null || due.isOver) {
      return act(...reasons, ...(due === null ? [] : [due.reason]))
    }
    return { ...because('due', false, ...reasons, due.reason), due: due.day }
  }
  function because(ruling: Ruling, blocks: boolean, ...reasons: Reason[]): RuledFinding {
    const all = [...reasons, ...clairAlone(finding), ...(near === null ? [] : [near.why])]
    return ruled(ruling, blocks, all, near?.entry.place ?? null)
  }
  function ruled(
    ruling: Ruling,
    blocks: boolean,
    because: readonly Reason[],
    policy: Place | null = null,
  ): RuledFinding {
    return { ...finding, ruling, because, blocks, policy, ...NO_DETAILS, owner: shown(finding) }
  }
}

function treated({ kind }: ApplicationFinding, gate: GatePolicy) {
  return kind === 'bitnami' ? treatedPrograms(gate) : gate.application
}

/** That it rests on Clair's word alone. */
function clairAlone(finding: Finding): readonly Reason[] {
  const { explanation = null } = isApplication(finding) && finding.agreement === null ? finding : {}
  return explanation === null ? [] : [{ reason: 'clair-alone', explanation }]
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

/** The severity that counts, and its source: `unknown-severity` may set one for unrated findings. */
function ratedAs(
  { severity, severitySource: source, cvss }: Finding,
  { unknownSeverity }: GatePolicy,
): { readonly severity: Severity; readonly rated: Rated } {
  const rated = { severity, source, score: scoreOf(cvss, source), takenFor: null }
  if (severity !== 'unknown' || unknownSeverity === 'act') {
    return { severity, rated }
  }
  const taken = { ...rated, takenFor: unknownSeverity }
  return { severity: unknownSeverity === 'noted' ? severity : unknownSeverity, rated: taken }
}

/** The score that gave the severity; `null` if no score did. */
function scoreOf(cvss: Finding['cvss'], source: string | null): number | null {
  return cvss !== null && source === scorerKind(cvss.scorer) ? cvss.score : null
}

/** Why its EPSS alone makes a finding with a fix act; `null` if it does not. */
function likelyEnough({ epss }: Pick<Finding, 'epss'>, { epssAtLeast }: GatePolicy): Reason | null {
  if (epssAtLeast === null || epss === null || epss.probability < epssAtLeast) {
    return null
  }
  return { reason: 'likely', probability: epss.probability, threshold: epssAtLeast }
}

/** Why a finding without a fix acts; `null` if it does not. */
function urgentUnfixed(
  severity: Severity,
  rated: Rated,
  { failOnUnfixed }: GatePolicy,
  owners: readonly LayerOwner[],
): Reason | null {
  const { limit, of } = limitFor(failOnUnfixed, owners)
  return limit === null || !isAtLeast(severity, limit)
    ? null
    : reached('fail-on-unfixed', rated, { limit, of })
}

type Limiting = Extract<Reason, { readonly reason: 'at-or-above' }>

function reached(input: Limiting['input'], rated: Rated, { limit, of }: LimitInForce<Severity>): Limiting {
  return { reason: 'at-or-above', rated, input, threshold: limit, of }
}

/** Why a deferred finding acts anyway; `null` if it does not. Unimportant is always negligible. */
function urgentDeferred(
  { severity, severitySource: source, cvss, debian }: Finding,
  { failOnDeferred }: GatePolicy,
  owners: readonly LayerOwner[],
): Reason | null {
  const { limit, of } = limitFor(failOnDeferred, owners)
  if (limit === null || debian?.kind === 'unimportant' || !isAtLeast(severity, limit)) {
    return null
  }
  const rated = { severity, source, score: scoreOf(cvss, source), takenFor: null }
  return reached('fail-on-deferred', rated, { limit, of })
}

/**
 * The day on which Debian's support of a release ended (LTS included, YYYY-MM-DD), or `null` if it continues. Once
 * Debian no longer supports a release, nothing in it counts as deferred.
 */
export function supportEnded(codename: string | null, today: string): string | null {
  if (codename === null) {
    return null
  }
  const { state, row } = supportOf(codename, today)
  return state === 'end-of-life' ? (row?.eolLts ?? row?.eol ?? null) : null
}

/** What brings a deferred finding back. */
export function returnsWhen(
  { fixedVersion: fix }: Pick<Finding, 'fixedVersion'>,
  codename: string | null,
  today: string,
): ReturnReason[] {
  const row = codename === null ? null : supportOf(codename, today).row
  return [
    { reason: 'kev' },
    { reason: 'archive-offers', codename, fix },
    { reason: 'support-ends', codename, end: row?.eolLts ?? row?.eol ?? null },
  ]
}
