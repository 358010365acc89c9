import { Readable } from 'node:stream'
import * as z from 'zod'
import {
  isPlatform,
  isRunnable,
  MAX_PLATFORMS,
  type NamedPlatform,
  platformNameOf,
  type Reference,
} from '../../model/index.js'
import { CONFIG_KEYS, INDEX_KEYS } from '../archive/formats/keys.js'
import { blobName, isImageConfig } from '../archive/image/documents.js'
import type { ImageBlob } from '../archive/image/listing.js'
import { downloadAll } from './downloads.js'
import { openRepository, type RegistryOptions, type RegistryRequest } from './http.js'
import {
  digestShape,
  ifNotFound,
  MANIFEST_TYPES,
  malformedAnswer,
  parseShape,
  platformShape,
  readDigest,
  readTop,
} from './registry.js'

const annotationsShape = z.record(z.string(), z.string()).nullish()
const descriptorShape = z.object({
  mediaType: z.string().optional(),
  digest: digestShape,
  size: z.int().min(0),
  annotations: annotationsShape,
})
const indexEntryShape = z.object({
  digest: digestShape,
  platform: platformShape.nullish(),
  artifactType: z.string().optional(),
  annotations: annotationsShape,
})

/**
 * An index or a manifest (OCI image-spec; Docker's have the same form). A document that is both would be read
 * differently by others (CVE-2021-41190), so it is refused.
 */
export const manifestOrIndexShape = z.union([
  z.object({
    manifests: z.array(indexEntryShape).max(MAX_PLATFORMS * 2),
    config: z.undefined().optional(),
    layers: z.undefined().optional(),
  }),
  z.object({
    config: descriptorShape,
    layers: z.array(descriptorShape).max(1000),
    manifests: z.undefined().optional(),
  }),
])
export const configShape = z.object({
  os: z.string().default('linux'),
  architecture: z.string(),
  variant: z.string().optional(),
  rootfs: z.object({ diff_ids: z.array(digestShape).max(1000) }).optional(),
})

/** The platforms of an index, each once; `named` is `null` if the name is that of a single manifest. */
export async function readRegistryPlatforms(
  reference: Reference,
  options: RegistryOptions,
): Promise<{
  readonly digest: string
  readonly text: string
  readonly named: readonly NamedPlatform[] | null
}> {
  const where = `${reference.registry}/${reference.repository}`
  const request = openRepository(reference, options)
  const { digest: topDigest, text } = await readTop(request, reference, where)
  const { manifests } = parseShape(manifestOrIndexShape, text, where, INDEX_KEYS)
  if (manifests === undefined) {
    return { digest: topDigest, text, named: null }
  }
  const platforms = await Promise.all(
    manifests.map(async ({ digest, platform, artifactType, annotations }): Promise<NamedPlatform> => {
      const isNotAnImage =
        artifactType !== undefined || annotations?.['vnd.docker.reference.type'] !== undefined
      const listed = { digest, platform: platformNameOf(platform ?? null) }
      const isImage = isRunnable(platform ?? null, isNotAnImage)
      return isImage || platform
        ? { ...listed, isImage, isWhole: true }
        : { ...listed, ...(await readEntryKindByConfig(request, digest, where)) }
    }),
  )
  const isFirst = ({ digest, platform }: NamedPlatform, at: number) =>
    platforms.findIndex((candidate) => candidate.digest === digest && candidate.platform === platform) === at
  return { digest: topDigest, text, named: platforms.filter(isFirst) }
}

type EntryKind = Pick<NamedPlatform, 'isImage' | 'isWhole'>

/**
 * The kind of an index entry that has no platform and is marked as something other than an image. Engines
 * decide by its target: if the entry has no platform, the config's counts (containerd's `images.Manifest`),
 * and it is run as an image.
 */
async function readEntryKindByConfig(
  request: RegistryRequest,
  manifestDigest: string,
  where: string,
): Promise<EntryKind> {
  const read = async () => {
    const text = await readDigest(request, `manifests/${manifestDigest}`, MANIFEST_TYPES, where)
    return { isImage: await isImageManifest(request, text, where), isWhole: true }
  }
  return read().catch(ifNotFound({ isImage: true, isWhole: false }))
}

/** By the content of its config; an index may lead to an image, so it counts as one. */
export async function isImageManifest(
  request: RegistryRequest,
  manifest: string,
  where: string,
): Promise<boolean> {
  const { config } = parseShape(manifestOrIndexShape, manifest, where, INDEX_KEYS)
  return (
    config === undefined || isImageConfig(await readDigest(request, `blobs/${config.digest}`, '*/*', where))
  )
}

