import { beforeAll, describe, expect, test } from '@jest/globals'
import { publicGoodRoots, readTrustedRoots } from '../../../../src/io/sigstore/trusted-roots.js'
import { identityError, verifyBundle } from '../../../../src/io/sigstore/verify-bundle.js'
import {
  IDENTITY,
  ISSUER,
  REPOSITORY,
  type StandInSigstore,
  standInSigstore,
} from '../../../support/sigstore.js'

const STATEMENT = { _type: 'https://in-toto.io/Statement/v1', subject: [], predicate: { a: 1 } }
const WANTED = { identity: IDENTITY, issuer: ISSUER, repository: null }
let ours: StandInSigstore
let theirs: StandInSigstore
let bundle: string

beforeAll(async () => {
  ours = await standInSigstore()
  theirs = await standInSigstore()
  bundle = await ours.attest(STATEMENT)
})

const verify = (text: string, wanted = {}, roots = ours.trustedRoot) =>
  verifyBundle(text, readTrustedRoots(roots, 'root.json'), { ...WANTED, ...wanted }, 'b.json')

interface BundleDocument {
  readonly verificationMaterial: {
    certificate?: { rawBytes: string } | undefined
    publicKey?: { hint: string }
    tlogEntries: { integratedTime: string }[]
  }
  dsseEnvelope?: { payload: string; payloadType: string; signatures: { sig: string }[] } | undefined
  messageSignature?: unknown
}

const envelopeOf = ({ dsseEnvelope }: BundleDocument) => {
  if (dsseEnvelope === undefined) {
    throw new Error('no envelope')
  }
  return dsseEnvelope
}

/** Changes a copy of the bundle's JSON. */
function changed(change: (document: BundleDocument) => void): string {
  const document = JSON.parse(bundle)
  change(document)
  return JSON.stringify(document)
}

