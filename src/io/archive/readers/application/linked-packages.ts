import { hash } from 'node:crypto'
import { type ApplicationFile, ancestorsOf } from '../../../../model/index.js'
import type { ImageTree } from '../../tree/image-tree.js'
import { type ScannedLayer, withApplicationRecords } from '../layer.js'
import { levelsBelow, type PackageCandidate, type PackageCandidates } from './candidates.js'
import { FILE_READINGS, formOf } from './forms.js'
import { asUnreadable, readPackageJson, tooLarge } from './texts.js'

const TOO_MANY_LINKS = 'the image has more symbolic links and package.json files than the gate reads'

/**
 * Adds the packages to which a symbolic link in `node_modules` leads: npm's `file:` dependencies and workspaces, which are
 * folders anywhere in the image.
 */
export function withLinkedPackages(
  layers: readonly ScannedLayer[],
  image: ImageTree,
  candidates: PackageCandidates,
): readonly ScannedLayer[] {
  const targets = targetsOf(candidates.links, image)
  const candidatesByLayer = Map.groupBy(candidates.files, ({ layer }) => layer)
  return layers.map((layer, at) => {
    const ownCandidates = candidatesByLayer.get(at) ?? []
    const reachedFiles = ownCandidates.flatMap((candidate): [string, ApplicationFile][] => {
      const reached = reachedBy(candidate.path, targets)
      const file = reached === null ? null : readCandidate(layer, candidate, reached)
      return file === null ? [] : [[candidate.path, file]]
    })
    const addedFiles = Object.fromEntries([
      ...reachedFiles,
      ...(candidates.cut.has(at) ? omittedPackages(layer, ownCandidates, targets) : []),
    ])
    const cutAt = candidates.cutAt.get(at)
    return withApplicationRecords(layer, ({ cut, files }) => ({
      files: { ...files, ...addedFiles },
      ...(cut === null && cutAt !== undefined && { cut: TOO_MANY_LINKS, cutAt }),
    }))
  })
}

/** Target of a link -> for each level below it, a link by which a `package.json` there is a package. */
type Targets = ReadonlyMap<string, ReadonlyMap<number, string>>

function targetsOf(links: ReadonlyMap<string, string>, image: ImageTree): Targets {
  const targets = new Map<string, Map<number, string>>()
  for (const [link, linkedPath] of links) {
    const levels = levelsBelow(link)
    const target = levels.length === 0 ? null : image.resolve(linkedPath)
    if (target !== null) {
      const linkByLevel = targets.get(target) ?? new Map<number, string>()
      for (const level of levels) {
        linkByLevel.set(level, linkByLevel.get(level) ?? link)
      }
      targets.set(target, linkByLevel)
    }
  }
  return targets
}

/** The path by which Node.js finds a file, and whether the link leads to the file itself. */
interface ReachedFile {
  readonly linkedPath: string
  readonly isLinkToFile: boolean
}

function reachedBy(path: string, targets: Targets): ReachedFile | null {
  const pathAndAncestors = [path, ...ancestorsOf(path)]
  for (const level of [0, 1, 2, 3]) {
    const target = pathAndAncestors[level] === '.' ? '' : pathAndAncestors[level]
    const link = target === undefined ? undefined : targets.get(target)?.get(level)
    if (link !== undefined && target !== undefined) {
      const pathBelowTarget = target === '' ? `/${path}` : path.slice(target.length)
      if (formOf(link + pathBelowTarget) === 'npm') {
        return { linkedPath: link + pathBelowTarget, isLinkToFile: level === 0 }
      }
    }
  }
  return null
}

/** Without a version, what a link leads to is not a published package: npm links such folders too. */
function readCandidate(
  { tree }: ScannedLayer,
  { file }: PackageCandidate,
  { linkedPath, isLinkToFile }: ReachedFile,
): ApplicationFile | null {
  const { maxBytes } = FILE_READINGS.npm
  if (file.size > maxBytes) {
    return { md5: null, says: [tooLarge(file.size, maxBytes)] }
  }
  const bytes = tree.bytesOf(file)
  const statements = readPackageJson(bytes.toString('utf8'), linkedPath)
  const isPackage = statements.every(({ kind, version }) => kind !== 'npm' || version !== null)
  return isPackage || isLinkToFile ? { md5: hash('md5', bytes), says: statements } : null
}

/** Packages that links lead to and that the limit left out. */
function omittedPackages(
  { tree }: ScannedLayer,
  candidates: readonly PackageCandidate[],
  targets: Targets,
): readonly [string, ApplicationFile][] {
  const statements = [asUnreadable(TOO_MANY_LINKS)]
  const knownPaths = new Set(candidates.map(({ path }) => path))
  return [...targets].flatMap(([target, levels]): [string, ApplicationFile][] => {
    const path = levels.has(1) ? `${target}/package.json` : target
    const isOmitted = tree.index.has(path, 'other') && !knownPaths.has(path) && formOf(path) === null
    return isOmitted ? [[path, { md5: null, says: statements }]] : []
  })
}
