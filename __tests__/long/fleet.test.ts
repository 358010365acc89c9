import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { type ClairApi, untilReady, untilUpdated } from '../../src/checks/clair/api/api.js'
import { startFeedServer } from '../../src/checks/clair/services/server.js'
import { tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { type Neighbourhood, startNeighbourhood } from '../live/external-services.js'
import { type LiveRegistry, startRegistry } from '../live/registry.js'
import { debianData, pushImageFor } from '../live/registry-index.js'
import { CLAIR_IMAGE, docker, ROOT, reportOf, seaworthy, TRACKER } from '../live/support.js'
import { LABEL } from '../live/test-engine.js'
import { freePort } from '../support/free-port.js'
import { keys } from '../support/policies.js'

// A fleet of gates on one split Clair, with the configuration of examples/fleet: two indexers, which fetch the layers from a
// registry, one matcher, no notifier. All on this machine, so the figures are of the machine and of what else it does.

const AMD64 = { os: 'linux', architecture: 'amd64' }
const ISSUER = 'gate'
const IMAGES = Number(process.env.SEAWORTHY_FLEET_IMAGES ?? 200)
/** Images of one run of the gate. */
const BATCH = 10

interface Part {
  readonly id: string
  readonly port: number
}

let place: Neighbourhood
let registry: LiveRegistry
let indexers: readonly Part[]
let matcher: Part
let front: { readonly url: string; readonly server: Server }
let psk: { readonly key: string; readonly issuer: string }
const NEVER = new AbortController().signal

beforeAll(async () => {
  ;[place, registry] = await Promise.all([startNeighbourhood(true), startRegistry()])
  const releases = new Map([['bookworm', '12']])
  const served = {
    layer: () => Promise.reject(new Error('the registry has the layers')),
    tracker: Promise.resolve(readFileSync(TRACKER, 'utf8')),
    releases: Promise.resolve(releases),
    osv: null,
  }
  const feed = await startFeedServer('127.0.0.1', 0, served, true)
  place.ends.push(() => feed.close())
  const ports = [await freePort(), await freePort(), await freePort()] as const
  front = await startFront(ports.slice(0, 2), ports[2])
  const configOf = (port: number) => configFor(port, front.url, feed.url)
  psk = { key: configOf(0).auth.psk.key, issuer: ISSUER }
  indexers = ports.slice(0, 2).map((port) => ({ port, id: startClair('indexer', configOf(port)) }))
  matcher = { port: ports[2], id: startClair('matcher', configOf(ports[2])) }
  for (const { port } of indexers) {
    await untilReady({ url: `http://127.0.0.1:${port}`, psk, signal: NEVER }, 120_000, async () => {})
  }
  const api: ClairApi = { url: front.url, psk, signal: NEVER }
  await untilUpdated(api, feed.fingerprint, 180_000, async () => {})
}, 400_000)

afterAll(async () => {
  front?.server.closeAllConnections()
  front?.server.close()
  await place?.stop()
  await registry?.stop()
}, 60_000)

interface FleetConfig {
  readonly auth: { readonly psk: { readonly key: string } }
}

/** The example's, with the addresses of this machine, and the sample tracker. */
function configFor(port: number, clair: string, feed: string): FleetConfig {
  const example = load(readFileSync(join(ROOT, 'examples/fleet/clair.yaml'), 'utf8')) as FleetConfig & {
    readonly indexer: object
    readonly matcher: object
  }
  const connstring = `host=${place.host} port=5432 user=postgres password=not-a-secret dbname=postgres sslmode=disable`
  const json_url = `${feed}/tracker/data/json`
  return {
    ...example,
    ...{ http_listen_addr: `127.0.0.1:${port}`, introspection_addr: '' },
    indexer: { ...example.indexer, connstring },
    matcher: { ...example.matcher, connstring, indexer_addr: `${clair}/` },
    updaters: {
      sets: ['debian'],
      config: { debian: { mirror_url: `${feed}/`, json_url }, 'debian/updater': { json_url } },
    },
  } as FleetConfig
}

function startClair(mode: 'indexer' | 'matcher', config: FleetConfig): string {
  const env = ['-e', 'CLAIR_CONF=/config/clair.yaml', '-e', `CLAIR_MODE=${mode}`]
  const options = ['--label', LABEL, '--network', 'host', '--user', '65534:65534', ...env]
  const id = docker('create', ...options, CLAIR_IMAGE).trim()
  place.ends.push(() => void docker('rm', '-f', '-v', id))
  const files = [
    { path: 'config/', text: null },
    { path: 'config/clair.yaml', text: JSON.stringify(config) },
    { path: 'config/empty.json', text: readFileSync(join(ROOT, 'examples/fleet/empty.json'), 'utf8') },
  ]
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tarOf(files) })
  docker('start', id)
  return id
}

/** As examples/fleet/nginx.conf: requests to index go to the indexers in turn, and to the next one if one is gone. */
async function startFront(indexerPorts: readonly number[], matcherPort: number): Promise<typeof front> {
  let turn = 0
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer)
    }
    const first = turn++ % indexerPorts.length
    const isForIndexer = incoming.url?.startsWith('/indexer/') === true
    const ports = isForIndexer
      ? [...indexerPorts.slice(first), ...indexerPorts.slice(0, first)]
      : [matcherPort]
    for (const port of ports) {
      const answer = await forward(port, incoming, Buffer.concat(chunks)).catch(() => null)
      if (answer !== null) {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('error', () => response.destroy()).pipe(response)
        return
      }
    }
    response.writeHead(502).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function forward(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, resolve)
    sent.on('error', reject).end(body)
  })
}

interface FleetImage {
  readonly reference: string
  readonly expected: 'pass' | 'fail'
}

