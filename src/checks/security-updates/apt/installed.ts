import { type InstalledStanza, mainPackages, type Root, readStanzas } from '../../../core/debian/packages.js'

/**
 * The packages of the image's own root with their stanzas. Where a package is in the status file and in `status.d`
 * the status file counts.
 * @throws SeaworthyError as `readPackages` does
 */
export function readInstalled(root: Root): InstalledStanza[] {
  const stanzas = readStanzas(root)
  const main = new Set(mainPackages(stanzas.map((one) => one.package)))
  const found = new Map<string, InstalledStanza>()
  for (const one of stanzas) {
    const key = `${one.package.name}:${one.package.architecture}`
    if (main.has(one.package) && !found.has(key)) found.set(key, one)
  }
  return [...found.values()]
}
