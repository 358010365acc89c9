// Clair as others run it, in several states: each test here has one of its own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ClairEcosystem } from '../../src/checks/clair/applications/ecosystems.js'
import { recordsOf } from '../support/osv/records.js'
import { keys } from '../support/policies.js'
import { gem, imageWith, osvFolder, removeApplications, wheel } from './application-images.js'
import { type Neighbourhood, startNeighbour, startNeighbourhood } from './external-services.js'
import { expectToLive, fuzzedPackages } from './fuzzed-clair.js'
import { imageOn, removeImages, stanza, tinyDebian } from './images.js'
import { inContainer } from './listeners.js'
import {
  docker,
  lines,
  newFolder,
  OWN_CLAIR,
  pairsOf,
  type Ran,
  reportOf,
  SMALL,
  TRACKER,
} from './support.js'
import { type Done, HERE, printed, runOn } from './test-engine.js'

const PSK = { key: Buffer.from('thirty-two bytes of no secret...').toString('base64'), issuer: 'gate' }
const IMAGE = SMALL
const WHOLE = readFileSync(TRACKER, 'utf8')

let place: Neighbourhood
let clair: { url: string; id: string }
let tiny: string
beforeAll(async () => {
  tiny = tinyDebian('external')
  place = await startNeighbourhood()
  clair = await startNeighbour(place, { database: 'postgres', tracker: WHOLE })
})
afterAll(async () => {
  removeImages()
  removeApplications()
  await place.stop()
})

