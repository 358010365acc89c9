import { createHash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type LayerFacts, type Reference, SeaworthyError } from '../../model/index.js'
import { unpacked } from '../archive/formats/decompress.js'
import { DEFAULT_LIMITS, newUsage } from '../archive/formats/limits.js'
import { freeBytesAt } from '../archive/image/image-archive.js'
import { readImage } from '../archive/readers/image.js'
import { createLayerWriter, type StoredLayer } from '../archive/store/layer-writer.js'
import { createSpool } from '../archive/store/spool.js'
import { makeTemporary } from '../files/temporary.js'
import { openRepository, type RegistryOptions } from './http.js'
import { malformedAnswer, type RegistryImage } from './registry.js'

/**
 * Reads the files of an image from a registry. Each layer must have its diff_id.
 * @param maxBytes limit for the download, as stated in the manifest and as received
 * @throws SeaworthyError registry-*, http-*, archive-*, no-space
 */
export async function readRegistryLayers(
  reference: Reference,
  image: RegistryImage,
  maxBytes: number,
  options: RegistryOptions,
): Promise<readonly LayerFacts[]> {
  const where = `${reference.registry}/${reference.repository}`
  const folder = makeTemporary(randomBytes(6).toString('hex'))
  try {
    const usage = newUsage()
    const spool = createSpool(folder, freeBytesAt(folder))
    const layers: StoredLayer[] = []
    for await (const tar of tarsOf(reference, image, maxBytes, options)) {
      const writer = createLayerWriter({ limits: DEFAULT_LIMITS, usage, spool }, where)
      for await (const bytes of tar) {
        writer.write(bytes)
      }
      const { layer } = writer.finish()
      if (layer instanceof SeaworthyError) {
        throw layer
      }
      layers.push(layer)
    }
    const { signal } = options
    const context = { reference: where, limits: DEFAULT_LIMITS, usage, scanned: new Map(), signal }
    return await readImage(layers, { config: {} }, context)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Proves that each layer of an image in a registry has its diff_id.
 * @throws SeaworthyError registry-*, http-*, archive-*
 */
export async function proveRegistryLayers(
  reference: Reference,
  image: RegistryImage,
  options: RegistryOptions,
): Promise<void> {
  for await (const tar of tarsOf(reference, image, Number.MAX_SAFE_INTEGER, options)) {
    for await (const _ of tar) {
      // It is hashed on the way.
    }
  }
}

/** The tar of each layer, which ends with an error if it does not have its diff_id. */
async function* tarsOf(
  reference: Reference,
  { layers, diffIds }: RegistryImage,
  maxBytes: number,
  options: RegistryOptions,
): AsyncGenerator<AsyncIterable<Buffer>> {
  const where = `${reference.registry}/${reference.repository}`
  if (layers.length !== diffIds.length) {
    throw malformedAnswer('the manifest and the config list different numbers of layers', where)
  }
  const budget = { remainingBytes: maxBytes }
  if (layers.reduce((sum, { size }) => sum + size, 0) > maxBytes) {
    throw tooLarge(maxBytes, where)
  }
  const request = openRepository(reference, options)
  for (const [layerIndex, { digest }] of layers.entries()) {
    const { body, url } = await request('GET', `blobs/${digest}`, '*/*')
    const tar = unpacked(withByteLimit(body, budget, maxBytes, where), url, DEFAULT_LIMITS)
    yield withDiffId(tar, diffIds[layerIndex] ?? '', where)
  }
}

async function* withDiffId(
  tar: AsyncIterable<Buffer>,
  diffId: string,
  where: string,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const bytes of tar) {
    hash.update(bytes)
    yield bytes
  }
  if (`sha256:${hash.digest('hex')}` !== diffId) {
    throw malformedAnswer('a layer does not match its digest', where)
  }
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