describe('a bundle of a stand-in sigstore', () => {
  test('when the wanted workflow has signed, then the document and its signer come back', () => {
    const { payload, ...signer } = verify(bundle)
    expect(JSON.parse(payload)).toEqual(STATEMENT)
    expect(signer).toEqual({
      payloadType: 'application/vnd.in-toto+json',
      identity: IDENTITY,
      issuer: ISSUER,
      repository: REPOSITORY,
    })
  })

  test('when the identity ends in * behind refs/tags/, then each tag will do, and no branch', async () => {
    const identity = IDENTITY.replace('v1.2.3', 'v*')
    expect(verify(bundle, { identity }).identity).toBe(IDENTITY)
    const branch = await ours.attest(STATEMENT, {
      identity: IDENTITY.replace('refs/tags/v1.2.3', 'refs/heads/main'),
    })
    expect(() => verify(branch, { identity })).toThrow('signed by')
  })

  test('when one of several roots in a file is the right one, then it counts', () => {
    expect(verify(bundle, {}, `${theirs.trustedRoot}\n${ours.trustedRoot}\n`).identity).toBe(IDENTITY)
  })

  test.each([
    [
      'another workflow of the same repository',
      { identity: IDENTITY.replace('release', 'lax') },
      'signed by',
    ],
    [
      'the same workflow of another repository',
      { identity: IDENTITY.replace('acme/app', 'evil/app') },
      'signed by',
    ],
    ['an identity with the wanted one inside', { identity: `https://evil.example/${IDENTITY}` }, 'signed by'],
    ['another issuer', { issuer: 'https://accounts.example' }, 'vouched for by https://accounts.example'],
    [
      'a run of another repository, which calls the workflow',
      { repository: 'https://github.com/evil/app' },
      'in a run of https://github.com/evil/app',
    ],
    [
      'a run of a repository whose name only begins so',
      { repository: 'https://github.com/acme/ap' },
      'in a run of',
    ],
  ])('when %s has signed, then it is refused', async (_, signer, message) => {
    const forged = await ours.attest(STATEMENT, signer)
    expect(() => verify(forged)).toThrow(message)
  })

  test('when the reusable workflow lies elsewhere and the caller is named, then it counts', async () => {
    const identity = 'https://github.com/seaworthy/seaworthy/.github/workflows/gate-release.yml@refs/tags/v1'
    const called = await ours.attest(STATEMENT, { identity })
    expect(() => verify(called, { identity })).toThrow('in a run of')
    expect(verify(called, { identity, repository: REPOSITORY }).repository).toBe(REPOSITORY)
  })

  test('when another sigstore has signed, then it is refused', async () => {
    const strange = await theirs.attest(STATEMENT)
    expect(() => verify(strange)).toThrow('the signature is not valid')
    expect(() => verifyBundle(bundle, publicGoodRoots(), WANTED, 'b')).toThrow('the signature is not valid')
  })

  const other = Buffer.from(JSON.stringify({ ...STATEMENT, predicate: { a: 2 } })).toString('base64')
  test.each<[string, (document: BundleDocument) => void]>([
    ['another payload', (document) => (envelopeOf(document).payload = other)],
    ['another payload type', (document) => (envelopeOf(document).payloadType = 'text/plain')],
    ['no entry of the log', ({ verificationMaterial }) => (verificationMaterial.tlogEntries = [])],
    [
      'a later time in the log',
      ({ verificationMaterial: { tlogEntries } }) => {
        for (const entry of tlogEntries) {
          entry.integratedTime = String(Number(entry.integratedTime) + 60)
        }
      },
    ],
    [
      'a signature of zeros',
      (document) =>
        envelopeOf(document).signatures.splice(0, 1, { sig: Buffer.alloc(70).toString('base64') }),
    ],
    [
      'a public key in place of the certificate',
      ({ verificationMaterial }) => {
        verificationMaterial.certificate = undefined
        verificationMaterial.publicKey = { hint: 'mine' }
      },
    ],
  ])('when somebody put in %s, then it is refused', (_, change) => {
    expect(() => verify(changed(change))).toThrow('the signature is not valid')
  })

  test('when the entry of another document stands in the log, then it is refused', async () => {
    const second = JSON.parse(await ours.attest({ ...STATEMENT, predicate: { a: 2 } }))
    const mixed = changed((document) => {
      document.verificationMaterial.tlogEntries = second.verificationMaterial.tlogEntries
    })
    expect(() => verify(mixed)).toThrow('the signature is not valid')
  })

  test('when the certificate of a trusted run is put to a signature of another key, then it is refused', async () => {
    const evil = await ours.attest(
      { forged: true },
      {
        identity: 'https://github.com/evil/x/.github/workflows/a.yml@refs/heads/main',
        repository: 'https://github.com/evil/x',
      },
    )
    const mixed = JSON.parse(evil)
    mixed.verificationMaterial.certificate = JSON.parse(bundle).verificationMaterial.certificate
    expect(() => verify(JSON.stringify(mixed))).toThrow('the signature is not valid')
  })

  test.each([
    ['is no JSON', 'x'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['has no media type', '{}'],
    ['is a statement without a signature', JSON.stringify(STATEMENT)],
  ])('when it %s, then it is no bundle', (_, text) => {
    expect(() => verify(text)).toThrow('this is not a sigstore bundle')
  })

  test('when it signs a file and no statement, then it is no bundle', () => {
    const text = changed((document) => {
      document.dsseEnvelope = undefined
      document.messageSignature = {
        messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' },
        signature: 'AAAA',
      }
    })
    expect(() => verify(text)).toThrow('signs a file instead of a statement')
  })
})

describe('a trusted root', () => {
  test('when it is the one that is shipped, then it has authorities and logs', () => {
    const [root] = publicGoodRoots()
    expect(root?.certificateAuthorities.length).toBeGreaterThan(0)
    expect(root?.tlogs.map(({ baseUrl }) => baseUrl)).toContain('https://rekor.sigstore.dev')
    expect(root?.ctlogs.length).toBeGreaterThan(0)
  })

  test.each<[string, string]>([
    ['is empty', ''],
    ['is no JSON', 'x\ny'],
    ['is a list', '[]'],
    ['names nobody', '{}'],
    ['has a date that is none', JSON.stringify({ certificateAuthorities: 5 })],
  ])('when it %s, then it is refused', (_, text) => {
    expect(() => readTrustedRoots(text, 'root.json')).toThrow('this is not a sigstore trusted root')
  })

  test('when it names no log and no timestamps, then it is refused', () => {
    const root = { ...JSON.parse(ours.trustedRoot), tlogs: [] }
    expect(() => readTrustedRoots(JSON.stringify(root), 'r')).toThrow('neither a transparency log')
  })
})

test.each([
  ['', false],
  [' a', false],
  ['*', false],
  [`${REPOSITORY}/*`, false],
  [`${REPOSITORY}/.github/workflows/*@refs/heads/main`, false],
  [`${REPOSITORY}/.github/workflows/r.yml@*`, false],
  [`${REPOSITORY}/.github/workflows/r.yml@refs/*`, false],
  [`${REPOSITORY}/.github/workflows/r.yml@refs/pull/*`, false],
  [`${REPOSITORY}/.github/workflows/r.yml@refs/tags/*`, true],
  [`${REPOSITORY}/.github/workflows/r.yml@refs/tags/v*`, true],
  [IDENTITY, true],
  ['release@acme.example', true],
])('when the wanted identity is %j, then it may be used: %s', (identity, isGood) => {
  expect(identityError(identity) === null).toBe(isGood)
  if (!isGood) {
    expect(() => verifyBundle(bundle, [], { ...WANTED, identity }, 'b')).toThrow('identity')
  }
})
