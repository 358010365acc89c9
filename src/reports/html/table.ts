import { becauseText, namesLine, returnText } from '../../model/because/words.js'
import { pageOf } from '../../model/finding/kinds.js'
import { at } from '../../model/place.js'
import { SEVERITIES } from '../../model/severity.js'
import { type ImageVerdict, RULINGS, type RuledFinding } from '../../model/verdict.js'
import { escapeHtml as esc } from '../escape.js'
import type { Pages } from '../pages.js'
import { comesBack, findingsOf, plural, RULING_NAMES, severityCell, versions } from '../words.js'
import { layerNumbers } from './layers.js'
import { lineCell } from './line.js'

const HEADS = ['finding', 'severity', 'ruling', 'installed → fixed', 'line', 'layer', 'because'] as const

/** All findings in one table, a body for each package; a row has what the filter looks for as data. */
export function findingsTable(image: ImageVerdict, pages: Pages): string {
  const numbers = layerNumbers(image)
  const groups = new Map<string, RuledFinding[]>()
  for (const finding of image.findings) {
    const name = finding.package ?? finding.check
    groups.set(name, [...(groups.get(name) ?? []), finding])
  }
  const bodies = [...groups].map(([name, findings]) => body(name, findings, numbers, pages))
  const head = HEADS.map((title) => `<th scope="col">${title}</th>`).join('')
  const returning = comesBack(findingsOf(image, 'deferred'))
  const deferred = returning === '' ? '' : ` Of those that Debian has deferred: ${esc(returning, 1000)}`
  return `<div class="wide"><table><caption>Findings by package; those that keep it from release come first.${deferred}</caption><thead><tr>${head}</tr></thead>${bodies.join('')}</table></div>`
}

function body(
  name: string,
  findings: readonly RuledFinding[],
  numbers: ReadonlyMap<string, number>,
  pages: Pages,
): string {
  const blocking = findings.filter(({ blocks }) => blocks).length
  const title = `${esc(name)} <span class="dim">${plural(findings.length, 'finding')}${blocking === 0 ? '' : `, ${blocking} to act on`}</span>`
  const fold = `<button type="button" data-fold hidden aria-expanded="true" aria-label="Fold ${esc(name)}">±</button>`
  const rows = findings.map((finding) => row(finding, numbers, pages))
  return `<tbody data-package="${esc(name)}"><tr><th scope="rowgroup" colspan="${HEADS.length}">${fold} ${title}</th></tr>${rows.join('')}</tbody>`
}

function row(finding: RuledFinding, numbers: ReadonlyMap<string, number>, pages: Pages): string {
  const { id, severity, ruling, check, layer, line, binaries } = finding
  const number = layer === null ? undefined : numbers.get(layer)
  const names = [
    finding.package ?? '',
    id,
    check,
    ...binaries.map((one) => one.name),
    becauseText(finding),
    severity,
    ruling,
    line === null ? '' : at(line),
  ]
  const cells = [
    link(finding, pages),
    `<span class="sev ${severity}">${severityCell(finding)}</span>`,
    RULING_NAMES[ruling],
    esc(versions(finding)),
    line === null ? '' : lineCell(line),
    number === undefined ? '' : String(number),
    becauseCell(finding),
  ]
  const data = `data-finding="${esc(names.join(' ').toLowerCase(), 1000)}" data-ruling="${ruling}" data-severity="${severity}" data-check="${check}" data-layer="${number ?? ''}"`
  return `<tr ${data}>${cells.map((cell, index) => `<td data-head="${HEADS[index]}">${cell}</td>`).join('')}</tr>`
}

/** The reason; of CVSS the vector; of what Debian has put off the fix that brings it back; of a line what is unsure. */
function becauseCell(finding: RuledFinding): string {
  const { policy, cvss, returnsWhen, line } = finding
  const because = becauseText(finding)
  const fix = (returnsWhen ?? []).filter((one) => one.reason === 'archive-offers' && one.fix !== null)
  const more = [
    policy === null || namesLine(finding.because, policy) ? '' : esc(at(policy)),
    cvss === null ? '' : `CVSS ${cvss.score}, ${esc(cvss.vector)}`,
    ...fix.map((one) => `it comes back when ${esc(returnText(one))}`),
    line === null || line.certain ? '' : `line: ${esc(line.why)}`,
  ].filter((text) => text !== '')
  return `${esc(because, 1000)}${more.map((text) => `<div class="dim">${text}</div>`).join('')}`
}

/** A CVE as a link to Debian's tracker; what another check found to our page about it, where its address is known. */
function link(finding: RuledFinding, pages: Pages): string {
  const { id } = finding
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return anchor(`https://security-tracker.debian.org/tracker/${id}`, id)
  const page = pageOf(finding)
  return page === null || pages === null ? esc(id) : anchor(pages + page, id)
}

function anchor(address: string, text: string): string {
  return `<a href="${esc(address, 1000)}" rel="noreferrer">${esc(text)}</a>`
}

/** One for all images of the page. Shown by the script: without it there is nothing to filter with. */
export function filters(images: readonly ImageVerdict[]): string {
  const all = images.flatMap(({ findings }) => findings)
  const option = (value: string, text = value) => `<option value="${value}">${text}</option>`
  const select = (name: string, values: readonly string[]) =>
    `<div><label for="f-${name}">${name}</label><select id="f-${name}" name="${name}">${option('', 'all')}${values.map((value) => option(value)).join('')}</select></div>`
  const severities = [...SEVERITIES].reverse().filter((one) => all.some(({ severity }) => severity === one))
  const boxes = RULINGS.filter((one) => all.some(({ ruling }) => ruling === one)).map(
    (ruling) =>
      `<label><input type="checkbox" name="ruling" value="${ruling}"> ${RULING_NAMES[ruling]}</label>`,
  )
  const checks = [...new Set(images.flatMap((image) => image.checks.map(({ check }) => check)))]
  const layers = Math.max(0, ...images.map((image) => image.layers.length))
  const numbers = Array.from({ length: layers }, (_, index) => String(index + 1))
  const search =
    '<div><label for="f-q">search <span class="dim">(key /)</span></label><input id="f-q" name="q" type="search" autocomplete="off"></div>'
  return `<form hidden role="search" aria-label="Filter findings">${search}<fieldset><legend>ruling</legend>${boxes.join('')}</fieldset>${select('severity', severities)}${select('check', checks)}${select('layer', numbers)}<button type="reset">Show all</button></form><p id="said" role="status" class="dim">${plural(all.length, 'finding')}</p>`
}
