import { describe, expect, test } from '@jest/globals'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import { officialBaseOf, supportFindings, withOfficialBase } from '../../../src/judge/support-rules.js'
import { isObstacle } from '../../../src/model/finding/index.js'
import { aboutPackage, type ObstacleFinding, obstacle } from '../../../src/model/finding/obstacle.js'
import type { InstalledPackage } from '../../../src/model/packages/package.js'
import type { Beginning } from '../../../src/model/provenance/base-image.js'
import type { ForeignPackage } from '../../../src/model/provenance/origin.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { aBase, aLayer, anImage, TODAY } from '../../support/builders.js'

function one(name: string, source = name, version = '1'): InstalledPackage {
  const status = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
  return { name, version, architecture: 'amd64', source, sourceVersion: version, ...status }
}

describe('what Debian’s lists say of what is installed', () => {
  const rulingsFor = (
    packages: readonly InstalledPackage[],
    foreign: readonly ForeignPackage[] = [],
    today = '2026-11-25',
  ) =>
    supportFindings(packages, foreign, 'bookworm', today).map((finding) => {
      const { blocks } = ruleByKind(finding, DEFAULT_GATE, null, TODAY)
      return `${finding.id}${blocks ? '!' : ''} ${finding.package}: ${finding.binaries.map(({ name }) => name)}`
    })

  test('when it has ended, then it blocks, and what is limited does not: one for each source', () => {
    const packages = [
      one('pdns-server', 'pdns'),
      one('pdns-tools', 'pdns'),
      one('as', 'binutils'),
      one('bash'),
    ]
    expect(rulingsFor(packages)).toEqual([
      'support-limited binutils: as',
      'support-ended! pdns: pdns-server,pdns-tools',
    ])
  })

  test('when it ends on a day to come, then that is noted, and blocks from that day on', () => {
    expect(rulingsFor([one('lxd')], [], '2026-06-11')).toEqual(['support-limited lxd: lxd'])
    expect(rulingsFor([one('lxd')], [], '2026-06-12')).toEqual(['support-ended! lxd: lxd'])
    const [finding] = supportFindings([one('lxd')], [], 'bookworm', '2026-06-11')
    expect(finding?.why).toContain('ends on 2026-06-12')
  })

  test('when one source is installed from two releases, then each is judged by its own, in order', () => {
    const from = { ...one('pdns-b', 'pdns'), origin: 'stable' as const, suite: 'trixie', release: 'trixie' }
    const findings = rulingsFor([one('pdns-b', 'pdns'), one('pdns-a', 'pdns'), one('as', 'binutils')], [from])
    expect(findings).toEqual(['support-limited binutils: as', 'support-ended! pdns: pdns-a'])
  })

  test('when Debian’s list refers to pages, then they are named, and the binaries are in order', () => {
    const [finding] = supportFindings(
      [one('lxd-b', 'lxd'), one('lxd-a', 'lxd')],
      [],
      'bookworm',
      '2026-06-12',
    )
    expect(finding).toMatchObject({
      id: 'support-ended',
      why: expect.stringMatching(
        /^Debian's security support for lxd in bookworm ended on 2026-06-12, according to debian-security-support 1:12\+\S+: https:\/\/bugs\.debian\.org\/1138294$/,
      ),
      details: { release: 'bookworm', day: '2026-06-12' },
      ...{ package: 'lxd', version: '1', links: ['https://bugs.debian.org/1138294'] },
      binaries: [{ name: 'lxd-a' }, { name: 'lxd-b' }],
    })
    const [limited] = supportFindings([one('as', 'binutils')], [], 'bookworm', TODAY)
    expect(limited).toMatchObject({
      id: 'support-limited',
      why: expect.stringMatching(
        /^Debian's security support for binutils in bookworm is limited, according to /,
      ),
      details: { release: 'bookworm', day: null },
    })
  })

  test('when a package is from another release, then by the list of that one; of no stable one by none', () => {
    const from = (release: string | null, origin: ForeignPackage['origin']) => [
      { ...one('consul'), origin, suite: release, release },
    ]
    expect(rulingsFor([one('consul')])).toEqual([])
    expect(rulingsFor([one('consul')], from('trixie', 'stable'))).toEqual(['support-ended! consul: consul'])
    const ended = [{ ...one('pdns'), origin: 'sid' as const, suite: 'sid', release: 'sid' }]
    expect(rulingsFor([one('pdns')], ended)).toEqual([])
    expect(rulingsFor([one('consul')], from(null, 'third-party'))).toEqual([])
  })
})

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
