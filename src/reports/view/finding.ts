import { besideVersions, debianSays, epssSays, SCORER_NAMES } from '../../judge/because.js'
import { atLine } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'

/**
 * What reports say of a finding, in words that are not escaped yet. No other file of the reports asks why it was
 * ruled so, what its tool said, or which check found it.
 */

/** Why it was ruled so, in one sentence. */
export function becauseText({ because }: Pick<RuledFinding, 'because'>): string {
  return because
}

/** The same without what a column of versions beside it says already. */
export function becauseBeside(finding: RuledFinding): string {
  return besideVersions(finding)
}

/** Of what Debian has put off its own kind and words, of all else the same as beside versions. */
export function becauseOfDebian(finding: RuledFinding): string {
  return finding.debian === null ? becauseBeside(finding) : debianSays(finding.debian)
}

/** What it is about: a package, else what the check looks at. */
export function subjectName(finding: { readonly package: string | null; readonly check: string }): string {
  return finding.package ?? finding.check
}

/** True of a vulnerability: an update or a setting is none. */
export function isVulnerability({ check }: Pick<RuledFinding, 'check'>): boolean {
  return check === 'clair'
}

export function isBenchResult({ check }: Pick<RuledFinding, 'check'>): boolean {
  return check === 'docker-bench'
}

export function isMissingUpdate({ id }: Pick<RuledFinding, 'id'>): boolean {
  return id === 'security-update' || id === 'ordinary-update'
}

/** "unknown" is said of vulnerabilities only, since nobody rates a missing USER. */
export function hasSeverity(finding: Pick<RuledFinding, 'check' | 'severity'>): boolean {
  return isVulnerability(finding) || finding.severity !== 'unknown'
}

type Told = Pick<RuledFinding, 'facts'>

/** What Docker Bench said, and what the dictionary expects. */
export function benchWords({ facts }: Told): {
  readonly word: string | null
  readonly expected: string | null
} {
  return { word: facts.word ?? null, expected: facts.expected ?? null }
}

/** Docker Bench's own title, which says how it should be. */
export function benchTitle({ facts }: Told): string | null {
  return facts.title ?? null
}

export function benchAdvice({ facts }: Told): string | null {
  return facts.advice || null
}

/** What is the matter with the release or the base of the image. */
export function releaseTitle({ facts }: Told): string | null {
  return facts.why ?? null
}

/** What tells findings of one id and package apart: architecture, database of packages, suite. */
export function twinParts(finding: Told & Pick<RuledFinding, 'check'>): readonly string[] {
  const { architecture = '', packageDb = '', suite = '' } = finding.facts
  return [finding.check === 'security-updates' ? architecture : '', packageDb, suite]
}

/** The tool's own words, sorted by their names. */
export function factsInOrder({ facts }: Told): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where the tool's page of ours is, as evidence names it; empty where it names none. */
export function namedPage({ facts }: Told): string {
  return facts.page ?? ''
}

/** "no-dsa", and Debian's own words beside it. */
export function debianKind({ debian }: RuledFinding): readonly [string, string] {
  return debian === null ? ['', ''] : [debian.kind, debian.words.replace(/\s+/g, ' ').trim()]
}

/** Both in one: `no-dsa "Minor issue"`. */
export function kindAndWords(note: NonNullable<RuledFinding['debian']>): string {
  return debianSays(note).replace('Debian: ', '')
}

/** What brings deferred findings back: one sentence for all of them, each reason once. */
export function comesBack(findings: readonly RuledFinding[]): string {
  const reasons = [...new Set(findings.flatMap(({ returnsWhen }) => returnsWhen ?? []))]
  const own = reasons.filter((one) => !/ offers the fix /.test(one))
  const fixes = reasons.length - own.length
  const all = fixes === 0 ? own : [...own, 'the archive offers the fix that is announced']
  const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', when ')}, or when ${all.at(-1)}`
  return list === '' ? '' : `Each comes back by itself when ${list}.`
}

/** "2.6.1 → 2.6.2", "2.6.1 → no fix"; nothing for what is not about a package. */
export function versions({ package: name, version, fixedVersion }: RuledFinding): string {
  return name === null ? '' : `${version ?? 'not known'} → ${fixedVersion ?? 'no fix'}`
}

/** "Dockerfile:4"; nothing where no line of the Dockerfile is known. A policy's line is named by the because. */
export function inDockerfile({ dockerfile }: ImageVerdict, { line }: RuledFinding): string {
  return line === null || line.file !== dockerfile.file ? '' : atLine(line)
}

/**
 * "critical (NVD), KEV, EPSS 94.3%": whose word the severity is where that is a score, and what is known beside.
 * A dash where that is nothing.
 */
export function severityCell(finding: RuledFinding): string {
  const { severity, severitySource, cvss, kev, epss } = finding
  const scorer = cvss === null ? undefined : SCORER_NAMES[severitySource ?? '']
  const rated = scorer === undefined ? severity : `${severity} (${scorer})`
  const said = [
    ...(hasSeverity(finding) ? [rated] : []),
    ...(kev === true ? ['KEV'] : []),
    ...(epss === null ? [] : [epssSays(epss)]),
  ]
  return said.join(', ') || '—'
}
