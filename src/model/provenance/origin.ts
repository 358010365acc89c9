import type { InstalledPackage } from '../packages/package.js'
import type { VendorPackage } from './vendors.js'

/**
 * The origin of a package that is not from the image's own release. `stable`: another release that Debian supports.
 * `third-party`: no index of Debian has it. `unknown`: no readable index has it, and not all could be read.
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

export interface ForeignPackage extends InstalledPackage {
  readonly origin: Origin
  /** The suite whose index has it, such as `trixie-security`, or the release that had it; `null` if none is known. */
  readonly suite: string | null
  /** The release whose row of the security tracker applies to it; `null`: the image's own. */
  readonly release: string | null
  /** The vendor that publishes it in a repository of its own, if that is known. */
  readonly vendor?: VendorPackage
}

/** Which source packages of which release are of interest in the security tracker. */
export interface RowRequest {
  readonly packages: ReadonlySet<string>
  readonly codename: string
}
