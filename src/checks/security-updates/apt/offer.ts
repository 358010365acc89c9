import type { Group } from '../../../debian/relations.js'
import type { AptVersion } from './version.js'

/** One name that a package version can satisfy: the package's own name, or one of its Provides. */
export interface ProvidedName {
  readonly key: string
  readonly provider: AptVersion
  /** `null` for an unversioned Provides: it satisfies only unversioned relations. */
  readonly version: string | null
  readonly architecture: string
  readonly isOwnName: boolean
}

export function providedNames(
  key: string,
  provider: AptVersion,
  native: string,
): Map<string, ProvidedName[]> {
  const offers = new Map<string, ProvidedName[]>()
  const add = (name: string, offer: ProvidedName) => offers.set(name, [...(offers.get(name) ?? []), offer])
  const { version: ownVersion, installedAs } = provider
  add(provider.name, { key, provider, version: ownVersion, architecture: installedAs, isOwnName: true })
  for (const { name, qualifier, constraint } of provider.relations().provides.flat()) {
    const named = qualifier === null || qualifier === 'any' ? installedAs : qualifier
    const architecture = named === 'native' ? native : named
    add(name, { key, provider, version: constraint?.version ?? null, architecture, isOwnName: false })
  }
  return offers
}

/** What prevents a version from fitting into a set of installed ones. */
export interface BrokenDependency {
  readonly kind: 'depends' | 'conflicts' | 'breaks' | 'recommends' | 'multi-arch'
  /** `Depends: libc6 (>= 2.38)`, as a person reads it. */
  readonly text: string
  /** What is required, or must not be there. */
  readonly group: Group
}

/** What prevents two architectures of a package: Multi-Arch: same needs equal versions, others exclude each other. */
export function architectureConflict(
  key: string,
  version: AptVersion,
  offers: readonly ProvidedName[],
): BrokenDependency | null {
  const otherArchitecture = offers.find(
    ({ isOwnName, provider, key: other }) =>
      isOwnName &&
      other !== key &&
      (version.multiArch !== 'same' || provider.multiArch !== 'same' || provider.version !== version.version),
  )
  if (otherArchitecture === undefined) {
    return null
  }
  const group = [{ name: version.name, qualifier: otherArchitecture.architecture, constraint: null }]
  return {
    kind: 'multi-arch',
    text: `Multi-Arch: ${otherArchitecture.key} is at ${otherArchitecture.provider.version}`,
    group,
  }
}
