import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Statement } from '../support/attested.js'
import {
  IDENTITY,
  ISSUER,
  REPOSITORY,
  type StandInSigner,
  type StandInSigstore,
  standInSigstore,
} from '../support/sigstore.js'
import { type LiveRegistry, startReferrersRegistry, startRegistry } from './registry.js'
import { pushBlob, pushDocument, pushImageFor, pushIndex } from './registry-index.js'
import { anImage, images, removeImages, smallPolicies } from './small-image.js'
import { docker, newFolder, seaworthy } from './support.js'

// Push, attest, verify, with the real gate, engine and registries. Who signs is a stand-in: sigstore's own @sigstore/mock
// (certificate authority and logs), whose bundles have the form that actions/attest and cosign write.

const NAME = `verify-${process.pid}`
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const EMPTY = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
}

const { policies, own } = smallPolicies()
let sigstore: StandInSigstore
let root: string
beforeAll(async () => {
  sigstore = await standInSigstore()
  root = join(newFolder(), 'root.json')
  writeFileSync(root, sigstore.trustedRoot)
})
afterAll(removeImages)

const REGISTRIES = [
  { registry: 'Debian’s docker-registry', start: () => startRegistry(), by: 'tag' },
  { registry: 'go-containerregistry’s server', start: startReferrersRegistry, by: 'referrers API' },
] as const

