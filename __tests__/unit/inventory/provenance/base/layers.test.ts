import { describe, expect, test } from '@jest/globals'
import {
  attributedToBase,
  officialBaseOf,
  withOfficialBase,
} from '../../../../../src/inventory/provenance/base/layers.js'
import { ruleByKind } from '../../../../../src/judge/kind-rules.js'
import { becauseText } from '../../../../../src/model/because/texts.js'
import { benchFinding } from '../../../../../src/model/finding/bench.js'
import { type Finding, isBench, isObstacle } from '../../../../../src/model/finding/index.js'
import { aboutPackage, type ObstacleFinding, obstacle } from '../../../../../src/model/finding/obstacle.js'
import type { Beginning } from '../../../../../src/model/provenance/base-image.js'
import { readDictionary } from '../../../../../src/policy/dictionary/read.js'
import { recordDictionary } from '../../../../../src/policy/dictionary/record.js'
import { ruleBench } from '../../../../../src/policy/dictionary/rules.js'
import { DEFAULT_GATE } from '../../../../../src/policy/gate/thresholds.js'
import { aResult, engineResult } from '../../../../support/bench.js'
import { aBase, aLayer, anImage, TODAY } from '../../../../support/builders.js'

describe('what came with a proven official base', () => {
  const stanza = (name: string, version = '1') =>
    `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: amd64\n`
  const layer = (...stanzas: readonly string[]) =>
    aLayer({ files: { 'var/lib/dpkg/status': stanzas.join('\n') } })
  const image = anImage({
    layers: [
      layer(stanza('bash')),
      layer(stanza('bash'), stanza('nginx')),
      layer(stanza('nginx'), stanza('acme')),
    ],
  })
  const NGINX = 'docker.io/library/nginx:1.29'
  const finding = (name: string, version = '1') =>
    aboutPackage(
      obstacle('no-security-support', 'why', {
        ...{ origin: 'third-party', suite: null, from: null, saysSo: null, base: null, vendor: null },
      }),
      { package: name, version, binaries: [{ name, version, architecture: 'amd64' }], links: [] },
    )
  const left = (newer: string[] | null) =>
    aboutPackage(
      obstacle('other-release', 'why', { release: 'bookworm', suite: 'bookworm', newer, base: null }),
      {
        ...{ package: 'nginx', version: '1', links: [] },
        binaries: [{ name: 'nginx', version: '1', architecture: 'amd64' }],
      },
    )
  const proven = (name = NGINX, layers = 2): Beginning => ({ name, layers, grade: 'proven' })
  function ruledWith(
    beginnings: readonly Beginning[],
    one: ObstacleFinding = finding('nginx'),
    mirrors: readonly string[] = [],
  ) {
    const [ruled] = withOfficialBase([one], aBase({ beginnings }), image, mirrors)
    const isHere = ruled && (isObstacle(ruled, 'no-security-support') || isObstacle(ruled, 'other-release'))
    if (!isHere) {
      throw new Error('the finding is gone')
    }
    return { blocks: ruleByKind(ruled, DEFAULT_GATE, null, TODAY).blocks, base: ruled.details.base }
  }

  test.each([
    ['its layers brought it', [proven()], []],
    ['a base of our own is built on it', [proven(), proven('ghcr.io/acme/base:1', 3)], []],
    ['a lower official image did not bring it', [proven('docker.io/library/debian:13', 1), proven()], []],
    [
      'a mirror of the policy has it',
      [proven('mirror.acme.example/hub/nginx:1.29')],
      ['mirror.acme.example/hub/'],
    ],
  ])('when %s, then it is noted, with the base', (_, beginnings, mirrors) => {
    const { blocks, base } = ruledWith(beginnings, finding('nginx'), mirrors)
    expect(base).toMatch(/nginx:1\.29$/)
    expect(blocks).toBe(false)
  })

  test.each([
    ['a layer of our own brought it', finding('acme'), [proven()]],
    ['it is there in another version', finding('nginx', '2'), [proven()]],
    ['the base has fewer layers', finding('nginx'), [proven(NGINX, 1)]],
    ['the engine alone has the base', finding('nginx'), [{ ...proven(), grade: 'at-hand' as const }]],
    ['the base is not official', finding('nginx'), [proven('docker.io/acme/nginx:1.29')]],
    ['nothing is proven', finding('nginx'), []],
  ])('when %s, then it blocks', (_, of, beginnings) => {
    expect(ruledWith(beginnings, of)).toEqual({ blocks: true, base: null })
  })

  test('when it is of another release, then it is noted, with the base only if the image’s release has a newer one', () => {
    expect(ruledWith([], left(['nginx 2']))).toEqual({ blocks: true, base: null })
    expect(ruledWith([proven()], left(['nginx 2']))).toEqual({ blocks: false, base: 'nginx:1.29' })
    expect(ruledWith([proven(NGINX, 1)], left(['nginx 2']))).toEqual({ blocks: true, base: null })
    expect(ruledWith([proven()], left(null))).toEqual({ blocks: false, base: null })
  })

  test('when layers are asked for, then they are those of the official base with most layers, if it is proven', () => {
    const layers = ['a', 'b', 'c'].map((diffId) => aLayer({ diffId }))
    const of = (...beginnings: Beginning[]) => officialBaseOf(aBase({ beginnings }), { layers }, [])
    const both = of(proven('docker.io/library/debian:13', 1), proven(), proven('ghcr.io/acme/base:1', 3))
    expect(both).toEqual({ name: 'nginx:1.29', layers: new Set(['a', 'b']) })
    expect(of({ ...proven(), grade: 'at-hand' })).toBeNull()
    expect(of(proven('ghcr.io/acme/base:1', 3))).toBeNull()
    expect(officialBaseOf(null, { layers }, [])).toBeNull()
  })

  test('when the packages of its layers cannot be read, then nothing came with it', () => {
    const broken = { ...image, layers: image.layers.map((of) => ({ ...of, files: {} })) }
    const [found] = withOfficialBase([finding('nginx')], aBase({ beginnings: [proven()] }), broken, [])
    expect(found).toEqual(finding('nginx'))
  })

  test('when the base has more layers, then what these brought came with it', () => {
    const [found] = withOfficialBase([finding('acme')], aBase({ beginnings: [proven(NGINX, 3)] }), image, [])
    expect(found).toMatchObject({ details: { base: 'nginx:1.29' } })
  })

  test('when there is no base or no image, then nothing changes', () => {
    const all = [finding('nginx')]
    expect(withOfficialBase(all, null, image, [])).toBe(all)
    expect(withOfficialBase(all, aBase({ beginnings: [proven()] }), null, [])).toBe(all)
  })
})

