import {
  type BaseImage,
  binaryKey,
  type Finding,
  type FindingOwner,
  type Image,
  isApplication,
  isBench,
  isObstacle,
  KINDS,
  kindOf,
  LAYER_OWNERS,
  type LayerOwner,
  otherDatabase,
} from '../model/index.js'
import { packageLayers } from './locations/packages.js'

/** Who has to act on each finding of an image: the makers of its base, or whoever writes its Dockerfile. */
export interface Owners {
  /** The owner that reports show; `null`: not known. A finding in both base and own layers is shown as own. */
  readonly shownOwner: (finding: Finding) => FindingOwner | null
  /**
   * The owners whose thresholds apply; the strictest holds (docs/decisions/0052-thresholds-by-owner.md). Only a registry proves what belongs to the base: someone
   * who wants a milder threshold may have given an image in the engine the name of a base.
   */
  readonly ownersByProof: (finding: Finding) => readonly LayerOwner[]
}

/** For an image whose base is not known. */
export const UNKNOWN_OWNERS: Owners = { shownOwner: () => null, ownersByProof: () => LAYER_OWNERS }

/** @param base the image's base according to security-updates; `null`: it did not run, or has no answer */
export function ownersOf(image: Image | null, base: BaseImage | null): Owners {
  if (image === null || base === null || base.layers === 0 || base.contradicted) {
    return UNKNOWN_OWNERS
  }
  const { layers: count, restsOn, intermediate } = base
  const { official, layers: end } = { official: count, layers: count, ...intermediate }
  let layers: ReadonlyMap<string, number> | null = null
  const since = () => {
    layers ??= packageLayers(image.layers)
    return layers
  }
  const thresholdAt = (index: number): LayerOwner => (index < count ? 'base' : 'own')
  const ownerAt = (index: number): FindingOwner =>
    index < official ? 'base' : index < (end ?? official) ? 'intermediate' : 'own'
  const atLayer = (diffId: string) => image.layers.findIndex((layer) => layer.diffId === diffId)

  /**
   * The indexes of the layers that a finding is in: by the package database of each layer, and for application
   * packages by the location of their files.
   */
  const indexesOf = (finding: Finding): readonly number[] => {
    const isOfDatabase = !isApplication(finding) && otherDatabase(finding) === null
    const all = isApplication(finding)
      ? finding.layers.map(atLayer)
      : isOfDatabase
        ? finding.binaries.map((binary) => since().get(binaryKey(binary)) ?? -1)
        : []
    return all.includes(-1) ? [] : all
  }
  const ownerOfFinding = (finding: Finding): FindingOwner | null => {
    const layerIndexes = indexesOf(finding)
    if (layerIndexes.length > 0) {
      return ownerAt(Math.max(...layerIndexes))
    }
    const index = finding.layer === null ? -1 : atLayer(finding.layer)
    return index === -1 ? ownerWithoutLayer(finding) : ownerAt(index)
  }
  const counted = (finding: Finding) => {
    const known = restsOn === 'layers' ? indexesOf(finding) : []
    return known.length === 0 ? LAYER_OWNERS : [...new Set(known.map(thresholdAt))]
  }
  return { shownOwner: ownerOfFinding, ownersByProof: counted }
}

/**
 * The owner of a finding without a layer: the release belongs to the base, the choice of the base to the Dockerfile.
 */
function ownerWithoutLayer(finding: Finding): LayerOwner | null {
  if (isBench(finding)) {
    return finding.ofBase === null ? 'own' : 'base'
  }
  if (isObstacle(finding, 'platforms-of-other-releases')) {
    return 'own'
  }
  switch (KINDS[kindOf(finding)].about) {
    case 'release':
      return 'base'
    case 'base':
    case 'application':
      return 'own'
    default:
      return null
  }
}
