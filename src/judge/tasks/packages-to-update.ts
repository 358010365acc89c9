import { isSafeName } from '../../debian/apt/command.js'
import { sorted } from '../../model/order.js'
import type { RuledFinding } from '../../model/verdict.js'
import { installableFix } from '../because.js'

/**
 * Names of the binary packages of blocking findings that an update settles, sorted. Names that Debian could not
 * have given are left out.
 */
export function packagesToUpdate(findings: readonly RuledFinding[]): string[] {
  const updates = findings.filter(
    (finding) => finding.blocks && finding.package !== null && installableFix(finding) !== null,
  )
  return sorted(updates.flatMap(({ binaries }) => binaries.map(({ name }) => name))).filter(isSafeName)
}
