import { answerOf } from '../checks/index.js'
import { chooseDockerfile, type DockerfileDocument } from '../dockerfile/choose.js'
import { copiedLayers } from '../dockerfile/match.js'
import { readFeedDocuments } from '../feeds/formats/documents.js'
import { accountOf } from '../inventory/account/account.js'
import { unownedFindings } from '../inventory/account/findings.js'
import { unexaminedFindings } from '../inventory/application/findings.js'
import {
  type ApplicationInventory,
  applicationInventory,
  type Looked,
} from '../inventory/application/inventory.js'
import { dpkgPackages, type KnownPackages } from '../inventory/application/owners.js'
import { headOf, mainOf } from '../inventory/listing.js'
import type { JudgedInput } from '../judge/answers.js'
import {
  attributedToBase,
  withArchive,
  withFixDays,
  withKev,
  withPlatforms,
} from '../judge/between-checks.js'
import { dataProblem } from '../judge/checks.js'
import { withDockerfile } from '../judge/dockerfile-base.js'
import { judge } from '../judge/judge.js'
import { placeFindings } from '../judge/locations/place-findings.js'
import { policyChange } from '../judge/policy-change.js'
import { rebuildNeed } from '../judge/rebuild.js'
import { officialBaseOf } from '../judge/support-rules.js'
import type { ImageAccount } from '../model/account.js'
import type { BaseImage } from '../model/base-image.js'
import { hasFingerprint } from '../model/checks.js'
import type { Evidence } from '../model/evidence.js'
import type { Answer, Binary, Finding } from '../model/finding/index.js'
import type { Image } from '../model/image.js'
import type { ForeignPackage } from '../model/origin.js'
import type { OtherPlatforms } from '../model/platforms.js'
import type { Problem } from '../model/problem.js'
import type { PolicyNotice, Verdict } from '../model/verdict.js'
import type { Policy } from '../policy/policy.js'
import { proposeChange } from '../update/plan/dockerfile-change.js'
import { addToClair, type CheckAnswer, ofCheck, withDatabase } from './answered.js'
import { programsOf, summed, withApplications, withVendorPackages } from './applications.js'

/** What was collected for one platform of an image. */
export interface Collected {
  readonly reference: string
  /** `null` if it could not be opened; `problem` then says why. */
  readonly image: Image | null
  readonly problem: Problem | null
  readonly evidence: readonly Evidence[]
  /** Dockerfiles that the image may have been built from. */
  readonly dockerfiles: readonly DockerfileDocument[]
  /** The requested platform; `null` if none was named. */
  readonly platform: string | null
  /** The rest of its index, the same value for all of its platforms; `null` if it was not opened. */
  readonly others: OtherPlatforms | null
}

/**
 * The pure half of the gate: interpret the evidence, check its data against the data contract, combine what
 * the checks know of each other, judge the answers, attribute findings to lines. Same arguments, same
 * verdict.
 */
export function decide(collected: readonly Collected[], policy: Policy, today: string): Verdict {
  const inputs = collected.map((one) => interpreted(one, policy, today))
  const verdict = judge(withPlatforms(inputs, policy.gate), policy, today)
  const images = verdict.images.map((image, index) => {
    const { image: opened = null, dockerfiles = [] } = collected[index] ?? {}
    const placed = placeFindings(image, opened, dockerfiles)
    const rebuild = rebuildNeed(placed, opened)
    return { ...placed, rebuild, dockerfileChange: proposeChange(placed, dockerfiles, today) }
  })
  return { ...verdict, images }
}

/** The policies to decide by, as in `Judging`. */
export interface Deciding {
  readonly policy: Policy
  readonly proposed: Policy | null
  readonly notices: readonly PolicyNotice[]
  readonly today: string
}

/** The verdict under the policy in force; its notices say what the proposed policy would change. */
export function decideFor(
  { policy, proposed, notices, today }: Deciding,
  collected: readonly Collected[],
): Verdict {
  const verdict = decide(collected, policy, today)
  // Nobody can say what the proposed policy would make of checks that did not run.
  const change =
    proposed === null
      ? []
      : policyChange(
          verdict,
          decide(collected, { ...proposed, gate: { ...proposed.gate, checks: policy.gate.checks } }, today),
        )
  return { ...verdict, policyNotices: [...notices, ...change, ...verdict.policyNotices] }
}

