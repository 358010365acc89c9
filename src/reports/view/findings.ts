import {
  at,
  groupsBy,
  type ImageVerdict,
  isKnownVulnerability,
  otherDatabase,
  type Reason,
  type RuledFinding,
} from '../../model/index.js'
import { acceptedFindings } from './changes.js'
import { COLUMNS, type FindingColumn, type PlacedFinding } from './columns.js'
import { findingsOf } from './counts.js'
import { returnConditions, subjectName } from './finding.js'
import { hasOwners } from './owners.js'
import { type TableView, tableOf } from './table.js'
import { taskNumbers } from './tasks.js'

/** Tables of findings: which there are, their content, and their columns. */
interface FindingTable {
  readonly title: string
  readonly of: (image: ImageVerdict) => readonly RuledFinding[]
  readonly columns: readonly FindingColumn[]
  /** Columns in the comment, which is about several images and may be read with another commit: no lines. */
  readonly brief: readonly FindingColumn[]
}

const { task, layer, line, because, reason, owner, debianKind, debianText, debianReason } = COLUMNS

const { package: subject, finding: id, severity, versions } = COLUMNS
/** The first column of each table; on the page the package is named above. */
const SUBJECT: readonly FindingColumn[] = [subject, id, severity, versions]
const USUAL = { columns: [...SUBJECT, owner, line, because], brief: [...SUBJECT, because, owner] }

const DEFERRED = {
  columns: [...SUBJECT, owner, debianKind, debianText],
  brief: [...SUBJECT, debianReason, owner],
}

/** Of the findings of a ruling on the page: a body for each package names it. */
const PAGE_COLUMNS: readonly FindingColumn[] = [id, severity, task, versions, owner, line, layer, reason]

const IN_BASELINE = 'Findings that need action but were already in the baseline'

/** The tables of a summary, in its order. */
export const FINDING_TABLES = {
  blocking: {
    title: 'Findings that block the release',
    of: blockingOf,
    columns: [task, ...USUAL.columns],
    brief: USUAL.brief,
  },
  due: { title: 'Due', of: (image) => findingsOf(image, 'due'), ...USUAL },
  known: { title: IN_BASELINE, of: acceptedFindings, ...USUAL },
  accepted: { title: 'Accepted', of: (image) => findingsOf(image, 'accepted'), ...USUAL },
  deferred: { title: 'Deferred by Debian', of: deferredOf, ...DEFERRED },
  unfixed: { title: 'Unfixed', of: (image) => findingsOf(image, 'unfixed'), ...USUAL },
  noted: { title: 'Noted', of: (image) => findingsOf(image, 'noted'), ...USUAL },
} as const satisfies Record<string, FindingTable>

export function pageColumns(image: ImageVerdict): readonly FindingColumn[] {
  return PAGE_COLUMNS.filter((column) => column !== task || hasSeveralTasks(image, image.findings))
}

export function findingTables(image: ImageVerdict): TableView[] {
  return tablesOf(Object.values(FINDING_TABLES), image)
}

export function unblockingTables(image: ImageVerdict): TableView[] {
  const { blocking: _, ...others } = FINDING_TABLES
  return tablesOf(Object.values(others), image)
}

function tablesOf(tables: readonly FindingTable[], image: ImageVerdict): TableView[] {
  return tables.flatMap(({ title, of, columns }) => {
    const findings = of(image)
    const intro = of === deferredOf ? returnConditions(findings) : null
    return folded(title, shownOf(columns, image, findings), image, findings, intro) ?? []
  })
}

/**
 * Blocking findings about packages: everything else that blocks is a separate task. @param wide whether lines and
 * tasks have room
 */
export function blockingPackages(image: ImageVerdict, wide: boolean): TableView | null {
  const findings = blockingOf(image).filter((finding) => finding.package !== null)
  const shown = shownOf(FINDING_TABLES.blocking.columns, image, findings, wide)
  return folded('', shown, image, findings)
}

/** A table with one row for findings that differ only in the CVE; its count is that of the findings. */
function folded(
  title: string,
  columns: readonly FindingColumn[],
  image: ImageVerdict,
  findings: readonly RuledFinding[],
  intro: string | null = null,
): TableView | null {
  const table = tableOf(title, columns, placedIn(image, findings), intro)
  return table === null ? null : { ...table, count: findings.length }
}

/** The findings of a package, or of a check if they are not about one, in the order of the report. */
export function findingGroups({ findings }: ImageVerdict) {
  return [...Map.groupBy(findings, subjectName)].map(([name, of]) => {
    return { name, blocking: of.filter(({ blocks }) => blocks).length, findings: of }
  })
}

/**
 * The rows of a table of findings: one for all vulnerabilities that differ only in the CVE and its scores, at the
 * position of the first, which has the highest risk. KEV entries are never grouped, and the page and the data formats
 * group nothing.
 */
export function placedIn(image: ImageVerdict, findings: readonly RuledFinding[]): PlacedFinding[] {
  const numbers = taskNumbers(image)
  const alike = groupsBy(findings, (finding) =>
    isKnownVulnerability(finding) && finding.kev !== true
      ? `${numbers.get(finding)} ${keyOf(finding)}`
      : findings.indexOf(finding),
  )
  return alike.map(([finding, ...more]) => {
    const shown = more.length === 0 ? finding : { ...finding, because: withoutScores(finding) }
    return { image, finding: shown, task: numbers.get(finding) ?? null, more: more.length }
  })
}

/** Everything that a table shows of a finding except its CVE and its scores. */
function keyOf(finding: RuledFinding): string {
  const { check, package: name, version, fixedVersion, severity, severitySource, kev, debian } = finding
  const { ruling, blocks, since, line, policy, statement, owner: of } = finding
  const decided = [ruling, blocks, of, since, line && at(line), policy && at(policy), statement]
  const known = [check, name, version, fixedVersion, severity, severitySource, kev, debian]
  return JSON.stringify([known, otherDatabase(finding), decided, withoutScores(finding)])
}

function withoutScores({ because }: RuledFinding): readonly Reason[] {
  return because.map((one) => ('rated' in one ? { ...one, rated: { ...one.rated, score: null } } : one))
}

function blockingOf({ findings }: ImageVerdict): RuledFinding[] {
  return findings.filter(({ blocks }) => blocks)
}

function deferredOf(image: ImageVerdict): RuledFinding[] {
  return findingsOf(image, 'deferred')
}

/**
 * Lines only if a Dockerfile is known, tasks only if several end these findings, both only if there is room; owners only
 * if one is known.
 */
function shownOf(
  columns: readonly FindingColumn[],
  image: ImageVerdict,
  findings: readonly RuledFinding[],
  wide = true,
): readonly FindingColumn[] {
  const hasLines = wide && image.dockerfile.file !== null
  const hasTasks = wide && hasSeveralTasks(image, findings)
  return columns.filter(
    (column) =>
      (column !== line || hasLines) &&
      (column !== task || hasTasks) &&
      (column !== owner || hasOwners(image)),
  )
}

function hasSeveralTasks(image: ImageVerdict, findings: readonly RuledFinding[]): boolean {
  const numbers = taskNumbers(image)
  return new Set(findings.flatMap((finding) => numbers.get(finding) ?? [])).size > 1
}
