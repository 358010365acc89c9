import { readJudging } from '../inputs/policies.js'
import { WORK_TREE } from '../inputs/policy-files.js'
import { INPUTS } from '../inputs/table.js'
import { exists, readText } from '../io/files/files.js'
import { dockerLogins } from '../io/registry/login.js'
import { readInRegistry } from '../io/registry/read-back.js'
import { readReferrers } from '../io/registry/referrers.js'
import { firstOf, listText, plural, problemOf, type Reference, SeaworthyError } from '../model/index.js'
import { policyDigest } from '../policy/policy.js'
import {
  type AttestedVerdict,
  checkVerdict,
  isResource,
  readAttestedVerdict,
  type VerdictCheck,
  type WantedVerdict,
} from '../reports/read-vsa.js'

/** The request of `seaworthy verify`. */
export interface VerifyRequest extends Omit<WantedVerdict, 'configs' | 'now'> {
  readonly reference: string
  readonly name: Reference & { readonly digest: string }
  /** File with the public key that must have signed; `null`: the identity must. */
  readonly key: string | null
  readonly identity: string
  readonly issuer: string
  readonly repository: string | null
  /** File with trusted roots; `null`: that of sigstore's public instance. */
  readonly trustedRoot: string | null
  /** File with bundles; `null`: ask the registry. */
  readonly bundle: string | null
}

/** Limit for one request, in milliseconds. */
const REQUEST_MS = 30_000
/** How many refused verdicts are reported. */
const MAX_SHOWN = 5

/**
 * Gets the attested verdict on an image, and compares it with the requirements. Of several valid ones the newest
 * counts, since an image may have failed after it passed. If a policy is named, verdicts by other policies do not
 * count, and are reported; nor does a pass under another name if there is a verdict under this one. For an index,
 * each platform's own verdicts are read too: a newer one about a platform counts as well.
 * @throws SeaworthyError if nobody could be asked, or something passed in cannot be used
 */
