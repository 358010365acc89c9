import type { Location, Message, ReportingDescriptor, Result } from 'sarif'
import { countOf } from '../../judge/counts.js'
import {
  architectureOf,
  becauseText,
  compareSeverity,
  debianText,
  describe,
  type ImageVerdict,
  isApplication,
  isKnownVulnerability,
  isObstacle,
  isRated,
  type Line,
  otherDatabase,
  type Place,
  pageOf,
  platformName,
  type RuledFinding,
  reasonsNextToVersions,
  type Severity,
} from '../../model/index.js'
import { escapeMarkdown, escapeSarif, visible } from '../escape.js'
import { truncate } from '../layout.js'
import { versions } from '../view/finding.js'
import { addressOfPage, type Pages } from '../view/pages.js'
import { imageName } from '../view/platforms.js'

/** Where GitHub shows results without a place: it rejects a result without one. */
const DEFAULT_PLACE: Place = { file: 'Dockerfile', line: 1 }

export function sarifResult(
  image: ImageVerdict,
  finding: RuledFinding,
  rule: { readonly id: string; readonly index: number },
  fingerprint: string,
): Result {
  const { ruling, blocks, severity, since, owner, due } = finding
  return {
    ruleId: rule.id,
    ruleIndex: rule.index,
    level: blocks ? 'error' : due === null ? 'note' : 'warning',
    message: messageOf(image, finding),
    locations: [locationOf(lineOf(image, finding))],
    partialFingerprints: fingerprints(fingerprint),
    ...suppressed(finding),
    // `since` is not a baselineState, which has no value for what the baseline does not know.
    properties: {
      ruling,
      severity,
      owner,
      package: finding.package,
      fixedVersion: finding.fixedVersion,
      since,
    },
  }
}

export function locationOf({ file, line, endLine = line }: Place & Partial<Line>): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
      region: { startLine: Math.max(1, line), ...(endLine > line ? { endLine } : {}) },
    },
  }
}

/** True for a path in the repository: only these can be opened on GitHub. */
function isInside(file: string): boolean {
  return (
    !/^(?:[\\/]|[A-Za-z]:|\.\.(?:[\\/]|$))/.test(file) && !file.split(/[\\/]/).includes('..') && file !== ''
  )
}

function lineOf({ dockerfile }: ImageVerdict, { line, policy }: RuledFinding): Place & Partial<Line> {
  const known = [line, policy, dockerfile.file === null ? null : { file: dockerfile.file, line: 1 }]
  return known.find((place) => place !== null && isInside(place.file)) ?? DEFAULT_PLACE
}

/** A relative reference (RFC 3986, 4.2): a colon in its first part would be a scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  const parts = path.split('/').map((part) => encodeURIComponent(part.toWellFormed()))
  return parts.join('/')
}

function messageOf(image: ImageVerdict, finding: RuledFinding): Message {
  const { id, package: name, line, ruling, severity } = finding
  const subjectText = name === null ? describe(finding).subject : `${name} ${versions(finding)}: ${id}`
  const severityText = isRated(finding) ? `, ${severity}` : ''
  const doubt =
    line === null ? ['the line is not known'] : line.certain ? [] : [`approximate line: ${line.why}`]
  const parts = [
    `${subjectText}${severityText}`,
    `${ruling}: ${reasonsNextToVersions(finding)}`,
    ...doubt,
    `in ${imageName(image)}`,
  ]
  return { text: `${parts.map((part) => escapeSarif(part)).join('; ')}.` }
}

/** Accepted and deferred findings are in the file, but are not alerts to tools that read suppressions. */
function suppressed(finding: RuledFinding): Pick<Result, 'suppressions'> {
  const { ruling, debian, policy } = finding
  if (ruling !== 'accepted' && ruling !== 'deferred') {
    return {}
  }
  const text = ruling === 'deferred' && debian !== null ? debianText(debian) : becauseText(finding)
  const location = policy !== null && isInside(policy.file) ? { location: locationOf(policy) } : {}
  return {
    suppressions: [
      { kind: 'external', status: 'accepted', justification: escapeSarif(text, 1000), ...location },
    ],
  }
}

/**
 * The name under which a job's alerts of one image and platform persist, whatever its tag:
 * `seaworthy/ghcr.io/acme/app/linux/amd64/gate-0a1b2c3d`. Of an archive it is the path: GitHub closes the alerts of a
 * category that an upload lacks, and an archive may claim any name. For the same reason it ends with the job: another
 * one may judge another build of the image, or run other checks.
 * @param job `null`: not in a workflow
 */
export function categoryOf(image: ImageVerdict, all: readonly ImageVerdict[], job: string | null): string {
  const [name, platform] = nameOf(image)
  const same = all.filter((other) => nameOf(other).join('\n') === `${name}\n${platform}`)
  // Several tags of one image in one run need the whole reference, or one would close the other's alerts.
  const whole = same.length > 1 ? image.reference : name
  const twins = same.filter(({ reference }) => reference === image.reference)
  const number = twins.indexOf(image)
  const end = [...(job === null ? [] : [visible(job, 120)]), ...(number > 0 ? [String(number + 1)] : [])]
  const tail = end.map((part) => `/${part}`).join('')
  return `${visible(['seaworthy', whole, platform].join('/'), CATEGORY_LENGTH - tail.length)}${tail}`
}

