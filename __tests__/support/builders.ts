import * as z from 'zod'
/**
 * Test data with defaults: name only what the test is about.
 * `aFinding({ severity: 'low' })` is the finding below, but low.
 */

import type { JudgedInput } from '../../src/judge/answers.js'
import type { Reason, ReturnReason } from '../../src/model/because/reasons.js'
import type { CheckId } from '../../src/model/checks.js'
import type { Evidence, Source } from '../../src/model/evidence.js'
import type { ApplicationFinding } from '../../src/model/finding/application.js'
import type { BenchFinding } from '../../src/model/finding/bench.js'
import { BenchSchema } from '../../src/model/finding/bench.js'
import type { CommonFinding } from '../../src/model/finding/common.js'
import type { Answers, Binary, Finding } from '../../src/model/finding/index.js'
import type { ObstacleFinding } from '../../src/model/finding/obstacle.js'
import { OBSTACLES } from '../../src/model/finding/obstacle.js'
import type { UpdateFinding } from '../../src/model/finding/update.js'
import { UpdateSchema } from '../../src/model/finding/update.js'
import type { Vulnerability } from '../../src/model/finding/vulnerability.js'
import { VulnerabilitySchema } from '../../src/model/finding/vulnerability.js'
import type { Image, LayerFacts, PackageRecords } from '../../src/model/image/image.js'
import type { ApplicationRecords } from '../../src/model/packages/application.js'
import type { Line, Place } from '../../src/model/place.js'
import type { Problem } from '../../src/model/problem.js'
import { NOT_RUN } from '../../src/model/run/regression-test.js'
import type {
  CheckResult,
  ImageVerdict,
  JudgedBase,
  PolicyNotice,
  RuledFinding,
  RulingOfFinding,
  Verdict,
} from '../../src/model/verdict.js'
import { DEFAULT_DICTIONARY } from '../../src/policy/dictionary/default.js'
import { DEFAULT_GATE, type GatePolicy } from '../../src/policy/gate/thresholds.js'
import type { Policy } from '../../src/policy/policy.js'
import type { WhitelistEntry } from '../../src/policy/whitelist/schema.js'

export const TODAY = '2026-11-24'
export const LAYER = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'
export const DIGEST = 'sha256:17068e8751d5d0b1a2c3f4e5968778695a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d'

/** An image in which nothing lies next to Debian's packages. */
const NO_APPLICATIONS = { judged: [], unexamined: [] }

export function aBinary(part: Partial<Binary> = {}): Binary {
  return { name: 'libapt-pkg6.0', version: '2.6.1', architecture: 'amd64', ...part }
}

type Own<Kind extends Finding> = Partial<
  Omit<Kind, keyof CommonFinding | 'check' | 'id' | 'details' | 'facts'>
>

/** Parts of a finding of any kind, which goes by the check and the id. */
export type FindingPart = Partial<CommonFinding> &
  Own<Vulnerability> &
  Own<UpdateFinding> &
  Own<BenchFinding> &
  Own<ObstacleFinding> & {
    readonly check?: CheckId
    readonly id?: string
    /** Of a vulnerability: the original words of Clair and the tracker. */
    readonly facts?: Readonly<Record<string, string>>
    /** Of a finding with details: those that matter; the others are empty. */
    readonly details?: object
  }

/** A high vulnerability of apt in bookworm with a fix that can be installed. */
export function aFinding(part?: FindingPart & { readonly check?: 'clair' }): Vulnerability
/** Of another check, with the same package and versions. */
export function aFinding(part: FindingPart): Finding
export function aFinding({ details, ...part }: FindingPart = {}): Finding {
  const { check = 'clair', id = check === 'security-updates' ? 'security-update' : 'CVE-2026-10001' } = part
  const common = {
    cves: [id],
    package: 'apt',
    version: '2.6.1',
    fixedVersion: '2.6.2',
    fixDay: null,
    installable: true,
    severity: 'high',
    severitySource: 'debian-tracker',
    binaries: [aBinary({ name: 'apt' }), aBinary()],
    layer: LAYER,
    links: ['https://security-tracker.debian.org/tracker/CVE-2026-10001'],
    debian: null,
    kev: null,
    cvss: null,
    epss: null,
    agreement: 'confirmed',
  } as const
  const own = ownMembers(check, id, details ?? {}, part.facts !== undefined)
  return { ...own, ...common, ...part } as Finding
}

