import {
  type ApplicationFinding,
  atLine,
  debianText,
  epssText,
  type ImageVerdict,
  isRated,
  oneLine,
  type ReturnReason,
  type RuledFinding,
  reasonsNextToVersions,
  returnText,
  SCORER_NAMES,
} from '../../model/index.js'

/** How reports describe a finding, in text that is not escaped yet. */

/**
 * For a finding with Debian's note: Debian's category and words; for others the reason of the ruling, next to
 * versions.
 */
export function becauseOfDebian(finding: RuledFinding): string {
  return finding.debian === null ? reasonsNextToVersions(finding) : debianText(finding.debian)
}

/** Its subject: a package, else what the check examines. */
export function subjectName(finding: { readonly package: string | null; readonly check: string }): string {
  return finding.package ?? finding.check
}

/** Only vulnerabilities can be "unknown", since nobody rates a missing USER. */
export function hasSeverity(finding: RuledFinding): boolean {
  return isRated(finding) || finding.severity !== 'unknown'
}

/** "no-dsa", and Debian's own words next to it. */
export function debianKind({ debian }: RuledFinding): readonly [string, string] {
  return debian === null ? ['', ''] : [debian.kind, oneLine(debian.words)]
}

/** What brings deferred findings back: one sentence for all of them, each reason once. */
export function returnConditions(findings: readonly RuledFinding[]): string {
  const reasons = findings.flatMap(({ returnsWhen }) => returnsWhen ?? [])
  const isFix = (one: ReturnReason) => one.reason === 'archive-offers' && one.fix !== null
  const own = [...new Set(reasons.filter((one) => !isFix(one)).map(returnText))]
  const all = reasons.some(isFix) ? [...own, 'the archive offers the announced fix'] : own
  const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', when ')}, or when ${all.at(-1)}`
  return list === '' ? '' : `Each of these findings comes back automatically when ${list}.`
}

/** "2.6.1 → 2.6.2", "2.6.1 → no fix"; nothing if it is not about a package. */
export function versions({ package: name, version, fixedVersion }: RuledFinding): string {
  return name === null ? '' : `${version ?? 'not known'} → ${fixedVersion ?? 'no fix'}`
}

/**
 * "Dockerfile:4"; nothing if no line of the Dockerfile is known. A line of a policy is named in the reason of the
 * ruling.
 */
export function dockerfilePlace({ dockerfile }: ImageVerdict, { line }: RuledFinding): string {
  return line === null || line.file !== dockerfile.file ? '' : atLine(line)
}

/**
 * "critical (NVD), KEV, EPSS 94.3%": the severity's source if it has a score, and other known ratings. A dash if
 * there are none.
 * @param ofSeveral the finding stands for others too, whose EPSS is no higher
 */
export function severityCell(finding: RuledFinding, ofSeveral = false): string {
  const { severity, severitySource, cvss, kev, epss } = finding
  const scorer = cvss === null ? undefined : SCORER_NAMES[severitySource ?? '']
  const rated = scorer === undefined ? severity : `${severity} (${scorer})`
  const texts = [
    ...(hasSeverity(finding) ? [rated] : []),
    ...(kev === true ? ['KEV'] : []),
    ...(epss === null ? [] : [`${epssText(epss)}${ofSeveral ? ' at most' : ''}`]),
  ]
  return texts.join(', ') || '—'
}

const MAX_PLACES = 3

/** Where an application package is: three paths, and how many more there are. */
export function placesText({ paths, morePaths }: Pick<ApplicationFinding, 'paths' | 'morePaths'>): string {
  const left = Math.max(0, paths.length - MAX_PLACES) + morePaths
  return `${paths.slice(0, MAX_PLACES).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}
