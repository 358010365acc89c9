import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { SEVERITIES, type Severity } from '../../model/severity.js'
import { type ImageVerdict, RULINGS, type Ruling } from '../../model/verdict.js'
import { plural, RULING_NAMES } from '../view/counts.js'

/** Hardly wider than a phone: pictures shrink with the page, and their words with them (CSS pixels). */
export const WIDTH = 400
const BAR = 26
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
  const severities = [...SEVERITIES].reverse()
  const rows = severities
    .map((severity) => ({ severity, counts: countsOf(image, severity) }))
    .filter(({ counts }) => RULINGS.some((ruling) => counts[ruling] > 0))
  if (rows.length === 0) return '<p>No findings.</p>'
  const parts = stack<(typeof rows)[number], Ruling>()
    .keys([...RULINGS])
    .value(({ counts }, ruling) => counts[ruling])(rows)
  const totals = rows.map(({ counts }) => RULINGS.reduce((sum, ruling) => sum + counts[ruling], 0))
  const x = scaleLinear([0, Math.max(...totals)], [LEFT, WIDTH - RIGHT])
  const height = rows.length * BAR
  const y = scaleBand(
    rows.map(({ severity }) => severity),
    [0, height],
  ).padding(0.2)
  const bars = parts.flatMap((part) =>
    part.flatMap(([from, to], index) => {
      const severity = rows[index]?.severity ?? 'unknown'
      if (to === from) return []
      const said = `${severity}: ${to - from} ${RULING_NAMES[part.key]}`
      const place = `x="${round(x(from))}" y="${round(y(severity) ?? 0)}" width="${round(x(to) - x(from))}" height="${round(y.bandwidth())}"`
      return `<a href="#severity=${severity}&amp;ruling=${part.key}" aria-label="${said}"><rect class="s-${colourOf(severity)} r-${part.key}" ${place}><title>${said}</title></rect></a>`
    }),
  )
  const texts = rows.map(({ severity }, index) => {
    const middle = round((y(severity) ?? 0) + y.bandwidth() / 2 + 4)
    const end = round(x(totals[index] ?? 0) + 6)
    return `<text x="${LEFT - 8}" y="${middle}" text-anchor="end">${severity}</text><text class="dim" x="${end}" y="${middle}">${totals[index]}</text>`
  })
  const words = rows.map(
    ({ severity, counts }) =>
      `<li>${severity}: ${RULINGS.filter((ruling) => counts[ruling] > 0)
        .map((ruling) => `${counts[ruling]} ${RULING_NAMES[ruling]}`)
        .join(', ')}</li>`,
  )
  const keys = RULINGS.filter((ruling) => rows.some(({ counts }) => counts[ruling] > 0)).map(
    (ruling) =>
      `<li><svg width="14" height="14" aria-hidden="true"><rect class="s-rest r-${ruling}" width="14" height="14"/></svg> ${RULING_NAMES[ruling]}</li>`,
  )
  const title = `${plural(image.findings.length, 'finding')} by severity and ruling`
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="group" aria-label="${title}">${bars.join('')}${texts.join('')}</svg><figcaption><ul class="keys">${keys.join('')}</ul><details><summary>In words</summary><ul>${words.join('')}</ul></details></figcaption></figure>`
}

function countsOf({ findings }: ImageVerdict, severity: Severity): Record<Ruling, number> {
  const count = (ruling: Ruling) =>
    findings.filter((one) => one.severity === severity && one.ruling === ruling).length
  return Object.fromEntries(RULINGS.map((ruling) => [ruling, count(ruling)])) as Record<Ruling, number>
}

/** Coordinates to a tenth: the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
