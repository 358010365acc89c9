import { compareVersions, isValidVersion } from '../../debian/version.js'
import { parseTracker } from '../../feeds/formats/tracker.js'
import { examineDatabase } from '../../inventory/database/doubts.js'
import { databaseNote } from '../../inventory/database/finding.js'
import { listingOf } from '../../inventory/listing.js'
import { deduceBase } from '../../inventory/provenance/base/deduce.js'
import { readBaseDocument } from '../../inventory/provenance/base/document.js'
import { readBasePackages, rebuildNote, withRebuild } from '../../inventory/provenance/base/rebuild.js'
import { firstDay, fixDaysOf } from '../../inventory/provenance/changelog.js'
import { originFindings } from '../../inventory/provenance/origin/findings.js'
import {
  type AnswerOf,
  type Binary,
  baseSentence,
  compareText,
  type Evidence,
  type FixDays,
  type Image,
  incomplete,
  obstacle,
  type Problem,
  problemOf,
  SeaworthyError,
  textIn,
  type UpdateFinding,
} from '../../model/index.js'
import type { Interpreter } from '../check.js'
import { newerVersions } from './apt/newer.js'
import { type PendingSet, type PendingUpdate, pendingOf } from './apt/pending.js'
import type { AptState } from './apt/state.js'
import { type UpgradeSet, upgradeOf } from './apt/upgrade.js'
import { asWithSources, withAptSources } from './apt-sources.js'
import { aptStatesOf, refuseOtherRelease } from './apt-states.js'
import { type ArchiveDocument, readArchive, readProblemDocument } from './archive/document.js'
import { releaseSuites } from './archive/mirrors.js'
import { archiveCanaryProblem } from './canary.js'
import { databaseFindings } from './database.js'
import { hiddenUpdates, limitsOf, proofNotes, updateNotes } from './notes.js'
import { releaseObstacles, sourceObstacles, unfinishedPackages } from './obstacles.js'
import { findInOtherSuites, newerIn } from './other-suites.js'
import { poolNote, readPool, withPool } from './pool/document.js'
import { cvesOf, updateFinding } from './updates.js'

const ANSWERED = { check: 'security-updates', state: 'answered' } as const

export const securityUpdatesInterpreter: Interpreter<'security-updates'> = {
  id: 'security-updates',
  interpret,
}

/**
 * Which updates of its Debian release the image lacks, as apt would determine it: with the image's own sources, and
 * with SUITE, SUITE-updates and SUITE-security, which is judged. Also finds what prevents updates
 * (docs/findings/security-updates.md).
 */
export function interpret(evidence: Evidence, image: Image): AnswerOf<'security-updates'> {
  try {
    const archived = readProblemDocument(evidence, 'archived.json')
    if (archived !== null) {
      const base = deduceBase(image, readBaseDocument(evidence))
      const findings = [obstacle('archived-release', archived, {})]
      const unread = {
        offered: [],
        foreign: null,
        beyond: [],
        fixDays: new Map(),
        underOtherNames: new Map(),
      }
      return { ...ANSWERED, findings, notes: [baseSentence(base)], limits: [], ...unread, base }
    }
    return compare(evidence, image)
  } catch (error) {
    return unanswered(problemOf(error, 'comparing with the archive'))
  }
}

