import { compareSeverity } from './severity.js'
import { RULINGS, type RuledFinding } from './verdict.js'

/** Blocking first, then in the order of the rulings, then by falling severity; the rest only to be stable. */
export function worstFirst(a: RuledFinding, b: RuledFinding): number {
  return (
    Number(b.blocks) - Number(a.blocks) ||
    RULINGS.indexOf(a.ruling) - RULINGS.indexOf(b.ruling) ||
    compareSeverity(b.severity, a.severity) ||
    byCodeUnits(a.package ?? '', b.package ?? '') ||
    byCodeUnits(a.id, b.id) ||
    byCodeUnits(a.check, b.check) ||
    // Two architectures of one package, say: the order in which they were told means nothing.
    byCodeUnits(JSON.stringify(a), JSON.stringify(b))
  )
}

/** Not localeCompare: the same order on every machine. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
