import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { type OpenedPlatform, openPlatforms } from '../../../src/io/platforms/open-platforms.js'
import type { Platform } from '../../../src/model/image/image.js'
import { platformName } from '../../../src/model/image/image.js'
import { type PlatformChoice, platformNameOf } from '../../../src/model/image/platforms.js'
import { problemOf } from '../../../src/model/problem.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../support/fake-engine.js'
import {
  AMD64,
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  putIndex,
  type Shelf,
  serve,
} from '../../support/fake-registry.js'
import { json } from '../../support/fake-server.js'

// The engine and the registry are fakes; what real ones do is in __tests__/live/platforms.test.ts.

const archives = fileURLToPath(new URL('../../support/archives', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'platforms-'))
const servers: (FakeEngine | FakeRegistry)[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const ARM64: Platform = { os: 'linux', architecture: 'arm64', variant: 'v8' }
let runs = 0

/** Each opened platform in words: its name and that of its config, or what went wrong; then what else there is. */
async function opened(reference: string, choice: PlatformChoice, routes: Routes = {}, api = '1.41') {
  const fake = await fakeEngine(routes, api)
  servers.push(fake)
  const engine = () => connectEngine({ DOCKER_HOST: fake.host })
  const directory = mkdtempSync(join(folder, `run-${++runs}-`))
  const options = { engine, directory, signal: new AbortController().signal }
  const all = await openPlatforms([reference], choice, options)
  const described = async ({ opening: { image, apart }, platform }: OpenedPlatform) => {
    try {
      const config = platformName((await image).platform)
      return `${platform}: ${config}${apart === null ? '' : ` apart from ${apart.engine}`}`
    } catch (error) {
      const { code, what } = problemOf(error, '')
      return `${platform}: ${code}: ${what}`
    }
  }
  return { told: await Promise.all(all.map(described)), others: await all[0]?.others, calls: fake.calls() }
}

/** A whole image on a shelf, of one layer. */
function image(shelf: Shelf, platform: Platform, configured = platform): string {
  const tar = tarOf([{ path: 'file', text: platformName(platform) }]).toString('latin1')
  const diffId = add(shelf, tar)
  const { os, architecture, variant } = configured
  const config = JSON.stringify({
    ...{ os, architecture, ...(variant === null ? {} : { variant }) },
    rootfs: { type: 'layers', diff_ids: [diffId] },
  })
  return add(shelf, {
    schemaVersion: 2,
    config: { digest: add(shelf, config), size: config.length },
    layers: [{ digest: diffId, size: tar.length }],
  })
}

async function registryWith(make: (shelf: Shelf) => void): Promise<{ host: string; shelf: Shelf }> {
  const shelf = emptyShelf()
  make(shelf)
  const registry = await fakeRegistry((request, response) => serve(shelf, request, response))
  servers.push(registry)
  return { host: registry.host, shelf }
}

/** An engine that has amd64 of the index, and sends nothing of it. */
const engineWith = (reference: string, digest: string | null): Routes => ({
  [`GET /images/${reference}/json`]: (_, response) =>
    json(response, 200, {
      Id: digestOf('id'),
      Os: 'linux',
      Architecture: 'amd64',
      RepoDigests: digest === null ? [] : [`${reference.replace(/:[^:/]*$/, '')}@${digest}`],
      RootFS: { Layers: [digestOf('a layer')] },
    }),
})

describe('an index of which the engine has one platform', () => {
  test('when the others are asked for, then they come from the registry, with an attestation skipped', async () => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      index = putIndex(shelf, '1', [
        [AMD64, image(shelf, AMD64)],
        [ARM64, image(shelf, ARM64)],
      ])
    })
    const reference = `${host}/app:1`
    const got = await opened(reference, ['linux/arm64'], engineWith(reference, index))
    expect(got.told).toEqual(['linux/arm64: linux/arm64/v8 apart from linux/amd64'])
    expect(got.others).toEqual({ notExamined: ['linux/amd64'], skipped: ['1 attestation'], unknown: null })
    // Nothing is pulled over the tag.
    expect(got.calls.filter((call) => call.startsWith('POST'))).toEqual([])
  })

  test('when it names its platform twice, then the one that the engine has is told by its digest', async () => {
    let index = ''
    let second = ''
    const { host } = await registryWith((shelf) => {
      const S390: Platform = { ...AMD64, architecture: 's390x' }
      second = image(shelf, AMD64, { ...AMD64, variant: 'v1' })
      index = putIndex(shelf, '1', [
        [AMD64, image(shelf, AMD64)],
        [AMD64, second],
        [S390, image(shelf, S390)],
      ])
    })
    const reference = `${host}/app:1`
    const by = async (digest: string) => (await opened(reference, null, engineWith(reference, digest))).others
    const digests = await by(second)
    expect(digests?.notExamined).toEqual([expect.stringMatching(/^linux\/amd64 \(/), 'linux/s390x'])
    expect(digests?.notExamined[0]).not.toContain(second.slice(0, 19))
    // By the index alone nobody knows which of them it took.
    expect((await by(index))?.notExamined).toHaveLength(3)
  })

  test('when an entry with a platform calls itself an attestation, then nobody has examined it', async () => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      const entry = (platform: Platform, digest: string, more: object = {}) => ({
        ...{ digest, platform: { os: platform.os, architecture: platform.architecture } },
        ...more,
      })
      const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' }
      const manifests = [
        entry(AMD64, image(shelf, AMD64)),
        entry(ARM64, image(shelf, ARM64), { annotations }),
        entry({ ...ARM64, os: 'Linux', architecture: 's390x' }, digestOf('s390x'), { artifactType: 'x/y' }),
      ]
      index = add(shelf, { schemaVersion: 2, manifests })
      shelf.tags.set('1', index)
    })
    const reference = `${host}/app:1`
    const { others } = await opened(reference, null, engineWith(reference, index))
    expect(others).toEqual({ notExamined: ['linux/arm64', 'linux/s390x'], skipped: [], unknown: null })
  })

  const ATTESTATION = { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }
  /** Of an index with amd64 and these entries, of which none names a platform. */
  const besides = async (make: (shelf: Shelf) => readonly object[]) => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      const amd64 = { digest: image(shelf, AMD64), platform: { os: 'linux', architecture: 'amd64' } }
      index = add(shelf, { schemaVersion: 2, manifests: [amd64, ...make(shelf)] })
      shelf.tags.set('1', index)
    })
    const reference = `${host}/app:1`
    return (await opened(reference, null, engineWith(reference, index))).others
  }

  test.each([
    ['an attestation', ATTESTATION],
    ['an artifact', { artifactType: 'application/x' }],
  ])('when an image hides as %s without a platform, then nobody has examined it', async (_, disguise) => {
    const others = await besides((shelf) => [
      { digest: image(shelf, ARM64), ...disguise },
      { digest: add(shelf, { schemaVersion: 2, manifests: [] }), ...disguise },
      { digest: digestOf('gone'), ...disguise },
    ])
    expect(others).toEqual({
      notExamined: Array(2).fill(expect.stringMatching(/^no platform \(sha256:/)),
      skipped: [expect.stringMatching(/^no platform \(sha256:.*missing\)$/)],
      unknown: null,
    })
  })

  test('when its config hides as another kind of document, then it is not examined all the same', async () => {
    const others = await besides((shelf) => {
      const text = shelf.blobs.get(image(shelf, ARM64)) ?? ''
      const { config, ...manifest } = JSON.parse(text)
      const masked = { ...manifest, config: { ...config, mediaType: 'application/x' } }
      return [{ digest: add(shelf, masked), ...ATTESTATION }]
    })
    expect(others?.notExamined).toEqual([expect.stringMatching(/^no platform/)])
  })

  test('when it is an attestation, or an artifact, then it is reported as one, and nothing is missing', async () => {
    const others = await besides((shelf) => {
      const of = (config: object, mediaType: string) => {
        const text = JSON.stringify(config)
        const described = { mediaType, digest: add(shelf, text), size: text.length }
        return { digest: add(shelf, { schemaVersion: 2, config: described, layers: [] }) }
      }
      const unknown = { os: 'unknown', architecture: 'unknown', rootfs: { type: 'layers', diff_ids: [] } }
      return [
        { ...of(unknown, 'application/vnd.oci.image.config.v1+json'), ...ATTESTATION },
        { ...of({}, 'application/vnd.oci.empty.v1+json'), artifactType: 'application/x' },
      ]
    })
    expect(others).toEqual({ notExamined: [], skipped: ['2 attestations'], unknown: null })
  })

  test('when the tag has been moved to another index, then the one that the engine has is read', async () => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      index = putIndex(shelf, '1', [
        [AMD64, image(shelf, AMD64)],
        [ARM64, image(shelf, ARM64)],
      ])
      putIndex(shelf, '1', [
        [{ ...AMD64, architecture: 's390x' }, image(shelf, { ...AMD64, architecture: 's390x' })],
      ])
    })
    const reference = `${host}/app:1`
    const got = await opened(reference, ['linux/arm64', 'linux/s390x'], engineWith(reference, index))
    expect(got.told).toEqual([
      'linux/arm64: linux/arm64/v8 apart from linux/amd64',
      'linux/s390x: platform-missing: the image does not have linux/s390x; it has linux/amd64, linux/arm64/v8',
    ])
  })

  test('when the config of a platform says another one, then that is an error', async () => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      index = putIndex(shelf, '1', [
        [AMD64, image(shelf, AMD64)],
        [ARM64, image(shelf, ARM64, AMD64)],
      ])
    })
    const reference = `${host}/app:1`
    const { told } = await opened(reference, ['linux/arm64'], engineWith(reference, index))
    expect(told[0]).toContain(
      "registry-malformed: the index says linux/arm64/v8, but the image's config says linux/amd64",
    )
  })

  test.each([
    ['ends early', (text: string) => text.slice(0, -512), /registry-malformed: the layer .* ends after/],
    ['goes on', (text: string) => `${text}more`, /registry-malformed: the layer .* is larger than/],
    [
      'has other bytes',
      (text: string) => text.replace('linux', 'LINUX'),
      /archive-digest: .* does not match its name: its SHA-256 is /,
    ],
    ['is not there', () => null, /registry-not-found/],
  ] as const)('when a layer of a platform %s, then that is an error', async (_, spoil, expected) => {
    let index = ''
    const { host, shelf } = await registryWith((made) => {
      index = putIndex(made, '1', [
        [AMD64, image(made, AMD64)],
        [ARM64, image(made, ARM64)],
      ])
    })
    const layer = [...shelf.blobs].find(
      ([, text]) => text.includes('linux/arm64/v8') && text.startsWith('file'),
    )
    const spoilt = spoil(layer?.[1] ?? '')
    if (spoilt === null) {
      shelf.blobs.delete(layer?.[0] ?? '')
    } else {
      shelf.blobs.set(layer?.[0] ?? '', spoilt)
    }
    const reference = `${host}/app:1`
    const { told } = await opened(reference, ['linux/arm64'], engineWith(reference, index))
    expect(told[0]).toMatch(expected)
  })
})

