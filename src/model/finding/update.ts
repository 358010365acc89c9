import type { AptSource } from '../apt-source.js'
import type { CommonFinding } from './common.js'

export const UPDATE_IDS = ['security-update', 'ordinary-update'] as const
export type UpdateId = (typeof UPDATE_IDS)[number]

/**
 * Where an update comes from. `rebuilt`: the archive has another build with an equal version; nothing says what
 * differs.
 */
export const UPDATE_ORIGINS = ['security', 'point-release', 'updates', 'rebuilt'] as const
export type UpdateOrigin = (typeof UPDATE_ORIGINS)[number]

/** Why `apt-get upgrade` keeps back a pending package. */
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

/** Whether today's base has the update. `not-of-base`: your own layers added the package. */
export type Rebuild =
  | { readonly what: 'brings' | 'leaves'; readonly version: string }
  | { readonly what: 'not-of-base' }

/** An installed package with another version in Debian's archive; not `installable` if its file is gone. */
export interface UpdateFinding extends CommonFinding {
  readonly check: 'security-updates'
  readonly id: UpdateId
  readonly package: string
  readonly version: string
  readonly fixedVersion: string
  readonly origin: UpdateOrigin
  readonly architecture: string
  /** Names of the indexes that contain the candidate. */
  readonly indexes: readonly string[]
  readonly source: string
  readonly sourceVersion: string
  /** The candidate's source package, if it is a different one. */
  readonly fixedSource: string | null
  readonly fixedSourceVersion: string | null
  /** The version that the image's apt would install; `null` if it would keep the installed one. */
  readonly asConfigured: string | null
  /** What the image's apt has to read to get it, if it is from a component that its sources lack; else `null`. */
  readonly aptSource: AptSource | null
  /** Where the archive has the package, according to its signed index. */
  readonly deb: { readonly url: string; readonly sha256: string } | null
  /** Why `apt-get upgrade` would keep it back, with words for people; `null` if it would not, or it is not known. */
  readonly heldBack: { readonly by: Holder; readonly text: string } | null
  /** False for an image without a usable apt (distroless). */
  readonly hasApt: boolean
  /** `null` if the packages of today's base were not read. */
  readonly rebuild: Rebuild | null
  /** The CVEs that it fixes and that KEV lists. */
  readonly exploited: readonly string[]
}
