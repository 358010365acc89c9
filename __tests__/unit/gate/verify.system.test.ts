import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { policyDigestOf, type VerifyRequest, verifyImage } from '../../../src/gate/verify.js'
import { readPolicies } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { parseReference } from '../../../src/model/reference.js'
import { policyDigest } from '../../../src/policy/policy.js'
import { attach, listByTag, listOf, passedOn, type Statement, statementOf } from '../../support/attested.js'
import {
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  type Shelf,
  serve,
} from '../../support/fake-registry.js'
import { problemThrownBy } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'
import {
  IDENTITY,
  ISSUER,
  REPOSITORY,
  type StandInSigner,
  type StandInSigstore,
  standInSigstore,
} from '../../support/sigstore.js'

/** The registry is a fake and sigstore a stand-in here; real registries are in __tests__/live/verify.test.ts. */
const folder = mkdtempSync(join(tmpdir(), 'verify-'))
afterAll(() => rmSync(folder, { recursive: true }))
const NOW = new Date()
const HOUR = 3_600_000
const POLICY = `sha256:${'a'.repeat(64)}`

let ours: StandInSigstore
let theirs: StandInSigstore
beforeAll(async () => {
  ours = await standInSigstore()
  theirs = await standInSigstore()
  writeFileSync(join(folder, 'root.json'), ours.trustedRoot)
})

let shelf: Shelf
let registry: FakeRegistry
/** What the referrers API answers; `null`: there is none, and `noApi` is the status that says so. */
let api: ((path: string) => { readonly text: string; readonly link?: string } | null) | null
let noApi: number
beforeEach(async () => {
  shelf = emptyShelf()
  api = null
  noApi = 404
  registry = await fakeRegistry((request, response) => {
    const { path } = request
    const answer = path.includes('/referrers/') ? (api?.(path) ?? null) : undefined
    if (answer === undefined) {
      return serve(shelf, request, response)
    }
    return answer === null
      ? response.writeHead(noApi).end()
      : response.writeHead(200, answer.link === undefined ? {} : { link: answer.link }).end(answer.text)
  })
})
afterEach(() => registry.close())

