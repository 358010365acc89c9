import {
  type Cvss,
  feedError,
  isRecord,
  malformed,
  parseCve,
  type ScorerKind,
  scorerKind,
} from '../../model/index.js'
import { scanElements } from './elements.js'
import { type Decode, type FeedReader, isoTime } from './reader.js'

/** In order of precedence: first by scorer, then the newest version. */
const SCORERS: readonly ScorerKind[] = ['nvd', 'cna', 'cisa-adp']
const METRICS = { cvssMetricV40: '4.0', cvssMetricV31: '3.1', cvssMetricV30: '3.0' } as const

const VECTOR = /^CVSS:(4\.0|3\.1|3\.0)(\/[A-Z]{1,3}:[A-Za-z]{1,7}){8,40}$/
const SCORER = /^[\x21-\x7e]{1,100}$/

/** The year of a feed's CVEs, or any; the NVD's 2002 feed has all earlier ones too. */
type YearOfFeed = number | null

/**
 * Reads an NVD feed in format 2.0 (https://nvd.nist.gov/vuln/data-feeds). The value of a CVE is `scorer score
 * vector` of the rating that counts; CVEs without a rating are in `without`.
 */
export function readNvd(decode: Decode, year: YearOfFeed): FeedReader {
  const rows = new Map<string, string>()
  const without = new Set<string>()
  const values = new Map<string, string>() // each distinct value once in memory
  const onElement = (element: unknown): void => {
    const cve = record(record(element).cve)
    const id = typeof cve.id === 'string' ? cve.id : ''
    const parts = parseCve(id)
    if (parts === null) {
      throw malformed('cvss', `an entry has ${JSON.stringify(cve.id)?.slice(0, 40)} instead of a CVE ID`)
    }
    if (year !== null && parts.year !== year && !(year === 2002 && parts.year < 2002)) {
      throw feedError('feed-wrong-year', 'cvss', `the feed for ${year} contains ${id}`)
    }
    const value = cve.vulnStatus === 'Rejected' ? null : chosen(id, record(cve.metrics ?? {}))
    if (value === null) {
      without.add(id)
      return
    }
    const known = values.get(value) ?? value
    values.set(known, known)
    rows.set(id, known)
  }
  const scanner = scanElements({ feed: 'cvss', key: 'vulnerabilities', decode, onElement })
  return {
    push: scanner.push,
    end: () => {
      const { frame, count } = scanner.end()
      if (frame.format !== 'NVD_CVE' || frame.version !== '2.0') {
        throw malformed('cvss', 'it is not an NVD 2.0 feed')
      }
      if (frame.totalResults !== count) {
        throw malformed('cvss', `it declares ${String(frame.totalResults)} CVEs, but contains ${count}`)
      }
      const date = isoTime(frame.timestamp)
      if (date === null) {
        throw malformed('cvss', 'it has no valid date (timestamp)')
      }
      return { rows, without, date }
    },
  }
}

interface RatedVector {
  readonly value: string
  /** Lower comes first. */
  readonly rank: readonly [scorer: number, version: number, score: number]
}

/** Of several ratings with one scorer and version, the highest: nobody knows which is meant. */
function chosen(id: string, metrics: Readonly<Record<string, unknown>>): string | null {
  const rated = Object.keys(METRICS).flatMap((name, version): RatedVector[] => {
    const list = metrics[name] ?? []
    if (!Array.isArray(list)) {
      throw malformed('cvss', `${id}: ${name} is not a list`)
    }
    return list.map((metric) => ratedBy(id, record(metric), version))
  })
  rated.sort((a, b) => {
    const at = a.rank.findIndex((each, index) => each !== b.rank[index])
    if (at !== -1) {
      return (a.rank[at] ?? 0) - (b.rank[at] ?? 0)
    }
    return a.value < b.value ? -1 : 1
  })
  return rated[0]?.value ?? null
}

function ratedBy(id: string, metric: Readonly<Record<string, unknown>>, version: number): RatedVector {
  const { vectorString, baseScore } = record(metric.cvssData)
  const { source } = metric
  const value = `${String(source)} ${String(baseScore)} ${String(vectorString).replace(/\/[A-Z]{1,3}:X(?=\/|$)/g, '')}`
  const cvss = cvssOf(value)
  if (cvss === null || typeof baseScore !== 'number') {
    const shown = JSON.stringify(value.slice(0, 80))
    throw malformed('cvss', `${id} has a rating in an unrecognized format: ${shown}`)
  }
  return { value, rank: [SCORERS.indexOf(scorerKind(cvss.scorer)), version, -cvss.score] }
}

/** `null` for anything that `readNvd` cannot have written. */
export function cvssOf(value: string): Cvss | null {
  const [scorer = '', number = '', vector = '', ...more] = value.split(' ')
  const [, version] = VECTOR.exec(vector) ?? []
  const score = /^\d+(\.\d+)?$/.test(number) ? Number(number) : Number.NaN
  if (version === undefined || !SCORER.test(scorer) || !(score >= 0 && score <= 10) || more.length > 0) {
    return null
  }
  return { vector, score, version, scorer }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) {
    return value
  }
  throw malformed('cvss', `an entry has ${JSON.stringify(value)?.slice(0, 40)} where an object is expected`)
}
