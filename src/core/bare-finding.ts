import type { CheckId } from './evidence.js'
import type { Finding } from './finding.js'

/** A finding that is about no package and no CVE: nobody rates it, and nobody else says anything of it. */
export function bareFinding(check: CheckId, id: string, facts: Readonly<Record<string, string>>): Finding {
  return {
    ...{ check, id, facts, cves: [], package: null, version: null, fixedVersion: null, installable: null },
    ...{ severity: 'unknown', severitySource: null, binaries: [], layer: null, links: [], debian: null },
    ...{ kev: null, cvss: null, epss: null, agreement: null },
  }
}
