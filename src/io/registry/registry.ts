import * as z from 'zod'
import type { Platform } from '../../model/image.js'
import { jsonIn } from '../../model/json.js'
import { hasCode, SeaworthyError } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { sha256Of } from '../files/hash.js'
import { type Ask, openRepository, type RegistryOptions, registryText } from './http.js'

/** What a registry has under a name, for one platform. */
export interface RegistryImage {
  /** Of the name's target: an index, or a manifest. */
  readonly digest: string
  /** Of the platform's manifest. */
  readonly manifest: string
  /** In RootFS order. */
  readonly diffIds: readonly string[]
  /** Their blobs, as stored in the registry; bytes. */
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
  /** ISO 8601, from its config. */
  readonly created: string | null
}

const DIGEST = /^sha256:[0-9a-f]{64}$/
export const digest = z.string().regex(DIGEST)
export const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const platformShape = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() })
/** An index has manifests, a manifest has a config; both from the OCI image specification and Docker's own. */
const manifestShape = z.union([
  z.object({ manifests: z.array(z.object({ digest, platform: platformShape.optional() })).max(1000) }),
  z.object({
    config: z.object({ digest }),
    layers: z.array(z.object({ digest, size: z.int().min(0) })).max(1000),
  }),
])
const configShape = platformShape.extend({
  created: z.string().nullish(),
  rootfs: z.object({ diff_ids: z.array(digest).min(1).max(1000) }),
})

/**
 * Looks a name up in its registry: its digest, and its layers for a platform. Everything requested by digest is
 * compared with it.
 * @throws SeaworthyError registry-*, http-*, answer-too-large; never with a token or a password in it
 */
export async function readRegistryImage(
  reference: Reference,
  platform: Platform,
  options: RegistryOptions,
): Promise<RegistryImage> {
  const ask = openRepository(reference, options)
  const where = `${reference.registry}/${reference.repository}`
  const notFor = () => {
    const what = 'the registry does not have the image for this platform'
    return new SeaworthyError({ code: 'registry-not-found', what, where })
  }
  const top = await readTop(ask, reference, where)
  let manifest = { digest: top.digest, value: shaped(manifestShape, top.text, where) }
  if ('manifests' in manifest.value) {
    const chosen = manifest.value.manifests.find((one) => one.platform && fits(one.platform, platform))
    if (chosen === undefined) {
      throw notFor()
    }
    const text = await readDigest(ask, `manifests/${chosen.digest}`, MANIFESTS, where)
    manifest = { digest: chosen.digest, value: shaped(manifestShape, text, where) }
  }
  const { value } = manifest
  if (!('config' in value)) {
    throw malformedAnswer('an index names another index', where)
  }
  const text = await readDigest(ask, `blobs/${value.config.digest}`, '*/*', where)
  const config = shaped(configShape, text, where)
  if (!fits(config, platform)) {
    throw notFor()
  }
  const { created = null, rootfs } = config
  return {
    digest: top.digest,
    manifest: manifest.digest,
    diffIds: rootfs.diff_ids,
    layers: value.layers,
    created,
  }
}

/** Whether a registry has this tag: one HEAD, which on Docker Hub does not count as a pull. */
export async function hasTag(reference: Reference, options: RegistryOptions): Promise<boolean> {
  const ask = openRepository(reference, options)
  try {
    await ask('HEAD', `manifests/${reference.tag}`, MANIFESTS)
    return true
  } catch (error) {
    if (hasCode(error, 'registry-not-found')) {
      return false
    }
    throw error
  }
}

/** HEAD first: on Docker Hub it does not count as a pull. The tag's target is then read by its digest. */
export async function readTop(ask: Ask, { tag, digest }: Reference, where: string) {
  const head = digest === null ? (await ask('HEAD', `manifests/${tag}`, MANIFESTS)).headers : {}
  const known = digest ?? head['docker-content-digest']
  if (known !== undefined && DIGEST.test(known)) {
    return { digest: known, text: await readDigest(ask, `manifests/${known}`, MANIFESTS, where) }
  }
  const text = await registryText(await ask('GET', `manifests/${tag}`, MANIFESTS))
  return { digest: sha256Of(text), text }
}

export async function readDigest(ask: Ask, path: string, accept: string, where: string): Promise<string> {
  const text = await registryText(await ask('GET', path, accept))
  // JSON is UTF-8, so its text has the digest of its bytes; anything else has a different one.
  if (!path.endsWith(sha256Of(text))) {
    throw malformedAnswer('the content does not match its digest', where)
  }
  return text
}

export function shaped<T>(shape: z.ZodType<T>, text: string, where: string): T {
  const value = jsonIn(text)
  if (value === undefined) {
    throw malformedAnswer('the response is not JSON', where)
  }
  const read = shape.safeParse(value)
  if (read.success) {
    return read.data
  }
  throw malformedAnswer('the response is not an image manifest or config', where)
}

export function malformedAnswer(what: string, where: string) {
  return new SeaworthyError({ code: 'registry-malformed', what, where })
}

/** arm64 without a variant is v8. */
function fits(one: z.infer<typeof platformShape>, wanted: Platform): boolean {
  if (one.os !== wanted.os || one.architecture !== wanted.architecture) {
    return false
  }
  const variant = (name: string | null | undefined) => name || (one.architecture === 'arm64' ? 'v8' : null)
  const [has, needs] = [variant(one.variant), variant(wanted.variant)]
  return has === needs || has === null || needs === null
}
