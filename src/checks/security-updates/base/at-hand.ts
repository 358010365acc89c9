import { type AtHand, beginsWith } from '../../../inventory/provenance/base/document.js'
import { images, unlessGone } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { isTrialName } from '../../../io/engine/trials.js'
import {
  compareText,
  type Image,
  isOfficialName,
  parseReference,
  referenceName,
} from '../../../model/index.js'

/** Limit for all requests to the engine, in milliseconds: long, so that the verdict is the same on a busy machine. */
const ALL_REQUESTS_MS = 60_000
/** How many images are inspected, newest first, and how many at a time. */
const MAX_IMAGES = 400
const AT_A_TIME = 8
/** Limit for the images in the engine that may be the image's base. */
const MAX_CANDIDATES = 16

/**
 * The engine's images by name, with their layers. Empty if the engine does not answer: then it shows no base, and no
 * base is allowed because of it.
 */
export async function imagesOfEngine(
  engine: () => Promise<Engine>,
  signal: AbortSignal,
): Promise<readonly AtHand[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ALL_REQUESTS_MS)])
  const found: AtHand[] = []
  try {
    const connected = await engine()
    const engineList = await images.list(connected, limit)
    const namedImages = engineList
      .map(({ Id, RepoTags, RepoDigests }) => ({ Id, names: namesIn(RepoTags, RepoDigests) }))
      .filter(({ names }) => names.length > 0)
      .slice(0, MAX_IMAGES)
    const inspectNext = async () => {
      for (let one = namedImages.shift(); one !== undefined; one = namedImages.shift()) {
        // An image that something else removed after the list was made must not hide the others.
        const state = await images.inspect(connected, one.Id, undefined, limit).catch(unlessGone)
        const layers = state?.RootFS?.Layers ?? []
        const diffIds = layers.filter((layer): layer is string => typeof layer === 'string')
        if (state !== null) {
          found.push(...one.names.map((reference) => ({ reference, diffIds })))
        }
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, inspectNext))
  } catch {
    // The images that were read before the error are still valid.
  }
  return found
}

/** Full names of an image; an untagged one is named by its digest. Temporary names that Seaworthy sets are left out. */
function namesIn(tags: Names, digests: Names): string[] {
  const usableTags = (tags ?? []).filter(
    (tag) => tag !== null && tag !== '<none>:<none>' && !isTrialName(tag),
  )
  const texts = usableTags.length > 0 ? usableTags : (digests ?? [])
  return texts.flatMap((text) => {
    const reference = text === null || text.startsWith('<none>') ? null : parseReference(text)
    return reference === null ? [] : [referenceName(reference)]
  })
}

type Names = readonly (string | null)[] | null | undefined

/**
 * The images whose layers this image begins with. Another tag of its own repository is not its base, and neither is
 * an image with exactly the same layers, unless it is an official one, nor the image that an update was made from.
 * @param unpatched layers of the image that this one is an update of; empty if it is not an update
 */
export function engineImagesBelow(
  { reference, layers }: Pick<Image, 'reference' | 'layers'>,
  inEngine: readonly AtHand[],
  mirrors: readonly string[],
  unpatched: readonly string[] = [],
): AtHand[] {
  const ownReference = parseReference(reference)
  const imageDiffIds = layers.map(({ diffId }) => diffId)
  const isOfficialImage = ({ reference: name }: AtHand) => isOfficialName(name, mirrors)
  const imagesBelow = inEngine.filter((one) => {
    if (!beginsWith(imageDiffIds, one.diffIds)) {
      return false
    }
    const otherReference = parseReference(one.reference)
    const isOwn =
      otherReference?.registry === ownReference?.registry &&
      otherReference?.repository === ownReference?.repository
    const isUnpatched = one.diffIds.length === unpatched.length && beginsWith(unpatched, one.diffIds)
    return isOfficialImage(one) || (!isOwn && !isUnpatched && one.diffIds.length < imageDiffIds.length)
  })
  // Official images first: many tags that are built on one must not crowd it out of the list.
  return [...imagesBelow.filter(isOfficialImage), ...imagesBelow.filter((one) => !isOfficialImage(one))]
    .slice(0, MAX_CANDIDATES)
    .toSorted((a, b) => b.diffIds.length - a.diffIds.length || compareText(a.reference, b.reference))
}
