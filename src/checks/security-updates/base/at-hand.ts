import { type AtHand, beginsWith } from '../../../inventory/provenance/base/document.js'
import { images, unlessGone } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { isTrialName } from '../../../io/engine/trials.js'
import type { Image } from '../../../model/image/image.js'
import { parseReference, referenceName } from '../../../model/image/reference.js'
import { isOfficialName } from '../../../model/provenance/base-image.js'
import { compareText } from '../../../model/text.js'

/**
 * Limit for all questions to the engine, in milliseconds. A busy machine takes a while, and the verdict must
 * not depend on that.
 */
const ALL_MS = 60_000
/** How many images are inspected, newest first, and how many at a time. */
const MAX_IMAGES = 400
const AT_A_TIME = 8
/** How many names are kept of images that an image begins with. */
const MAX_CANDIDATES = 16

/**
 * The engine's images by name, with their layers. An engine that does not answer has none: then nothing is
 * shown, and nothing passes because of it.
 */
export async function imagesOfEngine(
  engine: () => Promise<Engine>,
  signal: AbortSignal,
): Promise<readonly AtHand[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ALL_MS)])
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
    // What was found until then is still true.
  }
  return found
}

/**
 * In full; an untagged image is named by its digest. Names that we give images while trying them do not name a base.
 */
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
  const isOfficial = ({ reference: name }: AtHand) => isOfficialName(name, mirrors)
  const begun = inEngine.filter((one) => {
    if (!beginsWith(imageDiffIds, one.diffIds)) {
      return false
    }
    const otherReference = parseReference(one.reference)
    const isOwn =
      otherReference?.registry === ownReference?.registry &&
      otherReference?.repository === ownReference?.repository
    const isUnpatched = one.diffIds.length === unpatched.length && beginsWith(unpatched, one.diffIds)
    return isOfficial(one) || (!isOwn && !isUnpatched && one.diffIds.length < imageDiffIds.length)
  })
  // Official images first: many tags that are built on one must not crowd it out of the list.
  return [...begun.filter(isOfficial), ...begun.filter((one) => !isOfficial(one))]
    .slice(0, MAX_CANDIDATES)
    .toSorted((a, b) => b.diffIds.length - a.diffIds.length || compareText(a.reference, b.reference))
}
