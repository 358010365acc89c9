import { hasFeed } from '../feeds/formats/documents.js'
import type { BaseImage } from '../model/base-image.js'
import { debianSays, fixOffered, UNRATED } from '../model/because/words.js'
import type { CheckId, Evidence } from '../model/evidence.js'
import type { Answer, Finding } from '../model/finding.js'
import type { Image } from '../model/image.js'
import type { InstalledPackage } from '../model/package.js'
import type { Place } from '../model/place.js'
import { type Problem, SeaworthyError } from '../model/problem.js'
import { isAtLeast } from '../model/severity.js'
import type {
  CheckResult,
  ImageVerdict,
  RuledFinding,
  Ruling,
  Verdict,
  VerdictWord,
} from '../model/verdict.js'
import { against } from '../policy/baseline/compare.js'
import { dictionaryCanary } from '../policy/dictionary/canary.js'
import { evidenceOf } from '../policy/dictionary/evidence.js'
import { ruleBench } from '../policy/dictionary/rules.js'
import type { Policy } from '../policy/policy.js'
import { statementOf, withVex } from '../policy/vex/apply.js'
import { acceptedBy, entriesFor } from '../policy/whitelist/entries.js'
import type { Subject } from '../policy/whitelist/match.js'
import { baseFindings, isOfficial } from './base-rules.js'
import { inKev, installableFix, noFix } from './because.js'
import { returnsWhen, supportEnded } from './deferred.js'
import { madeBy } from './made-by.js'
import { epssNotRead, noEvidence, notOpened } from './no-answer.js'
import { policyNotices } from './notices.js'
import { worstFirst } from './ruled-order.js'
import { likelyEnough, ratedAs, urgentUnfixed } from './thresholds.js'
import { ruleUpdate } from './update-rules.js'

/** What is known about one image when it is judged. What is not known is `null`. */
export interface JudgedInput {
  /** As the user named it. */
  readonly reference: string
  readonly image: Image | null
  /** Why the image could not be opened: every check of it is then unanswered. */
  readonly problem: Problem | null
  /** "Debian 12 bookworm". */
  readonly distribution: string | null
  readonly codename: string | null
  /** Debian's name of its own architecture. */
  readonly architecture: string | null
  readonly packageCount: number | null
  readonly packages: readonly InstalledPackage[] | null
  /** At most one for each check. */
  readonly answers: readonly { readonly evidence: Evidence; readonly answer: Answer }[]
}

/**
 * The verdict on these images under this policy on this day (YYYY-MM-DD, UTC). Same arguments, same verdict.
 * Throws on what no user can have meant: no image, no check, two answers of one check, a date that is none.
 */
export function judge(images: readonly JudgedInput[], policy: Policy, today: string): Verdict {
  refuseNonsense(images, policy, today)
  const judged = images.map((subject) => ({ subject, verdict: judgeImage(subject, policy, today) }))
  const verdicts = judged.map(({ verdict }) => verdict)
  return {
    verdict: worst(verdicts.map(({ verdict }) => verdict)),
    ...{ today, maxSpan: policy.gate.maxSpan, vexAuthor: policy.gate.vexAuthor },
    images: verdicts,
    policyNotices: policyNotices(policy, judged, today),
  }
}

function judgeImage(input: JudgedInput, policy: Policy, today: string): ImageVerdict {
  const asked = [...new Set(policy.gate.checks)].map((check) =>
    check === 'docker-bench'
      ? heldAgainst(checkOf(input, check, policy), input, policy, today)
      : checkOf(input, check, policy),
  )
  const answered = asked.filter(({ result }) => result.state === 'answered').map(({ result }) => result.check)
  const baseline = against(policy.baseline, input, answered)
  const ruled = asked
    .flatMap(({ findings, ruled }) => ruled ?? findings.map((one) => rule(one, input, policy, today)))
    .map((one) => withVex(one, input, policy.vex, today))
  const findings = ruled.map((one) => baseline.compared(one, policy.gate.failOnNewOnly)).sort(worstFirst)
  const blocked = findings.some((finding) => finding.blocks)
  const base = asked.find((one) => one.base)?.base ?? null
  const unanswered = asked.some(({ result }) => result.state === 'unanswered')
  return {
    reference: input.reference,
    digest: input.image?.digest ?? null,
    platform: input.image?.platform ?? null,
    distribution: input.distribution,
    architecture: input.architecture,
    packageCount: input.packageCount,
    base: base === null ? null : { ...base, official: isOfficial(base, policy.gate) },
    dockerfile: { file: null, note: null, from: null },
    dockerfileChange: null,
    packages: input.packages,
    verdict: blocked ? 'fail' : unanswered ? 'incomplete' : 'pass',
    checks: asked.map(({ result }) => result),
    findings,
    sources: asked.flatMap(({ sources }) => sources),
    layers: input.image === null ? [] : madeBy(input.image),
    gone: baseline.gone(ruled),
  }
}