/** An image in the registry. */
function anImage(name = 'a') {
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
function statement(
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
const attest = (one: Statement, signer: Partial<StandInSigner> = {}) => ours.attest(one, signer)

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
async function verify(digest: string, part: Partial<VerifyRequest> = {}) {
  const { isGood, checks } = await verifyImage(request(digest, part), around)
  const refused = checks.filter(({ state }) => state === 'refused')
  expect(refused.length === 0).toBe(isGood)
  return { isGood, checks, why: refused.map(({ name, text }) => `${name}: ${text}`).join('\n') }
}

describe('where the verdict is looked for', () => {
  const sourceOf = async (digest: string, part: Partial<VerifyRequest> = {}) => {
    const found = (await verify(digest, part)).checks.find(({ name }) => name === 'source')
    return `${found?.state}: ${found?.text}`
  }

  test('when a registry has the referrers API, then it is asked there, page by page', async () => {
    const image = anImage()
    const good = attach(shelf, image.manifest, await attest(statement(image)))
    const other = attach(shelf, image.manifest, '{}', 'application/spdx+json')
    api = (path) =>
      path.endsWith('?n=2')
        ? { text: listOf([good]) }
        : {
            text: listOf([other], 'application/spdx+json'),
            link: `</v2/acme/app/referrers/${image.manifest}?n=2>; rel="next"`,
          }
    const { isGood, checks } = await verify(image.manifest)
    expect(isGood).toBe(true)
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'signature ok',
      'subject ok',
      'source ok',
      'config ok',
      'resource ok',
      'policy ok',
      'age ok',
      'verifier unchecked',
      'result ok',
    ])
    expect(checks[0]?.text).toBe(`${IDENTITY}, in a run of ${REPOSITORY}`)
  })

  test('when it has none, then the tag of the specification lists them', async () => {
    const image = anImage()
    listByTag(shelf, image.manifest, [attach(shelf, image.manifest, await attest(statement(image)))])
    for (noApi of [404, 400, 405, 406, 501]) {
      expect([noApi, (await verify(image.manifest)).isGood]).toEqual([noApi, true])
    }
    expect(await sourceOf(image.manifest)).toBe(
      `unchecked: the tag ${image.manifest.replace(':', '-')}, because the registry does not have the referrers API; anyone who can push may have overwritten the tag, which hides verdicts`,
    )
    // It has one, and does not tell: that is no answer.
    noApi = 500
    expect((await problemOfRejected(verify(image.manifest))).code).toBe('registry-status')
  })

  test('when the list does not say what each is, then the manifests do', async () => {
    const image = anImage()
    const good = attach(shelf, image.manifest, await attest(statement(image)))
    for (const type of [null, 'application/vnd.oci.empty.v1+json']) {
      api = () => ({ text: listOf([good], type) })
      expect((await verify(image.manifest)).isGood).toBe(true)
    }
    expect(await sourceOf(image.manifest)).toBe("ok: the registry's referrers API")
  })

  test('when a bundle is given, alone or among others a line each, then the registry is asked for the image only', async () => {
    const image = anImage()
    const good = await attest(statement(image))
    const bundle = join(folder, 'b.json')
    writeFileSync(bundle, JSON.stringify(JSON.parse(good), null, 2))
    expect((await verify(image.manifest, { bundle })).isGood).toBe(true)
    writeFileSync(bundle, `${await theirs.attest(statement(image))}\n${good}\n`)
    expect((await verify(image.manifest, { bundle })).isGood).toBe(true)
    expect(registry.requestsReceived.some(({ path }) => path.includes('referrers'))).toBe(false)
    expect(await sourceOf(image.manifest, { bundle })).toBe(
      `unchecked: ${bundle}; a newer verdict in the registry was not looked for`,
    )
  })

  test('when there is none, then that is a refusal', async () => {
    const { manifest } = anImage()
    expect(await sourceOf(manifest)).toMatch(/^unchecked: the tag /)
    expect((await verify(manifest)).why).toBe('verdict: there is no attested verdict for this image (tag)')
    api = () => ({ text: listOf([]) })
    expect((await verify(manifest)).why).toBe(
      'verdict: there is no attested verdict for this image (referrers API)',
    )
  })

  test('when the next page is at another address, then nobody is asked there', async () => {
    const { manifest } = anImage()
    for (const link of [
      '<http://evil.example/>; rel="next"',
      `</v2/evil/app/referrers/${manifest}>; rel="next"`,
    ]) {
      api = () => ({ text: listOf([]), link })
      expect((await problemOfRejected(verify(manifest))).what).toContain('at a different address')
    }
  })

  test.each<[string, () => string]>([
    [
      'the list has too many pages',
      () => {
        api = () => ({ text: listOf([]), link: '<?n=1>; rel="next"' })
        return 'has too many pages'
      },
    ],
    [
      'a stranger has put too much there',
      () => {
        api = () => ({ text: listOf(Array.from({ length: 201 }, (_, at) => digestOf(String(at)))) })
        return '201 documents'
      },
    ],
    [
      'it is no list',
      () => {
        api = () => ({ text: '<html>' })
        return 'not JSON'
      },
    ],
    [
      'the image is not there',
      () => {
        shelf.blobs.clear()
        return ''
      },
    ],
  ])('when %s, then nobody could be asked', async (_, spoil) => {
    const image = anImage()
    const good = join(folder, 'good.json')
    writeFileSync(good, await attest(statement(image)))
    const what = spoil()
    const part = what === '' ? { bundle: good } : {}
    expect((await problemOfRejected(verify(image.manifest, part))).what).toContain(what)
  })
})

