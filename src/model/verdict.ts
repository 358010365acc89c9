import * as z from 'zod'
import type { Reason, ReturnReason } from './because/reasons.js'
import type { BenchTable } from './bench-table.js'
import { CHECK_IDS, type CheckId } from './checks.js'
import type { DockerfileChange, DockerfileFrom } from './dockerfile-change.js'
import type { Source } from './evidence.js'
import type { Finding } from './finding/kinds.js'
import { type Platform, platformName } from './image/image.js'
import type { OtherPlatforms } from './image/platforms.js'
import type { ReleaseKind } from './image/release-tag.js'
import type { Justification } from './justification.js'
import type { ImageAccount } from './packages/account.js'
import type { ApplicationSummary } from './packages/application.js'
import type { InstalledPackage } from './packages/package.js'
import type { Line, Place } from './place.js'
import type { Problem } from './problem.js'
import type { BaseImage } from './provenance/base-image.js'
import type { FindingOwner } from './provenance/layer-owner.js'
import type { RegressionTest } from './run/regression-test.js'
import { PlaceSchema, type TypeOf, text, textOrNull } from './schemas.js'
import { SEVERITIES } from './severity.js'

export const RULINGS = ['act', 'due', 'accepted', 'deferred', 'unfixed', 'noted'] as const
export type Ruling = (typeof RULINGS)[number]

export const VERDICTS = ['pass', 'fail', 'incomplete'] as const
export type VerdictStatus = (typeof VERDICTS)[number]

/** A verdict that does not allow release counts before one that does, and a known one before an unknown one. */
export const WORST_FIRST: readonly VerdictStatus[] = ['fail', 'incomplete', 'pass']

export function worst(statuses: readonly VerdictStatus[]): VerdictStatus {
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? 'pass'
}

/** For `Array.prototype.sort`, the worst first. */
export function compareVerdicts(a: { verdict: VerdictStatus }, b: { verdict: VerdictStatus }): number {
  return WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict)
}

export type RuledFinding = Finding & RulingOfFinding

export interface RulingOfFinding {
  readonly ruling: Ruling
  /** Which rule, source and line; words come from model/because/texts.ts. */
  readonly because: readonly Reason[]
  readonly blocks: boolean
  /** The policy line that decided, if one did. */
  readonly policy: Place | null
  /** For a deferred finding: when it gets the ruling `act` again; `null` for others. */
  readonly returnsWhen: readonly ReturnReason[] | null
  /** For a finding with the ruling `due`: its last day, YYYY-MM-DD, after which it blocks; `null` for others. */
  readonly due: string | null
  /** Where a person has to look; `null` if no place is known. */
  readonly line: Line | null
  /** Who has to act on it; `null`: not known. */
  readonly owner: FindingOwner | null
  /** Compared with the baseline; `null` if there is none, or the check has no answer there. */
  readonly since: 'new' | 'unchanged' | null
  /** For an accepted finding: why VEX says that it is no vulnerability here; `null` if a risk was accepted. */
  readonly statement: {
    readonly status: 'not_affected' | 'fixed'
    readonly justification: Justification | null
  } | null
}

export const GoneFindingSchema = z.strictObject({
  check: z.enum(CHECK_IDS),
  id: text,
  package: textOrNull,
  severity: z.enum(SEVERITIES),
  ruling: z.enum(RULINGS),
})
export type GoneFinding = TypeOf<typeof GoneFindingSchema>

/** The Dockerfile that an image's findings are attributed to. */
export interface DockerfileUse {
  /** Path as shown, with `/`; `null` if none could be used. */
  readonly file: string | null
  /** Why none was used, or why it matches only in part; `null` if there is nothing to say. */
  readonly note: string | null
  /** `null` if none was used. */
  readonly from: DockerfileFrom | null
}

export interface CheckResult {
  readonly check: CheckId
  readonly state: 'answered' | 'unanswered'
  readonly problem: Problem | null
  /** Wall-clock time of collecting, in milliseconds, as the evidence says. */
  readonly tookMs: number
  /** Sentences about what was found, then about how that is proven, such as "canary found". */
  readonly notes: readonly string[]
  /** What the check did not examine or could not know: every report shows it in full (reports/view/statements.ts). */
  readonly limits: readonly string[]
  /** `docker-bench`: both results of each id; `null` for other checks, and if it has no answer. */
  readonly bench: BenchTable | null
}

export interface VerdictLayer {
  readonly diffId: string
  /** The history line that made it; `null` if the history does not say. */
  readonly createdBy: string | null
}

/** The base of the image, and whether its name is an allowed one; `null`: the name is not known. */
export interface JudgedBase extends BaseImage {
  readonly official: boolean | null
}

/** Whether building the image again, unchanged, settles a blocking finding. No ruling depends on it. */
export interface RebuildNeed {
  /** `null`: not known. */
  readonly needed: boolean | null
  readonly why: string
  /** The blocking findings that it resolves, worst first. */
  readonly settles: readonly RuledFinding[]
}

