import * as z from 'zod'
import { type Binary, messageOf, SEVERITIES, SeaworthyError, type Severity } from '../../../model/index.js'

/** A vulnerability as Clair has it for one package. */
export interface ClairVulnerability {
  /** CVE, or the updater's own id. */
  readonly id: string
  /** The package that it is about: for Debian's updater a source package. */
  readonly package: string
  readonly severity: string
  readonly normalizedSeverity: string
  /** Empty: no known fix. */
  readonly fixedIn: string
  readonly links: readonly string[]
  readonly updater: string
}

/** Our name of Clair's own severity. */
export function severityByClair(normalizedSeverity: string): Severity {
  return SEVERITIES.find((one) => one === normalizedSeverity.toLowerCase()) ?? 'unknown'
}

export interface ClairPlace {
  /** Path of the package database, such as var/lib/dpkg/status. */
  readonly database: string
  /** Digest of the layer in which this version first appeared. */
  readonly layer: string
  /** Identifier and codename of the distribution that it was matched against; `null` for none. */
  readonly distribution: { readonly id: string; readonly codename: string } | null
}

/** A package of Clair's vulnerability report, joined with what the report's other tables say about it. */
export interface ClairPackage extends Binary {
  /** `null` if Clair read no source package: then nothing of Debian can match. */
  readonly source: { readonly name: string; readonly version: string } | null
  readonly places: readonly ClairPlace[]
  readonly vulnerabilities: readonly ClairVulnerability[]
}

export interface ClairReport {
  readonly manifestHash: string
  readonly packages: readonly ClairPackage[]
}

const text = z.string()
/** Go writes an uninitialized map as null. */
const table = <T extends z.ZodType>(value: T) => z.record(text, value).nullable()
const namedSchema = z.object({ name: text, version: text })

// The parts of claircore's VulnerabilityReport that are used (github.com/quay/claircore,
// vulnerabilityreport.go).
const REPORT_SCHEMA = z.object({
  manifest_hash: text,
  packages: z.record(text, namedSchema.extend({ arch: text.optional(), source: namedSchema.nullish() })),
  distributions: table(z.object({ did: text, version_code_name: text })),
  environments: z.record(
    text,
    z.array(z.object({ package_db: text, introduced_in: text, distribution_id: text })),
  ),
  vulnerabilities: table(
    z.object({
      name: text,
      updater: text.optional(),
      links: text.optional(),
      severity: text,
      normalized_severity: text,
      package: z.object({ name: text }),
      fixed_in_version: text,
    }),
  ),
  package_vulnerabilities: table(z.array(text)),
})
type ReportDocument = z.infer<typeof REPORT_SCHEMA>

/**
 * Reads Clair's vulnerability report. The order of its tables has no meaning and is not kept: Go shuffles them.
 * @throws SeaworthyError `clair-report-malformed`, also if one table refers to an entry that another lacks
 */
export function readClairReport(json: string): ClairReport {
  const shape = REPORT_SCHEMA.safeParse(parse(json))
  if (!shape.success) {
    const [issue] = shape.error.issues
    throw malformed(
      `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not in the expected format'}`,
    )
  }
  const report = shape.data
  for (const id of Object.keys(report.package_vulnerabilities ?? {})) {
    if (!Object.hasOwn(report.packages, id)) {
      throw malformed(`it lists vulnerabilities for an unknown package, ${id}`)
    }
  }
  const packages = Object.entries(report.packages).map(([id, about]) => ({
    name: about.name,
    version: about.version,
    architecture: about.arch ?? '',
    // A package without a source has an empty one, from an empty row in Clair's database.
    source: about.source?.name ? { name: about.source.name, version: about.source.version } : null,
    places: placesOf(report, id),
    vulnerabilities: vulnerabilitiesOf(report, id),
  }))
  return { manifestHash: report.manifest_hash, packages }
}

function placesOf(report: ReportDocument, id: string): ClairPlace[] {
  const places = ownProperty(report.environments, id) ?? []
  if (places.length === 0) {
    throw malformed(`it does not say where package ${id} was found`)
  }
  return places.map(({ package_db, introduced_in, distribution_id }) => {
    const found = ownProperty(report.distributions ?? {}, distribution_id)
    const distribution = found ? { id: found.did, codename: found.version_code_name } : null
    return { database: package_db, layer: introduced_in, distribution }
  })
}

function vulnerabilitiesOf(report: ReportDocument, packageId: string): ClairVulnerability[] {
  // A package that was found in two databases lists its vulnerabilities twice.
  const ids = new Set(ownProperty(report.package_vulnerabilities ?? {}, packageId))
  return [...ids].map((id) => {
    const found = ownProperty(report.vulnerabilities ?? {}, id)
    if (!found) {
      throw malformed(`it has no details of vulnerability ${id} in package ${packageId}`)
    }
    return {
      id: found.name,
      package: found.package.name,
      severity: found.severity,
      normalizedSeverity: found.normalized_severity,
      fixedIn: found.fixed_in_version,
      links: (found.links ?? '').split(/\s+/).filter((link) => /^https?:\/\//.test(link)),
      updater: found.updater ?? '',
    }
  })
}

function ownProperty<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function parse(json: string): unknown {
  if (json.trim() === '') {
    throw malformed('it is empty: Clair had no data to match against')
  }
  try {
    return JSON.parse(json)
  } catch (error) {
    throw malformed(messageOf(error))
  }
}

function malformed(why: string): SeaworthyError {
  const what = `Clair's vulnerability report can't be read: ${why}`
  return new SeaworthyError({ code: 'clair-report-malformed', what, where: 'vulnerability-report.json' })
}
