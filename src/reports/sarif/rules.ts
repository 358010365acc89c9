import type { ReportingDescriptor } from 'sarif'
import { countOf } from '../../judge/counts.js'
import { isApplication, isKnownVulnerability } from '../../model/finding/index.js'
import { describe, isRated, pageOf } from '../../model/finding/kinds.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import type { RuledFinding } from '../../model/verdict.js'
import { escapeMarkdown, escapeSarif } from '../escape.js'
import { cut } from '../layout.js'
import { addressOfPage, type Pages } from '../view/pages.js'

/**
 * GitHub's ranges of `security-severity`: over 9.0 is critical, from 7.0 high, from 4.0 medium, above 0 low. One
 * number represents each of our severities; the message has the CVSS score.
 */
const SCORES: Readonly<Partial<Record<Severity, string>>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  negligible: '0.1',
}

/** For an application package the id of the record: a record that gets a CVE makes no new alert. */
export function ruleId(finding: RuledFinding): string {
  const id = isApplication(finding) ? finding.own : finding.id
  return escapeSarif(`${finding.check}/${id}`, 200)
}

/**
 * The rule of these findings, which have one id. It has a `security-severity` only if one of them blocks: GitHub
 * colours alerts, and fails its own check, by that number, and would contradict the verdict.
 */
export function ruleOf(
  findings: readonly [RuledFinding, ...RuledFinding[]],
  pages: Pages,
): ReportingDescriptor {
  const [first] = findings
  const blocking = findings.filter(({ blocks }) => blocks)
  const [worst] = blocking.map(({ severity }) => severity).sort((a, b) => compareSeverity(b, a))
  const score = worst === undefined ? undefined : SCORES[worst]
  const { title, help, name, ...elsewhere } = describe(first)
  const page = pageOf(first)
  const helpUri = addressOfPage(page, pages) ?? elsewhere.helpUri
  const counted = isRated(first) ? `: ${countOf(findings)}` : ''
  const about = `${title}. ${findings.length === 1 ? 'One finding' : `${findings.length} findings`}${counted}.`
  const level = blocking.length > 0 ? 'error' : 'note'
  return {
    id: ruleId(first),
    name,
    shortDescription: { text: described(title) },
    fullDescription: { text: described(about) },
    help: {
      text: escapeSarif(help, 2000),
      markdown: `${escapeMarkdown(help, 2000)}${helpUri === null ? '' : ` [More](${helpUri})`}`,
    },
    ...(helpUri === null ? {} : { helpUri }),
    defaultConfiguration: { level },
    properties: {
      tags: ['security', first.check, ...(isKnownVulnerability(first) ? ['vulnerability'] : [])],
      precision: 'very-high',
      'problem.severity': level === 'error' ? 'error' : 'recommendation',
      ...(score === undefined ? {} : { 'security-severity': score }),
    },
  }
}

/** GitHub allows 1,024 characters; characters that are made visible get longer. */
function described(text: string): string {
  return cut(escapeSarif(text, 1000), 1000)
}
