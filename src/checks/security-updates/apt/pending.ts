import { compareVersions } from '../../../debian/version.js'
import { candidateOf, prioritiesOf } from './candidate.js'
import { type KnownPackage, type KnownVersion, knownPackages } from './index.js'
import type { AptState } from './state.js'

/** A package whose candidate is not what is installed. */
export interface PendingUpdate {
  readonly key: string
  readonly known: KnownPackage
  readonly candidate: KnownVersion
  /** `rebuilt`: an equal version, built differently. `downgrade`: `apt list --upgradable` omits it, but apt does it. */
  readonly kind: 'upgrade' | 'rebuilt' | 'downgrade'
  readonly onHold: boolean
  /** True if the archive does not offer the update to all machines yet (Phased-Update-Percentage). */
  readonly phased: boolean
}

export interface PendingSet {
  readonly packages: ReadonlyMap<string, KnownPackage>
  readonly pending: readonly PendingUpdate[]
}

/**
 * Every installed package that apt would replace with another version.
 * @param phased `as-apt`: apt 2.2 does not choose an update that the archive does not offer to all machines
 * yet; `listed`: it is pending, as in later versions of apt, which only keep it back
 * @throws SeaworthyError `apt-stops`
 */
export function pendingOf(apt: AptState, phased: 'as-apt' | 'listed' = 'as-apt'): PendingSet {
  const policy = prioritiesOf(apt)
  const packages = knownPackages(apt)
  const hidesPhasedUpdates = phased === 'as-apt' && hidesPhased(packages)
  const ceiling = (version: KnownVersion) =>
    hidesPhasedUpdates && isPhased(version, apt) ? 1 : Number.POSITIVE_INFINITY
  const pending = [...packages.values()].flatMap((known): PendingUpdate[] => {
    const candidate = candidateOf(known, policy, ceiling)
    if (candidate === null || candidate.installed) {
      return []
    }
    const order = compareVersions(candidate.version.version, known.current.version.version)
    const onHold = known.installed.package.want === 'hold' && !apt.ignoreHold
    const kind = order > 0 ? 'upgrade' : order < 0 ? 'downgrade' : 'rebuilt'
    return [{ key: known.key, known, candidate, kind, onHold, phased: isPhased(candidate, apt) }]
  })
  return { packages, pending }
}

/** Updates from a security suite are for all machines at once. */
function isPhased({ version, indexes }: KnownVersion, { machineId }: AptState): boolean {
  if (indexes.some(({ release }) => release.suite?.endsWith('-security'))) {
    return false
  }
  return machineId !== null && version.phased !== null && version.phased < 100
}

/** Whether the image's apt is 2.2, which gives phased versions a low priority; later ones list and keep them back. */
function hidesPhased(packages: ReadonlyMap<string, KnownPackage>): boolean {
  const apt = [...packages.values()].find(({ installed }) => installed.package.name === 'apt')
  return apt !== undefined && compareVersions(apt.current.version.version, '2.5') < 0
}