function interpreted(
  { reference, image, problem, evidence, dockerfiles, platform, others }: Collected,
  policy: Policy,
  today: string,
): JudgedInput {
  const limits = { maxAge: policy.gate.maxDataAge, today }
  const settled = (answer: Answer): Answer =>
    answer.state === 'unanswered' || image === null || !answer.base
      ? answer
      : { ...answer, base: withDockerfile(answer.base, image, dockerfiles, policy.gate) }
  const read = (one: Evidence, foreign: readonly ForeignPackage[]): CheckAnswer => {
    const answer = settled(answerOf(one, image, foreign))
    const problem = answer.state === 'answered' ? dataProblem(one, limits) : null
    const { applications } = answer
    const unanswered = problem && { state: 'unanswered' as const, problem }
    return {
      evidence: one,
      answer: unanswered ? { ...unanswered, ...(applications && { applications }) } : answer,
    }
  }
  // The archive's indexes show where packages are from, before they are compared with rows of the tracker.
  const archive = policy.gate.checks.includes('security-updates')
    ? evidence.find(({ check }) => check === 'security-updates')
    : undefined
  const first = archive === undefined ? null : read(archive, [])
  const foreign = first?.answer.state === 'answered' ? (first.answer.foreign ?? []) : []
  const answers = evidence.map((one) => (first?.evidence === one ? first : read(one, foreign)))
  const known = joinKev(answers)
  const joined =
    image === null ? known : joinBase(joinArchive(withDatabase(known, image), image, policy), image, policy)
  const packages = { installed: image === null ? [] : mainOf(image), foreign }
  const inventory = image === null ? undefined : applicationInventory(image, packages)
  const base =
    image === null ? null : officialBaseOf(baseIn(joined, policy), image, policy.gate.officialMirrors)
  const contents = { inventory, foreign }
  const withJudged = withApplications(withoutBase(joined, base), limits, policy, contents)
  const judged = { ...withJudged, answers: withVendorPackages(withJudged, contents, policy) }
  const account = accounted(image, inventory ?? null, { packages, looked: judged.looked, dockerfiles })
  return {
    reference,
    image,
    problem,
    platform,
    others,
    ...headOf(image),
    applications: inventory === undefined ? null : summed(inventory, judged, policy, today),
    account,
    answers:
      image === null || inventory === undefined
        ? joined
        : addToClair(judged.answers, () => {
            return [
              ...unexaminedFindings(inventory, judged.looked, base),
              ...unownedFindings(account),
              ...(inventory === null ? [] : programsOf(inventory, judged, today)),
            ]
          }),
  }
}

/**
 * What CISA knows about the CVEs behind the updates is in Clair's evidence, which covers the same packages.
 */
function joinKev(answers: readonly CheckAnswer[]): readonly CheckAnswer[] {
  const clair = ofCheck(answers, 'clair')
  if (clair?.answer.state !== 'answered') {
    return answers
  }
  const ratings = readFeedDocuments(clair.evidence.documents)
  return withFindings(answers, (findings) => withKev(findings, ratings.kev))
}

/**
 * The archive decides whether the fixes that the tracker names can be installed. If it was not asked, gave no
 * answer, or has dropped the release and its packages, a fix that the tracker names counts.
 */
function joinArchive(answers: readonly CheckAnswer[], image: Image, policy: Policy): readonly CheckAnswer[] {
  const archive = ofCheck(answers, 'security-updates')?.answer
  if (!policy.gate.checks.includes('security-updates') || archive?.state !== 'answered') {
    return answers
  }
  const offered = new Set((archive.offered ?? []).map(nameOf))
  const installed = mainOf(image).filter((one) => offered.has(nameOf(one)))
  const updates = [...archive.findings, ...(archive.beyond ?? [])]
  const days = archive.fixDays ?? new Map()
  return withFindings(answers, (findings) => withFixDays(withArchive(findings, updates, installed), days))
}

/** Findings that the base's layers caused, if security-updates ran and could prove which layers these are. */
function joinBase(answers: readonly CheckAnswer[], image: Image, policy: Policy): readonly CheckAnswer[] {
  const base = baseIn(answers, policy)
  return base === null
    ? answers
    : withFindings(answers, (findings) => attributedToBase(findings, base, image))
}

/** What lies in layers that are proven to be those of an official image is everybody's, and for its makers to change. */
function withoutBase(
  answers: readonly CheckAnswer[],
  base: ReturnType<typeof officialBaseOf>,
): readonly CheckAnswer[] {
  const isOfBase = (finding: Finding) =>
    hasFingerprint(finding.check) && finding.layer !== null && base?.layers.has(finding.layer) === true
  return base === null ? answers : withFindings(answers, (all) => all.filter((one) => !isOfBase(one)))
}

function baseIn(answers: readonly CheckAnswer[], { gate }: Policy): BaseImage | null {
  const release = ofCheck(answers, 'security-updates')?.answer
  const isRequested = gate.checks.includes('security-updates') && release?.state === 'answered'
  return isRequested ? (release.base ?? null) : null
}

interface Accounted {
  readonly packages: KnownPackages
  readonly looked: Looked
  readonly dockerfiles: readonly DockerfileDocument[]
}

/** Whose the image's programs are; `null`: its evidence does not say. */
function accounted(
  image: Image | null,
  inventory: ApplicationInventory | null,
  { packages, looked, dockerfiles }: Accounted,
): ImageAccount | null {
  if (image === null || inventory === null) {
    return null
  }
  const copied = copiedLayers(chooseDockerfile(dockerfiles, image).match, image)
  return accountOf(image, { inventory, looked, packages: dpkgPackages(packages), copied })
}

/** The answers, combined with what the checks know of each other's findings. */
function withFindings(
  answers: readonly CheckAnswer[],
  join: (findings: readonly Finding[]) => readonly Finding[],
): readonly CheckAnswer[] {
  return answers.map(({ evidence, answer }) =>
    answer.state === 'answered'
      ? { evidence, answer: { ...answer, findings: join(answer.findings) } }
      : { evidence, answer },
  )
}

function nameOf({ name, version, architecture }: Binary): string {
  return `${name} ${version} ${architecture}`
}
