import { describe, expect, test } from '@jest/globals'
import { withArchive, withKev } from '../../../src/judge/between-checks.js'
import type { Finding } from '../../../src/model/finding/index.js'
import { isVulnerability } from '../../../src/model/finding/index.js'
import type { InstalledPackage } from '../../../src/model/packages/package.js'
import { aBinary, aFinding, anUnfixedFinding, anUpdate } from '../../support/builders.js'

const installed = (part: Partial<InstalledPackage> = {}): InstalledPackage => ({
  name: 'apt',
  version: '2.6.1',
  architecture: 'amd64',
  source: 'apt',
  sourceVersion: '2.6.1',
  want: 'install',
  flag: 'ok',
  state: 'installed',
  database: 'var/lib/dpkg/status',
  ...part,
})

/** An update of a binary package to a version of its source. */
function update(
  one: InstalledPackage,
  version: string,
  sourceVersion: string | null = version,
  fixedSource: string | null = null,
): Finding {
  const { name, architecture } = one
  return anUpdate({
    ...{ package: name, fixedVersion: version, source: one.source, fixedSource },
    binaries: [{ name, version: one.version, architecture }],
    fixedSourceVersion: sourceVersion,
  })
}

const APT = installed()
const LIB = installed({ name: 'libapt-pkg6.0' })
const join = (finding: Finding, updates: readonly Finding[], packages = [APT, LIB]) => {
  const [joined] = withArchive([finding], updates, packages)
  return joined !== undefined && isVulnerability(joined) ? joined : undefined
}

describe('withArchive', () => {
  test.each([
    ['reaches the fix', '2.6.2', true],
    ['goes beyond it', '2.6.3', true],
    ['stays below it', '2.6.2~rc1', false],
  ])('when an update of one of its binaries %s, then installable is told', (_, version, installable) => {
    expect(join(aFinding(), [update(LIB, version)])?.installable).toBe(installable)
  })

  test('when no update of it is pending, then the fix is announced only', () => {
    expect(join(aFinding(), [])).toMatchObject({ installable: false, fixedVersion: '2.6.2' })
    expect(join(aFinding(), [])?.archiveOffers).toBeNull()
  })

  test('when the archive offers less than the fix, then that is kept as a fact', () => {
    const offers = (fixedVersion: string) =>
      join(aFinding({ fixedVersion }), [update(APT, '2.6.2'), update(LIB, '2.6.3')])?.archiveOffers
    expect(offers('2.6.9')).toBe('2.6.3')
    expect(offers('2.6.3')).toBeNull()
  })

  test('when binaries have versions of their own, then those of the source are compared', () => {
    const bsdutils = installed({
      name: 'bsdutils',
      version: '1:2.38.1-5',
      source: 'util-linux',
      sourceVersion: '2.38.1-5',
    })
    const finding = aFinding({
      package: 'util-linux',
      version: '2.38.1-5',
      fixedVersion: '2.38.1-6',
      binaries: [aBinary({ name: 'bsdutils', version: '1:2.38.1-5' })],
    })
    const to = (source: string) => join(finding, [update(bsdutils, `1:${source}`, source)], [bsdutils])
    expect(to('2.38.1-5+deb12u1')?.installable).toBe(false)
    expect(to('2.38.1-6')?.installable).toBe(true)
  })

  test('when the archive has the fix only under another name, then it is left as it is; with less, it is announced only', () => {
    const kernel = installed({
      name: 'linux-image-6.12.90+deb13-amd64',
      version: '6.12.90-1',
      source: 'linux-signed-amd64',
      sourceVersion: '6.12.90+1',
    })
    const finding = aFinding({
      package: 'linux',
      version: '6.12.90-1',
      fixedVersion: '6.12.101-1',
      binaries: [aBinary({ name: kernel.name, version: kernel.version })],
    })
    const has = (version: string) =>
      withArchive([finding], [], [kernel], new Map([['linux', version]])).map(
        ({ installable }) => installable,
      )
    expect([has('6.12.101-1'), has('6.12.118-1'), has('6.12.100-1')]).toEqual([[true], [true], [false]])
    // The row of another release says nothing about the versions of this one.
    const ofOther = { ...finding, release: 'bookworm' } as Finding
    const [joined] = withArchive([ofOther], [], [kernel], new Map([['linux', '6.12.118-1']]))
    expect(joined?.installable).toBe(false)
  })

  test('when a kernel is signed, then its update brings the fix of the source that is signed', () => {
    const kernel = installed({
      name: 'linux-image-6.1.0-40-amd64',
      version: '6.1.153-1',
      source: 'linux-signed-amd64',
      sourceVersion: '6.1.153+1',
    })
    const finding = aFinding({
      package: 'linux',
      version: '6.1.153-1',
      fixedVersion: '6.1.158-1',
      binaries: [aBinary({ name: kernel.name, version: kernel.version })],
    })
    const to = (version: string, source: string) => join(finding, [update(kernel, version, source)], [kernel])
    expect(to('6.1.158-1', '6.1.158+1')?.installable).toBe(true)
    expect(to('6.1.155-1', '6.1.155+1')?.installable).toBe(false)
  })

  test('when only another architecture of it has the update, then it counts for that one alone', () => {
    const foreign = installed({ name: 'libapt-pkg6.0', architecture: 'i386' })
    const of = (architecture: string) =>
      join(aFinding({ binaries: [aBinary({ architecture })] }), [update(foreign, '2.6.2')], [LIB, foreign])
    expect([of('i386')?.installable, of('amd64')?.installable]).toEqual([true, false])
  })

  test.each<[string, Finding, readonly Finding[], readonly InstalledPackage[]]>([
    ['has no fix', anUnfixedFinding(), [], [APT]],
    ['is in another dpkg database', aFinding({ packageDb: 'opt/x/status' }), [], [APT, LIB]],
    ['is in no index that was read', aFinding(), [], []],
    [
      'is installed in another version than the finding says',
      aFinding(),
      [],
      [installed({ version: '2.6.0' })],
    ],
    ['was refuted', aFinding({ agreement: 'refuted' }), [], [APT, LIB]],
    ['has a fix that is no version', aFinding({ fixedVersion: 'soon' }), [], [APT, LIB]],
    [
      'has an update from another source',
      aFinding({ fixedVersion: '1:2.6.2' }),
      [update(APT, '9', '9', 'apt-ng')],
      [APT, LIB],
    ],
    [
      'has an update of which no version of the source is told',
      aFinding(),
      [update(APT, '2.6.2', null)],
      [APT, LIB],
    ],
  ])('when it %s, then it is left as it is', (_, finding, updates, packages) => {
    expect(withArchive([finding], updates, packages)).toEqual([finding])
  })
})

describe('withKev', () => {
  const listed = (id: string) => (id === 'CVE-1' ? true : id === 'CVE-2' ? false : null)

  test('when KEV lists some of what an update fixes, then these are named, and it is exploited', () => {
    const [found] = withKev([anUpdate({ cves: ['CVE-3', 'CVE-1', 'CVE-2'] })], listed)
    expect(found).toMatchObject({ kev: true, exploited: ['CVE-1'] })
  })

  test.each<[string, Finding]>([
    ['fixes nothing that is listed', anUpdate({ cves: ['CVE-2', 'CVE-3'] })],
    ['fixes what is not known', anUpdate({ cves: null })],
    ['is no update', aFinding({ id: 'CVE-1', cves: ['CVE-1'] })],
  ])('when a finding %s, then it is left as it is', (_, finding) => {
    expect(withKev([finding], listed)).toEqual([finding])
  })
})
