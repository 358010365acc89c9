import { chooseDockerfile, type DockerfileDocument } from '../dockerfile/choose.js'
import type { DockerfileMatch } from '../dockerfile/match.js'
import { type BaseImage, isOfficialName } from '../model/base-image.js'
import type { Image } from '../model/image.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { isAllowedBase } from './base-rules.js'

/**
 * The base, where only the engine shows it: an earlier build of the same application may have more of the image's
 * layers than the base has. The image that the Dockerfile's FROM leaves room for is the base, else the nearest one that
 * may be one by its name. Only images at hand are chosen among, so that no base becomes unknown
 * (docs/decisions/0086-the-base-in-the-engine.md).
 */
export function chooseAtHand(
  base: BaseImage,
  image: Image,
  documents: readonly DockerfileDocument[],
  { allowedBases, officialMirrors }: Pick<GatePolicy, 'allowedBases' | 'officialMirrors'>,
): BaseImage {
  if (base.restsOn !== 'at-hand') {
    return base
  }
  const patterns = typeof allowedBases === 'string' ? [] : allowedBases
  const mayBe = (name: string) =>
    isOfficialName(name, officialMirrors) || isAllowedBase(name, patterns, officialMirrors)
  const count = layersBelow(chooseDockerfile(documents, image).match, image)
  // The nearest comes first.
  const here = base.beginnings.filter(({ grade }) => grade === 'at-hand').toReversed()
  const ofDockerfile = here.filter(({ layers }) => layers === count)
  const chosen =
    ofDockerfile.find(({ name }) => mayBe(name)) ?? ofDockerfile[0] ?? here.find(({ name }) => mayBe(name))
  return chosen === undefined ? base : { ...base, name: chosen.name, layers: chosen.layers }
}

/** How many layers the image of FROM brought, by the history (OCI image-spec, config.md); `null` if that is not known. */
function layersBelow(match: DockerfileMatch | null, { history, layers }: Image): number | null {
  const made = history.map(({ emptyLayer }) => !emptyLayer)
  return match?.proven === true && made.filter(Boolean).length === layers.length
    ? made.slice(0, match.baseLines).filter(Boolean).length
    : null
}
