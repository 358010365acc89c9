import { type Group, meets, type Relation, relationText } from '../../../debian/relations.js'
import { type BrokenDependency, firstSkew, offersOf, type Provider } from './offer.js'
import type { AptVersion } from './version.js'

/** One version per installed package; reports what they break. */
export interface InstalledSet {
  get(key: string): AptVersion | undefined
  set(key: string, version: AptVersion): void
  /** Relations of `key`'s version that this set does not satisfy, in the order in which apt checks them. */
  brokenDependencies(key: string): Generator<BrokenDependency>
  /** Of Recommends, and Suggests if they count, the first that is not satisfied. */
  wish(key: string, suggests: boolean): BrokenDependency | null
}

export function installedSet(native: string): InstalledSet {
  const installed = new Map<string, AptVersion>()
  const byName = new Map<string, Map<string, readonly Provider[]>>()

  function set(key: string, version: AptVersion): void {
    const before = installed.get(key)
    if (before) {
      for (const name of offersOf(key, before, native).keys()) {
        byName.get(name)?.delete(key)
      }
    }
    installed.set(key, version)
    for (const [name, offers] of offersOf(key, version, native)) {
      const offersByPackage = byName.get(name) ?? new Map()
      offersByPackage.set(key, offers)
      byName.set(name, offersByPackage)
    }
  }

  const named = (name: string) => [...(byName.get(name)?.values() ?? [])].flat()
  const isMet = (group: Group, owner: AptVersion) =>
    group.some((one) => named(one.name).some((offer) => satisfies(offer, one, owner, native)))
  const isClash = (one: Relation, key: string, owner: AptVersion) =>
    named(one.name).some((offer) => clashes(offer, one, key, owner, native))

  function* brokenDependencies(key: string): Generator<BrokenDependency> {
    const of = installed.get(key)
    if (of === undefined) {
      return
    }
    const relations = of.relations()
    for (const [field, groups] of [
      ['Pre-Depends', relations.preDepends],
      ['Depends', relations.depends],
    ] as const) {
      for (const group of groups) {
        if (!isMet(group, of)) {
          yield { kind: 'depends', text: `${field}: ${relationText(group)}`, group }
        }
      }
    }
    for (const kind of ['conflicts', 'breaks'] as const) {
      for (const one of relations[kind].flat()) {
        if (!isClash(one, key, of)) {
          continue
        }
        const field = kind === 'conflicts' ? 'Conflicts' : 'Breaks'
        yield { kind, text: `${field}: ${relationText([one])}`, group: [one] }
      }
    }
    const skew = firstSkew(key, of, named(of.name))
    if (skew) {
      yield skew
    }
  }

  function wish(key: string, suggests: boolean): BrokenDependency | null {
    const installedVersion = installed.get(key)
    if (installedVersion === undefined) {
      return null
    }
    const unmet = (groups: readonly Group[]) => groups.find((group) => !isMet(group, installedVersion))
    const { recommends, suggests: suggested } = installedVersion.relations()
    const recommended = unmet(recommends)
    const group = recommended ?? (suggests ? unmet(suggested) : undefined)
    if (group === undefined) {
      return null
    }
    const field = recommended ? 'Recommends' : 'Suggests'
    return { kind: 'recommends', text: `${field}: ${relationText(group)}`, group }
  }

  return { get: (key) => installed.get(key), set, brokenDependencies, wish }
}

/** Multi-Arch: `foreign` serves every architecture; `allowed` also serves those that ask for `:any`. */
export function satisfies(offer: Provider, relation: Relation, owner: AptVersion, native: string): boolean {
  if (!hasVersion(offer, relation)) {
    return false
  }
  if (relation.qualifier === 'any') {
    return offer.by.multiArch === 'allowed'
  }
  if (offer.by.multiArch === 'foreign') {
    return true
  }
  const requiredArchitecture =
    relation.qualifier === 'native' ? native : (relation.qualifier ?? owner.installedAs)
  return offer.architecture === requiredArchitecture
}

/** Without a qualifier, a package of any architecture is meant. A package never conflicts with itself. */
export function clashes(
  offer: Provider,
  relation: Relation,
  key: string,
  of: AptVersion,
  native: string,
): boolean {
  if (offer.key === key || (offer.own && offer.by.name === of.name)) {
    return false
  }
  if (!hasVersion(offer, relation)) {
    return false
  }
  if (relation.qualifier === null || relation.qualifier === 'any') {
    return true
  }
  return offer.architecture === (relation.qualifier === 'native' ? native : relation.qualifier)
}

function hasVersion(offer: Provider, { constraint }: Relation): boolean {
  if (constraint === null) {
    return true
  }
  return offer.version !== null && meets(offer.version, constraint)
}
