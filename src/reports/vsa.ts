import {
  type Attestable,
  CHECK_IDS,
  CHECKS,
  type DocumentDigest,
  FEEDS,
  type ImageVerdict,
  type InRegistry,
  judgedDigest,
  judgedManifests,
  parseReference,
  platformName,
  SOURCE_NAMES,
  type Verdict,
} from '../model/index.js'
import { ociPurl } from '../policy/vex/purl.js'
import { configHash } from './product.js'
import { sourcesOf } from './view/data.js'
import type { Tool } from './view/pages.js'

/** https://slsa.dev/spec/v1.1/verification_summary */
export const VSA_TYPE = 'https://slsa.dev/verification_summary/v1'
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const VERIFIER_ID = 'urn:seaworthy:gate'
/** Key of the predicate's own fields in addition to SLSA's (in-toto: an additional property is named by a URI). */
export const VERDICT_KEY = 'urn:seaworthy:verdict:1'
/** In `verifiedLevels` of each pass; additional values there say what is weaker about this one. */
export const PASS_LEVEL = 'SEAWORTHY_PASS'

/**
 * report.vsa.json: the predicate of a SLSA Verification Summary, as actions/attest takes it by predicate-path. `null`
 * if it must not be attested: judged from saved evidence or for another day, or about several images, each of which
 * has to be judged in a run of its own.
 */
export function renderVsa(verdict: Verdict, { version, attestable = null }: Tool): string | null {
  const predicate = attestable === null ? null : predicateOf(verdict, attestable, version)
  return predicate === null ? null : `${JSON.stringify(predicate, null, 2)}\n`
}

/** report.vsa.intoto.json: the whole statement, if the subject of the verdict is known. */
export function renderVsaStatement(verdict: Verdict, { version, attestable = null }: Tool): string | null {
  if (attestable === null || attestable.inRegistry === null) {
    return null
  }
  const predicate = predicateOf(verdict, attestable, version)
  const subject = subjectsOf(attestable.inRegistry, verdict)
  if (predicate === null || subject.length === 0) {
    return null
  }
  const statement = { _type: STATEMENT_TYPE, subject, predicateType: VSA_TYPE, predicate }
  return `${JSON.stringify(statement, null, 2)}\n`
}

function subjectsOf(inRegistry: InRegistry, { images }: Verdict): object[] {
  const whole = judgedDigest(inRegistry, images)
  const digests = [
    ...(whole === null ? [] : [whole]),
    ...judgedManifests(inRegistry, images).map(({ digest }) => digest),
  ]
  return [...new Set(digests)].map((digest) => ({ name: inRegistry.repository, digest: sha256(digest) }))
}

function predicateOf(verdict: Verdict, { time, inRegistry }: Attestable, version: string): object | null {
  const { images, evidence, judgedBy } = verdict
  const [first] = images
  const isOne = images.every(({ reference }) => reference === first?.reference)
  if (first === undefined || !isOne || evidence === null || judgedBy.policyDigest === null) {
    return null
  }
  // In audit mode the verdict had no effect.
  const isPassed = verdict.verdict === 'pass' && verdict.mode === 'enforce'
  return {
    verifier: { id: VERIFIER_ID, version: { seaworthy: version } },
    timeVerified: time,
    resourceUri: resourceUri(first),
    policy: { uri: 'urn:seaworthy:policy', digest: sha256(judgedBy.policyDigest) },
    inputAttestations: inputsOf(verdict, evidence),
    verificationResult: isPassed ? 'PASSED' : 'FAILED',
    verifiedLevels: isPassed ? [PASS_LEVEL, ...weaknesses(verdict)] : ['FAILED'],
    slsaVersion: '1.1',
    [VERDICT_KEY]: {
      verdict: verdict.verdict,
      mode: verdict.mode,
      today: verdict.today,
      release: judgedBy.release,
      images: images.map((image) => ({
        platform: image.platform === null ? null : platformName(image.platform),
        configDigest: image.digest,
        manifestDigest:
          inRegistry?.manifests.find(({ config }) => config && config === image.digest)?.digest ?? null,
        verdict: image.verdict,
      })),
    },
  }
}

