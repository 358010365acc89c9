import * as z from 'zod'
import type { Cvss, Epss } from '../rating.js'
import { type TypeOf, text } from '../schemas.js'
import type { Severity } from '../severity.js'

export const DebianNoteSchema = z.strictObject({
  kind: z.enum(['no-dsa', 'postponed', 'ignored', 'unimportant', 'end-of-life']),
  words: text.describe("Debian's own words; empty if the tracker has none"),
})
/** Why Debian does not fix a vulnerability (or not now), in the security tracker's words. */
export type DebianNote = TypeOf<typeof DebianNoteSchema>

/** How our reading of Clair's answer and the tracker agree (see docs/findings/clair.md). */
export type Agreement =
  /** Clair reports it and the source version confirms it. */
  | 'confirmed'
  /** Clair compared the binary's version and did not report it; the source's version is below the fix. */
  | 'missed-by-clair'
  /** Clair compared the binary's version; the source's version is at or above the fix. */
  | 'refuted'

export const BinarySchema = z.strictObject({ name: text, version: text, architecture: text })
export type Binary = TypeOf<typeof BinarySchema>

/** A key for an installed package: the same name with another version or architecture has another key. */
export function binaryKey({ name, version, architecture }: Binary): string {
  return `${name}:${architecture}=${version}`
}

/** What every finding has, whatever it is about. `null` means not known. */
export interface CommonFinding {
  /** CVEs that it is about, or that its update fixes; empty if it is about none, `null` if that is not known. */
  readonly cves: readonly string[] | null
  /** `clair`: the source package. */
  readonly package: string | null
  /** Installed version (of `package`). */
  readonly version: string | null
  readonly fixedVersion: string | null
  /**
   * Day on which the fix could first be installed, YYYY-MM-DD; `null`: there is none, or it is not known or was not
   * needed.
   */
  readonly fixDay: string | null
  /** True if the fixed version can be installed, false if not, `null` if there is no fix or it is not known. */
  readonly installable: boolean | null
  readonly severity: Severity
  /** The source of the severity: `debian-tracker`, `nvd`, … */
  readonly severitySource: string | null
  /** Affected binary packages, with installed version, sorted by name. */
  readonly binaries: readonly Binary[]
  /** diff_id of the layer that added it. */
  readonly layer: string | null
  readonly links: readonly string[]
  readonly debian: DebianNote | null
  /** Whether CISA's KEV lists the vulnerability, or one that the update fixes; `null` if that is not known. */
  readonly kev: boolean | null
  /** The CVSS rating that counts; `null` if it is not rated, or ratings were not read. */
  readonly cvss: Cvss | null
  /** Its EPSS score; `null` if it has none, or scores were not read. */
  readonly epss: Epss | null
  readonly agreement: Agreement | null
}

/** For findings about neither a package nor a CVE: they have no rating, and no other source. */
export const BARE: CommonFinding = {
  cves: [],
  package: null,
  version: null,
  fixedVersion: null,
  fixDay: null,
  installable: null,
  severity: 'unknown',
  severitySource: null,
  binaries: [],
  layer: null,
  links: [],
  debian: null,
  kev: null,
  cvss: null,
  epss: null,
  agreement: null,
}
