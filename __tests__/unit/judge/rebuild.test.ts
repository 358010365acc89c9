import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rebuildNeed } from '../../../src/judge/rebuild.js'
import { imageTasks } from '../../../src/judge/tasks/actions.js'
import type { UpdateFinding } from '../../../src/model/finding/update.js'
import type { AptSource } from '../../../src/model/packages/apt-source.js'
import type { ImageVerdict, JudgedBase, RebuildNeed, RuledFinding } from '../../../src/model/verdict.js'
import { outputsOf } from '../../../src/reports/github/outputs.js'
import {
  aBase,
  aBinary,
  aCheckResult,
  aLayer,
  anImage,
  anImageVerdict,
  aRuledFinding,
  aVerdict,
} from '../../support/builders.js'

const installed = (...names: readonly string[]) =>
  names
    .map(
      (name) =>
        `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: x\n`,
    )
    .join('\n')

/** `openssl` is of the base, `curl` and `jq` of the second layer, `own` of the third. */
const BASE = ['openssl']
const SECOND = [...BASE, 'curl', 'jq']
const IMAGE = anImage({
  layers: [BASE, SECOND, [...SECOND, 'own']].map((names, at) =>
    aLayer({ diffId: `sha256:${at}`, files: { 'var/lib/dpkg/status': installed(...names) } }),
  ),
})
const RUN_INSTALL = 'RUN /bin/sh -c apt-get update && apt-get install -y curl jq # buildkit'
const RUN_UPGRADE = 'RUN /bin/sh -c apt-get update && apt-get -y --no-install-recommends upgrade # buildkit'
const SCRIPT = 'RUN /bin/sh -c ./setup # buildkit'

const CONTRIB: AptSource = {
  ...{ uri: 'http://deb.debian.org/debian', suite: 'bookworm', component: 'contrib' },
  ...{ signedBy: '/k.gpg', style: 'one-line' },
}
const binary = (name: string) => aBinary({ name, version: '1.0', architecture: 'amd64' })
type Part = Partial<
  Pick<UpdateFinding, 'rebuild' | 'asConfigured' | 'aptSource' | 'heldBack' | 'installable'>
> & {
  readonly blocks?: boolean
}
const update = (name: string, { blocks = true, ...part }: Part = {}): RuledFinding => ({
  ...aRuledFinding({
    check: 'security-updates',
    id: 'security-update',
    package: name,
    version: '1.0',
    fixedVersion: '2.0',
    binaries: [binary(name)],
    blocks,
    ruling: blocks ? 'act' : 'noted',
  }),
  ...({ rebuild: null, asConfigured: '2.0', heldBack: null, installable: true } as const),
  ...(part as object),
})
const cve = (part: Parameters<typeof aRuledFinding>[0] = {}, ...names: readonly string[]) =>
  aRuledFinding({ check: 'clair', package: 'x', installable: true, ...part, binaries: names.map(binary) })

interface Setting {
  readonly findings: readonly RuledFinding[]
  readonly base?: Partial<JudgedBase> | null
  readonly lines?: readonly (string | null)[]
  readonly part?: Partial<ImageVerdict>
}
function verdictOf({ findings, base = {}, lines = [RUN_INSTALL, SCRIPT], part = {} }: Setting): ImageVerdict {
  return anImageVerdict({
    findings,
    base: base === null ? null : aBase(base),
    layers: [null, ...lines].map((createdBy, at) => ({ diffId: `sha256:${at}`, createdBy })),
    checks: [aCheckResult({ check: 'security-updates' }), aCheckResult()],
    ...part,
  })
}
const need = (setting: Setting) => rebuildNeed(verdictOf(setting), IMAGE)
const MOVED = { movedOn: true }
const brings = { rebuild: { what: 'brings', version: '2.0' } } as const
const leaves = { rebuild: { what: 'leaves', version: '1.5' } } as const

