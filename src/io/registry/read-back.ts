import * as z from 'zod'
import {
  type InRegistry,
  isRunnable,
  MAX_PLATFORMS,
  platformNameOf,
  type Reference,
  type RegistryManifest,
} from '../../model/index.js'
import { INDEX_KEYS } from '../archive/formats/keys.js'
import { openRepository, type RegistryOptions, type RegistryRequest } from './http.js'
import { proveRegistryLayers } from './layers.js'
import { configShape, isImageManifest, manifestOrIndexShape } from './platforms.js'
import {
  digestShape,
  ifNotFound,
  MANIFEST_TYPES,
  malformedAnswer,
  parseShape,
  readDigest,
  readTop,
} from './registry.js'

const imageConfigShape = configShape.extend({
  rootfs: z.object({ diff_ids: z.array(digestShape).min(1).max(1000) }),
})

interface ReadManifest extends RegistryManifest {
  readonly config: string
  readonly diffIds: readonly string[]
  readonly layers: NonNullable<z.infer<typeof manifestOrIndexShape>['layers']>
}

/** What the registry returns for a digest, or for a tag if the reference has no digest. */
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
  const request = openRepository(name, options)
  const top = await readTop(request, name, repository)
  const imageFacts = { reference, repository, digest: top.digest }
  const document = parseShape(manifestOrIndexShape, top.text, repository, INDEX_KEYS)
  if (document.manifests === undefined) {
    const manifest = await manifestOf(request, top.digest, top.text, null, repository)
    return { ...imageFacts, isIndex: false, manifests: [manifest] }
  }
  const images = document.manifests.filter(({ platform }) => isRunnable(platform ?? null, false))
  if (images.length > MAX_PLATFORMS) {
    throw malformedAnswer(`the index names more than ${MAX_PLATFORMS} platforms`, repository)
  }
  const manifests = []
  for (const { digest: manifestDigest, platform, artifactType, annotations } of images) {
    const text = await readDigest(request, `manifests/${manifestDigest}`, MANIFEST_TYPES, repository)
    const isNotAnImage =
      artifactType !== undefined || annotations?.['vnd.docker.reference.type'] !== undefined
    if (isRunnable(platform ?? null, isNotAnImage) || (await isImageManifest(request, text, repository))) {
      const platformName = platformNameOf(platform ?? null)
      manifests.push(await manifestOf(request, manifestDigest, text, platformName, repository))
    }
  }
  return { ...imageFacts, isIndex: true, manifests }
}

/** An index within an index is not an image that anybody judged. */
async function manifestOf(
  request: RegistryRequest,
  manifestDigest: string,
  text: string,
  indexPlatform: string | null,
  where: string,
) {
  const { config, layers } = parseShape(manifestOrIndexShape, text, where, INDEX_KEYS)
  const notAnImage = { digest: manifestDigest, config: null, platform: indexPlatform ?? 'no platform' }
  if (config === undefined || layers === undefined) {
    return notAnImage
  }
  const configText = await readDigest(request, `blobs/${config.digest}`, '*/*', where)
  const imageConfig = imageConfigShape.safeParse(JSON.parse(configText))
  if (!imageConfig.success) {
    // A document of another kind (such as an attestation without a platform).
    return notAnImage
  }
  return {
    digest: manifestDigest,
    config: config.digest,
    platform: indexPlatform ?? platformNameOf(imageConfig.data),
    diffIds: imageConfig.data.rootfs.diff_ids,
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
  { full: hashLayers, ...options }: RegistryOptions & { readonly full: boolean },
): Promise<void> {
  const where = `${name.registry}/${name.repository}`
  const request = openRepository(name, options)
  for (const manifest of manifests) {
    if (manifest.config === null) {
      throw malformedAnswer(`${manifest.digest} is not an image`, where)
    }
    const { layers, diffIds } = manifest
    if (layers.length !== diffIds.length) {
      const what = `the manifest has ${layers.length} layers, but its config has ${diffIds.length}`
      throw malformedAnswer(what, `${where}@${manifest.digest}`)
    }
    for (const { digest: layerDigest, size } of layers) {
      await refuseMissingLayer(request, layerDigest, size, where)
    }
    if (hashLayers) {
      const image = { ...manifest, manifest: manifest.digest, diffIds, layers, created: null }
      await proveRegistryLayers(name, image, options)
    }
  }
}

async function refuseMissingLayer(
  request: RegistryRequest,
  layerDigest: string,
  size: number,
  where: string,
): Promise<void> {
  const answer = await request('HEAD', `blobs/${layerDigest}`, '*/*').catch(ifNotFound(null))
  if (answer === null) {
    const what = `the registry does not have the layer ${layerDigest} that the manifest lists`
    throw malformedAnswer(what, where)
  }
  const contentLength = answer.headers['content-length']
  if (contentLength !== undefined && Number(contentLength) !== size) {
    const what = `the layer ${layerDigest} has ${contentLength} bytes, but the manifest says ${size}`
    throw malformedAnswer(what, where)
  }
}