/** What most findings have nothing of. */
const UNTOLD = { returnsWhen: null, line: null, since: null, statement: null }

/** The ordered rulings of docs/architecture.md: the first line that fits decides. */
export function rule(finding: Finding, subject: Subject, policy: Policy, today: string): RuledFinding {
  const { failOn, unknownSeverity, strictWhitelist } = policy.gate
  const { severity, rated } = ratedAs(finding, policy.gate)
  const { accepting, near } = entriesFor(finding, subject, policy.whitelist.entries, today)
  const fix = installableFix(finding)
  const ended = supportEnded(subject.codename, today)
  let state = fix === null ? noFix(finding, subject.codename) : fixOffered(fix)

  // 0: docs/decisions/0005-refuted-findings.md
  if (finding.agreement === 'refuted') {
    const versions = `the source's version ${finding.version ?? ''} is at or above the fix ${finding.fixedVersion ?? ''}`
    return ruled('noted', false, `refuted: ${versions.trim()}; Clair compared the binary's version`)
  }
  // 1
  if (finding.kev === true && accepting === null) {
    return act(inKev(finding), state)
  }
  // 2
  if (accepting !== null) {
    const accepted = ruled('accepted', false, acceptedBy(accepting), accepting.place)
    return { ...accepted, statement: statementOf(accepting) }
  }
  if (finding.check === 'security-updates') {
    const { blocks, because: why } = ruleUpdate(finding, policy.gate)
    return because(blocks ? 'act' : 'noted', blocks, why)
  }
  // 3
  if (fix === null && finding.debian !== null) {
    const says = debianSays(finding.debian)
    if (ended === null) {
      const deferred = ruled('deferred', false, `${state}; ${says}`)
      return { ...deferred, returnsWhen: returnsWhen(finding, subject.codename, today) }
    }
    state = `${state}; ${says}, and Debian's support of ${subject.codename} ended on ${ended}`
  }
  // 4
  const unfixed = urgentUnfixed(severity, rated, policy.gate)
  if (fix === null) {
    return unfixed === null ? because('unfixed', false, state) : act(state, unfixed)
  }
  // 5
  if (severity === 'unknown' && unknownSeverity === 'act') return act(UNRATED)
  if (isAtLeast(severity, failOn)) return act(state, `${rated} is at or above fail-on ${failOn}`)
  // What acts without a fix is no milder once there is one that nobody has installed.
  if (unfixed !== null) return act(state, unfixed)
  const likely = likelyEnough(finding, policy.gate)
  if (likely !== null) return act(state, likely)
  // 6
  const below = `${rated} is below fail-on ${failOn}`
  return strictWhitelist
    ? act(state, below, 'strict-whitelist asks for an entry')
    : because('noted', false, state, below)

  function act(...reasons: string[]): RuledFinding {
    return because('act', true, ...reasons)
  }
  function because(ruling: Ruling, blocks: boolean, ...reasons: string[]): RuledFinding {
    const all = near === null ? reasons : [...reasons, near.why]
    return ruled(ruling, blocks, all.join('; '), near?.entry.place ?? null)
  }
  function ruled(
    ruling: Ruling,
    blocks: boolean,
    because: string,
    policy: Place | null = null,
  ): RuledFinding {
    return { ...finding, ruling, because, blocks, policy, ...UNTOLD }
  }
}