describe('an ADD of the base', () => {
  const HISTORY = [
    { createdBy: 'ADD rootfs.tar / # buildkit', emptyLayer: false },
    { createdBy: 'ENV A=1', emptyLayer: true },
    { createdBy: 'ADD tools.tar / # buildkit', emptyLayer: false },
    { createdBy: 'COPY app /app # buildkit', emptyLayer: false },
  ].map((line) => ({ comment: null, created: null, ...line }))
  const image = anImage({ history: HISTORY, layers: [1, 2, 3].map((n) => aLayer({ diffId: `sha256:${n}` })) })
  const result = aResult('4.9', { builtin: engineResult('INFO', 'ADD rootfs.tar /', 'ADD tools.tar /') })
  const added = (...lines: number[]) =>
    benchFinding(result, { places: lines.map((line) => ({ line, instruction: 'ADD' })) })
  const ofBase = (finding: Finding, layers: number, of = image) => {
    const [found] = attributedToBase([finding], aBase({ layers }), of)
    return found !== undefined && isBench(found) ? found.ofBase : undefined
  }
  const NAME = 'docker.io/library/debian:bookworm-slim'

  test('when all of it lies in layers that are proven to be of the base, then it is of the base', () => {
    expect(ofBase(added(0), 1)).toBe(NAME)
    expect(ofBase(added(0, 2), 2)).toBe(NAME)
  })

  // Whoever builds an image in two parts has the lower one in the engine, under any name.
  test.each(['at-hand', 'label', 'history', 'os-release'] as const)(
    'when the base rests on %s alone, then it acts as it is',
    (restsOn) => {
      expect(attributedToBase([added(0)], aBase({ restsOn, layers: 1 }), image)).toEqual([added(0)])
    },
  )

  test('when some of it is own, or nobody knows, then it acts as it is', () => {
    expect(ofBase(added(0, 2), 1)).toBeNull()
    expect(ofBase(added(2), 1)).toBeNull()
    expect(ofBase(added(0), 0)).toBeNull()
    // Docker Bench's result counts, and it names no line.
    expect(ofBase(added(), 3)).toBeNull()
    expect(ofBase(added(0), 1, { ...image, history: HISTORY.slice(0, 2) })).toBeNull()
    const other = benchFinding(aResult('4.7'), { places: [{ line: 0, instruction: 'RUN' }] })
    expect(ofBase(other, 3)).toBeNull()
    expect(attributedToBase([added(0)], aBase({ name: null, layers: 1 }), image)).toEqual([added(0)])
  })

  const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }
  const TEXT = 'version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.9": {}\n'
  const ruledFor = (finding: ReturnType<typeof added>) =>
    ruleBench([finding], readDictionary(TEXT, 'd.yml'), context).results[0]

  test('when it is of the base, then the result is as bad, and it is noted and does not block', () => {
    const [own, base] = [ruledFor(added(0)), ruledFor({ ...added(0), ofBase: NAME })]
    expect([own?.outcome, own?.blocks, base?.outcome, base?.blocks]).toEqual(['worse', true, 'worse', false])
    expect(base?.finding.compared).toEqual(own?.finding.compared)
    expect(becauseText({ because: base?.because ?? [] })).toBe(
      'INFO, but d.yml:4 expects PASS; all of this comes from the base debian:bookworm-slim, whose maintainers must change it',
    )
  })

  test('when the base is known or not, then what is recorded is the same', () => {
    const about = { file: 'd.yml', ...context, maxSpan: 365, owner: '', reason: '' }
    const record = (finding: ReturnType<typeof added>) => recordDictionary(TEXT, [finding], about).text
    expect(record({ ...added(0), ofBase: NAME })).toBe(record(added(0)))
    expect(record(added(0))).toContain('expect: [INFO]')
  })
})
