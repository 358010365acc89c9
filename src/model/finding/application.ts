import type { PurlType } from '../application.js'
import type { Common } from './common.js'

/**
 * A vulnerability of a package that the application brought, by OSV's advisories: one for each package, version and
 * group of ids that mean one thing. `package` is its package URL without `pkg:` and version, decoded:
 * `pypi/django`, `npm/@babel/traverse`. No source package of Debian has a slash in its name (policy 5.6.1).
 */
export interface ApplicationFinding extends Common {
  readonly check: 'clair'
  /** What people see: the CVE, else GHSA, else the ecosystem's own. */
  readonly id: string
  readonly subject: 'application'
  readonly package: string
  readonly kind: PurlType
  /** With the version, where it is known. */
  readonly purl: string
  /** All ids that mean it, `id` first. */
  readonly ids: readonly string[]
  /** Id of the record in the ecosystem's own database: it stays when the record gains a CVE. */
  readonly own: string
  /** Where it lies, as a container sees it; bounded. */
  readonly paths: readonly string[]
  /** How many more there are. */
  readonly morePaths: number
  /** diff_ids of the layers that brought it, oldest first. */
  readonly layers: readonly string[]
  /** The newest version that fixes it; `fixedVersion` is the smallest above the installed one. */
  readonly newest: string | null
  /** The smallest version above the installed one that no advisory affects; `null` where there is none. */
  readonly settles: string | null
  /** An advisory says that the package itself is malicious. */
  readonly malware: boolean
  /** Why Clair and the advisory's own ranges disagree, in one sentence; `null` where they agree, or Clair is not asked. */
  readonly explanation: string | null
  /** The advisory's own words; empty where it has none. */
  readonly summary: string
}

/** The file that a person changes for another version, as each ecosystem calls it. */
export const MANIFESTS = {
  npm: 'package.json',
  pypi: 'requirements.txt',
  maven: 'pom.xml',
  gem: 'Gemfile',
  golang: 'go.mod',
  composer: 'composer.json',
} as const satisfies Readonly<Record<PurlType, string>>

/** What is to be changed: Go's own library comes with the Go that a program is built with. */
export function manifestFile({ kind, package: name }: Pick<ApplicationFinding, 'kind' | 'package'>): string {
  return name === 'golang/stdlib' ? 'the version of Go in go.mod and the builder image' : MANIFESTS[kind]
}

/** `pkg:npm/%40babel/traverse@7.0.0` → `npm/@babel/traverse`; what is no purl stays as it is. */
export function packageOfPurl(purl: string): string {
  const [path = ''] = purl.replace(/^pkg:/, '').split(/[?#]/, 1)
  const at = path.lastIndexOf('@')
  try {
    return decodeURIComponent(at > 0 ? path.slice(0, at) : path)
  } catch {
    return path
  }
}
