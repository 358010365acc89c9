import { parseStanzas } from '../../../../../src/debian/control.js'
import {
  type ArchiveVersions,
  type SupportedSuite,
  versionsIn,
} from '../../../../../src/inventory/provenance/origin/rule.js'
import type { InstalledPackage } from '../../../../../src/model/packages/package.js'

/** Lines of Debian's own indexes, amd64, as its mirrors had them on 2026-11-25 (those of forky and sid of 2026-10-30). */
export const INDEXES = {
  bookworm: [
    'bash 5.2.15-2+b13 amd64',
    'curl 7.88.1-10+deb12u15 amd64',
    'golang-go 2:1.19~1 amd64',
    'libicu72 72.1-3+deb12u1 amd64',
    'libssl3 3.0.20-1~deb12u2 amd64',
    'linux-libc-dev 6.1.176-1 amd64',
    'nginx 1.22.1-9+deb12u9 amd64',
    'openssl 3.0.20-1~deb12u2 amd64',
    'python3-django 3:3.2.25-0+deb12u3 all',
    'tzdata 2026b-0+deb12u1 all',
  ],
  'bookworm-updates': ['libssl3 3.0.17-1~deb12u2 amd64', 'tzdata 2025b-0+deb12u1 all'],
  'bookworm-security': [
    'curl 7.88.1-10+deb12u5 amd64',
    'libicu72 72.1-3+deb12u1 amd64',
    'libssl3 3.0.22-1~deb12u2 amd64',
    'linux-libc-dev 6.1.192-2 amd64',
    'python3-django 3:3.2.25-0+deb12u7 all',
    'tzdata 2026f-0+deb12u1 all',
  ],
  'bookworm-backports': [
    'curl 8.14.1-2+deb13u2~bpo13+1 amd64',
    'golang-go 2:1.23~2~bpo12+1 amd64',
    'python3-django 3:4.2.21-1~bpo12+1 all',
  ],
  trixie: [
    'bash 5.2.37-2+b10 amd64',
    'curl 8.14.1-2+deb13u7 amd64',
    'golang-go 2:1.24~2 amd64',
    'libicu76 76.1-4 amd64',
    'libssl3t64 3.5.9-1~deb13u1 amd64',
    'linux-libc-dev 6.12.107-1 all',
    'linux-libc-dev 6.12.117-1 all',
    'nginx 1.26.3-3+deb13u10 amd64',
    'python3-django 3:4.2.28-0+deb13u2 all',
  ],
  'trixie-updates': ['tzdata 2026f-0+deb13u1 all'],
  'trixie-security': [
    'libssl3t64 3.5.7-1~deb13u3 amd64',
    'linux-libc-dev 6.12.111-1 all',
    'linux-libc-dev 6.12.118-1 all',
    'nginx 1.26.3-3+deb13u11 amd64',
    'python3-django 3:4.2.30-0+deb13u1 all',
  ],
  'trixie-backports': [
    'curl 8.21.0-2~bpo13+1 amd64',
    'golang-go 2:1.27~1~bpo13+1 amd64',
    'python3-django 3:5.2.19-1~bpo13+1 all',
  ],
  forky: ['python3-django 3:5.2.17-2 all', 'golang-go 2:1.27~1 amd64'],
  sid: ['libicu76 76.1-4+b1 amd64', 'python3-django 3:5.2.18-2 all', 'golang-go 2:1.27~1 amd64'],
  experimental: ['python3-django 3:6.1.1-1 all'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Suite = keyof typeof INDEXES

/** Lines as the text of an index. */
export function indexText(lines: readonly string[]): string {
  return lines
    .map((line) => line.split(' '))
    .map(
      ([name, version, architecture]) =>
        `Package: ${name}\nVersion: ${version}\nArchitecture: ${architecture}\n`,
    )
    .join('\n')
}

/** The archive to an image of this release, as far as these suites go. @param more lines that a suite is to have */
export function archiveOf(
  codename: 'bookworm' | 'trixie',
  suites: readonly Suite[] = Object.keys(INDEXES) as Suite[],
  more: Readonly<Record<string, readonly string[]>> = {},
): ArchiveVersions {
  const lines: Readonly<Record<string, readonly string[]>> = { ...INDEXES, ...more }
  const suitesServed = [...suites, ...Object.keys(more).filter((one) => !Object.hasOwn(INDEXES, one))].map(
    (suite) => {
      const stanzas = parseStanzas(indexText(lines[suite] ?? []), suite)
      return { ...placeOf(suite, codename), suite, versions: versionsIn([stanzas], 'amd64') }
    },
  )
  return { codename, native: 'amd64', suites: suitesServed, knowsVendors: true }
}

function placeOf(suite: string, codename: string): Pick<SupportedSuite, 'place' | 'release'> {
  const [, release = '', kind = ''] = /^([a-z]+)(-[a-z-]+)?$/.exec(suite) ?? []
  if (kind === '-proposed-updates') {
    return { place: 'proposed', release: codename }
  }
  if (kind.includes('backports') || ['forky', 'sid', 'experimental'].includes(release)) {
    return { place: 'moving', release: 'sid' }
  }
  return { place: release === codename ? 'own' : 'stable', release }
}

/** `name version` and, if it is not amd64, the architecture. */
export function installedOne(text: string, source?: string): InstalledPackage {
  const [name = '', version = '', architecture = 'amd64'] = text.split(' ')
  const status = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
  return { name, version, architecture, source: source ?? name, sourceVersion: version, ...status }
}