describe('a package of the base', () => {
  test('when the base tag has moved on and has the update, then a rebuild settles it', () => {
    expect(need({ findings: [update('openssl', brings)], base: MOVED })).toEqual({
      needed: true,
      why: "1 finding: today's base has the update",
      settles: [update('openssl', brings)],
    })
  })

  test.each([
    ['has moved on and lacks it too', MOVED, leaves, false, "1 finding: today's base lacks the update too"],
    ['is the same today', { movedOn: false }, {}, false, '1 finding: the base has not changed'],
    [
      'has moved on, and nobody read its packages',
      MOVED,
      {},
      null,
      "1 finding: today's base has a different package list, or was not read",
    ],
    [
      'was not asked about',
      { movedOn: null },
      {},
      null,
      "1 finding: the contents of today's base are not proven",
    ],
    [
      'is at hand, not proven',
      { restsOn: 'at-hand', movedOn: null },
      {},
      null,
      "1 finding: the contents of today's base are not proven",
    ],
    [
      'rests on a label',
      { restsOn: 'label', layers: 0, movedOn: true },
      brings,
      null,
      '1 finding: the layers do not show what the image is built on',
    ],
    [
      'is contradicted',
      { contradicted: true, movedOn: true },
      brings,
      null,
      '1 finding: the layers do not show what the image is built on',
    ],
  ] as const)('when the base %s, then that is the answer', (_, base, part, needed, why) => {
    expect(need({ findings: [update('openssl', part)], base })).toEqual({ needed, why, settles: [] })
  })

  test('when nothing is known of the base, then nobody knows', () => {
    expect(need({ findings: [update('openssl', brings)], base: null }).needed).toBeNull()
  })

  test.each(['upgrade', 'dist-upgrade', 'full-upgrade'])(
    'when a line above it runs apt-get %s, then a rebuild settles it, whatever the base has',
    (expectedNeed) => {
      const lines = [
        RUN_INSTALL,
        `RUN /bin/sh -c apt-get update && apt-get -qq -y ${expectedNeed} # buildkit`,
      ]
      for (const base of [{ movedOn: false }, { movedOn: null }]) {
        const { needed, why } = need({ findings: [update('openssl')], base, lines })
        expect([needed, why]).toEqual([
          true,
          '1 finding: a Dockerfile line that runs apt will install the update',
        ])
      }
      const own = { asConfigured: null }
      expect(need({ findings: [update('openssl', own)], lines, base: { movedOn: false } })).toMatchObject({
        needed: false,
        why: "1 finding: the image's sources do not offer the update",
      })
    },
  )
})

describe('a package of the layers above the base', () => {
  test('when its own line installs it with apt, then a rebuild settles it', () => {
    expect(need({ findings: [update('curl')] })).toMatchObject({ needed: true })
  })

  test.each([
    ['names its version', 'RUN /bin/sh -c apt-get install -y curl=1.0', {}, false],
    ['does not show apt', SCRIPT, {}, null],
    ['is not known', null, {}, null],
    ['is a COPY', 'COPY /rootfs / # buildkit', {}, null],
    ['installs it, and the sources do not offer the update', RUN_INSTALL, { asConfigured: '1.5' }, false],
    [
      'installs it, and removes its source again',
      RUN_INSTALL,
      { asConfigured: null, aptSource: CONTRIB },
      null,
    ],
    ['installs it, and apt holds it back', RUN_INSTALL, { heldBack: { by: 'hold', text: 'on hold' } }, false],
    ['installs it, and the file of the update is gone', RUN_INSTALL, { installable: false }, false],
  ] as const)('when the line %s, then it does not', (_, line, part, needed) => {
    expect(need({ findings: [update('curl', part)], lines: [line, SCRIPT] })).toMatchObject({
      needed,
      settles: [],
    })
  })

  test('when apt upgrades before the package comes, then that line does nothing for it', () => {
    expect(need({ findings: [update('own')], lines: [RUN_UPGRADE, SCRIPT] }).needed).toBeNull()
  })
})

test('when the history has fewer lines than the image has layers, then nobody knows what a missing one does', () => {
  expect(need({ findings: [update('own')], lines: [RUN_INSTALL] })).toEqual({
    needed: null,
    why: '1 finding: it is not clear whether the line that added the package runs apt',
    settles: [],
  })
})

test('when findings are left for several reasons, then each has its count, the most frequent first', () => {
  const bench = (id: string) => aRuledFinding({ check: 'docker-bench', id, package: null })
  const findings = [update('curl', { asConfigured: '1.5' }), bench('4.1'), bench('4.6')]
  expect(need({ findings })).toEqual({
    needed: false,
    why: "2 findings: a rebuild alone is not enough; 1 finding: the image's sources do not offer the update",
    settles: [],
  })
})

