import * as z from 'zod'
import { PURL_TYPES, type PurlType } from '../packages/application.js'
import { programOfBitnami } from '../packages/known-programs.js'
import { count, type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { listText, percentDecoded } from '../text.js'
import type { CommonFinding } from './common.js'
import type { VULNERABILITY } from './vulnerability.js'

const BranchSchema = z.strictObject({
  title: text.describe('Such as "Node.js 18"'),
  end: textOrNull.describe('The day of its end, YYYY-MM-DD; null: none is known'),
  hasFix: z.boolean().describe('Whether the fix is in this branch'),
})

export const ApplicationSchema = z.strictObject({
  subject: z.literal('application'),
  kind: z.enum(PURL_TYPES).describe('Type in the package URL'),
  purl: text.describe('Package URL, with the version if it is known'),
  ids: texts.describe('All ids with this meaning, beginning with the one of the finding'),
  own: text.describe(
    "Id of the record in the ecosystem's own database, which stays the same when the record gets a CVE",
  ),
  paths: texts.describe('Its paths, as a container sees them; limited'),
  morePaths: count.describe('How many more there are'),
  layers: texts.describe('diff_ids of the layers that added it, oldest first'),
  baseTag: z
    .strictObject({ from: text, to: text })
    .optional()
    .describe("For the base's program: the base, and its tag with the version that settles everything known"),
  newest: textOrNull.describe(
    'The newest version that fixes it; `fixedVersion` is the smallest above the installed one',
  ),
  settles: textOrNull.describe('The smallest version above the installed one that no advisory affects'),
  branch: BranchSchema.optional().describe('For a program: the branch of its version, if it is listed'),
  vendor: z
    .strictObject({ title: text, packages: texts })
    .optional()
    .describe("For a program: the vendor's packages that it is from"),
  malware: z.boolean().describe('An advisory says that the package itself is malicious'),
  explanation: textOrNull.describe(
    "Why Clair and the advisory's own ranges disagree, in one sentence; null if they agree, or Clair was not asked",
  ),
  summary: text.describe("The advisory's own words; empty if it has none"),
})

/**
 * A vulnerability of an application package, by OSV's advisories: one for each package, version and group of ids with
 * the same meaning. `package` is its package URL without `pkg:` and version, decoded: `pypi/django`,
 * `npm/@babel/traverse`; of a program, `program/nginx`. No source package of Debian has a slash in its name (policy
 * 5.6.1).
 */
export interface ApplicationFinding extends CommonFinding, TypeOf<typeof ApplicationSchema> {
  readonly check: typeof VULNERABILITY.check
  /** The id that people see: the CVE, else GHSA, else the ecosystem's own. */
  readonly id: string
  readonly package: string
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

/** The task for a finding, in the imperative; the caller appends the version to use. */
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
