import { join } from 'node:path'
import { readSources, type Target } from '../../debian/apt/sources.js'
import { listFolder, readText } from '../../io/files/files.js'

/**
 * The sources of the machine that the gate runs on, for mirrors that it can reach. Whatever is wrong with them is
 * not the image's fault: then there are none.
 * @param root where etc/apt is, for tests
 */
export function machineSources(root = '/'): readonly Target[] {
  try {
    const parts = listFolder(join(root, 'etc/apt/sources.list.d')).map(
      (name) => `etc/apt/sources.list.d/${name}`,
    )
    const files: Record<string, string> = {}
    for (const path of ['etc/apt/sources.list', ...parts]) {
      const text = /\.(?:list|sources)$/.test(path) ? readText(join(root, path)) : null
      if (text !== null) files[path] = text
    }
    // One name of an architecture is enough: only addresses are wanted.
    return readSources(files, ['all'])
  } catch {
    return []
  }
}