/** Verdict on one platform of an image. */
export interface ImageVerdict {
  readonly reference: string
  /** As in `Image`; `null` if it has none. */
  readonly nameInArchive: string | null
  readonly digest: string | null
  /** From its config; the requested one if it could not be opened; `null` if neither is known. */
  readonly platform: Platform | null
  /** True if the verdict covers other platforms of this image too: its name alone does not identify this one. */
  readonly isOneOfSeveral: boolean
  /** The other platforms of the image's index; `null` if those were not checked. */
  readonly others: OtherPlatforms | null
  /** "Debian 12 bookworm", or `null`. */
  readonly distribution: string | null
  /** Of its Debian release, such as `bookworm`; `null` if that is not known. */
  readonly codename: string | null
  /** Debian's name for its own architecture, or `null`. */
  readonly architecture: string | null
  readonly packageCount: number | null
  /** How many of them are not from the image's release; `null` if security-updates has no answer. */
  readonly foreignCount: number | null
  /** `null` if security-updates has no answer. */
  readonly base: JudgedBase | null
  readonly regressionTest: RegressionTest
  readonly dockerfile: DockerfileUse
  /**
   * The Dockerfile with a line that updates the packages; `null` if there is nothing to update, or no Dockerfile was
   * used.
   */
  readonly dockerfileChange: DockerfileChange | null
  readonly rebuild: RebuildNeed
  /** Whether the policy has a dictionary of its own, to which a task can add; absent in a report that was read back. */
  readonly hasDictionary?: boolean
  /** On a pull request, the files that say how the image is run and that it changes: the base's were judged. */
  readonly changedRunFiles?: readonly string[]
  /** From the image's own root, for the SBOM; `null` if they could not be read. */
  readonly packages: readonly InstalledPackage[] | null
  /** Which of its applications were judged, and which were not examined; `null` if it could not be opened. */
  readonly applications: ApplicationSummary | null
  /** The owners of the image's programs; `null` if the image could not be opened, or its evidence does not say. */
  readonly account: ImageAccount | null
  readonly verdict: VerdictStatus
  readonly checks: readonly CheckResult[]
  readonly findings: readonly RuledFinding[]
  readonly sources: readonly Source[]
  /** Layers, the lowest first; none if the image could not be opened. */
  readonly layers: readonly VerdictLayer[]
  /** Sorted; `null` if there is no baseline of this image. */
  readonly gone: readonly GoneFinding[] | null
}

/**
 * What a notice may say about a policy file itself. `default`: there is none. About an entry: `expired`; `expiring`
 * soon; `unused`, it matches nothing; `duplicate` and `shadowed`, another accepts everything that it does; `broad`,
 * it accepts more than anybody looked at; `not-applied`: a VEX document or a baseline that does not apply here;
 * `no-baseline`: findings are not compared, although a baseline was requested; `audit`: when audit mode ends, or why it
 * does not apply; `newer`: the extended built-in
 * dictionary has a successor. On a pull request: `laxer`, an input would loosen the base's policy; `proposed`, what
 * the changed policies would do; `unbound`, a file that the base does not have yet; `base`, whose policies hold.
 */
export const NOTICE_KINDS = [
  'default',
  'expired',
  'expiring',
  'unused',
  'duplicate',
  'shadowed',
  'broad',
  'not-applied',
  'no-baseline',
  'audit',
  'newer',
  'laxer',
  'proposed',
  'ends-audit',
  'unbound',
  'run-differs',
  'base',
] as const

export const PolicyNoticeSchema = z.strictObject({
  kind: z.enum(NOTICE_KINDS),
  place: PlaceSchema.nullable(),
  text,
})
export interface PolicyNotice extends TypeOf<typeof PolicyNoticeSchema> {
  /** Of kind `base`: the branch, if its name is known. */
  readonly branch?: string
  /** Of kind `run-differs`: the file that has the run options, by its path in the repository. */
  readonly file?: string
}

/** What an attested verdict states about how it was reached, in addition to its images. */
export interface VerdictConditions {
  /**
   * Digest of the policy that held, `sha256:<hex>` (policy/policy.ts); `null`: not known, in a report that was read
   * back.
   */
  readonly policyDigest: string | null
  readonly release: ReleaseKind | null
  /** True if findings that already blocked in the baseline did not block. */
  readonly newOnly: boolean
}

export interface DocumentDigest {
  readonly image: string
  readonly platform: string | null
  readonly check: CheckId
  readonly document: string
  /** `sha256:<hex>`. */
  readonly digest: string
}

/** Whether a verdict other than pass fails the run (enforce), or is only reported (audit). */
export const MODES = ['enforce', 'audit'] as const
export type Mode = (typeof MODES)[number]

/** Exit codes of the command in enforce mode. */
const EXIT_CODES = { pass: 0, fail: 1, incomplete: 2 } as const satisfies Record<VerdictStatus, number>

/**
 * The exit code for programs: in audit mode no verdict fails the run. There is no fourth verdict, such as `warn`:
 * everything that reads verdicts would have to know it.
 */
export function exitCode({ verdict, mode }: Pick<Verdict, 'verdict' | 'mode'>): 0 | 1 | 2 {
  return mode === 'audit' ? 0 : EXIT_CODES[verdict]
}

export interface Verdict {
  readonly verdict: VerdictStatus
  /** Changes neither the verdict nor any finding, only the exit code and the check run's conclusion. */
  readonly mode: Mode
  readonly today: string
  /** How many days a whitelist entry may hold under the policy: the entries that reports print hold no longer. */
  readonly maxSpan: number
  /** Author of our OpenVEX document, from the policy; `null`: the tool. */
  readonly vexAuthor: string | null
  readonly judgedBy: VerdictConditions
  /** The data behind the verdict; `null` if it was judged from saved evidence, which anybody may have written. */
  readonly evidence: readonly DocumentDigest[] | null
  readonly images: readonly ImageVerdict[]
  readonly policyNotices: readonly PolicyNotice[]
}

/** Images, with what their names alone do not show: whether they have other platforms. */
export function withSiblings(
  images: readonly Omit<ImageVerdict, 'isOneOfSeveral'>[],
): readonly ImageVerdict[] {
  const name = ({ platform }: Pick<ImageVerdict, 'platform'>) => platform && platformName(platform)
  return images.map((image) => ({
    ...image,
    isOneOfSeveral: images.some((one) => one.reference === image.reference && name(one) !== name(image)),
  }))
}
