import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { policyDigestOf, type VerifyRequest } from '../../../src/gate/verify.js'
import { attach, listByTag, listOf } from '../../support/attested.js'
import { digestOf } from '../../support/fake-registry.js'
import { problemThrownBy } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'
import { IDENTITY, REPOSITORY } from '../../support/sigstore.js'
import {
  anImage,
  attest,
  folder,
  referrers,
  registry,
  shelf,
  statement,
  theirs,
  verify,
} from './attested-images.js'

describe('where the verdict is looked for', () => {
  const sourceOf = async (digest: string, part: Partial<VerifyRequest> = {}) => {
    const found = (await verify(digest, part)).checks.find(({ name }) => name === 'source')
    return `${found?.state}: ${found?.text}`
  }

  test('when a registry has the referrers API, then it is asked there, page by page', async () => {
    const image = anImage()
    const good = attach(shelf, image.manifest, await attest(statement(image)))
    const other = attach(shelf, image.manifest, '{}', 'application/spdx+json')
    referrers.api = (path) =>
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
    for (const noApi of [404, 400, 405, 406, 501]) {
      referrers.noApi = noApi
      expect([noApi, (await verify(image.manifest)).isGood]).toEqual([noApi, true])
    }
    expect(await sourceOf(image.manifest)).toBe(
      `unchecked: the tag ${image.manifest.replace(':', '-')}, because the registry does not have the referrers API; anyone who can push may have overwritten the tag, which hides verdicts`,
    )
    // It has one, and does not tell: that is no answer.
    referrers.noApi = 500
    expect((await problemOfRejected(verify(image.manifest))).code).toBe('registry-status')
  })

  test('when the list does not say what each is, then the manifests do', async () => {
    const image = anImage()
    const good = attach(shelf, image.manifest, await attest(statement(image)))
    for (const type of [null, 'application/vnd.oci.empty.v1+json']) {
      referrers.api = () => ({ text: listOf([good], type) })
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
    referrers.api = () => ({ text: listOf([]) })
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
      referrers.api = () => ({ text: listOf([]), link })
      expect((await problemOfRejected(verify(manifest))).what).toContain('at a different address')
    }
  })

  test.each<[string, () => string]>([
    [
      'the list has too many pages',
      () => {
        referrers.api = () => ({ text: listOf([]), link: '<?n=1>; rel="next"' })
        return 'has too many pages'
      },
    ],
    [
      'a stranger has put too much there',
      () => {
        referrers.api = () => ({
          text: listOf(Array.from({ length: 1001 }, (_, at) => digestOf(String(at)))),
        })
        return '1001 documents'
      },
    ],
    [
      'it is no list',
      () => {
        referrers.api = () => ({ text: '<html>' })
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
