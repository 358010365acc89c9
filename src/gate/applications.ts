import {
  type ApplicationInventory,
  type Looked,
  NOT_LOOKED,
  packagesIn,
  summaryOf,
} from '../inventory/application/inventory.js'
import { osvFault } from '../judge/checks.js'
import type { DataLimits } from '../judge/data-age.js'
import type { ApplicationKind, ApplicationSummary } from '../model/application.js'
import type { Answer, JudgedApplications } from '../model/finding/index.js'
import { joinedProblem } from '../model/problem.js'
import { treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { type GivenAnswer, ofCheck } from './answered.js'

/** What is known of the application packages and programs, for the head of a report. */
export function summed(
  inventory: ApplicationInventory | null,
  looked: Looked,
  { gate }: Policy,
): ApplicationSummary {
  const packages = inventory === null ? [] : packagesIn(inventory, looked.alone)
  const isOff = gate.application === 'off'
  const areProgramsOff = treatedPrograms(gate) === 'off'
  return { ...summaryOf(inventory, looked), clair: looked.clair, packages, isOff, areProgramsOff }
}

/**
 * Advisories about application packages are part of the answer of the check that looks for vulnerabilities:
 * if a part of it has no answer, neither has the check, and its findings stay. With `application: off`, or
 * `programs: off`, none of that part counts.
 */
export function withApplications(
  answers: readonly GivenAnswer[],
  limits: DataLimits,
  { gate }: Policy,
): { readonly answers: readonly GivenAnswer[]; readonly looked: Looked } {
  const clair = ofCheck(answers, 'clair')
  const said = clair?.answer.applications
  const isOf = { packages: gate.application !== 'off', programs: treatedPrograms(gate) !== 'off' }
  if (clair === undefined || said === undefined || !(isOf.packages || isOf.programs)) {
    return { answers, looked: NOT_LOOKED }
  }
  const applications = wanted(said, isOf)
  const answer = withFound(clair, applications, limits)
  return { answers: answers.map((one) => (one === clair ? { ...one, answer } : one)), looked: applications }
}

interface IsWanted {
  readonly packages: boolean
  readonly programs: boolean
}

function wanted(said: JudgedApplications, { packages, programs }: IsWanted): JudgedApplications {
  const isWanted = (isProgram: boolean) => (isProgram ? programs : packages)
  const kinds = (all: ReadonlySet<ApplicationKind>) =>
    new Set([...all].filter((kind) => isWanted(kind === 'bitnami')))
  return {
    ...said,
    ...(packages ? {} : { groups: new Map(), alone: [], clair: null, problem: null }),
    ...(programs ? {} : { programProblem: null }),
    findings: said.findings.filter(({ kind }) => isWanted(kind === 'bitnami')),
    open: said.open.filter(({ package: name }) => isWanted(name.startsWith('program/'))),
    judged: kinds(said.judged),
    confirming: kinds(said.confirming),
  }
}

function withFound(
  { answer, evidence }: GivenAnswer,
  { findings, problem, programProblem }: JudgedApplications,
  limits: DataLimits,
): Answer {
  if (answer.state === 'unanswered') {
    return { ...answer, beside: [...(answer.beside ?? []), ...findings] }
  }
  const lacking = joinedProblem([problem ?? [], programProblem ?? []].flat()) ?? osvFault(evidence, limits)
  return { ...answer, findings: [...answer.findings, ...findings], lacking }
}
