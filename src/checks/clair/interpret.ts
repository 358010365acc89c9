import { parseTracker } from '../../debian/tracker.js'
import { NO_RATINGS, readFeedDocuments } from '../../feeds/formats/documents.js'
import { readEndsDocument } from '../../feeds/formats/ends.js'
import { listingOf, mainOf } from '../../inventory/listing.js'
import { neededText } from '../../model/documents.js'
import type { Evidence } from '../../model/evidence.js'
import type { Answer } from '../../model/finding/index.js'
import type { Vulnerability } from '../../model/finding/vulnerability.js'
import type { Image } from '../../model/image.js'
import type { ForeignPackage } from '../../model/origin.js'
import { type Problem, problemOf } from '../../model/problem.js'
import { compareText } from '../../model/text.js'
import type { Interpreter } from '../check.js'
import { judgeApplications } from './applications/judge.js'
import { readEyes, withoutApplications } from './applications/seen.js'
import { databasesOf, withoutVendors } from './matches/databases.js'
import { findingOf } from './matches/finding.js'
import { joinDatabase } from './matches/join.js'
import {
  clairCanaryFault,
  completenessFault,
  isCanary,
  otherVersionsFault,
  readAskedHash,
  readCanary,
} from './matches/proof.js'
import { ONE_RELEASE, releasesOf } from './matches/releases.js'
import { readClairReport } from './matches/report.js'

export const clairInterpreter: Interpreter = { id: 'clair', interpret, beside }

/**
 * What Clair's report and Debian's security tracker say about the image. Clair compares versions of binary
 * packages with fixed versions of source packages; here the source's version decides
 * (docs/findings/clair.md). There is no answer unless Clair has proven that it looked.
 * @param foreign packages that are not from the image's release, to be judged by the tracker rows of their
 * own release
 */
export function interpret(evidence: Evidence, image: Image, foreign: readonly ForeignPackage[] = []): Answer {
  try {
    const said = answer(evidence, image, foreign)
    return said.state === 'answered' ? said : { ...said, ...beside(evidence, image, foreign) }
  } catch (error) {
    const more = attempt(() => beside(evidence, image, foreign)) ?? {}
    return { ...unanswered(problemOf(error, "reading Clair's answer")), ...more }
  }
}

/** What advisories say about application packages. Clair is not asked for this. */
function beside(evidence: Evidence, image: Image, foreign: readonly ForeignPackage[]) {
  const ratings = attempt(() => readFeedDocuments(evidence.documents)) ?? NO_RATINGS
  const installed = mainOf(image)
  const applications = judgeApplications(evidence.documents, image, { installed, foreign }, ratings)
  return applications === null ? {} : { applications }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function answer(evidence: Evidence, image: Image, foreign: readonly ForeignPackage[]): Answer {
  const { release, packages, main } = listingOf(image)
  const { codename } = release
  const canary = readCanary(evidence)
  const report = readClairReport(neededText(evidence.documents, 'vulnerability-report.json'))
  const tracker = parseTracker(neededText(evidence.documents, 'tracker.json'))
  readEndsDocument(evidence.documents) // for errors

  const asked = readAskedHash(evidence)
  if (report.manifestHash !== asked) {
    return unanswered(otherImage(report.manifestHash, asked))
  }
  const eyes = readEyes(evidence.documents, report, canary.kind === 'pair' ? null : canary.layer)
  // If application packages are not judged, what an external Clair says about them stands.
  const listed = eyes === null ? report.packages : withoutApplications(report.packages)
  const seen = listed.filter((one) => !isCanary(one, canary))
  const databases = databasesOf(packages, seen, codename)
  const own = databases.find(({ path }) => path === null)
  const fault =
    completenessFault(main, own?.seen ?? [], codename) ??
    otherVersionsFault(databases) ??
    clairCanaryFault(report, canary)
  if (fault) {
    return unanswered(fault)
  }

  const releases = releasesOf(foreign, evidence)
  const ratings = readFeedDocuments(evidence.documents)
  const layers = image.layers.map(({ diffId }) => diffId)
  const findings = databases
    .flatMap((database) =>
      database.path === null
        ? joinDatabase(withoutVendors(database, foreign), tracker, codename, releases)
        : joinDatabase(database, tracker, codename, ONE_RELEASE),
    )
    .map((match) => findingOf(match, layers, ratings))
    .sort(byPackageAndId)
  const known = { installed: main, foreign }
  const applications = judgeApplications(evidence.documents, image, known, ratings, eyes)
  return {
    state: 'answered',
    findings,
    notes: [...notesOn(evidence, findings), ...ratings.notes, ...(applications?.notes ?? [])],
    ...(applications === null ? {} : { applications }),
  }
}

function notesOn(evidence: Evidence, findings: readonly Vulnerability[]): readonly string[] {
  const count = (agreement: string) => findings.filter((one) => one.agreement === agreement).length
  const [missed, refuted] = [count('missed-by-clair'), count('refuted')]
  const trackers = evidence.sources.filter(({ name }) => name === 'debian-security-tracker')
  return [
    'canary found',
    ...trackers.map(
      ({ date, rows }) => `security tracker data from ${date ?? 'an unknown date'}, ${rows ?? '?'} rows`,
    ),
    ...(missed > 0 ? [`${missed} missed by Clair but found by comparing source package versions`] : []),
    ...(refuted > 0 ? [`${refuted} reported by Clair but refuted by comparing source package versions`] : []),
  ]
}

function byPackageAndId(a: Vulnerability, b: Vulnerability): number {
  const key = (one: Vulnerability) => [one.package, one.id, one.packageDb ?? '', one.release ?? ''].join('\n')
  return compareText(key(a), key(b))
}

function otherImage(got: string, asked: string): Problem {
  return {
    code: 'clair-report-malformed',
    what: `Clair's report is for manifest ${got}, not for ${asked}`,
    where: 'vulnerability-report.json',
    todo: 'collect the evidence again',
  }
}

function unanswered(problem: Problem): Answer {
  return { state: 'unanswered', problem }
}