/** What findings of this kind have of their own, with nothing in it. */
function ownMembers(check: CheckId, id: string, details: object, isWithFacts: boolean): object {
  const row = Object.entries(OBSTACLES).find(([name]) => name === id)?.[1]
  if (isWithFacts && (row !== undefined || check !== 'clair')) {
    throw new Error(`only a vulnerability has facts, not ${check}/${id}`)
  }
  if (row !== undefined) {
    return { check: row.check, id, why: id, details: { ...emptyMembers(row.details), ...details } }
  }
  const members = {
    clair: { ...emptyMembers(VulnerabilitySchema), facts: { severity: 'High' } },
    'docker-bench': { ...emptyMembers(BenchSchema), state: 'evaluated' },
    'security-updates': {
      ...emptyMembers(UpdateSchema),
      ...{ origin: id === 'security-update' ? 'security' : 'updates', source: 'apt', sourceVersion: '2.6.1' },
      hasApt: true,
    },
  }
  if (!Object.hasOwn(members, check)) {
    throw new Error(`there is no ${check}/${id}`)
  }
  return { check, id, ...members[check as keyof typeof members] }
}

/** No text, no member of a list, `null`, or the first of several words. */
function emptyMembers({ shape }: z.ZodObject): Record<string, unknown> {
  const entries = Object.entries(shape).map(([name, schema]) => {
    if (schema instanceof z.ZodOptional) {
      return [name, undefined]
    }
    const values = [null, '', [], {}, false, 0, ...(schema instanceof z.ZodEnum ? schema.options : [])]
    return [name, values.find((value) => (schema as z.ZodType).safeParse(value).success)]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A security update of apt. */
export function anUpdate(part: Omit<FindingPart, 'check'> = {}): UpdateFinding {
  const id = part.id ?? 'security-update'
  return aFinding({ ...part, id, check: 'security-updates' }) as UpdateFinding
}

/** The same, with no fix in Debian. */
export function anUnfixedFinding(part: FindingPart & { readonly check?: 'clair' } = {}): Vulnerability {
  return aFinding({ fixedVersion: null, installable: null, ...part })
}

/** CVE-2021-23337 in lodash 4.17.4, as GitHub's advisory has it. */
export function anApplicationFinding(part: Partial<ApplicationFinding> = {}): ApplicationFinding {
  return {
    check: 'clair',
    subject: 'application',
    id: 'CVE-2021-23337',
    ids: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
    own: 'GHSA-35jh-r3h4-6jhm',
    cves: ['CVE-2021-23337'],
    package: 'npm/lodash',
    kind: 'npm',
    purl: 'pkg:npm/lodash@4.17.4',
    version: '4.17.4',
    fixedVersion: '4.17.21',
    fixDay: null,
    installable: true,
    newest: '4.17.21',
    settles: '4.17.21',
    explanation: null,
    severity: 'high',
    severitySource: 'osv',
    binaries: [],
    paths: ['srv/app/node_modules/lodash/package.json'],
    morePaths: 0,
    layer: LAYER,
    layers: [LAYER],
    links: ['https://osv.dev/vulnerability/GHSA-35jh-r3h4-6jhm'],
    debian: null,
    kev: null,
    cvss: {
      vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H',
      score: 7.2,
      version: '3.1',
      scorer: 'osv',
    },
    epss: null,
    agreement: null,
    malware: false,
    summary: 'Command Injection in lodash',
    ...part,
  }
}

/** The same, ruled `act`. */
export function aRuledApplication(
  part: Partial<ApplicationFinding & RulingOfFinding> = {},
): ApplicationFinding & RulingOfFinding {
  const decided = {
    ruling: 'act',
    blocks: true,
    because: AT_OR_ABOVE,
    policy: null,
    due: null,
    line: null,
    owner: null,
    since: null,
    statement: null,
    returnsWhen: null,
  } as const
  return { ...anApplicationFinding(part), ...decided, ...part }
}

/** Because and what brings it back may be plain words, where no test is about what they are made of. */
export type RuledPart = FindingPart &
  Partial<Omit<RulingOfFinding, 'because' | 'returnsWhen'>> & {
    readonly because?: string | readonly Reason[]
    readonly returnsWhen?: readonly ReturnReason[] | null
  }

const HIGH = { severity: 'high', source: null, score: null, takenFor: null } as const
const AT_OR_ABOVE: readonly Reason[] = [
  { reason: 'fix-offered', version: '2.6.2' },
  { reason: 'at-or-above', rated: HIGH, input: 'fail-on', threshold: 'high' },
]

/** `aFinding`, ruled `act`. */
export function aRuledFinding(
  part?: RuledPart & { readonly check?: 'clair' },
): Vulnerability & RulingOfFinding
export function aRuledFinding(part: RuledPart): RuledFinding
export function aRuledFinding(part: RuledPart = {}): RuledFinding {
  const { because, returnsWhen, details: _, ...rest } = part
  return {
    ...aFinding(part),
    ruling: 'act',
    blocks: true,
    policy: null,
    due: null,
    line: null,
    owner: null,
    since: null,
    statement: null,
    ...rest,
    because: typeof because === 'string' ? [{ reason: 'as-found', why: because }] : (because ?? AT_OR_ABOVE),
    returnsWhen: returnsWhen ?? null,
  } as RuledFinding
}

export function aLayer(part: Partial<LayerFacts> = {}): LayerFacts {
  return {
    diffId: LAYER,
    size: 1024,
    files: {},
    unreadable: {},
    removed: [],
    opaque: [],
    setuid: [],
    applications: someApplications(),
    ...part,
  }
}

/** What a layer holds of applications: nothing, if not said otherwise. */
export function someApplications(part: Partial<ApplicationRecords> = {}): ApplicationRecords {
  return { files: {}, owned: {}, diverted: null, cut: null, ...part }
}

/** What a layer holds next to dpkg's status: nothing, if not said otherwise. */
export function someRecords(part: Partial<PackageRecords> = {}): PackageRecords {
  return { holds: [], hides: [], sums: {}, programs: {}, changelogs: {}, outdated: {}, ...part }
}

export function anImage(part: Partial<Image> = {}): Image {
  return {
    reference: 'app:1.4.0',
    digest: DIGEST,
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    config: {},
    history: [],
    layers: [aLayer()],
    ...part,
  }
}

export function aProblem(part: Partial<Problem> = {}): Problem {
  return {
    code: 'clair-not-ready',
    what: 'Clair did not load the security tracker within 60 s',
    where: 'container seaworthy-clair-3f2a',
    todo: 'try --clair-timeout 180',
    ...part,
  }
}

export function aSource(part: Partial<Source> = {}): Source {
  return {
    name: 'debian-tracker',
    url: 'https://security-tracker.debian.org/tracker/data/json',
    fetchedAt: '2026-11-24T06:12:00Z',
    date: '2026-11-24T05:10:00Z',
    sha256: null,
    rows: 3120,
    ...part,
  }
}

export function anEvidence(part: Partial<Evidence> = {}): Evidence {
  return { check: 'clair', documents: {}, sources: [aSource()], problem: null, tookMs: 2100, ...part }
}

/** What each check's answer has besides findings. */
const { official: _, ...NO_BASE } = aBase({
  ...{ name: null, digest: null, restsOn: 'nothing', layers: 0, movedOn: null, tag: null, proven: [] },
  beginnings: [],
})
const PARTS: {
  readonly [Check in CheckId]: Omit<Answers[Check], 'check' | 'state' | 'findings' | 'notes' | 'limits'>
} = {
  'security-updates': {
    ...{ offered: [], foreign: null, beyond: [], fixDays: new Map(), base: NO_BASE },
    underOtherNames: new Map(),
  },
  clair: { applications: null, lacking: null },
  'docker-bench': { bench: { ran: false, why: 'not requested' } },
  credentials: {},
  'regression-test': { test: NOT_RUN },
}

/** Clair's, unless another check is named. */
export function anAnswer<Check extends CheckId = 'clair'>(
  findings: readonly Finding[] = [aFinding()],
  check: Check = 'clair' as Check,
  part: Partial<Answers[Check]> = {},
): Answers[Check] {
  const answer = { check, state: 'answered', findings, notes: [], limits: [], ...PARTS[check], ...part }
  return answer as unknown as Answers[Check]
}

/** What `judge` gets for one image: Clair answered with these findings. */
export function aJudgedInput(
  findings: readonly Finding[] = [],
  part: Partial<JudgedInput> = {},
): JudgedInput {
  return {
    reference: 'app:1.4.0',
    image: anImage(),
    problem: null,
    distribution: 'Debian 12 bookworm',
    codename: 'bookworm',
    architecture: 'amd64',
    packageCount: 142,
    packages: [],
    applications: NO_APPLICATIONS,
    answers: [{ evidence: anEvidence(), answer: anAnswer(findings, 'clair', { notes: ['canary found'] }) }],
    ...part,
  }
}

/** A line of the Dockerfile that a finding is surely laid to. */
export function aLine(part: Partial<Line> = {}): Line {
  return {
    file: 'Dockerfile',
    line: 4,
    endLine: 4,
    certain: true,
    why: 'this RUN instruction introduced it',
    ...part,
  }
}

export function aPlace(part: Partial<Place> = {}): Place {
  return { file: 'policies/whitelist.yml', line: 21, ...part }
}

/** A live entry that accepts `aFinding({ severity: 'low' })`. */
export function aWhitelistEntry(part: Partial<WhitelistEntry> = {}): WhitelistEntry {
  return {
    id: 'CVE-2026-10001',
    package: 'apt',
    path: null,
    sha256: null,
    fingerprint: null,
    check: 'clair',
    releases: null,
    images: null,
    reason: 'apt-key is not used in the image',
    owner: 'platform',
    added: null,
    expires: '2027-03-31',
    maxSeverity: 'low',
    despiteKev: false,
    despiteMalware: false,
    justification: null,
    place: aPlace(),
    ...part,
  }
}

export function aPolicy(entries: readonly WhitelistEntry[] = [], gate: Partial<GatePolicy> = {}): Policy {
  return {
    // The check that most tests are about, not the default.
    gate: { ...DEFAULT_GATE, checks: ['clair'], file: 'policies/gate.yml', ...gate },
    whitelist: { file: 'policies/whitelist.yml', entries },
    dictionary: DEFAULT_DICTIONARY,
    vex: [],
    baseline: null,
  }
}

/** Debian's slim image, proven by its layers, whose tag is still the same. */
export function aBase(part: Partial<JudgedBase> = {}): JudgedBase {
  const name = 'docker.io/library/debian:bookworm-slim'
  return {
    name,
    digest: DIGEST,
    restsOn: 'layers',
    layers: 1,
    movedOn: false,
    tag: name,
    proven: [name],
    beginnings: [{ name, layers: 1, grade: 'proven' }],
    claimed: null,
    contradicted: false,
    unanswered: null,
    official: true,
    ...part,
  }
}

export function aCheckResult(part: Partial<CheckResult> = {}): CheckResult {
  const rest = { problem: null, tookMs: 2100, notes: ['canary found'], limits: [], bench: null }
  return { check: 'clair', state: 'answered', ...rest, ...part }
}

/** A failed image with `aRuledFinding()`. */
export function anImageVerdict(part: Partial<ImageVerdict> = {}): ImageVerdict {
  return {
    reference: 'app:1.4.0',
    nameInArchive: null,
    digest: DIGEST,
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    isOneOfSeveral: false,
    others: null,
    distribution: 'Debian 12 bookworm',
    codename: 'bookworm',
    architecture: 'amd64',
    packageCount: 142,
    foreignCount: null,
    base: null,
    regressionTest: NOT_RUN,
    dockerfile: { file: null, note: null, from: null },
    dockerfileChange: null,
    rebuild: { needed: null, why: 'not checked', settles: [] },
    packages: [],
    applications: NO_APPLICATIONS,
    account: null,
    verdict: 'fail',
    checks: [aCheckResult()],
    findings: [aRuledFinding()],
    sources: [aSource()],
    layers: [{ diffId: LAYER, createdBy: 'RUN apt-get install -y apt' }],
    gone: null,
    ...part,
  }
}

export function aPolicyNotice(part: Partial<PolicyNotice> = {}): PolicyNotice {
  return {
    kind: 'expired',
    place: aPlace(),
    text: 'CVE-2022-0563 (util-linux) expired on 2026-10-01',
    ...part,
  }
}

/** `anImageVerdict()`, as the whole verdict. */
export function aVerdict(part: Partial<Verdict> = {}): Verdict {
  const rest = {
    images: [anImageVerdict()],
    policyNotices: [],
    maxSpan: 365,
    vexAuthor: null,
    judgedBy: { policyDigest: `sha256:${'a'.repeat(64)}`, release: null, newOnly: false },
    evidence: null,
    mode: 'enforce' as const,
  }
  return { verdict: 'fail', today: TODAY, ...rest, ...part }
}
