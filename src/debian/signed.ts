import type { InstalledPackage } from '../model/index.js'

/** A package under the source name by which the security tracker judges it. */
export interface JudgedPackage extends InstalledPackage {
  /** The source package that only carries the signature, if `source` is the one it is made from. */
  readonly signedSource: string | null
}

type Versions = Pick<InstalledPackage, 'source' | 'version' | 'sourceVersion'>

interface Rule {
  readonly name: RegExp
  /** The source that is signed. @param part the part of the name in parentheses */
  readonly from: (part: string | undefined, versions: Versions) => string
  readonly version: (versions: Versions) => string
}

/**
 * Debian rebuilds what Secure Boot loads, with a signature, from sources with other names (the archive's list
 * `External-Signature-Requests` and code-signing's debian-prod.yaml). Advisories and the tracker name only
 * the source that is signed: `linux`, `linux-5.10`, `shim`, `fwupd`, `grub2`, `systemd`. The versions are those of
 * `Built-Using` in bookworm's and trixie's Packages indexes. That field names source and version, but not
 * every package has it.
 */
const RULES: readonly Rule[] = [
  {
    name: /^linux-signed-(?:(\d+\.\d+)-)?[a-z0-9]+$/,
    from: (series) => (series ? `linux-${series}` : 'linux'),
    version: ({ sourceVersion }) => withRevision(sourceVersion),
  },
  { name: /^grub-efi-[a-z0-9]+-signed$/, from: () => 'grub2', version: withoutTemplate },
  { name: /^shim-helpers-[a-z0-9]+-signed$/, from: () => 'shim', version: withoutTemplate },
  {
    name: /^shim-signed$/,
    from: () => 'shim',
    // A binary package's version contains both: 1.51~1+deb12u1 and, after a +, the version of shim.
    version: ({ version, sourceVersion }) =>
      version.startsWith(`${sourceVersion}+`) ? version.slice(sourceVersion.length + 1) : version,
  },
  {
    name: /^systemd-boot-efi-[a-z0-9]+-signed$/,
    from: () => 'systemd',
    version: ({ sourceVersion }) => withRevision(sourceVersion),
  },
  {
    name: /^fwupd-[a-z0-9]+-signed$/,
    // Since bookworm the signed part has a source of its own, whose versions have an epoch.
    from: (_, { sourceVersion }) => (sourceVersion.includes(':') ? 'fwupd-efi' : 'fwupd'),
    version: ({ sourceVersion }) => withRevision(sourceVersion),
  },
]

/** The source package, with its version, that a source is made from by signing; `null`: none. */
export function signedFrom(versions: Versions): { readonly source: string; readonly version: string } | null {
  for (const { name, from, version } of RULES) {
    const found = name.exec(versions.source)
    if (found) {
      return { source: from(found[1], versions), version: version(versions) }
    }
  }
  return null
}

/** A package under the names that the tracker may know: its own source, and the one that it was signed from. */
export function judgedAs(one: InstalledPackage): readonly JudgedPackage[] {
  const from = signedFrom(one)
  return [
    { ...one, signedSource: null },
    ...(from ? [{ ...one, source: from.source, sourceVersion: from.version, signedSource: one.source }] : []),
  ]
}

/**
 * A signed source is native, with a + where the unsigned source's version has the - before its revision: the first +
 * before a digit.
 */
function withRevision(version: string): string {
  return version.replace(/\+(?=\d)/, '-')
}

/** Versions of grub2's and shim's signed sources begin with the number of the template that they are made from. */
function withoutTemplate({ sourceVersion }: Versions): string {
  return withRevision(sourceVersion.replace(/^\d+\+/, ''))
}
