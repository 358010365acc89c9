import { ancestorsOf } from '../../../../model/index.js'
import { relativePath, shownName } from '../../formats/path.js'
import type { TarEntry } from '../../formats/tar-header.js'
import { type Body, createTarReader, type OnEntry, type TarReader } from '../../formats/tar-reader.js'
import { type StoredLayer, withApplicationRecords } from '../context.js'
import type { Extent, ReadAt } from './stored.js'
import { asUnreadable } from './texts.js'

/** Where in the layer's tar a hard link's content is, or a text that says what the link leads to instead. */
export type LinkTarget = Extent | string

const CHUNK_BYTES = 64 * 1024
/** Limit for hard links to hard links; builders link each name to the first one. */
const MAX_HARD_LINK_HOPS = 8

/**
 * Finds the files behind hard links. A tar contains a file before the links to it, but nothing at the file
 * shows that a link will come, and storing the offsets of millions of files would take as much memory as
 * everything else about the layer. So the tar's headers are read again, only in layers with such links, and
 * once more for each link to a link.
 */
export interface LinkSearch {
  /** Whether the tar has to be read once more. */
  isOpen(): boolean
  /**
   * Begins to read the tar.
   * @param bodyOf the receiver of a file, which may be the target of a link
   */
  begin(bodyOf: BodyOf): TarReader
  /** As found by the last pass: the path of each link, and its target. */
  targets(): ReadonlyMap<string, LinkTarget>
}

type BodyOf = (file: Extent, isTarget: boolean) => Body | null

/** @param links by their path in the image */
export function createLinkSearch(
  links: ReadonlyMap<string, TarEntry>,
  limits: { readonly extendedHeaderBytes: number },
): LinkSearch {
  const targetPaths = new Set([...links.values()].map((link) => relativePath(link.linkPath) ?? ''))
  let targets = new Map<string, LinkTarget>()
  let [passes, countBefore] = [0, 0]
  return {
    isOpen: () => links.size > 0 && passes < MAX_HARD_LINK_HOPS && targetPaths.size > countBefore,
    begin(bodyOf) {
      passes++
      countBefore = targetPaths.size
      targets = new Map()
      return createTarReader(targetFinder(links, targetPaths, targets, bodyOf), 'a stored layer', limits)
    },
    targets: () => targets,
  }
}

/** @param read the stored layer */
export function resolveHardLinks(
  links: ReadonlyMap<string, TarEntry>,
  read: ReadAt,
  limits: { readonly extendedHeaderBytes: number },
): ReadonlyMap<string, LinkTarget> {
  const search = createLinkSearch(links, limits)
  while (search.isOpen()) {
    const reader = search.begin(() => null)
    for (let at = 0; reader.state() !== 'ended'; at += reader.skip()) {
      const chunk = read(at, CHUNK_BYTES)
      if (chunk.length === 0) {
        break
      }
      reader.write(chunk)
      at += chunk.length
    }
  }
  return search.targets()
}

/**
 * The targets of links, resolved in the order of the tar: a link leads to what is at its target at that
 * moment. Adds the targets of links to links to `targetPaths`.
 */
function targetFinder(
  links: ReadonlyMap<string, TarEntry>,
  targetPaths: Set<string>,
  targets: Map<string, LinkTarget>,
  bodyOf: BodyOf,
): OnEntry {
  const currentTargets = new Map<string, LinkTarget>()

  function targetOfLink({ linkPath }: TarEntry): LinkTarget {
    const target = relativePath(linkPath) ?? ''
    const isNew = !targetPaths.has(target)
    targetPaths.add(target)
    const reason = isNew
      ? `another one, more than ${MAX_HARD_LINK_HOPS} times`
      : `${shownName(linkPath)}, which does not come before it in the same layer`
    return currentTargets.get(target) ?? reason
  }

  return (tarEntry) => {
    const path = relativePath(tarEntry.path)
    const isTarget = path !== null && targetPaths.has(path)
    if (path !== null && (isTarget || links.has(path))) {
      const linkTarget = tarEntry.type === 'hardlink' ? targetOfLink(tarEntry) : targetOfEntry(tarEntry)
      if (isTarget) {
        currentTargets.set(path, linkTarget)
      }
      if (tarEntry.type === 'hardlink' && links.has(path)) {
        targets.set(path, linkTarget)
      }
    }
    return tarEntry.type === 'file'
      ? bodyOf({ offset: tarEntry.offset, size: tarEntry.size }, isTarget)
      : null
  }
}

function targetOfEntry({ type, offset: at, size }: TarEntry): LinkTarget {
  switch (type) {
    case 'file':
      return { offset: at, size }
    case 'sparse':
      return 'a sparse file'
    case 'symlink':
      return 'a symbolic link'
    default:
      return 'what is not a regular file'
  }
}

/** Linux follows 40 (path_resolution(7)). */
const MAX_SYMLINK_HOPS = 40

/**
 * Symbolic links with the name of an application package, to files that were read neither under their own
 * names nor for their content. Debian's alternatives are links to links.
 * @param symlinks those of a layer, with the paths that they lead to
 * @returns each with the path at the end of its links, or with its own path if the links form a circle
 */
export function misleadingLinks(
  symlinks: ReadonlyMap<string, string>,
  isNamed: (path: string) => boolean,
  isRead: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const misleading = [...symlinks.keys()].filter(isNamed).flatMap((path) => {
    let target = path
    for (let hop = 0; hop < MAX_SYMLINK_HOPS && symlinks.has(target); hop++) {
      target = symlinks.get(target) ?? target
    }
    return symlinks.has(target) ? [[path, path] as const] : isRead(target) ? [] : [[path, target] as const]
  })
  return new Map(misleading)
}

/** Reports links to files that no layer read. Links to folders, or to nothing, have no content. */
export function withSymlinks<Layer extends Pick<StoredLayer, 'layerFacts' | 'paths' | 'symlinks'>>(
  layers: readonly Layer[],
): readonly Layer[] {
  const isFile = (path: string) => layers.some(({ paths }) => paths.has('other', path))
  const isRead = (path: string) =>
    layers.some(({ layerFacts }) => Object.hasOwn(layerFacts.applications?.files ?? {}, path))
  const isUnread = (target: string) =>
    !isRead(target) && [target, ...ancestorsOf(target)].some((path) => isFile(path))
  return layers.map((layer) => {
    const unread = [...(layer.symlinks ?? [])].filter(([, target]) => isUnread(target))
    const statements = [asUnreadable('a symbolic link to a file that was not read')]
    const addedFiles = Object.fromEntries(unread.map(([path]) => [path, { md5: null, says: statements }]))
    return unread.length === 0
      ? layer
      : withApplicationRecords(layer, ({ files }) => ({ files: { ...files, ...addedFiles } }))
  })
}
