import { describe, expect, test } from '@jest/globals'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import { ofOfficialBase, supportFindings } from '../../../src/judge/support-rules.js'
import { isObstacle } from '../../../src/model/finding/index.js'
import { obstacle, ofPackages } from '../../../src/model/finding/obstacle.js'
import type { ForeignPackage } from '../../../src/model/origin.js'
import type { InstalledPackage } from '../../../src/model/package.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { aBase, aLayer, anImage } from '../../support/builders.js'

function one(name: string, source = name, version = '1'): InstalledPackage {
  const words = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
  return { name, version, architecture: 'amd64', source, sourceVersion: version, ...words }
}

describe('what Debian’s lists say of what is installed', () => {
  const told = (
    packages: readonly InstalledPackage[],
    foreign: readonly ForeignPackage[] = [],
    today = '2026-11-25',
  ) =>
    supportFindings(packages, foreign, 'bookworm', today).map((finding) => {
      const { blocks } = ruleByKind(finding, DEFAULT_GATE)
      return `${finding.id}${blocks ? '!' : ''} ${finding.package}: ${finding.binaries.map(({ name }) => name)}`
    })

  test('when it has ended, then it blocks, and what is limited does not: one for each source', () => {
    const packages = [
      one('pdns-server', 'pdns'),
      one('pdns-tools', 'pdns'),
      one('as', 'binutils'),
      one('bash'),
    ]
    expect(told(packages)).toEqual([
      'support-limited binutils: as',
      'support-ended! pdns: pdns-server,pdns-tools',
    ])
  })

  test('when it ends on a day to come, then that is noted, and blocks from that day on', () => {
    expect(told([one('lxd')], [], '2026-06-11')).toEqual(['support-limited lxd: lxd'])
    expect(told([one('lxd')], [], '2026-06-12')).toEqual(['support-ended! lxd: lxd'])
    const [finding] = supportFindings([one('lxd')], [], 'bookworm', '2026-06-11')
    expect(finding?.why).toContain('ends on 2026-06-12')
  })

  test('when a package is from another release, then by the list of that one; of no stable one by none', () => {
    const from = (release: string | null, origin: ForeignPackage['origin']) => [
      { ...one('consul'), origin, suite: release, release },
    ]
    expect(told([one('consul')])).toEqual([])
    expect(told([one('consul')], from('trixie', 'stable'))).toEqual(['support-ended! consul: consul'])
    const ended = [{ ...one('pdns'), origin: 'sid' as const, suite: 'sid', release: 'sid' }]
    expect(told([one('pdns')], ended)).toEqual([])
    expect(told([one('consul')], from(null, 'third-party'))).toEqual([])
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
    ofPackages(
      obstacle('no-security-support', 'why', {
        ...{ origin: 'third-party', suite: null, from: null, saysSo: null, base: null },
      }),
      { package: name, version, binaries: [{ name, version, architecture: 'amd64' }], links: [] },
    )
  function blocks(one = finding('nginx'), base: Parameters<typeof aBase>[0] = {}): boolean {
    const [ruled] = ofOfficialBase(
      [one],
      aBase({ name: NGINX, restsOn: 'layers', layers: 2, ...base }),
      image,
    )
    return ruled !== undefined && isObstacle(ruled, 'no-security-support')
      ? ruleByKind(ruled, DEFAULT_GATE).blocks
      : true
  }

  test('when its layers brought it, then it is noted, with the base', () => {
    const [ruled] = ofOfficialBase(
      [finding('nginx')],
      aBase({ name: NGINX, restsOn: 'layers', layers: 2 }),
      image,
    )
    expect(ruled).toMatchObject({ details: { base: 'nginx:1.29' } })
    expect(blocks()).toBe(false)
  })

  test.each([
    ['a layer of our own brought it', finding('acme'), {}],
    ['it is there in another version', finding('nginx', '2'), {}],
    ['the base has fewer layers', finding('nginx'), { layers: 1 }],
    ['a label alone names the base', finding('nginx'), { restsOn: 'label' as const, layers: 0 }],
    ['the base is not official', finding('nginx'), { name: 'docker.io/acme/nginx:1.29' }],
    ['the base is not known', finding('nginx'), { name: null }],
  ])('when %s, then it blocks', (_, of, base) => {
    expect(blocks(of, base)).toBe(true)
  })

  test('when there is no base or no image, then nothing changes', () => {
    const all = [finding('nginx')]
    expect(ofOfficialBase(all, null, image)).toBe(all)
    expect(ofOfficialBase(all, aBase({ name: NGINX, restsOn: 'layers', layers: 2 }), null)).toBe(all)
  })
})
