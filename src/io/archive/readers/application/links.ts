import { ancestorsOf } from '../../../../model/index.js'
import { type ScannedLayer, withApplicationRecords } from '../layer.js'
import { asUnreadable } from './texts.js'

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
