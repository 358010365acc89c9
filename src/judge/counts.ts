import { compareSeverity, type Finding, SEVERITIES, sorted } from '../model/index.js'

/**
 * `exploited`: of an update, the CVEs that it fixes and that KEV lists; absent for a finding that is a vulnerability
 * itself.
 */
type CountedFinding = Pick<Finding, 'id' | 'severity' | 'kev'> & { readonly exploited?: readonly string[] }

/** "15 CVEs: 1 critical, 14 high (CVE-2025-1234 in KEV)", "2 CVEs, all high"; "findings" if not all are CVEs. */
export function countOf(findings: readonly CountedFinding[]): string {
  const ids = new Set(findings.map(({ id }) => id))
  const noun = [...ids].every((id) => id.startsWith('CVE-')) ? 'CVE' : 'finding'
  const kev = sorted(findings.flatMap(exploitedIn))
  const exploited =
    kev.length === 0 ? '' : ` (${kev.slice(0, 3).join(', ')}${kev.length > 3 ? ' …' : ''} in KEV)`
  return `${ids.size} ${noun}${ids.size === 1 ? '' : 's'}${severities(findings)}${exploited}`
}

/** ": 1 critical, 14 high": counts each id once, at its highest severity. */
function severities(findings: readonly CountedFinding[]): string {
  const rising = findings.toSorted((a, b) => compareSeverity(a.severity, b.severity))
  const highest = new Map(rising.map(({ id, severity }) => [id, severity]))
  const counts = SEVERITIES.toReversed().flatMap((rating) => {
    const count = [...highest.values()].filter((severity) => severity === rating).length
    return count === 0 ? [] : [{ label: rating === 'unknown' ? 'not rated' : rating, count }]
  })
  const [only] = counts
  if (counts.length > 1 || only === undefined) {
    return `: ${counts.map(({ label, count }) => `${count} ${label}`).join(', ')}`
  }
  return only.count === 1 || only.label === 'not rated' ? `, ${only.label}` : `, all ${only.label}`
}

/** The CVEs because of which KEV applies to the finding: its own, or those that its update fixes. */
export function exploitedIn(finding: Omit<CountedFinding, 'severity'>): readonly string[] {
  const { id, kev, exploited = [] } = finding
  const all = exploited.length === 0 ? [id] : exploited
  return kev === true ? all : []
}
