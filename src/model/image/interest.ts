/** The root directory, where a path relative to it is expected. */
export const ROOT = '.'

/**
 * Why a file is read: a dpkg database, a possible one, the release of a system that may be nested in the image, or any
 * other text that a check needs.
 */
export type InterestKind = 'status' | 'possible-status' | 'nested-release' | 'text'

/** Where dpkg records installed packages (dpkg(1), FILES). */
const DPKG_STATUS = 'var/lib/dpkg/status'

const TEXT_FILES = new Set([
  'var/lib/dpkg/arch',
  'etc/os-release',
  'usr/lib/os-release',
  'etc/debian_version',
  'etc/apt/sources.list',
  'etc/apt/preferences',
  'etc/apt/apt.conf',
  'etc/passwd',
  'etc/group',
  'etc/machine-id',
])
const TEXT_DIRECTORIES = new Set(['etc/apt/sources.list.d', 'etc/apt/preferences.d', 'etc/apt/apt.conf.d'])
const NESTED_RELEASE = /\/(?:etc|usr\/lib)\/os-release$/
const STATUS_DIRECTORY = 'var/lib/dpkg/status.d'
const APT_LISTS = 'var/lib/apt/lists'

const PARENTS = new Set(
  [
    DPKG_STATUS,
    ...TEXT_FILES,
    ...[...TEXT_DIRECTORIES, STATUS_DIRECTORY].map((directory) => `${directory}/x`),
  ]
    .flatMap(ancestorsOf)
    .filter((path) => path !== ROOT),
)

/** The folder that a file is in; empty for one in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The directories above a path, nearest first, down to the root. Paths are relative, without `.` or `..`. */
export function ancestorsOf(path: string): string[] {
  if (path === ROOT) {
    return []
  }
  const above: string[] = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    above.push(path.slice(0, at))
  }
  above.push(ROOT)
  return above
}

/**
 * Whether the gate reads the file at this path, and as what. Distroless images have one file per package in
 * `status.d` and no `status` at all. Clair treats any directory that contains `status` and `info/` as a dpkg database
 * (claircore, dpkg/scanner.go), so a second database anywhere in the image has to be known here too. Other programs
 * have files with these names as well: the beginning of such a file decides.
 */
export function interestIn(path: string): InterestKind | null {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  const directory = slash < 0 ? ROOT : path.slice(0, slash)
  if (name === 'status') {
    return path === DPKG_STATUS ? 'status' : 'possible-status'
  }
  if (directory === 'status.d' || directory.endsWith('/status.d')) {
    if (name.endsWith('.md5sums')) {
      return null
    }
    return directory === STATUS_DIRECTORY ? 'status' : 'possible-status'
  }
  if (directory === APT_LISTS) {
    // A Release file of a repository that is not Debian's: it states its owner. Its name begins with the host.
    return /_(?:In)?Release$/.test(name) && !/^[a-z0-9.-]*debian\.org_/.test(name) ? 'text' : null
  }
  if (NESTED_RELEASE.test(path)) {
    return 'nested-release'
  }
  return TEXT_FILES.has(path) || TEXT_DIRECTORIES.has(directory) ? 'text' : null
}

/** True for a directory that contains a path of interest: a link there would hide the file. */
export function isParentOfInterest(path: string): boolean {
  return PARENTS.has(path)
}

/** A dpkg database begins with the first field of its first stanza (deb822(5), dpkg writes `Package` first). */
export function looksLikeStatus(head: string): boolean {
  return head.startsWith('Package:')
}

/** Length of the beginning that `looksLikeStatus` needs, in bytes. */
export const STATUS_HEAD_BYTES = 'Package:'.length

/**
 * True for the only link that hides nothing: os-release(5) wants `/etc/os-release` to be a link to the file in
 * `/usr/lib`, which is read too.
 */
export function isExpectedLink(path: string, target: string): boolean {
  return path === 'etc/os-release' && /^(\.\.|)\/?usr\/lib\/os-release$/.test(target)
}

/** The directories that are links into usr if that is merged. */
const MERGED = /^(?:bin|sbin|lib|lib32|lib64|libx32)\//

export function mergedPath(path: string): string {
  return MERGED.test(path) ? `usr/${path}` : path
}
