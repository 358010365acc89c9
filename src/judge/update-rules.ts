import type { Finding } from '../model/finding.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { BASE_OBSTACLES } from './base-rules.js'

/** What a release is to Debian blocks whatever the packages are. */
const BLOCKING = ['end-of-life', 'archived-release', 'unknown-release', 'testing-or-unstable']

/**
 * The ruling on a finding of the check `security-updates`: whether it blocks, and why in one sentence. A missing
 * security update does; an ordinary one does where the release's kind waits for any. What is odd about the image's
 * sources is noted: what they hide is found all the same.
 */
export function ruleUpdate(finding: Finding, gate: GatePolicy): { blocks: boolean; because: string } {
  const { id, facts, fixedVersion } = finding
  const why = facts.why ?? id
  if (id === 'security-update') {
    return {
      blocks: true,
      because: `Debian has a security update: ${fixedVersion ?? 'a newer version'}${fixed(finding)}${held(finding)}`,
    }
  }
  if (id === 'ordinary-update') {
    const blocks = gate.release !== null && gate.releases[gate.release] === 'any-update'
    const rule = blocks ? `; a ${gate.release} release takes any update (releases of policies/gate.yml)` : ''
    return {
      blocks,
      because: `an ordinary update (${facts.kind ?? 'not from security'})${fixed(finding)}${held(finding)}${rule}`,
    }
  }
  if (id === 'not-current-stable') {
    const supported = facts.support === 'supported' || facts.support === 'lts'
    const blocks = gate.requireRelease === 'stable' || !supported
    return {
      blocks,
      because: blocks ? `${why}; require-release is ${gate.requireRelease}` : `${why}; Debian supports it`,
    }
  }
  if (id === 'stable-not-known') return { blocks: gate.requireRelease === 'stable', because: why }
  if (BASE_OBSTACLES.includes(id)) return { blocks: gate.allowedBases !== null, because: why }
  return { blocks: BLOCKING.includes(id), because: why }
}

function fixed({ cves }: Finding): string {
  if (cves === null || cves.length === 0) return ''
  const [first = '', ...more] = cves
  return `; fixes ${cves.length === 1 ? first : `${first} and ${more.length} more`}`
}

function held({ facts }: Finding): string {
  return facts.heldBack === undefined ? '' : `; apt-get upgrade would hold it back: ${facts.heldBack}`
}
