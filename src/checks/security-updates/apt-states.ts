import type { Target } from '../../debian/apt/sources.js'
import type { InstalledStanza } from '../../debian/control.js'
import type { Root } from '../../debian/packages.js'
import { type Evidence, incomplete, SeaworthyError } from '../../model/index.js'
import { type Configured, readConfigured } from './apt/configured.js'
import type { AptIndex, AptState } from './apt/state.js'
import { type ArchiveDocument, type ArchiveSuite, readPackagesDocument } from './archive/document.js'
import {
  addressOf,
  componentOfSection,
  isDebianArchive,
  isSnapshot,
  releaseSuites,
} from './archive/mirrors.js'

/** The image's apt state with two different sets of indexes. */
export interface AptStates {
  readonly configured: Configured
  /** apt in this image, with its own sources and pins, as far as they are Debian's. */
  readonly asConfigured: AptState
  /**
   * The same packages, without pins, with every index of SUITE, SUITE-updates and SUITE-security in the evidence,
   * whatever its component. The verdict is based on this state.
   */
  readonly reference: AptState
  /** Debian's sources for which no index was available, with the reason. */
  readonly unavailable: readonly { readonly target: Target; readonly why: string; readonly code: string }[]
  /** Third-party sources: reported, not judged. */
  readonly others: readonly Target[]
}

/** @throws SeaworthyError `evidence-incomplete`, `apt-config-unreadable`, and those of `readConfigured` */
export function aptStatesOf(root: Root, archive: ArchiveDocument, evidence: Evidence): AptStates {
  refuseUnreadable(root.unreadable)
  const { codename, architectures } = archive
  const configured = readConfigured(root, architectures.native)
  const read = new Map<string, AptIndex['packages']>()
  const packages = (name: string) => {
    const known = read.get(name) ?? readPackagesDocument(evidence, name)
    read.set(name, known)
    return known
  }

  const own = releaseSuites(codename).flatMap((name) => {
    const suite = archive.suites.find((one) => one.suite === name)
    if (suite === undefined) {
      throw incomplete(`the suite ${name} is missing from the evidence`, 'archive.json')
    }
    if (!suite.indexes.some(({ component }) => component === 'main')) {
      throw incomplete(`the component "main" of ${name} is missing from the evidence`, 'archive.json')
    }
    // Other components' indexes, which the image's sources do not name, were read to find where packages are from.
    const otherComponents = archive.elsewhere.suites.filter((one) => one.suite === name)
    return [suite, ...otherComponents].flatMap((one) =>
      one.indexes.map((index) => indexOf(one, index, 'deb.debian.org', packages)),
    )
  })
  refuseUnreadComponent(configured.installed, own, archive)

  const debian = configured.targets.filter(isDebianArchive)
  const indexes: AptIndex[] = []
  const unavailable: AptStates['unavailable'][number][] = []
  for (const target of debian) {
    const suite = archive.suites.find((one) => isSuiteNamed(one, target.suite))
    const index = suite?.indexes.find(
      ({ component, architecture }) => component === target.component && architecture === target.architecture,
    )
    const expired = archive.asked.find(
      (one) =>
        one.outcome === 'archive-expired' && one.suite === target.suite && one.url === addressOf(target),
    )
    if (isSnapshot(target.uri)) {
      unavailable.push({ target, why: 'a snapshot of the archive never gets updates', code: 'snapshot' })
    } else if (expired !== undefined) {
      // Another mirror may have provided the suite, but apt asks this one.
      unavailable.push({ target, why: expired.detail ?? 'an old copy', code: expired.outcome })
    } else if (suite && index) {
      indexes.push(indexOf(suite, index, target.site, packages))
    } else {
      const failed = archive.failed.find((one) => one.suite === target.suite)?.problem
      const why =
        failed?.what ??
        `the archive has no ${target.component} index for ${target.architecture} in this suite`
      unavailable.push({ target, why, code: failed?.code ?? 'no-such-index' })
    }
  }
  return {
    configured,
    asConfigured: { ...configured, indexes },
    reference: { ...configured, indexes: own, pins: [], defaultRelease: null },
    unavailable,
    others: configured.targets.filter((target) => !isDebianArchive(target)),
  }
}

/** A source may name a suite by its alias: `stable-security`. */
function isSuiteNamed({ suite, release }: ArchiveSuite, name: string): boolean {
  return suite === name || release.suite === name || release.codename === name
}

