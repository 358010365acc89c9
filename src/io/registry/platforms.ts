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
})

/** What a registry has under a name: the platforms of an index, each once; none if it is a single image. */
export async function readRegistryPlatforms(
  reference: Reference,
  options: RegistryOptions,
): Promise<{ readonly digest: string; readonly named: readonly NamedPlatform[] | null }> {
  const where = `${reference.registry}/${reference.repository}`
  const ask = openRepository(reference, options)
  const { digest: top, text } = await readTop(ask, reference, where)
  const { manifests } = shaped(topShape, text, where)
  if (manifests === undefined) {
    return { digest: top, named: null }
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
  return { digest: top, named: all.filter(isFirst) }
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

/**
 * The documents and layers of one image of a registry in the form of an OCI image-layout, manifest and config first,
 * with an index that names it. They are read on request; each has the size that the manifest states. Whoever uses
 * them verifies their digests.
 * @param manifest its digest
 * @param platform what it is for according to the index; the config has to agree
 * @throws SeaworthyError registry-*, http-*
 */
export async function* readRegistryBlobs(
  reference: Reference,
  { digest: manifest, platform }: Pick<NamedPlatform, 'digest' | 'platform'>,
  options: RegistryOptions,
): AsyncGenerator<ImageBlob> {
  const where = `${reference.registry}/${reference.repository}@${manifest}`
  const ask = openRepository(reference, options)
  const text = await readDigest(ask, `manifests/${manifest}`, MANIFESTS, where)
  const { config, layers } = shaped(topShape, text, where)
  if (config === undefined || layers === undefined) {
    throw malformedAnswer('an index lists another index', where)
  }
  const about = await readDigest(ask, `blobs/${config.digest}`, '*/*', where)
  const own = platformNameOf(shaped(configShape, about, where))
  const isStated = platform.includes('/')
  // A config without a variant matches any.
  if (isStated && !isPlatform(own, platform) && !isPlatform(platform, own)) {
    throw malformedAnswer(
      `the index says ${platform}, but the image's config says ${own.slice(0, 60)}`,
      where,
    )
  }
  const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: manifest, size: text.length }] })
  yield whole('index.json', index)
  yield whole(blobName(manifest), text)
  yield whole(blobName(config.digest), about)
  const digests = new Set<string>()
  for (const layer of layers) {
    if (digests.has(layer.digest)) {
      continue
    }
    digests.add(layer.digest)
    const { body } = await ask('GET', `blobs/${layer.digest}`, '*/*')
    yield { name: blobName(layer.digest), size: layer.size, body: ofSize(body, layer, where) }
  }
}

function whole(name: string, text: string): ImageBlob {
  const bytes = Buffer.from(text)
  return { name, size: bytes.length, body: Readable.from([bytes]) }
}

function blobName(of: string): string {
  return `blobs/${of.replace(':', '/')}`
}

/** A blob that is shorter or longer is not the one that the manifest names. */
async function* ofSize(
  body: AsyncIterable<Uint8Array>,
  { digest: of, size: stated }: z.infer<typeof descriptor>,
  where: string,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > stated) {
      throw malformedAnswer(
        `the layer ${of} is larger than the ${stated} bytes stated in the manifest`,
        where,
      )
    }
    yield chunk
  }
  if (size < stated) {
    throw malformedAnswer(`the layer ${of} ends after ${size} of ${stated} bytes`, where)
  }
}
