import { Readable } from 'node:stream'
import * as z from 'zod'
import {
  isPlatform,
  isRunnable,
  MOST_PLATFORMS,
  type NamedPlatform,
  platformNameOf,
} from '../../model/platforms.js'
import { hasCode } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { type ImageBlob, isImageConfig } from '../archive/image-archive.js'
import { downloadAll } from './downloads.js'
import { type Ask, openRepository, type RegistryOptions } from './http.js'
import { digest, MANIFESTS, malformedAnswer, readDigest, readTop, shaped } from './registry.js'

const size = z.int().min(0)
const annotations = z.record(z.string(), z.string()).nullish()
const descriptor = z.object({ mediaType: z.string().optional(), digest, size, annotations })
const named = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() })

/**
 * An index or a manifest (OCI image-spec; Docker's have the same form). A document that is both would be read
 * differently by others (CVE-2021-41190), so it is refused.
 */
export const topShape = z.union([
  z.object({
    manifests: z
      .array(
        z.object({
          digest,
          platform: named.nullish(),
          artifactType: z.string().optional(),
          annotations,
        }),
      )
      .max(MOST_PLATFORMS * 2),
    config: z.undefined().optional(),
    layers: z.undefined().optional(),
  }),
  z.object({
    config: descriptor,
    layers: z.array(descriptor).max(1000),
    manifests: z.undefined().optional(),
  }),
])
export const configShape = z.object({
  os: z.string().default('linux'),
  architecture: z.string(),
  variant: z.string().optional(),
  rootfs: z.object({ diff_ids: z.array(digest).max(1000) }).optional(),
})

/** What a registry has under a name: the platforms of an index, each once; none if it is a single image. */
export async function readRegistryPlatforms(
  reference: Reference,
  options: RegistryOptions,
): Promise<{
  readonly digest: string
  readonly text: string
  readonly named: readonly NamedPlatform[] | null
}> {
  const where = `${reference.registry}/${reference.repository}`
  const ask = openRepository(reference, options)
  const { digest: top, text } = await readTop(ask, reference, where)
  const { manifests } = shaped(topShape, text, where)
  if (manifests === undefined) {
    return { digest: top, text, named: null }
  }
  const all = await Promise.all(
    manifests.map(async ({ digest, platform, artifactType, annotations }): Promise<NamedPlatform> => {
      const isOther = artifactType !== undefined || annotations?.['vnd.docker.reference.type'] !== undefined
      const listed = { digest, platform: platformNameOf(platform ?? null) }
      const isImage = isRunnable(platform ?? null, isOther)
      return isImage || platform
        ? { ...listed, isImage, isWhole: true }
        : { ...listed, ...(await behindPlatform(ask, digest, where)) }
    }),
  )
  const isFirst = ({ digest, platform }: NamedPlatform, at: number) =>
    all.findIndex((one) => one.digest === digest && one.platform === platform) === at
  return { digest: top, text, named: all.filter(isFirst) }
}

type Behind = Pick<NamedPlatform, 'isImage' | 'isWhole'>

/**
 * The kind of an index entry that names no platform and says that it is not an image. Engines decide by its target:
 * if the entry has no platform, the config does (containerd's `images.Manifest`), and it is run as an image.
 */
async function behindPlatform(ask: Ask, of: string, where: string): Promise<Behind> {
  try {
    const text = await readDigest(ask, `manifests/${of}`, MANIFESTS, where)
    return { isImage: await leadsToImage(ask, text, where), isWhole: true }
  } catch (error) {
    if (hasCode(error, 'registry-not-found')) {
      return { isImage: true, isWhole: false }
    }
    throw error
  }
}

/** Whether a manifest is one of an image, by the content of its config; an index may lead to one. */
export async function leadsToImage(ask: Ask, manifest: string, where: string): Promise<boolean> {
  const { config } = shaped(topShape, manifest, where)
  return config === undefined || isImageConfig(await readDigest(ask, `blobs/${config.digest}`, '*/*', where))
}