describe.each(REGISTRIES)('with $registry, where a stand-in of sigstore signs', ({ start, by }) => {
  let registry: Pick<LiveRegistry, 'host' | 'noLogin' | 'stop'>
  let reference: string
  let report: string
  let digest: string
  let statement: Statement
  const repository = `${NAME}/app`

  const scan = (image: string, ...flags: string[]) =>
    seaworthy(['scan', image, '--checks', 'docker-bench', ...own, ...flags], {
      DOCKER_CONFIG: registry.noLogin,
    })
  const verify = (of: string, ...flags: string[]) => {
    const signer = flags.includes('--identity') ? [] : ['--identity', IDENTITY.replace('v1.2.3', '*')]
    return seaworthy(
      [
        'verify',
        `${registry.host}/${repository}@${of}`,
        ...signer,
        '--issuer',
        ISSUER,
        '--trusted-root',
        root,
        ...flags,
      ],
      { DOCKER_CONFIG: registry.noLogin },
    )
  }

  /** Attaches a bundle as clients do: a manifest with a subject, and the list by tag where the registry has no API. */
  async function attach(subject: string, bundle: string): Promise<void> {
    const { host } = registry
    await pushBlob(host, repository, Buffer.from('{}'))
    const layer = await pushBlob(host, repository, Buffer.from(bundle))
    const of = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: subject, size: 1 }
    const layers = [{ mediaType: BUNDLE, digest: layer, size: Buffer.byteLength(bundle) }]
    const manifest = {
      schemaVersion: 2,
      mediaType: of.mediaType,
      artifactType: BUNDLE,
      config: EMPTY,
      layers,
      subject: of,
    }
    const pushed = await pushDocument(host, repository, manifest, of.mediaType)
    if (by === 'tag') {
      attached.push({ ...pushed, mediaType: of.mediaType, artifactType: BUNDLE })
      const type = 'application/vnd.oci.image.index.v1+json'
      const list = { schemaVersion: 2, mediaType: type, manifests: attached }
      await pushDocument(host, repository, list, type, subject.replace(':', '-'))
    }
  }
  const attached: object[] = []

  beforeAll(async () => {
    registry = await start()
    reference = await anImage(registry.host, repository, '1')
    const ran = await scan(reference, '--push', 'judged', '--push-verify', 'full')
    expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining('not pushed')])
    report = join(ran.folder, 'report')
    digest = /^pushed: .*@(sha256:[0-9a-f]{64})$/m.exec(ran.stdout)?.[1] ?? ran.stdout
    statement = JSON.parse(readFileSync(join(report, 'report.vsa.intoto.json'), 'utf8'))
  })
  afterAll(() => registry?.stop())

  test('when the judged image was pushed, then its statement is about the manifest in the registry', () => {
    expect(statement.subject).toEqual([
      { name: `${registry.host}/${repository}`, digest: { sha256: digest.slice(7) } },
    ])
    const { predicate } = statement
    expect([predicate.verificationResult, predicate.verifiedLevels[0]]).toEqual(['PASSED', 'SEAWORTHY_PASS'])
    expect(JSON.parse(readFileSync(join(report, 'report.vsa.json'), 'utf8'))).toEqual(predicate)
    const { policyDigest } = JSON.parse(readFileSync(join(report, 'report.json'), 'utf8'))
    expect(`sha256:${predicate.policy.digest.sha256}`).toBe(policyDigest)
  })

  test('when nobody has attested it, then it must not be deployed; nor where the registry does not answer', async () => {
    const ran = await verify(digest)
    expect([ran.code, ran.stdout]).toEqual([
      1,
      expect.stringContaining(`there is no attested verdict for this image (${by})`),
    ])
    const down = await seaworthy([
      'verify',
      `127.0.0.1:1/x@${digest}`,
      '--identity',
      IDENTITY,
      '--issuer',
      ISSUER,
    ])
    expect(down.code).toBe(2)
  })

  const FORGERIES: readonly [string, string, (one: Statement) => void, Partial<StandInSigner>][] = [
    [
      'another workflow',
      'it was signed by',
      () => undefined,
      { identity: IDENTITY.replace('release', 'lax') },
    ],
    [
      'a stranger’s repository',
      'it was signed by',
      () => undefined,
      { identity: IDENTITY.replace('acme', 'evil'), repository: 'https://github.com/evil/app' },
    ],
    [
      'a stranger who calls the same reusable workflow',
      'in a run of https://github.com/evil/app',
      () => undefined,
      { repository: 'https://github.com/evil/app' },
    ],
    ['another issuer', 'vouched for by', () => undefined, { issuer: 'https://evil.example' }],
    [
      'another subject',
      'it is for a different image',
      (one) => {
        one.subject = [{ name: 'x', digest: { sha256: 'f'.repeat(64) } }]
      },
      {},
    ],
    [
      'another policy',
      'policy     refused',
      ({ predicate }) => {
        predicate.policy.digest.sha256 = 'b'.repeat(64)
      },
      {},
    ],
    [
      'an old time',
      'age        refused',
      ({ predicate }) => {
        predicate.timeVerified = '2026-01-01T00:00:00Z'
      },
      {},
    ],
    [
      'a time that is not yet',
      'age        refused',
      ({ predicate }) => {
        predicate.timeVerified = '2126-01-01T00:00:00Z'
      },
      {},
    ],
    [
      'a predicate made by hand',
      'is not a Seaworthy verdict',
      ({ predicate }) => {
        delete predicate['urn:seaworthy:verdict:1']
      },
      {},
    ],
    [
      'FAILED',
      'result     refused',
      ({ predicate }) => {
        predicate.verificationResult = 'FAILED'
      },
      {},
    ],
    [
      'another name of the image',
      'resource   refused',
      ({ predicate }) => {
        predicate.resourceUri = 'pkg:oci/app?repository_url=ghcr.io/acme/lax'
      },
      {},
    ],
    [
      'the config of another image',
      'config     refused',
      ({ predicate }) => {
        predicate['urn:seaworthy:verdict:1'] = {
          images: [{ platform: null, configDigest: `sha256:${'9'.repeat(64)}` }],
        }
      },
      {},
    ],
  ]
  // The bundle is a file: once is enough for both registries.
  const once = FORGERIES.slice(0, by === 'tag' ? FORGERIES.length : 1)
  test.each(once)('when a bundle has %s, then it must not be deployed', async (_, why, change, signer) => {
    const forged = structuredClone(statement)
    change(forged)
    const bundle = join(newFolder(), 'bundle.json')
    writeFileSync(bundle, await sigstore.attest(forged, signer))
    const ran = await verify(digest, '--bundle', bundle, '--policy', policies)
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining(why)])
    expect(ran.stdout).toContain('REFUSED')
  })

  test('when it is unsigned, signed by another sigstore, or an older one’s, then it must not be deployed', async () => {
    const bundle = join(newFolder(), 'bundle.json')
    const { attest } = await standInSigstore()
    for (const text of [
      JSON.stringify(statement),
      JSON.stringify(statement.predicate),
      await attest(statement),
    ]) {
      writeFileSync(bundle, text)
      expect((await verify(digest, '--bundle', bundle)).code).toBe(1)
    }
    // The public instance of sigstore knows nothing of the stand-in.
    writeFileSync(bundle, await sigstore.attest(statement))
    const args = [
      'verify',
      `${registry.host}/${repository}@${digest}`,
      '--identity',
      IDENTITY,
      '--issuer',
      ISSUER,
    ]
    const ran = await seaworthy([...args, '--bundle', bundle])
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('the signature is not valid')])
  })

  test('when it is attested, then it may be deployed, by policy and in time; a stranger’s next to it changes nothing', async () => {
    const { attest } = await standInSigstore()
    await attach(digest, await attest(statement))
    await attach(digest, await sigstore.attest(statement))
    const ran = await verify(digest, '--policy', policies, '--min-version', '0.1.0')
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('verified: may be deployed')])
    // Without the referrers API nobody can know what the fallback tag once had.
    const unsure = by === 'tag' ? ['source     unchecked'] : null
    expect(ran.stdout.match(/^\w+ +unchecked/gm)).toEqual(unsure)
    expect(ran.stdout).toContain(`in a run of ${REPOSITORY}`)
    const named = `sha256:${statement.predicate.policy.digest.sha256}`
    expect((await verify(digest, '--policy-digest', named)).code).toBe(0)
    const lax = newFolder()
    copyFileSync(join(policies, 'gate.yml'), join(lax, 'gate.yml'))
    const other = await verify(digest, '--policy', lax)
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('policy     refused')])
    const unchecked = await verify(digest)
    expect([unchecked.code, unchecked.stdout]).toEqual([0, expect.stringMatching(/^policy {5}unchecked/m)])
    expect((await verify(digest, '--strict')).code).toBe(1)
    expect((await verify(digest, '--resource', `${registry.host}/${repository}`)).code).toBe(0)
    const elsewhere = await verify(digest, '--resource', 'ghcr.io/acme/app')
    expect([elsewhere.code, elsewhere.stdout]).toEqual([1, expect.stringContaining('resource   refused')])
  })

  test('when the old verdict is put to a new image, then that must not be deployed', async () => {
    const next = await pushImageFor(
      registry.host,
      repository,
      { os: 'linux', architecture: 'amd64' },
      { new: 'one' },
    )
    const bundle = join(newFolder(), 'bundle.json')
    writeFileSync(bundle, await sigstore.attest(statement))
    const ran = await verify(next.digest, '--bundle', bundle)
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('it is for a different image')])
  })

  test('when an index has a platform that nobody judged, then its digest has no verdict of its own', async () => {
    const accept = [
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ]
    const fetchedManifest = await fetch(`http://${registry.host}/v2/${repository}/manifests/${digest}`, {
      headers: { accept: accept.join(', ') },
    })
    const mediaType = fetchedManifest.headers.get('content-type') ?? ''
    const manifest = { mediaType, digest, size: (await fetchedManifest.text()).length }
    const arm = await pushImageFor(
      registry.host,
      repository,
      { os: 'linux', architecture: 'arm64' },
      { arm: 'x' },
    )
    const index = await pushIndex(registry.host, `${repository}:2`, [
      { ...manifest, platform: { os: 'linux', architecture: 'amd64' } },
      arm,
    ])
    images.push(`${registry.host}/${repository}@${index.digest}`)
    const ran = await scan(`${registry.host}/${repository}@${index.digest}`)
    const status = JSON.parse(
      readFileSync(join(ran.folder, 'report/report.vsa.intoto.json'), 'utf8'),
    ) as Statement
    expect(status.subject.map((one) => one.digest.sha256)).toEqual([digest.slice(7)])
    expect(status.predicate.verifiedLevels).toContain('SEAWORTHY_PLATFORMS_NOT_EXAMINED_1')
    const forged = { ...status, subject: [{ name: 'app', digest: { sha256: index.digest.slice(7) } }] }
    const bundle = join(newFolder(), 'bundle.json')
    writeFileSync(bundle, await sigstore.attest(forged))
    const refused = await verify(index.digest, '--bundle', bundle)
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('config     refused')])
  })
})