export async function verifyImage(
  request: VerifyRequest,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<{ readonly isGood: boolean; readonly checks: readonly VerdictCheck[] }> {
  const options = { logins: dockerLogins(), signal, timeoutMs: REQUEST_MS }
  const { bundle, name } = request
  const check = await signatureCheck(request)
  const fromFile = bundle === null ? null : { bundles: bundlesIn(fileText(bundle), bundle), by: bundle }
  const readAll = async (digest: string) => {
    const found = fromFile ?? (await readReferrers({ ...name, digest }, options))
    const read = found.bundles.map((one) => readOne(one, digest, check))
    return { read, signed: read.flatMap((one) => ('verdict' in one ? [one] : [])), by: found.by }
  }
  const { read, signed, by } = await readAll(name.digest)
  const verdictsOfPolicy = (all: readonly SignedVerdict[]) =>
    all.filter(({ verdict }) => [null, verdict.policyDigest].includes(request.policyDigest))
  const newestOf = (all: readonly SignedVerdict[]) => {
    const newest = all.toSorted(newestFirst)
    const isOfName = ({ verdict }: SignedVerdict) =>
      verdict.result === 'FAILED' || isResource(verdict, request.resource)
    return newest.find(isOfName) ?? newest[0]
  }
  const newest = newestOf(verdictsOfPolicy(signed)) ?? newestOf(signed)
  if (newest === undefined) {
    const refused = read.flatMap((one) => ('refused' in one ? [one.refused] : []))
    return { isGood: false, checks: [...noVerdict(refused, by), sourceCheck([by], name.digest)] }
  }
  const inRegistry = await readInRegistry(request.reference, name, options)
  const configs = inRegistry.manifests.map(({ config }) => config)
  const requirements = { ...request, now: now.getTime() }
  const all = [...read]
  const counting = [newest]
  const ofPlatforms: VerdictCheck[] = []
  const sources = [by]
  for (const { digest, config, platform } of inRegistry.isIndex ? inRegistry.manifests : []) {
    const own = await readAll(digest)
    all.push(...own.read)
    sources.push(own.by)
    const verdictsOfImage =
      config === null ? [] : signed.filter(({ verdict }) => verdict.configs.includes(config))
    const last = newestOf(verdictsOfPolicy([...verdictsOfImage, ...own.signed]))
    if (last !== undefined && last !== newest) {
      counting.push(last)
      const checks = checkVerdict(last.verdict, { ...requirements, configs: [config] })
      ofPlatforms.push(...platformChecks(platform, checks))
    }
  }
  const checks: readonly VerdictCheck[] = [
    { name: 'signature', state: 'ok', text: newest.signer },
    { name: 'subject', state: 'ok', text: name.digest },
    sourceCheck(sources, name.digest),
    ...othersCheck(all, counting),
    ...ofPlatforms,
    ...checkVerdict(newest.verdict, { ...requirements, configs }),
  ]
  return { isGood: checks.every(({ state }) => state !== 'refused'), checks }
}

/** Where the verdicts were read, and what it may leave out: only a registry keeps a list that nobody can overwrite. */
function sourceCheck(sources: readonly string[], digest: string): VerdictCheck {
  const name = 'source'
  const tag = digest.replace(':', '-')
  const file = sources.find((source) => source !== 'tag' && source !== 'referrers API')
  if (file !== undefined) {
    return { name, state: 'unchecked', text: `${file}; a newer verdict in the registry was not looked for` }
  }
  const text = `the tag ${tag}, because the registry does not have the referrers API; anyone who can push may have overwritten the tag, which hides verdicts`
  return sources.includes('tag')
    ? { name, state: 'unchecked', text }
    : { name, state: 'ok', text: "the registry's referrers API" }
}

/** Why a platform's own newest verdict is refused; else that there is one. */
function platformChecks(platform: string, checks: readonly VerdictCheck[]): readonly VerdictCheck[] {
  const name = 'platform'
  const refused = checks.filter(({ state }) => state === 'refused')
  const refusal = (text: string) => `${platform}, according to its newest verdict: ${text}`
  return refused.length === 0
    ? [{ name, state: 'ok', text: `${platform}: passed in a newer verdict that covers only this platform` }]
    : refused.map(({ text }) => ({ name, state: 'refused', text: refusal(text) }))
}

/**
 * Verdicts by the same signer that do not count, and signed documents that cannot be read: the report mentions them.
 */
function othersCheck(read: readonly ReadOne[], counting: readonly SignedVerdict[]): readonly VerdictCheck[] {
  const keyOf = ({ verdict }: SignedVerdict) => JSON.stringify(verdict)
  const countingKeys = new Set(counting.map(keyOf))
  const signed = read.flatMap((one) => ('verdict' in one ? [[keyOf(one), one.verdict] as const] : []))
  const otherSigned = [...new Map(signed.filter(([key]) => !countingKeys.has(key))).values()]
  const lost = read.filter((one) => 'refused' in one && one.isLost).length
  const textOf = ({ result, time, policyDigest }: AttestedVerdict) =>
    `${result} on ${new Date(time).toISOString()} under policy ${policyDigest.slice(0, 19)}`
  const otherVerdicts = otherSigned.toSorted((a, b) => b.time - a.time).map(textOf)
  const texts = [
    ...(otherVerdicts.length === 0 ? [] : [`ignored: ${listText(otherVerdicts, MAX_SHOWN)}`]),
    ...(lost === 0 ? [] : [`${plural(lost, 'attestation')} listed by the registry cannot be read`]),
  ]
  return texts.length === 0 ? [] : [{ name: 'others', state: 'unchecked', text: texts.join('; ') }]
}

/** Of two with the same time the worse one counts. */
function newestFirst(a: SignedVerdict, b: SignedVerdict): number {
  const isFailed = ({ result }: AttestedVerdict) => Number(result === 'FAILED')
  return b.verdict.time - a.verdict.time || isFailed(b.verdict) - isFailed(a.verdict)
}

interface CheckedSignature {
  readonly payloadType: string
  readonly payload: string
  /** In words. */
  readonly signer: string
}
/** Throws bundle-malformed, signature-refused. */
type SignatureCheck = (text: string, where: string) => CheckedSignature

/** Who signs is only what the request says, never what an image or its registry says. */
async function signatureCheck(request: VerifyRequest): Promise<SignatureCheck> {
  const { verifyBundle, verifyKeyBundle } = await import('../io/sigstore/verify-bundle.js')
  const { key, trustedRoot, identity, issuer, repository } = request
  if (key !== null) {
    const { readPublicKey, fingerprintOf } = await import('../io/sigstore/key.js')
    const publicKey = readPublicKey(key, '--key')
    const signer = `the key ${fingerprintOf(publicKey)}`
    return (text, where) => ({ ...verifyKeyBundle(text, publicKey, where), signer })
  }
  const { publicGoodRoots, readTrustedRoots } = await import('../io/sigstore/trusted-roots.js')
  const roots =
    trustedRoot === null ? publicGoodRoots() : readTrustedRoots(fileText(trustedRoot), trustedRoot)
  return (text, where) => {
    const signed = verifyBundle(text, roots, { identity, issuer, repository }, where)
    const run = signed.repository === null ? '' : `, in a run of ${signed.repository}`
    return { ...signed, signer: `${signed.identity}${run}` }
  }
}

interface SignedVerdict {
  readonly verdict: AttestedVerdict
  readonly signer: string
}
/** `isLost`: it is listed in the registry, but cannot be read. */
type ReadOne = SignedVerdict | { readonly refused: string; readonly isLost?: true }

function readOne(
  { text, where }: { readonly text: string | null; readonly where: string },
  digest: string,
  check: SignatureCheck,
): ReadOne {
  if (text === null) {
    return { refused: `${where}: it cannot be read`, isLost: true }
  }
  try {
    const signed = check(text, where)
    const verdict = readAttestedVerdict(signed.payloadType, signed.payload)
    if (verdict === null) {
      return { refused: `${where}: it is signed, but is not a Seaworthy verdict` }
    }
    if (!verdict.subjects.includes(digest)) {
      return { refused: `${where}: it is for a different image (${verdict.subjects.slice(0, 3).join(', ')})` }
    }
    return { verdict, signer: signed.signer }
  } catch (error) {
    const { code, what } = problemOf(error, where)
    if (code === 'bundle-malformed' || code === 'signature-refused') {
      return { refused: `${where}: ${what}` }
    }
    throw error
  }
}

function noVerdict(refused: readonly string[], by: string): readonly VerdictCheck[] {
  const none = `there is no attested verdict for this image (${by})`
  const texts = refused.length === 0 ? [none] : firstOf(refused, MAX_SHOWN)
  return texts.map((text) => ({ name: 'verdict', state: 'refused', text }))
}

/** A bundle, or one per line, as `gh attestation download` writes them. */
function bundlesIn(text: string, where: string) {
  try {
    JSON.parse(text)
    return [{ text, where }]
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.map((line, at) => ({ text: line, where: lines.length === 1 ? where : `${where}:${at + 1}` }))
  }
}

function fileText(path: string): string {
  const text = readText(path)
  if (text === null) {
    throw new SeaworthyError({ code: 'file-unreadable', what: 'there is no such file', where: path })
  }
  return text
}

/**
 * The digest of the policy in a folder, as in a run with that folder: missing files are the built-in defaults.
 * @param inputs of the run that are part of its policy, by name
 */
export function policyDigestOf(folder: string, inputs: ReadonlyMap<string, string>, today: string): string {
  if (!exists(folder)) {
    const what = 'there is no such folder'
    const todo = 'specify the folder that contains gate.yml'
    throw new SeaworthyError({ code: 'policy-missing', what, where: folder, todo })
  }
  const defaults = new Map(INPUTS.map((input) => [input.name, input.default]))
  const inputOf = (name: string) =>
    name === 'policies' ? folder : (inputs.get(name) ?? defaults.get(name) ?? '')
  return policyDigest(readJudging(inputOf, today, { ...WORK_TREE, mayLackAll: true }).policy)
}
