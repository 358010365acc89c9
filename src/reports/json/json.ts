import { ACCOUNT_SIDES } from '../../model/account.js'
import { CLAIR_SIDES, type ClairAccount, type KindCount, summaryWords } from '../../model/application.js'
import { baseSentence } from '../../model/base-image.js'
import { becauseText, returnText } from '../../model/because/words.js'
import type { ApplicationFinding } from '../../model/finding/application.js'
import { isApplication } from '../../model/finding/index.js'
import { platformName } from '../../model/image.js'
import type { ImageVerdict, RuledFinding, Verdict } from '../../model/verdict.js'
import type { SpanLimit } from '../../policy/whitelist/read.js'
import { diffLines } from '../diff.js'
import { countDeferred } from '../view/counts.js'
import { sourcesOf } from '../view/data.js'
import type { Tool } from '../view/pages.js'
import { actionsOf } from '../view/tasks.js'
import { whitelistEntry } from '../view/whitelist-entry.js'
import { benchOut } from './bench.js'
import { factsOf } from './facts.js'
import type { Report } from './schema.js'

export { ReportSchema } from './schema.js'

/**
 * report.json: every key in the order in which it is written below, so that the same verdict gives the same bytes.
 * Ends with a line break.
 */
export function renderJson(verdict: Verdict, tool: Tool): string {
  return `${JSON.stringify(reportOf(verdict, tool), null, 2)}\n`
}

type Of<Key extends keyof Report> = Report[Key] extends (infer Item)[] ? Item : never

function reportOf(verdict: Verdict, { name, version }: Tool): Report {
  return {
    schemaVersion: 1,
    tool: { name, version },
    today: verdict.today,
    maxSpan: verdict.maxSpan,
    policyDigest: verdict.judgedBy.policyDigest,
    verdict: verdict.verdict,
    mode: verdict.mode,
    images: verdict.images.map((image) => imageOf(image, verdict)),
    sources: sourcesOf(verdict).map((source) => ({
      ...pick(source, 'name', 'url', 'fetchedAt', 'date', 'sha256', 'rows'),
      ...(source.signedBy === undefined ? {} : { signedBy: source.signedBy }),
      ...(source.attestedBy === undefined ? {} : { attestedBy: source.attestedBy }),
      ...(source.instead === undefined ? {} : { instead: source.instead }),
    })),
    unanswered: verdict.images.flatMap(unansweredOf),
    policyNotices: verdict.policyNotices.map(({ kind, place, text }) => {
      return { kind, place: placeOf(place), text }
    }),
    actions: actionsOf(verdict).map(({ image, action }) => ({
      image: image.reference,
      kind: action.kind,
      title: action.title,
      why: action.why,
      command: action.command,
      dockerfile: action.dockerfile,
      where: placeOf(action.where),
      checks: [...action.checks],
      packages: action.packages.map(({ cves, ...rest }) => {
        return { ...pick(rest, 'name', 'version', 'fixedVersion'), cves: cves === null ? null : [...cves] }
      }),
      findings: action.findings.map((finding) => pick(finding, 'check', 'id', 'package')),
    })),
  }
}

/** As a unified diff. */
function diffOf({ dockerfileChange: change }: ImageVerdict): string | null {
  return change === null ? null : `${diffLines(change.file, change.before, change.after).join('\n')}\n`
}

function imageOf(image: ImageVerdict, limit: SpanLimit): Of<'images'> {
  return {
    reference: image.reference,
    digest: image.digest,
    platform: image.platform === null ? null : platformName(image.platform),
    others: image.others === null ? null : othersOf(image.others),
    distribution: image.distribution,
    packageCount: image.packageCount,
    foreignCount: image.foreignCount,
    applications: applicationsOf(image.applications),
    account: accountOut(image.account),
    base: baseOf(image.base),
    regressionTest: pick(image.regressionTest, 'state', 'by', 'ended', 'seconds'),
    dockerfile: { ...pick(image.dockerfile, 'file', 'note'), change: diffOf(image) },
    rebuild: rebuildOf(image.rebuild),
    verdict: image.verdict,
    checks: image.checks.map(({ check, state, problem, tookMs, notes, bench }) => {
      return {
        check,
        state,
        problem: problem === null ? null : problemOf(problem),
        tookMs,
        notes: [...notes],
        bench: bench === null ? null : benchOut(bench),
      }
    }),
    findings: image.findings.map((finding) => findingOf(finding, limit)),
    deferred: pick(countDeferred(image), 'total', 'critical', 'high'),
    gone: image.gone?.map((one) => pick(one, 'check', 'id', 'package', 'severity', 'ruling')) ?? null,
  }
}

