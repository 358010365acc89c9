import { isBaseAllowed } from '../inventory/provenance/base/allowed.js'
import {
  type BaseImage,
  type Image,
  type ImageVerdict,
  KINDS,
  linesOfLayers,
  type PolicyNotice,
  parsePlatform,
  runsAlways,
  runsIfRequested,
  SeaworthyError,
  type Verdict,
  type VerdictLayer,
  withSiblings,
  worst,
} from '../model/index.js'
import { baselineNotices, compareWithBaseline } from '../policy/baseline/compare.js'
import { overrideNotices } from '../policy/dictionary/match.js'
import { auditNotices, modeOn } from '../policy/gate/audit.js'
import { type Policy, policyDigest } from '../policy/policy.js'
import { withVex } from '../policy/vex/apply.js'
import { type VexNoticed, vexNotices } from '../policy/vex/match.js'
import { entryNotices, type NoticedImage } from '../policy/whitelist/notices.js'
import type { JudgedInput } from './answers.js'
import { checkOf, neededChecks } from './checks.js'
import { updateSeverities } from './due.js'
import { isNotDebian } from './not-debian.js'
import { compareWorstFirst } from './order.js'
import { ownersOf } from './owners.js'
import { missingTest } from './release-needs.js'

/**
 * The verdict on these images under this policy on this day (YYYY-MM-DD, UTC). Same arguments, same verdict. Throws
 * on arguments that no user can have meant: no image, no check, two answers of one check, an invalid date.
 */
export function judge(images: readonly JudgedInput[], policy: Policy, today: string): Verdict {
  refuseNonsense(images, policy, today)
  const judged = images.map((subject) => ({ subject, verdict: judgeImage(subject, policy, today) }))
  const verdicts = withSiblings(judged.map(({ verdict }) => verdict))
  return {
    verdict: worst(verdicts.map(({ verdict }) => verdict)),
    mode: modeOn(today, policy.gate),
    today,
    maxSpan: policy.gate.maxSpan,
    vexAuthor: policy.gate.vexAuthor,
    judgedBy: {
      policyDigest: policyDigest(policy),
      release: policy.gate.release,
      newOnly: policy.gate.failOnNewOnly && policy.baseline !== null,
    },
    evidence: null,
    images: verdicts,
    policyNotices: policyNotices(policy, judged, today),
  }
}

function judgeImage(input: JudgedInput, policy: Policy, today: string): Omit<ImageVerdict, 'isOneOfSeveral'> {
  const owners = ownersOf(input.image, baseOf(input, policy))
  const context = { input, policy, today, owners, updateSeverity: updateSeverities(input.answers) }
  // Checks that the user requested count, even if the policy does not require them.
  const requested = input.answers
    .map(({ evidence }) => evidence.check)
    .filter((check) => runsIfRequested(check) || runsAlways(check))
  const requiredChecks = new Set([...policy.gate.checks, ...requested, ...neededChecks(policy.gate)])
  const checks = [...requiredChecks].map((check) => checkOf(check, context))
  const answered = checks.flatMap(({ result }) => (result.state === 'answered' ? [result.check] : []))
  const baseline = compareWithBaseline(policy.baseline, input, answered)
  const ruled = checks
    .flatMap(({ findings }) => findings)
    .map((one) => withVex(one, input, policy.vex, today))
  const findings = ruled
    .map((one) => baseline.compared(one, policy.gate.failOnNewOnly))
    .sort(compareWorstFirst)
  const blocked = findings.some((finding) => finding.blocks)
  const results = checks.map(({ result }) => result)
  const base = checks.find((one) => one.base !== null)?.base ?? null
  const unanswered = checks.some(({ result }) => result.state === 'unanswered')
  const tested = checks.find(({ test }) => test !== null)
  const { reference, distribution, codename, architecture, packageCount, packages, applications } = input
  return {
    ...{ reference, distribution, codename, architecture, packageCount, packages, applications },
    nameInArchive: input.image?.nameInArchive ?? null,
    digest: input.image?.digest ?? null,
    platform: input.image?.platform ?? parsePlatform(input.platform ?? ''),
    others: input.others ?? null,
    foreignCount: checks.find((one) => one.foreignCount !== null)?.foreignCount ?? null,
    base: base === null ? null : { ...base, official: isBaseAllowed(base, policy.gate) },
    regressionTest: tested?.test ?? missingTest(policy.gate),
    dockerfile: { file: null, note: null, from: null },
    dockerfileChange: null,
    rebuild: { needed: null, why: 'not checked', settles: [] },
    hasDictionary: policy.dictionary.file !== null,
    account: input.account ?? null,
    verdict: blocked && !isNotDebian(results) ? 'fail' : unanswered ? 'incomplete' : 'pass',
    checks: results,
    findings,
    sources: checks.flatMap(({ sources }) => sources),
    layers: input.image === null ? [] : layersWithHistory(input.image),
    gone: baseline.gone(ruled),
  }
}

