import { at, type Line } from '../../model/place.js'
import { escapeHtml as esc } from '../escape.js'

/** `Dockerfile:4`, and "(nearest)" where that is not certain. */
export function lineCell(line: Line): string {
  return `<code>${esc(at(line))}</code>${line.certain ? '' : ' (nearest)'}`
}
