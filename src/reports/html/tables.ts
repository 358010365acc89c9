import {
  type AccountedProgram,
  at,
  type BenchRow,
  type BenchTable,
  becauseText,
  capitalised,
  type ImageVerdict,
  OUTCOMES,
  plural,
  RULINGS,
  type RuledFinding,
  SEVERITIES,
} from '../../model/index.js'
import { escapeHtml as esc } from '../escape.js'
import { LISTED_PLACEMENTS, listedPrograms, PROGRAM_COLUMNS, SIDE_NAMES } from '../view/account.js'
import { BENCH_COLUMNS, benchOf, countsText, OUTCOME_NAMES } from '../view/bench.js'
import { findingsOf, RULING_NAMES } from '../view/counts.js'
import { returnConditions } from '../view/finding.js'
import { findingGroups, pageColumns } from '../view/findings.js'
import { layerNumber } from '../view/layers.js'
import type { Pages } from '../view/pages.js'
import { taskNumbers } from '../view/tasks.js'
import { cellHtml, cellsHtml, foldedHtml, wideTable } from './parts.js'

/**
 * The page's tables that can be filtered: the findings, the outcome of each Docker Bench id, and the programs that were
 * not judged.
 */

/** How many findings of a ruling are shown at first; the rest is in a fold of its own. */
const FIRST_ROWS = 25

/** All findings, folded by ruling, those that block open: a body for each package; a row has the filter's values as data. */
export function findingsHtml(image: ImageVerdict, pages: Pages): string {
  const parts = findingParts(image).flatMap(({ title, isOpen, note, findings }) => {
    if (findings.length === 0) {
      return []
    }
    const [first, rest] = splitGroups(findingGroups({ ...image, findings }))
    const left = rest.reduce((sum, group) => sum + group.findings.length, 0)
    const tables = [
      note === '' ? '' : `<p class="dim">${esc(note, 1000)}</p>`,
      groupsHtml(image, first, pages),
      left === 0 ? '' : foldedHtml(`${plural(left, 'more finding')}`, groupsHtml(image, rest, pages)),
    ]
    return foldedHtml(`${title} (${findings.length})`, tables.join(''), isOpen)
  })
  return parts.length === 0 ? '<p>No findings.</p>' : parts.join('')
}

interface FindingPart {
  readonly title: string
  readonly isOpen: boolean
  readonly note: string
  readonly findings: readonly RuledFinding[]
}

function findingParts(image: ImageVerdict): FindingPart[] {
  return RULINGS.map((ruling) => {
    const findings = findingsOf(image, ruling)
    const note = ruling === 'deferred' ? returnConditions(findings) : ''
    return {
      title: capitalised(RULING_NAMES[ruling]),
      isOpen: findings.some(({ blocks }) => blocks),
      note,
      findings,
    }
  })
}

type Groups = ReturnType<typeof findingGroups>

function splitGroups(groups: Groups): [Groups, Groups] {
  let count = 0
  const end = groups.findIndex(({ findings }, index) => {
    count += findings.length
    return index > 0 && count > FIRST_ROWS
  })
  return end === -1 ? [groups, []] : [groups.slice(0, end), groups.slice(end)]
}

function groupsHtml(image: ImageVerdict, groups: Groups, pages: Pages): string {
  const columns = pageColumns(image)
  const heads = columns.map(({ head }) => head)
  const bodies = groups.map(({ name, blocking, findings }) => {
    const title = `${esc(name)} <span class="dim">${plural(findings.length, 'finding')}${blocking === findings.length || blocking === 0 ? '' : `, ${blocking} to act on`}</span>`
    const fold = `<button type="button" data-fold hidden aria-expanded="true" aria-label="Fold ${esc(name)}">±</button>`
    const rows = findings.map((finding) => {
      const placed = { image, finding, task: taskNumbers(image).get(finding) ?? null }
      const cells = columns.map(({ cell }) => cellHtml(cell(placed), pages))
      return `<tr ${dataOf(image, finding)}>${cellsHtml(heads, cells)}</tr>`
    })
    return `<tbody data-package="${esc(name)}"><tr><th scope="rowgroup" colspan="${heads.length}">${fold} ${title}</th></tr>${rows.join('')}</tbody>`
  })
  return wideTable(heads, bodies.join(''))
}

