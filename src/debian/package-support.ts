import { PACKAGE_SUPPORT_ROWS, PACKAGE_SUPPORT_SOURCE } from './package-support-rows.js'

/** A line of Debian's lists of packages without full security support (package debian-security-support). */
export interface PackageSupportRow {
  /** A regular expression over the whole name of a source package, as check-support-status(1) takes it. */
  readonly source: string
  /** `supported`: an exception from the other lines. */
  readonly state: 'ended' | 'limited' | 'supported'
  /** Last version with support, and the last day of it, YYYY-MM-DD; `null` where it has not ended. */
  readonly last: string | null
  readonly day: string | null
  /** What the list refers to, as addresses. */
  readonly see: readonly string[]
}

/** What Debian says of the security support of one source package in one release. */
export interface PackageSupport {
  /** `ends`: on a day that is still to come. */
  readonly state: 'ended' | 'ends' | 'limited'
  /** YYYY-MM-DD; `null` for `limited`. */
  readonly day: string | null
  readonly see: readonly string[]
  /** "debian-security-support 1:13+2026.01.04". */
  readonly list: string
}

type Lists = Readonly<
  Record<string, { readonly version: string; readonly rows: readonly PackageSupportRow[] }>
>

/** Each release has its own, with the same package in other states. */
const LISTS: Lists = PACKAGE_SUPPORT_ROWS

/**
 * What is not fully supported; `null` where nothing is said against it, or there is no list of that release.
 * @param today YYYY-MM-DD
 */
export function packageSupport(
  source: string,
  codename: string,
  today: string,
  lists: Lists = LISTS,
): PackageSupport | null {
  const list = Object.hasOwn(lists, codename) ? lists[codename] : undefined
  const rows = (list?.rows ?? []).filter((row) => isWholly(row.source, source))
  // The first line that fits decides, and an exception stands above them all (check-support-status).
  const [row] = rows
  if (list === undefined || row === undefined || rows.some(({ state }) => state === 'supported')) {
    return null
  }
  const { day, see } = row
  const ended = day !== null && day <= today
  const state = row.state === 'limited' ? 'limited' : ended ? 'ended' : 'ends'
  return { state, day, see, list: `${PACKAGE_SUPPORT_SOURCE.package} ${list.version}` }
}

function isWholly(pattern: string, name: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(name)
}
