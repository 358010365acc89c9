import { addDays, compareText } from '../model/index.js'
import { SUPPORT_ROWS, SUPPORT_SOURCE } from './support-rows.js'

/** A line of Debian's own list of releases (package distro-info-data, debian.csv). Dates are YYYY-MM-DD. */
export interface SupportRow {
  /** The codename, such as `bookworm`. */
  readonly codename: string
  /** Such as `12`; `null` for sid and experimental. */
  readonly version: string | null
  /** Day on which it became stable; `null` if none is set. */
  readonly released: string | null
  /** Last day of regular security support. */
  readonly eol: string | null
  /** Last day of long term support (LTS). */
  readonly eolLts: string | null
  /** Last day of extended long term support (ELTS): paid, from an archive that is not Debian's. */
  readonly eolElts: string | null
}

/** `unreleased`: testing, unstable, or still to come. `unknown`: the table does not name it. */
export type SupportState = 'unreleased' | 'supported' | 'lts' | 'end-of-life' | 'unknown'

/** What Debian does for a release on a day. */
export interface Support {
  readonly codename: string
  readonly state: SupportState
  /** `null` if the table does not know the release. */
  readonly row: SupportRow | null
  /** Source of the table: the package's version, and the day it was imported. */
  readonly table: { readonly package: string; readonly version: string; readonly date: string }
}

/** @param today YYYY-MM-DD; the last day of a period still counts */
export function supportOf(
  codename: string,
  today: string,
  rows: readonly SupportRow[] = SUPPORT_ROWS,
): Support {
  const row = rows.find((one) => one.codename === codename) ?? null
  return { codename, state: stateOf(row, today), row, table: SUPPORT_SOURCE }
}

/**
 * The stable release on that day according to the table: the newest one released by then. The archive's own
 * statement (`Suite: stable`) takes precedence, since the table ages.
 */
export function stableByTable(today: string, rows: readonly SupportRow[] = SUPPORT_ROWS): string | null {
  const released = rows.flatMap(({ codename, released: day }) =>
    day !== null && day <= today ? [{ codename, day }] : [],
  )
  return released.sort((a, b) => compareText(a.day, b.day)).at(-1)?.codename ?? null
}

/**
 * The day on which `stable` took the place of this release as the stable one; `null` if another release is between
 * them, or the table does not date `stable`, or only for a day to come.
 */
export function supersededOn(codename: string, stable: string, today: string): string | null {
  const day = SUPPORT_ROWS.find((row) => row.codename === stable)?.released ?? null
  const isBefore = day !== null && day <= today && stableByTable(addDays(day, -1)) === codename
  return isBefore ? day : null
}

/** "Debian 13 (trixie)"; only the codename if the table has no number. */
export function releaseTitle(codename: string): string {
  const version = SUPPORT_ROWS.find((row) => row.codename === codename)?.version ?? null
  return version === null ? codename : `Debian ${version} (${codename})`
}

/** True if Debian publishes security updates for the release, so its security index must be fresh. */
export function hasSecuritySupport({ state }: Support): boolean {
  return state === 'supported' || state === 'lts'
}

function stateOf(row: SupportRow | null, today: string): SupportState {
  if (row === null) {
    return 'unknown'
  }
  if (row.released === null || row.released > today) {
    return 'unreleased'
  }
  // A release so new that no end is set yet is supported.
  if (row.eol === null || today <= row.eol) {
    return 'supported'
  }
  return row.eolLts !== null && today <= row.eolLts ? 'lts' : 'end-of-life'
}
