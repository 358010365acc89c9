import { describe, expect, test } from '@jest/globals'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import { becauseText } from '../../../src/model/because/texts.js'
import { isBench, isKnownVulnerability } from '../../../src/model/finding/index.js'
import { obstacle } from '../../../src/model/finding/obstacle.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { aFinding, anUpdate, type FindingPart, TODAY } from '../../support/builders.js'

const ruled = (id: string, part: FindingPart = {}, gate = DEFAULT_GATE) => {
  const finding = aFinding({ check: 'security-updates', id, cves: [], why: 'so it is', ...part })
  if (isBench(finding) || isKnownVulnerability(finding)) {
    throw new Error('of another check')
  }
  const { blocks, because } = ruleByKind(finding, gate, null, TODAY)
  return { blocks, because: becauseText({ because }) }
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
    expect(ruled('not-current-stable', { details: { support: 'lts' } })).toEqual({
      blocks: true,
      because: 'so it is; require-release is stable',
    })
    for (const support of ['supported', 'lts']) {
      expect(ruled('not-current-stable', { details: { support } }, supported)).toEqual({
        blocks: false,
        because: 'so it is; Debian supports it',
      })
    }
    expect(ruled('not-current-stable', { details: { support: 'end-of-life' } }, supported).blocks).toBe(true)
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
    const { major: strict, minor: lax } = DEFAULT_GATE.releases
    const releases = { major: lax, minor: strict, patch: lax }
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
  ])('when it fixes %j, then that is told', (cves, text) => {
    const update = anUpdate({ fixedVersion: '2.6.2', cves })
    expect(becauseText(ruleByKind(update, DEFAULT_GATE, null, TODAY))).toBe(
      `Debian has a security update: 2.6.2${text}`,
    )
  })

  test('when apt would hold it back, then the reason is reported', () => {
    const part = { heldBack: { by: 'depends', text: 'needs libnew1' } } as const
    expect(ruled('security-update', part).because).toContain('needs libnew1')
  })

  test('when the file of an update is lost, or it came with the base, then that is reported', () => {
    expect(
      becauseText(ruleByKind(anUpdate({ installable: false, cves: null }), DEFAULT_GATE, null, TODAY)),
    ).toBe("Debian has a security update: 2.6.2; the mirrors no longer have the update's file")
    const ofBase = { details: { origin: 'third-party', base: 'nginx:1.29' } }
    expect(ruled('no-security-support', ofBase)).toEqual({
      blocks: false,
      because: expect.stringMatching(/^so it is; .*nginx:1\.29/),
    })
  })

  test('when an update is one of security, then no kind of release is the reason', () => {
    expect(ruled('security-update', {}, { ...DEFAULT_GATE, release: 'major' }).because).not.toContain(
      'release',
    )
    expect(ruled('ordinary-update', {}, { ...DEFAULT_GATE, release: 'patch' }).because).not.toContain(
      'release',
    )
    expect(ruled('ordinary-update', {}, { ...DEFAULT_GATE, release: 'major' }).because).toBe(
      'an ordinary update (updates); a major release must include every update (policies/gate.yml)',
    )
  })

  test('when content could not be read, then unread decides, unless something spares it or nothing is examined', () => {
    const unread = (gate: Partial<typeof DEFAULT_GATE>, spared: string | null = null) => {
      const details = { count: '1', paths: ['a'], folder: '', cause: 'x', spared }
      const finding = obstacle('not-examined-unreadable', 'so it is', details)
      const { blocks, because } = ruleByKind(finding, { ...DEFAULT_GATE, ...gate }, null, TODAY)
      return `${blocks} ${because.map(({ reason }) => reason)}`
    }
    expect(unread({ unread: 'act' })).toBe('true as-found,unread')
    expect(unread({ unread: 'act' }, 'in a test')).toBe('false as-found,spared')
    expect(unread({ unread: 'act', application: 'off' })).toBe('false as-found,application-off')
    expect(unread({ unread: 'noted' })).toBe('false as-found,unread')
    expect(unread({ unread: 'noted', application: 'off' })).toBe('false as-found,unread')
    expect(unread({ unread: 'noted', failOnUnexamined: true }, 'in a test')).toBe('true as-found,unexamined')
  })

  test('when fail-on-unexamined is set, then no kind of release is the reason', () => {
    const finding = obstacle('not-examined-unreadable', 'so it is', {
      ...{ count: '1', paths: ['a'], folder: '', cause: 'x', spared: null },
    })
    const reasons = (gate: Partial<typeof DEFAULT_GATE>) =>
      ruleByKind(finding, { ...DEFAULT_GATE, ...gate }, null, TODAY).because[1]
    expect(reasons({ failOnUnexamined: true, release: 'patch' })).toEqual({ reason: 'unexamined' })
    expect(reasons({ failOnUnexamined: true })).toEqual({ reason: 'unexamined' })
  })

  test('when a kind of release has a word of its own on content that was not examined, then that decides', () => {
    const failing = { ...DEFAULT_GATE.releases.patch, unexamined: 'fail' } as const
    const gate = { ...DEFAULT_GATE, releases: { ...DEFAULT_GATE.releases, patch: failing } }
    const unexamined = (release: 'minor' | 'patch' | null) => {
      const finding = aFinding({ id: 'not-examined-rust', cves: [], why: 'so it is' })
      if (isBench(finding) || isKnownVulnerability(finding)) {
        throw new Error('of another kind')
      }
      const { blocks, because } = ruleByKind(finding, { ...gate, release }, null, TODAY)
      return `${blocks} ${becauseText({ because })}`
    }
    expect(unexamined('patch')).toBe('true so it is; unexamined is fail for a patch release')
    expect(unexamined('minor')).toBe('false so it is')
    expect(unexamined(null)).toBe('false so it is')
  })
})

