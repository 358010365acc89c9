import { ancestorsOf } from '../../../model/interest.js'
import type { StoredLayer } from '../context.js'
import { relativePath, shownName } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import { createTarReader } from '../tar-reader.js'
import type { Extent, ReadAt } from './stored.js'
import { asUnreadable } from './texts.js'

/** Where the content of a hard link's file is in the layer's tar, or what the link leads to instead. */
export type Linked = Extent | string

const PIECE_BYTES = 64 * 1024
/** A builder links each name to the first one. */
const MOST_HOPS = 8

/**
 * Finds the files behind hard links. A tar names a file before the links to it, but nothing shows at the file that one
 * will come, and a place for each of millions of files would take as much memory as all else about the layer. So its
 * headers are read once more, only those in layers with such links, and once more for each link to a link.
 * @param links by their path in the image
 * @param read the stored layer
 */
export function resolveLinks(
  links: ReadonlyMap<string, TarEntry>,
  read: ReadAt,
  limits: { readonly extendedHeaderBytes: number },
): ReadonlyMap<string, Linked> {
  const wanted = new Set([...links.values()].map((link) => relativePath(link.linkPath) ?? ''))
  let found: ReadonlyMap<string, Linked> = new Map()
  let isMore = links.size > 0
  for (let hop = 0; isMore && hop < MOST_HOPS; hop++) {
    const before = wanted.size
    found = targetsOf(links, wanted, read, limits)
    isMore = wanted.size > before
  }
  return found
}

/** In the order of the tar: a link leads to what its target is at that moment. Adds targets of links to `wanted`. */
function targetsOf(
  links: ReadonlyMap<string, TarEntry>,
  wanted: Set<string>,
  read: ReadAt,
  limits: { readonly extendedHeaderBytes: number },
): ReadonlyMap<string, Linked> {
  const now = new Map<string, Linked>()
  const found = new Map<string, Linked>()
  const reader = createTarReader(
    (current) => {
      const path = relativePath(current.path)
      const isWanted = path !== null && wanted.has(path)
      if (path === null || (!isWanted && !links.has(path))) {
        return null
      }
      const linked = current.type === 'hardlink' ? targetOf(current) : linkedTo(current)
      if (isWanted) {
        now.set(path, linked)
      }
      if (current.type === 'hardlink' && links.has(path)) {
        found.set(path, linked)
      }
      return null
    },
    'a stored layer',
    limits,
  )

  function targetOf({ linkPath }: TarEntry): Linked {
    const target = relativePath(linkPath) ?? ''
    const isNew = !wanted.has(target)
    wanted.add(target)
    const why = isNew
      ? `another one, more than ${MOST_HOPS} times`
      : `${shownName(linkPath)}, which does not come before it in the same layer`
    return now.get(target) ?? why
  }

  for (let at = 0; reader.state() !== 'ended'; at += reader.skip()) {
    const piece = read(at, PIECE_BYTES)
    if (piece.length === 0) {
      break
    }
    reader.write(piece)
    at += piece.length
  }
  return found
}

function linkedTo({ type, at, size }: TarEntry): Linked {
  switch (type) {
    case 'file':
      return { at, size }
    case 'sparse':
      return 'a sparse file'
    case 'symlink':
      return 'a symbolic link'
    default:
      return 'what is not a regular file'
  }
}

/** Linux follows 40 (path_resolution(7)). */
const MOST_SYMLINKS = 40

/**
 * Symbolic links whose names say what they are, and that lead to no file that is read under its own name, or was read
 * for its content. Debian's alternatives are links to links.
 * @param symlinks those of a layer, with the paths that they lead to
 * @returns each with the path at the end of its links; with its own for links in a circle
 */
export function misleadingLinks(
  symlinks: ReadonlyMap<string, string>,
  isNamed: (path: string) => boolean,
  isRead: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const found = [...symlinks.keys()].filter(isNamed).flatMap((path) => {
    let at = path
    for (let hop = 0; hop < MOST_SYMLINKS && symlinks.has(at); hop++) {
      at = symlinks.get(at) ?? at
    }
    return symlinks.has(at) ? [[path, path] as const] : isRead(at) ? [] : [[path, at] as const]
  })
  return new Map(found)
}

/**
 * Adds the links whose file is in some layer and was read in none: only now are all layers known. A link to a folder,
 * or to nothing, shows no content.
 */
export function withSymlinks<Layer extends Pick<StoredLayer, 'about' | 'paths' | 'symlinks'>>(
  layers: readonly Layer[],
): readonly Layer[] {
  const isFile = (path: string) => layers.some(({ paths }) => paths.has('other', path))
  const isRead = (path: string) =>
    layers.some(({ about }) => Object.hasOwn(about.applications?.files ?? {}, path))
  const isUnread = (target: string) =>
    !isRead(target) && [target, ...ancestorsOf(target)].some((path) => isFile(path))
  return layers.map((layer) => {
    const { about, symlinks = new Map() } = layer
    const unread = [...symlinks].filter(([, target]) => isUnread(target))
    if (about.applications === undefined || unread.length === 0) {
      return layer
    }
    const statements = [asUnreadable('a symbolic link to a file that was not read')]
    const more = Object.fromEntries(unread.map(([path]) => [path, { md5: null, says: statements }]))
    const applications = { ...about.applications, files: { ...about.applications.files, ...more } }
    return { ...layer, about: { ...about, applications } }
  })
}
