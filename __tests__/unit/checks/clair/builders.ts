/** Clair's side of a test: a report as claircore 1.5.48 makes it, from the packages that it would see. */

import { interpret } from '../../../../src/checks/clair/interpret.js'
import { compareVersions } from '../../../../src/debian/version.js'
import { type Answer, isVulnerability } from '../../../../src/model/finding/index.js'
import type { Vulnerability as VulnerabilityFinding } from '../../../../src/model/finding/vulnerability.js'
import type { Image } from '../../../../src/model/image/image.js'
import { aLayer, anEvidence, anImage, aSource, LAYER } from '../../../support/builders.js'

export const CANARY_LAYER = `sha256:${'c'.repeat(64)}`
export const HASH = `sha256:${'a'.repeat(64)}`
export const CANARY = {
  kind: 'own',
  package: 'seaworthy-canary',
  source: 'seaworthy-canary',
  version: '1.0-1',
  cve: 'TEMP-0000000-5EA003',
  layer: CANARY_LAYER,
}
const URGENCIES: Readonly<Record<string, string>> = {
  unimportant: 'Low',
  low: 'Medium',
  medium: 'High',
  high: 'Critical',
}

/** A package as dpkg has it; `source` as the field stands in the status file. */
export interface Package {
  readonly name: string
  readonly version: string
  readonly source?: string
  readonly arch?: string
  readonly status?: string
}

export type Row = {
  readonly status?: string
  readonly fixed_version?: string
  readonly urgency?: string
  readonly nodsa?: string
  readonly nodsa_reason?: string
}
/** source package -> CVE -> row for bookworm. */
export type Rows = Readonly<Record<string, Readonly<Record<string, Row>>>>

/** A package as Clair has it. */
export interface ReportedPackage {
  readonly name: string
  readonly version: string
  readonly arch?: string
  readonly source?: { readonly name: string; readonly version: string }
  readonly database?: string
  readonly layer?: string
  readonly distribution?: string
  /** CVEs with the source package they belong to, next to those that the tracker gives. */
  readonly vulnerabilities?: readonly Vulnerability[]
}
export interface Vulnerability {
  readonly name: string
  readonly package: string
  readonly fixed: string
  readonly severity: string
  readonly updater?: string
}

export function statusOf(packages: readonly Package[]): string {
  return packages
    .map(({ name, version, source, arch = 'amd64', status = 'install ok installed' }) =>
      [
        `Package: ${name}`,
        `Status: ${status}`,
        ...(source ? [`Source: ${source}`] : []),
        `Version: ${version}`,
        `Architecture: ${arch}`,
        'Description: test',
        '',
        '',
      ].join('\n'),
    )
    .join('')
}

export const OS_RELEASE = [
  'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
  'NAME="Debian GNU/Linux"',
  'VERSION_ID="12"',
  'VERSION_CODENAME=bookworm',
  'ID=debian',
  '',
].join('\n')

export function debian(files: Readonly<Record<string, string>>): Image {
  return anImage({ layers: [aLayer({ files: { 'etc/os-release': OS_RELEASE, ...files } })] })
}

/** What claircore's dpkg/scanner.go reads of a status file. */
export function scanned(packages: readonly Package[]): ReportedPackage[] {
  const byName = new Map<string, ReportedPackage>()
  const sources = new Map<string, { name: string; version: string }>()
  for (const { name, version, source, arch = 'amd64', status = 'install ok installed' } of packages) {
    if (!status.includes(' ok ') || !status.endsWith(' installed')) {
      continue
    }
    const [sourceName = '', own] = (source ?? name).split(' ')
    const read = { name: sourceName, version: own?.replace(/[()]/g, '') ?? version }
    if (source && !sources.has(sourceName)) {
      sources.set(sourceName, read)
    }
    byName.set(name, { name, version, arch, source: (source && sources.get(sourceName)) || read })
  }
  return [...byName.values()]
}

