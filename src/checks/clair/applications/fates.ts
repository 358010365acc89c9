import { ECOSYSTEM_OF, type Ecosystem, nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import { matchPackage } from '../../../feeds/formats/osv/match.js'
import {
  type ApplicationInventory,
  type ApplicationItem,
  type ApplicationPlace,
  type Groups,
  isOwn,
  ownItems,
  withGroups,
} from '../../../inventory/application/inventory.js'
import { applicationPurl } from '../../../inventory/application/purl.js'
import { APPLICATION_KINDS, type Image, isPurlType, type PurlType } from '../../../model/index.js'
import type { Advisories } from './documents.js'
import { type ClairEcosystem, pathAt } from './ecosystems.js'
import { artifactKey, groupsOf, jarKeys } from './groups.js'
import {
  type ClairApplicationsRequest,
  type IndexedApplication,
  isSamePackage,
  type ListedPackage,
} from './indexed.js'
import { type KnownJar, knownPlaces } from './places.js'
import { addNames, type ComparedPackage, comparedPackages, recordsByName } from './subjects.js'

/** How a package that Clair lists is treated: exactly one of these. */
export type PackageOutcome =
  /** Compared with advisories, as one of the application's packages. `isAlone`: only Clair lists it. */
  | { readonly side: 'judged'; readonly subject: ComparedPackage; readonly isAlone: boolean }
  /** `not-examined`: a finding says so; `refuted`: not one of the application's packages; `unexplained`: neither. */
  | { readonly side: 'not-examined' | 'refuted' | 'unexplained'; readonly reason: string }

export interface PackageWithOutcome {
  readonly indexed: IndexedApplication
  readonly outcome: PackageOutcome
}

interface OwnReading {
  readonly image: Pick<Image, 'layers'>
  readonly inventory: ApplicationInventory
}

export const PURL_TYPES = {
  PyPI: 'pypi',
  Maven: 'maven',
  RubyGems: 'gem',
  Go: 'golang',
} as const satisfies Readonly<Record<ClairEcosystem, PurlType>>

const OTHER_NAME_REASON =
  'Clair knows this jar by its artifact alone, and Seaworthy lists the same jar by what identifies it'

/** A package of Clair's index, sorted before advisories are looked up. */
type SortedPackage =
  | { readonly origin: 'own'; readonly item: ApplicationItem }
  /** `known`: a jar that Seaworthy lists too, but not with this artifact. */
  | {
      readonly origin: 'alone'
      readonly places: readonly ApplicationPlace[]
      readonly known: KnownJar | null
    }
  | { readonly origin: 'refuted' | 'unexplained'; readonly reason: string }

/** Control characters and unpaired surrogates: no package's name or version has them. */
const IMPOSSIBLE_CHARACTER = /[\p{Cc}\p{Cs}]/u
const MAX_NAME_LENGTH = 500

function isPossible(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && !IMPOSSIBLE_CHARACTER.test(text)
}

/**
 * The part of an outcome that needs no advisories. A package is one of the application's by its name and version; else
 * each of its places has to belong to a Debian package or to be gone; else only Clair lists it.
 */
function packageSorter({ image, inventory }: OwnReading): (listed: ListedPackage) => SortedPackage {
  const places = knownPlaces(image, inventory)
  const keyOf = (ecosystem: Ecosystem, name: string) => `${ecosystem} ${nameKey(ecosystem, name)}`
  const ownPackages = inventory.items.filter((item) => isPurlType(item.kind) && isOwn(item))
  const byName = Map.groupBy(ownPackages, ({ kind, name }) => keyOf(ECOSYSTEM_OF[kind as PurlType], name))
  return (listed) => {
    const { ecosystem, name, version } = listed
    if (name === '' || !isPossible(name) || !isPossible(version)) {
      const reason = `this is not a valid name and version of a ${ecosystem} package`
      return { origin: 'unexplained', reason }
    }
    const item = byName
      .get(keyOf(ecosystem, name))
      ?.find((one) => isSamePackage(listed, one.name, one.version))
    if (item !== undefined) {
      return { origin: 'own', item }
    }
    const reasons = listed.places.map((place) => places.whyNotOwn(listed, place))
    const [reason] = reasons
    if (reason != null && !reasons.includes(null)) {
      return { origin: 'refuted', reason }
    }
    const unexplainedPlaces = listed.places.filter((_, at) => reasons[at] === null)
    const isGroupless = ecosystem === 'Maven' && !name.includes(':')
    const jars = isGroupless ? unexplainedPlaces.map((place) => places.knownJar(place, name)) : [null]
    if (jars.every((jar) => jar === 'same')) {
      return { origin: 'refuted', reason: OTHER_NAME_REASON }
    }
    return {
      origin: 'alone',
      known: jars.includes(null) ? null : jars.includes('nameless') ? 'nameless' : 'other',
      places: unexplainedPlaces.map(({ database, layer }) => {
        return { path: pathAt(database), inside: null, layer, owner: { by: 'nobody' } }
      }),
    }
  }
}

/** Names to look up in addition to those of the inventory: of packages that only Clair lists. */
export function namesOnlyFromClair(
  reading: OwnReading,
  packages: readonly ListedPackage[],
): ReadonlyMap<Ecosystem, ReadonlySet<string>> {
  const sort = packageSorter(reading)
  const names = new Map<Ecosystem, Set<string>>()
  for (const listed of packages.filter((one) => sort(one).origin === 'alone')) {
    const { ecosystem, name } = listed
    const isGroupless = ecosystem === 'Maven' && !name.includes(':')
    addNames(names, ecosystem, isGroupless ? jarKeys(name) : [name])
  }
  return names
}

interface OutcomeContext extends OwnReading {
  readonly kind: ClairApplicationsRequest['kind']
  readonly advisories: Advisories
  /** The groups of the image's own jars. */
  readonly groups: Groups
}

/** The outcome of each package in Clair's index. It is decided only here; judging and reports use the result. */
export function classify(
  packages: readonly IndexedApplication[],
  judging: OutcomeContext,
): readonly PackageWithOutcome[] {
  const sort = packageSorter(judging)
  const alone = outcomeOfClairOnly(judging)
  return packages.map((indexed) => {
    const sorted = sort(indexed)
    switch (sorted.origin) {
      case 'own':
        return { indexed, outcome: outcomeOfOwn(sorted.item, judging) }
      case 'alone':
        return { indexed, outcome: alone(indexed, sorted.places, sorted.known) }
      default:
        return { indexed, outcome: { side: sorted.origin, reason: sorted.reason } }
    }
  })
}

/** One of the application's packages is judged, unless it is not examined for a reason that a finding states. */
function outcomeOfOwn(item: ApplicationItem, { groups }: OutcomeContext): PackageOutcome {
  const parts = withGroups(ownItems({ items: [item], cut: [] }), groups)
  const [subject] = comparedPackages(parts)
  return subject === undefined
    ? { side: 'not-examined', reason: `listed as ${APPLICATION_KINDS[(parts[0] ?? item).kind].one}` }
    : { side: 'judged', subject, isAlone: false }
}

/** A package that only Clair lists is judged, if its version can be compared with each advisory about it. */
function outcomeOfClairOnly({ kind, advisories }: OutcomeContext) {
  const recordsOf = new Map(
    [...advisories].map(([ecosystem, one]) => {
      return [ecosystem, recordsByName(ecosystem, 'problem' in one ? [] : one.records)]
    }),
  )
  const maven = advisories.get('Maven')
  return (
    indexed: IndexedApplication,
    places: readonly ApplicationPlace[],
    known: KnownJar | null,
  ): PackageOutcome => {
    const { ecosystem, version } = indexed
    const item = itemOnlyFromClair(indexed, places)
    const isKnown = maven !== undefined && !('problem' in maven)
    const groups = isKnown ? groupsOf([item], maven.names, maven.records) : new Map()
    const [subject] = comparedPackages(withGroups([item], groups))
    const isLookedUp = isKnown && maven.names.includes(artifactKey(indexed.name))
    if (subject === undefined && known !== null && isLookedUp) {
      return known === 'nameless'
        ? { side: 'not-examined', reason: `listed as ${APPLICATION_KINDS.jar.one}` }
        : { side: 'refuted', reason: OTHER_NAME_REASON }
    }
    if (subject === undefined) {
      const reason = 'it states no group, and advisories identify a jar by its group and artifact'
      return { side: 'unexplained', reason }
    }
    const osvPackage = { ecosystem, name: subject.item.name, version: subject.item.version }
    const records = recordsOf.get(ecosystem)?.(osvPackage.name) ?? []
    const open = matchPackage(osvPackage, records).find(({ affects }) => affects === 'unknown')
    if (open !== undefined && kind === 'own') {
      const reason = `its version ${JSON.stringify(version)} cannot be compared with ${open.ids[0]}`
      return { side: 'unexplained', reason }
    }
    return { side: 'judged', subject, isAlone: true }
  }
}

/** Clair's package as an item of the inventory. Clair writes the version of a checked-out Go module after `(devel)`. */
function itemOnlyFromClair(
  indexed: IndexedApplication,
  places: readonly ApplicationPlace[],
): ApplicationItem {
  const { ecosystem, name } = indexed
  const isUnknown = indexed.version === '' || (ecosystem === 'Go' && indexed.version.startsWith('(devel)'))
  const version = isUnknown ? null : indexed.version
  if (ecosystem === 'Maven' && !name.includes(':')) {
    return { kind: 'jar-without-group', name, version, purl: null, places }
  }
  const kind = PURL_TYPES[ecosystem]
  return { kind, name, version, purl: applicationPurl(kind, name, version), places }
}
