import type { Pin, ReleaseFacts } from '../../../debian/apt/preferences.js'
import type { InstalledStanza, Stanza } from '../../../debian/control.js'

/** A Packages index, with what its Release file says about it. */
export interface AptIndex {
  /** For people: `bookworm-security/main amd64`. */
  readonly name: string
  /** URL of the archive that it was read from, if that is known. */
  readonly archive?: string
  readonly release: ReleaseFacts
  readonly notAutomatic: boolean
  readonly butAutomaticUpgrades: boolean
  /** At least the stanzas of all packages that are installed. */
  readonly packages: readonly Stanza[]
}

/** Everything that apt's answer depends on. */
export interface AptState {
  readonly installed: readonly InstalledStanza[]
  /** dpkg's architectures, the native one first. */
  readonly architectures: readonly [string, ...string[]]
  /** In the order of apt's sources. */
  readonly indexes: readonly AptIndex[]
  readonly pins: readonly Pin[]
  readonly defaultRelease: string | null
  readonly ignoreHold: boolean
  readonly installRecommends: boolean
  readonly installSuggests: boolean
  /** From /etc/machine-id; `null` if it is empty or absent: apt then ignores phasing. */
  readonly machineId: string | null
}
