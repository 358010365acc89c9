import { PACKAGE_SUPPORT_ROWS, PACKAGE_SUPPORT_SOURCE } from './package-support-rows.js'

/** A line of Debian's lists of packages without full security support (package debian-security-support). */
export interface PackageSupportRow {
  /** A regular expression for the whole name of a source package, as in check-support-status(1). */
  readonly source: string
  /** `supported`: an exception to the other lines. */
  readonly state: 'ended' | 'limited' | 'supported'
  /** Last version with support, and its last day, YYYY-MM-DD; `null` if it has not ended. */
  readonly last: string | null
  readonly day: string | null
  /** The addresses that the list refers to. */
  readonly see: readonly string[]
}

/** What Debian says about the security support of one source package in one release. */
export interface PackageSupport {
  /** `ends`: on a future day. */
  readonly state: 'ended' | 'ends' | 'limited'
  /** YYYY-MM-DD; `null` for `limited`. */
  readonly day: string | null
  readonly see: readonly string[]
  /** "debian-security-support 1:13+2026.01.04". */
  readonly list: string
}

/** Each release has its own list, in which the same package may have another state. */
const LISTS: Readonly<
  Record<string, { readonly version: string; readonly rows: readonly PackageSupportRow[] }>
> = PACKAGE_SUPPORT_ROWS

/**
 * What Debian says about the security support of a source package in a release; `null` if it is fully supported, or
 * there is no list for that release.
 *
 * @param today YYYY-MM-DD
 */
export function packageSupport(source: string, codename: string, today: string): PackageSupport | null {
  const list = Object.hasOwn(LISTS, codename) ? LISTS[codename] : undefined
  const rows = (list?.rows ?? []).filter((row) => new RegExp(`^(?:${row.source})$`).test(source))
  // The first line that applies decides; exceptions come before all others (check-support-status).
  const [row] = rows
  if (list === undefined || row === undefined || rows.some(({ state }) => state === 'supported')) {
    return null
  }
  const { day, see } = row
  const ended = day !== null && day <= today
  const state = row.state === 'limited' ? 'limited' : ended ? 'ended' : 'ends'
  return { state, day, see, list: `${PACKAGE_SUPPORT_SOURCE.package} ${list.version}` }
}
