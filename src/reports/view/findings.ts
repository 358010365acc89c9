import { at } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { letPass } from './changes.js'
import { findingsOf, RULING_NAMES } from './counts.js'
import {
  becauseBeside,
  becauseOfDebian,
  becauseText,
  comesBack,
  debianKind,
  inDockerfile,
  isVulnerability,
  kindAndWords,
  severityCell,
  subjectName,
  versions,
} from './finding.js'
import { layerNumber } from './layers.js'
import { pageOf } from './pages.js'
import { type Cell, type Column, type TableView, tableOf, textCell } from './table.js'

/** Tables of findings: which there are, of what, and with which columns. */

/** A finding, and the image that it stands in. */
export interface Placed {
  readonly image: ImageVerdict
  readonly finding: RuledFinding
}

function textColumn(head: string, said: (finding: RuledFinding) => string): Column<Placed> {
  return { head, cell: ({ finding }) => textCell(said(finding)) }
}

/** Every column that a table of findings may have. A new one: here, and in the lists below that should have it. */
export const COLUMNS = {
  package: textColumn('package', subjectName),
  finding: { head: 'finding', cell: idCell },
  severity: { head: 'severity', cell: ratedCell },
  ruling: textColumn('ruling', ({ ruling }) => RULING_NAMES[ruling]),
  rulingWord: textColumn('ruling', ({ ruling }) => ruling),
  versions: textColumn('installed → fixed', versions),
  line: { head: 'line', cell: placeCell },
  layer: { head: 'layer', cell: layerCell },
  because: textColumn('because', becauseBeside),
  /** With what a reader may want to know beside it; for where there is room. */
  reason: { head: 'because', cell: reasonCell },
  debianKind: textColumn('Debian', (finding) => debianKind(finding)[0]),
  debianWords: textColumn('its words', (finding) => debianKind(finding)[1]),
  /** Both in one. */
  debianNote: textColumn('Debian', ({ debian }) => (debian === null ? '' : kindAndWords(debian))),
  debian: textColumn('because', becauseOfDebian),
} as const satisfies Record<string, Column<Placed>>

const { package: subject, finding, severity, versions: fix, line, because } = COLUMNS
const USUAL: readonly Column<Placed>[] = [subject, finding, severity, fix, line, because]
const DEFERRED: readonly Column<Placed>[] = [
  ...[subject, finding, severity, fix],
  ...[COLUMNS.debianKind, COLUMNS.debianWords],
]

/** All of one image in one table: a body for each package names that. */
export const PAGE_COLUMNS: readonly Column<Placed>[] = [
  ...[finding, severity, COLUMNS.ruling, fix],
  ...[line, COLUMNS.layer, COLUMNS.reason],
]

/** What does not block, in a terminal: what Debian has put off apart from all else. */
const LISTED: readonly Column<Placed>[] = [
  ...[COLUMNS.rulingWord, subject, finding, severity],
  COLUMNS.reason,
]
const PUT_OFF: readonly Column<Placed>[] = [subject, finding, severity, fix, COLUMNS.debianNote]

/** The tables of a report, in its order. */
export const FINDING_TABLES = {
  blocking: { title: 'Findings that keep it from release', columns: USUAL, of: blockingOf },
  known: { title: 'To act on, and in the baseline already', columns: USUAL, of: letPass },
  accepted: { title: 'Accepted', columns: USUAL, of: (image) => findingsOf(image, 'accepted') },
  deferred: { title: 'Deferred by Debian', columns: DEFERRED, of: (image) => findingsOf(image, 'deferred') },
  unfixed: { title: 'Unfixed', columns: USUAL, of: (image) => findingsOf(image, 'unfixed') },
  noted: { title: 'Noted', columns: USUAL, of: (image) => findingsOf(image, 'noted') },
} as const satisfies Record<string, FindingTable>

export type FindingTableName = keyof typeof FINDING_TABLES

interface FindingTable {
  readonly title: string
  readonly columns: readonly Column<Placed>[]
  readonly of: (image: ImageVerdict) => readonly RuledFinding[]
}

