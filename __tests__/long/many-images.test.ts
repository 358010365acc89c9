import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { buildMany, expectAsAlone, removeMany } from '../live/many.js'
import { BASES, newFolder, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'

const COUNT = 20
let images: readonly string[] = []
beforeAll(() => {
  images = buildMany(`seaworthy-test/many-${process.pid}`, COUNT, BASES.bookworm)
}, 600_000)
afterAll(() => removeMany(images))

test('when twenty are judged in one run, then the reports say of each what those of it alone say', async () => {
  const flags = [
    '--checks',
    'clair,docker-bench',
    keys({ 'max-data-age': 87600 }),
    keys({ 'bench-engine': 'builtin' }),
  ]
  const ran = await seaworthy(['scan', ...images, ...flags])
  expect(ran.code).toBe(1)
  await expectAsAlone(ran, images, images, flags)
}, 1_200_000)

test('when one of several is broken off by the engine, then a stream that is cut is no image', async () => {
  // A proxy that ends the stream of all in its middle, and leaves those of each alone as they are.
  const socket = join(newFolder(), 'engine.sock')
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: '/var/run/docker.sock', allowHalfOpen: true })
    let left = Number.POSITIVE_INFINITY
    client.once('data', (bytes) => {
      left = bytes.toString('latin1').includes('/images/get?names=') ? 50_000_000 : left
    })
    client.pipe(engine)
    engine.on('data', (bytes) => {
      left -= bytes.length
      if (left < 0) {
        client.destroy()
        engine.destroy()
      } else if (!client.write(bytes)) {
        engine.pause()
        client.once('drain', () => engine.resume())
      }
    })
    engine.on('end', () => client.end())
    client.on('error', () => engine.destroy())
    engine.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const some = images.slice(0, 2)
  const flags = ['--checks', 'clair', keys({ 'max-data-age': 87600 })]
  const ran = await seaworthy(['scan', ...some, ...flags], { DOCKER_HOST: `unix://${socket}` })
  server.close()
  expect(ran.code).toBe(1)
  await expectAsAlone(ran, some, some.slice(0, 1), flags)
}, 300_000)