describe('what is refused', () => {
  /** Attaches a bundle, and tells why it is refused. */
  async function refusal(image: Image, bundle: string, part: Partial<VerifyRequest> = {}): Promise<string> {
    listByTag(shelf, image.manifest, [attach(shelf, image.manifest, bundle)])
    return (await verify(image.manifest, part)).why
  }

  test.each<[string, (one: Statement) => void, string]>([
    [
      'another policy',
      ({ predicate }) => {
        predicate.policy.digest.sha256 = 'b'.repeat(64)
      },
      'policy: the image was judged by policy sha256:bbb',
    ],
    [
      'a time that is too long ago',
      ({ predicate }) => {
        predicate.timeVerified = new Date(NOW.getTime() - 169 * HOUR).toISOString()
      },
      'age: the verdict is 169 h old',
    ],
    [
      'a time that is not yet',
      ({ predicate }) => {
        predicate.timeVerified = new Date(NOW.getTime() + HOUR).toISOString()
      },
      'age: the verdict is dated',
    ],
    [
      'another verifier',
      ({ predicate }) => {
        predicate.verifier.id = 'urn:other'
      },
      'verifier: the image was judged by urn:other',
    ],
    [
      'FAILED',
      ({ predicate }) => {
        predicate.verificationResult = 'FAILED'
        predicate.verifiedLevels = ['FAILED']
      },
      'result: FAILED',
    ],
    [
      'PASSED by other words than ours',
      ({ predicate }) => {
        predicate.verifiedLevels = ['SLSA_BUILD_LEVEL_3']
      },
      'result: PASSED SLSA_BUILD_LEVEL_3',
    ],
    [
      'another subject',
      (one) => {
        one.subject = [{ name: 'x', digest: { sha256: 'f'.repeat(64) } }]
      },
      'for a different image (sha256:fff',
    ],
    [
      'another name of the image',
      ({ predicate }) => {
        predicate.resourceUri = 'pkg:oci/app?repository_url=ghcr.io/acme/lax&tag=1'
      },
      'resource: the image was judged as pkg:oci/app?repository_url=ghcr.io/acme/lax&tag=1, not as 127.0.0.1',
    ],
    [
      'the name of something else than an image',
      ({ predicate }) => {
        predicate.resourceUri = `urn:${digestOf('x')}`
      },
      'resource: the image was judged as urn:sha256:',
    ],
    [
      'another config',
      ({ predicate }) => {
        predicate['urn:seaworthy:verdict:1'] = { images: [{ platform: null, configDigest: digestOf('x') }] }
      },
      'config: the registry now has sha256:',
    ],
    [
      'another predicate',
      (one) => {
        one.predicateType = 'https://slsa.dev/provenance/v1'
      },
      'it is signed, but is not a Seaworthy verdict',
    ],
    [
      'a predicate made by hand, without what the gate says',
      ({ predicate }) => {
        delete predicate['urn:seaworthy:verdict:1']
      },
      'it is signed, but is not a Seaworthy verdict',
    ],
    [
      'no time',
      ({ predicate }) => {
        predicate.timeVerified = 'today'
      },
      'it is signed, but is not a Seaworthy verdict',
    ],
  ])('when the right one has signed %s, then it is refused', async (_, change, why) => {
    const image = anImage()
    expect(await refusal(image, await attest(statement(image, change)))).toContain(why)
  })

  test('when an archive was judged, or cosign has signed, then that is as good', async () => {
    const image = anImage()
    const archive = statement(image, ({ predicate }) => {
      predicate.resourceUri = `urn:${image.config}`
    })
    expect(await refusal(image, await attest(archive))).toBe('')
    // pkg/cosign/attestation/attestation.go, generateStatementHeader
    const older = statement(image, (one) => {
      one._type = 'https://in-toto.io/Statement/v0.1'
    })
    expect(await refusal(image, await attest(older))).toBe('')
  })

  test('when one digest was judged under two names, then the verdict under the wanted one counts, and any that failed', async () => {
    const image = anImage()
    const staging = ({ predicate }: Statement) => {
      predicate.resourceUri = 'pkg:oci/app?repository_url=ghcr.io/acme/staging'
    }
    const earlier = await attest(statement(image, undefined, new Date(NOW.getTime() - HOUR)))
    put(image.manifest, earlier, await attest(statement(image, staging)))
    const { isGood, checks } = await verify(image.manifest)
    expect([isGood, checks.find(({ name }) => name === 'others')?.text]).toEqual([
      true,
      expect.stringContaining('ignored: PASSED'),
    ])
    expect((await verify(image.manifest, { resource: 'ghcr.io/acme/staging' })).isGood).toBe(true)
    expect((await verify(image.manifest, { resource: 'ghcr.io/acme/other' })).why).toContain('resource: ')
    const worse = (one: Statement) => {
      staging(one)
      failed(one)
    }
    put(image.manifest, earlier, await attest(statement(image, worse)))
    expect((await verify(image.manifest)).why).toContain('result: FAILED')
  })

  test.each<[string, Partial<StandInSigner>, string]>([
    ['another workflow', { identity: IDENTITY.replace('release', 'other') }, 'it was signed by'],
    [
      'the workflow of another repository',
      { identity: IDENTITY.replace('acme', 'evil'), repository: 'https://github.com/evil/app' },
      'it was signed by',
    ],
    [
      'a stranger who calls the same reusable workflow',
      { repository: 'https://github.com/evil/app' },
      'in a run of https://github.com/evil/app',
    ],
    [
      'somebody with another issuer',
      { issuer: 'https://evil.example' },
      'vouched for by https://evil.example',
    ],
    [
      'the right one, as another kind of document',
      { payloadType: 'text/plain' },
      'is not a Seaworthy verdict',
    ],
  ])('when %s has signed, then it is refused', async (_, signer, why) => {
    const image = anImage()
    expect(await refusal(image, await attest(statement(image), signer))).toContain(why)
  })

  test('when another sigstore has signed, or nobody, then it is refused', async () => {
    const image = anImage()
    expect(await refusal(image, await theirs.attest(statement(image)))).toContain(
      'the signature is not valid',
    )
    expect(await refusal(image, JSON.stringify(statement(image)))).toContain('this is not a sigstore bundle')
    expect(await refusal(image, JSON.stringify(statement(image).predicate))).toContain(
      'this is not a sigstore bundle',
    )
    expect(await refusal(image, 'x')).toContain('this is not a sigstore bundle')
  })

  test('when the verdict on an old image is put to a new one, then it is refused', async () => {
    const [old, fresh] = [anImage('old'), anImage('fresh')]
    const bundle = await attest(statement(old))
    expect(await refusal(fresh, bundle)).toContain('for a different image')
    // Under the tag of the new one, its own manifest names the old one as its subject.
    listByTag(shelf, fresh.manifest, [attach(shelf, old.manifest, bundle)])
    expect((await verify(fresh.manifest)).why).toContain('no attested verdict')
  })

  test('when an index has a platform that was not judged, then its digest is refused', async () => {
    const [amd, arm] = [anImage('amd'), anImage('arm')]
    const platform = (architecture: string) => ({ platform: { os: 'linux', architecture } })
    const index = add(shelf, {
      schemaVersion: 2,
      manifests: [
        { digest: amd.manifest, ...platform('amd64') },
        { digest: arm.manifest, ...platform('arm64') },
      ],
    })
    const forged = statement(amd, (one) => {
      one.subject = [{ name: 'app', digest: { sha256: index.slice(7) } }]
    })
    expect(await refusal({ ...amd, manifest: index }, await attest(forged))).toContain(
      `config: the registry now has ${arm.config} under this name`,
    )
  })

  /** An index of two images, with a verdict on it and both; and a way to attach more. */
  function anIndex() {
    const [amd, arm] = [anImage('amd'), anImage('arm')]
    const index = add(shelf, {
      schemaVersion: 2,
      manifests: [
        { digest: amd.manifest, platform: { os: 'linux', architecture: 'amd64' } },
        { digest: arm.manifest, platform: { os: 'linux', architecture: 'arm64' } },
      ],
    })
    const whole = (hours: number, change: (one: Statement) => void = () => undefined) =>
      attest(
        statement(
          { ...amd, manifest: index },
          (one) => {
            one.predicate['urn:seaworthy:verdict:1'] = {
              images: [amd, arm].map(({ config }) => ({ platform: null, configDigest: config })),
            }
            change(one)
          },
          new Date(NOW.getTime() - hours * HOUR),
        ),
      )
    return { amd, arm, index, whole }
  }
  const failed = ({ predicate }: Statement) => {
    predicate.verificationResult = 'FAILED'
    predicate.verifiedLevels = ['FAILED']
  }
  const lax = ({ predicate }: Statement) => {
    predicate.policy.digest.sha256 = 'c'.repeat(64)
  }
  const put = (on: string, ...bundles: readonly string[]) =>
    listByTag(
      shelf,
      on,
      bundles.map((one) => attach(shelf, on, one)),
    )
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR)

  test('when one platform of an index failed later in a verdict of its own, then the index is refused', async () => {
    const { arm, index, whole } = anIndex()
    put(index, await whole(5))
    expect((await verify(index)).isGood).toBe(true)
    put(arm.manifest, await attest(statement(arm, failed, ago(1))))
    const { why } = await verify(index)
    expect(why).toBe('platform: linux/arm64, according to its newest verdict: FAILED FAILED')
    // By a pass of another policy, or one that was signed for its neighbour, it cannot be hidden.
    const hiding = [await attest(statement(arm, lax)), await whole(0, lax)]
    put(index, await whole(5), ...hiding)
    put(arm.manifest, await attest(statement(arm, failed, ago(1))), ...hiding)
    expect((await verify(index)).why).toBe(why)
    // A newer verdict on all counts again.
    put(index, await whole(0))
    expect((await verify(index)).isGood).toBe(true)
  })

  test('when the index has a later verdict that failed on one platform alone, then it is refused', async () => {
    const { amd, arm, index, whole } = anIndex()
    const armFailed = (one: Statement) => {
      failed(one)
      one.subject = [{ name: 'app', digest: { sha256: index.slice(7) } }]
    }
    put(index, await whole(2), await attest(statement(arm, armFailed, ago(3))))
    expect((await verify(index)).isGood).toBe(true)
    const amdPassed = await attest(statement({ ...amd, manifest: index }, undefined, ago(1)))
    put(index, await whole(4), await attest(statement(arm, armFailed, ago(3))), amdPassed)
    expect((await verify(index)).why).toContain(
      'platform: linux/arm64, according to its newest verdict: FAILED',
    )
  })

  test('when bundles are given, then those on the platforms of an index are found among them', async () => {
    const { arm, index, whole } = anIndex()
    const bundle = join(folder, 'index.jsonl')
    writeFileSync(bundle, `${await whole(5)}\n${await attest(statement(arm, failed, ago(1)))}\n`)
    expect((await verify(index, { bundle })).why).toContain('platform: linux/arm64')
  })

  test.each([
    ['an artifact', { artifactType: 'application/x' }],
    ['an attestation', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
  ])(
    'when an image hides in an index as %s without a platform, then the index is refused',
    async (_, hides) => {
      const [good, hidden] = [anImage('good'), anImage('hidden')]
      const listing = (digest: string) =>
        add(shelf, {
          schemaVersion: 2,
          manifests: [
            { digest: good.manifest, platform: { os: 'linux', architecture: 'amd64' } },
            { digest, ...hides },
          ],
        })
      const masked = listing(hidden.manifest)
      expect(
        await refusal({ ...good, manifest: masked }, await attest(statement({ ...good, manifest: masked }))),
      ).toContain(`config: the registry now has ${hidden.config} under this name`)
      const config = { mediaType: 'application/vnd.oci.empty.v1+json', digest: add(shelf, '{}'), size: 2 }
      const honest = listing(add(shelf, { schemaVersion: 2, config, layers: [] }))
      expect(
        await refusal({ ...good, manifest: honest }, await attest(statement({ ...good, manifest: honest }))),
      ).toBe('')
    },
  )

  test('when other verdicts do not count, or cannot be read, then they are reported', async () => {
    const image = anImage()
    const failedByOther = await attest(
      statement(image, (one) => {
        failed(one)
        lax(one)
      }),
    )
    put(image.manifest, await attest(statement(image, undefined, ago(1))), failedByOther)
    const others = async (part: Partial<VerifyRequest> = {}) =>
      (await verify(image.manifest, part)).checks.find(({ name }) => name === 'others')?.text
    expect(await others()).toBe(`ignored: FAILED on ${NOW.toISOString()} under policy sha256:cccccccccccc`)
    expect((await verify(image.manifest, { policyDigest: null })).why).toContain('result: FAILED')
    put(image.manifest, await attest(statement(image)), 'lost')
    shelf.blobs.delete(digestOf('lost'))
    expect(await others()).toBe('1 attestation listed by the registry cannot be read')
  })

  test('when a bundle is not what its digest says, or is gone, then it is passed over and others count', async () => {
    const image = anImage()
    const [gone, good] = [
      attach(shelf, image.manifest, 'bad'),
      attach(shelf, image.manifest, await attest(statement(image))),
    ]
    shelf.blobs.delete(digestOf('bad'))
    listByTag(shelf, image.manifest, [digestOf('nothing'), gone])
    expect((await verify(image.manifest)).why).toContain('it cannot be read')
    listByTag(shelf, image.manifest, [gone, good])
    expect((await verify(image.manifest)).isGood).toBe(true)
  })

  test('when strangers have attached theirs too, then ours counts all the same', async () => {
    const image = anImage()
    const bundles = [await theirs.attest(statement(image)), 'x', await attest(statement(image))]
    listByTag(
      shelf,
      image.manifest,
      bundles.map((bundle) => attach(shelf, image.manifest, bundle)),
    )
    expect((await verify(image.manifest)).isGood).toBe(true)
  })

  test('when it failed after it had passed, then the newer verdict counts; of one time, the worse', async () => {
    const image = anImage()
    const failed = (hours: number) => (one: Statement) => {
      one.predicate.timeVerified = new Date(NOW.getTime() - hours * HOUR).toISOString()
      one.predicate.verificationResult = 'FAILED'
      one.predicate.verifiedLevels = ['FAILED']
    }
    const passed = await attest(statement(image, undefined, new Date(NOW.getTime() - 2 * HOUR)))
    for (const [hours, isGood] of [
      [1, false],
      [2, false],
      [3, true],
    ] as const) {
      const later = await attest(statement(image, failed(hours)))
      listByTag(
        shelf,
        image.manifest,
        [passed, later].map((one) => attach(shelf, image.manifest, one)),
      )
      expect([hours, (await verify(image.manifest)).isGood]).toEqual([hours, isGood])
    }
  })

  test('when a lax policy was attested later, then the verdict by the wanted one counts', async () => {
    const image = anImage()
    const lax = (one: Statement) => {
      one.predicate.policy.digest.sha256 = 'c'.repeat(64)
    }
    const strict = statement(image, undefined, new Date(NOW.getTime() - HOUR))
    const both = [await attest(strict), await attest(statement(image, lax))]
    listByTag(
      shelf,
      image.manifest,
      both.map((one) => attach(shelf, image.manifest, one)),
    )
    const { checks } = await verify(image.manifest)
    expect(checks.find(({ name }) => name === 'policy')?.text).toBe(POLICY)
    const any = await verify(image.manifest, { policyDigest: null })
    expect(any.checks.find(({ name }) => name === 'policy')).toMatchObject({
      state: 'unchecked',
      text: expect.stringContaining('ccc'),
    })
  })

  test('when a pass has exceptions, then --strict refuses it and else it is reported', async () => {
    const image = anImage()
    const bundle = await attest(statement(image))
    expect(await refusal(image, bundle, { strict: true })).toContain(
      'with --strict, SEAWORTHY_PASS must be the only level',
    )
    const { checks } = await verify(image.manifest)
    expect(checks.at(-1)?.text).toMatch(/^PASSED SEAWORTHY_PASS SEAWORTHY_/)
    const whole = await attest(
      statement(image, ({ predicate }) => {
        predicate.verifiedLevels = ['SEAWORTHY_PASS']
      }),
    )
    expect(await refusal(image, whole, { strict: true })).toBe('')
  })

  test('when an older version than wanted has judged, then it is refused', async () => {
    const image = anImage()
    const bundle = await attest(statement(image))
    expect(await refusal(image, bundle, { leastVersion: '0.1.0' })).toBe('')
    expect(await refusal(image, bundle, { leastVersion: '0.2.0' })).toContain('the minimum is 0.2.0')
    const odd = await attest(
      statement(image, ({ predicate }) => {
        predicate.verifier.version.seaworthy = 'x'
      }),
    )
    expect(await refusal(image, odd, { leastVersion: '0.1.0' })).toContain('version x')
  })
})