export function blockingOf({ findings }: ImageVerdict): RuledFinding[] {
  return findings.filter(({ blocks }) => blocks)
}

export function placedIn(image: ImageVerdict, findings: readonly RuledFinding[]): Placed[] {
  return findings.map((finding) => ({ image, finding }))
}

/** `null` where the image has none of them. A column of lines only where a Dockerfile is known. */
export function findingTable(name: FindingTableName, image: ImageVerdict): TableView | null {
  const { title, columns, of } = FINDING_TABLES[name]
  const findings = of(image)
  const intro = name === 'deferred' ? comesBack(findings) : null
  return tableOf(title, shownColumns(columns, image), placedIn(image, findings), intro)
}

function shownColumns(columns: readonly Column<Placed>[], { dockerfile }: ImageVerdict) {
  return columns.filter((column) => column !== line || dockerfile.file !== null)
}

/** What blocks of packages: whatever else blocks is a thing to do of its own. */
export function blockingPackages(image: ImageVerdict): TableView | null {
  const findings = blockingOf(image).filter((finding) => finding.package !== null)
  return tableOf('', shownColumns(USUAL, image), placedIn(image, findings))
}

/** What does not block, in two lists with their findings: what Debian has put off, and all else. */
export function unblockingTables(image: ImageVerdict): {
  readonly others: TableView | null
  readonly deferred: TableView | null
} {
  const unblocking = image.findings.filter(({ blocks }) => !blocks)
  const [deferred, others] = [true, false].map((put) =>
    unblocking.filter(({ ruling }) => (ruling === 'deferred') === put),
  ) as [RuledFinding[], RuledFinding[]]
  const intro = comesBack(deferred)
  return {
    others: tableOf('', LISTED, placedIn(image, others)),
    deferred: tableOf('deferred by Debian', PUT_OFF, placedIn(image, deferred), intro),
  }
}

/**
 * The columns of the comment, which is about several images and may be read beside another commit: no lines. What
 * Debian says is one of them, for there is less room.
 */
export function briefColumns(name: FindingTableName): readonly Column<Placed>[] {
  const columns = name === 'deferred' ? [...DEFERRED.slice(0, -2), COLUMNS.debian] : USUAL
  return columns.filter((column) => column !== line)
}

/** The findings of a package, or of a check where they are about none, in the order of the report. */
export interface FindingGroup {
  readonly name: string
  readonly blocking: number
  readonly findings: readonly RuledFinding[]
}

export function findingGroups({ findings }: ImageVerdict): FindingGroup[] {
  return [...Map.groupBy(findings, subjectName)].map(([name, of]) => {
    return { name, blocking: of.filter(({ blocks }) => blocks).length, findings: of }
  })
}

function idCell({ finding }: Placed): Cell {
  return { kind: 'finding', text: finding.id, page: isVulnerability(finding) ? null : pageOf(finding) }
}

function ratedCell({ finding }: Placed): Cell {
  return { kind: 'severity', text: severityCell(finding), severity: finding.severity }
}

function placeCell({ image, finding }: Placed): Cell {
  return { kind: 'line', text: inDockerfile(image, finding), line: finding.line }
}

function layerCell({ image, finding: { layer } }: Placed): Cell {
  return textCell(String((layer === null ? null : layerNumber(image, layer)) ?? ''))
}

/** The reason; of CVSS the vector; of what Debian has put off the fix that brings it back; of a line what is unsure. */
function reasonCell({ finding }: Placed): Cell {
  const text = becauseText(finding)
  const { policy, cvss, returnsWhen, fixedVersion, line } = finding
  const fix = fixedVersion === null ? [] : (returnsWhen ?? []).filter((one) => one.includes(fixedVersion))
  const notes = [
    ...(policy === null || text.includes(at(policy)) ? [] : [['', at(policy)] as const]),
    ...(cvss === null ? [] : [[`CVSS ${cvss.score}, `, cvss.vector] as const]),
    ...fix.map((one) => ['it comes back when ', one] as const),
    ...(line === null || line.certain ? [] : [['line: ', line.why] as const]),
  ]
  return { kind: 'reason', text, notes }
}
