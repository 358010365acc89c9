import { join } from 'node:path'
import { expect } from '@jest/globals'
import { archiveOf } from '../../src/checks/security-updates/archive/mirrors.js'
import { hostsNamed, mirrorsOf } from '../../src/checks/security-updates/archive/mirrors-of.js'
import {
  DEBIAN_TRUST,
  machineSources,
  openSession,
} from '../../src/checks/security-updates/archive/session.js'
import { fetchSuite } from '../../src/checks/security-updates/archive/suite.js'
import { readKeyring } from '../../src/checks/security-updates/archive/verify.js'
import { collectSecurityUpdates } from '../../src/checks/security-updates/collect.js'
import type { Evidence } from '../../src/model/evidence.js'
import { aDebianImage, opening } from '../support/debian-archive.js'

/** Images of some packages, and what a real mirror says of them. */

export const ROOT = join(import.meta.dirname, '../..')
export const NAMES = [
  'apt',
  'bash',
  'coreutils',
  'dpkg',
  'libc6',
  'openssl',
  'libssl3',
  'perl-base',
  'tzdata',
  'zlib1g',
]

/** @param versions of its packages; 0.1 is in no archive, so that the gate looks for it in all of them */
export function imageOf(codename: string, versions: ReadonlyMap<string, string> = new Map()) {
  const stanzas = NAMES.map((name) => [
    ...[`Package: ${name}`, 'Status: install ok installed'],
    ...[`Version: ${versions.get(name) ?? '0.1'}`, 'Architecture: amd64', ''],
  ])
  return aDebianImage({
    'etc/os-release': `ID=debian\nVERSION_CODENAME=${codename}\n`,
    'var/lib/dpkg/status': stanzas.map((lines) => lines.join('\n')).join('\n'),
  })
}

/** The versions of these packages in an index that was read. */
export function versionsIn(index: string): ReadonlyMap<string, string> {
  const found = index.matchAll(/^Package: (\S+)\n(?:.+\n)*?Version: (\S+)$/gm)
  return new Map([...found].map(([, name = '', version = '']) => [name, version]))
}

export const optionsOf = () => ({
  archive: { mirror: null, securityMirror: null, offline: false, fixDays: false },
  allowedBases: 'any' as const,
  officialMirrors: [],
  engine: () => Promise.reject(new Error('no engine')),
  tracker: null,
  onOrigins: () => {},
  cacheDir: null,
  trustedCacheDir: null,
  now: new Date(),
  signal: AbortSignal.timeout(110_000),
  timeoutMs: 60_000,
  progress: () => {},
})

/** The version of a package in a suite as the real mirrors have it, by a signed index of whatever age. */
export async function versionIn(suite: string, name: string): Promise<string> {
  const keyring = readKeyring(DEBIAN_TRUST.certificates)
  const known = { inputs: { main: null, security: null }, machine: machineSources() }
  const session = openSession(optionsOf(), DEBIAN_TRUST, keyring, new Set([name]), hostsNamed(known))
  const archive = archiveOf(suite)
  const plan = { suite, archive, components: ['main'], architectures: ['amd64'], required: false }
  const mirrors = mirrorsOf(archive, { ...known, image: [] })
  const { fetched, asked } = await fetchSuite({ ...plan, mayBeOld: true }, mirrors, session)
  const stanzas = fetched?.indexes.flatMap((index) => index.stanzas) ?? []
  const text = stanzas.find((one) => one.name === name)?.text
  const version = /^Version: (.+)$/m.exec(text ?? '')?.[1]
  if (version === undefined) {
    throw new Error(`${suite} has no ${name}: ${JSON.stringify(asked)}`)
  }
  return version
}

export async function collect(codenames: readonly string[]): Promise<Evidence[]> {
  const evidence = await collectSecurityUpdates(
    codenames.map((name) => opening(imageOf(name))),
    optionsOf(),
  )
  return [...evidence]
}

export const print = (text: string) => process.stdout.write(`  archive: ${text}\n`)

/** Reads the suites of a release from Debian's mirrors: the shipped keys have signed all of them. */
export async function expectVerified(codename: string): Promise<void> {
  const [evidence] = await collect([codename])
  const archive = JSON.parse(evidence?.documents['archive.json'] ?? '{}')
  expect(evidence?.problem).toBeNull()
  const suites = [`${codename}-security`, `${codename}-updates`, codename]
  expect(archive.suites.map(({ suite }: { suite: string }) => suite)).toEqual(suites)
  for (const { suite, release, signedBy, indexes } of archive.suites) {
    expect(indexes[0].rows).toBeGreaterThan(0)
    expect(signedBy).toMatch(/^[0-9A-F]{40}$/)
    print(
      `${suite} ${release.suite} ${release.date}, ${indexes[0].rows} packages, key ${signedBy.slice(-16)}`,
    )
  }
  expect(archive.stable.from).toBe('archive')
  expect(evidence?.documents['packages-2.txt']).toContain('Package: libc6\n')
}
