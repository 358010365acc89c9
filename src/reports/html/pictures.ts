import { type ImageVerdict, plural, RULINGS, type Severity } from '../../model/index.js'
import { escapeHtml as esc } from '../escape.js'
import { RULING_NAMES, type SeverityCount, severityCounts } from '../view/counts.js'
import { layerViews } from '../view/layers.js'
import { tasksOf } from '../view/tasks.js'
import { foldedHtml, tableHtml } from './parts.js'

/** The pictures of the page, as SVG: findings by severity, and the image's layers. */

/** Hardly wider than a phone: pictures shrink with the page, including their text (CSS pixels). */
const WIDTH = 400

/** Height of a row of the chart; a fifth of it is the gap between two bars. */
const ROW = 26
const BETWEEN = 0.2
const LABEL_WIDTH = 84
const RIGHT = 40

/** In the strip of layers: the height of a box, and the gap between two. */
const HEIGHT = 44
const GAP = 3
/** Below the boxes, for their numbers. */
const AXIS_HEIGHT = 18
/** A box has room for its number from this width on. */
const NUMBERED = 20
/** Of the chart of tasks. */
const TASK_LABEL_WIDTH = 64
const MAX_BARS = 10
const SEVERITY_COLOURS = ['critical', 'high', 'medium', 'low', 'rest'] as const
const HEADS = ['layer', 'findings', 'lines with findings', 'made by']

/**
 * Findings by severity, each bar divided by ruling, as SVG. Each part is a link that filters the table; a list next
 * to it says the same in words.
 */
export function severityChart(image: ImageVerdict): string {
  const rows = severityCounts(image)
  if (rows.length === 0) {
    return ''
  }
  const x = scaleOf(Math.max(...rows.map(({ total }) => total)), LABEL_WIDTH, WIDTH - RIGHT)
  const height = rows.length * ROW
  // The gap below the last bar equals the one above the first.
  const step = height / (rows.length + BETWEEN)
  const bar = step * (1 - BETWEEN)
  const tops = rows.map((_, index) => step * (index + BETWEEN))
  const bars = RULINGS.flatMap((ruling) =>
    rows.flatMap(({ severity, parts }, index) => {
      const at = parts.findIndex((part) => part.ruling === ruling)
      const count = parts[at]?.count ?? 0
      if (count === 0) {
        return []
      }
      const from = parts.slice(0, at).reduce((sum, part) => sum + part.count, 0)
      const label = `${severity}: ${count} ${RULING_NAMES[ruling]}`
      const place = `x="${round(x(from))}" y="${round(tops[index] ?? 0)}" width="${round(x(from + count) - x(from))}" height="${round(bar)}"`
      return `<a href="#severity=${severity}&amp;ruling=${ruling}" aria-label="${label}"><rect class="s-${colourOf(severity)} r-${ruling}" ${place}><title>${label}</title></rect></a>`
    }),
  )
  const texts = rows.map(({ severity, total }, index) => {
    const middle = round((tops[index] ?? 0) + bar / 2 + 4)
    const end = round(x(total) + 6)
    return `<text x="${LABEL_WIDTH - 8}" y="${middle}" text-anchor="end">${severity}</text><text class="dim" x="${end}" y="${middle}">${total}</text>`
  })
  const title = `${plural(image.findings.length, 'finding')} by severity and ruling`
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="group" aria-label="${title}">${bars.join('')}${texts.join('')}</svg><figcaption><ul class="keys">${keysOf(rows)}</ul>${foldedHtml('In words', `<ul>${legendOf(rows)}</ul>`)}</figcaption></figure>`
}

function legendOf(rows: readonly SeverityCount[]): string {
  const texts = rows.map(({ severity, parts }) => {
    const countTexts = parts.map(({ ruling, count }) => `${count} ${RULING_NAMES[ruling]}`)
    return `<li>${severity}: ${countTexts.join(', ')}</li>`
  })
  return texts.join('')
}

function keysOf(rows: readonly SeverityCount[]): string {
  const found = new Set(rows.flatMap(({ parts }) => parts.map(({ ruling }) => ruling)))
  const shown = RULINGS.filter((ruling) => found.has(ruling))
  return shown.map((ruling) => keyHtml(`s-rest r-${ruling}`, RULING_NAMES[ruling])).join('')
}

/** What a part of a picture with these classes stands for. */
function keyHtml(classes: string, name: string): string {
  return `<li><svg width="14" height="14" aria-hidden="true"><rect class="${classes}" width="14" height="14"/></svg> ${name}</li>`
}

/**
 * Findings that block, by the task that settles them, each bar divided by severity, as SVG: what would help most. Nothing if
 * no task settles one.
 */
export function taskChart(image: ImageVerdict): string {
  const rows = tasksOf(image)
    .map(({ title, findings }, index) => {
      const parts = SEVERITY_COLOURS.map((colour) => {
        return { colour, count: findings.filter(({ severity }) => colourOf(severity) === colour).length }
      })
      return {
        number: index + 1,
        title,
        total: findings.length,
        parts: parts.filter(({ count }) => count > 0),
      }
    })
    .filter(({ total }) => total > 0)
    .slice(0, MAX_BARS)
  if (rows.length === 0) {
    return ''
  }
  const all = rows.reduce((sum, { total }) => sum + total, 0)
  const x = scaleOf(Math.max(...rows.map(({ total }) => total)), TASK_LABEL_WIDTH, WIDTH - RIGHT)
  const bars = rows.map(({ number, total, parts }, index) => {
    const [top, middle] = [index * ROW + 3, index * ROW + 17]
    let from = 0
    const boxes = parts.map(({ colour, count }) => {
      const box = `<rect class="s-${colour}" x="${round(x(from))}" y="${top}" width="${round(x(from + count) - x(from))}" height="${ROW - 6}"><title>${count} ${colour === 'rest' ? 'of other severity' : colour}</title></rect>`
      from += count
      return box
    })
    return `<text x="${TASK_LABEL_WIDTH - 8}" y="${middle}" text-anchor="end">task ${number}</text>${boxes.join('')}<text class="dim" x="${round(x(total) + 6)}" y="${middle}">${total}</text>`
  })
  const items = rows.map(({ number, title, total, parts }) => {
    const severities = parts.map(({ colour, count }) => `${count} ${nameOf(colour)}`)
    return `<li>task ${number}, ${esc(title)}: ${total} of ${all} (${severities.join(', ')})</li>`
  })
  const height = rows.length * ROW
  const used = SEVERITY_COLOURS.filter((one) =>
    rows.some(({ parts }) => parts.some(({ colour }) => colour === one)),
  )
  const keys = used.map((colour) => keyHtml(`s-${colour}`, nameOf(colour)))
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Blocking findings by task">${bars.join('')}</svg><figcaption><ul class="keys">${keys.join('')}</ul>${foldedHtml('In words', `<ul>${items.join('')}</ul>`)}</figcaption></figure>`
}