/** What the filter reads of a finding. */
function dataOf(image: ImageVerdict, finding: RuledFinding): string {
  const { id, severity, ruling, check, layer, line, binaries } = finding
  const names = [finding.package ?? '', id, check, ...binaries.map((one) => one.name)]
  const searched = [...names, becauseText(finding), severity, ruling, line === null ? '' : at(line)]
  const number = layer === null ? null : layerNumber(image, layer)
  return `data-finding="${esc(searched.join(' ').toLowerCase(), 1000)}" data-ruling="${ruling}" data-severity="${severity}" data-check="${check}" data-layer="${number ?? ''}"`
}

/** The filters of the table of findings, one form for all images of the page. */
export function filtersHtml(images: readonly ImageVerdict[]): string {
  const all = images.flatMap(({ findings }) => findings)
  const option = (value: string, text = value) => `<option value="${value}">${text}</option>`
  const select = (name: string, values: readonly string[]) =>
    `<div><label for="f-${name}">${name}</label><select id="f-${name}" name="${name}">${option('', 'all')}${values.map((value) => option(value)).join('')}</select></div>`
  const severities = [...SEVERITIES].reverse().filter((one) => all.some(({ severity }) => severity === one))
  const found = all.map(({ ruling }) => ruling)
  const boxes = boxesHtml('ruling', RULINGS, RULING_NAMES, found)
  const checks = [...new Set(images.flatMap((image) => image.checks.map(({ check }) => check)))]
  const layers = Math.max(0, ...images.map((image) => image.layers.length))
  const numbers = Array.from({ length: layers }, (_, index) => String(index + 1))
  const selects = `${select('severity', severities)}${select('check', checks)}${select('layer', numbers)}`
  const [label, count] = ['Filter findings', plural(all.length, 'finding')]
  const key = ' <span class="dim">(key /)</span>'
  return formHtml({ of: 'findings', label, q: 'q', legend: 'ruling', boxes, count }, { key, selects })
}

/** Shown by the script: without it there is nothing to filter with. */
function formHtml(
  texts: Readonly<Record<'of' | 'label' | 'q' | 'legend' | 'boxes' | 'count', string>>,
  { key = '', selects = '' } = {},
): string {
  const { of, label, q, legend, boxes, count } = texts
  const countId = of === 'findings' ? 'said' : `said-${of}`
  const search = `<div><label for="f-${q}">search${key}</label><input id="f-${q}" name="${q}" type="search" autocomplete="off"></div>`
  return `<form hidden data-of="${of}" role="search" aria-label="${label}">${search}<fieldset><legend>${legend}</legend>${boxes}</fieldset>${selects}<button type="reset">Show all</button></form><p id="${countId}" role="status" class="dim">${count}</p>`
}

/** A box for each of the values that some row has. */
function boxesHtml<Value extends string>(
  name: string,
  values: readonly Value[],
  texts: Readonly<Record<Value, string>>,
  ofRows: readonly string[],
): string {
  return values
    .filter((value) => ofRows.includes(value))
    .map((value) => `<label><input type="checkbox" name="${name}" value="${value}"> ${texts[value]}</label>`)
    .join('')
}

const RESULT_HEADS = BENCH_COLUMNS.map(({ head }) => head)

