import { chooseDockerfile, type DockerfileDocument } from '../dockerfile/choose.js'
import type { DockerfileMatch } from '../dockerfile/match.js'
import { type BaseImage, isOfficialName } from '../model/base-image.js'
import type { Image } from '../model/image.js'

/**
 * The base, where only the engine shows it: an earlier build of the same application may have more of the image's
 * layers than the base has. If the Dockerfile is the image's own, the base is the image that its FROM leaves room for.
 * Only images at hand are chosen among, so that no base becomes unknown
 * (docs/decisions/0086-the-base-in-the-engine.md).
 * @param mirrors name prefixes under which images are treated as official ones
 */
export function chooseAtHand(
  base: BaseImage,
  image: Image,
  documents: readonly DockerfileDocument[],
  mirrors: readonly string[],
): BaseImage {
  if (base.restsOn !== 'at-hand') {
    return base
  }
  const count = layersBelow(chooseDockerfile(documents, image).match, image)
  const fitting = base.beginnings.filter(({ grade, layers }) => grade === 'at-hand' && layers === count)
  const chosen = fitting.find(({ name }) => isOfficialName(name, mirrors)) ?? fitting[0]
  return chosen === undefined ? base : { ...base, name: chosen.name, layers: chosen.layers }
}

/** How many layers the image of FROM brought, by the history (OCI image-spec, config.md); `null` if that is not known. */
function layersBelow(match: DockerfileMatch | null, { history, layers }: Image): number | null {
  const made = history.map(({ emptyLayer }) => !emptyLayer)
  return match?.proven === true && made.filter(Boolean).length === layers.length
    ? made.slice(0, match.baseLines).filter(Boolean).length
    : null
}
