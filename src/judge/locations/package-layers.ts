import { mainPackages, readPackages } from '../../debian/packages.js'
import type { Binary } from '../../model/finding.js'
import type { LayerFacts } from '../../model/image.js'
import { applyLayer, emptyRoot } from '../../model/layers.js'

/** A package as it is installed: another version, or architecture, is another one. */
export function keyOf({ name, version, architecture }: Binary): string {
  return `${name}:${architecture}=${version}`
}

/**
 * Index of the layer that brought each package of dpkg's own database in the version it has: the first from which on
 * it is there without a break. Empty where the databases of the layers cannot be read.
 */
export function packageLayers(layers: readonly LayerFacts[]): ReadonlyMap<string, number> {
  const root = emptyRoot()
  let since = new Map<string, number>()
  let before = ''
  for (const [index, layer] of layers.entries()) {
    applyLayer(root, layer)
    const files = [...root.files].filter(([path]) => path.startsWith('var/lib/dpkg/status'))
    const now = files.map(([path, { diffId }]) => `${path} ${diffId}`).join('\n')
    if (now === before) continue
    before = now
    const packages = installed(Object.fromEntries(files.map(([path, { text }]) => [path, text])))
    if (packages === null) return new Map()
    since = new Map(packages.map((key) => [key, since.get(key) ?? index]))
  }
  return since
}

function installed(files: Readonly<Record<string, string>>): string[] | null {
  if (Object.keys(files).length === 0) return []
  try {
    return mainPackages(readPackages({ files, unreadable: {} })).map(keyOf)
  } catch {
    return null
  }
}
