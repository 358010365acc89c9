import type { RuledFinding } from '../core/verdict.js'
import { DEFAULT_LENGTH } from './escape.js'

/** How long a pasted entry would hold, in days. Missing security updates: 30 at most, by the design. */
const DAYS = { clair: 90, 'docker-bench': 90, 'security-updates': 30 } as const satisfies Record<
  RuledFinding['check'],
  number
>

/**
 * The entry that would accept a noted finding, indented to stand under `entries:`, without a last line break.
 * `reason` and `owner` are left empty on purpose: the reader of the file refuses them until a person fills them
 * in. `null` where there is nothing to accept. Every word from outside is quoted as YAML (1.2.2, 7.3.1) with
 * all but ASCII escaped, so it stays on its line.
 */
export function whitelistEntry(finding: RuledFinding, today: string): string | null {
  if (finding.ruling !== 'noted' || finding.agreement === 'refuted') return null
  const lines = [
    `id: ${scalar(finding.id)}`,
    ...(finding.package === null
      ? ['package: "*"', 'any-package: true']
      : [`package: ${scalar(finding.package)}`]),
    ...(finding.check === 'clair' ? [] : [`check: ${finding.check}`]),
    'reason: ""',
    'owner: ""',
    `expires: "${daysAfter(today, DAYS[finding.check])}"`,
    // Whoever leaves it out says `low`.
    ...(['negligible', 'low'].includes(finding.severity) ? [] : [`max-severity: ${finding.severity}`]),
  ]
  return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')
}

/** Plain where no reader of YAML can take it for anything but text, else in double quotes. */
function scalar(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9.+-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  if (plain) return text
  const quoted = JSON.stringify(text.slice(0, DEFAULT_LENGTH))
  return quoted.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The date that many days after another; both YYYY-MM-DD. */
function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}
