import { CVSS30, CVSS31, CVSS40 } from '@pandatix/js-cvss'
import { compareSeverity, compareText, type Severity, severityOfScore } from '../../../model/index.js'
import type { OsvRecord } from './record.js'

export interface OsvRating {
  readonly severity: Severity
  /** The basis of the severity; `null`: the database's severity, or nothing. */
  readonly cvss: OsvCvss | null
  /** Id of the record that states it; `null` if none does. */
  readonly of: string | null
}

interface OsvCvss {
  /** Base metrics alone. */
  readonly vector: string
  /** Base score, 0 to 10, computed from the vector. */
  readonly score: number
  readonly version: '3.0' | '3.1' | '4.0'
}

const VERSIONS = ['3.0', '3.1', '4.0'] as const
const SCORES: Readonly<Record<OsvCvss['version'], (vector: string) => number>> = {
  '3.0': (vector) => new CVSS30(vector).BaseScore(),
  '3.1': (vector) => new CVSS31(vector).BaseScore(),
  '4.0': (vector) => new CVSS40(vector).Score(),
}
const BASE_METRICS = {
  '3.0': /^(AV|AC|PR|UI|S|C|I|A):/,
  '3.1': /^(AV|AC|PR|UI|S|C|I|A):/,
  '4.0': /^(AV|AC|AT|PR|UI|VC|VI|VA|SC|SI|SA):/,
} as const

/** GitHub's severities, and others' (https://docs.github.com/en/rest/security-advisories/global-advisories). */
const SEVERITY_NAMES: Readonly<Record<string, Severity>> = {
  low: 'low',
  moderate: 'medium',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
}

/** A vector of version 3.0, 3.1 or 4.0, by its own prefix, with its base score; `null` for anything else. */
export function readVector(text: string): OsvCvss | null {
  const [prefix = '', ...metrics] = text.split('/')
  const version = VERSIONS.find((one) => prefix === `CVSS:${one}`)
  if (version === undefined) {
    return null
  }
  const vector = [prefix, ...metrics.filter((metric) => BASE_METRICS[version].test(metric))].join('/')
  try {
    SCORES[version](text) // checks all of it, including what the base score does not use
    const score = SCORES[version](vector)
    return score >= 0 && score <= 10 ? { vector, score, version } : null
  } catch {
    return null
  }
}

/** The highest score of all vectors, preferring the newer version; without one, the highest severity. */
export function ratingOf(records: readonly OsvRecord[]): OsvRating {
  const vectors = records.flatMap((record) => record.vectors.map((text) => ({ text, of: record.id })))
  const read = vectors.map((one) => ({ ...one, cvss: readVector(one.text) }))
  const [best] = read
    .flatMap(({ cvss, of }) => (cvss === null ? [] : [{ cvss, of }]))
    .sort((a, b) => b.cvss.score - a.cvss.score || compareText(b.cvss.version, a.cvss.version))
  if (best !== undefined) {
    return { severity: severityOfScore(best.cvss.score), ...best }
  }
  const [worst] = records
    .flatMap(({ id, severityName }) => {
      const severity = SEVERITY_NAMES[severityName.toLowerCase()]
      return severity === undefined ? [] : [{ of: id, severity }]
    })
    .sort((a, b) => compareSeverity(b.severity, a.severity))
  return { severity: 'unknown', of: null, ...worst, cvss: null }
}
