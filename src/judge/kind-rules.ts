import type { Reason } from '../model/because/reasons.js'
import { type Finding, isLeftBehind, isObstacle, isUpdate } from '../model/finding/index.js'
import { KINDS } from '../model/finding/kinds.js'
import type { ObstacleFinding } from '../model/finding/obstacle.js'
import type { UpdateFinding } from '../model/finding/update.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'

type RuledByKind = UpdateFinding | ObstacleFinding

/**
 * The ruling for findings that the ordered rulings do not cover: whether one blocks, by the row of its kind, and why.
 */
export function ruleByKind(
  finding: RuledByKind,
  gate: GatePolicy,
): { readonly blocks: boolean; readonly because: readonly Reason[] } {
  const blocks = doesBlock(finding, gate)
  return {
    blocks,
    because: isUpdate(finding) ? ofUpdate(finding, blocks, gate) : ofImage(finding, blocks, gate),
  }
}

function doesBlock(
  finding: RuledByKind,
  {
    release,
    releases,
    requireRelease,
    allowedBases,
    failOnUnexamined,
    unread,
    application,
    endOfLife,
  }: GatePolicy,
): boolean {
  const isOfBase = baseThatBrought(finding) !== null
  return {
    always: true,
    never: false,
    'any-update': release !== null && releases[release] === 'any-update',
    stable: requireRelease === 'stable',
    'unless-supported': requireRelease === 'stable' || !isSupported(finding),
    bases: allowedBases !== 'any',
    'listed-bases': typeof allowedBases !== 'string',
    unexamined: failOnUnexamined,
    // With `application: off` nothing could block if it were read.
    unread: failOnUnexamined || (unread === 'act' && application !== 'off' && sparedBy(finding) === null),
    ended:
      endOfLife === 'act' && isObstacle(finding, 'program-end-of-life') && finding.details.state === 'past',
    'unless-of-base': !isOfBase,
    'if-newer': isLeftBehind(finding) && !isOfBase,
  }[KINDS[finding.id].blocks]
}

function isSupported(finding: Finding): boolean {
  return (
    'details' in finding &&
    'support' in finding.details &&
    ['supported', 'lts'].includes(finding.details.support)
  )
}

/** The proven official base that a package came with; `null` if there is none, and for other findings. */
function baseThatBrought(finding: Finding): string | null {
  const hasBase = isObstacle(finding, 'no-security-support') || isObstacle(finding, 'other-release')
  return hasBase ? finding.details.base : null
}

/** Why content that could not be read is only noted; `null` if nothing says so, and for other findings. */
function sparedBy(finding: Finding): string | null {
  return 'details' in finding && 'spared' in finding.details ? finding.details.spared : null
}

function ofUpdate(
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
    ...(blocks && !isSecurity && gate.release !== null
      ? [{ reason: 'any-update', release: gate.release } as const]
      : []),
  ]
}

function ofImage(finding: ObstacleFinding, blocks: boolean, gate: GatePolicy): Reason[] {
  const { id, why } = finding
  const found: Reason = { reason: 'as-found', why }
  const base = baseThatBrought(finding)
  if (base !== null) {
    return [found, { reason: 'of-base', base }]
  }
  switch (KINDS[id].blocks) {
    case 'unexamined':
      return blocks ? [found, { reason: 'unexamined' }] : [found]
    case 'unread':
      return [found, ...whyUnread(finding, blocks, gate)]
    case 'unless-supported':
      return [
        found,
        blocks ? { reason: 'require-release', wanted: gate.requireRelease } : { reason: 'still-supported' },
      ]
    default:
      return [found]
  }
}

function whyUnread(finding: Finding, blocks: boolean, gate: GatePolicy): Reason[] {
  const spared = sparedBy(finding)
  if (blocks) {
    return [gate.failOnUnexamined ? { reason: 'unexamined' } : { reason: 'unread', is: gate.unread }]
  }
  if (spared !== null) {
    return [{ reason: 'spared', why: spared }]
  }
  return gate.unread === 'noted' ? [{ reason: 'unread', is: gate.unread }] : [{ reason: 'application-off' }]
}
