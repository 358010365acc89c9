import { type Release, readRelease } from '../debian/os-release.js'
import { mainPackages, type Root, readPackages } from '../debian/packages.js'
import { judgedAs } from '../debian/signed.js'
import {
  cached,
  compareText,
  type Image,
  type InstalledPackage,
  mergeLayers,
  type RootView,
  type RowRequest,
  readOrNull,
} from '../model/index.js'

/** A Debian image, in the form that each check needs. */
export interface Listing {
  readonly root: RootView
  readonly release: Release
  /** Of all dpkg databases. */
  readonly packages: readonly InstalledPackage[]
  /** Of the image's own root. */
  readonly main: readonly InstalledPackage[]
}

/** Images are values: several checks ask for the listing of one. */
const listingIn = cached((layers: Image['layers']): Listing => {
  const root = mergeLayers(layers)
  const release = readRelease(root.files)
  const packages = readPackages(root)
  return { root, release, packages, main: mainPackages(packages) }
})

/** @throws SeaworthyError if the image has no release or no packages (readRelease, readPackages) */
export function listingOf({ layers }: Image): Listing {
  return listingIn(layers)
}

/** dpkg's own files, in the root of a system. */
const DATABASE = /var\/lib\/dpkg\/status(?:\.d(?:\/.*)?)?$/s

/**
 * The release of the system that a dpkg database belongs to, by the os-release file of its own root; `null`: the image's
 * own, or not known.
 */
export function nestedRelease({ root: { files }, release }: Listing, database: string): string | null {
  const top = DATABASE.test(database) ? database.replace(DATABASE, '') : ''
  const releaseFiles = ['etc/os-release', 'usr/lib/os-release'].flatMap((path): [string, string][] => {
    const text = top === '' ? undefined : files[`${top}${path}`]
    return text === undefined ? [] : [[path, text]]
  })
  const nested =
    releaseFiles.length === 0 ? null : readOrNull(() => readRelease(Object.fromEntries(releaseFiles)))
  return nested === null || nested.codename === release.codename ? null : nested.codename
}

/** The tracker rows needed for systems of other releases in the image. */
export function nestedRows(listing: Listing): RowRequest[] {
  return [...Map.groupBy(listing.packages, ({ database }) => database)].flatMap(([database, packages]) => {
    const codename = nestedRelease(listing, database)
    return codename === null ? [] : [{ codename, packages: sourceNames(packages) }]
  })
}

/** Source packages as the security tracker may know them, including those that signed ones are made from. */
export function sourceNames(packages: readonly InstalledPackage[]): ReadonlySet<string> {
  return new Set(packages.flatMap(judgedAs).map(({ source }) => source))
}

/** dpkg's own architectures from `arch`, as written there. */
export function listedArchitectures({ files }: Pick<Root, 'files'>): string[] {
  return (files['var/lib/dpkg/arch'] ?? '').split('\n').filter((line) => line !== '')
}

/** dpkg's own architecture is the native one; an image without dpkg has it in `arch`, or in most packages. */
export function nativeArchitecture(packages: readonly InstalledPackage[], listed: readonly string[]): string {
  const dpkg = packages.find(({ name }) => name === 'dpkg')
  if (dpkg !== undefined && dpkg.architecture !== 'all') {
    return dpkg.architecture
  }
  if (listed[0] !== undefined) {
    return listed[0]
  }
  const byArchitecture = Map.groupBy(packages, ({ architecture }) => architecture)
  byArchitecture.delete('all')
  const [most] = [...byArchitecture].sort(([a, x], [b, y]) => y.length - x.length || compareText(a, b))
  return most?.[0] ?? 'all'
}

/** The head of a report. The checks report what can't be read here. */
export function headOf(image: Image | null) {
  const root = image && mergeLayers(image.layers)
  const release = root && readOrNull(() => readRelease(root.files))
  const packages = root && readOrNull(() => mainPackages(readPackages(root)))
  return {
    distribution: release?.distribution ?? null,
    codename: release?.codename ?? null,
    architecture: packages && nativeArchitecture(packages, listedArchitectures(root)),
    packageCount: packages?.length ?? null,
    packages,
  }
}

/** The packages of the image's own root, as far as they can be read. */
export function mainOf(image: Image): readonly InstalledPackage[] {
  return readOrNull(() => listingOf(image).main) ?? []
}
