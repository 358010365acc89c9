import { hash } from 'node:crypto'
import type { ApplicationFile } from '../../../model/application.js'
import { ancestorsOf } from '../../../model/interest.js'
import type { StoredLayer } from '../context.js'
import { follow } from '../layer-links.js'
import { formOf, READINGS } from './forms.js'
import { levelsBelow } from './package-links.js'
import { type Extent, openStored, type ReadAt } from './stored.js'
import { asUnreadable, readPackageJson, tooLarge } from './texts.js'

type Scanned = Pick<StoredLayer, 'about' | 'paths' | 'packageLinks'>

const LEFT_OUT = 'the image has more symbolic links and package.json files than the gate reads'

/**
 * Adds the packages to which a symbolic link in `node_modules` leads: npm's `file:` dependencies and workspaces, which are
 * folders anywhere in the image.
 * @param links those that the merged file system shows
 */
export function withLinkedPackages<Layer extends Scanned>(
  layers: readonly Layer[],
  links: ReadonlyMap<string, string>,
): readonly Layer[] {
  const targets = targetsOf(links)
  // A layer that is named again is read once.
  const done = new Map<Layer, Layer>()
  return layers.map((layer) => {
    const known = done.get(layer) ?? withTargets(layer, targets)
    done.set(layer, known)
    return known
  })
}

/** Path at the end of links -> for each level below it, a link that makes a `package.json` there a package. */
type Targets = ReadonlyMap<string, ReadonlyMap<number, string>>

function targetsOf(links: ReadonlyMap<string, string>): Targets {
  const targets = new Map<string, Map<number, string>>()
  for (const [link, to] of links) {
    const levels = levelsBelow(link)
    const target = levels.length === 0 ? null : follow(links, to)
    if (target !== null) {
      const targetLayers = targets.get(target) ?? new Map<number, string>()
      for (const level of levels) {
        targetLayers.set(level, targetLayers.get(level) ?? link)
      }
      targets.set(target, targetLayers)
    }
  }
  return targets
}

/** Where Node.js finds the file, and whether a link leads to the file itself. */
interface Reached {
  readonly as: string
  readonly isItself: boolean
}

function reachedBy(path: string, targets: Targets): Reached | null {
  const above = [path, ...ancestorsOf(path)]
  for (const level of [0, 1, 2, 3]) {
    const target = above[level] === '.' ? '' : above[level]
    const link = target === undefined ? undefined : targets.get(target)?.get(level)
    if (link !== undefined && target !== undefined) {
      const rest = target === '' ? `/${path}` : path.slice(target.length)
      if (formOf(link + rest) === 'npm') {
        return { as: link + rest, isItself: level === 0 }
      }
    }
  }
  return null
}

function withTargets<Layer extends Scanned>(layer: Layer, targets: Targets): Layer {
  const { about, packageLinks } = layer
  if (packageLinks === undefined || about.applications === undefined) {
    return layer
  }
  const stored = openStored(packageLinks.tar)
  try {
    const found = [...packageLinks.candidates].flatMap(([path, place]): [string, ApplicationFile][] => {
      const reached = reachedBy(path, targets)
      const file = reached === null ? null : readCandidate(stored.read, place, reached)
      return file === null ? [] : [[path, file]]
    })
    const more = Object.fromEntries([...found, ...(packageLinks.isCut ? leftOut(layer, targets) : [])])
    const { cut, files } = about.applications
    const { cutAt } = packageLinks
    const isCut = cut === null && cutAt !== null
    const applications = {
      ...about.applications,
      files: { ...files, ...more },
      ...(isCut && { cut: LEFT_OUT, cutAt }),
    }
    return { ...layer, about: { ...about, applications } }
  } finally {
    stored.close()
  }
}

/** A folder without a name and a version is no package that anybody has published; npm links these too. */
function readCandidate(
  read: ReadAt,
  { at, size }: Extent,
  { as, isItself }: Reached,
): ApplicationFile | null {
  const { most } = READINGS.npm
  if (size > most) {
    return { md5: null, says: [tooLarge(size, most)] }
  }
  const bytes = read(at, size)
  const statements = readPackageJson(bytes.toString('utf8'), as)
  const isPackage = statements.every(({ kind, version }) => kind !== 'npm' || version !== null)
  return isPackage || isItself ? { md5: hash('md5', bytes), says: statements } : null
}

/** Packages that are known to be there, and were left out. */
function leftOut({ paths, packageLinks }: Scanned, targets: Targets): readonly [string, ApplicationFile][] {
  const statements = [asUnreadable(LEFT_OUT)]
  return [...targets].flatMap(([target, levels]): [string, ApplicationFile][] => {
    const path = levels.has(1) ? `${target}/package.json` : target
    const isLeft = paths.has('other', path) && !packageLinks?.candidates.has(path) && formOf(path) === null
    return isLeft ? [[path, { md5: null, says: statements }]] : []
  })
}