function compare(evidence: Evidence, image: Image): AnswerOf<'security-updates'> {
  const listing = listingOf(image)
  const { root, release, main } = listing
  const archive = readArchive(evidence)
  refuseOtherImage(release.codename, archive)
  const states = aptStatesOf(root, archive, evidence)
  refuseOtherRelease(states.reference, archive.codename)
  const problem = archiveCanaryProblem(states.reference)
  if (problem !== null) {
    return unanswered(problem)
  }

  // An update that apt keeps back is still a missing update.
  const reference = pendingOf(states.reference, 'listed')
  const pendingUpdates = pendingOf(states.asConfigured)
  const hasApt = states.configured.installed.some(({ package: { name } }) => name === 'apt')
  const database = examineDatabase(image, listing)
  const doubts = databaseFindings(database, reference)
  let upgrade: UpgradeSet | null
  try {
    upgrade = upgradeIfAny(states.reference, reference, hasApt)
    if (hasApt) {
      upgradeOf(states.asConfigured, pendingUpdates)
    }
  } catch (error) {
    // apt may stop because somebody has changed the package database; findings about that do not depend on apt.
    return { ...unanswered(problemOf(error, 'comparing with the archive')), otherFindings: doubts }
  }

  const trackerText = textIn(evidence.documents, 'tracker.json')
  const tracker = trackerText === null ? null : parseTracker(trackerText)
  const cves = (release: string) => (pending: PendingUpdate) => cvesOf(pending, tracker, release)
  const otherSuites = findInOtherSuites(states, archive, evidence, image)
  const vendors = otherSuites.packages.flatMap(({ from }) => (from.vendor === undefined ? [] : [from]))
  const isVendors = (one: Binary) => vendors.some((other) => isSame(one, other))
  const releaseUpdates = updateFindings(reference, pendingUpdates, upgrade, cves(archive.codename), isVendors)
  const stable = otherSuites.stable.map(({ release: name, apt }) => ({ name, set: pendingOf(apt) }))
  const otherUpdates = stable.flatMap(({ name, set }) =>
    updateFindings(set, pendingUpdates, null, cves(name)),
  )
  const fixDays = fixDaysOf(evidence)
  const found = moreImportantUpdates(releaseUpdates, otherUpdates).map((one) => ({
    ...one,
    hasApt,
    fixDay: dayOf(one, fixDays),
  }))
  const pool = readPool(evidence)
  const sourced = withAptSources(found, states)
  const updates = withRebuild(withPool(sourced, pool), readBasePackages(evidence))
  const newer = newerVersions(states.reference, updates, isVendors)
  const imageObstacles = releaseObstacles(archive, updates)
  const isMoving = imageObstacles.some(({ id }) => id === 'testing-or-unstable')
  const ofOwnRelease = updates.filter((one) => !isCoveredBy(one, otherUpdates))
  const findings = [
    ...updates,
    ...hiddenUpdates(asWithSources(ofOwnRelease, states), states, archive.codename),
    ...sourceObstacles(states, archive.codename),
    ...imageObstacles,
    ...unfinishedPackages(states.configured.installed),
    ...doubts,
    ...originFindings(otherSuites, root.files, {
      codename: archive.codename,
      isMoving,
      ...newerIn(reference, states.reference, updates),
    }),
  ]
  const compared = databaseNote(database, main.length)
  const base = deduceBase(image, readBaseDocument(evidence))
  const foreign = otherSuites.packages.map(({ from }) => from)
  const moving = pendingOf(otherSuites.moving)
  return {
    ...ANSWERED,
    findings,
    notes: [
      ...updateNotes(updates, newer, evidence),
      ...poolNote(pool),
      ...rebuildNote(updates),
      baseSentence(base),
      ...compared.notes,
      ...proofNotes(archive),
    ],
    limits: [...limitsOf(archive, states, upgrade, evidence, otherSuites.unread), ...compared.limits],
    offered: [
      ...indexedPackages(reference).filter((one) => !foreign.some((other) => isSame(one, other))),
      ...stable.flatMap(({ set }) => indexedPackages(set)),
      // An unread suite may have newer versions, so nothing is known about packages that may be from it.
      ...(otherSuites.unread.length === 0 ? indexedPackages(moving) : []),
    ],
    underOtherNames: versionsUnderOtherNames(archive),
    foreign,
    beyond: updateFindings(moving, pendingUpdates, null, () => null),
    fixDays,
    base,
  }
}

function unanswered(problem: Problem) {
  return { check: 'security-updates', state: 'unanswered', problem } as const
}

