/** Feeds as their publishers write them, with made-up content: name only what the test is about. */

export interface Metric {
  readonly source?: string
  readonly vector?: string
  readonly score?: number
}

export const NVD = 'nvd@nist.gov'
export const CNA = 'security@debian.org'
export const CISA_ADP = '134c704f-9b21-4f2e-91b3-4a467353bcc0'
export const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
export const V30 = V31.replace('3.1', '3.0')
export const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'

/** One metric of the NVD, as its feeds in form 2.0 have it. */
export function aMetric({ source = NVD, vector = V31, score = 9.8 }: Metric = {}) {
  const version = vector.slice('CVSS:'.length, 'CVSS:'.length + 3)
  return { source, type: 'Primary', cvssData: { version, vectorString: vector, baseScore: score } }
}

/** CVE -> metrics by the name of their list. */
export type NvdCves = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>

export function nvdText(cves: NvdCves, part: Readonly<Record<string, unknown>> = {}): string {
  const vulnerabilities = Object.entries(cves).map(([id, metrics]) => ({
    cve: { id, vulnStatus: 'Analyzed', descriptions: [{ lang: 'en', value: `{"[${id}]" \\ }` }], metrics },
  }))
  const head = { resultsPerPage: 1, startIndex: 0, totalResults: vulnerabilities.length }
  const about = { format: 'NVD_CVE', version: '2.0', timestamp: '2026-11-24T06:00:00.000' }
  return JSON.stringify({ ...head, ...about, vulnerabilities, ...part })
}

/** CVE -> day on which it was added. */
export function kevText(
  cves: Readonly<Record<string, string>>,
  part: Readonly<Record<string, unknown>> = {},
): string {
  const vulnerabilities = Object.entries(cves).map(([cveID, dateAdded]) => ({
    cveID,
    vendorProject: 'x',
    dateAdded,
  }))
  const count = vulnerabilities.length
  const about = { title: 'catalog', catalogVersion: '2026.11.23', dateReleased: '2026-11-23T15:00:00.0000Z' }
  return JSON.stringify({ ...about, count, vulnerabilities, ...part }, null, 1)
}

/** CVE -> `epss,percentile`. */
export function epssText(scores: Readonly<Record<string, string>>, date = '2026-11-24T12:55:00Z'): string {
  const rows = Object.entries(scores).map(([id, score]) => `${id},${score}\n`)
  return `#model_version:v2026.06.15,score_date:${date}\ncve,epss,percentile\n${rows.join('')}`
}
