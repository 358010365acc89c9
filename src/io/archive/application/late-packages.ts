import type { ApplicationFile } from '../../../model/application.js'
import type { Image } from '../../../model/image.js'
import type { StoredLayer } from '../context.js'
import type { Limits, Usage } from '../limits.js'
import { mayBeLoose, metadataFolder } from './forms.js'
import { withLinkedPackages } from './linked-packages.js'
import { listPaths, loosePackages } from './loose-packages.js'
import { type FoundFile, mergedView } from './merged.js'
import { levelsBelow } from './package-links.js'
import { recordedPaths, renamedMetadata } from './renamed-metadata.js'

type Scanned = Pick<StoredLayer, 'about' | 'paths' | 'packageLinks' | 'programs'>

export interface LateContext {
  readonly image: Pick<Image, 'config'>
  readonly limits: Limits
  readonly usage: Usage
}

/** Adds the packages that no path shows, but what is around a file in the merged file system. */
export function withLatePackages<Layer extends Scanned>(
  layers: readonly Layer[],
  { image, limits, usage }: LateContext,
): readonly Layer[] {
  if (!layers.some(mayHaveLate)) {
    return layers
  }
  const requested = new Set([...listPaths(layers), ...recordedPaths(layers)])
  const view = mergedView(layers, requested)
  const linked = withLinkedPackages(layers, view.links)
  const found = [...loosePackages(linked, view, image), ...renamedMetadata(linked, view, requested)]
  return withFound(linked, found, limits, usage)
}

function mayHaveLate({ packageLinks }: Scanned): boolean {
  return (
    packageLinks !== undefined &&
    (packageLinks.cutAt !== null ||
      [...packageLinks.symlinks.keys()].some((path) => levelsBelow(path).length > 0) ||
      [...packageLinks.candidates.keys()].some((path) => mayBeLoose(path) || metadataFolder(path) !== null))
  )
}

function withFound<Layer extends Scanned>(
  layers: readonly Layer[],
  found: readonly FoundFile[],
  { applicationStatements: most }: Limits,
  usage: Usage,
): readonly Layer[] {
  const files = layers.map((): Record<string, ApplicationFile> => ({}))
  const left = new Map<number, string>()
  for (const { layer, path, file } of found) {
    usage.applicationStatements += file.says.length
    if (usage.applicationStatements <= most) {
      Object.assign(files[layer] ?? {}, { [path]: file })
    } else if (!left.has(layer)) {
      left.set(layer, path)
    }
  }
  return layers.map((layer, index) => {
    const { about } = layer
    const { applications } = about
    const cutAt = left.get(index)
    const own = files[index] ?? {}
    if (applications === undefined || (cutAt === undefined && Object.keys(own).length === 0)) {
      return layer
    }
    const cut = `more than ${most} application packages in the image`
    const more = {
      ...applications,
      files: { ...applications.files, ...own },
      ...(cutAt !== undefined && applications.cut === null && { cut, cutAt }),
    }
    return { ...layer, about: { ...about, applications: more } }
  })
}
