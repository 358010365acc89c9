import { describe, expect, test } from '@jest/globals'
import {
  type BasePolicy,
  baseFindings,
  isAllowedBase,
  isBaseAllowed,
} from '../../../../../src/inventory/provenance/base/allowed.js'
import { ruleByKind } from '../../../../../src/judge/kind-rules.js'
import { isObstacle } from '../../../../../src/model/finding/index.js'
import {
  type AllowedBases,
  type BaseImage,
  isOfficialName,
} from '../../../../../src/model/provenance/base-image.js'
import { DEFAULT_GATE } from '../../../../../src/policy/gate/thresholds.js'
import { TODAY } from '../../../../support/builders.js'

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
    beginnings: [{ name: DEBIAN, layers: 1, grade: 'proven' }],
    claimed: null,
    contradicted: false,
    unanswered: null,
    ...part,
  }
}
const unproven = (name: string | null, restsOn: BaseImage['restsOn']) =>
  aBase({ name, restsOn, proven: [], beginnings: [], claimed: restsOn === 'label' ? name : null })

const begins = (...names: string[]): BaseImage['beginnings'] =>
  names.map((name, at) => ({ name, layers: at + 1, grade: 'at-hand' }))
/** The engine has these, from the lowest up. */
const atHand = (...names: string[]) =>
  aBase({ name: names.at(-1) ?? null, restsOn: 'at-hand', proven: [], beginnings: begins(...names) })

/** `id` of each finding, with `!` where it blocks. */
function reported(
  base: BaseImage,
  allowedBases: AllowedBases,
  officialMirrors: readonly string[] = [],
): string[] {
  const gate = { ...DEFAULT_GATE, allowedBases, officialMirrors }
  return baseFindings(base, gate).map(
    (one) => `${one.id}${ruleByKind(one, gate, null, TODAY).blocks ? '!' : ''}`,
  )
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
    [`${ACME}@sha256:${'a'.repeat(64)}`, [`${ACME}@sha256:${'a'.repeat(64)}`], true],
    [`${ACME}@sha256:${'a'.repeat(64)}`, [`${ACME}@sha256:${'b'.repeat(64)}`], false],
    [ACME, ['*/acme/base'], true],
    [ACME, ['ghcr.*/acme/base:12'], true],
    [DEBIAN, ['deb*'], true],
    [ACME, ['*base*'], false],
    ['docker.io/library/debian-evil:1', ['debian'], false],
    ['no reference', ['*'], false],
  ])('when %s is held against %j, then that is %s', (name, patterns, is) => {
    expect(isAllowedBase(name, patterns)).toBe(is)
  })

  test.each([
    [DEBIAN, [], true],
    ['public.ecr.aws/docker/library/debian:13', [], true],
    ['mirror.gcr.io/library/debian:13', [], true],
    ['harbor.example.org/hub/library/debian:13', ['harbor.example.org/hub/library/'], true],
    ['harbor.example.org/hub/library/debian:13', [], false],
    ['public.ecr.aws/acme/debian:13', [], false],
    ['docker.io/acme/x:1', [], false],
    ['docker.io/library/a/b:1', [], false],
    [ACME, [], false],
  ])('when %s is asked for with mirrors %j, then it is official: %s', (name, mirrors, is) => {
    expect(isOfficialName(name, mirrors)).toBe(is)
  })

  test('when a list allows an official image, then its mirrors are allowed too', () => {
    expect(isAllowedBase('public.ecr.aws/docker/library/debian:13', ['debian:13'])).toBe(true)
    expect(isAllowedBase('public.ecr.aws/docker/library/debian:13', ['public.ecr.aws/*'])).toBe(true)
    expect(isAllowedBase('public.ecr.aws/acme/debian:13', ['debian:13'])).toBe(false)
  })
})

