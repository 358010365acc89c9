import type { KeyObject } from 'node:crypto'
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { type Signer, toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { messageOf, SeaworthyError } from '../../model/index.js'
import type { TrustedRoots } from './trusted-roots.js'

interface WantedSigner {
  /**
   * The certificate's whole subject alternative name: for GitHub the URL of the workflow with its ref. It may end in
   * `*` after `@refs/heads/` or `@refs/tags/`, because each release has its own ref.
   */
  readonly identity: string
  /** The whole issuer of the OpenID Connect token: `https://token.actions.githubusercontent.com`. */
  readonly issuer: string
  /**
   * URL of the repository whose run signed it; `null`: the one that the identity is in. A reusable workflow is the
   * identity of everyone who calls it, from any repository.
   */
  readonly repository: string | null
}

/** Fulcio's certificate extension with the repository of the run that signed ("Source Repository URI"). */
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12'
/** Bytes: GitHub accepts predicates of at most 16 MiB, and base64 makes them a third larger. */
export const MAX_BUNDLE_BYTES = 24 * 2 ** 20

/** What is wrong with a requested identity, in words; `null` if it may be used. */
export function identityError(identity: string): string | null {
  if (identity.trim() === '' || identity.trim() !== identity) {
    return 'it is empty, or has leading or trailing whitespace'
  }
  const stars = identity.split('*').length - 1
  if (stars > 0 && !(stars === 1 && /@refs\/(?:heads|tags)\/[^*]*\*$/.test(identity))) {
    return '* is allowed only once, at the end, after @refs/heads/ or @refs/tags/; otherwise any workflow could match'
  }
  return null
}

/**
 * Verifies a sigstore bundle (an in-toto statement in a DSSE envelope): certificate, its transparency, log entry or
 * timestamp, signature, identity, issuer and repository. Everything that a root provides for is required: if it has
 * logs, an entry in one of them. Offline.
 * @returns what was signed, and by whom; `repository` is `null` if the certificate names none, as for a person's address
 * @throws SeaworthyError bundle-malformed, signature-refused
 */
export function verifyBundle(text: string, roots: TrustedRoots, wanted: WantedSigner, where: string) {
  const error = identityError(wanted.identity)
  if (error !== null || wanted.issuer === '') {
    throw new SeaworthyError({ code: 'bad-input', what: `identity: ${error ?? 'no issuer'}`, where })
  }
  const bundle = read(text, where)
  if (bundle.content.$case !== 'dsseEnvelope') {
    throw malformed('it signs a file instead of a statement', where)
  }
  const { payloadType, payload } = bundle.content.dsseEnvelope
  const { identity, issuer, repository } = verified(bundle, roots, where)
  const refused = (what: string) => new SeaworthyError({ code: 'signature-refused', what, where })
  if (identity === null || !isIdentity(identity, wanted.identity)) {
    throw refused(`it was signed by ${identity ?? 'an unnamed signer'}, not by ${wanted.identity}`)
  }
  if (issuer !== wanted.issuer) {
    const other = issuer ?? 'an unnamed issuer'
    throw refused(`the signer's identity was vouched for by ${other}, not by ${wanted.issuer}`)
  }
  const isOwn =
    wanted.repository === null
      ? repository === null || identity.startsWith(`${repository}/`)
      : repository === wanted.repository
  if (!isOwn) {
    const right = wanted.repository ?? "the workflow's own repository"
    throw refused(`it was signed in a run of ${repository ?? 'an unnamed repository'}, not of ${right}`)
  }
  return { payloadType, payload: payload.toString('utf8'), identity, issuer, repository }
}

/**
 * Verifies a bundle that was signed by a key. Which key that is comes from the caller alone: the bundle's hint, its log
 * entries and its timestamps are not looked at, because they say nothing that the signature does not.
 * @throws SeaworthyError bundle-malformed, signature-refused
 */
export function verifyKeyBundle(text: string, key: KeyObject, where: string) {
  const bundle = read(text, where)
  const { content, verificationMaterial } = bundle
  if (content.$case !== 'dsseEnvelope') {
    throw malformed('it signs a file instead of a statement', where)
  }
  const refused = (what: string) => new SeaworthyError({ code: 'signature-refused', what, where })
  if (verificationMaterial.content.$case !== 'publicKey') {
    throw refused('it was signed by the holder of a certificate, not by the key')
  }
  const trust = toTrustMaterial(NO_ROOT, () => ({ publicKey: key, validFor: () => true }))
  const verifier = new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 })
  try {
    verifier.verify({ ...toSignedEntity(bundle), tlogEntries: [], timestamps: [] })
  } catch (error) {
    throw refused(`the signature is not by the key: ${messageOf(error)}`)
  }
  const { payloadType, payload } = content.dsseEnvelope
  return { payloadType, payload: payload.toString('utf8') }
}

const NO_ROOT = TrustedRoot.fromJSON({})

type Bundle = ReturnType<typeof bundleFromJSON>

function read(text: string, where: string): Bundle {
  if (text.length > MAX_BUNDLE_BYTES) {
    throw malformed('it is too large', where)
  }
  try {
    return bundleFromJSON(JSON.parse(text))
  } catch (error) {
    throw malformed(messageOf(error), where)
  }
}

function verified(bundle: Bundle, roots: TrustedRoots, where: string) {
  const errors: string[] = []
  for (const root of roots) {
    try {
      const threshold = (authorities: readonly unknown[]) => (authorities.length > 0 ? 1 : 0)
      const verifier = new Verifier(toTrustMaterial(root), {
        ctlogThreshold: threshold(root.ctlogs),
        tlogThreshold: threshold(root.tlogs),
        timestampThreshold: 1,
      })
      return namesOf(verifier.verify(toSignedEntity(bundle)))
    } catch (error) {
      errors.push(messageOf(error))
    }
  }
  const why = [...new Set(errors)].join('; ')
  throw new SeaworthyError({ code: 'signature-refused', what: `the signature is not valid: ${why}`, where })
}

function namesOf({ identity }: Signer) {
  const extension = identity?.oids?.find(({ oid }) => oid?.id.join('.') === SOURCE_REPOSITORY)
  return {
    identity: identity?.subjectAlternativeName ?? null,
    issuer: identity?.extensions?.issuer ?? null,
    repository: extension === undefined ? null : utf8String(extension.value),
  }
}

/** The value of Fulcio's extensions from .8 on is an UTF8String in DER. */
function utf8String(der: Uint8Array): string | null {
  const [tag, length = 0, ...rest] = der
  // A length above 127 is written in further bytes, and this one says how many.
  const skipped = length < 128 ? 0 : length - 128
  return tag === 0x0c && skipped <= 2 ? Buffer.from(rest.slice(skipped)).toString('utf8') : null
}

function isIdentity(identity: string, wanted: string): boolean {
  if (!wanted.endsWith('*')) {
    return identity === wanted
  }
  const beginning = wanted.slice(0, -1)
  return identity.startsWith(beginning) && identity.length > beginning.length
}

function malformed(why: string, where: string) {
  return new SeaworthyError({
    code: 'bundle-malformed',
    what: `this is not a sigstore bundle: ${why}`,
    where,
  })
}