/** Runs the gate on that Clair; it must start no container of its own. */
async function scan(
  image: string,
  url: string,
  more: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Done> {
  const own = more.includes('--layer-url') ? [] : ['--layer-url', `http://${place.gateway}`]
  const ran = await runOn(HERE, ['scan', image, '--clair-url', url, ...own, ...more], env)
  expect(ran).toMatchObject({ made: [], left: [] })
  return ran
}

function expectUnanswered(ran: Ran, code: string): void {
  expect(ran.code).toBe(2)
  expect(reportOf(ran).verdict).toBe('incomplete')
  expect(reportOf(ran).unanswered.map(({ problem }) => problem.code)).toEqual([code])
}

/** Layers that it has fetched so far, as its log of debugging tells. */
async function fetched(): Promise<string[]> {
  const log = lines(await printed('docker', ['logs', clair.id])).filter((line) =>
    line.includes('fetchFileForCache'),
  )
  return [...new Set(log.flatMap((line) => /\/layer\/(sha256:[0-9a-f]{64})/.exec(line)?.[1] ?? []))].sort()
}

function layersOf(image: string): string[] {
  const format = '{{range .RootFS.Layers}}{{println .}}{{end}}'
  return lines(docker('image', 'inspect', '-f', format, image))
}

describe('when Clair is one that others run', () => {
  test('then the findings are those of a Clair of our own, and the next run costs new layers only', async () => {
    const own = await runOn(HERE, ['scan', IMAGE, ...OWN_CLAIR])
    expect(own.made).toHaveLength(2)
    const first = await scan(IMAGE, clair.url)
    const findings = reportOf(own).images[0]?.findings ?? []
    expect(findings.length).toBeGreaterThan(10)
    expect(reportOf(first).images[0]?.findings).toEqual(findings)
    expect(first.code).toBe(own.code)

    const known = await fetched()
    expect(known).toEqual(expect.arrayContaining(layersOf(IMAGE)))
    const nowhere = ['--layer-url', 'http://192.0.2.77']
    const again = await scan(IMAGE, clair.url, nowhere)
    expect(reportOf(again).images[0]?.findings).toEqual(findings)

    const child = imageOn(IMAGE, 'external-child', { 'srv/new': 'x' })
    const next = await scan(child, clair.url)
    expect(reportOf(next).images[0]?.findings).toEqual(findings)
    const [newest] = layersOf(child).slice(-1)
    expect(await fetched()).toEqual([...known, newest].sort())
  })

  test('then an archive is judged where there is no Docker engine', async () => {
    const archive = join(newFolder(), 'image.tar')
    docker('save', '-o', archive, tiny)
    const ran = await scan(archive, clair.url, [], { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
    expect(pairsOf(reportOf(ran)).length).toBeGreaterThan(3)
    expect(reportOf(ran).unanswered).toEqual([])
    expect(ran.stdout).not.toContain('seaworthy-canary')
    expect(JSON.stringify(reportOf(ran).images)).not.toContain('canary"')
  })

  test('then a layer-url that leads elsewhere ends in time, incomplete', async () => {
    const image = tinyDebian('external-unreached', stanza('bash', '5.2.15-2'))
    const mute = await inContainer(HERE, place.network, true)
    place.ends.push(mute.stop)
    const seconds = 4
    const limits = [keys({ timeouts: { clair: String(seconds) } })]
    for (const [host, port, least] of [
      [place.host, 4001, 0],
      [mute.address, mute.port, seconds],
    ] as const) {
      const ran = await scan(image, clair.url, ['--layer-url', `http://${host}:${port}`, ...limits])
      expectUnanswered(ran, 'clair-cannot-reach-us')
      expect(ran.stdout).toContain('layer-url')
      expect(ran.tookMs).toBeGreaterThan(least * 1000)
    }
  })
})

describe('when that Clair asks for a key', () => {
  let locked: string
  beforeAll(async () => {
    locked = (await startNeighbour(place, { database: 'postgres', tracker: WHOLE, psk: PSK })).url
  })
  const key = ['--clair-psk-issuer', PSK.issuer]

  test('then with the key there is an answer, and the key is reported nowhere', async () => {
    const ran = await scan(tiny, locked, key, { SEAWORTHY_CLAIR_PSK: PSK.key })
    expect(reportOf(ran).unanswered).toEqual([])
    expect(pairsOf(reportOf(ran)).length).toBeGreaterThan(3)
    expect(ran.stdout + ran.stderr + JSON.stringify(reportOf(ran))).not.toContain(PSK.key)
  })

  test('then without the key, with another one or another issuer it is refused, and that is reported', async () => {
    const wrong = Buffer.from('another secret of 32 bytes here.').toString('base64')
    expectUnanswered(await scan(tiny, locked), 'clair-refused')
    expectUnanswered(await scan(tiny, locked, key, { SEAWORTHY_CLAIR_PSK: wrong }), 'clair-refused')
    const other = ['--clair-psk-issuer', 'other']
    expectUnanswered(await scan(tiny, locked, other, { SEAWORTHY_CLAIR_PSK: PSK.key }), 'clair-refused')
  })
})

describe('when the database of that Clair proves nothing', () => {
  // One row, of a package that is in no image: its database is not empty, and lacks what the canary needs.
  const row = { releases: { bookworm: { status: 'open', urgency: 'low' } } }
  const poor = JSON.stringify({ 'no-such-package': { 'CVE-2026-99999': row } })

  test.each<[string, string | null, string]>([
    ['its updater has never run', null, 'clair-freshness-unknown'],
    ['its updater got an empty tracker', '{}', 'clair-no-report'],
    ['its updater got a tracker without the canary’s row', poor, 'canary-not-found'],
  ])('then with a Clair where %s the image is not judged', async (_, tracker, code) => {
    const database = `d${code.replaceAll('-', '_')}`
    place.addDatabase(database)
    const { url } = await startNeighbour(place, { database, tracker })
    expectUnanswered(await scan(tiny, url), code)
  })
})

describe('when an image has application packages, by files made here', () => {
  let image: string
  beforeAll(() => {
    image = imageWith('external', {
      ...wheel('Django', '3.2'),
      ...gem('rack', '2.2.3'),
      'node_modules/lodash/package.json': JSON.stringify({ name: 'lodash', version: '4.17.4' }),
    })
  })
  // Records of the sample are of years ago.
  const flags = () => [
    '--osv',
    osvFolder(),
    keys({ 'max-data-age': 87600 }),
    '--cache-dir',
    join(newFolder(), 'cache'),
  ]
  const applications = (ran: Ran) =>
    (reportOf(ran).images[0]?.findings ?? [])
      .filter(({ details }) => details.type === 'application-vulnerability')
      .map(({ package: name, agreement }) => `${name} ${agreement}`)
  const own = (ecosystem: ClairEcosystem) => [ecosystem, recordsOf(ecosystem)] as const

  test('then a Clair without advisories of OSV leaves them to ours, and that is reported', async () => {
    const ran = await scan(image, clair.url, flags())
    const [image0] = reportOf(ran).images
    expect(image0?.checks[0]).toMatchObject({ state: 'answered', problem: null })
    expect(image0?.checks[0]?.limits.join()).toContain('has no PyPI advisories')
    expect(image0?.applications?.words).toMatch(/^1 npm, 1 PyPI, 1 RubyGems packages judged by OSV/)
    expect(applications(ran)).toEqual(expect.arrayContaining(['pypi/django null', 'gem/rack null']))
  })

  test('then one that has those of PyPI confirms them, and those of RubyGems are left to ours', async () => {
    place.addDatabase('with_pypi')
    const records = new Map([own('PyPI')])
    const { url } = await startNeighbour(place, { database: 'with_pypi', tracker: WHOLE, records })
    const ran = await scan(image, url, flags())
    expect(reportOf(ran).unanswered).toEqual([])
    expect(reportOf(ran).images[0]?.applications?.words).toMatch(
      /^1 PyPI package judged by Clair and OSV; 1 npm, 1 RubyGems packages judged by OSV/,
    )
    expect(applications(ran)).toEqual(
      expect.arrayContaining(['pypi/django confirmed', 'gem/rack null', 'npm/lodash null']),
    )
    expect(ran.stdout).not.toContain('django 0.0.1')
  })
})

// 10,000 of them in __tests__/long.
describe('when 300 fuzzed advisories are narrowed for Clair', () => {
  test('then it stores those of each ecosystem, lives on, and has a report', async () => {
    await expectToLive(place, imageWith('fuzzed', ...fuzzedPackages()), { count: 300, seed: 16 })
  })
})
