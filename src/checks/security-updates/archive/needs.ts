import { readSources, type Target } from '../../../debian/apt/sources.js'
import { readStanzas } from '../../../debian/packages.js'
import {
  listedArchitectures,
  listingOf,
  nativeArchitecture,
  sourceNames,
} from '../../../inventory/listing.js'
import { type Image, type InstalledPackage, readOrNull } from '../../../model/index.js'
import {
  type ArchiveName,
  archiveOf,
  componentOfSection,
  debianComponent,
  isDebianArchive,
  releaseSuites,
} from './mirrors.js'

/** A suite whose indexes an image needs. */
export interface SuitePlan {
  readonly suite: string
  readonly archive: ArchiveName
  /** As used in paths; `main` first. */
  readonly components: readonly string[]
  readonly architectures: readonly string[]
  /** True for the three suites of the release itself: without them there is no answer. */
  readonly required: boolean
  /** True for a suite that need not exist: if a mirror lacks it, that is a valid answer. */
  readonly mayLack?: boolean
  /** True if an index past its Valid-Until is accepted when there is no valid one. */
  readonly mayBeOld?: boolean
}

export interface ArchiveNeeds {
  readonly codename: string
  readonly native: string
  /** Foreign architectures with an installed package: for others no index can matter. */
  readonly foreign: readonly string[]
  /** Packages of the image's own dpkg database. */
  readonly packages: readonly InstalledPackage[]
  readonly names: ReadonlySet<string>
  /** Source packages, including those that signed packages are made from. */
  readonly sourceNames: ReadonlySet<string>
  readonly sources: readonly Target[]
  readonly suites: readonly SuitePlan[]
}

/** The image is not trusted: at most this many suites besides its own, in the order of its sources. */
const MAX_OTHER_SUITES = 8

/** @throws SeaworthyError where the image has no release or no packages (readRelease, readPackages) */
export function needsOf(image: Image): ArchiveNeeds {
  const { root, release, main: packages } = listingOf(image)
  const { codename } = release
  const listed = listedArchitectures(root)
  const native = nativeArchitecture(packages, listed)
  const usedArchitectures = new Set(packages.map(({ architecture }) => architecture))
  // Also architectures that dpkg does not list: without their indexes, such packages would look up to date.
  const foreign = [...new Set([...listed, ...[...usedArchitectures].sort()])].filter(
    (one) => usedArchitectures.has(one) && one !== native && one !== 'all' && one !== '',
  )
  // If apt itself refuses the image's sources, the comparison with the archive reports that.
  const sources = readOrNull(() => readSources(root.files, [native, ...foreign])) ?? []
  const packageSet = new Set(packages)
  const sections = readStanzas(root)
    .filter((one) => packageSet.has(one.package))
    .flatMap(({ stanza }) => componentOfSection(stanza.fields.get('section') ?? '') ?? [])
  const suites = suitesFor(codename, [native, ...foreign], sources, sections)
  const names = new Set(packages.map(({ name }) => name))
  return { codename, native, foreign, packages, names, sourceNames: sourceNames(packages), sources, suites }
}

/**
 * SUITE-security, SUITE-updates and SUITE, and other suites of a Debian archive that the image's own sources name.
 * @param declared components that installed packages name in their Section. They are read with the first requests,
 * although the image's sources may lack them; `fetchElsewhere` finds what Section does not say
 */
export function suitesFor(
  codename: string,
  architectures: readonly string[],
  sources: readonly Target[],
  declared: readonly string[] = [],
): SuitePlan[] {
  const debian = sources.filter(isDebianArchive)
  const components = componentsOf(debian, declared)
  const ownSuites = releaseSuites(codename).toReversed()
  const otherSuites = [...new Set(debian.map(({ suite }) => suite))]
    .filter((suite) => !ownSuites.includes(suite) && /^[a-z0-9][a-z0-9-]*$/.test(suite))
    .slice(0, MAX_OTHER_SUITES)
  return [
    ...ownSuites.map((suite) => {
      return { suite, archive: archiveOf(suite), components, architectures, required: true }
    }),
    ...otherSuites.map((suite) => {
      const suiteTargets = debian.filter((target) => target.suite === suite)
      const suiteArchitectures = new Set(suiteTargets.map(({ architecture }) => architecture))
      return {
        suite,
        archive: archiveOf(suite),
        components: componentsOf(suiteTargets),
        architectures: architectures.filter((one) => suiteArchitectures.has(one)),
        required: false,
      }
    }),
  ]
}

function componentsOf(targets: readonly Target[], declared: readonly string[] = []): string[] {
  const named = [...targets.map(({ component }) => debianComponent(component)), ...declared]
  return [...new Set(['main', ...named.filter((one) => one !== null).sort()])]
}
