import type { Target } from '../../../debian/apt/sources.js'
import { ARCHIVE_KEYS } from '../../../debian/archive-keys.js'
import { withoutEnd } from '../../../model/text.js'

/** Debian's two archives: the one of the releases, and the one of security updates. */
export type ArchiveName = 'main' | 'security'

export interface Mirror {
  /** Address above dists/, with a slash at the end; may hold credentials. */
  readonly url: string
  readonly from: 'input' | 'machine' | 'default' | 'image'
}

/** Which archive a suite is of, by its name: `bookworm-security`, or `buster/updates` before Debian 11. */
export function archiveOf(suite: string): ArchiveName {
  return /(?:-security|\/updates)$/.test(suite) ? 'security' : 'main'
}

/** As paths have them. */
export const COMPONENTS = ['main', 'contrib', 'non-free', 'non-free-firmware']

/** The component as paths have it; `null` for one that is not Debian's. The security archive's own spelling is `updates/main`. */
export function debianComponent(component: string): string | null {
  const name = component.replace(/^updates\//, '')
  return COMPONENTS.includes(name) ? name : null
}

/**
 * True for a source of Debian's own archive: third parties are never asked. Debian's own hosts decide, and a suite of
 * security updates under the usual path; then a Signed-By that names Debian's keys; without one the address does.
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

/** By the name of its file, by fingerprint, or as a whole key, whose first four letters tell the packet's form only. */
function isDebianKey(signedBy: string): boolean {
  if (/(?:^|\/)debian-archive-[a-z0-9-]+\.(?:gpg|pgp|asc)(?:\s|$)/.test(signedBy)) {
    return true
  }
  const whole = signedBy.replace(/\s+/g, '')
  return ARCHIVE_KEYS.some(
    ({ fingerprint, key }) => whole.toUpperCase().includes(fingerprint) || whole.includes(key.slice(4, 204)),
  )
}

/** A mirror of one moment in the past (snapshot.debian.org and its copies): it never gets an update. */
export function isSnapshot(uri: string): boolean {
  return /\/debian(?:-security)?\/\d{8}T\d{6}Z\/$/.test(uri)
}

/** The address of a source as the evidence has it: without user and password, with a slash at the end. */
export function addressOf({ uri }: Target): string {
  return withSlash(uri.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1'))
}

/** The address of an archive ends so, wherever it was written without. */
export function withSlash(url: string): string {
  return `${withoutEnd(url, '/')}/`
}
