import { hintOf, type KeySigner } from './key.js'

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export interface SignedStatement {
  /** The DSSE envelope, for verifiers that read files. */
  readonly envelope: string
  /** The same in a sigstore bundle, with the key's hint, as registries keep it. */
  readonly bundle: string
}

/** Signs an in-toto statement, as it is. */
export async function signStatement(
  statement: string,
  { publicKey, sign }: KeySigner,
  signal: AbortSignal,
): Promise<SignedStatement> {
  const signature = await sign(preAuthEncoding(statement), signal)
  const envelope = {
    payload: Buffer.from(statement).toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ sig: signature.toString('base64') }],
  }
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: hintOf(publicKey) } },
    dsseEnvelope: envelope,
  }
  return { envelope: `${JSON.stringify(envelope)}\n`, bundle: JSON.stringify(bundle) }
}

/** What DSSE signs (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md). */
function preAuthEncoding(payload: string): string {
  const length = (text: string) => Buffer.byteLength(text)
  return `DSSEv1 ${length(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${length(payload)} ${payload}`
}
