import { mainPackages } from '../../../debian/packages.js'
import type { ForeignPackage, InstalledPackage } from '../../../model/index.js'
import type { ClairPackage } from './report.js'

/** One dpkg database (or another set of packages) of the image, as dpkg and Clair see it. */
export interface Database {
  /** Path; `null` is the image's own. */
  readonly path: string | null
  readonly installed: readonly InstalledPackage[]
  /** Packages as found by Clair, with only their paths in this database. */
  readonly reported: readonly ClairPackage[]
}

/**
 * The image's own database, and each other one that Clair or Seaworthy read: Clair uses a database only if `status` and
 * `info/` are in the same layer (claircore, dpkg/scanner.go). For a database that only Clair read, its list of
 * installed packages is used, if it is for this Debian release.
 * @param isOfOtherRelease whether the database is known to be of a system of another Debian release
 */
export function databasesOf(
  packages: readonly InstalledPackage[],
  reported: readonly ClairPackage[],
  codename: string,
  isOfOtherRelease: (path: string) => boolean = () => false,
): readonly [main: Database, ...more: Database[]] {
  const parts = reported.flatMap((one) => {
    const byPath = Map.groupBy(one.places, ({ database }) => databasePath(database))
    return [...byPath].map(([path, places]) => ({ path, part: { ...one, places } }))
  })
  const partsByPath = Map.groupBy(parts, ({ path }) => path)
  const reportedAt = (path: string | null) => (partsByPath.get(path) ?? []).map(({ part }) => part)
  const packagesByPath = Map.groupBy(packages, ({ database }) => databasePath(database))
  const paths = new Set([...partsByPath.keys(), ...packagesByPath.keys()].filter((path) => path !== null))
  const found = [...paths].map((path) => {
    const reported = reportedAt(path)
    const packagesOfDebian = reported.filter((one) => isFromDebianRelease(one, codename))
    const ownPackages = packagesByPath.get(path) ?? []
    const isKnown = packagesOfDebian.length > 0 || reported.length === 0 || isOfOtherRelease(path)
    const trusted = ownPackages.length > 0 && isKnown
    return { path, installed: trusted ? ownPackages : installedPackagesOf(packagesOfDebian), reported }
  })
  return [{ path: null, installed: mainPackages(packages), reported: reportedAt(null) }, ...found]
}

/** The database without vendors' packages: Debian's tracker does not cover their versions, even for equal names. */
export function withoutVendors(database: Database, foreign: readonly ForeignPackage[]): Database {
  const vendors = new Set(
    foreign.flatMap(({ name, version, vendor }) => (vendor === undefined ? [] : [`${name} ${version}`])),
  )
  const isOther = ({ name, version }: { readonly name: string; readonly version: string }) =>
    !vendors.has(`${name} ${version}`)
  const { installed, reported } = database
  return vendors.size === 0
    ? database
    : { ...database, installed: installed.filter(isOther), reported: reported.filter(isOther) }
}

/** A folder `status.d` has one file per package. It is one database, although Clair counts each file as one. */
function databasePath(path: string): string | null {
  const statusFolder = path.replace(/(^|\/)status\.d\/.*$/s, '$1status.d')
  return statusFolder === 'var/lib/dpkg/status' || statusFolder === 'var/lib/dpkg/status.d'
    ? null
    : statusFolder
}

/** Whether Clair matched the package for this Debian release: only then the tracker's rows apply to it. */
export function isFromDebianRelease({ places }: ClairPackage, codename: string): boolean {
  return places.some(
    ({ distribution }) => distribution?.id === 'debian' && distribution.codename === codename,
  )
}

function installedPackagesOf(reported: readonly ClairPackage[]): InstalledPackage[] {
  return reported.map(({ name, version, architecture, source, places }) => {
    const from = { source: source?.name ?? name, sourceVersion: source?.version ?? version }
    const status = { want: 'install', flag: 'ok', state: 'installed' }
    return { name, version, architecture, ...from, ...status, database: places[0]?.database ?? '' }
  })
}