describe('when a new stable release has taken the place of the image’s', () => {
  // trixie was released on 2025-08-09, and took the place of bookworm.
  const [FIRST, LAST, AFTER] = ['2025-08-09', '2025-11-07', '2025-11-08']
  const on = (
    today: string,
    part: Partial<typeof DEFAULT_GATE> = {},
    { codename = 'bookworm', stable = 'trixie', support = 'supported' } = {},
  ) => {
    const finding = aFinding({
      check: 'security-updates',
      id: 'not-current-stable',
      cves: [],
      why: 'so it is',
      details: { stable, support },
    })
    if (isBench(finding) || isKnownVulnerability(finding)) {
      throw new Error('of another check')
    }
    const { blocks, because, due } = ruleByKind(finding, { ...DEFAULT_GATE, ...part }, codename, today)
    return { blocks, due, because: becauseText({ because }) }
  }
  const GRACE = {
    blocks: false,
    due: LAST,
    because: `so it is; require-release is stable; trixie was released on ${FIRST}, so the previous stable release is accepted until ${LAST}`,
  }

  test.each([FIRST, LAST])(
    'on %s, then there is time, with its last day, if nobody has set anything',
    (day) => {
      expect(on(day)).toEqual(GRACE)
      expect(on(day, { release: 'patch' })).toEqual(GRACE)
      expect(on(day, { release: 'minor' })).toEqual(GRACE)
    },
  )

  test('and the time is over, then it blocks', () => {
    expect(on(AFTER)).toEqual({ blocks: true, due: null, because: 'so it is; require-release is stable' })
  })

  test('and the release is a major one, then there is no time', () => {
    expect(on(FIRST, { release: 'major' })).toEqual({
      ...{ blocks: true, due: null },
      because: 'so it is; require-release is stable for a major release',
    })
    // Not even if any supported release would do otherwise: a major one has a word of its own.
    expect(on(FIRST, { release: 'major', requireRelease: 'supported' }).blocks).toBe(true)
    expect(on(FIRST, { release: 'minor', requireRelease: 'supported' })).toMatchObject({
      ...{ blocks: false, due: null },
      because: 'so it is; Debian supports it',
    })
  })

  test.each([
    ['the one before the previous', { codename: 'bullseye' }],
    ['a release whose successor the table does not know', { stable: 'nobody' }],
    ['a release whose successor has no date', { stable: 'forky' }],
    ['a release without support', { support: 'end-of-life' }],
    ['a release that is stable only later', { codename: 'trixie', stable: 'bookworm' }],
  ])('and the image is on %s, then there is no time', (_, about) => {
    expect(on(FIRST, {}, about)).toMatchObject({ blocks: true, due: null })
  })

  test('and the archive says so before the day in the table, then there is no time', () => {
    expect(on('2025-08-08')).toMatchObject({ blocks: true, due: null })
  })
})
