import { ENDS } from '../feeds/formats/ends.js'
import {
  type AdvisoryResults,
  type ApplicationInventory,
  packagesIn,
  summaryOf,
} from '../inventory/application/inventory.js'
import { endFindings, endTexts, withBranch } from '../inventory/programs/ends.js'
import { programFindings } from '../inventory/programs/programs.js'
import { vendorStates, vendorsByPurl } from '../inventory/programs/vendors.js'
import {
  type ApplicationFinding,
  type ApplicationKind,
  type ApplicationSummary,
  aboutPackage,
  type EndsOfLife,
  type Evidence,
  type Finding,
  type ForeignPackage,
  isApplication,
  isObstacle,
  type JudgedApplications,
  joinedProblem,
  type ObstacleFinding,
  obstacle,
  type Problem,
  readEnds,
} from '../model/index.js'
import { treatedPrograms } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'

/** What an image contains. */
export interface Contents {
  /** `null`: the evidence is older than the inventory. */
  readonly inventory: ApplicationInventory | null
  /** Packages that the archive's indexes show to be from elsewhere than the image's release. */
  readonly foreign: readonly ForeignPackage[]
}

/** What advisories and projects say about its application packages and programs. */
export interface Joined {
  /** What advisories say about its packages and programs; nothing before they are joined. */
  readonly looked: AdvisoryResults
  /** `null`: there are none that can be read. */
  readonly ends: EndsOfLife | null
}

/** What is known of the application packages and programs, for the head of a report. */
export function summed(
  inventory: ApplicationInventory | null,
  { looked, ends }: Joined,
  { gate }: Policy,
  today: string,
): ApplicationSummary {
  const packages = inventory === null ? [] : packagesIn(inventory, looked.alone)
  const isOff = gate.application === 'off'
  const areProgramsOff = treatedPrograms(gate) === 'off'
  const more = ends === null || inventory === null ? {} : { ends: endTexts(inventory.items, ends, today) }
  const off = { isOff, isOffByOsv: gate.isOffByOsv, areProgramsOff }
  return { ...summaryOf(inventory, looked), clair: looked.clair, packages, ...off, ...more }
}

/** What advisories say, as far as the policy asks them: with `application: off`, or `programs: off`, none of that part. */
export function requestedAdvisories(
  judgedByOsv: JudgedApplications | null,
  { gate }: Policy,
): JudgedApplications | null {
  const isOf = { packages: gate.application !== 'off', programs: treatedPrograms(gate) !== 'off' }
  return judgedByOsv === null || !(isOf.packages || isOf.programs) ? null : selectRequested(judgedByOsv, isOf)
}

/** Why there is no answer about some packages or programs. */
export function lackingAdvisories({ problem, programProblem }: JudgedApplications): Problem | null {
  return joinedProblem([problem ?? [], programProblem ?? []].flat())
}

/** The vulnerabilities of application packages and programs, with the branch and the vendor of a program. */
export function applicationFindings(
  { findings }: JudgedApplications,
  ends: EndsOfLife | null,
  { inventory, foreign }: Contents,
): readonly ApplicationFinding[] {
  const sources = vendorsByPurl(inventory?.items ?? [], foreign)
  return findings.map((one) => {
    const vendor = sources.get(one.purl)
    const withCycle = ends === null ? one : withBranch(one, ends)
    return vendor === undefined ? withCycle : { ...withCycle, vendor }
  })
}

/** The ends of life of the image's programs, in the evidence; `null`: there are none that can be read. */
export function endsOfPrograms(documents: Evidence['documents'] = {}): EndsOfLife | null {
  const text = documents[ENDS]
  return text === undefined ? null : readEnds(text)
}

/** Findings about the image's programs themselves, next to their vulnerabilities. */
export function programsOf(
  { items }: ApplicationInventory,
  findings: readonly Finding[],
  ends: EndsOfLife | null,
  today: string,
): readonly ObstacleFinding[] {
  const found = findings.filter((one) => isApplication(one))
  return [...programFindings(items), ...(ends === null ? [] : endFindings(items, ends, today, found))]
}

/**
 * Findings about vendors' packages: one whose program is judged has updates, and a source of them. Any other stays
 * without security support, with the reason.
 */
export function withVendorPackages(
  findings: readonly Finding[],
  { looked, inventory, foreign }: Contents & Pick<Joined, 'looked'>,
  { gate }: Policy,
): readonly Finding[] {
  const areJudged = looked.judged.has('bitnami') && treatedPrograms(gate) === 'act'
  const stateOf = vendorStates(inventory?.items ?? [], foreign, areJudged)
  return findings.map((one) => (isObstacle(one, 'no-security-support') ? vendorFinding(one, stateOf) : one))
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
  return { ...aboutPackage(obstacle('vendor-package', judgedByOsv, { vendor, as }), common), layer }
}

function selectRequested(
  judgedByOsv: JudgedApplications,
  { packages, programs }: { readonly packages: boolean; readonly programs: boolean },
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
