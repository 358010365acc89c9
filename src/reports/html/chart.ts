import type { Severity } from '../../model/severity.js'
import { type ImageVerdict, RULINGS } from '../../model/verdict.js'
import { plural, RULING_NAMES } from '../view/counts.js'
import { type SeverityCount, severityCounts } from '../view/severities.js'
import { round, scaleOf, WIDTH } from './scale.js'

/** Height of a row; a fifth of it lies between two bars. */
const ROW = 26
const GAP = 0.2
const LEFT = 84
const RIGHT = 40

/** Class of the colour; what is seldom or not known shares one. */
function colourOf(severity: Severity): string {
  return severity === 'critical' || severity === 'high' || severity === 'medium' || severity === 'low'
    ? severity
    : 'rest'
}

/**
 * Findings by severity, each bar parted by ruling, as SVG. A part is a link that filters the table; a list beside it
 * says the same in words.
 */
export function severityChart(image: ImageVerdict): string {
  const rows = severityCounts(image)
  if (rows.length === 0) return '<p>No findings.</p>'
  const x = scaleOf(Math.max(...rows.map(({ total }) => total)), LEFT, WIDTH - RIGHT)
  const height = rows.length * ROW
  // Below the last bar there is a gap as above the first one.
  const step = height / (rows.length + GAP)
  const bar = step * (1 - GAP)
  const tops = rows.map((_, index) => step * (index + GAP))
  const bars = RULINGS.flatMap((ruling) =>
    rows.flatMap(({ severity, parts }, index) => {
      const at = parts.findIndex((part) => part.ruling === ruling)
      const count = parts[at]?.count ?? 0
      if (count === 0) return []
      const from = parts.slice(0, at).reduce((sum, part) => sum + part.count, 0)
      const said = `${severity}: ${count} ${RULING_NAMES[ruling]}`
      const place = `x="${round(x(from))}" y="${round(tops[index] ?? 0)}" width="${round(x(from + count) - x(from))}" height="${round(bar)}"`
      return `<a href="#severity=${severity}&amp;ruling=${ruling}" aria-label="${said}"><rect class="s-${colourOf(severity)} r-${ruling}" ${place}><title>${said}</title></rect></a>`
    }),
  )
  const texts = rows.map(({ severity, total }, index) => {
    const middle = round((tops[index] ?? 0) + bar / 2 + 4)
    const end = round(x(total) + 6)
    return `<text x="${LEFT - 8}" y="${middle}" text-anchor="end">${severity}</text><text class="dim" x="${end}" y="${middle}">${total}</text>`
  })
  const title = `${plural(image.findings.length, 'finding')} by severity and ruling`
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="group" aria-label="${title}">${bars.join('')}${texts.join('')}</svg><figcaption><ul class="keys">${keysOf(rows)}</ul><details><summary>In words</summary><ul>${wordsOf(rows)}</ul></details></figcaption></figure>`
}

function wordsOf(rows: readonly SeverityCount[]): string {
  const words = rows.map(({ severity, parts }) => {
    const said = parts.map(({ ruling, count }) => `${count} ${RULING_NAMES[ruling]}`)
    return `<li>${severity}: ${said.join(', ')}</li>`
  })
  return words.join('')
}

function keysOf(rows: readonly SeverityCount[]): string {
  const shown = RULINGS.filter((ruling) =>
    rows.some(({ parts }) => parts.some((part) => part.ruling === ruling)),
  )
  const keys = shown.map(
    (ruling) =>
      `<li><svg width="14" height="14" aria-hidden="true"><rect class="s-rest r-${ruling}" width="14" height="14"/></svg> ${RULING_NAMES[ruling]}</li>`,
  )
  return keys.join('')
}
