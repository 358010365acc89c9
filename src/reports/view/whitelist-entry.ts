import { isKnownVulnerability } from '../../model/finding/index.js'
import { SEVERITIES } from '../../model/severity.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { usualEnd } from '../../policy/whitelist/change.js'
import type { SpanLimit } from '../../policy/whitelist/read.js'
import { canName } from '../../policy/whitelist/schema.js'
import { yamlText } from '../../policy/yaml/edit.js'
import { findingsOf } from './counts.js'

/**
 * The entry that would accept a noted vulnerability, indented for `entries:`, without a final line break. `reason`
 * and `owner` are left empty on purpose: the file is invalid until a person fills them in. `null` if there is nothing
 * to accept, or no entry can name it. There is none for a noted update, because it would accept the package's
 * security updates too. Entries can name only ASCII without white space.
 */
export function whitelistEntry(finding: RuledFinding, limit: SpanLimit): string | null {
  const { check, id, package: name, severity } = finding
  if (finding.ruling !== 'noted' || finding.agreement === 'refuted' || isNotedAnyway(finding)) {
    return null
  }
  if (!isKnownVulnerability(finding) || name === null || !canName({ check, id, package: name })) {
    return null
  }
  const most = severity === 'unknown' ? 'critical' : severity
  const lines = [
    `id: ${yamlText(id)}`,
    `package: ${yamlText(name)}`,
    'reason: ""',
    'owner: ""',
    `expires: "${usualEnd(limit)}"`,
    // The default is `low`.
    ...(['negligible', 'low'].includes(most) ? [] : [`max-severity: ${most}`]),
  ]
  return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')
}

/** Noted whatever the policy says: an entry would change nothing. */
function isNotedAnyway({ because }: RuledFinding): boolean {
  return because.some(({ reason }) => reason === 'host-kernel')
}

/** The entries for all of these; one if a vulnerability is reported for several databases of the image. */
export function whitelistEntries(findings: readonly RuledFinding[], limit: SpanLimit): string[] {
  const worst = new Map<string, RuledFinding>()
  for (const finding of findings.filter((one) => whitelistEntry(one, limit) !== null)) {
    const key = `${finding.id}\n${finding.package}`
    const other = worst.get(key)
    if (other === undefined || need(finding) > need(other)) {
      worst.set(key, finding)
    }
  }
  return [...worst.values()].flatMap((finding) => whitelistEntry(finding, limit) ?? [])
}

/** The entries that would accept an image's noted findings. */
export function entriesOf(image: ImageVerdict, limit: SpanLimit): string[] {
  return whitelistEntries(findingsOf(image, 'noted'), limit)
}

/** An unrated finding may be anything: it needs the highest max-severity. */
function need({ severity }: RuledFinding): number {
  return severity === 'unknown' ? SEVERITIES.length : SEVERITIES.indexOf(severity)
}
