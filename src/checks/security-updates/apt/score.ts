import type { Relation } from '../../../debian/relations.js'
import type { KnownPackage } from './index.js'
import { type ProvidedName, providedNames } from './offer.js'
import { type InstalledSet, isExcluded, satisfies } from './satisfy.js'
import type { AptVersion } from './version.js'

/** How much a priority adds to the score of a package that an index contains. */
const PRIORITY_POINTS: Readonly<Record<string, number>> = {
  required: 3,
  important: 2,
  standard: 1,
  optional: -1,
  extra: -2,
}
const NOT_INDEXED_POINTS = -2
const ESSENTIAL_POINTS = 100
const ESSENTIAL_FINAL_POINTS = 5000

type Packages = ReadonlyMap<string, KnownPackage>

/**
 * Keys in the order in which apt's resolver looks for problems: packages that many depend on come first, and so are the
 * first to stay as they are. Weights are those of apt's configuration `pkgProblemResolver::Scores`. Apt orders equal
 * scores by its hash table; here the order of the status file decides.
 */
export function sortedByScore(packages: Packages, set: InstalledSet, native: string): string[] {
  const keys = [...packages.keys()]
  const pairs = keys.map((key) => ({ key, version: set.get(key) }))
  const versionsByKey = new Map(pairs.flatMap(({ key, version }) => (version ? [[key, version]] : [])))
  const ownScores = new Map<string, number>()
  const add = (scores: Map<string, number>, key: string, points: number) =>
    scores.set(key, (scores.get(key) ?? 0) + points)
  const offers = offerTable(versionsByKey, native)

  for (const known of packages.values()) {
    const version = versionsByKey.get(known.key)
    if (version === undefined) {
      continue
    }
    add(ownScores, known.key, ownScore(known, version))
    for (const { relation, points } of relationsWithPoints(version)) {
      for (const target of satisfyingPackages(relation, points, known.key, version)) {
        add(ownScores, target, points)
      }
    }
  }

  // Each package that depends on it adds its own score, once.
  const totalScores = new Map(ownScores)
  for (const [key, version] of versionsByKey) {
    const score = ownScores.get(key) ?? 0
    if (score <= 0) {
      continue
    }
    for (const { relation, points } of relationsWithPoints(version)) {
      if (points === -1) {
        continue
      }
      for (const { key: target, isOwnName } of offers.get(relation.name) ?? []) {
        if (isOwnName && isRelationTo(relation, target, version, native)) {
          add(totalScores, target, score)
        }
      }
    }
  }
  const finalScores = new Map(totalScores)
  for (const [key, version] of versionsByKey) {
    const transfer = Math.abs((totalScores.get(key) ?? 0) - (ownScores.get(key) ?? 0))
    if (transfer === 0) {
      continue
    }
    for (const offer of offers.get(version.name) ?? []) {
      if (!offer.isOwnName && offer.key !== key) {
        add(finalScores, offer.key, transfer)
      }
    }
  }
  for (const known of packages.values()) {
    if (isEssential(known)) {
      add(finalScores, known.key, ESSENTIAL_FINAL_POINTS)
    }
  }
  return keys.sort((a, b) => (finalScores.get(b) ?? 0) - (finalScores.get(a) ?? 0))

  /** The packages that satisfy a relation: the one of that name, and every package that provides the name. */
  function satisfyingPackages(relation: Relation, points: number, key: string, owner: AptVersion) {
    const hits = (offers.get(relation.name) ?? []).filter((offer) =>
      points === 1
        ? satisfies(offer, relation, owner, native)
        : isExcluded(offer, relation, key, owner, native),
    )
    return new Set(hits.map((offer) => offer.key))
  }
}

function offerTable(marked: ReadonlyMap<string, AptVersion>, native: string) {
  const table = new Map<string, ProvidedName[]>()
  for (const [key, version] of marked) {
    for (const [name, offers] of providedNames(key, version, native)) {
      table.set(name, [...(table.get(name) ?? []), ...offers])
    }
  }
  return table
}

function ownScore(known: KnownPackage, version: AptVersion): number {
  const { versions, current } = known
  const { indexes } = versions.find((one) => one.version === version) ?? current
  const isIndexed = indexes.length > 0
  const isOffered = versions.some(({ indexes }) => indexes.length > 0)
  return (
    (isEssential(known) ? ESSENTIAL_POINTS : 0) +
    (isIndexed ? (PRIORITY_POINTS[version.priority] ?? 0) : NOT_INDEXED_POINTS) +
    (isOffered ? 1 : 0)
  )
}

/** A whole package is essential if one of its versions is. */
function isEssential({ versions }: KnownPackage): boolean {
  return versions.some(({ version }) => version.essential)
}

/** The relations of a version with their points; every alternative of a relation counts separately. */
function relationsWithPoints(version: AptVersion): { relation: Relation; points: number }[] {
  const { preDepends, depends, recommends, conflicts, breaks } = version.relations()
  return [
    ...[...preDepends, ...depends, ...recommends].flat().map((relation) => ({ relation, points: 1 })),
    ...[...conflicts, ...breaks].flat().map((relation) => ({ relation, points: -1 })),
  ]
}

function isRelationTo(relation: Relation, target: string, owner: AptVersion, native: string): boolean {
  const { qualifier } = relation
  const architecture = qualifier === null || qualifier === 'any' ? owner.installedAs : qualifier
  return target.endsWith(`:${architecture === 'native' ? native : architecture}`)
}
