import {
  compareSeverity,
  compareText,
  type Finding,
  isMalware,
  RULINGS,
  type RuledFinding,
} from '../model/index.js'

/**
 * By risk, the highest first: known to be exploited (KEV) or malicious, then by falling severity, then by falling
 * EPSS. A missing score counts as the lowest of its severity.
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

/** The order in every report: blocking first, then by ruling, risk and name; then any fixed order. */
export function compareWorstFirst(a: RuledFinding, b: RuledFinding): number {
  return (
    Number(b.blocks) - Number(a.blocks) ||
    RULINGS.indexOf(a.ruling) - RULINGS.indexOf(b.ruling) ||
    compareRisk(a, b) ||
    compareText(a.package ?? '', b.package ?? '') ||
    compareText(a.id, b.id) ||
    compareText(a.check, b.check) ||
    // For example two architectures of one package: the order in which they were reported means nothing.
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}
