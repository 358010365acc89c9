import * as z from 'zod'
import type { InRegistry, RegistryManifest } from '../../model/in-registry.js'
import { isRunnable, MOST_PLATFORMS, platformNameOf } from '../../model/platforms.js'
import { hasCode } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { type Ask, openRepository, type RegistryOptions } from './http.js'
import { readRegistryLayers } from './layers.js'
import { configShape, leadsToImage, topShape } from './platforms.js'
import { digest, MANIFESTS, malformedAnswer, readDigest, readTop, shaped } from './registry.js'

const imageConfigShape = configShape.extend({
  rootfs: z.object({ diff_ids: z.array(digest).min(1).max(1000) }),
})

/** A manifest with its parts. */
interface ReadManifest extends RegistryManifest {
  readonly config: string
  readonly diffIds: readonly string[]
  readonly layers: readonly {
    readonly digest: string
    readonly size: number
    readonly annotations?: Readonly<Record<string, string>> | null | undefined
  }[]
}

/** What the registry has under a digest, and under a tag if the reference has no digest. */
export interface ReadBack extends InRegistry {
  readonly manifests: readonly (ReadManifest | (RegistryManifest & { readonly config: null }))[]
}

/**
 * Reads a manifest, or an index with all its manifests, and the config of each image in it. Everything read by digest
 * has that digest.
 * @param reference as it was judged, for the answer
 * @throws SeaworthyError registry-*, http-*
 */
export async function readInRegistry(
  reference: string,
  name: Reference,
  options: RegistryOptions,
): Promise<ReadBack> {
  const repository = `${name.registry}/${name.repository}`
  const ask = openRepository(name, options)
  const top = await readTop(ask, name, repository)
  const about = { reference, repository, digest: top.digest }
  const document = shaped(topShape, top.text, repository)
  if (document.manifests === undefined) {
    const manifest = await manifestOf(ask, top.digest, top.text, null, repository)
    return { ...about, isIndex: false, manifests: [manifest] }
  }
  const images = document.manifests.filter(({ platform }) => isRunnable(platform ?? null, false))
  if (images.length > MOST_PLATFORMS) {
    throw malformedAnswer(`the index names more than ${MOST_PLATFORMS} platforms`, repository)
  }
  const manifests = []
  for (const { digest: of, platform, artifactType, annotations } of images) {
    const text = await readDigest(ask, `manifests/${of}`, MANIFESTS, repository)
    const isOther = artifactType !== undefined || annotations?.['vnd.docker.reference.type'] !== undefined
    if (isRunnable(platform ?? null, isOther) || (await leadsToImage(ask, text, repository))) {
      manifests.push(await manifestOf(ask, of, text, platformNameOf(platform ?? null), repository))
    }
  }
  return { ...about, isIndex: true, manifests }
}

/** An index within an index is not an image that anybody judged. */
async function manifestOf(ask: Ask, of: string, text: string, contentType: string | null, where: string) {
  const { config, layers } = shaped(topShape, text, where)
  if (config === undefined || layers === undefined) {
    return { digest: of, config: null, platform: contentType ?? 'no platform' }
  }
  const about = await readDigest(ask, `blobs/${config.digest}`, '*/*', where)
  const read = imageConfigShape.safeParse(JSON.parse(about))
  if (!read.success) {
    // A document of another kind (such as an attestation without a platform).
    return { digest: of, config: null, platform: contentType ?? 'no platform' }
  }
  return {
    digest: of,
    config: config.digest,
    platform: contentType ?? platformNameOf(read.data),
    diffIds: read.data.rootfs.diff_ids,
    layers,
  }
}

/**
 * Proves that manifests can be pulled as they are: one layer for each diff_id, and each blob exists with the size
 * that the manifest states; `full` reads each layer and hashes it.
 * @throws SeaworthyError registry-*, http-*
 */
export async function proveManifests(
  name: Reference,
  manifests: readonly ReadBack['manifests'][number][],
  { full, ...options }: RegistryOptions & { readonly full: boolean },
): Promise<void> {
  const where = `${name.registry}/${name.repository}`
  const ask = openRepository(name, options)
  for (const manifest of manifests) {
    if (manifest.config === null) {
      throw malformedAnswer(`${manifest.digest} is not an image`, where)
    }
    const { layers, diffIds } = manifest
    if (layers.length !== diffIds.length) {
      throw malformedAnswer(
        `the manifest has ${layers.length} layers, but its config has ${diffIds.length}`,
        `${where}@${manifest.digest}`,
      )
    }
    for (const { digest: of, size } of layers) {
      await refuseMissing(ask, of, size, where)
    }
    if (full) {
      const image = { ...manifest, manifest: manifest.digest, diffIds, layers, created: null }
      await readRegistryLayers(name, image, Number.MAX_SAFE_INTEGER, options)
    }
  }
}

async function refuseMissing(ask: Ask, of: string, size: number, where: string): Promise<void> {
  const { headers } = await ask('HEAD', `blobs/${of}`, '*/*').catch((error: unknown) => {
    if (hasCode(error, 'registry-not-found')) {
      throw malformedAnswer(`the registry does not have the layer ${of} that the manifest lists`, where)
    }
    throw error
  })
  const contentLength = headers['content-length']
  if (contentLength !== undefined && Number(contentLength) !== size) {
    throw malformedAnswer(`the layer ${of} has ${contentLength} bytes, but the manifest says ${size}`, where)
  }
}
