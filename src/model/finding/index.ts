import type { ApplicationKind } from '../application.js'
import type { BaseImage } from '../base-image.js'
import type { Evidence } from '../evidence.js'
import type { ForeignPackage } from '../origin.js'
import type { Problem } from '../problem.js'
import type { RegressionTest } from '../regression-test.js'
import type { ApplicationFinding } from './application.js'
import type { BenchFinding, BenchRun } from './bench.js'
import type { Binary } from './common.js'
import type { Finding } from './kinds.js'
import type { ObstacleFinding, ObstacleId } from './obstacle.js'
import { UPDATE_IDS, type UpdateFinding } from './update.js'
import type { Vulnerability } from './vulnerability.js'

export type { Agreement, Binary, DebianNote } from './common.js'
export type { Finding } from './kinds.js'

/** What a check says: an answer, or why there is none. Never an empty list for "could not find out". */
export type Answer =
  | {
      readonly state: 'answered'
      readonly findings: readonly Finding[]
      readonly notes: readonly string[]
      /** `security-updates`: the installed packages that the archive's indexes hold in some version. */
      readonly offered?: readonly Binary[]
      /** `security-updates`: the installed packages that are not from the image's release. */
      readonly foreign?: readonly ForeignPackage[]
      /** `security-updates`: what sid has newer of packages that are from there; no findings, as Debian owes none. */
      readonly beyond?: readonly UpdateFinding[]
      /** `security-updates`: by source package and version, the day of the entry in Debian's changelog. */
      readonly fixDays?: FixDays
      /** `security-updates`: what the image is built on. */
      readonly base?: BaseImage
      /** `docker-bench`: who judged. */
      readonly bench?: BenchRun
      /** `regression-test`: how it ended. */
      readonly test?: RegressionTest
      /** `clair`: what advisories say of the application's packages. */
      readonly applications?: JudgedApplications
      /** Why a part of what was asked has no answer: the check has none then, and what was found stays. */
      readonly lacking?: Problem | null
    }
  | {
      readonly state: 'unanswered'
      readonly problem: Problem
      /** `clair`: what advisories say does not hang on the tool that failed. */
      readonly applications?: JudgedApplications
      /** What is known all the same, and is told beside. */
      readonly beside?: readonly Finding[]
    }

/** Source package → version → day, YYYY-MM-DD. */
export type FixDays = ReadonlyMap<string, ReadonlyMap<string, string>>

/** What advisories say of the packages that an application brought. */
export interface JudgedApplications {
  readonly findings: readonly ApplicationFinding[]
  /** Kinds whose packages were all looked up. */
  readonly judged: ReadonlySet<ApplicationKind>
  /** Packages of which some advisory cannot be compared with their version. */
  readonly open: readonly OpenPackage[]
  /** Why an ecosystem has no answer: the check has none then, and its findings stay. `null`: all have. */
  readonly problem: Problem | null
  /** Kinds that Clair was asked about too, and has proven to know. */
  readonly confirming: ReadonlySet<ApplicationKind>
  /** Whole names of jars that do not say their group (inventory/application/inventory.ts). */
  readonly groups: ReadonlyMap<string, string>
  /** What else is to be told of how they were judged. */
  readonly notes: readonly string[]
}

export interface OpenPackage {
  /** As `ApplicationFinding` has it. */
  readonly package: string
  readonly version: string | null
  /** Ids of the advisories, each group once. */
  readonly ids: readonly string[]
  readonly places: readonly string[]
  /** diff_id of the oldest layer that brought it. */
  readonly layer: string | null
}

/** What evidence says: nothing where it has a problem, whatever documents stand beside that. The one place that asks. */
export function answerFrom({ problem }: Pick<Evidence, 'problem'>, interpret: () => Answer): Answer {
  return problem === null ? interpret() : { state: 'unanswered', problem }
}

/** The guards are where the compiler learns which kind a finding is; nobody else asks for the check by its name. */
export function isVulnerability<Any extends Finding>(finding: Any): finding is Any & Vulnerability {
  return finding.check === 'clair' && !('details' in finding) && !isApplication(finding)
}

/** Of a package that the application brought. */
export function isApplication<Any extends Finding>(finding: Any): finding is Any & ApplicationFinding {
  return 'purl' in finding
}

/** What a scanner of vulnerabilities tells of, be it in a package of Debian or of the application. */
export function isKnownVulnerability<Any extends Finding>(
  finding: Any,
): finding is Any & (Vulnerability | ApplicationFinding) {
  return isVulnerability(finding) || isApplication(finding)
}

/** All ids that mean it: whoever names one of them means it. */
export function idsOf(finding: Finding): readonly string[] {
  return isApplication(finding) ? finding.ids : [finding.id]
}

/** True where an advisory says that the package itself is malicious. */
export function isMalware(finding: Finding): boolean {
  return isApplication(finding) && finding.malware
}

export function isBench<Any extends Finding>(finding: Any): finding is Any & BenchFinding {
  return finding.check === 'docker-bench'
}

export function isUpdate<Any extends Finding>(finding: Any): finding is Any & UpdateFinding {
  return finding.check === 'security-updates' && UPDATE_IDS.some((id) => id === finding.id)
}

export function isObstacle<Any extends Finding, Id extends ObstacleId>(
  finding: Any,
  id: Id,
): finding is Any & ObstacleFinding<Id> {
  return 'details' in finding && finding.id === id
}

/** What the ordered rulings are about: all but the results of Docker Bench, which the dictionary rules on. */
export function isRuledInOrder(
  finding: Finding,
): finding is Vulnerability | ApplicationFinding | UpdateFinding | ObstacleFinding {
  return !isBench(finding)
}

/** Path of the dpkg database that lists its package, where that is another than the image's own. */
export function otherDatabase(finding: Finding): string | null {
  return isVulnerability(finding) ? finding.packageDb : null
}

/** The architecture of an update: each of a package has its own. */
export function architectureOf(finding: Finding): string | null {
  return isUpdate(finding) ? finding.architecture : null
}

/** True for an update of an image in which nobody can run apt (distroless). */
export function lacksApt(finding: Finding): boolean {
  return isUpdate(finding) && !finding.hasApt
}

/** True for an update of a package that is on hold in the image. */
export function isOnHold(finding: Finding): boolean {
  return isUpdate(finding) && finding.heldBack?.by === 'hold'
}
