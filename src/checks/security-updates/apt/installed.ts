import type { InstalledStanza } from '../../../debian/control.js'
import { rivalOf } from '../../../debian/instances.js'
import { mainPackages, type Root, readStanzas } from '../../../debian/packages.js'

/**
 * The packages of the image's own root with their stanzas. Where a package is in the status file and in `status.d`
 * the status file counts.
 * @throws SeaworthyError as `readPackages` does
 */
export function readInstalled(root: Root): InstalledStanza[] {
  const stanzas = readStanzas(root)
  const main = new Set(mainPackages(stanzas.map((one) => one.package)))
  const found = new Map<string, Map<string, InstalledStanza>>()
  return stanzas.filter((one) => {
    const { name, architecture } = one.package
    const known = found.get(name) ?? new Map<string, InstalledStanza>()
    if (!main.has(one.package) || rivalOf(known, architecture) !== undefined) return false
    found.set(name, known.set(architecture, one))
    return true
  })
}
