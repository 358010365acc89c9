import type { AccountedProgram } from '../../model/account.js'
import { plural } from '../../model/text.js'
import type { ImageVerdict } from '../../model/verdict.js'
import { escapeHtml as esc } from '../escape.js'
import { LISTED_SIDES, listedPrograms, PROGRAM_COLUMNS, SIDE_NAMES } from '../view/account.js'
import type { Pages } from '../view/pages.js'
import { cellHtml, cellsHtml, wideTable } from './parts.js'

/** The page's list of the programs that were not judged. */

const HEADS = PROGRAM_COLUMNS.map(({ head }) => head)

/** More rows than a person reads make a page that no browser shows; report.json has all of them. */
const MOST_ROWS = 2000

/** Folded; a row has what it is filtered by as data. Nothing if all were judged. */
export function programsHtml(image: ImageVerdict, pages: Pages): string {
  const programs = listedPrograms(image)
  if (programs.length === 0) {
    return ''
  }
  const shown = programs.slice(0, MOST_ROWS)
  const left = programs.length - shown.length
  const more = left === 0 ? '' : `<p class="dim">and ${left} more in report.json</p>`
  const body = `<tbody>${shown.map((program) => rowHtml(program, pages)).join('')}</tbody>`
  return `<details><summary>Programs that were not judged (${programs.length})</summary>${wideTable('', HEADS, body)}${more}</details>`
}

function rowHtml(program: AccountedProgram, pages: Pages): string {
  const cells = PROGRAM_COLUMNS.map(({ cell }) => cell(program))
  const words = cells.map(({ text }) => text.toLowerCase()).join(' ')
  const painted = cells.map((cell) => cellHtml(cell, pages))
  return `<tr data-program="${esc(words, 1000)}" data-side="${program.side}">${cellsHtml(HEADS, painted)}</tr>`
}

/** One for all images of the page, shown by the script; nothing if there is no such list. */
export function programFiltersHtml(images: readonly ImageVerdict[]): string {
  const all = images.flatMap((image) => listedPrograms(image).slice(0, MOST_ROWS))
  if (all.length === 0) {
    return ''
  }
  const boxes = LISTED_SIDES.filter((one) => all.some(({ side }) => side === one)).map(
    (side) => `<label><input type="checkbox" name="side" value="${side}"> ${SIDE_NAMES[side]}</label>`,
  )
  const search =
    '<div><label for="f-pq">search</label><input id="f-pq" name="pq" type="search" autocomplete="off"></div>'
  return `<form hidden data-of="programs" role="search" aria-label="Filter programs">${search}<fieldset><legend>side</legend>${boxes.join('')}</fieldset><button type="reset">Show all</button></form><p id="said-programs" role="status" class="dim">${plural(all.length, 'program')}</p>`
}
