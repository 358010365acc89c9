import { ENDS } from '../feeds/formats/ends.js'
import {
  type ApplicationInventory,
  type Looked,
  NOTHING_JUDGED,
  packagesIn,
  summaryOf,
} from '../inventory/application/inventory.js'
import { withTag } from '../inventory/programs/base-tag.js'
import { endFindings, endNotes, endTexts, withBranch } from '../inventory/programs/ends.js'
import { programFindings } from '../inventory/programs/programs.js'
import { vendorStates, vendorsByPurl } from '../inventory/programs/vendors.js'
import { osvProblem } from '../judge/checks.js'
import type { DataLimits } from '../judge/data-age.js'
import type { ApplicationKind, ApplicationSummary } from '../model/application.js'
import { type EndsOfLife, readEnds } from '../model/end-of-life.js'
import {
  type Answer,
  type Finding,
  isApplication,
  isObstacle,
  type JudgedApplications,
} from '../model/finding/index.js'
import { type ObstacleFinding, obstacle, packagesOfObstacles } from '../model/finding/obstacle.js'
import type { ForeignPackage } from '../model/origin.js'
import { joinedProblem } from '../model/problem.js'
import { treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { type CheckAnswer, ofCheck } from './answered.js'

/** What an image contains. */
interface ImageContent {
  readonly inventory: ApplicationInventory | null | undefined
  readonly foreign: readonly ForeignPackage[]
}

/** The answers, with what advisories and projects say about application packages and programs. */
export interface JoinedAnswers {
  readonly answers: readonly CheckAnswer[]
  readonly looked: Looked
  readonly endsOfLife: EndsOfLife | null
}

/** What is known of the application packages and programs, for the head of a report. */
export function summed(
  inventory: ApplicationInventory | null,
  { looked, endsOfLife: ends }: JoinedAnswers,
  { gate }: Policy,
  today: string,
): ApplicationSummary {
  const packages = inventory === null ? [] : packagesIn(inventory, looked.alone)
  const isOff = gate.application === 'off'
  const areProgramsOff = treatedPrograms(gate) === 'off'
  const more = ends === null || inventory === null ? {} : { ends: endTexts(inventory.items, ends, today) }
  return { ...summaryOf(inventory, looked), clair: looked.clair, packages, isOff, areProgramsOff, ...more }
}

/**
 * Advisories about application packages are part of the answer of the check that looks for vulnerabilities:
 * if a part of it has no answer, neither has the check, and its findings stay. With `application: off`, or
 * `programs: off`, none of that part counts.
 */
export function withApplications(
  inputs: readonly CheckAnswer[],
  limits: DataLimits,
  { gate }: Policy,
  { inventory, foreign }: ImageContent,
): JoinedAnswers {
  const ends = endsOf(inputs)
  const answers = ends === null ? inputs : withNotes(inputs, endNotes(ends, limits.today))
  const clair = ofCheck(answers, 'clair')
  const judgedByOsv = withTag(clair?.answer.applications, ofCheck(answers, 'security-updates')?.evidence)
  const isRequested = { packages: gate.application !== 'off', programs: treatedPrograms(gate) !== 'off' }
  if (clair === undefined || judgedByOsv === undefined || !(isRequested.packages || isRequested.programs)) {
    return { answers, looked: NOTHING_JUDGED, endsOfLife: ends }
  }
  const requestedPackages = selectRequested(judgedByOsv, isRequested)
  const sources = vendorsByPurl(inventory?.items ?? [], foreign)
  const findings = requestedPackages.findings.map((one) => {
    const vendor = sources.get(one.purl)
    const withCycle = ends === null ? one : withBranch(one, ends)
    return vendor === undefined ? withCycle : { ...withCycle, vendor }
  })
  const applications = { ...requestedPackages, findings }
  const answer = withFound(clair, applications, limits)
  return {
    answers: answers.map((one) => (one === clair ? { ...one, answer } : one)),
    looked: applications,
    endsOfLife: ends,
  }
}

function withNotes(inputs: readonly CheckAnswer[], notes: readonly string[]): readonly CheckAnswer[] {
  const clair = ofCheck(inputs, 'clair')
  return inputs.map((one) =>
    one === clair && one.answer.state === 'answered'
      ? { ...one, answer: { ...one.answer, notes: [...one.answer.notes, ...notes] } }
      : one,
  )
}

/** The ends of life of the image's programs, in the evidence; `null`: there are none that can be read. */
function endsOf(answers: readonly CheckAnswer[]): EndsOfLife | null {
  const text = ofCheck(answers, 'clair')?.evidence.documents[ENDS]
  return text === undefined ? null : readEnds(text)
}

/** Findings about the image's programs themselves, next to their vulnerabilities. */
export function programsOf(
  { items }: ApplicationInventory,
  { answers, endsOfLife: ends }: JoinedAnswers,
  today: string,
): readonly ObstacleFinding[] {
  const { answer } = ofCheck(answers, 'clair') ?? {}
  const found = answer?.state === 'answered' ? answer.findings.filter((one) => isApplication(one)) : []
  return [...programFindings(items), ...(ends === null ? [] : endFindings(items, ends, today, found))]
}

/**
 * Findings about vendors' packages: one whose program is judged has updates, and a source of them. Any other stays
 * without security support, with the reason.
 */
export function withVendorPackages(
  { answers, looked }: Pick<JoinedAnswers, 'answers' | 'looked'>,
  { inventory, foreign }: ImageContent,
  { gate }: Policy,
): readonly CheckAnswer[] {
  const areJudged = looked.judged.has('bitnami') && treatedPrograms(gate) === 'act'
  const stateOf = vendorStates(inventory?.items ?? [], foreign, areJudged)
  const archive = ofCheck(answers, 'security-updates')
  if (archive?.answer.state !== 'answered') {
    return answers
  }
  const findings = archive.answer.findings.map((one) =>
    isObstacle(one, 'no-security-support') ? vendorFinding(one, stateOf) : one,
  )
  return answers.map((one) =>
    one === archive ? { ...archive, answer: { ...archive.answer, findings } as Answer } : one,
  )
}

function vendorFinding(
  finding: ObstacleFinding<'no-security-support'>,
  stateOf: ReturnType<typeof vendorStates>,
): Finding {
  const { package: name, version, binaries, links, details, why, layer } = finding
  const states = binaries.flatMap((one) => stateOf(one) ?? [])
  const unjudgedProgram = states.find((one) => !one.isJudged)
  if (states.length < binaries.length || states.length === 0) {
    return finding
  }
  if (unjudgedProgram !== undefined) {
    return { ...finding, why: `${why}; ${'why' in unjudgedProgram ? unjudgedProgram.why : ''}` }
  }
  const as = [...new Set(states.flatMap((one) => ('as' in one ? [one.as] : [])))].join(', ')
  const vendor = details.vendor ?? ''
  const judgedByOsv = `${name} ${version} is a package of ${vendor}, and is judged as ${as}`
  const common = { package: name, version, binaries, links }
  return { ...packagesOfObstacles(obstacle('vendor-package', judgedByOsv, { vendor, as }), common), layer }
}

interface IsWanted {
  readonly packages: boolean
  readonly programs: boolean
}

function selectRequested(
  judgedByOsv: JudgedApplications,
  { packages, programs }: IsWanted,
): JudgedApplications {
  const isWanted = (isProgram: boolean) => (isProgram ? programs : packages)
  const kinds = (all: ReadonlySet<ApplicationKind>) =>
    new Set([...all].filter((kind) => isWanted(kind === 'bitnami')))
  return {
    ...judgedByOsv,
    ...(packages ? {} : { groups: new Map(), alone: [], clair: null, problem: null }),
    ...(programs ? {} : { programProblem: null }),
    findings: judgedByOsv.findings.filter(({ kind }) => isWanted(kind === 'bitnami')),
    open: judgedByOsv.open.filter(({ package: name }) => isWanted(name.startsWith('program/'))),
    judged: kinds(judgedByOsv.judged),
    confirming: kinds(judgedByOsv.confirming),
  }
}

function withFound(
  { answer, evidence }: CheckAnswer,
  { findings, problem, programProblem }: JudgedApplications,
  limits: DataLimits,
): Answer {
  if (answer.state === 'unanswered') {
    return { ...answer, otherFindings: [...(answer.otherFindings ?? []), ...findings] }
  }
  const missingData =
    joinedProblem([problem ?? [], programProblem ?? []].flat()) ?? osvProblem(evidence, limits)
  return { ...answer, findings: [...answer.findings, ...findings], lacking: missingData }
}
