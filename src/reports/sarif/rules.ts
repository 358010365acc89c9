import type { ReportingDescriptor } from 'sarif'
import { countOf } from '../../judge/counts.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import type { RuledFinding } from '../../model/verdict.js'
import { escapeMarkdown, escapeSarif } from '../escape.js'
import { cut } from '../layout.js'
import {
  benchAdvice,
  benchTitle,
  isBenchResult,
  isMissingUpdate,
  isVulnerability,
  releaseTitle,
} from '../view/finding.js'
import { type Pages, pageOf } from '../view/pages.js'

/**
 * GitHub's bounds of `security-severity`: over 9.0 is critical, from 7.0 high, from 4.0 medium, above 0 low. One
 * number stands for each of our words: which CVSS score it was is in the message.
 */
const SCORES: Readonly<Partial<Record<Severity, string>>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  negligible: '0.1',
}

export function ruleId({ check, id }: Pick<RuledFinding, 'check' | 'id'>): string {
  return escapeSarif(`${check}/${id}`, 200)
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
  const { title, help, name, ...elsewhere } = wordsOf(first)
  const ownPage = isVulnerability(first) || pages === null ? null : pages + pageOf(first)
  const helpUri = ownPage ?? elsewhere.helpUri
  const counted = isVulnerability(first) ? `: ${countOf(findings)}` : ''
  const about = `${title}. ${findings.length === 1 ? 'One finding' : `${findings.length} findings`}${counted}.`
  const level = blocking.length > 0 ? 'error' : 'note'
  return {
    id: ruleId(first),
    name,
    shortDescription: { text: described(title) },
    fullDescription: { text: described(about) },
    help: { text: escapeSarif(help, 2000), markdown: `${escapeMarkdown(help, 2000)} [More](${helpUri})` },
    helpUri,
    defaultConfiguration: { level },
    properties: {
      tags: ['security', first.check, ...(isVulnerability(first) ? ['vulnerability'] : [])],
      precision: 'very-high',
      'problem.severity': level === 'error' ? 'error' : 'recommendation',
      ...(score === undefined ? {} : { 'security-severity': score }),
    },
  }
}

/** GitHub takes 1,024 characters; what is made visible becomes longer. */
function described(text: string): string {
  return cut(escapeSarif(text, 1000), 1000)
}

function wordsOf(finding: RuledFinding) {
  const { id, package: name } = finding
  if (isVulnerability(finding)) {
    const isCve = /^CVE-\d{4}-\d{4,19}$/.test(id)
    return {
      name: 'KnownVulnerability',
      title: `${id} in ${name ?? 'the image'}`,
      help: 'Update the package if a fix can be installed; else remove it, or accept it for a time in the whitelist.',
      helpUri: isCve
        ? `https://security-tracker.debian.org/tracker/${id}`
        : 'https://security-tracker.debian.org/tracker/',
    }
  }
  if (isBenchResult(finding)) {
    const title = benchTitle(finding)
    return {
      name: 'DockerBenchResult',
      // How it should be, in the words of Docker Bench: GitHub shows it as the name of the alert.
      title: title === null ? `Docker Bench ${id}` : `Expected by Docker Bench ${id}: ${title}`,
      help:
        benchAdvice(finding) ?? `Settle ${id} of Docker Bench, or say in the dictionary what is expected.`,
      helpUri: 'https://github.com/docker/docker-bench-security',
    }
  }
  const isUpdate = isMissingUpdate(finding)
  return {
    name: isUpdate ? 'MissingUpdate' : 'DebianRelease',
    title: isUpdate ? 'A package is older than the one in Debian’s archive' : (releaseTitle(finding) ?? id),
    help: isUpdate
      ? 'Update the package, or build anew on a current base image.'
      : 'Build on the current stable release of Debian, with its security suite among the sources of apt.',
    helpUri: 'https://www.debian.org/security/',
  }
}
