import {
  becauseText,
  describe,
  type ImageVerdict,
  isKnownVulnerability,
  type RuledFinding,
  type Severity,
  type Verdict,
} from '../model/index.js'
import { visible } from './escape.js'
import { uuidOf } from './uuid.js'
import type { Tool } from './view/pages.js'
import { statementLines, statementsOf } from './view/statements.js'

const SEVERITIES = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Info',
  unknown: 'Unknown',
} as const satisfies Record<Severity, string>

/**
 * A container scanning report of GitLab (security report schemas, 15.0): the vulnerabilities that block or have no fix;
 * those that were accepted, or that Debian has deferred, are left out, because GitLab has no word for them.
 */
export function renderGitlab(verdict: Verdict, { name, version }: Tool): string {
  const scanner = { id: name, name: 'Seaworthy', version, vendor: { name: 'Seaworthy' } }
  const time = `${verdict.today}T00:00:00`
  const report = {
    version: '15.0.7',
    scan: {
      analyzer: scanner,
      scanner,
      type: 'container_scanning',
      start_time: time,
      end_time: time,
      status: verdict.verdict === 'incomplete' ? 'failure' : 'success',
      messages: statementLines(statementsOf(verdict, 'limits')).map((value) => ({ level: 'warn', value })),
    },
    vulnerabilities: verdict.images.flatMap((image) =>
      image.findings
        .filter((one) => isKnownVulnerability(one) && ['act', 'due', 'unfixed', 'noted'].includes(one.ruling))
        .map((finding) => vulnerabilityOf(image, finding)),
    ),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function vulnerabilityOf(image: ImageVerdict, finding: RuledFinding) {
  const { id, package: of, version, severity, packageDb } = { packageDb: null, ...finding }
  const url = describe(finding).helpUri
  return {
    id: uuidOf(
      [image.reference, String(image.digest), id, String(of), String(version), String(packageDb)].join('\n'),
    ),
    name: visible(`${id} in ${of ?? finding.check}`, 255),
    description: visible(becauseText(finding), 2000),
    severity: SEVERITIES[severity],
    solution: visible(describe(finding).todo, 2000),
    identifiers: [
      {
        type: id.startsWith('CVE-') ? 'cve' : 'seaworthy',
        name: visible(id),
        value: visible(id),
        ...(url === null ? {} : { url }),
      },
    ],
    location: {
      dependency: { package: { name: visible(of ?? finding.check) }, version: visible(version ?? '') },
      operating_system: visible(image.distribution ?? 'unknown'),
      image: visible(image.reference),
    },
  }
}
