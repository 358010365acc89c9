/** A rating by CVSS. */
export interface Cvss {
  /** Without the metrics that are not defined (`X`), which say the same as their absence. */
  readonly vector: string
  /** Base score as the feed gives it, 0 to 10. */
  readonly score: number
  /** `4.0`, `3.1` or `3.0`. */
  readonly version: string
  /** Who rated, as the NVD names the source of a metric: an address, or the UUID of an organisation. */
  readonly scorer: string
}

export interface Epss {
  /** That it is exploited within the next 30 days, 0 to 1. */
  readonly probability: number
  /** Part of all CVEs that have this probability or a lower one, 0 to 1. */
  readonly percentile: number
  /** Day of the scores, YYYY-MM-DD. */
  readonly date: string
}