/** The day of an update; `null` if it is built from another source package, whose changelog does not show the day. */
function dayOf(
  { source, sourceVersion, fixedSource, fixedSourceVersion: to }: UpdateFinding,
  days: FixDays,
): string | null {
  return fixedSource !== null || to === null ? null : firstDay(days, source, sourceVersion, to)
}

/** Of two updates of one package, by the image's release and by its own, the more important one. */
function moreImportantUpdates(
  own: readonly UpdateFinding[],
  others: readonly UpdateFinding[],
): UpdateFinding[] {
  const isSecurity = ({ id }: UpdateFinding) => id === 'security-update'
  const hasMoreImportant = (one: UpdateFinding, than: readonly UpdateFinding[]) =>
    than.some((other) => sortKey(other) === sortKey(one) && isSecurity(other) && !isSecurity(one))
  const notBetterElsewhere = own.filter((one) => !hasMoreImportant(one, others))
  return [...notBetterElsewhere, ...others.filter((one) => !isCoveredBy(one, notBetterElsewhere))].sort(
    (a, b) => compareText(sortKey(a), sortKey(b)),
  )
}

function isCoveredBy(one: UpdateFinding, others: readonly UpdateFinding[]): boolean {
  return others.some((other) => sortKey(other) === sortKey(one))
}

function isSame(one: Binary, other: Binary): boolean {
  return one.name === other.name && one.version === other.version && one.architecture === other.architecture
}

/** Installed packages that an index has. About others (local ones, unread components) the archive shows nothing. */
function indexedPackages({ packages }: PendingSet): Binary[] {
  return [...packages.values()]
    .filter(({ versions }) => versions.some(({ indexes }) => indexes.length > 0))
    .map(({ installed: { package: one } }) => ({
      name: one.name,
      version: one.version,
      architecture: one.architecture,
    }))
}

/** By source package, the highest version in the release's own suites of which no installed name is built. */
function versionsUnderOtherNames({ codename, suites, elsewhere }: ArchiveDocument): Map<string, string> {
  const ownSuites = releaseSuites(codename)
  const all = [...suites, ...elsewhere.suites]
    .filter(({ suite }) => ownSuites.includes(suite))
    .flatMap(({ indexes }) => indexes.flatMap((one) => Object.entries(one.underOtherNames ?? {})))
  return new Map(
    all.filter(([, version]) => isValidVersion(version)).sort(([, a], [, b]) => compareVersions(a, b)),
  )
}

/** Without apt in the image (distroless), nothing holds packages back. */
function upgradeIfAny(apt: AptState, set: PendingSet, hasApt: boolean): UpgradeSet | null {
  try {
    return upgradeOf(apt, set)
  } catch (error) {
    if (hasApt || !(error instanceof SeaworthyError)) {
      throw error
    }
    return null
  }
}

/** Sorted by package. A downgrade is no finding: an archive that is behind removes nothing. */
function updateFindings(
  reference: PendingSet,
  own: PendingSet,
  upgrade: UpgradeSet | null,
  cves: (pending: PendingUpdate) => readonly string[] | null,
  isVendors: (one: Binary) => boolean = () => false,
): UpdateFinding[] {
  const ownCandidates = new Map(own.pending.map(({ key, candidate }) => [key, candidate.version.version]))
  return reference.pending
    .filter(({ kind, known }) => kind !== 'downgrade' && !isVendors(known.installed.package))
    .map((pending) => {
      const keptBack = upgrade?.keptBack.find((one) => one.pending.key === pending.key) ?? null
      return updateFinding(pending, cves(pending), keptBack, ownCandidates.get(pending.key) ?? null)
    })
    .sort((a, b) => compareText(sortKey(a), sortKey(b)))
}

function sortKey({ package: name, architecture }: UpdateFinding): string {
  return `${name} ${architecture}`
}

function refuseOtherImage(codename: string, archive: ArchiveDocument): void {
  if (archive.codename !== codename) {
    throw incomplete(`the evidence is for ${archive.codename}, but the image is ${codename}`, 'archive.json')
  }
}
