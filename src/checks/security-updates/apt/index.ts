import type { InstalledStanza } from '../../../debian/control.js'
import { packageKey, stanzaKey } from '../../../debian/package-key.js'
import { compareVersions } from '../../../debian/version.js'
import type { AptIndex, AptState } from './state.js'
import { type AptVersion, readVersion } from './version.js'

export interface KnownVersion {
  readonly version: AptVersion
  readonly indexes: readonly AptIndex[]
  /** True for the one in the status file. */
  readonly installed: boolean
}

export interface KnownPackage {
  readonly key: string
  readonly installed: InstalledStanza
  readonly current: KnownVersion
  /** Highest first; of equal version strings, that of the earlier index first and the installed one last. */
  readonly versions: readonly KnownVersion[]
}

type UnsortedVersion = { version: AptVersion; indexes: AptIndex[]; installed: boolean }

/** Every installed package, by key, in the order of the status file. */
export function knownPackages(apt: AptState): Map<string, KnownPackage> {
  const [native] = apt.architectures
  const packages = new Map<string, { installed: InstalledStanza; versions: UnsortedVersion[] }>()
  for (const installed of apt.installed) {
    const { name, architecture } = installed.package
    packages.set(packageKey(name, architecture, native), { installed, versions: [] })
  }
  for (const index of apt.indexes) {
    for (const stanza of index.packages) {
      const known = packages.get(stanzaKey(stanza, native))
      if (known === undefined) {
        continue
      }
      const version = readVersion(stanza, native)
      const same = known.versions.find((one) => isSameBuild(one.version, version))
      if (same === undefined) {
        known.versions.push({ version, indexes: [index], installed: false })
      } else if (!same.indexes.includes(index)) {
        same.indexes.push(index)
      }
    }
  }
  return new Map([...packages].map(([key, known]) => [key, withInstalledVersion(key, known, native)]))
}

/** Adds the installed version to the known ones, last, since apt reads the status file last. */
function withInstalledVersion(
  key: string,
  known: { installed: InstalledStanza; versions: UnsortedVersion[] },
  native: string,
): KnownPackage {
  const { installed, versions } = known
  const version = readVersion(installed.stanza, native)
  let current = versions.find((one) => isSameBuild(one.version, version))
  if (current === undefined) {
    current = { version, indexes: [], installed: true }
    versions.push(current)
  } else {
    current.installed = true
  }
  // Sorting is stable: the order of reading decides between equal ones.
  versions.sort((a, b) => compareVersions(b.version.version, a.version.version))
  return { key, installed, current, versions }
}

/** Whether apt treats both as one version, by more than its string (`identityOf`). A status file has no size. */
function isSameBuild(a: AptVersion, b: AptVersion): boolean {
  return (
    a.identity === b.identity &&
    (a.size === null || b.size === null || a.size === b.size) &&
    compareVersions(a.version, b.version) === 0
  )
}
