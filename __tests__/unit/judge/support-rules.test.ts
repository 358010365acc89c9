import { describe, expect, test } from '@jest/globals'
import { ruleByKind } from '../../../src/judge/kind-rules.js'
import { supportFindings } from '../../../src/judge/support-rules.js'
import type { InstalledPackage } from '../../../src/model/packages/package.js'
import type { ForeignPackage } from '../../../src/model/provenance/origin.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { TODAY } from '../../support/builders.js'

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
