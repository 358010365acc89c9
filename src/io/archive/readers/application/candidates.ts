import type { ApplicationFile } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { symlinkTarget } from '../../formats/path.js'
import type { ImageTree } from '../../tree/image-tree.js'
import type { LayerEntry, LayerTree } from '../../tree/layer-tree.js'
import { formOf, isCachedZip, isPlugAndPlayManifest, mayBeLoose } from './forms.js'

/** A file that may be a package by the files around it or a link to it. */
export interface PackageCandidate {
  /** The number of its layer, from 0. */
  readonly layer: number
  readonly path: string
  /** With the content. */
  readonly file: LayerEntry
  /** Whether a container sees it. */
  readonly isShown: boolean
}

export interface PackageCandidates {
  /**
   * Each `package.json`, `METADATA` and `RECORD` whose own path does not make it (part of) a package, and the files of
   * Yarn's Plug'n'Play: of all layers, in order.
   */
  readonly files: readonly PackageCandidate[]
  /** The symbolic links that a container sees, with the paths that they lead to. */
  readonly links: ReadonlyMap<string, string>
  /** Layers in which some of these were left out because of the limit. */
  readonly cut: ReadonlySet<number>
  /** Layer -> the first path that was left out and that, by its name, is or makes a package. */
  readonly cutAt: ReadonlyMap<number, string>
}

const CANDIDATE_PATH = /(?:^|\/)(?:package\.json|METADATA|(?<!\.dist-info\/)RECORD)$/
const PYTHON_METADATA = /\/(?:METADATA|RECORD)$/

/**
 * The levels at which a `package.json` below the link's target is a package because of the link: 0 is the
 * target itself; 1 a file in it, if it is a package's folder; 2 if it is a scope's folder or `node_modules`;
 * 3 for a scoped package in `node_modules`.
 */
export function levelsBelow(link: string): readonly number[] {
  const suffixes = ['', '/package.json', '/x/package.json', '/@x/x/package.json']
  return [...suffixes.keys()].filter((level) => formOf(link + suffixes[level]) === 'npm')
}

function isOfPlugAndPlay(path: string): boolean {
  return isPlugAndPlayManifest(path) || isCachedZip(path)
}

function isCandidate(path: string): boolean {
  return (CANDIDATE_PATH.test(path) && formOf(path) === null) || isOfPlugAndPlay(path)
}

/** Finds links and candidates in all layers. */
export function findPackageCandidates(
  layers: readonly LayerTree[],
  image: ImageTree,
  limits: Limits,
  usage: Usage,
): PackageCandidates {
  const files: PackageCandidate[] = []
  const links = new Map<string, string>()
  const cut = new Set<number>()
  const cutAt = new Map<number, string>()

  function isWithinLimit(layer: number, path: string): boolean {
    usage.packageLinks++
    if (usage.packageLinks <= limits.packageLinks) {
      return true
    }
    cut.add(layer)
    const isOrMakesPackage =
      levelsBelow(path).length > 0 || mayBeLoose(path) || PYTHON_METADATA.test(path) || isOfPlugAndPlay(path)
    if (isOrMakesPackage && !cutAt.has(layer)) {
      cutAt.set(layer, path)
    }
    return false
  }

  for (const [layer, tree] of layers.entries()) {
    for (const entry of tree.entries()) {
      const { path, type, linkPath } = entry
      if (type === 'symlink') {
        if (isWithinLimit(layer, path) && image.isShown(layer, path)) {
          links.set(path, symlinkTarget(path, linkPath))
        }
      } else if (isCandidate(path)) {
        const file = tree.fileOf(entry)
        if (typeof file !== 'string' && isWithinLimit(layer, path)) {
          files.push({ layer, path, file, isShown: image.isShown(layer, path) })
        }
      }
    }
  }
  return { files, links, cut, cutAt }
}

/** A file that is a package because of the files around it, with the number of its layer. */
export interface FoundFile {
  readonly layer: number
  readonly path: string
  readonly file: ApplicationFile
}

/** The candidates for which `read` returns a file. */
export function readCandidates(
  candidates: readonly PackageCandidate[],
  read: (candidate: PackageCandidate) => ApplicationFile | null,
): readonly FoundFile[] {
  return candidates.flatMap((candidate): FoundFile[] => {
    const file = read(candidate)
    return file === null ? [] : [{ layer: candidate.layer, path: candidate.path, file }]
  })
}