/** The same of a manifest that an engine names. @throws SeaworthyError registry-*, http-* */
export function readBehindPlatform(
  reference: Reference,
  of: string,
  options: RegistryOptions,
): Promise<Behind> {
  const where = `${reference.registry}/${reference.repository}`
  return behindPlatform(openRepository(reference, options), of, where)
}

/** The documents of one image of a registry, and what its layers are. */
export interface FetchedManifest {
  /** Of the manifest. */
  readonly digest: string
  readonly manifest: string
  readonly config: { readonly digest: string; readonly text: string }
  /** As its config says. */
  readonly platform: string
  readonly diffIds: readonly string[]
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
}

/**
 * @param digest of a manifest
 * @param platform what it is for according to the index; the config has to agree
 * @param text the manifest, if it was read before
 * @throws SeaworthyError registry-*, http-*
 */
export async function readRegistryManifest(
  reference: Reference,
  { digest, platform, text: known }: Pick<NamedPlatform, 'digest' | 'platform'> & { readonly text?: string },
  options: RegistryOptions,
): Promise<FetchedManifest> {
  const where = `${reference.registry}/${reference.repository}@${digest}`
  const ask = openRepository(reference, options)
  const manifest = known ?? (await readDigest(ask, `manifests/${digest}`, MANIFESTS, where))
  const { config, layers } = shaped(topShape, manifest, where)
  if (config === undefined || layers === undefined) {
    throw malformedAnswer('an index lists another index', where)
  }
  const text = await readDigest(ask, `blobs/${config.digest}`, '*/*', where)
  const about = shaped(configShape, text, where)
  const own = platformNameOf(about)
  const isStated = platform.includes('/')
  // A config without a variant matches any.
  if (isStated && !isPlatform(own, platform) && !isPlatform(platform, own)) {
    throw malformedAnswer(
      `the index says ${platform}, but the image's config says ${own.slice(0, 60)}`,
      where,
    )
  }
  const diffIds = about.rootfs?.diff_ids ?? []
  return { digest, manifest, config: { digest: config.digest, text }, platform: own, diffIds, layers }
}

/**
 * The documents and layers of one image of a registry in the form of an OCI image-layout, manifest and config first,
 * with an index that names it. Each layer has the size that the manifest states. Whoever uses them verifies their digests.
 * @param directory where layers are on their way; nobody else uses it
 * @throws SeaworthyError registry-*, http-*, no-space
 */
export async function* registryBlobs(
  reference: Reference,
  image: FetchedManifest,
  directory: string,
  options: RegistryOptions,
): AsyncGenerator<ImageBlob> {
  const { digest, manifest, config, layers } = image
  const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest, size: manifest.length }] })
  yield whole('index.json', index)
  yield whole(blobName(digest), manifest)
  yield whole(blobName(config.digest), config.text)
  const isFirst = (one: { readonly digest: string }, at: number) =>
    layers.findIndex((other) => other.digest === one.digest) === at
  const downloads = downloadAll(reference, layers.filter(isFirst), directory, options)
  try {
    for (const { digest: of, size, body } of downloads.blobs) {
      yield { name: blobName(of), size, body }
    }
  } finally {
    await downloads.end()
  }
}

/** The same of a manifest that was not read yet. */
export async function* readRegistryBlobs(
  reference: Reference,
  target: Pick<NamedPlatform, 'digest' | 'platform'>,
  directory: string,
  options: RegistryOptions,
): AsyncGenerator<ImageBlob> {
  yield* registryBlobs(reference, await readRegistryManifest(reference, target, options), directory, options)
}

function whole(name: string, text: string): ImageBlob {
  const bytes = Buffer.from(text)
  return { name, size: bytes.length, body: Readable.from([bytes]) }
}

function blobName(of: string): string {
  return `blobs/${of.replace(':', '/')}`
}
