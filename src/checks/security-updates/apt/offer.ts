import type { Group } from '../../../debian/relations.js'
import type { AptVersion } from './version.js'

/** How a package provides a name, its own or one of its Provides; `key` is the key of the package. */
export interface Provider {
  readonly key: string
  readonly by: AptVersion
  /** `null` for an unversioned Provides: it satisfies only unversioned relations. */
  readonly version: string | null
  readonly architecture: string
  /** True for the package's own name. */
  readonly own: boolean
}

/** Every name that a version answers to. */
export function offersOf(key: string, by: AptVersion, native: string): Map<string, Provider[]> {
  const offers = new Map<string, Provider[]>()
  const add = (name: string, offer: Provider) => offers.set(name, [...(offers.get(name) ?? []), offer])
  add(by.name, { key, by, version: by.version, architecture: by.installedAs, own: true })
  for (const { name, qualifier, constraint } of by.relations().provides.flat()) {
    const architecture =
      qualifier === null || qualifier === 'any' ? by.installedAs : qualifier === 'native' ? native : qualifier
    add(name, { key, by, version: constraint?.version ?? null, architecture, own: false })
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

/** Packages of one name in two architectures: Multi-Arch: same in lockstep, others never together. */
export function firstSkew(key: string, of: AptVersion, offers: readonly Provider[]): BrokenDependency | null {
  const twin = offers.find(
    ({ own, by, key: other }) =>
      own &&
      other !== key &&
      (of.multiArch !== 'same' || by.multiArch !== 'same' || by.version !== of.version),
  )
  if (twin === undefined) {
    return null
  }
  const group = [{ name: of.name, qualifier: twin.architecture, constraint: null }]
  return { kind: 'multi-arch', text: `Multi-Arch: ${twin.key} is at ${twin.by.version}`, group }
}
