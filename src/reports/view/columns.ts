import {
  at,
  becauseText,
  describe,
  type ImageVerdict,
  isApplication,
  isVulnerability,
  namesLine,
  pageOf,
  type RuledFinding,
  reasonsNextToVersions,
  returnText,
} from '../../model/index.js'
import { RULING_NAMES } from './counts.js'
import {
  becauseOfDebian,
  debianKind,
  dockerfilePlace,
  placesText,
  severityCell,
  subjectName,
  versions,
} from './finding.js'
import { layerNumber } from './layers.js'
import { OWNER_NAMES } from './owners.js'
import { type Cell, type Column, textCell } from './table.js'

export interface PlacedFinding {
  readonly image: ImageVerdict
  readonly finding: RuledFinding
  /** The number of the task that ends it; `null` if there is none to name. */
  readonly task: number | null
  /** How many other findings differ only in the CVE and share its row. */
  readonly more?: number
}

export type FindingColumn = Column<PlacedFinding>

/** Every column that a table of findings may have. To add one: here, and in the lists of findings.ts that show it. */
export const COLUMNS = {
  task: { head: 'task', cell: ({ task }) => textCell(String(task ?? '')) },
  package: { ...column('package', subjectName), maxWidth: 80 },
  finding: { head: 'finding', cell: idCell, maxWidth: 80 },
  severity: {
    head: 'severity',
    cell: ({ finding, more = 0 }) => {
      return { kind: 'severity', text: severityCell(finding, more > 0), severity: finding.severity }
    },
    maxWidth: 80,
  },
  ruling: column('ruling', ({ ruling }) => RULING_NAMES[ruling]),
  versions: { ...column('installed → fixed', versions), maxWidth: 120 },
  owner: column('whose', ({ owner }) => (owner === null ? '' : OWNER_NAMES[owner])),
  line: {
    head: 'line',
    cell: ({ image, finding }) => {
      return { kind: 'line', text: dockerfilePlace(image, finding), line: finding.line }
    },
  },
  layer: {
    head: 'layer',
    cell: ({ image, finding: { layer } }) =>
      textCell(String((layer === null ? null : layerNumber(image, layer)) ?? '')),
  },
  because: column('because', reasonsNextToVersions),
  /** With additional information for the reader, if there is room. */
  reason: { head: 'because', cell: reasonCell },
  debianKind: column('Debian', (finding) => debianKind(finding)[0]),
  debianText: column("Debian's note", (finding) => debianKind(finding)[1]),
  /** Debian's category and its note as the reason, if it has deferred the finding. */
  debianReason: column('because', becauseOfDebian),
} as const satisfies Record<string, FindingColumn>

function column(head: string, textOf: (finding: RuledFinding) => string): FindingColumn {
  return { head, cell: ({ finding }) => textCell(textOf(finding)) }
}

function idCell({ finding, more = 0 }: PlacedFinding): Cell {
  if (more > 0) {
    return textCell(`${finding.id} and ${more} more`)
  }
  const page = isVulnerability(finding) ? null : pageOf(finding)
  return { kind: 'finding', text: finding.id, page, address: describe(finding).helpUri }
}

/**
 * The reason; additionally the CVSS vector, the fix that brings back a deferred finding, and what is uncertain about
 * a line.
 */
function reasonCell({ finding, more = 0 }: PlacedFinding): Cell {
  const text = becauseText(finding)
  const { policy, cvss, returnsWhen, line } = finding
  const fix = (returnsWhen ?? []).filter((one) => one.reason === 'archive-offers' && one.fix !== null)
  const notes = [
    ...(policy === null || namesLine(finding.because, policy) ? [] : [['', at(policy)] as const]),
    ...(cvss === null || more > 0 ? [] : [[`CVSS ${cvss.score}, `, cvss.vector] as const]),
    ...(isApplication(finding) ? [['in ', placesText(finding)] as const] : []),
    ...fix.map((one) => ['it comes back when ', returnText(one)] as const),
    ...(line === null || line.certain ? [] : [['line: ', line.why] as const]),
  ]
  return { kind: 'reason', text, notes }
}
