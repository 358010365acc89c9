import { baseFindings } from '../inventory/provenance/base/allowed.js'
import { withOfficialBase } from '../inventory/provenance/base/layers.js'
import {
  type AdvisoryConclusion,
  type Answer,
  type ArchiveConclusion,
  type BaseImage,
  type BenchConclusion,
  type BenchTable,
  type CommonAnswer,
  type Evidence,
  type Finding,
  hasFeed,
  type Image,
  type ImageAccount,
  type ImageVerdict,
  isBench,
  KINDS,
  NO_FINGERPRINT,
  NOT_HASHED,
  type OtherPlatforms,
  type Problem,
  pathsText,
  type Reason,
  type RegressionTest,
  type RuledFinding,
  UNREAD_KINDS,
  unexaminedId,
  unreadSentence,
  withAdvice,
} from '../model/index.js'
import { dictionaryCanary } from '../policy/dictionary/canary.js'
import { evidenceOf } from '../policy/dictionary/compare.js'
import { ruleBench } from '../policy/dictionary/rules.js'
import type { Policy } from '../policy/policy.js'
import { acceptedBy, entriesByPath, entriesFor, type WhitelistSubject } from '../policy/whitelist/match.js'
import { acceptablePaths } from '../policy/whitelist/paths.js'
import type { WhitelistEntry } from '../policy/whitelist/schema.js'
import type { UpdateSeverity } from './due.js'
import type { Owners } from './owners.js'
import { missingBenchProblem } from './release-needs.js'
import { NO_DETAILS } from './ruling-case.js'
import { rule } from './rulings.js'
import { supportFindings } from './support-rules.js'

export interface JudgedInput
  extends Pick<ImageVerdict, 'reference' | 'distribution' | 'codename' | 'architecture' | 'packageCount'>,
    Pick<ImageVerdict, 'packages' | 'applications'> {
  readonly image: Image | null
  /** Why the image could not be opened: all of its checks are then unanswered. */
  readonly problem: Problem | null
  /** The requested platform; `null` if none was named. */
  readonly platform?: string | null | undefined
  /** The other platforms of its image index; `null` if those were not checked. */
  readonly others?: OtherPlatforms | null | undefined
  /** `null`: not known. */
  readonly account?: ImageAccount | null
  /** What the checks answered; at most one answer for each check. */
  readonly answers: readonly { readonly evidence: Evidence; readonly answer: Answer }[]
}

export type Context = {
  readonly input: JudgedInput
  readonly policy: Policy
  readonly today: string
  readonly owners: Owners
  readonly updateSeverity: UpdateSeverity
}

/** What a check reports about the image besides its findings; a member is `null` if the check does not report it. */
export interface AlsoReported {
  /** The base of the image according to security-updates. */
  readonly base: BaseImage | null
  readonly test: RegressionTest | null
  /** How many packages are not from the image's release. */
  readonly foreignCount: number | null
}

export type JudgedAnswer =
  | { readonly problem: Problem }
  | (Partial<AlsoReported> & {
      readonly findings: readonly RuledFinding[]
      readonly notes: readonly string[]
      readonly limits: readonly string[]
      readonly bench?: BenchTable | null
      /** Why the answer is incomplete under this policy; its findings still count. */
      readonly lacking?: Problem | null
    })

export function ruleSeparately(
  { findings, notes, limits }: CommonAnswer,
  { input, policy, today, owners, updateSeverity }: Context,
) {
  const subject = { ...input, owners, updateSeverity }
  const { entries } = policy.whitelist
  const ruled = findings
    .flatMap((one) => partsByPath(one, subject, entries, today))
    .map(({ finding, partReasons }): RuledFinding => {
      const one = rule(finding, subject, policy, today)
      return { ...one, because: [...one.because, ...partReasons] }
    })
  return { findings: ruled, notes, limits }
}

/**
 * The policy decides which bases are allowed, and the day decides whether Debian still supports a package, so
 * findings about these are made here.
 */
export function judgeRelease(answer: CommonAnswer & ArchiveConclusion, context: Context): JudgedAnswer {
  const { input, policy, today } = context
  const { base } = answer
  const foreign = answer.foreign ?? []
  const { packages, codename, image } = input
  const checkFindings = withOfficialBase(answer.findings, base, image, policy.gate.officialMirrors)
  const policyFindings = [
    ...baseFindings(base, policy.gate),
    ...(packages === null || codename === null ? [] : supportFindings(packages, foreign, codename, today)),
  ]
  const ruled = ruleSeparately({ ...answer, findings: [...checkFindings, ...policyFindings] }, context)
  return { ...ruled, base, foreignCount: answer.foreign?.length ?? null }
}

/**
 * Returns a problem if the policy has a threshold for EPSS scores and the scores were not read: no finding could reach
 * the threshold, so findings that it was meant to block would pass.
 */
