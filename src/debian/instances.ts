import type { InstalledPackage } from '../model/package.js'
import { brokenControl, type InstalledStanza } from './control.js'

/** Stanzas of one name, by architecture. */
type Instances = Map<string, InstalledStanza>

/**
 * The one that takes the place of this architecture: `all` is installed as the native one, whichever that is.
 * (Of two others dpkg also requires `Multi-Arch: same`; apt and the archive can tell the two apart without
 * it.)
 */
export function rivalOf(known: Instances, architecture: string): InstalledStanza | undefined {
  if (architecture === 'all' || architecture === '') {
    return known.values().next().value
  }
  return known.get(architecture) ?? known.get('all') ?? known.get('')
}

/**
 * A package that is installed twice: a lookup by name finds only one of them. dpkg 1.21 refuses such a
 * database ("multiple non-coinstallable package instances present"). The files of a `status.d` are one
 * database, which may contain the very same package twice.
 * @throws SeaworthyError `dpkg-status-broken`
 */
export function refuseDoubles(stanzas: readonly InstalledStanza[]): void {
  const known = new Map<string, Instances>()
  for (const one of stanzas) {
    const { name, architecture, database } = one.package
    const key = `${database.replace(/(?<=(?:^|\/)status\.d)\/[^/]*$/, '')} ${name}`
    const instances: Instances = known.get(key) ?? new Map()
    const rival = rivalOf(instances, architecture)
    if (rival === undefined) {
      known.set(key, instances.set(architecture, one))
    } else if (!isCopy(rival.package, one.package)) {
      const isHere = rival.package.database === database
      const place = isHere ? `first on line ${rival.stanza.line}` : `also in ${rival.package.database}`
      throw brokenControl(database, one.stanza.line, `${name}:${architecture} appears twice, ${place}`)
    }
  }
}

function isCopy(one: InstalledPackage, other: InstalledPackage): boolean {
  const isElsewhere = one.database !== other.database
  return isElsewhere && one.version === other.version && one.architecture === other.architecture
}
