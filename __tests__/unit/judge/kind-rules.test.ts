import { describe, expect, test } from '@jest/globals'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import { sentence } from '../../../src/model/because/words.js'
import { isBench, isKnownVulnerability } from '../../../src/model/finding/index.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { aFinding, anUpdate } from '../../support/builders.js'

const ruled = (id: string, facts: Record<string, string> = {}, gate = DEFAULT_GATE) => {
  const finding = aFinding({ check: 'security-updates', id, cves: [], facts: { why: 'so it is', ...facts } })
  if (isBench(finding) || isKnownVulnerability(finding)) {
    throw new Error('of another check')
  }
  const { blocks, because } = ruleByKind(finding, gate)
  return { blocks, because: sentence(because) }
}

describe('findings of the check security-updates', () => {
  test.each([
    ['security-update', true],
    ['ordinary-update', false],
    ['end-of-life', true],
    ['archived-release', true],
    ['unknown-release', true],
    ['testing-or-unstable', true],
    ['stable-not-known', true],
    ['no-security-source', false],
    ['mixed-releases', false],
    ['dpkg-broken', false],
  ])('when it is %s, then it blocks: %s', (id, blocks) => {
    expect(ruled(id).blocks).toBe(blocks)
  })

  test('when the release is an older one, then require-release decides', () => {
    const supported = { ...DEFAULT_GATE, requireRelease: 'supported' } as const
    expect(ruled('not-current-stable', { support: 'lts' })).toEqual({
      blocks: true,
      because: 'so it is; require-release is stable',
    })
    for (const support of ['supported', 'lts']) {
      expect(ruled('not-current-stable', { support }, supported)).toEqual({
        blocks: false,
        because: 'so it is; Debian supports it',
      })
    }
    expect(ruled('not-current-stable', { support: 'end-of-life' }, supported).blocks).toBe(true)
    expect(ruled('stable-not-known', {}, supported).blocks).toBe(false)
  })

  test('when an ordinary update is pending, then it blocks a release whose kind waits for any', () => {
    const releasing = (release: 'major' | 'minor' | 'patch') =>
      ruled('ordinary-update', {}, { ...DEFAULT_GATE, release })
    expect([releasing('major').blocks, releasing('minor').blocks, releasing('patch').blocks]).toEqual([
      true,
      false,
      false,
    ])
    expect(releasing('major').because).toContain('a major release must include every update')
    expect(releasing('minor').because).toContain('an ordinary update (updates)')
    expect(releasing('minor').because).not.toContain('takes any update')
    const releases = { major: 'security', minor: 'any-update', patch: 'security' } as const
    const gate = { ...DEFAULT_GATE, releases }
    expect(ruled('ordinary-update', {}, { ...gate, release: 'major' }).blocks).toBe(false)
    expect(ruled('ordinary-update', {}, { ...gate, release: 'minor' }).blocks).toBe(true)
    expect(ruled('security-update', {}, { ...gate, release: 'major' }).blocks).toBe(true)
  })

  test.each([
    [null, ''],
    [[], ''],
    [['CVE-2026-1'], '; fixes CVE-2026-1'],
    [['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3'], '; fixes CVE-2026-1 and 2 more'],
  ])('when it fixes %j, then that is told', (cves, words) => {
    const update = anUpdate({ fixedVersion: '2.6.2', cves })
    expect(sentence(ruleByKind(update, DEFAULT_GATE).because)).toBe(
      `Debian has a security update: 2.6.2${words}`,
    )
  })

  test('when apt would hold it back, then the reason is told', () => {
    expect(ruled('security-update', { heldBack: 'needs libnew1', heldBackBy: 'depends' }).because).toContain(
      'needs libnew1',
    )
  })
})
