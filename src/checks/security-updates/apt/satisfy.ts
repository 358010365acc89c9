import { type Group, meets, type Relation, relationText } from '../../../debian/relations.js'
import { architectureConflict, type BrokenDependency, type ProvidedName, providedNames } from './offer.js'
import type { AptVersion } from './version.js'

/** A set of package versions, one per installed package, that reports which relations it does not satisfy. */
export interface InstalledSet {
  get(key: string): AptVersion | undefined
  set(key: string, version: AptVersion): void
  /** Relations of `key`'s version that this set does not satisfy, in the order in which apt checks them. */
  brokenDependencies(key: string): Generator<BrokenDependency>
  /** The first of the Recommends (and of the Suggests if `suggests` is true) that is not satisfied. */
  firstUnmetRecommendation(key: string, suggests: boolean): BrokenDependency | null
}

export function installedSet(native: string): InstalledSet {
  const installed = new Map<string, AptVersion>()
  const byName = new Map<string, Map<string, readonly ProvidedName[]>>()

  function set(key: string, version: AptVersion): void {
    const before = installed.get(key)
    if (before) {
      for (const name of providedNames(key, before, native).keys()) {
        byName.get(name)?.delete(key)
      }
    }
    installed.set(key, version)
    for (const [name, offers] of providedNames(key, version, native)) {
      const offersByPackage = byName.get(name) ?? new Map()
      offersByPackage.set(key, offers)
      byName.set(name, offersByPackage)
    }
  }

  const providersOf = (name: string) => [...(byName.get(name)?.values() ?? [])].flat()
  const isMet = (group: Group, owner: AptVersion) =>
    group.some((one) => providersOf(one.name).some((offer) => satisfies(offer, one, owner, native)))
  const isClash = (one: Relation, key: string, owner: AptVersion) =>
    providersOf(one.name).some((offer) => isExcluded(offer, one, key, owner, native))

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
    for (const [kind, field] of [
      ['conflicts', 'Conflicts'],
      ['breaks', 'Breaks'],
    ] as const) {
      for (const one of relations[kind].flat().filter((each) => isClash(each, key, of))) {
        yield { kind, text: `${field}: ${relationText([one])}`, group: [one] }
      }
    }
    const skew = architectureConflict(key, of, providersOf(of.name))
    if (skew) {
      yield skew
    }
  }

  function firstUnmetRecommendation(key: string, suggests: boolean): BrokenDependency | null {
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

  return { get: (key) => installed.get(key), set, brokenDependencies, firstUnmetRecommendation }
}

/** Whether `offer` satisfies a relation. Multi-Arch `foreign` serves all architectures, `allowed` only `:any`. */
export function satisfies(
  offer: ProvidedName,
  relation: Relation,
  owner: AptVersion,
  native: string,
): boolean {
  if (!hasVersion(offer, relation)) {
    return false
  }
  if (relation.qualifier === 'any') {
    return offer.provider.multiArch === 'allowed'
  }
  if (offer.provider.multiArch === 'foreign') {
    return true
  }
  const requiredArchitecture =
    relation.qualifier === 'native' ? native : (relation.qualifier ?? owner.installedAs)
  return offer.architecture === requiredArchitecture
}

/** Whether `offer` is excluded by Conflicts or Breaks: without a qualifier, in any architecture; never by itself. */
export function isExcluded(
  offer: ProvidedName,
  relation: Relation,
  key: string,
  of: AptVersion,
  native: string,
): boolean {
  const isItself = offer.key === key || (offer.isOwnName && offer.provider.name === of.name)
  if (isItself || !hasVersion(offer, relation)) {
    return false
  }
  if (relation.qualifier === null || relation.qualifier === 'any') {
    return true
  }
  return offer.architecture === (relation.qualifier === 'native' ? native : relation.qualifier)
}

function hasVersion(offer: ProvidedName, { constraint }: Relation): boolean {
  return constraint === null || (offer.version !== null && meets(offer.version, constraint))
}
