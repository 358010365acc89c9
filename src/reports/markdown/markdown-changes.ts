import type { ImageVerdict } from '../../model/verdict.js'
import { escapeMarkdown as esc } from '../escape.js'
import { changeLine } from '../view/changes.js'
import { type Section, whole } from './fit.js'
import { closed, link, opened, row } from './parts.js'

/** Against the baseline: the count, and folded what is new and what is gone. */
export function changes(image: ImageVerdict): Section | null {
  const line = changeLine(image)
  if (line === null) return null
  const fresh = image.findings.filter(({ since }) => since === 'new')
  const rows = [
    ...fresh.map(({ check, package: name, id, ruling }) => row('new', esc(name ?? check), link(id), ruling)),
    ...(image.gone ?? []).map(({ check, package: name, id, ruling }) =>
      row('gone', esc(name ?? check), link(id), ruling),
    ),
  ]
  const words = line.replace(/^[^:]*:/, '**$&**')
  if (rows.length === 0) return whole(`${words}\n\n`)
  return {
    head: `${words}\n\n${opened(`New and gone (${rows.length})`)}| | package | finding | ruling |\n|---|---|---|---|\n`,
    rows,
    tail: closed,
    cut: (left) => row(`and ${left} more`, '', '', ''),
  }
}