interface AskedCheck {
  readonly result: CheckResult
  readonly findings: readonly Finding[]
  readonly sources: Evidence['sources']
  /** What security-updates says the image is built on. */
  readonly base?: BaseImage | null
  /** Set where the check's findings are ruled on as a whole. */
  readonly ruled?: readonly RuledFinding[]
}

/** Results of Docker Bench against the dictionary: what is not as expected acts, unless an entry accepts it. */
function heldAgainst(asked: AskedCheck, input: JudgedInput, policy: Policy, today: string): AskedCheck {
  if (asked.result.state === 'unanswered') return asked
  const context = { reference: input.reference, today, evidence: evidenceOf(policy.gate.checks) }
  const canary = dictionaryCanary(policy.dictionary, context)
  if ('fault' in canary) return unansweredOf(asked, canary.fault)
  const { results, notes } = ruleBench(asked.findings, policy.dictionary, context)
  const ruled = results.map(({ finding, blocks, because, policy: place }): RuledFinding => {
    const { accepting, near } = entriesFor(finding, input, policy.whitelist.entries, today)
    if (blocks && accepting !== null) {
      const accepted = { because: acceptedBy(accepting), policy: accepting.place, ...UNTOLD }
      return { ...finding, ...accepted, ruling: 'accepted', blocks: false }
    }
    const told = blocks && near !== null ? `${because}; ${near.why}` : because
    return { ...finding, ruling: blocks ? 'act' : 'noted', blocks, because: told, policy: place, ...UNTOLD }
  })
  return {
    ...asked,
    result: { ...asked.result, notes: [canary.note, ...asked.result.notes, ...notes] },
    ruled,
  }
}

function unansweredOf({ result, sources }: AskedCheck, problem: Problem): AskedCheck {
  return { result: { ...result, state: 'unanswered', problem, notes: [] }, findings: [], sources }
}

/** What a check that the policy asks for said. No evidence, or evidence with a problem, is no answer. */
function checkOf(input: JudgedInput, check: CheckId, { gate }: Policy): AskedCheck {
  const given = input.answers.find(({ evidence }) => evidence.check === check)
  const tookMs = given?.evidence.tookMs ?? 0
  const sources = given?.evidence.sources ?? []
  const unanswered = (problem: Problem): AskedCheck => ({
    result: { check, state: 'unanswered', problem, tookMs, notes: [] },
    findings: [],
    sources,
  })
  if (input.image === null || input.problem !== null)
    return unanswered(input.problem ?? notOpened(input.reference))
  if (given === undefined) return unanswered(noEvidence(input.reference, check))
  if (given.evidence.problem !== null) return unanswered(given.evidence.problem)
  if (given.answer.state === 'unanswered') return unanswered(given.answer.problem)
  if (check === 'clair' && gate.epssAtLeast !== null && !hasFeed(given.evidence.documents, 'epss')) {
    return unanswered(epssNotRead(input.reference))
  }
  const { findings, notes, base = null } = given.answer
  // Which bases are allowed is the policy's word, so that what there is to say of one is found here.
  const more = check === 'security-updates' ? baseFindings(base, gate) : []
  const result: CheckResult = { check, state: 'answered', problem: null, tookMs, notes }
  return { result, findings: [...findings, ...more], sources, base }
}

function worst(words: readonly VerdictWord[]): VerdictWord {
  if (words.includes('fail')) return 'fail'
  return words.includes('incomplete') ? 'incomplete' : 'pass'
}

function refuseNonsense(images: readonly JudgedInput[], policy: Policy, today: string): void {
  const refuse = (what: string): never => {
    throw new SeaworthyError({ code: 'internal', what, where: 'judge', todo: 'report it with --debug' })
  }
  if (images.length === 0) refuse('there is no image to judge')
  if (policy.gate.checks.length === 0) refuse('the policy asks for no check')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) refuse(`today is "${today}", not YYYY-MM-DD`)
  for (const { answers, reference } of images) {
    const checks = answers.map(({ evidence }) => evidence.check)
    if (new Set(checks).size !== checks.length) refuse(`two answers of one check for ${reference}`)
  }
}
