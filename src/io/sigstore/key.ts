import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { SeaworthyError } from '../../model/index.js'
import { readPlain } from '../files/files.js'
import { commandEnvironment } from '../process/command.js'
import { endText, execute } from '../process/exec.js'

/**
 * Signs by a key. Only `sign` holds the private key, and no error says anything about its content, nor repeats what
 * was passed, since that could be a key by mistake.
 */
export interface KeySigner {
  readonly publicKey: KeyObject
  /** @returns an ASN.1 DER signature, ECDSA with SHA-256 */
  readonly sign: (message: string, signal: AbortSignal) => Promise<Buffer>
}

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
/** Read and removed by `openKey`. */
const PASSWORD_VARIABLE = 'SEAWORTHY_KEY_PASSWORD'
const WHERE = '--key'
/** Limit for a signature, in milliseconds: a hardware token may wait for a person to touch it. */
const SIGN_MS = 120_000
const VARIABLE = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/

/**
 * Opens the key that `--key` names: a file, `env://NAME`, or `exec:COMMAND`, which signs standard input. Takes the key
 * and its password out of `env`, so that no process started later inherits them.
 * @param publicKey of the command's key; `null` for the others, which contain it
 * @throws SeaworthyError key-unusable, file-unreadable
 */
export function openKey(source: string, publicKey: KeyObject | null, env: NodeJS.ProcessEnv): KeySigner {
  const password = env[PASSWORD_VARIABLE]
  delete env[PASSWORD_VARIABLE]
  if (source.startsWith('exec:')) {
    return commandSigner(source.slice('exec:'.length), publicKey)
  }
  const privateKey = privateKeyIn(pemOf(source, env), password)
  const publicKeyOfSigner = createPublicKey(privateKey)
  refuseOtherKinds(publicKeyOfSigner, WHERE)
  const signByKey = async (message: string) => sign('sha256', Buffer.from(message), privateKey)
  return { publicKey: publicKeyOfSigner, sign: signByKey }
}

/** @throws SeaworthyError key-unusable, file-unreadable */
export function readPublicKey(path: string, flag: string): KeyObject {
  const text = readExisting(path, flag)
  // Node would derive the public key from a private one, and nobody would notice that a private key is stored there.
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(text)) {
    throw unusable('this is not a public key in PEM (BEGIN PUBLIC KEY)', flag)
  }
  let key: KeyObject
  try {
    key = createPublicKey(text)
  } catch {
    throw unusable('the public key cannot be read', flag)
  }
  refuseOtherKinds(key, flag)
  return key
}

/**
 * Signs an in-toto statement, as it is.
 * @returns the DSSE envelope, for verifiers that read files; and the same envelope in a sigstore bundle, with the key's
 * hint, as registries keep it
 */
export async function signStatement(statement: string, { publicKey, sign }: KeySigner, signal: AbortSignal) {
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

/** As cosign writes it: of the key's SubjectPublicKeyInfo. */
export function hintOf(key: KeyObject): string {
  return hash('sha256', publicKeyDer(key), 'base64')
}

/** `sha256:<hex>`, for people. */
export function fingerprintOf(key: KeyObject): string {
  return `sha256:${hash('sha256', publicKeyDer(key))}`
}

function publicKeyDer(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' })
}

function pemOf(source: string, env: NodeJS.ProcessEnv): string {
  const [, name] = VARIABLE.exec(source) ?? []
  if (name !== undefined) {
    const value = env[name]
    delete env[name]
    if (value === undefined || value.trim() === '') {
      throw unusable('the variable is not set, or is empty', `${WHERE} env://${name}`)
    }
    return value
  }
  if (/^env:/.test(source)) {
    throw unusable('a variable is named as env://NAME', WHERE)
  }
  if (/[\n\r]|-----/.test(source)) {
    const what =
      'this is a key itself, which every user of the machine can see among the arguments; replace that key, and pass a file, env://NAME or exec:COMMAND'
    throw unusable(what, WHERE)
  }
  return readExisting(source, WHERE)
}

function readExisting(path: string, where: string): string {
  const text = readPlain(path)
  if (text === null) {
    throw new SeaworthyError({ code: 'file-unreadable', what: 'there is no such file', where })
  }
  return text
}

function privateKeyIn(pem: string, password: string | undefined): KeyObject {
  const [, kind = 'no key in PEM'] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? []
  if (kind !== 'PRIVATE KEY' && kind !== 'ENCRYPTED PRIVATE KEY') {
    throw unusable(`this is not a PKCS#8 private key, but ${kind}`, WHERE)
  }
  const isEncrypted = kind !== 'PRIVATE KEY'
  if (isEncrypted && (password === undefined || password === '')) {
    throw unusable(`the key is encrypted, and ${PASSWORD_VARIABLE} is not set`, WHERE)
  }
  try {
    return createPrivateKey(isEncrypted ? { key: pem, passphrase: password } : pem)
  } catch {
    const what = isEncrypted ? 'the password is wrong, or the key is damaged' : 'the key is damaged'
    throw unusable(what, WHERE)
  }
}

/** One kind, because verifiers do not agree on the hash of the others. */
function refuseOtherKinds(
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
  where: string,
) {
  if (type !== 'ec' || details?.namedCurve !== 'prime256v1') {
    throw unusable(`the key is of another kind (${details?.namedCurve ?? type})`, where)
  }
}

/** The command gets what is signed, and writes the signature in base64. Its output is never shown. */
function commandSigner(command: string, publicKey: KeyObject | null): KeySigner {
  if (command.trim() === '' || publicKey === null) {
    const what = command.trim() === '' ? 'exec: names no command' : 'exec: needs --public-key'
    throw unusable(what, WHERE)
  }
  return {
    publicKey,
    async sign(message, signal) {
      const options = { env: commandEnvironment(), input: message, limitMs: SIGN_MS, signal }
      const ended = await execute('sh', ['-c', command], options)
      if (ended.code !== 0 || ended.late) {
        const how = ended.late ? `did not finish within ${SIGN_MS / 1000} s` : `failed (${endText(ended)})`
        throw notSigned(`the command that signs ${how}`, 'run the command by hand to see its output')
      }
      const signature = Buffer.from(ended.stdout.text, 'base64')
      if (!verify('sha256', Buffer.from(message), publicKey, signature)) {
        const advice =
          'let the command sign its standard input (ECDSA with SHA-256) and print the ASN.1 DER signature in base64; --public-key must be the public half of its key'
        throw notSigned('what the command printed is not a signature by --public-key', advice)
      }
      return signature
    },
  }
}

function notSigned(what: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'not-signed', what, where: WHERE, todo })
}

function unusable(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'key-unusable', what, where })
}
