import type { Target } from '../../../debian/apt/sources.js'
import { ARCHIVE_KEYS } from '../../../debian/archive-keys.js'
import { withoutEnd } from '../../../model/index.js'

/** Debian's two archives: that of the releases, and that of security updates. */
export type ArchiveName = 'main' | 'security'

export interface Mirror {
  /** Address above dists/, with a slash at the end; may contain credentials. */
  readonly url: string
  /** `kept`: the cached copy that an earlier run read from Debian's own hosts; no request is made. */
  readonly from: 'input' | 'machine' | 'default' | 'image' | 'kept'
}

/** Which archive a suite belongs to, by its name: `bookworm-security`, or `buster/updates` before Debian 11. */
export function archiveOf(suite: string): ArchiveName {
  return /(?:-security|\/updates)$/.test(suite) ? 'security' : 'main'
}

/** The suites of a stable release itself. */
export function releaseSuites(codename: string): readonly [string, ...string[]] {
  return [codename, `${codename}-updates`, `${codename}-security`]
}

/** As used in paths. */
export const COMPONENTS = ['main', 'contrib', 'non-free', 'non-free-firmware'] as const

/** As used in paths; `null`: not one of Debian's. The security archive itself writes `updates/main`. */
export function debianComponent(component: string): (typeof COMPONENTS)[number] | null {
  const name = component.replace(/^updates\//, '')
  return COMPONENTS.find((one) => one === name) ?? null
}

/**
 * The component that a package's Section names: `contrib/misc`, `non-free-firmware/kernel`. Sections of main
 * have no such prefix (Debian policy 2.4): then `null`.
 */
export function componentOfSection(section: string): string | null {
  const [, area] = /^([a-z-]+)\//.exec(section) ?? []
  return area === undefined ? null : debianComponent(area)
}

/**
 * True for a source of Debian's own archive: third parties are never asked. First Debian's own hosts decide,
 * and a security suite under the usual path; then a Signed-By with Debian's keys; without one, the address.
 * Others use the same path with components of their own (`stable`, `nginx`).
 */
export function isDebianArchive({ uri, site, suite, component, signedBy }: Target): boolean {
  if (!/^https?:/i.test(uri) || suite.endsWith('/') || debianComponent(component) === null) {
    return false
  }
  const isHost = /(?:^|\.)debian\.org$/.test(site)
  const isPath = /\/debian(?:-security)?\/$/.test(uri) || isSnapshot(uri)
  if (isHost && (isPath || site === 'security.debian.org')) {
    return true
  }
  if (/\/debian-security\/$/.test(uri) && archiveOf(suite) === 'security') {
    return true
  }
  return signedBy === null ? isHost || isPath : isDebianKey(signedBy)
}

/** Whether Signed-By names Debian's key by file name, by fingerprint, or as a whole key (its first letters vary). */
function isDebianKey(signedBy: string): boolean {
  if (/(?:^|\/)debian-archive-[a-z0-9-]+\.(?:gpg|pgp|asc)(?:\s|$)/.test(signedBy)) {
    return true
  }
  const whole = signedBy.replace(/\s+/g, '')
  return ARCHIVE_KEYS.some(
    ({ fingerprint, key }) => whole.toUpperCase().includes(fingerprint) || whole.includes(key.slice(4, 204)),
  )
}

/** Whether a mirror shows the archive of a past moment (snapshot.debian.org and its copies), without later updates. */
export function isSnapshot(uri: string): boolean {
  return /\/debian(?:-security)?\/\d{8}T\d{6}Z\/$/.test(uri)
}

/** The address of a source as the evidence has it: without user and password, with a slash at the end. */
export function addressOf({ uri }: Target): string {
  return withSlash(uri.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1'))
}

/** An archive's address ends with a slash, even if it was written without. */
export function withSlash(url: string): string {
  return `${withoutEnd(url, '/')}/`
}
