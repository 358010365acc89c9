import { type Finding, isMalware } from '../model/finding/index.js'
import { compareText } from '../model/order.js'
import { compareSeverity } from '../model/severity.js'
import { RULINGS, type RuledFinding } from '../model/verdict.js'

/**
 * By risk, the highest first: what is known to be exploited (KEV) and what is malicious itself, then by falling severity,
 * and of one severity by falling EPSS. What has no score counts as the lowest of its severity.
 */
export function compareRisk(a: Finding, b: Finding): number {
  return (
    Number(isExploited(b)) - Number(isExploited(a)) ||
    compareSeverity(b.severity, a.severity) ||
    (b.epss?.probability ?? 0) - (a.epss?.probability ?? 0)
  )
}

function isExploited(finding: Finding): boolean {
  return finding.kev === true || isMalware(finding)
}

/** The order of every report: blocking first, then by ruling, by risk, by name; the rest only to be stable. */
export function worstFirst(a: RuledFinding, b: RuledFinding): number {
  return (
    Number(b.blocks) - Number(a.blocks) ||
    RULINGS.indexOf(a.ruling) - RULINGS.indexOf(b.ruling) ||
    compareRisk(a, b) ||
    compareText(a.package ?? '', b.package ?? '') ||
    compareText(a.id, b.id) ||
    compareText(a.check, b.check) ||
    // Two architectures of one package, say: the order in which they were told means nothing.
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}
