import type { Reason } from '../model/because/reasons.js'
import { type Finding, isObstacle, isUpdate } from '../model/finding/index.js'
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
  { release, releases, requireRelease, allowedBases, failOnUnexamined }: GatePolicy,
): boolean {
  const when = KINDS[finding.id].blocks
  switch (when) {
    case 'always':
      return true
    case 'never':
      return false
    case 'any-update':
      return release !== null && releases[release] === 'any-update'
    case 'stable':
      return requireRelease === 'stable'
    case 'unless-supported':
      return requireRelease === 'stable' || !isSupported(finding)
    case 'bases':
      return allowedBases !== 'any'
    case 'listed-bases':
      return typeof allowedBases !== 'string'
    case 'unexamined':
      return failOnUnexamined
    case 'unless-of-base':
      return baseThatBrought(finding) === null
  }
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
  return isObstacle(finding, 'no-security-support') ? finding.details.base : null
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

function ofImage(finding: ObstacleFinding, blocks: boolean, { requireRelease }: GatePolicy): Reason[] {
  const { id, why } = finding
  const found: Reason = { reason: 'as-found', why }
  const base = baseThatBrought(finding)
  if (base !== null) {
    return [found, { reason: 'of-base', base }]
  }
  if (KINDS[id].blocks === 'unexamined' && blocks) {
    return [found, { reason: 'unexamined' }]
  }
  if (KINDS[id].blocks !== 'unless-supported') {
    return [found]
  }
  return [
    found,
    blocks ? { reason: 'require-release', wanted: requireRelease } : { reason: 'still-supported' },
  ]
}
