import { packageKey } from '../../debian/package-key.js'
import type { FoundOrigins, FoundPackage, OwnRelease } from '../../inventory/provenance/origin/findings.js'
import { foreignOf, type SupportedSuite, versionsIn } from '../../inventory/provenance/origin/rule.js'
import type { Binary, Evidence, Image, UpdateFinding } from '../../model/index.js'
import type { PendingSet } from './apt/pending.js'
import type { AptIndex, AptState } from './apt/state.js'
import { type AptStates, indexOf } from './apt-states.js'
import { type ArchiveDocument, readPackagesDocument } from './archive/document.js'

export interface OtherSuites extends FoundOrigins {
  /** Packages of another stable release compared with that release's indexes, as apt would see them there. */
  readonly stable: readonly { readonly release: string; readonly apt: AptState }[]
  /** Packages of backports, testing, sid and experimental compared with their indexes. */
  readonly moving: AptState
}

/**
 * Which packages are not from the image's release, by the indexes in the evidence (decision 33).
 * @throws SeaworthyError `evidence-incomplete`, `archive-index-broken`
 */
export function findInOtherSuites(
  { reference }: Pick<AptStates, 'reference'>,
  archive: ArchiveDocument,
  evidence: Evidence,
  { layers }: Pick<Image, 'layers'>,
): OtherSuites {
  const { codename, elsewhere } = archive
  const [native] = reference.architectures
  // The release's own suites are in the reference, whatever their component.
  const otherSuites = elsewhere.suites.filter(({ place }) => place !== 'own')
  const readSuites = otherSuites.map((suite) => {
    const { place, row: release } = suite
    const packages = (name: string) => readPackagesDocument(evidence, name)
    const indexes = suite.indexes.map((index) => indexOf(suite, index, 'deb.debian.org', packages))
    return { suite: suite.suite, place, release, indexes }
  })
  const ownSuite = { suite: codename, place: 'own' as const, release: codename, indexes: reference.indexes }
  const suites = [ownSuite, ...readSuites].map(({ indexes, ...about }): SupportedSuite => {
    const packages = indexes.map((index) => index.packages)
    return { ...about, versions: versionsIn(packages, native) }
  })
  const isUnread = elsewhere.unread.length > 0
  const knowsVendors = layers.every(({ applications }) => applications?.hasPrograms)
  const packages = reference.installed.flatMap((installed): FoundPackage[] => {
    const from = foreignOf(installed.package, { codename, native, suites, knowsVendors }, isUnread)
    return from === null ? [] : [{ from, installed }]
  })
  const stateOf = (of: readonly FoundPackage[], indexes: readonly AptIndex[]): AptState => {
    return { ...reference, installed: of.map(({ installed }) => installed), indexes }
  }
  const indexesOf = (isOf: (one: (typeof readSuites)[number]) => boolean) =>
    readSuites.filter(isOf).flatMap(({ indexes }) => indexes)
  const byRelease = Map.groupBy(
    packages.filter(({ from }) => from.origin === 'stable'),
    ({ from }) => from.release ?? '',
  )
  const stable = [...byRelease].map(([release, of]) => {
    const indexes = indexesOf((one) => one.place === 'stable' && one.release === release)
    return { release, apt: stateOf(of, indexes) }
  })
  const moving = stateOf(
    packages.filter(({ from }) => from.origin !== 'stable' && from.release !== null),
    indexesOf(({ place }) => place === 'moving'),
  )
  return { packages, stable, moving, unread: elsewhere.unread }
}

/**
 * Newer versions in a release, including those that are kept back.
 * @param reference the pending updates of a state with the release's own suites only
 */
export function newerIn(
  reference: PendingSet,
  { architectures: [native] }: AptState,
  updates: readonly UpdateFinding[],
): Pick<OwnRelease, 'newer' | 'isLost'> {
  const keyOf = ({ name, architecture }: Omit<Binary, 'version'>) => packageKey(name, architecture, native)
  const upgrades = reference.pending.filter(({ kind }) => kind === 'upgrade')
  const versions = new Map(upgrades.map(({ key, candidate }) => [key, candidate.version]))
  const lost = updates.filter(({ installable }) => installable === false)
  const keys = new Set(lost.flatMap(({ binaries }) => binaries.map(keyOf)))
  return { newer: (one) => versions.get(keyOf(one)) ?? null, isLost: (one) => keys.has(keyOf(one)) }
}