describe('findings about the base', () => {
  test.each<[string, BaseImage, AllowedBases, string[]]>([
    ['an official one is proven', aBase(), 'official', []],
    ['an official one is at hand', atHand(DEBIAN), 'official', []],
    ['nothing is known', unproven(null, 'nothing'), 'official', ['base-not-known']],
    [
      'history says an official one',
      unproven('docker.io/library/debian', 'history'),
      'official',
      ['base-not-known'],
    ],
    ['a label says one of others', unproven(ACME, 'label'), 'official', ['unofficial-base!']],
    [
      'os-release says distroless',
      unproven('gcr.io/distroless', 'os-release'),
      'official',
      ['unofficial-base!'],
    ],
    ['one of others is at hand', atHand(ACME), 'official', ['unofficial-base!']],
    ['one of others is at hand, over an official one', atHand(DEBIAN, ACME), 'official', []],
    [
      'a label says one of others, over proven layers of an official one',
      aBase({ name: ACME, claimed: ACME, proven: [ACME], beginnings: begins(DEBIAN, ACME) }),
      'official',
      [],
    ],
    [
      'an official label stands over one of others at hand',
      { ...atHand(ACME), claimed: DEBIAN, name: DEBIAN, restsOn: 'label' },
      'official',
      ['unofficial-base!'],
    ],
    [
      'an official label is contradicted',
      { ...unproven(DEBIAN, 'label'), contradicted: true },
      'official',
      ['base-label-contradicted'],
    ],
    [
      'an official label is contradicted, and one of others is at hand',
      { ...atHand(ACME), claimed: DEBIAN, contradicted: true },
      'official',
      ['unofficial-base!'],
    ],
    [
      'the label of one of others is contradicted',
      { ...unproven(ACME, 'label'), contradicted: true },
      'official',
      ['unofficial-base!'],
    ],
    [
      'a contradicted label stands over proven layers of an official one',
      aBase({ claimed: ACME, contradicted: true }),
      'official',
      ['base-label-contradicted'],
    ],
    ['the tag has moved on', aBase({ movedOn: true }), 'official', ['base-moved-on']],
    ['one of others is known, and any will do', unproven(ACME, 'label'), 'any', []],
    ['nothing is known, and any will do', unproven(null, 'nothing'), 'any', []],
    ['an allowed one is at hand', atHand(DEBIAN), ['debian'], ['base-not-known!']],
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
    [
      'the label is contradicted',
      aBase({ claimed: 'docker.io/library/python:3', contradicted: true }),
      ['*'],
      ['base-label-contradicted!'],
    ],
    ['the tag of an allowed one has moved on', aBase({ movedOn: true }), ['debian'], ['base-moved-on']],
  ])('when %s (%#), then only what must blocks', (_, base, allowed, findings) => {
    expect(reported(base, allowed)).toEqual(findings)
  })

  test('when the name is not known or contradicted, then nobody says whether it is official', () => {
    expect(isBaseAllowed(unproven(null, 'nothing'), DEFAULT_GATE)).toBeNull()
    expect(isBaseAllowed(aBase({ contradicted: true }), DEFAULT_GATE)).toBeNull()
    expect(isBaseAllowed(aBase(), DEFAULT_GATE)).toBe(true)
    const history = unproven('docker.io/library/debian', 'history')
    expect(isBaseAllowed(history, DEFAULT_GATE)).toBe(true)
    const listed = (base: BaseImage, ...allowedBases: string[]) =>
      isBaseAllowed(base, { ...DEFAULT_GATE, allowedBases })
    expect([listed(history, 'debian:bookworm-*'), listed(history, 'debian')]).toEqual([null, true])
    expect([listed(aBase(), 'ghcr.io/acme/*'), listed(aBase(), 'debian')]).toEqual([false, true])
    expect(isBaseAllowed(unproven(ACME, 'label'), DEFAULT_GATE)).toBe(false)
  })

  test('when a registry was not asked that only the label names, then the finding has that base', () => {
    const mirrored = 'harbor.example.org/hub/debian:trixie-slim'
    const gate = { ...DEFAULT_GATE, allowedBases: ['*/hub/debian:trixie-slim'] }
    const [finding] = baseFindings({ ...unproven(mirrored, 'label'), stranger: mirrored }, gate)
    expect(finding).toMatchObject({ id: 'base-not-known', details: { stranger: mirrored } })
    const [other] = baseFindings(unproven(mirrored, 'label'), gate)
    expect(other?.details).not.toHaveProperty('stranger')
  })

  test('when an official image is below another one, then that other name is not official, though it may be used', () => {
    const ofNames = (base: BaseImage, allowedBases: AllowedBases = 'official') =>
      isBaseAllowed(base, { ...DEFAULT_GATE, allowedBases })
    const byLabel = { ...atHand(DEBIAN), name: ACME, claimed: ACME, restsOn: 'label' } as const
    const onIt = aBase({ name: ACME, claimed: ACME, proven: [ACME], beginnings: begins(DEBIAN, ACME) })
    expect([byLabel, atHand(DEBIAN, ACME), onIt].map((base) => ofNames(base))).toEqual([false, false, false])
    expect([byLabel, onIt].map((base) => ofNames(base, [ACME]))).toEqual([true, true])
    expect([byLabel, onIt].map((base) => ofNames(base, 'any'))).toEqual([false, false])
    // A registry proves a name that is newer than the list of official ones.
    const name = 'docker.io/library/newest:1'
    expect(ofNames(aBase({ name, beginnings: [{ name, layers: 1, grade: 'proven' }] }))).toBe(true)
    expect(ofNames(atHand(name))).toBe(false)
  })

  test('when a registry did not answer, then the reason is part of the finding', () => {
    const base = { ...unproven(ACME, 'label'), unanswered: `${ACME}: the registry answered 429` }
    const [finding] = baseFindings(base, { ...DEFAULT_GATE, allowedBases: [ACME] })
    expect(finding?.why).toContain(
      'according to its label; the registry gave no usable answer: ghcr.io/acme/base:12: the registry answered 429',
    )
  })
})