/** The report of debian/matcher.go: versions of binaries against the rows of their source package. */
export function reportOf(
  packages: readonly ReportedPackage[],
  rows: Rows,
  canary: readonly ReportedPackage[] = [reportedCanary()],
) {
  const report = {
    manifest_hash: HASH,
    packages: {} as Record<string, unknown>,
    distributions: {} as Record<string, unknown>,
    repository: {},
    environments: {} as Record<string, unknown>,
    vulnerabilities: {} as Record<string, unknown>,
    package_vulnerabilities: {} as Record<string, string[]>,
    enrichments: {},
  }
  ;[...packages, ...canary].forEach((one, index) => {
    const id = String(index + 1)
    const empty = { name: '', version: '' }
    const { name, version, arch = 'amd64', source = empty, distribution = 'debian bookworm' } = one
    report.packages[id] = { id, name, version, kind: 'binary', arch, source, normalized_version: '', cpe: '' }
    const [did, version_code_name] = distribution.split(' ')
    if (distribution) {
      report.distributions[distribution] = { id: distribution, did, version_code_name }
    }
    report.environments[id] = [
      {
        package_db: one.database ?? 'var/lib/dpkg/status',
        introduced_in: one.layer ?? LAYER,
        distribution_id: distribution,
        repository_ids: null,
      },
    ]
    for (const about of [...matched(one, rows), ...(one.vulnerabilities ?? [])]) {
      const vulnerability = `v-${about.package}-${about.name}-${about.fixed}`
      report.vulnerabilities[vulnerability] = {
        id: vulnerability,
        updater: about.updater ?? 'debian/updater',
        name: about.name,
        links: `https://security-tracker.debian.org/tracker/${about.name}`,
        severity: about.severity,
        normalized_severity: URGENCIES[about.severity] ?? 'Unknown',
        package: { id: '', name: about.package, version: '', kind: 'source' },
        fixed_in_version: about.fixed,
      }
      report.package_vulnerabilities[id] = [...(report.package_vulnerabilities[id] ?? []), vulnerability]
    }
  })
  return report
}

function matched(one: ReportedPackage, rows: Rows): Vulnerability[] {
  const source = one.source?.name ?? ''
  return Object.entries(rows[source] ?? {}).flatMap(([name, { fixed_version: fixed = '', urgency = '' }]) =>
    fixed === '' || (fixed !== '0' && compareVersions(one.version, fixed) < 0)
      ? [{ name, package: source, fixed, severity: urgency }]
      : [],
  )
}

export function reportedCanary(part: Partial<ReportedPackage> = {}): ReportedPackage {
  const { package: name, version, cve, layer } = CANARY
  return {
    name,
    version,
    arch: 'all',
    source: { name, version },
    layer,
    database: 'var/lib/seaworthy-canary/status',
    vulnerabilities: [{ name: cve, package: name, fixed: '1.0-2', severity: 'unimportant' }],
    ...part,
  }
}

export function trackerOf(rows: Rows): string {
  const entry = (row: Row) => ({
    description: 'test',
    releases: { bookworm: { status: 'resolved', urgency: 'not yet assigned', ...row } },
  })
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(rows).map(([source, cves]) => [
        source,
        Object.fromEntries(Object.entries(cves).map(([cve, row]) => [cve, entry(row)])),
      ]),
    ),
  )
}

export function evidenceOf(report: unknown, rows: Rows = {}, canary: unknown = CANARY) {
  return anEvidence({
    sources: [aSource({ name: 'debian-security-tracker', rows: null })],
    documents: {
      'vulnerability-report.json': typeof report === 'string' ? report : JSON.stringify(report),
      'tracker.json': trackerOf(rows),
      'canary.json': JSON.stringify(canary),
      'manifest.json': JSON.stringify({ hash: HASH, layers: [LAYER, CANARY_LAYER] }),
    },
  })
}

/** Findings of an image with these packages, as Clair would see it. */
export function findingsOf(packages: readonly Package[], rows: Rows): readonly VulnerabilityFinding[] {
  const image = debian({ 'var/lib/dpkg/status': statusOf(packages) })
  return vulnerabilitiesIn(interpret(evidenceOf(reportOf(scanned(packages), rows), rows), image))
}

/** The findings of an answer that has only vulnerabilities of Debian packages. */
export function vulnerabilitiesIn(answer: Answer): readonly VulnerabilityFinding[] {
  if (answer.state === 'unanswered') {
    throw new Error(`${answer.problem.code}: ${answer.problem.what}`)
  }
  return answer.findings.map((one) => {
    if (!isVulnerability(one)) {
      throw new Error(`${one.id} is not a vulnerability of a Debian package`)
    }
    return one
  })
}
