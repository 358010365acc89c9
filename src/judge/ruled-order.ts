import { compareText } from '../model/order.js'
import { compareSeverity } from '../model/severity.js'
import { RULINGS, type RuledFinding } from '../model/verdict.js'

/** Blocking first, then in the order of the rulings, then by falling severity; the rest only to be stable. */
export function worstFirst(a: RuledFinding, b: RuledFinding): number {
  return (
    Number(b.blocks) - Number(a.blocks) ||
    RULINGS.indexOf(a.ruling) - RULINGS.indexOf(b.ruling) ||
    compareSeverity(b.severity, a.severity) ||
    compareText(a.package ?? '', b.package ?? '') ||
    compareText(a.id, b.id) ||
    compareText(a.check, b.check) ||
    // Two architectures of one package, say: the order in which they were told means nothing.
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}
