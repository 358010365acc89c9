import type { ApplicationFile, Image } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { type StoredLayer, withApplicationRecords } from '../context.js'
import { isPlugAndPlayManifest, mayBeLoose, metadataFolder } from './forms.js'
import { withLinkedPackages } from './linked-packages.js'
import { loosePackages, projectFilePaths } from './loose-packages.js'
import { type FoundFile, mergedView } from './merged.js'
import { levelsBelow } from './package-links.js'
import { plugAndPlayPackages } from './plug-n-play.js'
import { recordedPaths, renamedMetadata } from './renamed-metadata.js'

type LayerPart = Pick<StoredLayer, 'layerFacts' | 'paths' | 'packageLinks' | 'programs' | 'secondReads'>

export interface LateContext {
  readonly image: Pick<Image, 'config'>
  readonly limits: Limits
  readonly usage: Usage
}

/** Adds the packages that are recognized by the files around them in the merged file system. */
export function withLatePackages<Layer extends LayerPart>(
  layers: readonly Layer[],
  { image, limits, usage }: LateContext,
): readonly Layer[] {
  if (!layers.some(mayHaveLatePackages)) {
    return layers
  }
  const requested = new Set([...projectFilePaths(layers), ...recordedPaths(layers)])
  const view = mergedView(layers, requested)
  const layersWithLinked = withLinkedPackages(layers, view.links)
  const packages = [
    ...loosePackages(layersWithLinked, view, image),
    ...renamedMetadata(layersWithLinked, view, requested),
    ...plugAndPlayPackages(layersWithLinked, view),
  ]
  return withFoundFiles(layersWithLinked, packages, limits, usage)
}

function mayHaveLatePackages({ packageLinks }: LayerPart): boolean {
  return (
    packageLinks !== undefined &&
    (packageLinks.cutAt !== null ||
      [...packageLinks.symlinks.keys()].some((path) => levelsBelow(path).length > 0) ||
      [...packageLinks.candidates.keys()].some(
        (path) => mayBeLoose(path) || metadataFolder(path) !== null || isPlugAndPlayManifest(path),
      ))
  )
}

function withFoundFiles<Layer extends LayerPart>(
  layers: readonly Layer[],
  foundFiles: readonly FoundFile[],
  { applicationStatements: maxStatements }: Limits,
  usage: Usage,
): readonly Layer[] {
  const filesByLayer = layers.map((): Record<string, ApplicationFile> => ({}))
  const firstOmittedPath = new Map<number, string>()
  for (const { layer, path, file } of foundFiles) {
    usage.applicationStatements += file.says.length
    if (usage.applicationStatements <= maxStatements) {
      Object.assign(filesByLayer[layer] ?? {}, { [path]: file })
    } else if (!firstOmittedPath.has(layer)) {
      firstOmittedPath.set(layer, path)
    }
  }
  const cut = `more than ${maxStatements} application packages in the image`
  return layers.map((layer, index) => {
    const cutAt = firstOmittedPath.get(index)
    if (cutAt === undefined && Object.keys(filesByLayer[index] ?? {}).length === 0) {
      return layer
    }
    return withApplicationRecords(layer, (applications) => ({
      files: { ...applications.files, ...filesByLayer[index] },
      ...(cutAt !== undefined && applications.cut === null && { cut, cutAt }),
    }))
  })
}