/** Characters; script/lib/stale.mjs has the same limit. */
const CATEGORY_LENGTH = 250

/**
 * What distinguishes a finding from all others of its image and stays when versions, lines, tags and policies change.
 * GitHub recognizes the alert of an earlier upload by it.
 *
 * An archive's image is distinguished by the name that the archive has for it, so its findings are those of the image in
 * the engine and in its registry. If an archive claims the name of another image, also of the same upload, it cannot
 * close that image's alerts (see `categoryOf`), and each run still has all of its results. GitHub shows a finding with
 * the same rule and fingerprint in two categories as one alert of two configurations (docs.github.com, About code
 * scanning alerts), which is fixed only if both lack it. But if somebody has dismissed that alert, the archive's finding
 * is dismissed too, as that of any later archive at the same path would be. Verdict, check run and other reports depend
 * on neither.
 */
export function identityOf(image: ImageVerdict, finding: RuledFinding): string {
  const { check, package: name } = finding
  const id = isApplication(finding) ? finding.own : finding.id
  const parts = [
    ...nameOf({ ...image, reference: image.nameInArchive ?? image.reference }),
    check,
    id,
    name ?? '',
    architectureOf(finding) ?? '',
    otherDatabase(finding) ?? '',
    isObstacle(finding, 'testing-or-unstable') ? finding.details.suite : '',
    ...folderOf(finding),
  ]
  return JSON.stringify(parts)
}

/** Content that could not be read has a finding for each folder. */
function folderOf(finding: RuledFinding): string[] {
  const folder = 'details' in finding && 'folder' in finding.details ? finding.details.folder : null
  return folder === null ? [] : [folder]
}

/** Fingerprints in the order of the identities; GitHub wants `hash:count` (codeql-action, fingerprints.ts). */
export function fingerprintsOf(identities: readonly string[]): string[] {
  const occurrences = new Map<string, number>()
  return identities.map((identity) => {
    const hash = fnv1a64(identity)
    const count = (occurrences.get(hash) ?? 0) + 1
    occurrences.set(hash, count)
    return `${hash}:${count}`
  })
}

function nameOf({
  reference,
  platform,
}: Pick<ImageVerdict, 'reference' | 'platform'>): readonly [string, string] {
  const name = reference.replace(/@[a-z0-9]+:[0-9a-f]+$/i, '').replace(/:[\w.-]+$/, '')
  return [name, platform === null ? 'unknown' : platformName(platform)]
}

/** FNV-1a, 64 bits (draft-eastlake-fnv), over UTF-16 code units: to distinguish, not to keep secret. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

/** GitHub reads only `primaryLocationLineHash`; the other is for comparing files. */
export function fingerprints(fingerprint: string): Readonly<Record<string, string>> {
  return { primaryLocationLineHash: fingerprint, 'seaworthyFinding/v1': fingerprint }
}

/**
 * GitHub's ranges of `security-severity`: over 9.0 is critical, from 7.0 high, from 4.0 medium, above 0 low. One
 * number represents each of our severities; the message has the CVSS score.
 */
const SCORES: Readonly<Partial<Record<Severity, string>>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  negligible: '0.1',
}

/**
 * The id of the rule. For an application package it is that of the record, so a record that gets a CVE makes no new
 * alert.
 */
export function ruleId(finding: RuledFinding): string {
  const id = isApplication(finding) ? finding.own : finding.id
  return escapeSarif(`${finding.check}/${id}`, 200)
}

/**
 * The rule of these findings, which have one id. It has a `security-severity` only if one of them blocks: GitHub
 * colours alerts, and fails its own check, by that number, and would contradict the verdict.
 */
export function ruleOf(
  findings: readonly [RuledFinding, ...RuledFinding[]],
  pages: Pages,
): ReportingDescriptor {
  const [first] = findings
  const blocking = findings.filter(({ blocks }) => blocks)
  const [worst] = blocking.map(({ severity }) => severity).sort((a, b) => compareSeverity(b, a))
  const score = worst === undefined ? undefined : SCORES[worst]
  const { title, help, name, ...elsewhere } = describe(first)
  const page = pageOf(first)
  const helpUri = addressOfPage(page, pages) ?? elsewhere.helpUri
  const counted = isRated(first) ? `: ${countOf(findings)}` : ''
  const summaryText = `${title}. ${findings.length === 1 ? 'One finding' : `${findings.length} findings`}${counted}.`
  const level = blocking.length > 0 ? 'error' : 'note'
  return {
    id: ruleId(first),
    name,
    shortDescription: { text: described(title) },
    fullDescription: { text: described(summaryText) },
    help: {
      text: escapeSarif(help, 2000),
      markdown: `${escapeMarkdown(help, 2000)}${helpUri === null ? '' : ` [More](${helpUri})`}`,
    },
    ...(helpUri === null ? {} : { helpUri }),
    defaultConfiguration: { level },
    properties: {
      tags: ['security', first.check, ...(isKnownVulnerability(first) ? ['vulnerability'] : [])],
      precision: 'very-high',
      'problem.severity': level === 'error' ? 'error' : 'recommendation',
      ...(score === undefined ? {} : { 'security-severity': score }),
    },
  }
}

/** GitHub allows 1,024 characters; characters that are made visible get longer. */
function described(text: string): string {
  return truncate(escapeSarif(text, 1000), 1000)
}
