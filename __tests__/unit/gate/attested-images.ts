import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { type VerifyRequest, verifyImage } from '../../../src/gate/verify.js'
import { parseReference } from '../../../src/model/image/reference.js'
import { attach, listByTag, passedOn, type Statement, statementOf } from '../../support/attested.js'
import {
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  type Shelf,
  serve,
} from '../../support/fake-registry.js'
import {
  IDENTITY,
  ISSUER,
  type StandInSigner,
  type StandInSigstore,
  standInSigstore,
} from '../../support/sigstore.js'

/** The registry is a fake and sigstore a stand-in here; real registries are in __tests__/live/verify.test.ts. */
export const folder = mkdtempSync(join(tmpdir(), 'verify-'))
// Each test file has its own copy of this module, and so these hooks.
afterAll(() => rmSync(folder, { recursive: true }))
export const NOW = new Date()
export const HOUR = 3_600_000
export const POLICY = `sha256:${'a'.repeat(64)}`

let ours: StandInSigstore
export let theirs: StandInSigstore

beforeAll(async () => {
  ours = await standInSigstore()
  theirs = await standInSigstore()
  writeFileSync(join(folder, 'root.json'), ours.trustedRoot)
})

export let shelf: Shelf
export let registry: FakeRegistry

interface Referrers {
  /** What the API answers; `null`: there is none, and `noApi` is the status that says so. */
  api: ((path: string) => { readonly text: string; readonly link?: string } | null) | null
  noApi: number
}
export const referrers: Referrers = { api: null, noApi: 404 }

beforeEach(async () => {
  shelf = emptyShelf()
  Object.assign(referrers, { api: null, noApi: 404 })
  registry = await fakeRegistry((request, response) => {
    const { path } = request
    const answer = path.includes('/referrers/') ? (referrers.api?.(path) ?? null) : undefined
    if (answer === undefined) {
      return serve(shelf, request, response)
    }
    return answer === null
      ? response.writeHead(referrers.noApi).end()
      : response.writeHead(200, answer.link === undefined ? {} : { link: answer.link }).end(answer.text)
  })
})
afterEach(() => registry.close())

/** An image in the registry. */
export function anImage(name = 'a') {
  const config = add(shelf, {
    os: 'linux',
    architecture: 'amd64',
    name,
    rootfs: { type: 'layers', diff_ids: [digestOf(name)] },
  })
  const manifest = add(shelf, {
    schemaVersion: 2,
    config: { digest: config, size: 1 },
    layers: [{ digest: digestOf(name), size: 1 }],
  })
  return { config, manifest }
}
type Image = ReturnType<typeof anImage>

/** A statement on it, of a verdict that passed now. */
export function statement(
  { config, manifest }: Image,
  change: (one: Statement) => void = () => undefined,
  time = NOW,
): Statement {
  const reference = `${registry.host}/acme/app:1`
  const manifests = [{ digest: manifest, config, platform: 'linux/amd64' }]
  const existing = {
    reference,
    repository: `${registry.host}/acme/app`,
    digest: manifest,
    isIndex: false,
    manifests,
  }
  return statementOf(passedOn(reference, config), existing, time, change)
}
export const attest = (one: Statement, signer: Partial<StandInSigner> = {}) => ours.attest(one, signer)

function request(digest: string, part: Partial<VerifyRequest> = {}): VerifyRequest {
  const reference = `${registry.host}/acme/app@${digest}`
  const name = parseReference(reference)
  if (name === null) {
    throw new Error(reference)
  }
  return {
    reference,
    name: { ...name, digest },
    key: null,
    identity: IDENTITY,
    issuer: ISSUER,
    repository: null,
    trustedRoot: join(folder, 'root.json'),
    bundle: null,
    resource: `${registry.host}/acme/app`,
    policyDigest: POLICY,
    mostHours: 168,
    leastVersion: null,
    strict: false,
    ...part,
  }
}
const around = { now: NOW, signal: new AbortController().signal }

export async function verify(digest: string, part: Partial<VerifyRequest> = {}) {
  const { isGood, checks } = await verifyImage(request(digest, part), around)
  const refused = checks.filter(({ state }) => state === 'refused')
  expect(refused.length === 0).toBe(isGood)
  return { isGood, checks, why: refused.map(({ name, text }) => `${name}: ${text}`).join('\n') }
}

/** Attaches a bundle, and tells why it is refused. */
export async function refusal(
  image: Image,
  bundle: string,
  part: Partial<VerifyRequest> = {},
): Promise<string> {
  listByTag(shelf, image.manifest, [attach(shelf, image.manifest, bundle)])
  return (await verify(image.manifest, part)).why
}

export const failed = ({ predicate }: Statement) => {
  predicate.verificationResult = 'FAILED'
  predicate.verifiedLevels = ['FAILED']
}

export const put = (on: string, ...bundles: readonly string[]) =>
  listByTag(
    shelf,
    on,
    bundles.map((one) => attach(shelf, on, one)),
  )
