import { describe, expect, test } from '@jest/globals'
import { baseFindings, isAllowedBase, isOfficial } from '../../../src/judge/base-rules.js'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import type { BaseImage } from '../../../src/model/base-image.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'

const DEBIAN = 'docker.io/library/debian:bookworm-slim'
const ACME = 'ghcr.io/acme/base:12'

function aBase(part: Partial<BaseImage> = {}): BaseImage {
  return {
    name: DEBIAN,
    digest: null,
    restsOn: 'layers',
    layers: 0,
    movedOn: null,
    tag: null,
    proven: [DEBIAN],
    claimed: null,
    contradicted: false,
    unanswered: null,
    ...part,
  }
}
const unproven = (name: string | null, restsOn: BaseImage['restsOn']) =>
  aBase({ name, restsOn, proven: [], claimed: restsOn === 'label' ? name : null })

/** `id` of each finding, with `!` where it blocks. */
function told(base: BaseImage | null, allowedBases: readonly string[] | null): string[] {
  const gate = { ...DEFAULT_GATE, allowedBases }
  return baseFindings(base, gate).map((one) => `${one.id}${ruleByKind(one, gate).blocks ? '!' : ''}`)
}

describe('isAllowedBase', () => {
  test.each([
    [DEBIAN, ['debian:*'], true],
    [DEBIAN, ['debian'], true],
    [DEBIAN, ['docker.io/library/*'], true],
    [DEBIAN, ['debian:bookworm'], false],
    [DEBIAN, ['*'], true],
    ['docker.io/acme/debian:1', ['debian:*'], false],
    ['docker.io/acme/debian:1', ['acme/debian'], true],
    ['evil.example/library/debian:bookworm', ['debian:*', 'docker.io/library/*'], false],
    [ACME, ['ghcr.io/acme/*'], true],
    ['ghcr.io/acme-evil/base:12', ['ghcr.io/acme/*'], false],
    [`${ACME}@sha256:${'a'.repeat(64)}`, [ACME], true],
    ['docker.io/library/debian-evil:1', ['debian'], false],
    ['no reference', ['*'], false],
  ])('when %s is held against %j, then that is %s', (name, patterns, is) => {
    expect(isAllowedBase(name, patterns)).toBe(is)
  })

  test('when none are given, then the official images of Docker are meant', () => {
    expect([DEBIAN, 'docker.io/acme/x:1', ACME].map((name) => isAllowedBase(name, null))).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('findings about the base', () => {
  test.each<[string, BaseImage | null, readonly string[] | null, string[]]>([
    ['an official one is proven', aBase(), null, []],
    ['nothing is known', unproven(null, 'nothing'), null, []],
    ['there is no word of it in old evidence', null, null, []],
    ['a label says one of others', unproven(ACME, 'label'), null, ['unofficial-base']],
    ['os-release says distroless', unproven('gcr.io/distroless', 'os-release'), null, ['unofficial-base']],
    [
      'the label is contradicted',
      aBase({ claimed: ACME, contradicted: true }),
      null,
      ['base-label-contradicted'],
    ],
    ['the tag has moved on', aBase({ movedOn: true }), null, ['base-moved-on']],
    ['an allowed one is proven', aBase(), ['debian'], []],
    ['another one is proven', aBase(), ['ghcr.io/acme/*'], ['unofficial-base!']],
    ['an allowed label is not proven', unproven(ACME, 'label'), ['ghcr.io/acme/*'], ['base-not-known!']],
    [
      'an allowed history is not proven',
      unproven('docker.io/library/debian', 'history'),
      ['debian'],
      ['base-not-known!'],
    ],
    ['a label says another one', unproven(ACME, 'label'), ['debian'], ['unofficial-base!']],
    [
      'a label says another one over proven layers',
      aBase({ claimed: ACME, restsOn: 'label', name: ACME }),
      ['debian'],
      ['unofficial-base!'],
    ],
    [
      'an allowed label stands over allowed layers',
      aBase({ claimed: 'docker.io/library/python:3', name: 'docker.io/library/python:3', restsOn: 'label' }),
      ['python', 'debian'],
      [],
    ],
    ['nothing is known', unproven(null, 'nothing'), ['*'], ['base-not-known!']],
    ['there is no word of it in old evidence', null, ['*'], ['base-not-known!']],
    [
      'the label is contradicted',
      aBase({ claimed: 'docker.io/library/python:3', contradicted: true }),
      ['*'],
      ['base-label-contradicted!'],
    ],
    ['the tag of an allowed one has moved on', aBase({ movedOn: true }), ['debian'], ['base-moved-on']],
  ])('when %s (%#), then only what must blocks', (_, base, allowed, findings) => {
    expect(told(base, allowed)).toEqual(findings)
  })

  test('when the name is not known or contradicted, then nobody says whether it is official', () => {
    expect(isOfficial(unproven(null, 'nothing'), DEFAULT_GATE)).toBeNull()
    expect(isOfficial(aBase({ contradicted: true }), DEFAULT_GATE)).toBeNull()
    expect(isOfficial(aBase(), DEFAULT_GATE)).toBe(true)
    const history = unproven('docker.io/library/debian', 'history')
    expect(isOfficial(history, DEFAULT_GATE)).toBe(true)
    expect(isOfficial(history, { ...DEFAULT_GATE, allowedBases: ['debian:bookworm-*'] })).toBeNull()
  })

  test('when a registry did not answer, then the reason is part of the finding', () => {
    const base = { ...unproven(ACME, 'label'), unanswered: `${ACME}: the registry answered 429` }
    const [finding] = baseFindings(base, { ...DEFAULT_GATE, allowedBases: [ACME] })
    expect(finding?.why).toContain(
      'as its label says; the registry did not say: ghcr.io/acme/base:12: the registry answered 429',
    )
  })
})
