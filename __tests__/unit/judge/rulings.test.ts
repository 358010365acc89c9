import { expect, test } from '@jest/globals'
import { rule } from '../../../src/judge/rulings.js'
import type { Finding } from '../../../src/model/finding/index.js'
import { KINDS } from '../../../src/model/finding/kinds.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aFinding,
  anUnfixedFinding,
  anUpdate,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const ruled = (finding: Finding, gate: Partial<GatePolicy> = {}, entries: readonly WhitelistEntry[] = []) =>
  rule(finding, SUBJECT, aPolicy(entries, gate), TODAY)
const debian = { kind: 'no-dsa', words: 'Minor issue' } as const
const low = aFinding({ severity: 'low' })
const epss = { probability: 0.9, percentile: 0.9, date: TODAY }

test.each<[string, readonly string[], Finding, Partial<GatePolicy>, readonly WhitelistEntry[]]>([
  ['noted', ['refuted'], aFinding({ agreement: 'refuted' }), {}, []],
  ['act', ['kev', 'no-fix'], anUnfixedFinding({ kev: true }), {}, []],
  ['act', ['kev', 'fix-offered', 'entry-not-despite'], { ...low, kev: true }, {}, [aWhitelistEntry()]],
  ['accepted', ['accepted'], low, {}, [aWhitelistEntry()]],
  ['deferred', ['no-fix', 'debian'], anUnfixedFinding({ debian }), {}, []],
  ['unfixed', ['no-fix'], anUnfixedFinding(), {}, []],
  ['unfixed', ['fix-announced'], aFinding({ installable: false }), {}, []],
  ['act', ['no-fix', 'at-or-above'], anUnfixedFinding(), { failOnUnfixed: 'high' }, []],
  ['act', ['unrated'], aFinding({ severity: 'unknown' }), {}, []],
  ['act', ['fix-offered', 'at-or-above'], aFinding(), {}, []],
  ['act', ['fix-offered', 'at-or-above', 'entry-too-mild'], aFinding(), {}, [aWhitelistEntry()]],
  ['act', ['fix-offered', 'likely'], { ...low, epss }, { epssAtLeast: 0.5 }, []],
  ['noted', ['fix-offered', 'below'], low, {}, []],
  ['noted', ['fix-offered', 'below', 'entry-expired'], low, {}, [aWhitelistEntry({ expires: '2026-01-01' })]],
  ['act', ['fix-offered', 'below', 'strict-whitelist'], low, { strictWhitelist: true }, []],
  ['act', ['security-update', 'fixes'], anUpdate({ cves: ['CVE-2026-1'] }), {}, []],
  ['noted', ['ordinary-update'], anUpdate({ id: 'ordinary-update', cves: [] }), {}, []],
  [
    'act',
    ['ordinary-update', 'any-update'],
    anUpdate({ id: 'ordinary-update', cves: [] }),
    { release: 'major' },
    [],
  ],
  ['act', ['as-found'], aFinding({ check: 'security-updates', id: 'end-of-life' }), {}, []],
])('when the ruling is %s, then its reasons are %j', (word, reasons, finding, gate, entries) => {
  const { ruling, because } = ruled(finding, gate, entries)
  expect([ruling, because.map(({ reason }) => reason)]).toEqual([word, reasons])
})

test.each(
  Object.entries(KINDS).flatMap(([id, { check, blocks }]) =>
    check === 'security-updates' ? [[id, blocks] as const] : [],
  ),
)('when it is %s, then its row, %s, decides whether it blocks', (id, blocks) => {
  const lax = { requireRelease: 'supported', allowedBases: 'any', release: null } as const
  const strict = { requireRelease: 'stable', allowedBases: ['debian'], release: 'major' } as const
  const facts = { support: 'lts' }
  const doesBlock = (gate: Partial<GatePolicy>) =>
    ruled(aFinding({ check: 'security-updates', id, facts }), gate).blocks
  const always = blocks === 'always' || blocks === 'unless-of-base'
  expect([doesBlock(lax), doesBlock(strict)]).toEqual([always, blocks !== 'never'])
})

test('when it is a result of Docker Bench, then that is not for these rulings', () => {
  expect(() => ruled(aFinding({ check: 'docker-bench', id: '4.1' }))).toThrow(
    'a finding of docker-bench is for its own check to rule on',
  )
})
