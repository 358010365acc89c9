import { randomBytes } from 'node:crypto'
import type { Reference } from '../../model/reference.js'
import { readImageBlobs } from '../archive/image-archive.js'
import { tocClaimsIn } from '../archive/toc-claims.js'
import { makeTemporary, removeTemporary } from '../files/temporary.js'
import type { RegistryOptions } from '../registry/http.js'
import { readRegistryBlobs } from '../registry/platforms.js'
import type { ReadBack } from '../registry/read-back.js'

/**
 * Images in a registry whose manifests offer lazy pulling are read whole: what was judged may be from an engine that
 * does not keep layers as the registry has them, and a table of contents is not part of a layer's diff_id.
 * @throws SeaworthyError registry-*, http-*, archive-*, no-space
 */
export async function compareTocs(
  name: Reference,
  manifests: ReadBack['manifests'],
  options: RegistryOptions,
): Promise<void> {
  for (const { digest, platform, ...one } of manifests) {
    const layers = one.config === null ? [] : one.layers
    if (layers.some(({ annotations }) => tocClaimsIn(annotations).length > 0)) {
      const run = randomBytes(6).toString('hex')
      const directory = makeTemporary(run)
      try {
        const reference = `${name.registry}/${name.repository}@${digest}`
        const blobs = readRegistryBlobs(name, { digest, platform }, options)
        await readImageBlobs(blobs, { reference, select: {}, directory, signal: options.signal })
      } finally {
        removeTemporary(run)
      }
    }
  }
}