describe('what else blocks', () => {
  test('when a vulnerability goes with updates that a rebuild brings, then it is settled; with half of them it is not', () => {
    const both = cve({}, 'openssl', 'curl')
    const findings = (part: Part) => [both, update('openssl', part), update('curl', { blocks: false })]
    const settled = need({ findings: findings({ ...brings, blocks: false }), base: MOVED })
    expect(settled).toMatchObject({ needed: true, settles: [both] })
    expect(need({ findings: findings({ ...leaves, blocks: false }), base: MOVED })).toMatchObject({
      needed: false,
    })
    expect(need({ findings: findings({ blocks: false }), base: MOVED })).toMatchObject({ needed: null })
  })

  test.each([
    ['has no fix that can be installed', cve({ installable: false }, 'curl'), false],
    ['is of a package that no index has', cve({ installable: null }, 'local'), null],
    ['is of no package', aRuledFinding({ check: 'docker-bench', id: '4.1', package: null }), false],
    [
      'is about the release',
      aRuledFinding({ check: 'security-updates', id: 'end-of-life', package: null }),
      false,
    ],
  ])('when a finding %s, then a rebuild does not settle it', (_, finding, needed) => {
    expect(need({ findings: [finding] })).toMatchObject({ needed, settles: [] })
  })

  test('when some is settled and some is not, then it is needed, and how much is left is said', () => {
    const bench = aRuledFinding({ check: 'docker-bench', id: '4.1', package: null })
    expect(need({ findings: [update('curl'), bench, update('own')] })).toMatchObject({
      needed: true,
      why: '1 finding: a Dockerfile line that runs apt will install the update; 2 more block',
      settles: [{ package: 'curl' }],
    })
    expect(need({ findings: [update('curl'), bench] }).why).toBe(
      '1 finding: a Dockerfile line that runs apt will install the update; 1 more blocks',
    )
    expect(need({ findings: [update('curl'), update('jq')] }).why).toBe(
      '2 findings: a Dockerfile line that runs apt will install the update',
    )
  })

  test('when nothing blocks, then it is not needed, though apt has something', () => {
    expect(need({ findings: [update('curl', { blocks: false })] })).toEqual({
      needed: false,
      why: 'nothing blocks',
      settles: [],
    })
  })

  test.each(['security-updates', 'clair'] as const)('when %s has no answer, then nobody knows', (check) => {
    const checks = (['security-updates', 'clair'] as const).map((one) =>
      aCheckResult({ check: one, state: one === check ? 'unanswered' : 'answered' }),
    )
    expect(need({ findings: [], part: { checks } })).toEqual({
      needed: null,
      why: `no answer from ${check}`,
      settles: [],
    })
  })

  test('when the policy does not ask the archive, or the image was not opened, then nobody knows', () => {
    expect(need({ findings: [], part: { checks: [aCheckResult()] } }).needed).toBeNull()
    expect(rebuildNeed(verdictOf({ findings: [update('curl')] }), null).needed).toBeNull()
  })
})

describe('the task', () => {
  test('when a rebuild settles a part, then that is one task, and the update is about the rest', () => {
    const findings = [update('openssl', brings), update('curl'), update('own')]
    const image = verdictOf({ findings, base: MOVED })
    const [first, second, ...more] = imageTasks({ ...image, rebuild: rebuildNeed(image, IMAGE) })
    expect(more).toEqual([])
    expect(first).toMatchObject({
      kind: 'rebuild',
      title: "Rebuild the image on today's debian:bookworm-slim",
      why: 'docker build --pull --no-cache, without other changes, updates 2 packages: 2 Debian security updates; fixes 1 finding, high',
      command: null,
      packages: [{ name: 'curl' }, { name: 'openssl' }],
    })
    expect(second).toMatchObject({ kind: 'update', title: 'Update 1 package' })
    expect(second?.command).toContain(' own')
    expect(second?.command).not.toContain('openssl')
  })
})

describe('the output', () => {
  const saying = (...needs: readonly (boolean | null)[]) =>
    aVerdict({
      images: needs.map((needed) => anImageVerdict({ rebuild: { needed, why: '', settles: [] } })),
    })

  test.each([
    [[true], 'true'],
    [[false], 'false'],
    [[null], 'unknown'],
    [[false, null, true], 'true'],
    [[false, null], 'unknown'],
    [[false, false], 'false'],
  ] as const)('when the images say %j, then it is %s', (needs, expectedNeed) => {
    expect(outputsOf(saying(...needs))['rebuild-needed']).toBe(expectedNeed)
  })

  test('when packages come with it, then they are named, each once, and no odd name is', () => {
    const odd = { ...update('curl'), binaries: [binary('a;reboot')] }
    const rebuild = { needed: true, why: '', settles: [update('jq'), update('curl'), cve({}, 'curl'), odd] }
    const outputs = outputsOf(aVerdict({ images: [anImageVerdict({ rebuild })] }))
    expect(outputs['rebuild-brings']).toBe('curl\njq')
  })
})

