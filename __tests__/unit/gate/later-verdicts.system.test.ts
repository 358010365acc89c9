import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { VerifyRequest } from '../../../src/gate/verify.js'
import { attach, listByTag, type Statement } from '../../support/attested.js'
import { add, digestOf } from '../../support/fake-registry.js'
import {
  anImage,
  attest,
  failed,
  folder,
  HOUR,
  NOW,
  POLICY,
  put,
  refusal,
  shelf,
  statement,
  theirs,
  verify,
} from './attested-images.js'

describe('what is refused', () => {
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
  const lax = ({ predicate }: Statement) => {
    predicate.policy.digest.sha256 = 'c'.repeat(64)
  }
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
})