describe('prefixes of mirrors, one inside another', () => {
  const [OUTER, INNER] = ['registry.example/docker/', 'registry.example/docker/library/']

  test.each([
    ['registry.example/docker/library/debian:13', [OUTER, INNER], true],
    ['registry.example/docker/library/debian:13', [INNER, OUTER], true],
    ['registry.example/docker/library/debian:13', [INNER], true],
    ['registry.example/docker/library/debian:13', [OUTER], false],
    ['registry.example/docker/debian:13', [OUTER, INNER], true],
  ])('when %s is held against %j, then that it is official is %s', (name, mirrors, is) => {
    expect(isOfficialName(name, mirrors)).toBe(is)
  })

  // A part of the list is obeyed over the list (laxer.ts): it may name nothing official that the whole does not.
  test('when some prefixes are left out, then no other names become official', () => {
    const all = [OUTER, INNER, 'registry.example/', 'mirror.gcr.io/library/a/', 'public.ecr.aws/docker/']
    const names = all.flatMap((prefix) =>
      ['debian:13', 'library/debian:13', 'a/debian'].map((one) => prefix + one),
    )
    for (let bits = 0; bits < 2 ** all.length; bits++) {
      const some = all.filter((_, at) => bits & (1 << at))
      const more = names.filter((name) => isOfficialName(name, some) && !isOfficialName(name, all))
      expect({ some, more }).toEqual({ some, more: [] })
    }
  })
})

describe('a name without a slash, which an engine completes to docker.io/library/', () => {
  const LOCAL = 'docker.io/library/myapp-base:1'

  test('when only the engine has it, then it is not one of Docker’s and blocks', () => {
    expect(reported(atHand(LOCAL), 'official')).toEqual(['unofficial-base!'])
  })

  test('when the engine has an official one below it, then it may be used', () => {
    expect(reported(atHand(DEBIAN, LOCAL), 'official')).toEqual([])
  })

  test('when Docker’s registry has it, then it is one, though the list is older', () => {
    const beginnings = [{ name: LOCAL, layers: 1, grade: 'proven' }] as const
    expect(reported(aBase({ name: LOCAL, proven: [LOCAL], beginnings }), 'official')).toEqual([])
  })
})

test('when the advice is to list a base, then it says whether a registry has proven it', () => {
  const gate = { allowedBases: 'official', officialMirrors: [] } as const
  const allowing = (base: BaseImage, allowed: BasePolicy['allowedBases']) =>
    baseFindings(base, { ...gate, allowedBases: allowed }).flatMap((one) =>
      isObstacle(one, 'unofficial-base') ? [one.details.allowing] : [],
    )
  expect(allowing(unproven(ACME, 'label'), 'official')).toEqual(['unproven'])
  expect(allowing(aBase(), ['ghcr.io/acme/*'])).toEqual(['enough'])
})