/** The kind of a manifest that an engine names. @throws SeaworthyError registry-*, http-* */
export function readEntryKind(
  reference: Reference,
  manifestDigest: string,
  options: RegistryOptions,
): Promise<EntryKind> {
  const where = `${reference.registry}/${reference.repository}`
  return readEntryKindByConfig(openRepository(reference, options), manifestDigest, where)
}

/** The documents of one image in a registry, and the blobs of its layers. */
interface FetchedManifest {
  readonly digest: string
  readonly manifest: string
  readonly config: { readonly digest: string; readonly text: string }
  readonly platform: string
  readonly diffIds: readonly string[]
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
}

export interface ImageInRegistry extends FetchedManifest {
  readonly reference: Reference
}

/**
 * @param digest of a manifest
 * @param platform what it is for according to the index; the config has to agree
 * @param text the manifest, if it was read before
 * @throws SeaworthyError registry-*, http-*
 */
export async function readRegistryManifest(
  reference: Reference,
  target: Pick<NamedPlatform, 'digest' | 'platform'> & { readonly text?: string },
  options: RegistryOptions,
): Promise<FetchedManifest> {
  const { digest, platform, text: knownText } = target
  const where = `${reference.registry}/${reference.repository}@${digest}`
  const request = openRepository(reference, options)
  const manifest = knownText ?? (await readDigest(request, `manifests/${digest}`, MANIFEST_TYPES, where))
  const { config, layers } = parseShape(manifestOrIndexShape, manifest, where, INDEX_KEYS)
  if (config === undefined || layers === undefined) {
    throw malformedAnswer('an index lists another index', where)
  }
  const text = await readDigest(request, `blobs/${config.digest}`, '*/*', where)
  const imageConfig = parseShape(configShape, text, where, CONFIG_KEYS)
  const configPlatform = platformNameOf(imageConfig)
  const hasStatedPlatform = platform.includes('/')
  // A config without a variant matches any.
  if (hasStatedPlatform && !isPlatform(configPlatform, platform) && !isPlatform(platform, configPlatform)) {
    const what = `the index says ${platform}, but the image's config says ${configPlatform.slice(0, 60)}`
    throw malformedAnswer(what, where)
  }
  const diffIds = imageConfig.rootfs?.diff_ids ?? []
  const configAndText = { digest: config.digest, text }
  return { digest, manifest, config: configAndText, platform: configPlatform, diffIds, layers }
}

/**
 * The documents and layers of images in registries as files of an OCI image-layout, manifests and configs first, with an
 * index that lists them; each file once. Each layer has the size that the manifests state. The caller verifies the
 * digests.
 * @param directory for layers while they are downloaded; nobody else uses it
 * @throws SeaworthyError registry-*, http-*, no-space
 */
export async function* registryBlobs(
  images: readonly ImageInRegistry[],
  directory: string,
  options: RegistryOptions,
): AsyncGenerator<ImageBlob> {
  const manifests = new Map(images.map(({ digest, manifest }) => [digest, manifest]))
  const configs = new Map(images.map(({ config }) => [config.digest, config.text]))
  const listed = [...manifests].map(([digest, manifest]) => ({ digest, size: manifest.length }))
  yield documentBlob('index.json', JSON.stringify({ schemaVersion: 2, manifests: listed }))
  for (const [digest, text] of [...manifests, ...configs]) {
    yield documentBlob(blobName(digest), text)
  }
  const layers = images.flatMap(({ reference, layers: ofImage }) =>
    ofImage.map(({ digest, size }) => ({ digest, size, reference })),
  )
  const firstLayers = new Map(layers.toReversed().map((layer) => [`${layer.digest} ${layer.size}`, layer]))
  const downloads = downloadAll([...firstLayers.values()].toReversed(), directory, options)
  try {
    for (const { digest, size, body } of downloads.blobs) {
      yield { name: blobName(digest), size, body }
    }
  } finally {
    await downloads.end()
  }
}

/** Like `registryBlobs` for one image, and reads the manifest first. */
export async function* readRegistryBlobs(
  reference: Reference,
  target: Pick<NamedPlatform, 'digest' | 'platform'>,
  directory: string,
  options: RegistryOptions,
): AsyncGenerator<ImageBlob> {
  const image = await readRegistryManifest(reference, target, options)
  yield* registryBlobs([{ ...image, reference }], directory, options)
}

function documentBlob(name: string, text: string): ImageBlob {
  const bytes = Buffer.from(text)
  return { name, size: bytes.length, body: Readable.from([bytes]) }
}
