import type { Pin, ReleaseFacts } from '../../../debian/apt/preferences.js'
import type { InstalledStanza, Stanza } from '../../../debian/control.js'

/** A Packages file that counts, with what its Release file says about it. */
export interface AptIndex {
  /** For people: `bookworm-security/main amd64`. */
  readonly name: string
  /** URL of the archive that it was read from, if that is known. */
  readonly archive?: string
  readonly release: ReleaseFacts
  readonly notAutomatic: boolean
  readonly butAutomaticUpgrades: boolean
  /** False if it has no valid signature and the source does not say `trusted=yes`: then it is dropped. */
  readonly trusted: boolean
  /** At least every stanza whose name is installed. */
  readonly packages: readonly Stanza[]
}

/** Everything that apt's answer depends on. */
export interface AptState {
  readonly installed: readonly InstalledStanza[]
  /** Native first. */
  readonly architectures: readonly [string, ...string[]]
  /** In the order of the sources. */
  readonly indexes: readonly AptIndex[]
  readonly pins: readonly Pin[]
  /** APT::Default-Release. */
  readonly defaultRelease: string | null
  /** APT::Ignore-Hold. */
  readonly ignoreHold: boolean
  /** APT::Install-Recommends. */
  readonly installRecommends: boolean
  /** APT::Install-Suggests. */
  readonly installSuggests: boolean
  /** Empty and absent are the same: without it apt ignores phasing. */
  readonly machineId: string | null
}
