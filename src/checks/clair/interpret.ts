import { NO_RATINGS, readFeedDocuments } from '../../feeds/formats/documents.js'
import { readEndsDocument } from '../../feeds/formats/ends.js'
import { parseTracker } from '../../feeds/formats/tracker.js'
import { listingOf, mainOf, nestedRelease } from '../../inventory/listing.js'
import {
  type AnswerOf,
  compareText,
  type Evidence,
  type ForeignPackage,
  type Image,
  type InstalledPackage,
  neededText,
  type Problem,
  problemOf,
  readOrNull,
  type Unanswers,
  type Vulnerability,
} from '../../model/index.js'
import type { Interpreter } from '../check.js'
import { isOsvOff } from './applications/documents.js'
import { readClairApplications, withoutApplications } from './applications/indexed.js'
import { judgeApplications } from './applications/judge.js'
import { databasesOf, withoutVendors } from './matches/databases.js'
import { findingOf } from './matches/finding.js'
import { joinDatabase } from './matches/join.js'
import {
  byDiffIds,
  clairCanaryProblem,
  completenessProblem,
  isCanary,
  otherLayersProblem,
  otherVersionsProblem,
  readCanary,
  readRequestedManifest,
} from './matches/proof.js'
import { releasesOf, releasesOfNested } from './matches/releases.js'
import { readClairReport } from './matches/report.js'

export const clairInterpreter: Interpreter<'clair'> = {
  id: 'clair',
  needsOrigin: true,
  interpret,
  interpretPartial,
}

/**
 * What Clair's report and Debian's security tracker say about the image. Clair compares versions of binary packages
 * with fixed versions of source packages; here the source package's version decides (docs/findings/clair.md). There is
 * no answer unless the canaries prove that Clair examined the image.
 * @param foreign packages that are not from the image's release, to be judged by the tracker rows of their own release
 */
export function interpret(
  evidence: Evidence,
  image: Image,
  foreign: readonly ForeignPackage[] = [],
): AnswerOf<'clair'> {
  try {
    const fullResult = fullAnswer(evidence, image, foreign)
    return fullResult.state === 'answered'
      ? fullResult
      : { ...fullResult, ...interpretPartial(evidence, image, foreign) }
  } catch (error) {
    const partialResult = readOrNull(() => interpretPartial(evidence, image, foreign)) ?? {}
    return { ...unanswered(problemOf(error, "reading Clair's answer")), ...partialResult }
  }
}

/** What advisories say about application packages. Clair is not asked for this. */
function interpretPartial(evidence: Evidence, image: Image, foreign: readonly ForeignPackage[]) {
  const ratings = readOrNull(() => readFeedDocuments(evidence.documents)) ?? NO_RATINGS
  const installed = mainOf(image)
  const applications = judgeApplications(evidence.documents, image, { installed, foreign }, ratings)
  return applications === null ? {} : { applications }
}

function fullAnswer(evidence: Evidence, image: Image, foreign: readonly ForeignPackage[]): AnswerOf<'clair'> {
  const listing = listingOf(image)
  const { packages, main } = listing
  const { codename } = listing.release
  const canary = readCanary(evidence)
  const report = readClairReport(neededText(evidence.documents, 'vulnerability-report.json'))
  const tracker = parseTracker(neededText(evidence.documents, 'tracker.json'))
  readEndsDocument(evidence.documents) // for errors

  const requested = readRequestedManifest(evidence)
  if (report.manifestHash !== requested.hash) {
    return unanswered(otherImage(report.manifestHash, requested.hash))
  }
  const others = otherLayersProblem(report.packages, requested)
  const packagesOfClair = byDiffIds(report.packages, requested)
  const clair = readClairApplications(
    evidence.documents,
    { packages: packagesOfClair },
    canary.kind === 'pair' ? null : canary.layer,
  )
  // If application packages are not judged, the report of an external Clair about them is used unchanged.
  const listed = clair === null ? packagesOfClair : withoutApplications(packagesOfClair)
  const reported = listed.filter((one) => !isCanary(one, canary))
  const nestedIn = (path: string) => nestedRelease(listing, path)
  const databases = databasesOf(packages, reported, codename, (path) => nestedIn(path) !== null)
  const problem =
    others ??
    completenessProblem(main, databases[0].reported, codename) ??
    otherVersionsProblem(databases) ??
    clairCanaryProblem(report, canary)
  if (problem) {
    return unanswered(problem)
  }

  const releases = releasesOf(foreign, evidence)
  const ratings = readFeedDocuments(evidence.documents)
  const layers = image.layers.map(({ diffId }) => diffId)
  const nested = (path: string, installed: readonly InstalledPackage[]) =>
    releasesOfNested(nestedIn(path), installed, evidence)
  const findings = databases
    .flatMap((database) =>
      database.path === null
        ? joinDatabase(withoutVendors(database, foreign), tracker, codename, releases)
        : joinDatabase(database, tracker, codename, nested(database.path, database.installed)),
    )
    .map((match) => findingOf(match, layers, ratings))
    .sort(byPackageAndId)
  const origins = { installed: main, foreign }
  const applications = judgeApplications(evidence.documents, image, origins, ratings, clair)
  return {
    check: 'clair',
    state: 'answered',
    findings,
    notes: [...differencesOf(findings), ...(applications?.notes ?? []), ...proofOf(evidence)],
    limits: [
      ...unusedNote(evidence.documents, ratings.unused),
      ...ratings.notes,
      ...(applications?.limits ?? []),
    ],
    applications,
    lacking: null,
  }
}

/** Sources of data that were turned off, in one sentence. */
function unusedNote(documents: Evidence['documents'], feeds: readonly string[]): readonly string[] {
  const unused = [...feeds, ...(isOsvOff(documents) ? ['osv'] : [])]
  return unused.length === 0 ? [] : [`not used: ${unused.join(', ')}`]
}

function proofOf({ sources }: Evidence): readonly string[] {
  const trackers = sources.filter(({ name }) => name === 'debian-security-tracker')
  return [
    ...trackers.map(
      ({ date, rows }) => `security tracker data from ${date ?? 'an unknown date'}, ${rows ?? '?'} rows`,
    ),
    'canary found',
  ]
}

function differencesOf(findings: readonly Vulnerability[]): readonly string[] {
  const count = (agreement: string) => findings.filter((one) => one.agreement === agreement).length
  const [missed, refuted] = [count('missed-by-clair'), count('refuted')]
  return [
    ...(missed > 0 ? [`${missed} missed by Clair but found by comparing source package versions`] : []),
    ...(refuted > 0 ? [`${refuted} reported by Clair but refuted by comparing source package versions`] : []),
  ]
}

function byPackageAndId(a: Vulnerability, b: Vulnerability): number {
  const key = (one: Vulnerability) => [one.package, one.id, one.packageDb, one.release].join('\n')
  return compareText(key(a), key(b))
}

function otherImage(got: string, expected: string): Problem {
  return {
    code: 'clair-report-malformed',
    what: `Clair's report is for manifest ${got}, not for ${expected}`,
    where: 'vulnerability-report.json',
    todo: 'collect the evidence again',
  }
}

function unanswered(problem: Problem): Unanswers['clair'] {
  return { check: 'clair', state: 'unanswered', problem }
}
