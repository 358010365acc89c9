import type { Common } from './common.js'

export const UPDATE_IDS = ['security-update', 'ordinary-update'] as const
export type UpdateId = (typeof UPDATE_IDS)[number]

/** Where an update comes from. `rebuilt`: the archive has another build under an equal version; nothing says what differs. */
export const UPDATE_ORIGINS = ['security', 'point-release', 'updates', 'rebuilt'] as const
export type UpdateOrigin = (typeof UPDATE_ORIGINS)[number]

/** Why `apt-get upgrade` leaves a pending package as it is. */
export const HOLDERS = [
  'hold',
  'phased',
  'half-installed',
  'depends',
  'conflicts',
  'breaks',
  'recommends',
  'multi-arch',
] as const
export type Holder = (typeof HOLDERS)[number]

/** Whether the base of now has the update. `not-of-base`: your own layers brought the package. */
export type Rebuild =
  | { readonly what: 'brings' | 'leaves'; readonly version: string }
  | { readonly what: 'not-of-base' }

/** An installed package of which Debian's archive has another version; not `installable` where its file is gone. */
export interface UpdateFinding extends Common {
  readonly check: 'security-updates'
  readonly id: UpdateId
  readonly package: string
  readonly version: string
  readonly fixedVersion: string
  readonly origin: UpdateOrigin
  readonly architecture: string
  /** Names of the indexes that hold the candidate. */
  readonly indexes: readonly string[]
  readonly source: string
  readonly sourceVersion: string
  /** The candidate's source package, where that is another one. */
  readonly fixedSource: string | null
  readonly fixedSourceVersion: string | null
  /** The version that apt of the image would take; `null` where it would leave the installed one. */
  readonly asConfigured: string | null
  /** Where the archive has the package, as its signed index says. */
  readonly deb: { readonly url: string; readonly sha256: string } | null
  /** Why `apt-get upgrade` would leave it, with words for people; `null` where it would not, or it is not known. */
  readonly heldBack: { readonly by: Holder; readonly text: string } | null
  /** False in an image in which nobody can run apt (distroless). */
  readonly hasApt: boolean
  /** `null` where the packages of the base of now were not read. */
  readonly rebuild: Rebuild | null
  /** The CVEs that it fixes and that KEV lists. */
  readonly exploited: readonly string[]
}
