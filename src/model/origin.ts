import type { InstalledPackage } from './package.js'

/**
 * Where a package is from that is not from the image's own release. `stable`: another release that Debian supports.
 * `third-party`: no index of Debian has it. `unknown`: none that could be read has it, and not all could.
 */
export const ORIGINS = [
  'stable',
  'backports',
  'testing',
  'sid',
  'experimental',
  'third-party',
  'unknown',
] as const
export type Origin = (typeof ORIGINS)[number]

/** An installed package that is not from the image's own release. */
export interface ForeignPackage extends InstalledPackage {
  readonly origin: Origin
  /** The suite whose index has it, such as `trixie-security`; `null` where none has. */
  readonly suite: string | null
  /** The release whose row of the security tracker counts for it; `null`: that of the image's own. */
  readonly release: string | null
}