export function judgeVulnerabilities(
  answer: CommonAnswer & AdvisoryConclusion,
  context: Context,
  { documents }: Evidence,
): JudgedAnswer {
  const { input, policy } = context
  if (policy.gate.epssAtLeast !== null && !hasFeed(documents, 'epss')) {
    const what = '"epss-at-least" is set, but no EPSS data was read'
    return { problem: withAdvice({ code: 'epss-not-read', what, where: input.reference }) }
  }
  const { limits, lacking } = answer
  const isOriginKnown = policy.gate.checks.includes(KINDS['other-release'].check)
  const limitsWithOrigin = isOriginKnown ? limits : [...limits, LIMIT_UNKNOWN_ORIGIN]
  return { ...ruleSeparately({ ...answer, limits: limitsWithOrigin }, context), lacking }
}

const LIMIT_UNKNOWN_ORIGIN =
  'packages from other releases could not be identified, because the security-updates check is not enabled'

/**
 * Rules on Docker Bench's results by the dictionary: one that it does not allow gets the ruling `act`, which blocks,
 * unless a whitelist entry accepts it.
 */
export function judgeResults(
  { findings, notes, limits, bench: run }: CommonAnswer & BenchConclusion,
  { input, policy, today, owners }: Context,
): JudgedAnswer {
  const context = { reference: input.reference, today, evidence: evidenceOf(policy.gate.checks) }
  const canary = dictionaryCanary(policy.dictionary, context)
  if ('problem' in canary) {
    return canary
  }
  const compared = ruleBench(
    findings.filter((one) => isBench(one)),
    policy.dictionary,
    context,
  )
  const ruled = compared.results.map(({ finding, blocks, because, policy: place }): RuledFinding => {
    const owner = owners.shownOwner(finding)
    const { accepting, near } = entriesFor(finding, input, policy.whitelist.entries, today)
    if (blocks && accepting !== null) {
      const accepted = { because: [acceptedBy(accepting)], policy: accepting.place, ...NO_DETAILS, owner }
      return { ...finding, ...accepted, ruling: 'accepted', blocks: false }
    }
    const reasons = blocks && near !== null ? [...because, near.why] : because
    const ruling = blocks ? 'act' : 'noted'
    return { ...finding, ruling, blocks, because: reasons, policy: place, ...NO_DETAILS, owner }
  })
  const accepted = new Map(ruled.filter(({ ruling }) => ruling === 'accepted').map((one) => [one.id, one]))
  const rows = compared.rows.map((row) => ({ ...row, because: accepted.get(row.id)?.because ?? row.because }))
  return {
    findings: ruled,
    notes: [...notes, ...compared.notes, canary.note],
    limits,
    bench: { run, rows },
    lacking: missingBenchProblem(run, policy.gate, input.reference),
  }
}

/** A finding, or the part of one with some of its paths, with reasons that mention the other part. */
interface FindingPart {
  readonly finding: Finding
  readonly partReasons: readonly Reason[]
}

/**
 * Splits a finding in two if whitelist entries accept only some of its paths: one part with the accepted paths, one
 * with the others. Any other finding is returned unchanged.
 */
export function partsByPath(
  finding: Finding,
  subject: WhitelistSubject,
  entries: readonly WhitelistEntry[],
  today: string,
): readonly FindingPart[] {
  const byPath = entriesByPath(finding, subject, entries, today) ?? []
  const accepted = byPath.filter((entry) => entry !== null).length
  if (accepted === 0 || accepted === byPath.length) {
    return [{ finding, partReasons: [] }]
  }
  const part = (isAccepted: boolean, ...partReasons: Reason[]): FindingPart => ({
    finding: withPaths(finding, (index) => (byPath[index] !== null) === isAccepted),
    partReasons,
  })
  return [part(true), part(false, { reason: 'accepted-in-part', accepted, of: byPath.length })]
}

/** The finding, about only those of its paths whose index is included. */
function withPaths(finding: Finding, isIncluded: (index: number) => boolean): Finding {
  const all = acceptablePaths(finding)
  if (all === null || !('details' in finding)) {
    return finding
  }
  const remainingPaths = all.filter((_, index) => isIncluded(index))
  const paths = remainingPaths.map(({ path }) => path)
  const sha256 = remainingPaths.map((one) => one.sha256 ?? NOT_HASHED)
  const fingerprints = remainingPaths.map(({ fingerprint }) => fingerprint ?? NO_FINGERPRINT)
  const details = {
    ...{ cause: null, ...finding.details, count: String(paths.length), paths },
    ...('sha256' in finding.details ? { sha256 } : {}),
    ...('fingerprints' in finding.details ? { fingerprints } : {}),
  }
  const kind = UNREAD_KINDS.find((one) => unexaminedId(one) === finding.id)
  const why =
    kind === undefined ? `${finding.why} (here: ${pathsText(paths)})` : unreadSentence(kind, details)
  // The compiler cannot see that these details are those of this kind.
  return { ...finding, details, why } as Finding
}
