import type { ApplicationInventory } from '../../../inventory/application/inventory.js'
import {
  type ClairAccount,
  type ClairSide,
  firstOf,
  type Image,
  type ListedAlone,
  type ListedByClair,
  listText,
  MAX_LISTED,
  type Problem,
  withAdvice,
} from '../../../model/index.js'
import { readRequestedManifest } from '../matches/proof.js'
import { pathAt } from './ecosystems.js'
import type { PackageWithOutcome } from './fates.js'
import { layersOfPlaces, listedPlaces, shownText, visibleText } from './finding.js'
import type { ClairApplications, ListedPackage } from './indexed.js'
import type { ComparedPackage } from './subjects.js'
import { missingFrom } from './unlisted.js'

// Counts how many packages of Clair's index were judged, refuted, not examined or unexplained.

const MAX_NAMED = 3

type LocatedPackage = Pick<ListedPackage, 'name' | 'version' | 'places'>

/** How many packages of Clair's index have each outcome; each is counted once. */
export function clairAccount(
  clair: ClairApplications,
  outcomes: readonly PackageWithOutcome[],
): ClairAccount {
  const unjudged = notJudged(clair, outcomes)
  const count = (side: ClairSide) => unjudged.filter((one) => one.side === side).length
  const judged = outcomes.filter(({ outcome }) => outcome.side === 'judged').length
  return {
    packages: clair.debianCount + judged + unjudged.length,
    sides: {
      debian: clair.debianCount,
      judged,
      'not-examined': count('not-examined'),
      refuted: count('refuted'),
      unexplained: count('unexplained'),
    },
    listed: unjudged.slice(0, MAX_LISTED),
  }
}

/** What shows that Clair's index is not that of this image, or contains what nobody judges. */
export function indexProblems(
  documents: Readonly<Record<string, string>>,
  image: Image,
  inventory: ApplicationInventory,
  clair: ClairApplications,
  outcomes: readonly PackageWithOutcome[],
): readonly Problem[] {
  // Our own Clair got the layers from this run, and nobody else asks it.
  const missing = clair.kind === 'own' ? [] : missingFrom(clair, image, inventory)
  if (missing.length === 0) {
    return unexplainedProblem(clair, outcomes)
  }
  const texts = missing.map(({ name, version, places: [place] }) => {
    return `${visibleText(name)} ${visibleText(version ?? '')} in ${visibleText(place?.path ?? '')}`
  })
  const what = `Clair's index of this image lacks ${missing.length} of the application packages in it: ${listText(texts, MAX_NAMED, '; ')}`
  const { hash } = readRequestedManifest({ documents })
  const problem = withAdvice({ code: 'clair-other-layers', what, where: `Clair, manifest ${hash}` })
  return [...unexplainedProblem(clair, outcomes), problem]
}

/**
 * A problem if packages that only Clair lists are not judged: the Clair that Seaworthy started and Seaworthy then
 * disagree about what the image contains. `null` for an external Clair: `itemsOnlyFromClair` lists such packages.
 */
function unexplainedProblem(
  clair: ClairApplications,
  outcomes: readonly PackageWithOutcome[],
): readonly Problem[] {
  const all = notJudged(clair, outcomes).filter(({ side }) => side === 'unexplained')
  if (all.length === 0 || clair.kind === 'other') {
    return []
  }
  const texts = all.map(({ name, version, path, reason }) => {
    return `${visibleText(name)} ${visibleText(version)} in ${visibleText(path)} (${reason})`
  })
  const what = `Clair lists packages that Seaworthy cannot judge: ${firstOf(texts, MAX_NAMED).join('; ')}`
  return [withAdvice({ code: 'clair-disagrees', what, where: 'Clair' })]
}

/** The packages that only Clair lists, for a report's summary and its lists of the image's content. */
export function itemsOnlyFromClair(
  clair: ClairApplications,
  onlyFromClair: readonly ComparedPackage[],
  outcomes: readonly PackageWithOutcome[],
  layers: readonly string[],
): readonly ListedAlone[] {
  const judged = onlyFromClair.map(({ item }): ListedAlone => {
    const { kind, name, version, purl, places } = item
    const paths = listedPlaces(places).places
    return { kind, name, version, purl, places: paths, layer: layersOfPlaces(item, layers)[0] ?? null }
  })
  const open = notJudged(clair, outcomes).filter(({ side }) => side === 'unexplained')
  return clair.kind === 'own'
    ? judged
    : [
        ...judged,
        ...open.map(({ name, version, path }): ListedAlone => {
          return { kind: 'clair-only', name, version, purl: null, places: [path], layer: null }
        }),
      ]
}

/** The packages that are not judged, unexplained ones first. */
function notJudged(
  { unknownPackages }: ClairApplications,
  outcomes: readonly PackageWithOutcome[],
): readonly ListedByClair[] {
  const all = [
    ...unknownPackages.map((one) =>
      entryOf(one, 'unexplained', 'Seaworthy does not know its package manager'),
    ),
    ...outcomes.flatMap(({ indexed, outcome }) =>
      outcome.side === 'judged' ? [] : [entryOf(indexed, outcome.side, outcome.reason)],
    ),
  ]
  const isOpen = ({ side }: ListedByClair) => side === 'unexplained'
  return [...all.filter(isOpen), ...all.filter((one) => !isOpen(one))]
}

function entryOf(
  { name, version, places: [place] }: LocatedPackage,
  side: ListedByClair['side'],
  reason: string,
): ListedByClair {
  const path = place === undefined ? '' : pathAt(place.database)
  return { name: shownText(name), version: shownText(version), path: shownText(path), side, reason }
}
