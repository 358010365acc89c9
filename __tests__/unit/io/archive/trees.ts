import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_LIMITS, newUsage } from '../../../../src/io/archive/formats/limits.js'
import { createLayerWriter } from '../../../../src/io/archive/store/layer-writer.js'
import { createSpool } from '../../../../src/io/archive/store/spool.js'
import { type LayerTree, openLayer } from '../../../../src/io/archive/tree/layer-tree.js'
import { type Entry, tarOf } from './build.js'

/** Layers of these entries, stored and indexed as those of an archive; they exist while `action` runs. */
export async function withTrees<T>(
  layers: readonly (readonly Entry[])[],
  action: (trees: readonly LayerTree[]) => T | Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'trees-'))
  const trees: LayerTree[] = []
  try {
    const spool = createSpool(directory, Number.MAX_SAFE_INTEGER)
    for (const entries of layers) {
      const writer = createLayerWriter({ limits: DEFAULT_LIMITS, usage: newUsage(), spool }, 'test')
      writer.write(tarOf(entries))
      const { layer } = writer.finish()
      if (layer instanceof Error) {
        throw layer
      }
      trees.push(openLayer(layer))
    }
    return await action(trees)
  } finally {
    for (const tree of trees) {
      tree.close()
    }
    rmSync(directory, { recursive: true })
  }
}
