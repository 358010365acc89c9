import { createHash } from 'node:crypto'
import { type LayerFacts, type Reference, SeaworthyError } from '../../model/index.js'
import { unpacked } from '../archive/formats/decompress.js'
import { DEFAULT_LIMITS, newUsage } from '../archive/formats/limits.js'
import { settle } from '../archive/image/settle.js'
import { createLayerScan } from '../archive/layer/scan.js'
import { layerFactsOf } from '../archive/layer/writer.js'
import { openRepository, type RegistryOptions } from './http.js'
import { malformedAnswer, type RegistryImage } from './registry.js'

/**
 * Reads an image's layers from a registry without storing them. Each must have its diff_id.
 * @param maxBytes limit for the download, as stated in the manifest and as received
 * @throws SeaworthyError registry-*, http-*, archive-*
 */
export async function readRegistryLayers(
  reference: Reference,
  { layers, diffIds }: RegistryImage,
  maxBytes: number,
  options: RegistryOptions,
): Promise<readonly LayerFacts[]> {
  const where = `${reference.registry}/${reference.repository}`
  if (layers.length !== diffIds.length) {
    throw malformedAnswer('the manifest and the config list different numbers of layers', where)
  }
  const budget = { remainingBytes: maxBytes }
  if (layers.reduce((sum, { size }) => sum + size, 0) > maxBytes) {
    throw tooLarge(maxBytes, where)
  }
  const request = openRepository(reference, options)
  const usage = newUsage()
  const layersRead = []
  for (const [layerIndex, { digest }] of layers.entries()) {
    const { body, url } = await request('GET', `blobs/${digest}`, '*/*')
    const scan = createLayerScan(where, DEFAULT_LIMITS, usage)
    const hash = createHash('sha256')
    let size = 0
    for await (const bytes of unpacked(withByteLimit(body, budget, maxBytes, where), url, DEFAULT_LIMITS)) {
      size += bytes.length
      hash.update(bytes)
      scan.write(bytes)
    }
    const diffId = `sha256:${hash.digest('hex')}`
    if (diffId !== diffIds[layerIndex]) {
      throw malformedAnswer('a layer does not match its digest', where)
    }
    const scanned = scan.finish(null)
    const { paths, sampledPaths, listTexts, programs, credentials } = scanned
    // The layer is not stored, so no file can be summed later; owners of application files are not needed.
    const md5Of = () => null
    const layerFacts = layerFactsOf(diffId, size, scanned)
    layersRead.push({ layerFacts, paths, sampledPaths, listTexts, md5Of, programs, credentials })
  }
  return settle(layersRead)
}

async function* withByteLimit(
  body: AsyncIterable<Uint8Array>,
  budget: { remainingBytes: number },
  maxBytes: number,
  where: string,
): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    budget.remainingBytes -= chunk.length
    if (budget.remainingBytes < 0) {
      throw tooLarge(maxBytes, where)
    }
    yield Buffer.from(chunk)
  }
}

function tooLarge(maxBytes: number, where: string) {
  const what = `its layers add up to more than ${Math.round(maxBytes / 2 ** 20)} MiB, so they were not read`
  return new SeaworthyError({ code: 'registry-too-large', what, where })
}
