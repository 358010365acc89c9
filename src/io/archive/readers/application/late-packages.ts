import { type ApplicationFile, ancestorsOf, type Image } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import type { ImageTree } from '../../tree/image-tree.js'
import { type ScannedLayer, withApplicationRecords } from '../layer.js'
import { type FoundFile, findPackageCandidates } from './candidates.js'
import { withLinkedPackages } from './linked-packages.js'
import { loosePackages } from './loose-packages.js'
import { plugAndPlayPackages } from './plug-n-play.js'
import { renamedMetadata } from './renamed-metadata.js'
import { asUnreadable } from './texts.js'

/** Adds the packages that are recognized by the files around them in the merged file system. */
export function withLatePackages(
  layers: readonly ScannedLayer[],
  tree: ImageTree,
  image: Pick<Image, 'config'>,
  { limits, usage }: { readonly limits: Limits; readonly usage: Usage },
): readonly ScannedLayer[] {
  const trees = layers.map((layer) => layer.tree)
  const candidates = findPackageCandidates(trees, tree, limits, usage)
  const withLinked = withLinkedPackages(layers, tree, candidates)
  const shown = candidates.files.filter(({ isShown }) => isShown)
  const packages = [
    ...loosePackages(withLinked, tree, candidates, image),
    ...renamedMetadata(withLinked, tree, shown),
    ...plugAndPlayPackages(trees, shown),
  ]
  return withFoundFiles(withLinked, packages, limits, usage)
}

function withFoundFiles(
  layers: readonly ScannedLayer[],
  foundFiles: readonly FoundFile[],
  { applicationStatements: maxStatements }: Limits,
  usage: Usage,
): readonly ScannedLayer[] {
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

/** Reports links to files that no layer read. Links to folders, or to nothing, have no content. */
export function withSymlinks(layers: readonly ScannedLayer[]): readonly ScannedLayer[] {
  const isFile = (path: string) => layers.some(({ tree }) => tree.index.has(path, 'other'))
  const isRead = (path: string) =>
    layers.some(({ layerFacts }) => Object.hasOwn(layerFacts.applications?.files ?? {}, path))
  const isUnread = (target: string) =>
    !isRead(target) && [target, ...ancestorsOf(target)].some((path) => isFile(path))
  return layers.map((layer) => {
    const unread = [...layer.symlinks].filter(([, target]) => isUnread(target))
    const statements = [asUnreadable('a symbolic link to a file that was not read')]
    const addedFiles = Object.fromEntries(unread.map(([path]) => [path, { md5: null, says: statements }]))
    return unread.length === 0
      ? layer
      : withApplicationRecords(layer, ({ files }) => ({ files: { ...files, ...addedFiles } }))
  })
}
