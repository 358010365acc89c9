import { at, comparePlaces, type ImageVerdict } from '../../model/index.js'

/** From the bottom, which is number 1, to the top; `count`: how many findings each caused. */
export function layerViews({ layers, findings, dockerfile }: ImageVerdict) {
  return layers.map(({ diffId, createdBy }, index) => {
    const layerFindings = findings.filter(({ layer }) => layer === diffId)
    const lines = layerFindings.flatMap(({ line }) =>
      line?.certain === true && line.file === dockerfile.file ? [line] : [],
    )
    // The lines that they are certainly attributed to; a package may be older than its layer.
    const places = [...new Set(lines.sort(comparePlaces).map((line) => at(line)))]
    return { number: index + 1, count: layerFindings.length, places, createdBy: createdBy ?? '' }
  })
}

/** The number of the layer with that diff_id; of two, the upper one. */
export function layerNumber({ layers }: ImageVerdict, diffId: string): number | null {
  const index = layers.findLastIndex((layer) => layer.diffId === diffId)
  return index === -1 ? null : index + 1
}