describe('properties', () => {
  const part = fc.record({
    rebuild: fc.constantFrom(null, brings.rebuild, leaves.rebuild, { what: 'not-of-base' } as const),
    asConfigured: fc.constantFrom(null, '1.5', '2.0', 'no version'),
    installable: fc.boolean(),
    blocks: fc.boolean(),
  })
  const finding = fc.oneof(
    fc
      .tuple(fc.constantFrom('openssl', 'curl', 'jq', 'own', 'local'), part)
      .map(([name, one]) => update(name, one)),
    fc
      .tuple(fc.constantFrom('openssl', 'curl', 'own'), fc.constantFrom(true, false, null), fc.boolean())
      .map(([name, installable, blocks]) => cve({ installable, blocks }, name)),
    fc.boolean().map((blocks) => aRuledFinding({ check: 'docker-bench', id: '4.1', package: null, blocks })),
  )
  const setting = fc.record({
    findings: fc.array(finding, { maxLength: 6 }),
    base: fc.option(
      fc.record({
        movedOn: fc.constantFrom(true, false, null),
        restsOn: fc.constantFrom('layers' as const, 'at-hand' as const, 'label' as const),
        layers: fc.constantFrom(0, 1, 2),
        contradicted: fc.boolean(),
      }),
    ),
    lines: fc.array(fc.constantFrom(RUN_INSTALL, RUN_UPGRADE, SCRIPT, null), { minLength: 2, maxLength: 2 }),
  })
  const needs = fc.record<RebuildNeed>({
    needed: fc.constantFrom(true, false, null),
    why: fc.string(),
    settles: fc.array(finding, { maxLength: 3 }),
  })

  test('when it is found out, then the verdict is not touched, and it settles only what blocks', () => {
    fc.assert(
      fc.property(setting, (one) => {
        const verdict = verdictOf(one)
        const before = structuredClone(verdict)
        const { needed, settles } = rebuildNeed(verdict, IMAGE)
        expect(verdict).toEqual(before)
        expect(settles.every((settled) => settled.blocks && verdict.findings.includes(settled))).toBe(true)
        expect(settles.length > 0).toBe(needed === true)
      }),
    )
  })

  test('when it says anything at all, then the verdict is the same, and each thing that blocks is in one task', () => {
    fc.assert(
      fc.property(setting, needs, (one, rebuild) => {
        const image = verdictOf(one)
        const outputs = (of: ImageVerdict) => {
          const {
            'rebuild-needed': _,
            'rebuild-brings': __,
            summary: ___,
            ...others
          } = outputsOf(aVerdict({ images: [of] }))
          return others
        }
        expect(outputs({ ...image, rebuild })).toEqual(outputs(image))
        const blocking = image.findings.filter(({ blocks }) => blocks)
        const changed = {
          ...image,
          rebuild: { ...rebuild, settles: blocking.slice(0, rebuild.settles.length) },
        }
        const tasks = imageTasks(changed)
        expect(new Set(tasks.flatMap(({ findings }) => findings))).toEqual(new Set(blocking))
        expect(tasks.flatMap(({ findings }) => findings)).toHaveLength(blocking.length)
        expect(tasks.filter(({ kind }) => kind === 'rebuild').length).toBe(
          changed.rebuild.settles.length > 0 ? 1 : 0,
        )
      }),
    )
  })

  test('when nothing shows the base, then it is never needed for certain', () => {
    fc.assert(
      fc.property(setting, (one) => {
        expect(need({ ...one, base: null }).needed).not.toBe(true)
        expect(need({ ...one, base: { ...one.base, layers: 0 } }).needed).not.toBe(true)
      }),
    )
  })
})

test('when the history is made to keep a pattern busy, then it is read all the same', () => {
  const lines = [RUN_INSTALL, ...Array.from({ length: 120 }, () => 'apt '.repeat(2500))]
  const findings = Array.from({ length: 50 }, () => update('openssl'))
  expect(need({ findings, lines, base: { movedOn: false } }).needed).toBe(false)
})
