import { randomBytes } from 'node:crypto'
import {
  type InRegistry,
  judgedManifests,
  parseReference,
  problemOf,
  type Reference,
  SeaworthyError,
} from '../../model/index.js'
import { readImageBlobs } from '../archive/image/image-archive.js'
import { tocClaimsIn } from '../archive/image/toc-claims.js'
import { images } from '../engine/docker.js'
import type { Engine } from '../engine/engine.js'
import { pushImage } from '../engine/transfer.js'
import { makeTemporary, removeTemporary } from '../files/temporary.js'
import type { RegistryOptions } from '../registry/http.js'
import { dockerLogins } from '../registry/login.js'
import { readRegistryBlobs } from '../registry/platforms.js'
import { proveManifests, type ReadBack, readInRegistry } from '../registry/read-back.js'

/** A judged image: SHA-256 of its config, and its diff_ids in RootFS order. */
export interface ToPush {
  readonly digest: string
  readonly diffIds: readonly string[]
}

interface ReadBackOptions {
  /** Whether each layer is read and hashed too. */
  readonly full: boolean
  readonly signal: AbortSignal
}

/** Limits in milliseconds: for one request, and for one if layers are read whole. */
const REQUEST_MS = 30_000
const LAYER_MS = 15 * 60_000

/**
 * Pushes a judged image, and proves that the registry has it: the tag names what the engine pushed, and each image in
 * it was judged, and has exactly that config, one layer for each diff_id, and all of its blobs.
 * @param judged all platforms of that reference
 * @throws SeaworthyError `push-refused` before anything is pushed, `push-failed`, `push-not-proven` after it
 */
export async function pushJudged(
  engine: Engine,
  reference: string,
  judged: readonly ToPush[],
  options: ReadBackOptions,
): Promise<InRegistry> {
  const name = await refuseOthers(engine, reference, judged, options.signal)
  const pushed = await pushImage(engine, reference, options.signal)
  const digest = pushed.slice(pushed.indexOf('@') + 1)
  try {
    const published = await provenPublished(reference, name, judged, options)
    if (published.digest !== digest) {
      const what = `the tag points to ${published.digest}, but ${digest} was pushed: someone else pushed too`
      throw notProven(what, name)
    }
    return published
  } catch (error) {
    options.signal.throwIfAborted()
    const { what } = problemOf(error, reference)
    throw error instanceof SeaworthyError && error.problem.code === 'push-not-proven'
      ? error
      : notProven(what, name)
  }
}

/**
 * What the registry has under a name by digest, proven as after a push; images in an index that nobody judged are
 * reported as such.
 * @throws SeaworthyError registry-*, http-*, archive-*, no-space
 */
export async function findInRegistry(
  reference: string,
  name: Reference,
  judged: readonly ToPush[],
  { full, signal }: ReadBackOptions,
): Promise<InRegistry> {
  const options = { logins: dockerLogins(), signal, timeoutMs: full ? LAYER_MS : REQUEST_MS }
  const published = await readInRegistry(reference, name, options)
  const known = judged.map((one) => ({ reference, digest: one.digest }))
  const own = judgedManifests(published, known)
  const manifests = published.manifests.filter((one) => own.includes(one))
  await proveManifests(name, manifests, { ...options, full })
  await compareTocs(name, manifests, { ...options, timeoutMs: LAYER_MS })
  return published
}

/**
 * Images in a registry whose manifests offer lazy pulling are read whole: what was judged may be from an engine that
 * does not keep layers as the registry has them, and a table of contents is not part of a layer's diff_id.
 */
async function compareTocs(
  name: Reference,
  manifests: ReadBack['manifests'],
  options: RegistryOptions,
): Promise<void> {
  for (const { digest, platform, ...one } of manifests) {
    const layers = one.config === null ? [] : one.layers
    if (layers.some(({ annotations }) => tocClaimsIn(annotations).length > 0)) {
      const run = randomBytes(6).toString('hex')
      const directory = makeTemporary(run)
      try {
        const reference = `${name.registry}/${name.repository}@${digest}`
        const blobs = readRegistryBlobs(name, { digest, platform }, directory, options)
        await readImageBlobs(blobs, { reference, select: {}, directory, signal: options.signal })
      } finally {
        removeTemporary(run)
      }
    }
  }
}

async function provenPublished(
  reference: string,
  name: Reference,
  judged: readonly ToPush[],
  options: ReadBackOptions,
): Promise<InRegistry> {
  const published = await findInRegistry(reference, name, judged, options)
  const digests = judged.map(({ digest }) => digest)
  const other = published.manifests.find(({ config }) => config === null || !digests.includes(config))
  if (other !== undefined || published.manifests.length === 0) {
    const config = other?.config ? `with the config ${other.config}` : 'without an image config'
    const target = other === undefined ? 'no image' : `${other.platform} ${config}, which was not judged`
    throw notProven(`the tag points to ${target}`, name)
  }
  return published
}

/** The tag in the engine may have moved since the image was judged, even by its own test. */
async function refuseOthers(
  engine: Engine,
  reference: string,
  judged: readonly ToPush[],
  signal: AbortSignal,
): Promise<Reference> {
  const name = parseReference(reference)
  if (name === null || name.tag === null || name.digest !== null) {
    throw refused('it has no tag to push', reference)
  }
  const state = await images.inspect(engine, reference, undefined, signal)
  const listed = await images.manifests(engine, reference, signal)
  const layers = (state.RootFS?.Layers ?? []).join()
  // The id is the config's digest; on the containerd store the layers show it, and the config is read back.
  const isSame =
    listed === null
      ? judged.some(({ digest }) => digest === state.Id)
      : judged.some(({ diffIds }) => diffIds.join() === layers)
  if (!isSame) {
    const what = 'in the engine, the tag now points to a different image than the one that was judged'
    throw refused(what, reference)
  }
  if (listed === null && judged.length > 1) {
    const what =
      "the engine has only one of the image's platforms, and pushing that one would replace the others"
    throw refused(what, reference)
  }
  return name
}

function refused(what: string, where: string) {
  return new SeaworthyError({ code: 'push-refused', what: `the image was not pushed: ${what}`, where })
}

function notProven(what: string, { registry, repository, tag }: Reference) {
  return new SeaworthyError({
    code: 'push-not-proven',
    what: `the image was pushed, but the registry does not confirm that it has the judged image: ${what}`,
    where: `${registry}/${repository}:${tag}`,
  })
}