/** Docker Bench's table, unexpected results open and the others folded; a row has the filter's values as data. */
export function resultsHtml(bench: BenchTable, pages: Pages): string {
  const table = (rows: readonly BenchRow[]) =>
    wideTable(RESULT_HEADS, `<tbody>${rows.map((row) => resultHtml(row, pages)).join('')}</tbody>`)
  const [expected, others] = [true, false].map((is) => bench.rows.filter((row) => isUsual(row) === is))
  const parts = [
    { title: 'Not as expected', isOpen: true, rows: others ?? [] },
    { title: 'As expected, or not applicable', isOpen: false, rows: expected ?? [] },
  ].filter(({ rows }) => rows.length > 0)
  const folds = parts.map(({ title, isOpen, rows }) =>
    foldedHtml(`${title} (${rows.length})`, table(rows), isOpen),
  )
  return `<p class="dim">${countsText(bench)}</p>${folds.join('')}`
}

const isUsual = ({ outcome }: BenchRow) => outcome === 'match' || outcome === 'not-applicable'

function resultHtml(row: BenchRow, pages: Pages): string {
  const items = [...(row.dbs?.items ?? []), ...(row.builtin?.items ?? [])]
  const cells = BENCH_COLUMNS.map(({ cell }) => cell(row))
  const text = [...cells.map(({ text }) => text), ...items].join(' ').toLowerCase()
  const data = `data-result="${esc(text, 1000)}" data-outcome="${row.outcome}"`
  const painted = cells.map((cell) => cellHtml(cell, pages))
  return `<tr ${data}>${cellsHtml(RESULT_HEADS, painted)}</tr>`
}

/** The filters of Docker Bench's tables, one form for all images of the page; nothing if there is no such table. */
export function resultFiltersHtml(images: readonly ImageVerdict[]): string {
  const rows = images.flatMap((image) => benchOf(image)?.rows ?? [])
  if (rows.length === 0) {
    return ''
  }
  const found = rows.map(({ outcome }) => outcome)
  const boxes = boxesHtml('outcome', OUTCOMES, OUTCOME_NAMES, found)
  const [label, count] = ['Filter results of Docker Bench', plural(rows.length, 'result')]
  return formHtml({ of: 'results', label, q: 'rq', legend: 'outcome', boxes, count })
}

const PROGRAM_HEADS = PROGRAM_COLUMNS.map(({ head }) => head)

/** More rows than a person reads make a page that no browser shows; report.json has all of them. */
const MAX_ROWS = 2000

/** The programs that were not judged, folded; a row has what it is filtered by as data. Nothing if all were judged. */
export function programsHtml(image: ImageVerdict, pages: Pages, filters: string): string {
  const programs = listedPrograms(image)
  if (programs.length === 0) {
    return ''
  }
  const shown = programs.slice(0, MAX_ROWS)
  const left = programs.length - shown.length
  const more = left === 0 ? '' : `<p class="dim">and ${left} more in report.json</p>`
  const body = `<tbody>${shown.map((program) => programHtml(program, pages)).join('')}</tbody>`
  const table = wideTable(PROGRAM_HEADS, body)
  return foldedHtml(`Programs that were not judged (${programs.length})`, `${filters}${table}${more}`)
}

function programHtml(program: AccountedProgram, pages: Pages): string {
  const cells = PROGRAM_COLUMNS.map(({ cell }) => cell(program))
  const text = cells.map(({ text }) => text.toLowerCase()).join(' ')
  const painted = cells.map((cell) => cellHtml(cell, pages))
  return `<tr data-program="${esc(text, 1000)}" data-side="${program.side}">${cellsHtml(PROGRAM_HEADS, painted)}</tr>`
}

/** The filters of the lists of programs, one form for all images of the page; nothing if there is no such list. */
export function programFiltersHtml(images: readonly ImageVerdict[]): string {
  const all = images.flatMap((image) => listedPrograms(image).slice(0, MAX_ROWS))
  if (all.length === 0) {
    return ''
  }
  const found = all.map(({ side }) => side)
  const boxes = boxesHtml('side', LISTED_PLACEMENTS, SIDE_NAMES, found)
  const [label, count] = ['Filter programs', plural(all.length, 'program')]
  return formHtml({ of: 'programs', label, q: 'pq', legend: 'side', boxes, count })
}
