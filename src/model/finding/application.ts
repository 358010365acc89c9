import type { PurlType } from '../application.js'
import { programOfBitnami } from '../known-programs.js'
import { listText, percentDecoded } from '../text.js'
import type { CommonFinding } from './common.js'

/**
 * A vulnerability of an application package, by OSV's advisories: one for each package, version and group of ids with
 * the same meaning. `package` is its package URL without `pkg:` and version, decoded: `pypi/django`,
 * `npm/@babel/traverse`; of a program, `program/nginx`. No source package of Debian has a slash in its name (policy
 * 5.6.1).
 */
export interface ApplicationFinding extends CommonFinding {
  readonly check: 'clair'
  /** The id that people see: the CVE, else GHSA, else the ecosystem's own. */
  readonly id: string
  readonly subject: 'application'
  readonly package: string
  readonly kind: PurlType
  /** With the version, if it is known. */
  readonly purl: string
  /** All ids with this meaning, `id` first. */
  readonly ids: readonly string[]
  /** Id of the record in the ecosystem's own database, which stays the same when the record gets a CVE. */
  readonly own: string
  /** Its paths, as a container sees them; limited. */
  readonly paths: readonly string[]
  /** How many more there are. */
  readonly morePaths: number
  /** diff_ids of the layers that added it, oldest first. */
  readonly layers: readonly string[]
  /** Of the base's program: the base, and its tag with the version that settles everything known. */
  readonly baseTag?: { readonly from: string; readonly to: string }
  /** The newest version that fixes it; `fixedVersion` is the smallest above the installed one. */
  readonly newest: string | null
  /** The smallest version above the installed one that no advisory affects; `null` if there is none. */
  readonly settles: string | null
  /** Of a program: the branch of its version, if it is listed. */
  readonly branch?: ProgramBranch
  /** Of a program: the vendor's packages that it is from. */
  readonly vendor?: { readonly title: string; readonly packages: readonly string[] }
  /** An advisory says that the package itself is malicious. */
  readonly malware: boolean
  /**
   * Why Clair and the advisory's own ranges disagree, in one sentence; `null` if they agree, or Clair was not asked.
   */
  readonly explanation: string | null
  /** The advisory's own words; empty if it has none. */
  readonly summary: string
}

/** A branch of a program, and whether the fix is in it. */
export interface ProgramBranch {
  /** "Node.js 18". */
  readonly title: string
  /** The day of its end, YYYY-MM-DD; `null`: none is known. */
  readonly end: string | null
  readonly hasFix: boolean
}

/** The file that a person edits to change a version, by ecosystem. */
export const MANIFESTS = {
  npm: 'package.json',
  pypi: 'requirements.txt',
  maven: 'pom.xml',
  gem: 'Gemfile',
  golang: 'go.mod',
  cargo: 'Cargo.toml',
  composer: 'composer.json',
  bitnami: "the Dockerfile's line that installs it",
} as const satisfies Readonly<Record<PurlType, string>>

/**
 * What has to be changed: Go's own library comes with the Go that builds the program, and a vendor's program with its
 * package.
 */
export function manifestFile({
  kind,
  package: name,
  vendor,
}: Pick<ApplicationFinding, 'kind' | 'package' | 'vendor'>): string {
  if (vendor !== undefined) {
    return `the version of ${listText(vendor.packages)} from ${vendor.title}`
  }
  return name === 'golang/stdlib' ? 'the Go version in go.mod and in the builder image' : MANIFESTS[kind]
}

/** What to do about it, in the imperative; the caller appends the version to use. */
export function changeText(finding: Pick<ApplicationFinding, 'kind' | 'package' | 'vendor'>): string {
  const { vendor } = finding
  return vendor === undefined
    ? `Change ${manifestFile(finding)}`
    : `Update ${listText(vendor.packages)} from ${vendor.title}`
}

/** `pkg:npm/%40babel/traverse@7.0.0` → `npm/@babel/traverse`; anything that is not a purl stays as it is. */
export function packageOfPurl(purl: string): string {
  const [path = ''] = purl.replace(/^pkg:/, '').split(/[?#]/, 1)
  const at = path.lastIndexOf('@')
  const name = percentDecoded(at > 0 ? path.slice(0, at) : path)
  if (name === null) {
    return path
  }
  const [, bitnami = ''] = /^bitnami\/(.+)$/.exec(name) ?? []
  // As people know it: `program/httpd`, which Bitnami calls apache.
  return bitnami === '' ? name : `program/${programOfBitnami(bitnami) ?? bitnami}`
}