/** Evidence and data by name and digest. The judging machine's paths are private. */
function inputsOf(verdict: Verdict, evidence: readonly DocumentDigest[]): object[] {
  const urn = (kind: string, ...parts: readonly (string | null)[]) =>
    ['urn:seaworthy', kind, ...parts.flatMap((part) => (part === null ? [] : encodeURIComponent(part)))].join(
      ':',
    )
  return [
    ...evidence.map(({ platform, check, document, digest }) => ({
      uri: urn('evidence', platform, check, document),
      digest: sha256(digest),
    })),
    ...sourcesOf(verdict).flatMap(({ name, url, sha256: hash }) =>
      hash !== null && /^[0-9a-f]{64}$/.test(hash)
        ? [{ uri: /^https?:\/\//.test(url) ? url : urn('data', name), digest: { sha256: hash } }]
        : [],
    ),
  ]
}

/**
 * The name of the judged image as a URI; for an archive, which has no name with a meaning elsewhere, its config's
 * hash.
 */
function resourceUri(image: ImageVerdict): string {
  const name = parseReference(image.reference)
  return name === null ? `urn:sha256:${configHash(image) ?? 'unknown'}` : ociPurl(name, null)
}

/**
 * How a pass is weaker than one with all checks, all platforms and nothing accepted: a value of `verifiedLevels` each.
 */
export function weaknesses({ images, judgedBy }: Verdict): readonly string[] {
  const counted = (name: string, of: (image: ImageVerdict) => number) => {
    const sum = images.reduce((so, image) => so + of(image), 0)
    return sum === 0 ? [] : [`SEAWORTHY_${name}_${sum}`]
  }
  const property = (name: string, of: (image: ImageVerdict) => boolean) =>
    images.some(of) ? [`SEAWORTHY_${name}`] : []
  const without = CHECK_IDS.flatMap((check) =>
    property(
      `WITHOUT_${check.toUpperCase().replaceAll('-', '_')}`,
      ({ checks }) => !checks.some((one) => one.check === check),
    ),
  )
  return [
    ...(judgedBy.newOnly ? ['SEAWORTHY_NEW_ONLY'] : []),
    ...counted('ACCEPTED', acceptedCount),
    ...counted('DUE', ({ findings }) => findings.filter(({ ruling }) => ruling === 'due').length),
    ...without,
    ...FEEDS.flatMap((feed) =>
      property(
        `WITHOUT_${feed.toUpperCase()}`,
        (image) => isRated(image) && !image.sources.some(({ name }) => name === SOURCE_NAMES[feed]),
      ),
    ),
    ...property('BUILT_IN_RULES_ONLY', ({ checks }) => checks.some(({ bench }) => bench?.run.ran === false)),
    ...counted('PLATFORMS_NOT_EXAMINED', ({ others }) => others?.notExamined.length ?? 0),
    ...property('PLATFORMS_UNKNOWN', ({ others }) => others === null || others.unknown !== null),
    ...property('APPLICATIONS_OFF', ({ applications }) => applications?.isOff === true),
    ...counted('APPLICATIONS_NOT_EXAMINED', ({ applications }) =>
      (applications?.unexamined ?? []).reduce((sum, { count: some }) => sum + some, 0),
    ),
  ]
}

/**
 * Whether the check for vulnerabilities ran, the only one that needs ratings: without KEV, for example, what is
 * exploited does not block.
 */
function isRated({ checks }: ImageVerdict): boolean {
  return checks.some(({ check }) => CHECKS[check].entries.rated)
}

/**
 * How many findings and results were accepted: by a whitelist entry or VEX, or by a line of the dictionary (then the
 * result is not a finding).
 */
function acceptedCount({ findings, checks }: ImageVerdict): number {
  const rows = checks.flatMap(({ bench }) => bench?.rows ?? [])
  return (
    findings.filter(({ ruling }) => ruling === 'accepted').length +
    rows.filter(({ because }) => because.some(({ reason }) => reason === 'accepted')).length
  )
}

function sha256(digest: string): { readonly sha256: string } {
  return { sha256: digest.replace(/^sha256:/, '') }
}
