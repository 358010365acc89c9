import * as z from 'zod'
import { type TypeOf, text } from './schemas.js'

export const CvssSchema = z.strictObject({
  /** Without undefined metrics (`X`), which mean the same as their absence. */
  vector: text,
  /** Base score from the feed. */
  score: z.number().min(0).max(10),
  /** `4.0`, `3.1` or `3.0`. */
  version: text,
  /** An address, or the UUID of an organisation. */
  scorer: text.describe('The source of the metric, as the NVD names it'),
})
export type Cvss = TypeOf<typeof CvssSchema>

export const EpssSchema = z.strictObject({
  /** Probability that it is exploited within the next 30 days. */
  probability: z.number().min(0).max(1),
  /** Fraction of all CVEs with this probability or a lower one. */
  percentile: z.number().min(0).max(1),
  date: text.describe('Date of the scores'),
})
export type Epss = TypeOf<typeof EpssSchema>

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
