import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { policyDigestOf } from '../../../src/gate/verify.js'
import { readPolicies } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { policyDigest } from '../../../src/policy/policy.js'
import { attach, listByTag, type Statement } from '../../support/attested.js'
import { add, digestOf } from '../../support/fake-registry.js'
import { IDENTITY, type StandInSigner } from '../../support/sigstore.js'
import {
  anImage,
  attest,
  failed,
  folder,
  HOUR,
  NOW,
  put,
  refusal,
  shelf,
  statement,
  theirs,
  verify,
} from './attested-images.js'

describe('what is refused', () => {
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
