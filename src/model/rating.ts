export interface Cvss {
  /** Without undefined metrics (`X`), which mean the same as their absence. */
  readonly vector: string
  /** Base score from the feed, 0 to 10. */
  readonly score: number
  /** `4.0`, `3.1` or `3.0`. */
  readonly version: string
  /** Who rated it, in the NVD's notation for a metric's source: an address, or the UUID of an organisation. */
  readonly scorer: string
}

export interface Epss {
  /** Probability that it is exploited within the next 30 days, 0 to 1. */
  readonly probability: number
  /** Fraction of all CVEs with this probability or a lower one, 0 to 1. */
  readonly percentile: number
  /** Day of the scores, YYYY-MM-DD. */
  readonly date: string
}

const NVD = 'nvd@nist.gov'
/** CISA's "Vulnrichment", which adds what the CNA left out. */
const CISA_ADP = '134c704f-9b21-4f2e-91b3-4a467353bcc0'

export type ScorerKind = 'nvd' | 'cna' | 'cisa-adp' | 'osv'

/** The scorer of a rating from an OSV record. The NVD has addresses and UUIDs. */
export const OSV_SCORER = 'osv'

export function scorerKind(scorer: string): ScorerKind {
  if (scorer === OSV_SCORER) {
    return 'osv'
  }
  return scorer === NVD ? 'nvd' : scorer === CISA_ADP ? 'cisa-adp' : 'cna'
}
