import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import mock from '@sigstore/mock'
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'

/**
 * A stand-in of sigstore's services, made by sigstore's own @sigstore/mock: certificate authority, certificate log and
 * transparency log with keys of their own. What it signs has the form that actions/attest and cosign write.
 */
export interface StandInSigstore {
  /** The trusted root document of this stand-in. */
  readonly trustedRoot: string
  readonly attest: (statement: unknown, signer?: Partial<StandInSigner>) => Promise<string>
}

export interface StandInSigner {
  readonly identity: string
  readonly issuer: string
  readonly repository: string | null
  readonly payloadType: string
}

export const ISSUER = 'https://token.actions.githubusercontent.com'
export const REPOSITORY = 'https://github.com/acme/app'
export const IDENTITY = `${REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.2.3`
const SIGNER: StandInSigner = {
  identity: IDENTITY,
  issuer: ISSUER,
  repository: REPOSITORY,
  payloadType: 'application/vnd.in-toto+json',
}
const REKOR = 'https://rekor.sigstore.dev'

/**
 * @param clock when it signs, unless a test needs an old signature a minute from now: the root certificate is valid
 * from when it is made, which takes a while on a busy machine, and a signature from before that does not hold
 */
export async function standInSigstore(clock = new Date(Date.now() + 60_000)): Promise<StandInSigstore> {
  const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ctLog = await mock.initializeCTLog(keys(), clock)
  const ca = await mock.initializeCA(generateKeyPairSync('ec', { namedCurve: 'P-384' }), ctLog, clock)
  const tlog = await mock.initializeTLog(REKOR, keys(), clock)
  const start = new Date(0)
  const logOf = (baseUrl: string, publicKey: Buffer) => ({
    baseUrl,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: {
      rawBytes: publicKey,
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start },
    },
    logId: { keyId: createHash('sha256').update(publicKey).digest() },
    checkpointKeyId: undefined,
    operator: 'stand-in',
  })
  const root = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [
      {
        subject: { commonName: 'sigstore', organization: 'stand-in' },
        uri: 'https://fulcio.sigstore.dev',
        certChain: { certificates: [{ rawBytes: bytesOf(ca.rootCertificate) }] },
        validFor: { start },
        operator: 'stand-in',
      },
    ],
    ctlogs: [logOf('https://ctfe.sigstore.dev', ctLog.publicKey)],
    tlogs: [logOf(REKOR, tlog.publicKey)],
    timestampAuthorities: [],
  }
  return {
    trustedRoot: JSON.stringify(TrustedRoot.toJSON(root)),
    async attest(statement, signer = {}) {
      const { identity, issuer, repository, payloadType } = { ...SIGNER, ...signer }
      const { publicKey, privateKey } = keys()
      const certificate = bytesOf(
        await ca.issueCertificate({
          publicKey: Buffer.from(publicKey.export({ format: 'der', type: 'spki' })),
          subjectAltName: identity,
          extensions: [
            { oid: '1.3.6.1.4.1.57264.1.1', value: issuer, legacy: true },
            { oid: '1.3.6.1.4.1.57264.1.8', value: issuer },
            ...(repository === null ? [] : [{ oid: '1.3.6.1.4.1.57264.1.12', value: repository }]),
          ],
        }),
      )
      const payload = Buffer.from(typeof statement === 'string' ? statement : JSON.stringify(statement))
      const sig = signDsse(payloadType, payload, privateKey)
      const entry = Object.values(await tlog.log(dsseEntry(payloadType, payload, sig, certificate)))[0]
      return JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: certificate.toString('base64') },
          tlogEntries: [protobufEntry(entry as unknown as RekorEntry)],
        },
        dsseEnvelope: {
          payload: payload.toString('base64'),
          payloadType,
          signatures: [{ sig: sig.toString('base64') }],
        },
      })
    },
  }
}

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
}

/** The pre-authentication encoding of DSSE. */
function signDsse(type: string, payload: Buffer, key: KeyObject): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `
  return sign('sha256', Buffer.concat([Buffer.from(head), payload]), key)
}

/** What Rekor keeps of an envelope: its type `dsse`. */
function dsseEntry(payloadType: string, payload: Buffer, sig: Buffer, certificate: Buffer) {
  const sha256 = (of: Buffer | string) => createHash('sha256').update(of).digest('hex')
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  const envelope = JSON.stringify({
    payload: payload.toString('base64'),
    payloadType,
    signatures: [{ sig: sig.toString('base64') }],
  })
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: sha256(envelope) },
      payloadHash: { algorithm: 'sha256', value: sha256(payload) },
      signatures: [{ signature: sig.toString('base64'), verifier: Buffer.from(pem).toString('base64') }],
    },
  }
}

interface RekorEntry {
  readonly body: string
  readonly integratedTime: number
  readonly logID: string
  readonly logIndex: number
  readonly verification: {
    readonly signedEntryTimestamp: string
    readonly inclusionProof: {
      readonly logIndex: number
      readonly treeSize: number
      readonly checkpoint: string
      readonly rootHash: string
    }
  }
}

function protobufEntry({ body, integratedTime, logID, logIndex, verification }: RekorEntry) {
  const { inclusionProof: proof, signedEntryTimestamp } = verification
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: String(integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(proof.logIndex),
      rootHash: Buffer.from(proof.rootHash, 'hex').toString('base64'),
      treeSize: String(proof.treeSize),
      hashes: [],
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: body,
  }
}