describe('what is pushed', () => {
  let registry: LiveRegistry
  beforeAll(async () => {
    registry = await startRegistry(true)
  })
  afterAll(() => registry?.stop())

  test('when nobody is logged in, or the verdict is no pass, or the day is said, then it is neither pushed nor attested', async () => {
    const open = await startRegistry()
    const first = await anImage(open.host, `${NAME}/guarded`, '1')
    const byRoot = await anImage(open.host, `${NAME}/guarded-root`, '1', {}, '0')
    await open.stop()
    const reference = `${registry.host}/${NAME}/guarded:1`
    docker('tag', first, reference)
    images.push(reference)
    const push = (config: string, ...flags: string[]) =>
      seaworthy(['scan', reference, '--checks', 'docker-bench', ...own, '--push', 'judged', ...flags], {
        DOCKER_CONFIG: config,
      })
    const denied = await push(registry.noLogin)
    expect([denied.code, denied.stderr]).toEqual([
      2,
      expect.stringMatching(/could not be pushed: .*no basic auth credentials/),
    ])
    expect(existsSync(join(denied.folder, 'report/report.vsa.intoto.json'))).toBe(false)
    docker('tag', byRoot, reference)
    const failed = await push(registry.login)
    expect([failed.code, failed.stderr]).toEqual([
      1,
      expect.stringContaining('nothing was pushed: the verdict is fail'),
    ])
    docker('tag', first, reference)
    const another = await push(registry.login, '--today', new Date().toISOString().slice(0, 10))
    expect(another.code).toBe(0)
    expect(existsSync(join(another.folder, 'report/report.vsa.json'))).toBe(false)
    expect((await push(registry.login)).code).toBe(0)
  })
})

test('when it is asked for wrongly, then each error is reported at once', async () => {
  const ran = await seaworthy([
    'verify',
    'ghcr.io/acme/app:1',
    '--identity',
    '*',
    '--max-age',
    '0',
    '--resource',
    'a b',
    '--with',
    'tag-suffix=x',
  ])
  expect(ran.code).toBe(2)
  for (const text of [
    'image: specify it by digest',
    'identity: *',
    'issuer:',
    'max-age:',
    'resource: "a b"',
    'with: this flag needs --policy',
    'with: "tag-suffix"',
  ]) {
    expect(ran.stderr).toContain(text)
  }
})
