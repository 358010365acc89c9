import { createHash } from 'node:crypto'
import type { LayerFacts } from '../../model/image.js'
import { SeaworthyError } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { settle } from '../archive/assemble.js'
import { unpacked } from '../archive/decompress.js'
import { createLayerScan } from '../archive/layer-scan.js'
import { layerFactsOf } from '../archive/layer-writer.js'
import { DEFAULT_LIMITS, noUsage } from '../archive/limits.js'
import { openRepository, type RegistryOptions } from './http.js'
import { malformedAnswer, type RegistryImage } from './registry.js'

/**
 * The content of an image's layers in a registry, read as they pass and stored nowhere. Each must have its diff_id.
 * @param mostBytes limit for the download, as stated in the manifest and as received
 * @throws SeaworthyError registry-*, http-*, archive-*
 */
export async function readRegistryLayers(
  reference: Reference,
  { layers, diffIds }: RegistryImage,
  mostBytes: number,
  options: RegistryOptions,
): Promise<readonly LayerFacts[]> {
  const where = `${reference.registry}/${reference.repository}`
  if (layers.length !== diffIds.length) {
    throw malformedAnswer('the manifest and the config list different numbers of layers', where)
  }
  const budget = { left: mostBytes }
  if (layers.reduce((sum, { size }) => sum + size, 0) > mostBytes) {
    throw tooLarge(mostBytes, where)
  }
  const ask = openRepository(reference, options)
  const usage = noUsage()
  const read = []
  for (const [at, { digest }] of layers.entries()) {
    const { body, url } = await ask('GET', `blobs/${digest}`, '*/*')
    const scan = createLayerScan(where, DEFAULT_LIMITS, usage)
    const hash = createHash('sha256')
    let size = 0
    for await (const bytes of unpacked(limited(body, budget, mostBytes, where), url, DEFAULT_LIMITS)) {
      size += bytes.length
      hash.update(bytes)
      scan.write(bytes)
    }
    const diffId = `sha256:${hash.digest('hex')}`
    if (diffId !== diffIds[at]) {
      throw malformedAnswer('a layer does not match its digest', where)
    }
    const scanned = scan.finish(null)
    const { paths, samples, lists, programs } = scanned
    // Nothing is stored that could be read again, and nobody asks who owns the applications in it.
    const sumOf = () => null
    read.push({ about: layerFactsOf(diffId, size, scanned), paths, samples, lists, sumOf, programs })
  }
  return settle(read)
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  budget: { left: number },
  mostBytes: number,
  where: string,
): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    budget.left -= chunk.length
    if (budget.left < 0) {
      throw tooLarge(mostBytes, where)
    }
    yield Buffer.from(chunk)
  }
}

function tooLarge(mostBytes: number, where: string) {
  const what = `its layers add up to more than ${Math.round(mostBytes / 2 ** 20)} MiB, so they were not read`
  return new SeaworthyError({ code: 'registry-too-large', what, where })
}
