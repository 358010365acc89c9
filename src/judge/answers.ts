import { hasFeed } from '../feeds/formats/documents.js'
import type { BaseImage } from '../model/base-image.js'
import type { CheckId, Evidence } from '../model/evidence.js'
import { type Answer, isBench } from '../model/finding/index.js'
import type { Image } from '../model/image.js'
import type { InstalledPackage } from '../model/package.js'
import type { Problem } from '../model/problem.js'
import type { CheckResult, RuledFinding } from '../model/verdict.js'
import { dictionaryCanary } from '../policy/dictionary/canary.js'
import { evidenceOf } from '../policy/dictionary/evidence.js'
import { ruleBench } from '../policy/dictionary/rules.js'
import type { Policy } from '../policy/policy.js'
import { acceptedBy, entriesFor } from '../policy/whitelist/match.js'
import { baseFindings } from './base-rules.js'
import { rule, UNTOLD } from './rulings.js'

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

/** What a check that the policy asks for said, and how that is ruled on. */
export interface AskedCheck {
  readonly result: CheckResult
  readonly findings: readonly RuledFinding[]
  readonly sources: Evidence['sources']
  /** What security-updates says the image is built on. */
  readonly base: BaseImage | null
}

type Answered = Extract<Answer, { readonly state: 'answered' }>
type Context = { readonly input: JudgedInput; readonly policy: Policy; readonly today: string }

type Judged =
  | { readonly fault: Problem }
  | { readonly findings: readonly RuledFinding[]; readonly notes: readonly string[] }

/** How the answer of each check is judged; `fault`: why it is none under this policy. */
const JUDGING = {
  'security-updates': withBase,
  clair: withEpss,
  'docker-bench': heldAgainst,
} as const satisfies Record<CheckId, (answer: Answered, context: Context, evidence: Evidence) => Judged>

/** No evidence, or evidence with a problem, is no answer. */
export function checkOf(check: CheckId, context: Context): AskedCheck {
  const { input } = context
  const given = input.answers.find(({ evidence }) => evidence.check === check)
  const tookMs = given?.evidence.tookMs ?? 0
  const sources = given?.evidence.sources ?? []
  const unanswered = (problem: Problem): AskedCheck => ({
    result: { check, state: 'unanswered', problem, tookMs, notes: [] },
    findings: [],
    sources,
    base: null,
  })
  if (input.image === null || input.problem !== null)
    return unanswered(input.problem ?? notOpened(input.reference))
  if (given === undefined) return unanswered(noEvidence(input.reference, check))
  if (given.evidence.problem !== null) return unanswered(given.evidence.problem)
  if (given.answer.state === 'unanswered') return unanswered(given.answer.problem)
  const judged: Judged = JUDGING[check](given.answer, context, given.evidence)
  if ('fault' in judged) return unanswered(judged.fault)
  const { findings, notes } = judged
  const result: CheckResult = { check, state: 'answered', problem: null, tookMs, notes }
  return { result, findings, sources, base: given.answer.base ?? null }
}

function eachByItself({ findings, notes }: Answered, { input, policy, today }: Context): Judged {
  return { findings: findings.map((one) => rule(one, input, policy, today)), notes }
}

/** Which bases are allowed is the policy's word, so that what there is to say of one is found here. */
function withBase(answer: Answered, context: Context): Judged {
  const more = baseFindings(answer.base ?? null, context.policy.gate)
  return eachByItself({ ...answer, findings: [...answer.findings, ...more] }, context)
}

/** A threshold that nothing could reach would pass what it was made to stop. */
function withEpss(answer: Answered, context: Context, { documents }: Evidence): Judged {
  const { input, policy } = context
  return policy.gate.epssAtLeast !== null && !hasFeed(documents, 'epss')
    ? { fault: epssNotRead(input.reference) }
    : eachByItself(answer, context)
}

/** Results of Docker Bench against the dictionary: what is not as expected acts, unless an entry accepts it. */
function heldAgainst({ findings, notes }: Answered, { input, policy, today }: Context): Judged {
  const context = { reference: input.reference, today, evidence: evidenceOf(policy.gate.checks) }
  const canary = dictionaryCanary(policy.dictionary, context)
  if ('fault' in canary) return canary
  const held = ruleBench(
    findings.filter((one) => isBench(one)),
    policy.dictionary,
    context,
  )
  const ruled = held.results.map(({ finding, blocks, because, policy: place }): RuledFinding => {
    const { accepting, near } = entriesFor(finding, input, policy.whitelist.entries, today)
    if (blocks && accepting !== null) {
      const accepted = { because: [acceptedBy(accepting)], policy: accepting.place, ...UNTOLD }
      return { ...finding, ...accepted, ruling: 'accepted', blocks: false }
    }
    const told = blocks && near !== null ? [...because, near.why] : because
    return { ...finding, ruling: blocks ? 'act' : 'noted', blocks, because: told, policy: place, ...UNTOLD }
  })
  return { findings: ruled, notes: [canary.note, ...notes, ...held.notes] }
}

function notOpened(reference: string): Problem {
  return {
    code: 'image-not-opened',
    what: 'the image could not be opened',
    where: reference,
    todo: 'run again with --debug',
  }
}

function noEvidence(reference: string, check: CheckId): Problem {
  return {
    code: 'no-evidence',
    what: `there is no evidence of ${check}`,
    where: reference,
    todo: `let ${check} run, or take it out of checks in policies/gate.yml`,
  }
}

function epssNotRead(reference: string): Problem {
  return {
    code: 'epss-not-read',
    what: 'epss-at-least decides by EPSS, which was not read',
    where: reference,
    todo: 'let epss be read, or take epss-at-least out of policies/gate.yml',
  }
}