/** Small images, each with a layer of its own; every second one lacks an update. */
async function imagesNamed(name: string, count: number): Promise<readonly FleetImage[]> {
  const made: FleetImage[] = []
  for (let at = 0; at < count; at++) {
    const expected = at % 2 === 0 ? 'pass' : 'fail'
    const packages = { apt: expected === 'pass' ? '2.6.2' : '2.6.1', zlib: '1:1.2.13.dfsg-1' }
    const files = { ...debianData('amd64', packages), 'srv/number': `${name} ${at}` }
    const repository = `fleet/${name}-${at}`
    const { digest } = await pushImageFor(registry.host, repository, AMD64, files)
    made.push({ reference: `registry:${registry.host}/${repository}@${digest}`, expected })
  }
  return made
}

type Status = 'pass' | 'fail' | 'incomplete'

/** One run of the gate: the verdict about each of these images. */
async function judge(images: readonly FleetImage[]): Promise<readonly Status[]> {
  const flags = ['--clair-url', front.url, '--layers-from', 'registry', '--clair-psk-issuer', ISSUER]
  const ran = await seaworthy(
    [
      'scan',
      ...images.map(({ reference }) => reference),
      ...flags,
      keys({ application: 'off', timeouts: { clair: 60 } }),
    ],
    {
      DOCKER_CONFIG: registry.noLogin,
      DOCKER_HOST: 'unix:///no/such/docker.sock',
      SEAWORTHY_CLAIR_PSK: psk.key,
    },
  )
  const verdicts = reportOf(ran).images.map(({ verdict }) => verdict as Status)
  expect(verdicts).toHaveLength(images.length)
  return verdicts
}

/**
 * Has so many gates judge the images, each its share of the list.
 * @param onProgress gets the number of images that have a verdict
 */
async function fleet(
  images: readonly FleetImage[],
  gates: number,
  onProgress: (done: number) => void = () => {},
): Promise<ReadonlyMap<FleetImage, Status>> {
  const verdicts = new Map<FleetImage, Status>()
  const gate = async (index: number) => {
    const share = images.filter((_, at) => at % gates === index)
    for (let at = 0; at < share.length; at += BATCH) {
      const part = share.slice(at, at + BATCH)
      for (const [each, status] of (await judge(part)).entries()) {
        verdicts.set(part[each] as FleetImage, status)
      }
      onProgress(verdicts.size)
    }
  }
  await Promise.all(Array.from({ length: gates }, (_, index) => gate(index)))
  return verdicts
}

const withStatus = (
  verdicts: ReadonlyMap<FleetImage, Status>,
  is: (one: FleetImage, status: Status) => boolean,
) => [...verdicts].filter(([one, status]) => is(one, status)).map(([one]) => one)

/** The gateway is in this process: what waited for the engine here would hold back the requests of the gates. */
const dockerLater = (...args: readonly string[]) => promisify(execFile)('docker', args)

/** As long as a scheduler needs to start it again, so that some gates find it gone. */
async function restartSlowly(id: string): Promise<void> {
  await dockerLater('kill', id)
  await sleep(5000)
  await dockerLater('start', id)
}

const load1 = () => (loadavg()[0] ?? 0).toFixed(1)

test(`${IMAGES} images by four gates, an indexer killed at a third, PostgreSQL killed and started again at half, the matcher restarted at two thirds: no verdict is wrong, and a second try has each`, async () => {
  const images = await imagesNamed('night', IMAGES)
  let [isKilled, isCut, isRestarted] = [false, false, false]
  const ends: Promise<unknown>[] = []
  const started = performance.now()
  const verdicts = await fleet(images, 4, (done) => {
    if (!isKilled && done >= IMAGES / 3) {
      isKilled = true
      ends.push(dockerLater('kill', indexers[0]?.id ?? ''))
    }
    if (!isCut && done >= IMAGES / 2) {
      isCut = true
      ends.push(restartSlowly(place.databaseId))
    }
    if (!isRestarted && done >= (IMAGES * 2) / 3) {
      isRestarted = true
      ends.push(restartSlowly(matcher.id))
    }
  })
  const minutes = (performance.now() - started) / 60_000
  await Promise.all(ends)
  expect([isKilled, isCut, isRestarted]).toEqual([true, true, true])
  const wrong = withStatus(verdicts, ({ expected }, status) => status !== 'incomplete' && status !== expected)
  const incomplete = withStatus(verdicts, (_, status) => status === 'incomplete')
  process.stdout.write(
    `  fleet: ${images.length} images, 4 gates, ${minutes.toFixed(1)} min, ${(images.length / minutes).toFixed(0)} images/min, ${wrong.length} wrong, ${incomplete.length} incomplete, load ${load1()}\n`,
  )
  expect(wrong).toEqual([])
  const again = await fleet(incomplete, 1)
  expect(withStatus(again, ({ expected }, status) => status !== expected)).toEqual([])
}, 3_600_000)

describe('images a minute', () => {
  test.each([1, 2, 4])(
    'by %i gates on one split Clair',
    async (gates) => {
      docker('start', indexers[0]?.id ?? '')
      await untilReady(
        { url: `http://127.0.0.1:${indexers[0]?.port}`, psk, signal: NEVER },
        60_000,
        async () => {},
      )
      const count = Math.max(BATCH * gates, Math.floor(IMAGES / 5))
      const images = await imagesNamed(`speed-${gates}`, count)
      const started = performance.now()
      const verdicts = await fleet(images, gates)
      const minutes = (performance.now() - started) / 60_000
      process.stdout.write(
        `  fleet: ${count} images, ${gates} gates: ${(count / minutes).toFixed(0)} images/min, load ${load1()}\n`,
      )
      expect(withStatus(verdicts, ({ expected }, status) => status !== expected)).toEqual([])
    },
    1_800_000,
  )
})