type Colour = (typeof SEVERITY_COLOURS)[number]

const nameOf = (colour: Colour) => (colour === 'rest' ? 'other' : colour)

/** Rare and unknown severities share a colour. */
function colourOf(severity: Severity): Colour {
  return SEVERITY_COLOURS.find((colour) => colour === severity) ?? 'rest'
}

/**
 * The image's layers from the bottom to the top, each filled by its share of the findings; a link filters the table.
 */
export function layerStrip(image: ImageVerdict): string {
  const layers = layerViews(image)
  if (layers.length === 0) {
    return ''
  }
  const maxCount = Math.max(1, ...layers.map(({ count }) => count))
  const x = scaleOf(layers.length, 0, WIDTH)
  const fill = scaleOf(maxCount, 0, HEIGHT)
  const boxes = layers.map(({ number, count }, index) => {
    const width = round(Math.max(1, x(1) - GAP))
    const left = round(x(index))
    const tooltip = `layer ${number} of ${layers.length}: ${plural(count, 'finding')}`
    const share = round(fill(count))
    const numberText = `<text x="${round(left + width / 2)}" y="${HEIGHT + AXIS_HEIGHT - 4}" text-anchor="middle">${number}</text>`
    const label = width < NUMBERED ? '' : numberText
    const box = `<rect class="layer" x="${left}" y="0" width="${width}" height="${HEIGHT}"/><rect class="share" x="${left}" y="${round(HEIGHT - share)}" width="${width}" height="${share}"/><title>${tooltip}</title>${label}`
    return count === 0 ? `<g>${box}</g>` : `<a href="#layer=${number}" aria-label="${tooltip}">${box}</a>`
  })
  const rows = layers.map(({ number, count, places, createdBy }) => [
    String(number),
    count === 0 ? '0' : `<a href="#layer=${number}">${count}</a>`,
    places.map((place) => `<code>${esc(place)}</code>`).join(', '),
    `<code>${esc(createdBy, 160)}</code>`,
  ])
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + AXIS_HEIGHT}" width="${WIDTH}" height="${HEIGHT + AXIS_HEIGHT}" role="group" aria-label="Findings by layer, the lowest first">${boxes.join('')}</svg><figcaption>${foldedHtml('In words', tableHtml(HEADS, rows))}</figcaption></figure>`
}

/** The coordinate of a count from 0 to `most` between two coordinates. @param most above 0 */
export function scaleOf(most: number, from: number, to: number): (count: number) => number {
  return (count) => {
    const share = count / most
    return from * (1 - share) + to * share
  }
}

/** Coordinates to a tenth: the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
