import { SEVERITIES, type Severity } from '../../model/severity.js'
import { type ImageVerdict, RULINGS, type Ruling } from '../../model/verdict.js'

/** How many findings there are of a severity, by ruling. */
export interface SeverityCount {
  readonly severity: Severity
  readonly total: number
  /** In the order of the rulings; none is 0. */
  readonly parts: readonly { readonly ruling: Ruling; readonly count: number }[]
}

/** Worst first; only those that there are. */
export function severityCounts({ findings }: ImageVerdict): SeverityCount[] {
  const counts = [...SEVERITIES].reverse().map((severity) => {
    const of = findings.filter((one) => one.severity === severity)
    const parts = RULINGS.map((ruling) => {
      return { ruling, count: of.filter((one) => one.ruling === ruling).length }
    })
    return { severity, total: of.length, parts: parts.filter(({ count }) => count > 0) }
  })
  return counts.filter(({ total }) => total > 0)
}
