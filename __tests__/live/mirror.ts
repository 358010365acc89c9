import { join } from 'node:path'
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
const STATUS = NAMES.map(
  (name) => `Package: ${name}\nStatus: install ok installed\nVersion: 0.1\nArchitecture: amd64\n`,
).join('\n')

export const imageOf = (codename: string) =>
  aDebianImage({
    'etc/os-release': `ID=debian\nVERSION_CODENAME=${codename}\n`,
    'var/lib/dpkg/status': STATUS,
  })

export const optionsOf = () => ({
  debianMirror: null,
  allowedBases: 'any' as const,
  officialMirrors: [],
  engine: () => Promise.reject(new Error('no engine')),
  debianSecurityMirror: null,
  tracker: null,
  changelogs: false,
  cacheDir: null,
  kept: null,
  now: new Date(),
  signal: AbortSignal.timeout(110_000),
  timeoutMs: 60_000,
  progress: () => {},
})

export async function collect(codenames: readonly string[]): Promise<Evidence[]> {
  const evidence = await collectSecurityUpdates(
    codenames.map((name) => opening(imageOf(name))),
    optionsOf(),
  )
  return [...evidence]
}