describe('what findings about the base say', () => {
  const findingsOf = (base: BaseImage, allowedBases: AllowedBases) =>
    baseFindings(base, { allowedBases, officialMirrors: [] }).map(({ id, why, details }) => ({
      id,
      why,
      details,
    }))
  const BY_LABEL = 'built on ghcr.io/acme/base:12, according to its label'
  const details = { restsOn: 'label', base: ACME, tag: null }

  test('when another base is used, then its name, the reason and what shows it are reported', () => {
    expect(findingsOf(unproven(ACME, 'label'), 'official')).toEqual([
      {
        id: 'unofficial-base',
        why: `ghcr.io/acme/base:12 is not one of Docker's official images, and nothing shows that it is built on one; ${BY_LABEL}`,
        details: { ...details, allowing: 'unproven' },
      },
    ])
    expect(findingsOf(unproven(ACME, 'label'), ['debian'])).toEqual([
      {
        id: 'unofficial-base',
        why: `ghcr.io/acme/base:12 is not in allowed-bases; ${BY_LABEL}`,
        details: { ...details, allowing: 'unproven' },
      },
    ])
    const [proven] = findingsOf(aBase(), ['ghcr.io/acme/*'])
    expect(proven?.why).toMatch(
      /^debian:bookworm-slim is not in allowed-bases; built on debian:bookworm-slim: /,
    )
  })

  test('when the base is not known, or contradicted, then what is missing is reported', () => {
    expect(findingsOf(unproven(null, 'nothing'), 'official')).toEqual([
      {
        id: 'base-not-known',
        why: "nothing shows that the image is built on one of Docker's official images: the image's base is not known",
        details: { restsOn: 'nothing', base: null, tag: null },
      },
    ])
    expect(findingsOf(unproven(ACME, 'label'), [ACME])).toEqual([
      {
        id: 'base-not-known',
        why: `the layers do not prove that the image is built on an allowed base: ${BY_LABEL}`,
        details,
      },
    ])
    const contradicted = { ...unproven(ACME, 'label'), contradicted: true }
    expect(findingsOf(contradicted, [ACME])).toEqual([
      {
        id: 'base-label-contradicted',
        why: `${BY_LABEL}; its label names the base ghcr.io/acme/base:12, but the image does not have that base's layers`,
        details,
      },
    ])
  })

  test('when several names are not official, then the label’s is named, else the nearest of the layers', () => {
    const named = (base: BaseImage) => findingsOf(base, 'official')[0]?.details
    const other = 'docker.io/acme/other:1'
    expect(named(atHand(ACME, other))).toMatchObject({ base: other })
    expect(named({ ...atHand(ACME, other), claimed: ACME })).toMatchObject({ base: ACME })
    expect(named(unproven(other, 'history'))).toMatchObject({ base: other })
  })

  test('when the tag has moved on, then a rebuild is advised', () => {
    const [finding] = findingsOf(aBase({ movedOn: true, tag: DEBIAN }), 'official')
    expect(finding).toEqual({
      id: 'base-moved-on',
      why: 'built on debian:bookworm-slim: the image begins with the layers that the registry has for it (later layers may hide their files); the tag debian:bookworm-slim has moved on: rebuild with --pull',
      details: { restsOn: 'layers', base: DEBIAN, tag: DEBIAN },
    })
    expect(findingsOf(aBase({ movedOn: false }), 'official')).toEqual([])
  })

  test('when a third party’s image is between, then it is noted, unless the base itself blocks', () => {
    const intermediate = { name: ACME, layers: 3, official: 1 }
    const why = (layers: number | null) =>
      findingsOf(aBase({ intermediate: { ...intermediate, layers } }), 'official').map((one) => one.why)
    expect(why(3)).toEqual([
      "built on ghcr.io/acme/base:12, which adds 2 layers to debian:bookworm-slim: neither Docker's nor yours",
    ])
    expect(why(null)).toEqual([
      "built on ghcr.io/acme/base:12, which adds layers to debian:bookworm-slim: neither Docker's nor yours",
    ])
    const [finding] = findingsOf(aBase({ intermediate }), 'any')
    expect(finding).toMatchObject({
      id: 'intermediate-base',
      details: { restsOn: 'layers', base: ACME, tag: null },
    })
    const others = findingsOf(aBase({ intermediate }), ['ghcr.io/acme/*'])
    expect(others.map(({ id }) => id)).toEqual(['unofficial-base'])
    expect(findingsOf(aBase({ intermediate, beginnings: [] }), 'any')).toEqual([])
  })
})
