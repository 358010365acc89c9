import type { CheckId } from '../checks.js'
import type { ApplicationKind, ClairAccount, PurlType } from '../packages/application.js'
import type { Problem } from '../problem.js'
import type { BaseImage } from '../provenance/base-image.js'
import type { ForeignPackage } from '../provenance/origin.js'
import type { RegressionTest } from '../run/regression-test.js'
import type { ApplicationFinding } from './application.js'
import { type BenchFinding, type BenchRun, RESULT } from './bench.js'
import type { Binary } from './common.js'
import { type Finding, kindOf } from './kinds.js'
import type { ObstacleFinding, ObstacleId } from './obstacle.js'
import { UPDATE, UPDATE_IDS, type UpdateFinding } from './update.js'
import type { Vulnerability } from './vulnerability.js'

/** What Debian's archive says, in addition to the updates. */
export interface ArchiveConclusion {
  /** The installed packages that the archive's indexes have in some version. */
  readonly offered: readonly Binary[]
  /** Source package -> the version that the release has of it, though not under the names that are installed. */
  readonly underOtherNames: ReadonlyMap<string, string>
  /** The installed packages that are not from the image's release; `null`: the archive has dropped the release. */
  readonly foreign: readonly ForeignPackage[] | null
  /** Newer versions, in sid, of packages from sid; not findings, since Debian promises no updates for sid. */
  readonly beyond: readonly UpdateFinding[]
  /** By source package and version, the day of the entry in Debian's changelog. */
  readonly fixDays: FixDays
  readonly base: BaseImage
}

/** What advisories say, in addition to the vulnerabilities of Debian's packages. */
export interface AdvisoryConclusion {
  /** What advisories say about application packages; `null`: none were looked up. */
  readonly applications: JudgedApplications | null
  /** Why a part of the answer is missing: the check then has no answer, and its findings stay. */
  readonly lacking: Problem | null
}

/** Whether Docker Bench ran next to the built-in rules. */
export interface BenchConclusion {
  readonly bench: BenchRun
}

export type { Agreement, Binary, DebianNote } from './common.js'
export type { Finding } from './kinds.js'

/** What each check concludes, in addition to its findings. */
interface Concluded {
  readonly 'security-updates': ArchiveConclusion
  readonly clair: AdvisoryConclusion
  readonly 'docker-bench': BenchConclusion
  readonly credentials: object
  /** What is known about how the test ended. */
  readonly 'regression-test': { readonly test: RegressionTest }
}

export interface CommonAnswer {
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
  readonly limits: readonly string[]
}

interface AnsweredBy<Check extends CheckId> extends CommonAnswer {
  readonly check: Check
  readonly state: 'answered'
}

interface UnansweredBy<Check extends CheckId> {
  readonly check: Check
  readonly state: 'unanswered'
  readonly problem: Problem
  /** Findings that are known and reported although the check has no answer. */
  readonly otherFindings?: readonly Finding[]
}

export type Answers = { readonly [Check in CheckId]: AnsweredBy<Check> & Concluded[Check] }

/** Results that exist although the check has no answer: advisories do not depend on the tool that failed. */
export type Unanswers = { readonly [Check in CheckId]: UnansweredBy<Check> } & {
  readonly clair: Partial<Pick<AdvisoryConclusion, 'applications'>>
}

/** A check's result: an answer, or why there is none. Never an empty list for "could not find out". */
export type AnswerOf<Check extends CheckId> = Answers[Check] | Unanswers[Check]
export type Answer = AnswerOf<CheckId>

/** Source package → version → day, YYYY-MM-DD. */
export type FixDays = ReadonlyMap<string, ReadonlyMap<string, string>>

