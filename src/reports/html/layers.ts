import { scaleLinear } from 'd3-scale'
import { at, comparePlaces } from '../../model/place.js'
import type { ImageVerdict } from '../../model/verdict.js'
import { escapeHtml as esc } from '../escape.js'
import { plural } from '../view/counts.js'
import { round, WIDTH } from './chart.js'

const HEIGHT = 44
const GAP = 3
/** Below the boxes, for their numbers. */
const FOOT = 18
/** A box has room for its number from this width on. */
const NUMBERED = 20
/** That many are told in words at once. */
const FEW = 8

/** Name of a layer in the page: its number from the bottom, from 1. */
export function layerNumbers(image: ImageVerdict): ReadonlyMap<string, number> {
  return new Map(image.layers.map(({ diffId }, index) => [diffId, index + 1]))
}

/** The image's layers from the bottom to the top, each filled by its share of the findings; a link filters the table. */
export function layerStrip(image: ImageVerdict): string {
  const { layers, findings } = image
  if (layers.length === 0) return ''
  const counts = layers.map(({ diffId }) => findings.filter(({ layer }) => layer === diffId).length)
  const most = Math.max(1, ...counts)
  const x = scaleLinear([0, layers.length], [0, WIDTH])
  const fill = scaleLinear([0, most], [0, HEIGHT])
  const boxes = layers.map((_, index) => {
    const count = counts[index] ?? 0
    const width = round(Math.max(1, x(1) - GAP))
    const left = round(x(index))
    const said = `layer ${index + 1} of ${layers.length}: ${plural(count, 'finding')}`
    const share = round(fill(count))
    const number =
      width < NUMBERED
        ? ''
        : `<text x="${round(left + width / 2)}" y="${HEIGHT + FOOT - 4}" text-anchor="middle">${index + 1}</text>`
    const box = `<rect class="layer" x="${left}" y="0" width="${width}" height="${HEIGHT}"/><rect class="share" x="${left}" y="${round(HEIGHT - share)}" width="${width}" height="${share}"/><title>${said}</title>${number}`
    return count === 0 ? `<g>${box}</g>` : `<a href="#layer=${index + 1}" aria-label="${said}">${box}</a>`
  })
  const rows = layers.map(({ createdBy }, index) => {
    const count = counts[index] ?? 0
    const link = count === 0 ? '0' : `<a href="#layer=${index + 1}">${count}</a>`
    const lines = linesOf(image, layers[index]?.diffId)
    return `<tr><td data-head="layer">${index + 1}</td><td data-head="findings">${link}</td><td data-head="lines of the findings">${lines}</td><td data-head="made by"><code>${esc(createdBy ?? '', 160)}</code></td></tr>`
  })
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" width="${WIDTH}" height="${HEIGHT + FOOT}" role="group" aria-label="Findings by layer, the lowest first">${boxes.join('')}</svg><figcaption><details${layers.length > FEW ? '' : ' open'}><summary>Layers in words</summary><div class="wide"><table><thead><tr><th scope="col">layer</th><th scope="col">findings</th><th scope="col">lines of the findings</th><th scope="col">made by</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details></figcaption></figure>`
}

/** Lines of the Dockerfile that the findings of a layer are surely laid to; a package may be older than its layer. */
function linesOf({ findings, dockerfile }: ImageVerdict, diffId: string | undefined): string {
  const lines = findings.flatMap(({ layer, line }) =>
    layer === diffId && line?.certain === true && line.file === dockerfile.file ? [line] : [],
  )
  const places = [...new Set(lines.sort(comparePlaces).map((line) => at(line)))]
  return places.map((place) => `<code>${esc(place)}</code>`).join(', ')
}
