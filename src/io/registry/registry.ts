import * as z from 'zod'
import { hasCode, jsonIn, type Platform, type Reference, SeaworthyError } from '../../model/index.js'
import { ambiguousKey, CONFIG_KEYS, INDEX_KEYS, type Shape } from '../archive/formats/keys.js'
import { shownName } from '../archive/formats/path.js'
import { sha256Of } from '../files/hash.js'
import { openRepository, type RegistryOptions, type RegistryRequest, registryText } from './http.js'

export interface RegistryImage {
  /** Digest of the index or manifest that the name refers to. */
  readonly digest: string
  /** Digest of the platform's manifest. */
  readonly manifest: string
  /** In RootFS order. */
  readonly diffIds: readonly string[]
  /** The layers' blobs as stored in the registry, with their sizes in bytes. */
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
  /** ISO 8601, from its config. */
  readonly created: string | null
}

const DIGEST = /^sha256:[0-9a-f]{64}$/
export const digestShape = z.string().regex(DIGEST)
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

export const platformShape = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
})
/** An index has manifests, a manifest has a config; both from the OCI image specification and Docker's own. */
const manifestShape = z.union([
  z.object({
    manifests: z.array(z.object({ digest: digestShape, platform: platformShape.optional() })).max(1000),
  }),
  z.object({
    config: z.object({ digest: digestShape }),
    layers: z.array(z.object({ digest: digestShape, size: z.int().min(0) })).max(1000),
  }),
])
const configShape = platformShape.extend({
  created: z.string().nullish(),
  rootfs: z.object({ diff_ids: z.array(digestShape).min(1).max(1000) }),
})

/**
 * Looks up an image in its registry: its digest, and its layers for a platform. Content that is requested by
 * digest is compared with the digest.
 * @throws SeaworthyError registry-*, http-*, answer-too-large; never with a token or a password in it
 */
export async function readRegistryImage(
  reference: Reference,
  platform: Platform,
  options: RegistryOptions,
): Promise<RegistryImage> {
  const request = openRepository(reference, options)
  const where = `${reference.registry}/${reference.repository}`
  const notForPlatform = () => {
    const what = 'the registry does not have the image for this platform'
    return new SeaworthyError({ code: 'registry-not-found', what, where })
  }
  const top = await readTop(request, reference, where)
  let manifest = { digest: top.digest, value: parseShape(manifestShape, top.text, where, INDEX_KEYS) }
  if ('manifests' in manifest.value) {
    const { manifests } = manifest.value
    const chosenEntry = manifests.find((one) => one.platform && isForPlatform(one.platform, platform))
    if (chosenEntry === undefined) {
      throw notForPlatform()
    }
    const text = await readDigest(request, `manifests/${chosenEntry.digest}`, MANIFEST_TYPES, where)
    manifest = { digest: chosenEntry.digest, value: parseShape(manifestShape, text, where, INDEX_KEYS) }
  }
  const { value: document } = manifest
  if (!('config' in document)) {
    throw malformedAnswer('an index names another index', where)
  }
  const text = await readDigest(request, `blobs/${document.config.digest}`, '*/*', where)
  const config = parseShape(configShape, text, where, CONFIG_KEYS)
  if (!isForPlatform(config, platform)) {
    throw notForPlatform()
  }
  const { created = null, rootfs } = config
  const { layers } = document
  return { digest: top.digest, manifest: manifest.digest, diffIds: rootfs.diff_ids, layers, created }
}

/** Whether a registry has this tag: one HEAD, which on Docker Hub does not count as a pull. */
export async function hasTag(reference: Reference, options: RegistryOptions): Promise<boolean> {
  const request = openRepository(reference, options)
  const answer = request('HEAD', `manifests/${reference.tag}`, MANIFEST_TYPES)
  return (await answer.catch(ifNotFound(null))) !== null
}

/** For `catch`: this value if the registry does not have what was requested. */
export function ifNotFound<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (hasCode(error, 'registry-not-found')) {
      return value
    }
    throw error
  }
}

/** HEAD first: on Docker Hub it does not count as a pull. The tag's target is then read by its digest. */
export async function readTop(request: RegistryRequest, { tag, digest }: Reference, where: string) {
  const head = digest === null ? (await request('HEAD', `manifests/${tag}`, MANIFEST_TYPES)).headers : {}
  const knownDigest = digest ?? head['docker-content-digest']
  if (knownDigest !== undefined && DIGEST.test(knownDigest)) {
    const text = await readDigest(request, `manifests/${knownDigest}`, MANIFEST_TYPES, where)
    return { digest: knownDigest, text }
  }
  const text = await registryText(await request('GET', `manifests/${tag}`, MANIFEST_TYPES))
  return { digest: sha256Of(text), text }
}

export async function readDigest(
  request: RegistryRequest,
  path: string,
  accept: string,
  where: string,
): Promise<string> {
  const text = await registryText(await request('GET', path, accept))
  // JSON is UTF-8, so its text has the digest of its bytes; anything else has a different one.
  if (!path.endsWith(sha256Of(text))) {
    throw malformedAnswer('the content does not match its digest', where)
  }
  return text
}

/**
 * @param keys those that are read: a document in which engines may see other values is refused, as in an archive
 * @throws SeaworthyError registry-malformed
 */
export function parseShape<T>(shape: z.ZodType<T>, text: string, where: string, keys: Shape): T {
  const value = jsonIn(text)
  const parsed = shape.safeParse(value)
  if (!parsed.success) {
    const expected = value === undefined ? 'JSON' : 'an image manifest or config'
    throw malformedAnswer(`the response is not ${expected}`, where)
  }
  const key = ambiguousKey(text, keys)
  if (key !== null) {
    const shown = JSON.stringify(shownName(key))
    throw malformedAnswer(`the key ${shown} appears twice, or differs from another key only in case`, where)
  }
  return parsed.data
}

export function malformedAnswer(what: string, where: string) {
  return new SeaworthyError({ code: 'registry-malformed', what, where })
}

/** arm64 without a variant is v8. */
function isForPlatform(platform: z.infer<typeof platformShape>, requested: Platform): boolean {
  if (platform.os !== requested.os || platform.architecture !== requested.architecture) {
    return false
  }
  const defaultVariant = platform.architecture === 'arm64' ? 'v8' : null
  const variant = (name: string | null | undefined) => name || defaultVariant
  const [ownVariant, wantedVariant] = [variant(platform.variant), variant(requested.variant)]
  return ownVariant === wantedVariant || ownVariant === null || wantedVariant === null
}