export function indexOf(
  suite: ArchiveSuite,
  index: ArchiveSuite['indexes'][number],
  site: string,
  packages: (name: string) => AptIndex['packages'],
): AptIndex {
  const { release } = suite
  const { component, architecture, document } = index
  return {
    name: `${suite.suite}/${component} ${architecture}`,
    archive: suite.url,
    release: { ...release, component, architecture, site },
    notAutomatic: release.notAutomatic,
    butAutomaticUpgrades: release.butAutomaticUpgrades,
    packages: packages(document),
  }
}

/**
 * A package from contrib, non-free or non-free-firmware has no answer without that component's index in each
 * suite of the release. A package is from such a component if one of its indexes has the package, or if the
 * package's Section names the component.
 * @throws SeaworthyError `archive-component-unread`
 */
function refuseUnreadComponent(
  installed: readonly InstalledStanza[],
  ownIndexes: readonly AptIndex[],
  { codename, elsewhere, suites }: ArchiveDocument,
): void {
  const unreadSuites = elsewhere.unread.filter(({ suite }) => releaseSuites(codename).includes(suite))
  for (const { suite, why } of unreadSuites) {
    const read = suites.find((one) => one.suite === suite)?.indexes.map(({ component }) => component) ?? []
    for (const { package: one, stanza } of installed) {
      const hasPackage = ({ packages }: AptIndex) =>
        packages.some(({ fields }) => fields.get('package') === one.name)
      const component =
        componentOfSection(stanza.fields.get('section') ?? '') ??
        ownIndexes.find(hasPackage)?.release.component ??
        'main'
      if (component !== 'main' && !read.some((name) => name === component)) {
        const what = `${one.name} is from ${component}, but the ${component} index of ${suite} could not be read: ${why}`
        throw new SeaworthyError({ code: 'archive-component-unread', what, where: `${suite}/${component}` })
      }
    }
  }
}

const APT_CONFIGURATION = [
  'apt.conf',
  'apt.conf.d',
  'preferences',
  'preferences.d',
  'sources.list',
  'sources.list.d',
]

/** Refuses unreadable links in apt's configuration: they may lead to pins or sources that change apt's choice. */
function refuseUnreadable(unreadable: Root['unreadable']): void {
  for (const [path, why] of Object.entries(unreadable)) {
    const isConfiguration = APT_CONFIGURATION.some(
      (name) => path === `etc/apt/${name}` || path.startsWith(`etc/apt/${name}/`),
    )
    if (!isConfiguration && path !== 'etc/apt' && path !== 'etc') {
      continue
    }
    const what = `apt's configuration cannot be read: ${path}: ${why}`
    throw new SeaworthyError({ code: 'apt-config-unreadable', what, where: path })
  }
}

/** Packages whose upstream version identifies a Debian release, since it changes only with the next release. */
const RELEASE_PACKAGES = ['base-files', 'libc6']

/**
 * If os-release names another release than the packages are from, the comparison would use the wrong indexes,
 * and everything would look new, or everything old.
 * @throws SeaworthyError `release-mismatch`
 */
export function refuseOtherRelease({ installed, indexes }: AptState, codename: string): void {
  for (const witness of RELEASE_PACKAGES) {
    const installedVersion = installed.find(({ package: { name } }) => name === witness)?.package.version
    const available = indexes
      .filter(({ release }) => release.codename === codename)
      .flatMap(({ packages }) => packages)
      .find(({ fields }) => fields.get('package') === witness)
      ?.fields.get('version')
    if (installedVersion === undefined || available === undefined) {
      continue
    }
    if (upstreamVersion(installedVersion, witness) === upstreamVersion(available, witness)) {
      return
    }
    const what = `os-release says ${codename}, but ${witness} ${installedVersion} is not from ${codename}: that release has ${witness} ${available}`
    throw new SeaworthyError({ code: 'release-mismatch', what, where: 'etc/os-release' })
  }
}

/** `12.4+deb12u5` -> `12`, `2.36-9+deb12u4` -> `2.36`. */
function upstreamVersion(version: string, witness: string): string {
  const upstream = version.replace(/^\d+:/, '').replace(/[-+~].*$/s, '')
  return witness === 'base-files' ? upstream.replace(/\..*/s, '') : upstream
}

/** Whether apt in this state gets anything from the security suite of that release. */
export function readsSecurity({ indexes }: AptState, codename: string): boolean {
  return indexes.some(({ release }) => release.codename === `${codename}-security`)
}
