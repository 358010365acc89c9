import { describe, expect, test } from '@jest/globals'
import { engineImagesBelow, imagesOfEngine } from '../../../../../src/checks/security-updates/base/at-hand.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { aLayer } from '../../../../support/builders.js'
import { fakeEngine } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'

const [ROOT, PYTHON, APP, OTHER] = ['a', 'b', 'c', 'd'].map((letter) => `sha256:${letter.repeat(64)}`) as [
  string,
  string,
  string,
  string,
]
const ofLayers = (...diffIds: string[]) => ({
  reference: 'ghcr.io/acme/app:1',
  layers: diffIds.map((diffId) => aLayer({ diffId })),
})
const inEngine = (reference: string, ...diffIds: string[]) => ({ reference, diffIds })
const names = (...all: Parameters<typeof engineImagesBelow>) =>
  engineImagesBelow(...all).map(({ reference }) => reference)

describe('what an image begins with', () => {
  const app = ofLayers(ROOT, PYTHON, APP)
  const DEBIAN = 'docker.io/library/debian:13'

  test('when the engine has its base and the base of that, then both are kept, the nearest first', () => {
    const all = [
      inEngine(DEBIAN, ROOT),
      inEngine('docker.io/acme/base:1', ROOT, PYTHON),
      inEngine('docker.io/acme/x:1', OTHER),
    ]
    expect(names(app, all, [])).toEqual(['docker.io/acme/base:1', DEBIAN])
  })

  test('when an image is the judged one under another name or tag, then it is not built on itself', () => {
    const all = [
      inEngine('docker.io/acme/same:1', ROOT, PYTHON, APP),
      inEngine('ghcr.io/acme/app:builder', ROOT, PYTHON),
      inEngine('ghcr.io/acme/app:0.9', ROOT),
    ]
    expect(names(app, all, [])).toEqual([])
  })

  test('when it is an official image itself, then that is kept', () => {
    expect(names({ ...ofLayers(ROOT), reference: 'debian:13' }, [inEngine(DEBIAN, ROOT)], [])).toEqual([
      DEBIAN,
    ])
    const mirrored = inEngine('a.example/hub/debian:13', ROOT)
    expect(names(ofLayers(ROOT), [mirrored], ['a.example/hub/'])).toEqual(['a.example/hub/debian:13'])
    expect(names(ofLayers(ROOT), [mirrored], [])).toEqual([])
  })

  test('when many names lie above the official one, then that is kept all the same', () => {
    const tags = Array.from({ length: 40 }, (_, at) => inEngine(`docker.io/acme/base:${at}`, ROOT, PYTHON))
    const kept = names(app, [...tags, inEngine(DEBIAN, ROOT)], [])
    expect([kept.length, kept.at(-1)]).toEqual([16, DEBIAN])
  })

  test('when it is an update of an image, then no name of that one is its base, but the base of that one is', () => {
    const all = [
      inEngine('docker.io/acme/unpatched:1', ROOT, PYTHON),
      inEngine('docker.io/acme/base:1', ROOT),
      inEngine('docker.io/acme/longer:1', ROOT, PYTHON, OTHER),
    ]
    expect(names(app, all, [], [ROOT, PYTHON])).toEqual(['docker.io/acme/base:1'])
    expect(names(app, all, [], [ROOT, OTHER])).toEqual([
      'docker.io/acme/unpatched:1',
      'docker.io/acme/base:1',
    ])
    expect(names(app, [inEngine(DEBIAN, ROOT)], [], [ROOT])).toEqual([DEBIAN])
  })

  test('when an image has no layers, then nothing begins with it', () => {
    expect(names(app, [inEngine(DEBIAN)], [])).toEqual([])
  })
})

describe('the images of the engine', () => {
  const ask = async (routes: Parameters<typeof fakeEngine>[0]) => {
    const fake = await fakeEngine(routes)
    try {
      const engine = () => connectEngine({ DOCKER_HOST: fake.host })
      return { found: await imagesOfEngine(engine, new AbortController().signal), calls: fake.calls() }
    } finally {
      await fake.close()
    }
  }
  const LISTED = [
    { Id: 'sha256:1', RepoTags: ['debian:13', 'acme/base:1'], RepoDigests: null },
    { Id: 'sha256:2', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] },
    { Id: 'sha256:3', RepoTags: null, RepoDigests: [`debian@sha256:${'9'.repeat(64)}`] },
    { Id: 'sha256:4', RepoTags: ['not a name'] },
  ]

  test('when they have names, then each is reported with its layers; what has none is not looked at', async () => {
    const { found, calls } = await ask({
      'GET /images/json': (_, response) => json(response, 200, LISTED),
      'GET /images/sha256:1/json': (_, response) =>
        json(response, 200, { Id: 'sha256:1', RootFS: { Layers: [ROOT, PYTHON] } }),
      'GET /images/sha256:3/json': (_, response) => json(response, 200, { Id: 'sha256:3' }),
    })
    expect(found).toEqual([
      inEngine('docker.io/library/debian:13', ROOT, PYTHON),
      inEngine('docker.io/acme/base:1', ROOT, PYTHON),
      inEngine(`docker.io/library/debian@sha256:${'9'.repeat(64)}`),
    ])
    expect(calls.toSorted()).toEqual([
      'GET /images/json',
      'GET /images/sha256:1/json',
      'GET /images/sha256:3/json',
    ])
  })

  test('when one has a name of ours, by which an update or a test tries it, then that name is no base', async () => {
    const trial = 'seaworthy-update:1763971200-0123456789ab-test-0'
    const { found, calls } = await ask({
      'GET /images/json': (_, response) =>
        json(response, 200, [
          { Id: 'sha256:1', RepoTags: [trial, 'acme/base:1', 'seaworthy-update:mine'] },
          { Id: 'sha256:2', RepoTags: [trial] },
        ]),
      'GET /images/sha256:1/json': (_, response) =>
        json(response, 200, { Id: 'sha256:1', RootFS: { Layers: [ROOT] } }),
    })
    expect(found).toEqual([
      inEngine('docker.io/acme/base:1', ROOT),
      inEngine('docker.io/library/seaworthy-update:mine', ROOT),
    ])
    expect(calls).not.toContain('GET /images/sha256:2/json')
  })

  test('when one is removed after they were listed, then the others count all the same', async () => {
    const { found } = await ask({
      'GET /images/json': (_, response) => json(response, 200, LISTED),
      'GET /images/sha256:1/json': (_, response) => json(response, 404, { message: 'No such image' }),
      'GET /images/sha256:3/json': async (_, response) => {
        await new Promise((resolve) => setImmediate(resolve))
        json(response, 200, { Id: 'sha256:3', RootFS: { Layers: [ROOT] } })
      },
    })
    expect(found).toEqual([inEngine(`docker.io/library/debian@sha256:${'9'.repeat(64)}`, ROOT)])
  })

  test('when the engine does not answer, or stops answering, then what was found until then counts', async () => {
    const none = () => Promise.reject(new Error('no engine'))
    expect(await imagesOfEngine(none, new AbortController().signal)).toEqual([])
    const { found } = await ask({ 'GET /images/json': (_, response) => json(response, 500, {}) })
    expect(found).toEqual([])
    expect((await ask({ 'GET /images/json': (_, response) => json(response, 200, LISTED) })).found).toEqual(
      [],
    )
  })
})
