import type { BaseImage } from './base-image.js'
import type { CheckId } from './evidence.js'
import type { Problem } from './problem.js'
import type { Cvss, Epss } from './rating.js'
import type { Severity } from './severity.js'

/** Why Debian does not (or not now) fix a vulnerability, in the security tracker's words. */
export interface DebianNote {
  readonly kind: 'no-dsa' | 'postponed' | 'ignored' | 'unimportant' | 'end-of-life'
  /** Debian's own words; empty where the tracker gives none. */
  readonly words: string
}

/** How our reading of Clair's answer and the tracker agree (see docs/findings/clair.md). */
export type Agreement =
  /** Clair reports it and the source version confirms it. */
  | 'confirmed'
  /** Clair compared the binary's version and said nothing; the source's version is below the fix. */
  | 'missed-by-clair'
  /** Clair compared the binary's version; the source's version is at or above the fix. */
  | 'refuted'

/** One statement of one check about one subject. `null` is "not known". */
export interface Finding {
  readonly check: CheckId
  /** What was found: a CVE id, the id of a Docker Bench check, … */
  readonly id: string
  /** CVEs that it is about, or that its update fixes; empty where it is about none, `null` where that is not known. */
  readonly cves: readonly string[] | null
  /** `clair`: the source package. */
  readonly package: string | null
  /** Installed version (of `package`). */
  readonly version: string | null
  readonly fixedVersion: string | null
  /** True if the fixed version can be installed, false if not, `null` where there is no fix or it is not known. */
  readonly installable: boolean | null
  readonly severity: Severity
  /** Who said the severity: `debian-tracker`, `nvd`, … */
  readonly severitySource: string | null
  /** Binary packages concerned, with installed version, sorted by name. */
  readonly binaries: readonly Binary[]
  /** diff_id of the layer that brought it. */
  readonly layer: string | null
  readonly links: readonly string[]
  readonly debian: DebianNote | null
  /** In CISA's Known Exploited Vulnerabilities, it or what its update fixes; `null` where that is not known. */
  readonly kev: boolean | null
  /** The CVSS rating that counts; `null` where nobody has rated it, or ratings were not read. */
  readonly cvss: Cvss | null
  /** Its score by EPSS; `null` where it has none, or scores were not read. */
  readonly epss: Epss | null
  readonly agreement: Agreement | null
  /** The tool's own words, kept beside ours (`severity` of Clair, …). */
  readonly facts: Readonly<Record<string, string>>
}

export interface Binary {
  readonly name: string
  readonly version: string
  readonly architecture: string
}

/** What a check says: an answer, or why there is none. Never an empty list for "could not find out". */
export type Answer =
  | {
      readonly state: 'answered'
      readonly findings: readonly Finding[]
      readonly notes: readonly string[]
      /** `security-updates`: the installed packages that the archive's indexes hold in some version. */
      readonly offered?: readonly Binary[]
      /** `security-updates`: what the image is built on. */
      readonly base?: BaseImage
    }
  | { readonly state: 'unanswered'; readonly problem: Problem }

/** A finding that is about no package and no CVE: nobody rates it, and nobody else says anything of it. */
export function bareFinding(check: CheckId, id: string, facts: Readonly<Record<string, string>>): Finding {
  return {
    ...{ check, id, facts, cves: [], package: null, version: null, fixedVersion: null, installable: null },
    ...{ severity: 'unknown', severitySource: null, binaries: [], layer: null, links: [], debian: null },
    ...{ kev: null, cvss: null, epss: null, agreement: null },
  }
}

/** A finding of this check about one id. */
export function benchFinding(id: string, facts: Readonly<Record<string, string>>): Finding {
  return bareFinding('docker-bench', id, facts)
}