function rebuildOf({ needed, why, settles }: ImageVerdict['rebuild']): Of<'images'>['rebuild'] {
  return { needed, why, settles: settles.map((finding) => pick(finding, 'check', 'id', 'package')) }
}

function othersOf({ notExamined, skipped, unknown }: NonNullable<ImageVerdict['others']>) {
  return { notExamined: [...notExamined], skipped: [...skipped], unknown }
}

function applicationsOf(applications: ImageVerdict['applications']): Of<'images'>['applications'] {
  if (applications === null) {
    return null
  }
  const counts = (all: readonly KindCount[]) =>
    all.map((one) => ({ ...pick(one, 'kind', 'count'), versions: [...one.versions] }))
  return {
    judged: counts(applications.judged),
    byClair: [...(applications.byClair ?? [])],
    notExamined: counts(applications.unexamined),
    clair: accountOf(applications.clair ?? null),
    off: applications.isOff === true,
    words: summaryWords(applications),
  }
}

function accountOf(clair: ClairAccount | null) {
  if (clair === null) {
    return null
  }
  const listed = clair.listed.map((one) => pick(one, 'name', 'version', 'path', 'side', 'reason'))
  return { packages: clair.packages, sides: pick(clair.sides, ...CLAIR_SIDES), listed }
}

function accountOut(account: ImageVerdict['account']): Of<'images'>['account'] {
  if (account === null) {
    return null
  }
  const { programs, sides, judged, listed } = account
  return {
    programs,
    sides: pick(sides, ...ACCOUNT_SIDES),
    judged: pick(judged, 'debian', 'parts', 'packages'),
    listed: listed.map((one) => pick(one, 'path', 'form', 'side', 'reason', 'layer', 'sha256')),
  }
}

function baseOf(base: ImageVerdict['base']): Of<'images'>['base'] {
  if (base === null) {
    return null
  }
  return { ...pick(base, 'name', 'digest', 'official', 'movedOn', 'restsOn'), why: baseSentence(base) }
}

function findingOf(finding: RuledFinding, limit: SpanLimit): Of<'images'>['findings'][number] {
  const facts = factsOf(finding)
  return {
    check: finding.check,
    id: finding.id,
    cves: finding.cves === null ? null : [...finding.cves],
    package: finding.package,
    version: finding.version,
    fixedVersion: finding.fixedVersion,
    fixDay: finding.fixDay,
    installable: finding.installable,
    severity: finding.severity,
    severitySource: finding.severitySource,
    word: facts.word ?? null,
    expected: facts.expected ?? null,
    ruling: finding.ruling,
    due: finding.due,
    because: becauseText(finding),
    blocks: finding.blocks,
    owner: finding.owner,
    binaries: finding.binaries.map((binary) => pick(binary, 'name', 'version', 'architecture')),
    layer: finding.layer,
    links: [...finding.links],
    debian: finding.debian === null ? null : pick(finding.debian, 'kind', 'words'),
    kev: finding.kev,
    cvss: finding.cvss === null ? null : pick(finding.cvss, 'vector', 'score', 'version', 'scorer'),
    epss: finding.epss === null ? null : pick(finding.epss, 'probability', 'percentile', 'date'),
    agreement: finding.agreement,
    policy: placeOf(finding.policy),
    returnsWhen: finding.returnsWhen?.map(returnText) ?? null,
    line: finding.line === null ? null : pick(finding.line, 'file', 'line', 'endLine', 'certain', 'why'),
    facts,
    application: isApplication(finding) ? applicationOf(finding) : null,
    since: finding.since,
    statement: finding.statement === null ? null : pick(finding.statement, 'status', 'justification'),
    whitelistEntry: whitelistEntry(finding, limit),
  }
}

function applicationOf({ kind, purl, ids, own, malware }: ApplicationFinding) {
  return { kind, purl, ids: [...ids], own, malware }
}

function unansweredOf(image: ImageVerdict): Of<'unanswered'>[] {
  return image.checks.flatMap(({ check, problem }) =>
    problem === null ? [] : [{ image: image.reference, check, problem: problemOf(problem) }],
  )
}

function problemOf(problem: Of<'unanswered'>['problem']): Of<'unanswered'>['problem'] {
  return pick(problem, 'code', 'what', 'where', 'todo')
}

function placeOf(place: RuledFinding['policy']): Of<'policyNotices'>['place'] {
  return place === null ? null : pick(place, 'file', 'line')
}

/** These keys in this order, and no others. */
function pick<T, Key extends keyof T>(value: T, ...keys: Key[]): { -readonly [K in Key]: T[K] } {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as { -readonly [K in Key]: T[K] }
}
