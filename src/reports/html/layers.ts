import type { ImageVerdict } from '../../model/verdict.js'
import { escapeHtml as esc } from '../escape.js'
import { plural } from '../view/counts.js'
import { layersOf } from '../view/layers.js'
import { tableHtml } from './parts.js'
import { round, scaleOf, WIDTH } from './scale.js'

const HEADS = ['layer', 'findings', 'lines of the findings', 'made by']
const HEIGHT = 44
const GAP = 3
/** Below the boxes, for their numbers. */
const FOOT = 18
/** A box has room for its number from this width on. */
const NUMBERED = 20
/** That many are told in words at once. */
const FEW = 8

/** The image's layers from the bottom to the top, each filled by its share of the findings; a link filters the table. */
export function layerStrip(image: ImageVerdict): string {
  const layers = layersOf(image)
  if (layers.length === 0) return ''
  const most = Math.max(1, ...layers.map(({ count }) => count))
  const x = scaleOf(layers.length, 0, WIDTH)
  const fill = scaleOf(most, 0, HEIGHT)
  const boxes = layers.map(({ number, count }, index) => {
    const width = round(Math.max(1, x(1) - GAP))
    const left = round(x(index))
    const said = `layer ${number} of ${layers.length}: ${plural(count, 'finding')}`
    const share = round(fill(count))
    const label =
      width < NUMBERED
        ? ''
        : `<text x="${round(left + width / 2)}" y="${HEIGHT + FOOT - 4}" text-anchor="middle">${number}</text>`
    const box = `<rect class="layer" x="${left}" y="0" width="${width}" height="${HEIGHT}"/><rect class="share" x="${left}" y="${round(HEIGHT - share)}" width="${width}" height="${share}"/><title>${said}</title>${label}`
    return count === 0 ? `<g>${box}</g>` : `<a href="#layer=${number}" aria-label="${said}">${box}</a>`
  })
  const rows = layers.map(({ number, count, places, createdBy }) => [
    String(number),
    count === 0 ? '0' : `<a href="#layer=${number}">${count}</a>`,
    places.map((place) => `<code>${esc(place)}</code>`).join(', '),
    `<code>${esc(createdBy, 160)}</code>`,
  ])
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" width="${WIDTH}" height="${HEIGHT + FOOT}" role="group" aria-label="Findings by layer, the lowest first">${boxes.join('')}</svg><figcaption><details${layers.length > FEW ? '' : ' open'}><summary>Layers in words</summary>${tableHtml(HEADS, rows)}</details></figcaption></figure>`
}