export interface JudgedApplications extends CommonAnswer {
  readonly findings: readonly ApplicationFinding[]
  /** Kinds whose packages were all looked up. */
  readonly judged: ReadonlySet<ApplicationKind>
  /** Packages whose version cannot be compared with some advisory. */
  readonly open: readonly OpenPackage[]
  /** Why an ecosystem has no answer: the check then has none, and its findings stay. `null`: all have one. */
  readonly problem: Problem | null
  /** Why the programs have no answer; `null`: they have one. */
  readonly programProblem: Problem | null
  /** Kinds whose canary Clair reported, so that its answer about them counts. */
  readonly confirming: ReadonlySet<ApplicationKind>
  /** Full names of jars that do not state their group (inventory/application/inventory.ts). */
  readonly groups: ReadonlyMap<string, string>
  readonly alone: readonly ListedAlone[]
  /** How many packages of Clair's index have each outcome; `null`: Clair was not asked, or failed. */
  readonly clair: ClairAccount | null
}

/** A package that only Clair lists: judged by advisories if it is one of an ecosystem. */
export interface ListedAlone {
  readonly kind: PurlType | 'clair-only'
  readonly name: string
  readonly version: string | null
  readonly purl: string | null
  readonly places: readonly string[]
  /** diff_id of the oldest layer that added it; `null`: not known. */
  readonly layer: string | null
}

export interface OpenPackage extends Pick<ListedAlone, 'version' | 'places' | 'layer'> {
  /** The package URL without `pkg:` and version, decoded, as in `ApplicationFinding`. */
  readonly package: string
  /** Ids of the advisories, each group once. */
  readonly ids: readonly string[]
}

/** These guards tell the compiler which kind a finding is; only `kindOf` compares the check's name. */
export function isVulnerability<Any extends Finding>(finding: Any): finding is Any & Vulnerability {
  return kindOf(finding) === 'vulnerability'
}

export function isApplication<Any extends Finding>(finding: Any): finding is Any & ApplicationFinding {
  return 'purl' in finding
}

/** A scanner's finding about a vulnerability, in a Debian or an application package. */
export function isKnownVulnerability<Any extends Finding>(
  finding: Any,
): finding is Any & (Vulnerability | ApplicationFinding) {
  return isVulnerability(finding) || isApplication(finding)
}

/** All ids with this meaning: any of them refers to it. */
export function idsOf(finding: Finding): readonly string[] {
  return isApplication(finding) ? finding.ids : [finding.id]
}

export function isMalware(finding: Finding): boolean {
  return isApplication(finding) && finding.malware
}

export function isBench<Any extends Finding>(finding: Any): finding is Any & BenchFinding {
  return finding.check === RESULT.check
}

export function isUpdate<Any extends Finding>(finding: Any): finding is Any & UpdateFinding {
  return finding.check === UPDATE.check && UPDATE_IDS.some((id) => id === finding.id)
}

export function isObstacle<Any extends Finding, Id extends ObstacleId>(
  finding: Any,
  id: Id,
): finding is Any & ObstacleFinding<Id> {
  return 'details' in finding && finding.id === id
}

/** True for a package from another release of which the image's own release has a newer version. */
export function isLeftBehind<Any extends Finding>(
  finding: Any,
): finding is Any & ObstacleFinding<'other-release'> {
  return isObstacle(finding, 'other-release') && finding.details.newer !== null
}

/** The findings that the table of rulings (judge/rulings.ts) applies to. */
export type RuledInOrder = Vulnerability | ApplicationFinding | UpdateFinding | ObstacleFinding

/** The subject of the ordered rulings: everything except Docker Bench results, which the dictionary decides. */
export function isRuledInOrder(finding: Finding): finding is RuledInOrder {
  return !isBench(finding)
}

/** Path of the dpkg database that lists its package, if that is not the image's own. */
export function otherDatabase(finding: Finding): string | null {
  return isVulnerability(finding) ? finding.packageDb : null
}

/** The architecture of an update: each of a package's architectures has its own. */
export function architectureOf(finding: Finding): string | null {
  return isUpdate(finding) ? finding.architecture : null
}

export function lacksApt(finding: Finding): boolean {
  return isUpdate(finding) && !finding.hasApt
}

export function isOnHold(finding: Finding): boolean {
  return isUpdate(finding) && finding.heldBack?.by === 'hold'
}

/**
 * The fixed version if it can be installed, else `null`. If no archive index was read (`installable: null`), a fixed
 * version that the tracker names counts: that blocks rather than passes.
 */
export function installableFix({ installable, fixedVersion }: Finding): string | null {
  return installable === false ? null : fixedVersion
}
