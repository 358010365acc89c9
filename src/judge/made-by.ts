import type { Image } from '../model/image.js'
import type { VerdictLayer } from '../model/verdict.js'

/**
 * The layers with the lines of the history that made them: layer n belongs to the n-th line that is no empty layer
 * (OCI image-spec, config.md). Where the counts differ, nothing is said of any.
 */
export function madeBy({ layers, history }: Image): VerdictLayer[] {
  const lines = history.filter(({ emptyLayer }) => !emptyLayer)
  const fits = lines.length === layers.length
  return layers.map(({ diffId }, index) => ({
    diffId,
    createdBy: fits ? (lines[index]?.createdBy ?? lines[index]?.comment ?? null) : null,
  }))
}
