import { hasSecuritySupport, supersededOn, supportOf } from '../debian/support-table.js'
import {
  addDays,
  type Finding,
  isLeftBehind,
  isObstacle,
  isUpdate,
  KINDS,
  type ObstacleFinding,
  type Reason,
  type UpdateFinding,
} from '../model/index.js'
import { requiredRelease, rulesForRelease } from '../policy/gate/release-rules.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'

type RuledByKind = UpdateFinding | ObstacleFinding

/**
 * The ruling for findings that the ordered rulings do not cover: whether one blocks, by the row of its kind, and why.
 * `due`: the finding will block once this day is over.
 */
export function ruleByKind(
  finding: RuledByKind,
  gate: GatePolicy,
  codename: string | null,
  today: string,
): { readonly blocks: boolean; readonly because: readonly Reason[]; readonly due: string | null } {
  const blocks = doesBlock(finding, gate)
  const grace = blocks ? graceFor(finding, codename, gate, today) : null
  const because = isUpdate(finding)
    ? updateReasons(finding, blocks, gate)
    : imageReasons(finding, blocks, gate)
  return grace !== null
    ? { blocks: false, because: [...because, { reason: 'grace', ...grace }], due: grace.day }
    : { blocks, because, due: null }
}

/** Debian supports the previous stable release for a year and longer; nobody can move everything in a day. */
const GRACE_DAYS = 90

/**
 * The time that an image on the previous stable release has left; `null`: none. There is none for a major release, nor
 * for a release that Debian no longer supports, nor if the support table does not date the new one. `day`: the last one
 * on which the old release does not block.
 */
function graceFor(
  finding: Finding,
  codename: string | null,
  { release }: Pick<GatePolicy, 'release'>,
  today: string,
) {
  if (!isObstacle(finding, 'not-current-stable') || codename === null || release === 'major') {
    return null
  }
  const { stable } = finding.details
  const from = supersededOn(codename, stable, today)
  if (from === null || !isSupported(finding) || !hasSecuritySupport(supportOf(codename, today))) {
    return null
  }
  const day = addDays(from, GRACE_DAYS)
  return today > day ? null : { stable, from, day }
}

function doesBlock(finding: RuledByKind, gate: GatePolicy): boolean {
  const { allowedBases, unread, application, endOfLife } = gate
  const isOfBase = baseWithPackage(finding) !== null
  const isStable = requiredRelease(gate) === 'stable'
  const mustExamineAll = failsUnexamined(gate)
  return {
    always: true,
    never: false,
    'any-update': rulesForRelease(gate)?.updates === 'any-update',
    stable: isStable,
    'unless-supported': isStable || !isSupported(finding),
    bases: allowedBases !== 'any',
    'listed-bases': typeof allowedBases !== 'string',
    unexamined: mustExamineAll,
    // With `application: off`, no unreadable content could block even if it were read.
    unread:
      mustExamineAll || (unread === 'act' && application !== 'off' && unreadAllowedBecause(finding) === null),
    ended:
      endOfLife === 'act' && isObstacle(finding, 'program-end-of-life') && finding.details.state === 'past',
    'unless-of-base': !isOfBase,
    'if-newer': isLeftBehind(finding) && !isOfBase,
  }[KINDS[finding.id].blocks]
}

function failsUnexamined(gate: GatePolicy): boolean {
  return gate.failOnUnexamined || rulesForRelease(gate)?.unexamined === 'fail'
}

function isSupported(finding: Finding): boolean {
  const support = 'details' in finding && 'support' in finding.details ? finding.details.support : ''
  return ['supported', 'lts'].includes(support)
}

/** The proven official base that a package came with; `null` if there is none, and for other findings. */
function baseWithPackage(finding: Finding): string | null {
  const hasBase = isObstacle(finding, 'no-security-support') || isObstacle(finding, 'other-release')
  return hasBase ? finding.details.base : null
}

/** Why unreadable content is only noted; `null` if it is not, and for other findings. */
function unreadAllowedBecause(finding: Finding): string | null {
  return 'details' in finding && 'spared' in finding.details ? finding.details.spared : null
}

function updateReasons(
  { id, origin, fixedVersion, cves, heldBack, installable }: UpdateFinding,
  blocks: boolean,
  gate: GatePolicy,
): Reason[] {
  const isSecurity = id === 'security-update'
  return [
    isSecurity ? { reason: id, version: fixedVersion } : { reason: id, origin },
    ...(cves === null || cves.length === 0 ? [] : [{ reason: 'fixes', cves } as const]),
    ...(installable === false ? [{ reason: 'file-lost' } as const] : []),
    ...(heldBack === null ? [] : [{ reason: 'held-back', text: heldBack.text } as const]),
    ...(!blocks || isSecurity || gate.release === null
      ? []
      : [{ reason: 'any-update', release: gate.release } as const]),
  ]
}

function imageReasons(finding: ObstacleFinding, blocks: boolean, gate: GatePolicy): Reason[] {
  const { id, why } = finding
  const reasonAsFound: Reason = { reason: 'as-found', why }
  const base = baseWithPackage(finding)
  if (base !== null) {
    return [reasonAsFound, { reason: 'of-base', base }]
  }
  switch (KINDS[id].blocks) {
    case 'unexamined':
      return blocks ? [reasonAsFound, unexaminedReason(gate)] : [reasonAsFound]
    case 'unread':
      return [reasonAsFound, ...unreadReasons(finding, blocks, gate)]
    case 'unless-supported':
      return [reasonAsFound, blocks ? releaseReason(gate) : { reason: 'still-supported' }]
    default:
      return [reasonAsFound]
  }
}

/** The reason names the setting that decides: `fail-on-unexamined`, or that of this kind of release. */
function unexaminedReason({ failOnUnexamined, release }: GatePolicy): Reason {
  return { reason: 'unexamined', ...(failOnUnexamined || release === null ? {} : { release }) }
}

function releaseReason(gate: GatePolicy): Reason {
  const { release } = gate
  const isOwn = rulesForRelease(gate)?.requireRelease != null
  const required = requiredRelease(gate)
  return { reason: 'require-release', wanted: required, ...(isOwn && release !== null ? { release } : {}) }
}

function unreadReasons(finding: Finding, blocks: boolean, gate: GatePolicy): Reason[] {
  const allowedBecause = unreadAllowedBecause(finding)
  if (blocks) {
    return [failsUnexamined(gate) ? unexaminedReason(gate) : { reason: 'unread', is: gate.unread }]
  }
  if (allowedBecause !== null) {
    return [{ reason: 'spared', why: allowedBecause }]
  }
  return gate.unread === 'noted'
    ? [{ reason: 'unread', is: gate.unread }]
    : [{ reason: 'application-off', ...(gate.isOffByOsv && { isOffByOsv: true }) }]
}