/** The store of containerd, which keeps amd64 and arm64 of an index of three. */
const keepsTwo = (reference: string): Routes => ({
  [`GET /images/${reference}/json`]: (_, response) =>
    json(response, 200, {
      ...{
        Id: digestOf('index'),
        Os: 'linux',
        Architecture: 'amd64',
        RootFS: { Layers: [digestOf('layer')] },
      },
      RepoDigests: [`${reference.replace(/:[^:/]*$/, '')}@${digestOf('index')}`],
      Manifests: ['amd64', 'arm64', 's390x'].map((architecture) => ({
        ...{ Available: architecture !== 's390x', Kind: 'image' },
        Descriptor: { digest: digestOf(architecture) },
        ImageData: { Platform: { os: 'linux', architecture } },
      })),
    }),
  // It sends nothing: what is asked for is enough.
  [`GET /images/${digestOf('index')}/get`]: (_, response) => response.writeHead(500).end('{"message":"no"}'),
})

describe('what the store of containerd lists without a platform', () => {
  const listing = (reference: string, of: string, hidden: readonly object[]): Routes => ({
    [`GET /images/${reference}/json`]: (_, response) =>
      json(response, 200, {
        ...{ Id: of, Os: 'linux', Architecture: 'amd64', RootFS: { Layers: [digestOf('layer')] } },
        RepoDigests: [`${reference.replace(/:[^:/]*$/, '')}@${of}`],
        Manifests: [
          {
            ...{ Available: true, Kind: 'image', Descriptor: { digest: digestOf('amd64') } },
            ImageData: { Platform: { os: 'linux', architecture: 'amd64' } },
          },
          ...hidden,
        ],
      }),
  })
  const masked = (digest: string) => ({
    ...{ Available: true, Kind: 'attestation' },
    Descriptor: { digest, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
  })

  test('when the registry shows that it is an image, or cannot show what it is, then it is not examined', async () => {
    let hidden = ''
    const { host } = await registryWith((shelf) => {
      hidden = image(shelf, ARM64)
    })
    for (const reference of [`${host}/app:1`, '127.0.0.1:9/app:1']) {
      const routes = listing(reference, digestOf('index'), [masked(hidden)])
      const { others } = await opened(reference, null, routes, '1.48')
      expect(others?.notExamined).toEqual([`no platform (${hidden.slice(0, 19)})`])
    }
  })

  test('when it is an attestation, by its own word or by what the registry has, then it is skipped', async () => {
    let artifact = ''
    const { host } = await registryWith((shelf) => {
      const config = { mediaType: 'application/vnd.oci.empty.v1+json', digest: add(shelf, '{}'), size: 2 }
      artifact = add(shelf, { schemaVersion: 2, config, layers: [] })
    })
    const reference = `${host}/app:1`
    const platform = { os: 'unknown', architecture: 'unknown' }
    const own = masked(digestOf('attestation'))
    const manifests = [masked(artifact), { ...own, Descriptor: { ...own.Descriptor, platform } }]
    const { others } = await opened(reference, null, listing(reference, digestOf('index'), manifests), '1.48')
    expect(others).toEqual({ notExamined: [], skipped: ['2 attestations'], unknown: null })
  })
})

describe('a platform that the engine keeps next to its own', () => {
  test.each(['1.48', '1.49'])(
    'when the API is %s, then it is saved from there, and never pulled over the tag',
    async (api) => {
      const { calls, told } = await opened('app:1', ['linux/arm64'], keepsTwo('app:1'), api)
      expect(told[0]).toMatch(/^linux\/arm64: (?!platform-missing)/)
      expect(calls).toContain(`GET /images/${digestOf('index')}/get`)
      expect(calls.filter((call) => call.startsWith('POST'))).toEqual([])
    },
  )

  test('when it names another one that it does not keep, then that one is not pulled over the tag either', async () => {
    const { calls } = await opened(
      '127.0.0.1:9/app:1',
      ['linux/s390x'],
      keepsTwo('127.0.0.1:9/app:1'),
      '1.48',
    )
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([])
  })
})

describe.each(['1.41', '1.44', '1.47'])('an engine of API %s, which does not list platforms', (api) => {
  const both = (shelf: Shelf) =>
    putIndex(shelf, '1', [
      [AMD64, image(shelf, AMD64)],
      [ARM64, image(shelf, ARM64)],
    ])

  test('when the registry has the index, then what the engine does not have is not examined', async () => {
    let index = ''
    const { host } = await registryWith((shelf) => {
      index = both(shelf)
    })
    const { others } = await opened(`${host}/app:1`, null, engineWith(`${host}/app:1`, index), api)
    expect(others).toMatchObject({ notExamined: ['linux/arm64/v8'], unknown: null })
  })

  test('when the registry no longer has it, then nobody knows which there are, and not that there are none', async () => {
    const { host } = await registryWith(() => {})
    const { others } = await opened(`${host}/app:1`, null, engineWith(`${host}/app:1`, digestOf('gone')), api)
    expect(others).toMatchObject({
      notExamined: [],
      unknown: expect.stringContaining('the registry has none'),
    })
  })
})

describe('an image that was built in the engine', () => {
  test('when another platform is asked for, then the error lists the one that it has, and nothing is pulled', async () => {
    const got = await opened('app:1', ['linux/arm64'], engineWith('app:1', null))
    expect(got.told).toEqual([
      'linux/arm64: platform-missing: the image does not have linux/arm64; it has linux/amd64',
    ])
    expect(got.calls.filter((call) => call.startsWith('POST'))).toEqual([])
  })
})

test('when the containerd store names a platform that it does not have and no registry does, then that is an error', async () => {
  const manifest = (architecture: string, Available: boolean) => ({
    ...{ Available, Kind: 'image', Descriptor: { digest: digestOf(architecture) } },
    ImageData: { Platform: { os: 'linux', architecture } },
  })
  const routes: Routes = {
    'GET /images/app:1/json': (_, response) =>
      json(response, 200, {
        ...{ Id: digestOf('id'), Os: 'linux', Architecture: 'amd64', RepoDigests: [] },
        Manifests: [manifest('amd64', true), manifest('arm64', false)],
      }),
  }
  const { told, others } = await opened('app:1', ['linux/arm64'], routes, '1.48')
  expect(told[0]).toContain(
    'linux/arm64: platform-missing: the engine lists the platform linux/arm64, but does not have the image for it',
  )
  expect(others?.notExamined).toEqual(['linux/amd64'])
})

describe('an archive with two platforms', () => {
  const TWO = join(archives, 'oci-two-platforms.tar.gz')
  const PARTLY = join(archives, 'save-29-containerdstore-one-of-two-platforms.tar.gz')

  test('when all are asked for, then each is opened', async () => {
    const { told, others } = await opened(TWO, 'all')
    expect(told.map((one) => one.replace(/^.*: /, ''))).toEqual(['linux/amd64', 'linux/arm64'])
    expect(others?.notExamined).toEqual([])
  })

  test('when none is named, then the other one is reported', async () => {
    const { told, others } = await opened(TWO, null)
    expect(told).toHaveLength(1)
    expect(others?.notExamined).toHaveLength(1)
  })

  test('when it names one and does not hold it, then that is reported, and an error where all are asked for', async () => {
    const { others } = await opened(PARTLY, null)
    expect(others?.notExamined).toEqual([])
    expect(others?.skipped.join()).toContain('(requested but missing)')
    const { told } = await opened(PARTLY, 'all')
    expect(told.filter((one) => one.includes('platform-missing'))).toHaveLength(1)
  })

  test('when it does not have a platform, then the error lists those that it has', async () => {
    const { told } = await opened(TWO, ['linux/s390x'])
    expect(told[0]).toContain(
      'linux/s390x: platform-missing: the image does not have linux/s390x; it has linux/',
    )
    expect(platformNameOf(null)).toBe('no platform')
  })
})
