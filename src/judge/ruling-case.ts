import { supportOf } from '../debian/support-table.js'
import {
  type Finding,
  type InstalledPackage,
  installableFix,
  isApplication,
  isVulnerability,
  type LayerOwner,
  type Place,
  type RatedFinding,
  type Reason,
  type ReturnReason,
  type RuledFinding,
  type RuledInOrder,
  type Ruling,
  type Severity,
  scorerKind,
} from '../model/index.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { type EntriesFor, entriesFor, type WhitelistSubject } from '../policy/whitelist/match.js'
import { dueDay, type UpdateSeverity } from './due.js'
import { fixElsewhere, lostFix, stateOf } from './fixes.js'
import { type Owners, UNKNOWN_OWNERS } from './owners.js'

/** Empty values for the members of a ruling that most findings do not have. */
export const NO_DETAILS = {
  returnsWhen: null,
  line: null,
  since: null,
  statement: null,
  owner: null,
  due: null,
}

export interface RuledSubject extends WhitelistSubject {
  /** From the image's own package database; `null` or omitted if they are not known. */
  readonly packages?: readonly InstalledPackage[] | null
  /** Who owns each finding, since thresholds may differ by owner; omitted if that is not known. */
  readonly owners?: Owners
  /** The severity that decides how much time there is to install an update; omitted if that is not known. */
  readonly updateSeverity?: UpdateSeverity
}

/** A finding, with everything that the rulings depend on. */
export interface RulingInput extends EntriesFor {
  readonly finding: RuledInOrder
  readonly subject: RuledSubject
  readonly gate: GatePolicy
  readonly today: string
  /** The owners whose thresholds apply. */
  readonly owners: readonly LayerOwner[]
  /** The owner that reports show. */
  readonly owner: RuledFinding['owner']
  readonly severity: Severity
  readonly rated: RatedFinding
  /** The version that can be installed; `null`: none. */
  readonly fix: string | null
  readonly codename: string | null
  /** The day on which Debian's support of the release ended; `null`: it has not ended. */
  readonly supportEndedOn: string | null
  readonly fixState: Reason
  readonly noFixReason: Reason | null
}

export function caseOf(
  finding: RuledInOrder,
  subject: RuledSubject,
  policy: Policy,
  today: string,
): RulingInput {
  const { gate, whitelist } = policy
  const { ownersByProof, shownOwner } = subject.owners ?? UNKNOWN_OWNERS
  // A mirror's answer that a file is gone is not signed, so it must not make a ruling milder.
  const fixInOtherRelease = fixElsewhere(finding, today)
  const fix = fixInOtherRelease === null ? (installableFix(finding) ?? lostFix(finding)) : null
  const codename = (isVulnerability(finding) ? finding.release : null) ?? subject.codename
  const supportEndedOn = supportEnded(codename, today)
  const end = supportEndedOn === null ? null : { codename: codename ?? '', day: supportEndedOn }
  const debian: Reason | null =
    fix === null && finding.debian !== null ? { reason: 'debian', note: finding.debian, ended: end } : null
  return {
    ...{ finding, subject, gate, today, fix, codename, supportEndedOn, noFixReason: debian },
    ...entriesFor(finding, subject, whitelist.entries, today),
    ...ratingOf(finding, gate),
    owners: ownersByProof(finding),
    owner: shownOwner(finding),
    fixState: fixInOtherRelease ?? stateOf(finding, codename),
  }
}

export function actRuling(input: RulingInput, ...reasons: readonly Reason[]): RuledFinding {
  return ruledBecause(input, 'act', true, ...reasons)
}

/**
 * The ruling is `act`, since a fix can be installed, or `due` as long as `act-within` gives the finding time. There is
 * no such time if the mirrors have lost the fix's file, which is another task.
 *
 * @param severity the severity that decides how much time there is
 */
export function actOrDueRuling(
  input: RulingInput,
  severity: Severity | null,
  ...reasons: readonly Reason[]
): RuledFinding {
  const { finding, gate, today } = input
  const due = lostFix(finding) === null ? dueDay(finding, severity, gate, today) : null
  if (due === null || due.isOver) {
    return actRuling(input, ...reasons, ...(due === null ? [] : [due.reason]))
  }
  return { ...ruledBecause(input, 'due', false, ...reasons, due.reason), due: due.day }
}

/** The finding with this ruling and these reasons, and with a whitelist entry that almost matches it. */
export function ruledBecause(
  input: RulingInput,
  ruling: Ruling,
  blocks: boolean,
  ...reasons: readonly Reason[]
): RuledFinding {
  const { finding, near } = input
  const all = [...reasons, ...clairAloneReasons(finding), ...(near === null ? [] : [near.why])]
  return rulingFor(input, ruling, blocks, all, near?.entry.place ?? null)
}

export function rulingFor(
  { finding, owner }: RulingInput,
  ruling: Ruling,
  blocks: boolean,
  reasons: readonly Reason[],
  policy: Place | null = null,
): RuledFinding {
  return { ...finding, ruling, because: reasons, blocks, policy, ...NO_DETAILS, owner }
}

/** The reason that says that only Clair reports a vulnerability; empty for other findings. */
function clairAloneReasons(finding: Finding): readonly Reason[] {
  const { explanation = null } = isApplication(finding) && finding.agreement === null ? finding : {}
  return explanation === null ? [] : [{ reason: 'clair-alone', explanation }]
}

/** The severity that counts, and its source: `unknown-severity` may set one for unrated findings. */
function ratingOf(
  { severity, severitySource: source, cvss }: Finding,
  { unknownSeverity }: GatePolicy,
): { readonly severity: Severity; readonly rated: RatedFinding } {
  const rated = { severity, source, score: scoreOf(cvss, source), takenFor: null }
  if (severity !== 'unknown' || unknownSeverity === 'act') {
    return { severity, rated }
  }
  const taken = { ...rated, takenFor: unknownSeverity }
  return { severity: unknownSeverity === 'noted' ? severity : unknownSeverity, rated: taken }
}

/** The score that gave the severity; `null` if no score did. */
export function scoreOf(cvss: Finding['cvss'], source: string | null): number | null {
  return cvss !== null && source === scorerKind(cvss.scorer) ? cvss.score : null
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

/** The conditions under which a deferred finding gets the ruling `act` again. */
export function deferralConditions(
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
