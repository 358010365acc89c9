import { parseStanzas } from '../../../core/debian/control.js'
import { mainPackages, type Root, readPackages } from '../../../core/debian/packages.js'
import type { InstalledStanza } from './world.js'

/**
 * The packages of the image's own root with their stanzas. Where a package is in the status file and in `status.d`
 * the status file counts.
 * @throws SeaworthyError as `readPackages` does
 */
export function readInstalled(root: Root): InstalledStanza[] {
  const packages = mainPackages(readPackages(root))
  const stanzas = new Map<string, InstalledStanza['stanza']>()
  for (const path of new Set(packages.map(({ database }) => database))) {
    const text = root.files[path] ?? ''
    for (const stanza of parseStanzas(text === '' || text.endsWith('\n') ? text : `${text}\n`, path)) {
      const name = (stanza.fields.get('package') ?? '').toLowerCase()
      stanzas.set(`${path}\n${name}:${stanza.fields.get('architecture') ?? ''}`, stanza)
    }
  }
  const found = new Map<string, InstalledStanza>()
  for (const one of packages) {
    const key = `${one.name}:${one.architecture}`
    const stanza = stanzas.get(`${one.database}\n${key}`)
    if (stanza !== undefined && !found.has(key)) found.set(key, { package: one, stanza })
  }
  return [...found.values()]
}
