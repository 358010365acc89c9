import { judge } from '../../../src/judge/judge.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { Finding } from '../../../src/model/finding/index.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { aJudgedInput, aPlace, aPolicy, aWhitelistEntry, TODAY } from '../../support/builders.js'

/** The ruling of one finding under this policy. */
export function ruling(
  finding: Finding,
  entries: readonly WhitelistEntry[] = [],
  gate: Partial<GatePolicy> = {},
  codename: string | null = 'bookworm',
): Pick<RuledFinding, 'ruling' | 'blocks' | 'policy'> & { readonly because: string } {
  const [image] = judge([aJudgedInput([finding], { codename })], aPolicy(entries, gate), TODAY).images
  const [ruled] = image?.findings ?? []
  if (ruled === undefined) {
    throw new Error('the finding was lost')
  }
  const { ruling, blocks, policy } = ruled
  return { ruling, blocks, because: becauseText(ruled), policy }
}

export const noDsa = { kind: 'no-dsa', words: 'Minor issue' } as const

export const expired = aWhitelistEntry({ expires: '2026-10-01', place: aPlace({ line: 12 }) })
