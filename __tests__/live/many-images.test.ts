import { createReadStream } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { debianPlace, removePlaces } from './docker-bench/places.js'
import { standIn } from './docker-bench/stand-in.js'
import { buildMany, expectAsAlone, removeMany } from './many.js'
import { CLAIR_FLAGS } from './shared-clair.js'
import { leftovers, newFolder, type Ran, SMALL, seaworthy, TRACKER } from './support.js'

/** script/long judges twenty. */
const COUNT = 4
const name = `seaworthy-test/many-${process.pid}`
let images: readonly string[] = []
beforeAll(async () => {
  images = buildMany(name, COUNT, SMALL)
})
afterAll(async () => {
  removeMany(images)
  removePlaces()
})

/** An engine's socket behind another one, which notes the first line of each request. */
async function noted(): Promise<{ socket: string; lines: string[]; server: Server }> {
  const lines: string[] = []
  const socket = join(newFolder(), 'engine.sock')
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: '/var/run/docker.sock', allowHalfOpen: true })
    client.once('data', (bytes) => lines.push(bytes.toString('latin1').split('\r\n')[0] ?? ''))
    client.pipe(engine)
    engine.pipe(client)
    client.on('error', () => engine.destroy())
    engine.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  return { socket, lines, server }
}

/** A server that hands out the tracker, and counts how often. */
async function tracker() {
  const requested: string[] = []
  const server = createHttpServer((request, response) => {
    requested.push(`${request.method} ${request.url}`)
    response.setHeader('last-modified', new Date().toUTCString())
    createReadStream(TRACKER).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/tracker.json`, asked: requested, server }
}

describe(`${COUNT} images on one base, and something in the place of Docker Bench`, () => {
  test('when they are judged in one run, then it has one stream, and one of each service', async () => {
    const [engine, data] = [await noted(), await tracker()]
    const place = debianPlace()
    let ran: Ran
    try {
      const flags = ['--checks', 'clair,docker-bench', '--tracker', data.url, keys({ 'max-data-age': 87600 })]
      const bench = [
        keys({ 'bench-engine': 'both-required' }),
        '--bench-source',
        standIn().folder,
        '--bench-image',
        place,
      ]
      ran = await seaworthy(['scan', ...images, ...flags, ...bench], {
        DOCKER_HOST: `unix://${engine.socket}`,
      })
    } finally {
      engine.server.close()
      data.server.close()
    }
    expect([ran.code, ran.stderr.match(/not answer|could not/g)]).toEqual([1, null])
    const made = engine.lines.flatMap(
      (line) => /containers\/create\?name=seaworthy-\w+-(\S*)/.exec(line)?.[1] ?? [],
    )
    const services = made.filter((one) => !one.endsWith('-waiter')).sort()
    expect(services).toEqual(['bench', 'clair', 'postgres'])
    expect(engine.lines.filter((line) => /\/images\/.*get[? ]/.test(line))).toEqual([
      expect.stringMatching(/^GET \/v[\d.]+\/images\/get\?names=/),
    ])
    expect(data.asked).toEqual(['GET /tracker.json'])
    expect(leftovers(ran)).toEqual([])
  })

  test('when they are judged in one run, then each is what it is when it is judged alone', async () => {
    const flags = [
      ...[
        '--checks',
        'clair,docker-bench',
        keys({ 'max-data-age': 87600 }),
        keys({ 'bench-engine': 'builtin' }),
      ],
      ...CLAIR_FLAGS,
    ]
    const ran = await seaworthy(['scan', ...images, ...flags])
    expect(ran.code).toBe(1)
    await expectAsAlone(ran, images, [images[0] ?? '', images[COUNT - 1] ?? ''], flags)
  })
})