test('when a file is not there, then that is reported', async () => {
  const { manifest } = anImage()
  for (const part of [{ trustedRoot: '/gone' }, { bundle: '/gone' }]) {
    expect(await problemOfRejected(verify(manifest, part))).toMatchObject({
      code: 'file-unreadable',
      where: '/gone',
    })
  }
  expect(problemThrownBy(() => policyDigestOf('/gone', new Map(), '2026-11-28')).code).toBe('policy-missing')
})

test('when a folder has policies, then their digest is that of a run with them', () => {
  writeFileSync(join(folder, 'gate.yml'), 'version: 1\nfail-on: low\n')
  const digest = (inputs = {}) => policyDigestOf(`${folder}/`, new Map(Object.entries(inputs)), '2026-11-28')
  const low = digest()
  expect(digest({ 'fail-on': 'low' })).toBe(low)
  expect(digest({ 'fail-on': 'critical' })).not.toBe(low)
  rmSync(join(folder, 'gate.yml'))
  expect(digest({ 'fail-on': 'low' })).toBe(low)
  expect(digest()).not.toBe(low)
})

test.each(['nothing', 'gate.yml', 'all three'])(
  'when a checkout has %s in policies/, then verify computes the digest of a run there with no inputs',
  (has) => {
    const checkout = mkdtempSync(join(folder, 'checkout-'))
    const policies = join(checkout, 'policies')
    mkdirSync(policies)
    const texts = {
      gate: 'version: 1\nfail-on: low\nmax-span: 30\nstart: true\n',
      whitelist:
        'version: 1\nentries:\n  - {id: CVE-2022-0563, package: util-linux, reason: r, owner: o, added: 2026-11-01, expires: 2026-11-20}\n',
      dictionary:
        'extends: builtin/3\nversion: 1\nnot_applicable: {"4.2": {reason: c, owner: o, expires: 2026-12-01}}\n',
    }
    const named = Object.entries(texts).slice(0, { nothing: 0, 'gate.yml': 1 }[has] ?? 3)
    for (const [name, text] of named) {
      writeFileSync(join(policies, `${name}.yml`), text)
    }
    const before = process.cwd()
    process.chdir(checkout)
    try {
      const defaults = new Map(INPUTS.map((input) => [input.name, input.default]))
      const { judging } = readPolicies((name) => defaults.get(name) ?? '', '2026-11-10')
      // On another day, from another folder: an entry has expired by then, and the policy is the same.
      process.chdir(before)
      expect(policyDigestOf(policies, new Map(), '2026-11-28')).toBe(policyDigest(judging.policy))
    } finally {
      process.chdir(before)
    }
  },
)
