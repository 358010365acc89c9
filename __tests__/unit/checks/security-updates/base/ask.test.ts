import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { baseAsker } from '../../../../../src/checks/security-updates/base/ask.js'
import { deduceBase } from '../../../../../src/inventory/provenance/base/deduce.js'
import type { Image } from '../../../../../src/model/image/image.js'
import type { AllowedBases } from '../../../../../src/model/provenance/base-image.js'
import { aLayer, anImage } from '../../../../support/builders.js'
import {
  aDiffId,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  put,
  type Shelf,
  serve,
} from '../../../../support/fake-registry.js'

const [ROOT, NEW_ROOT, APP] = [aDiffId('root'), aDiffId('new root'), aDiffId('app')]
const NOW = new Date('2026-11-24T12:00:00Z')

let shelf: Shelf
let registry: FakeRegistry
let folder: string
const saved = { ...process.env }
beforeEach(async () => {
  shelf = emptyShelf()
  registry = await fakeRegistry((request, response) => serve(shelf, request, response))
  folder = mkdtempSync(join(tmpdir(), 'sw-ask-'))
  process.env.DOCKER_CONFIG = folder
  // What is not on this machine is refused at once, so that no test reaches out.
  process.env.https_proxy = 'http://127.0.0.1:9'
})
afterEach(async () => {
  await registry.close()
  process.env = { ...saved }
  rmSync(folder, { recursive: true })
})

function image(labels: Readonly<Record<string, string>>, reference = `${registry.host}/acme/app:1`): Image {
  return anImage({
    reference,
    config: { config: { Labels: labels } },
    history: [],
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    layers: [ROOT, APP].map((diffId) => aLayer({ diffId })),
  })
}
const label = (name: string, digest = '') => ({
  'org.opencontainers.image.base.name': name,
  'org.opencontainers.image.base.digest': digest,
})
const noEngine = () => Promise.reject(new Error('no engine'))
const asker = (
  allowedBases: AllowedBases = 'any',
  signal = new AbortController().signal,
  more: Partial<Parameters<typeof baseAsker>[0]> = {},
) => baseAsker({ allowedBases, officialMirrors: [], engine: noEngine, now: NOW, signal, ...more })

describe('asking registries', () => {
  test('when the tag of the label proves it, then nothing more is asked, and the source is reported', async () => {
    const digest = put(shelf, '12', [ROOT])
    const name = `${registry.host}/acme/base:12`
    const { asked, sources } = await asker()(image(label(name, digest)))
    expect(asked).toMatchObject([
      { reference: name, reason: 'label', outcome: 'ok', digest, diffIds: [ROOT] },
    ])
    expect(sources).toEqual([
      {
        name: `registry ${name}`,
        url: name,
        fetchedAt: NOW.toISOString(),
        rows: null,
        date: '2026-11-17T00:00:00Z',
        sha256: digest.slice(7),
      },
    ])
  })

  test('when the tag has moved on, then its old digest is asked, and what was said gives the same base again', async () => {
    const old = put(shelf, null, [ROOT])
    put(shelf, '12', [NEW_ROOT])
    const of = image(label(`${registry.host}/acme/base:12`, old))
    const { asked } = await asker()(of)
    expect(asked.map(({ reason, outcome }) => [reason, outcome])).toEqual([
      ['label', 'ok'],
      ['label-digest', 'ok'],
    ])
    const kept = JSON.parse(JSON.stringify(asked)) as typeof asked
    expect(deduceBase(of, { asked: [...kept], atHand: [] })).toMatchObject({
      restsOn: 'layers',
      movedOn: true,
      digest: old,
    })
  })

  test('when two images have one base, then it is asked for once', async () => {
    put(shelf, '12', [ROOT])
    const ask = asker()
    const of = image(label(`${registry.host}/acme/base:12`))
    await Promise.all([ask(of), ask({ ...of, reference: `${registry.host}/acme/other:1` })])
    expect(registry.requestsReceived).toHaveLength(3)
  })

  test('when an allowed base has no wildcard, then it is looked up without a label', async () => {
    put(shelf, '12', [ROOT])
    const of = image({}, 'app:1')
    const { asked } = await asker([`${registry.host}/acme/base:12`, 'debian:*'])(of)
    expect(asked).toMatchObject([{ reason: 'allowed', outcome: 'ok' }])
    expect((await asker([`${registry.host}/acme/*`])(of)).asked).toEqual([])
  })

  test('when a label names a registry that is not known, then no request goes there', async () => {
    put(shelf, '12', [ROOT])
    const of = image(label(`${registry.host}/acme/base:12`), 'app:1')
    const { asked, sources } = await asker()(of)
    expect(asked).toMatchObject([{ outcome: 'registry-stranger', diffIds: [] }])
    expect([sources, registry.requestsReceived]).toEqual([[], []])
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: {} } }))
    expect((await asker()(of)).asked).toMatchObject([{ outcome: 'ok' }])
  })

  test.each([
    ['mirror.gcr.io/library/debian:trixie-slim', 'http-unreachable'],
    ['public.ecr.aws/docker/library/debian:trixie-slim', 'http-unreachable'],
    ['other.gcr.io/library/debian:trixie-slim', 'registry-stranger'],
    ['mirror.gcr.io.example.org/library/debian:trixie-slim', 'registry-stranger'],
    ['mirror.gcr.io:8443/library/debian:trixie-slim', 'registry-stranger'],
  ])('when only a label names %s, then the outcome is %s', async (name, outcome) => {
    const { asked } = await asker('official')(image(label(name), 'app:1'))
    expect(asked).toMatchObject([{ reference: name, reason: 'label', outcome }])
  })

  test('when nobody answers, then each failure is written down and nothing is thrown', async () => {
    const of = image(label('ghcr.io/acme/base:12', `sha256:${'a'.repeat(64)}`))
    const { asked } = await asker()(of)
    expect(asked.map(({ outcome }) => outcome)).toEqual(['http-unreachable', 'http-unreachable'])
    expect(deduceBase(of, { asked: [...asked], atHand: [] })).toMatchObject({
      restsOn: 'label',
      movedOn: null,
      contradicted: false,
    })
  })

  test('when a registry refuses for now, then later rounds do not go there again', async () => {
    const busy = await fakeRegistry((_, response) => response.writeHead(429).end())
    const of = image(
      label(`${busy.host}/acme/base:12`, `sha256:${'a'.repeat(64)}`),
      `${busy.host}/acme/app:1`,
    )
    const { asked } = await asker()(of)
    await busy.close()
    expect(asked.map(({ reason, outcome }) => [reason, outcome])).toEqual([
      ['label', 'registry-status'],
      ['label-digest', 'registry-status'],
    ])
    expect(busy.requestsReceived).toHaveLength(1)
  })

  test('when the run is stopped, then asking ends', async () => {
    const stop = new AbortController()
    const silent = await fakeRegistry(() => stop.abort(new Error('stopped')))
    const ask = asker([], stop.signal)
    const answers = ask(image(label(`${silent.host}/acme/base:12`), `${silent.host}/acme/app:1`))
    expect((await answers).asked).toMatchObject([{ outcome: 'http-timeout' }])
    await silent.close()
  })
})
