import { gte, valid } from 'semver'
import * as z from 'zod'
import { type Frozen, jsonInFile } from '../model/index.js'
import { parsePurl } from '../policy/vex/purl.js'
import { PASS_LEVEL, STATEMENT_TYPE, VERDICT_KEY, VERIFIER_ID, VSA_TYPE } from './vsa.js'

/** Reads attested verdicts back, and compares them with the requirements for a deployment. */

const sha256 = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
/**
 * `cosign attest` puts a predicate into a statement of this older type; the fields that are read here are the same in
 * both.
 */
const OLDER_STATEMENT_TYPE = 'https://in-toto.io/Statement/v0.1'
const statementShape = z
  .object({
    _type: z.enum([STATEMENT_TYPE, OLDER_STATEMENT_TYPE]),
    subject: z.array(z.object({ name: z.string().optional(), digest: sha256 })).min(1),
    predicateType: z.literal(VSA_TYPE),
    predicate: z.object({
      verifier: z.object({ id: z.string(), version: z.object({ seaworthy: z.string() }) }),
      timeVerified: z.iso.datetime(),
      resourceUri: z.string(),
      policy: z.object({ digest: sha256 }),
      verificationResult: z.enum(['PASSED', 'FAILED']),
      verifiedLevels: z.array(z.string()).min(1),
      [VERDICT_KEY]: z.object({
        images: z
          .array(z.object({ platform: z.string().nullable(), configDigest: digest.nullable() }))
          .min(1),
      }),
    }),
  })
  .transform(({ subject, predicate }) => ({
    subjects: subject.map((one) => `sha256:${one.digest.sha256}`),
    verifier: { id: predicate.verifier.id, version: predicate.verifier.version.seaworthy },
    /** Milliseconds since 1970. */
    time: Date.parse(predicate.timeVerified),
    /** Under which name the image was judged. */
    resourceUri: predicate.resourceUri,
    policyDigest: `sha256:${predicate.policy.digest.sha256}`,
    result: predicate.verificationResult,
    levels: predicate.verifiedLevels,
    configs: predicate[VERDICT_KEY].images.flatMap(({ configDigest }) => configDigest ?? []),
  }))

/** An attested verdict, as in its statement. Contains text from outside. */
export type AttestedVerdict = Frozen<z.infer<typeof statementShape>>

/** `null` if a signed document is not one of our verdicts: the same workflow may sign others, such as provenance. */
export function readAttestedVerdict(payloadType: string, payload: string): AttestedVerdict | null {
  const { data = null } = statementShape.safeParse(jsonInFile(payload))
  return payloadType === 'application/vnd.in-toto+json' ? data : null
}

export interface WantedVerdict {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly mostHours: number
  /** `ghcr.io/acme/app`: the name under which it has to have been judged. */
  readonly resource: string
  /** `null`: any, which is reported. */
  readonly policyDigest: string | null
  readonly leastVersion: string | null
  /** True if a pass is refused whose `verifiedLevels` say that it is weaker than others. */
  readonly strict: boolean
  /** SHA-256 of the configs of all images under the requested digest; `null` for one that is not an image. */
  readonly configs: readonly (string | null)[]
}

/** One thing that was checked. `unchecked`: not requested, or it cannot be checked. */
export interface VerdictCheck {
  readonly name: string
  readonly state: 'ok' | 'refused' | 'unchecked'
  readonly text: string
}

const HOUR_MS = 3_600_000
/** Clocks differ. */
const SKEW_MS = 5 * 60_000

/** The checks of a verdict with the right signer and subject. A refused one means that it must not be deployed. */
export function checkVerdict(verdict: AttestedVerdict, wanted: WantedVerdict): readonly VerdictCheck[] {
  return [
    configCheck(verdict, wanted),
    resourceCheck(verdict, wanted),
    policyCheck(verdict, wanted),
    ageCheck(verdict, wanted),
    versionCheck(verdict, wanted),
    resultCheck(verdict, wanted),
  ]
}

function checked(name: string, isOk: boolean, text: string, refusal: string): VerdictCheck {
  return isOk ? { name, state: 'ok', text } : { name, state: 'refused', text: refusal }
}

function configCheck({ configs }: AttestedVerdict, wanted: WantedVerdict): VerdictCheck {
  const other = wanted.configs.find((config) => config === null || !configs.includes(config))
  return checked(
    'config',
    other === undefined && wanted.configs.length > 0,
    wanted.configs.join(', '),
    `the registry now has ${other ?? 'no image'} under this name, but the verdict does not cover it`,
  )
}

/**
 * Whether it was reached for the image under that name. An archive has none: its config, which is compared anyway, stands
 * for it.
 */
export function isResource(
  { resourceUri, configs }: Pick<AttestedVerdict, 'resourceUri' | 'configs'>,
  wanted: string,
): boolean {
  const purl = parsePurl(resourceUri)
  return purl === null
    ? configs.some((config) => resourceUri === `urn:${config}`)
    : purl.type === 'oci' && purl.qualifiers.get('repository_url') === wanted
}

/** https://slsa.dev/spec/v1.1/verification_summary, "How to verify", step 5. */
function resourceCheck(verdict: AttestedVerdict, { resource }: WantedVerdict): VerdictCheck {
  const refusal = `the image was judged as ${verdict.resourceUri}, not as ${resource}; if this is a copy, specify the original with --resource`
  return checked('resource', isResource(verdict, resource), verdict.resourceUri, refusal)
}

function policyCheck({ policyDigest }: AttestedVerdict, wanted: WantedVerdict): VerdictCheck {
  if (wanted.policyDigest === null) {
    const text = `${policyDigest}; to check it, pass --policy or --policy-digest`
    return { name: 'policy', state: 'unchecked', text }
  }
  const refusal = `the image was judged by policy ${policyDigest}, not by ${wanted.policyDigest}`
  return checked('policy', policyDigest === wanted.policyDigest, policyDigest, refusal)
}

function ageCheck({ time }: AttestedVerdict, { now, mostHours }: WantedVerdict): VerdictCheck {
  const at = new Date(time).toISOString()
  if (time > now + SKEW_MS) {
    return { name: 'age', state: 'refused', text: `the verdict is dated ${at}, which is in the future` }
  }
  const text = `${Math.max(0, Math.floor((now - time) / HOUR_MS))} h old (${at}); the limit is ${mostHours} h`
  return checked('age', now - time <= mostHours * HOUR_MS, text, `the verdict is ${text} (--max-age)`)
}

function versionCheck({ verifier }: AttestedVerdict, { leastVersion }: WantedVerdict): VerdictCheck {
  const name = 'verifier'
  const { id, version } = verifier
  if (id !== VERIFIER_ID) {
    return { name, state: 'refused', text: `the image was judged by ${id}, not by ${VERIFIER_ID}` }
  }
  if (leastVersion === null) {
    return { name, state: 'unchecked', text: `${version}; to check it, pass --min-version` }
  }
  const refusal = `the image was judged by version ${version}, but the minimum is ${leastVersion}`
  return checked(name, valid(version) !== null && gte(version, leastVersion), version, refusal)
}

function resultCheck({ result, levels }: AttestedVerdict, { strict }: WantedVerdict): VerdictCheck {
  const name = 'result'
  const results = [result, ...levels].join(' ')
  if (result !== 'PASSED' || !levels.includes(PASS_LEVEL)) {
    return { name, state: 'refused', text: results }
  }
  const refusal = `${results}: with --strict, ${PASS_LEVEL} must be the only level`
  return checked(name, !strict || levels.length === 1, results, refusal)
}
