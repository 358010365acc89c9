import { hash } from 'node:crypto'
import { type ApplicationFile, ancestorsOf } from '../../../../model/index.js'
import { type StoredLayer, withApplicationRecords } from '../context.js'
import { resolvePath } from '../links.js'
import { NOT_READ_YET, type NotReadYet, type SecondReads } from '../second-reads.js'
import { FILE_READINGS, formOf } from './forms.js'
import { levelsBelow } from './package-links.js'
import type { Extent, ReadAt } from './stored.js'
import { asUnreadable, readPackageJson, tooLarge } from './texts.js'

type LayerPart = Pick<StoredLayer, 'layerFacts' | 'paths' | 'packageLinks' | 'secondReads'>

const TOO_MANY_LINKS = 'the image has more symbolic links and package.json files than the gate reads'

/**
 * Adds the packages to which a symbolic link in `node_modules` leads: npm's `file:` dependencies and workspaces, which are
 * folders anywhere in the image.
 * @param links those that the merged file system shows
 */
export function withLinkedPackages<Layer extends LayerPart>(
  layers: readonly Layer[],
  links: ReadonlyMap<string, string>,
): readonly Layer[] {
  const targets = targetsOf(links)
  // A layer that the image has twice is read once.
  const finishedLayers = new Map<Layer, Layer>()
  return layers.map((layer) => {
    const finished = finishedLayers.get(layer) ?? withTargets(layer, targets)
    finishedLayers.set(layer, finished)
    return finished
  })
}

/** Target of a link -> for each level below it, a link by which a `package.json` there is a package. */
type Targets = ReadonlyMap<string, ReadonlyMap<number, string>>

function targetsOf(links: ReadonlyMap<string, string>): Targets {
  const targets = new Map<string, Map<number, string>>()
  for (const [link, linkedPath] of links) {
    const levels = levelsBelow(link)
    const target = levels.length === 0 ? null : resolvePath(links, linkedPath)
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

function withTargets<Layer extends LayerPart>(layer: Layer, targets: Targets): Layer {
  const { packageLinks, secondReads } = layer
  if (packageLinks === undefined || secondReads === undefined) {
    return layer
  }
  const reachedFiles = [...packageLinks.candidates].flatMap(([path, extent]): [string, ApplicationFile][] => {
    const reached = reachedBy(path, targets)
    const file = reached === null ? null : readCandidate(secondReads, extent, reached)
    return file === null || file === NOT_READ_YET ? [] : [[path, file]]
  })
  const addedFiles = Object.fromEntries([
    ...reachedFiles,
    ...(packageLinks.isCut ? omittedPackages(layer, targets) : []),
  ])
  const { cutAt } = packageLinks
  return withApplicationRecords(layer, ({ cut, files }) => ({
    files: { ...files, ...addedFiles },
    ...(cut === null && cutAt !== null && { cut: TOO_MANY_LINKS, cutAt }),
  }))
}

/** Without a version, what a link leads to is not a published package: npm links such folders too. */
function readCandidate(
  secondReads: SecondReads,
  extent: Extent,
  { linkedPath, isLinkToFile }: ReachedFile,
): ApplicationFile | null | NotReadYet {
  const { size } = extent
  const { maxBytes } = FILE_READINGS.npm
  if (size > maxBytes) {
    return { md5: null, says: [tooLarge(size, maxBytes)] }
  }
  const read = (readFile: ReadAt) => {
    const bytes = readFile(0, size)
    const statements = readPackageJson(bytes.toString('utf8'), linkedPath)
    const isPackage = statements.every(({ kind, version }) => kind !== 'npm' || version !== null)
    return isPackage || isLinkToFile ? { md5: hash('md5', bytes), says: statements } : null
  }
  return secondReads.valueOf(`package at ${linkedPath}, ${isLinkToFile}`, extent, { kind: 'places', read })
}

/** Packages that links lead to and that the limit left out. */
function omittedPackages(
  { paths, packageLinks }: LayerPart,
  targets: Targets,
): readonly [string, ApplicationFile][] {
  const statements = [asUnreadable(TOO_MANY_LINKS)]
  return [...targets].flatMap(([target, levels]): [string, ApplicationFile][] => {
    const path = levels.has(1) ? `${target}/package.json` : target
    const isOmitted = paths.has('other', path) && !packageLinks?.candidates.has(path) && formOf(path) === null
    return isOmitted ? [[path, { md5: null, says: statements }]] : []
  })
}
