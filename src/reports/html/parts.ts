import { at, type Line } from '../../model/index.js'
import { escapeHtml as esc, TASK_LENGTH } from '../escape.js'
import { addressOfPage, type Pages, withLinks } from '../view/pages.js'
import type { Cell, TableView } from '../view/table.js'

/** Cells are HTML already. On a narrow screen each shows its own head. */
export function tableHtml(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<tr>${cellsHtml(heads, cells)}</tr>`).join('')
  return wideTable(heads, `<tbody>${body}</tbody>`)
}

export function wideTable(heads: readonly string[], bodies: string): string {
  const head = heads.map((title) => `<th scope="col">${title}</th>`).join('')
  return `<div class="wide"><table><thead><tr>${head}</tr></thead>${bodies}</table></div>`
}

export function cellsHtml(heads: readonly string[], cells: readonly string[]): string {
  return cells.map((cell, index) => `<td data-head="${heads[index]}">${cell}</td>`).join('')
}

export function foldedHtml(title: string, html: string, isOpen = false): string {
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>${html}</details>`
}

/** A table, folded below its title; nothing if there is none. */
export function tableSection(table: TableView | null, pages: Pages): string {
  if (table === null) {
    return ''
  }
  const rows = table.rows.map((cells) => cells.map((cell) => cellHtml(cell, pages)))
  return foldedHtml(table.title, tableHtml(table.heads, rows))
}

export function cellHtml(cell: Cell, pages: Pages): string {
  switch (cell.kind) {
    case 'text':
      return esc(cell.text)
    case 'code':
      return `<code>${esc(cell.text)}</code>`
    case 'finding': {
      const address = cell.address ?? addressOfPage(cell.page, pages)
      return address === null ? esc(cell.text) : linkHtml(address, cell.text)
    }
    case 'severity':
      return `<span class="sev ${cell.severity}">${esc(cell.text)}</span>`
    case 'line':
      return cell.line === null ? '' : lineHtml(cell.line)
    case 'reason': {
      const notes = cell.notes.map(([ours, theirs]) => `<div class="dim">${esc(ours)}${esc(theirs)}</div>`)
      return esc(cell.text, 1000) + notes.join('')
    }
  }
}

function linkHtml(address: string, text: string): string {
  return `<a href="${esc(address, 1000)}" rel="noreferrer">${esc(text)}</a>`
}

/** The text of a task, in which our own pages are links. */
export function linkedHtml(text: string, pages: Pages): string {
  return withLinks(
    text,
    pages,
    (part) => esc(part, TASK_LENGTH),
    (page, address) => linkHtml(address, page),
  )
}

/** `Dockerfile:4`, and "(nearest)" if that is not certain. */
export function lineHtml(line: Line): string {
  return `<code>${esc(at(line))}</code>${line.certain ? '' : ' (nearest)'}`
}

/** After a reason: our page about it; nothing if its address is not known, because a path leads nowhere from a page. */
export function readOnHtml(page: string | null, pages: Pages): string {
  const address = addressOfPage(page, pages)
  return address === null ? '' : ` (${linkHtml(address, 'more')})`
}
