import { createHash } from 'node:crypto'
import type { ClairManifest } from './api.js'

/**
 * The manifest that Clair is asked to index. Its hash covers the layers, since Clair never indexes the same hash twice.
 * @param layers their digests, oldest first
 * @param place where a layer is served, and what to send with the request
 */
export function manifestFrom(
  layers: readonly string[],
  place: (layer: string) => Omit<ClairManifest['layers'][number], 'hash'>,
): ClairManifest {
  // A layer may occur twice in an image, but Clair wants each once: the last one, which decides the final files.
  const hashes = layers.filter((hash, index, all) => all.lastIndexOf(hash) === index)
  const hash = `sha256:${createHash('sha256').update(JSON.stringify(hashes)).digest('hex')}`
  return { hash, layers: hashes.map((layer) => ({ hash: layer, ...place(layer) })) }
}

/** @param layerUrl where layers are served, without a slash at the end */
export function manifestOf(diffIds: readonly string[], canaryLayer: string, layerUrl: string): ClairManifest {
  return manifestFrom([...diffIds, canaryLayer], (layer) => ({ uri: `${layerUrl}/${layer}`, headers: {} }))
}
