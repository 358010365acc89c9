import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hintOf, openKey, readPublicKey, signStatement } from '../../../../src/io/sigstore/key.js'
import { verifyKeyBundle } from '../../../../src/io/sigstore/verify-bundle.js'
import { aKey, type KeyFiles } from '../../../support/keys.js'
import { problemThrownBy } from '../../../support/problems.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { standInSigstore } from '../../../support/sigstore.js'

const STATEMENT = `${JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', text: 'größer' })}\n`
const PASSWORD = 'correct horse battery'
const never = new AbortController().signal
let folder: string
let key: KeyFiles
let other: KeyFiles
let encrypted: KeyFiles
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-'))
  key = aKey(folder)
  other = aKey(folder, 'other')
  encrypted = aKey(folder, 'encrypted', { password: PASSWORD })
})
afterAll(() => rmSync(folder, { recursive: true }))

const publicOf = ({ publicFile }: KeyFiles) => createPublicKey(readFileSync(publicFile))
const signed = (source: string, env: NodeJS.ProcessEnv = {}, publicKey = null) =>
  signStatement(STATEMENT, openKey(source, publicKey, env), never)

describe('a key that signs', () => {
  test('when it is a file, then envelope and bundle have a DSSE signature that its public half verifies', async () => {
    const { envelope, bundle } = await signed(key.privateFile)
    const { payload, payloadType, signatures } = JSON.parse(envelope)
    expect(Buffer.from(payload, 'base64').toString('utf8')).toBe(STATEMENT)
    const bytes = Buffer.from(STATEMENT)
    // The specification's own words, with the length in bytes.
    const message = Buffer.concat([
      Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `),
      bytes,
    ])
    const signature = Buffer.from(signatures[0].sig, 'base64')
    expect(verify('sha256', message, publicOf(key), signature)).toBe(true)
    const { verificationMaterial, dsseEnvelope } = JSON.parse(bundle)
    expect(dsseEnvelope).toEqual(JSON.parse(envelope))
    expect(verificationMaterial).toEqual({ publicKey: { hint: hintOf(publicOf(key)) } })
  })

  test.each(['file', 'variable'])('when it is an encrypted %s, then its password opens it', async (place) => {
    const env = { SEAWORTHY_KEY_PASSWORD: PASSWORD, VERDICT_KEY: encrypted.pem }
    const { bundle } = await signed(place === 'file' ? encrypted.privateFile : 'env://VERDICT_KEY', env)
    expect(verifyKeyBundle(bundle, publicOf(encrypted), 'b').payload).toBe(STATEMENT)
  })

  test('when it was read, then the environment has neither it nor its password, whatever comes of it', () => {
    const env = { VERDICT_KEY: encrypted.pem, SEAWORTHY_KEY_PASSWORD: PASSWORD, HOME: '/root' }
    openKey('env://VERDICT_KEY', null, env)
    expect(env).toEqual({ HOME: '/root' })
    const wrong = { VERDICT_KEY: encrypted.pem, SEAWORTHY_KEY_PASSWORD: 'wrong' }
    expect(() => openKey('env://VERDICT_KEY', null, wrong)).toThrow('the password is wrong')
    expect(wrong).toEqual({})
  })

  test('when a command signs, then it gets the message, and its signature is checked', async () => {
    const sign = (file: string) => `exec:openssl dgst -sha256 -sign '${file}' | base64`
    const by = (source: string) =>
      signStatement(STATEMENT, openKey(source, publicOf(key), { PATH: process.env.PATH }), never)
    const { bundle } = await by(sign(key.privateFile))
    expect(verifyKeyBundle(bundle, publicOf(key), 'b').payload).toBe(STATEMENT)
    for (const [source, why] of [
      [sign(other.privateFile), 'not a signature by --public-key'],
      ['exec:true', 'not a signature by --public-key'],
      ['exec:echo a-secret; echo a-secret >&2; exit 7', 'the command that signs failed (exit 7)'],
    ] as const) {
      const problem = await problemOfRejected(by(source))
      expect(problem).toMatchObject({ code: 'not-signed', what: expect.stringContaining(why) })
      expect(JSON.stringify(problem)).not.toContain('a-secret')
    }
  })

  const ed25519 = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
  const sec1 = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'sec1' })
  test.each<[string, () => string | Buffer, string]>([
    ['of another curve', () => aKey(folder, 'p384', { curve: 'P-384' }).pem, 'another kind (secp384r1)'],
    ['of another kind', ed25519, 'another kind (ed25519)'],
    ['in SEC 1', sec1, 'not a PKCS#8 private key, but EC PRIVATE KEY'],
    ['encrypted without a password', () => encrypted.pem, 'SEAWORTHY_KEY_PASSWORD is not set'],
    ['cut off', () => key.pem.slice(0, 80), 'the key is damaged'],
    ['no PEM at all', () => key.lines.join(''), 'but no key in PEM'],
    ['empty', () => '', 'but no key in PEM'],
  ])('when it is %s, then the error says so, and no more', (_, text, why) => {
    const file = join(folder, 'bad.key')
    const content = text()
    writeFileSync(file, content)
    const problem = problemThrownBy(() => openKey(file, null, {}))
    expect(problem).toMatchObject({ code: 'key-unusable', what: expect.stringContaining(why) })
    const lines = String(content)
      .split('\n')
      .filter((line) => /^[A-Za-z0-9+/]{8}/.test(line))
    for (const line of lines) {
      expect(JSON.stringify(problem)).not.toContain(line)
    }
  })

  test('when it is passed as an argument, then it is neither used nor repeated', () => {
    const problem = problemThrownBy(() => openKey(key.pem, null, {}))
    expect(problem).toMatchObject({ code: 'key-unusable', what: expect.stringContaining('a key itself') })
    expect(JSON.stringify(problem)).not.toContain(key.lines[0])
    const oneLine = problemThrownBy(() => openKey(key.lines.join(''), null, {}))
    expect(oneLine.code).toBe('file-unreadable')
    expect(JSON.stringify(oneLine)).not.toContain(key.lines[0])
  })
})

describe('a public key', () => {
  test('when it is a private one, a certificate, or of another kind, then it is refused', () => {
    const p384 = aKey(folder, 'p384', { curve: 'P-384' })
    for (const [file, why] of [
      [key.privateFile, 'not a public key in PEM'],
      [p384.publicFile, 'another kind'],
    ] as const) {
      expect(problemThrownBy(() => readPublicKey(file, '--key')).what).toContain(why)
    }
    expect(() => readPublicKey(join(folder, 'none'), '--key')).toThrow('there is no such file')
  })
})

describe('a bundle that a key has signed', () => {
  const change = (text: string, of: (document: ReturnType<typeof JSON.parse>) => void) => {
    const document = JSON.parse(text)
    of(document)
    return JSON.stringify(document)
  }

  test('when anything is altered, or another key or a workflow has signed, then it is refused', async () => {
    const { bundle } = await signed(key.privateFile)
    const refused = (text: string, by = key) =>
      problemThrownBy(() => verifyKeyBundle(text, publicOf(by), 'b'))
    const altered = change(bundle, ({ dsseEnvelope }) => {
      dsseEnvelope.payload = Buffer.from(STATEMENT.replace('text', 'test')).toString('base64')
    })
    const otherType = change(bundle, ({ dsseEnvelope }) => {
      dsseEnvelope.payloadType = 'text/plain'
    })
    expect([refused(altered).code, refused(otherType).code, refused(bundle, other).code]).toEqual(
      Array(3).fill('signature-refused'),
    )
    const { attest } = await standInSigstore()
    expect(refused(await attest({ a: 1 })).what).toContain('the holder of a certificate')
    expect(refused('{}').code).toBe('bundle-malformed')
  })

  test('when its hint names another key, then still only the caller’s key counts', async () => {
    const { bundle } = await signed(key.privateFile)
    const renamed = change(bundle, ({ verificationMaterial }) => {
      verificationMaterial.publicKey.hint = hintOf(publicOf(other))
    })
    expect(verifyKeyBundle(renamed, publicOf(key), 'b').payload).toBe(STATEMENT)
    expect(() => verifyKeyBundle(renamed, publicOf(other), 'b')).toThrow('not by the key')
  })
})