/** The base of the image according to security-updates, if it runs and has an answer. */
function baseOf({ answers }: JudgedInput, { gate }: Policy): BaseImage | null {
  const [base = null] = answers.flatMap(({ answer }) =>
    'base' in answer && gate.checks.includes(answer.check) ? [answer.base] : [],
  )
  return base
}

function refuseNonsense(images: readonly JudgedInput[], policy: Policy, today: string): void {
  const refuse = (what: string): never => {
    const todo = 'run again with --debug, and report the error with the output'
    throw new SeaworthyError({ code: 'internal', what, where: 'judge', todo })
  }
  if (images.length === 0) {
    refuse('there is no image to judge')
  }
  if (policy.gate.checks.length === 0) {
    refuse('the policy enables no checks')
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    refuse(`today is "${today}", not YYYY-MM-DD`)
  }
  for (const { answers, reference } of images) {
    const checks = answers.map(({ evidence }) => evidence.check)
    if (new Set(checks).size !== checks.length) {
      refuse(`one check returned two answers for ${reference}`)
    }
  }
}

function layersWithHistory(image: Image): VerdictLayer[] {
  const lines = linesOfLayers(image)
  return image.layers.map(({ diffId }, index) => {
    const line = image.history[lines?.[index] ?? -1]
    return { diffId, createdBy: line?.createdBy ?? line?.comment ?? null }
  })
}

/** Notices about the policies: missing files, then unusual entries in the order of their lines. */
function policyNotices(
  { gate, whitelist, dictionary, vex, baseline }: Policy,
  images: readonly (NoticedImage & { readonly subject: VexNoticed })[],
  today: string,
): PolicyNotice[] {
  const isDictionaryUsed = gate.checks.includes(KINDS['bench-result'].check)
  const missing = (isMissing: boolean, text: string): PolicyNotice[] =>
    isMissing ? [{ kind: 'default', place: null, text }] : []
  const isBuiltIn = dictionary.file === null && isDictionaryUsed
  const defaults = [
    ...missing(gate.file === null, 'no policies/gate.yml, so the built-in thresholds apply'),
    ...missing(whitelist.file === null, 'no policies/whitelist.yml, so nothing is accepted'),
    ...missing(isBuiltIn, 'no policies/dictionary.yml, so the built-in dictionary applies'),
  ]
  const subjects = images.map(({ subject }) => subject)
  const references = subjects.map(({ reference }) => reference)
  const unmatchedOverrides = overrideNotices(dictionary, references)
  return [
    ...auditNotices(today, gate),
    ...defaults,
    ...baselineNotices(baseline, subjects, gate.failOnNewOnly),
    ...(isDictionaryUsed ? [...dictionary.notices, ...unmatchedOverrides] : []),
    ...entryNotices(whitelist.entries, images, today, gate.isShared),
    ...(gate.isShared ? [] : vexNotices(vex, subjects)),
  ]
}
