// Starting, ending and confining Clair: each gate here starts its own.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { until } from '../support/waiting.js'
import { removeImages, restartedAs, tinyDebian } from './images.js'
import { printed } from './paused-gate.js'
import {
  containersOf,
  docker,
  leftovers,
  lines,
  OWN_CLAIR,
  POSTGRES_IMAGE,
  type Ran,
  reportOf,
  SMALL,
  seaworthy,
  start,
  TRACKER,
  volumes,
} from './support.js'

let image: string
beforeAll(() => {
  image = tinyDebian('subject')
})
afterAll(removeImages)

function expectUnanswered(ran: Ran, code: string): void {
  expect(ran.code).toBe(2)
  const report = reportOf(ran)
  expect(report.verdict).toBe('incomplete')
  expect(report.unanswered.map(({ problem }) => problem.code)).toEqual([code])
  expect(leftovers(ran)).toEqual([])
}

/** A tracker that answers once it is released: Clair waits for its data, and is at work until then, however fast it is. */
async function slowTracker(): Promise<{ readonly address: string; release(): void }> {
  const released = Promise.withResolvers<void>()
  const server = createServer((_, response) => {
    const type = { 'content-type': 'application/json' }
    released.promise.then(() => response.writeHead(200, type).end(readFileSync(TRACKER)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const release = () => {
    released.resolve()
    server.close()
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, release }
}

describe('when a service fails', () => {
  test('then a missing Clair image is unanswered', async () => {
    expectUnanswered(
      await seaworthy(['scan', image, '--clair-image', 'seaworthy-test/none:1']),
      'no-such-image',
    )
  })

  test('then a Clair that never gets ready is unanswered within its time limit', async () => {
    const sleeper = restartedAs('sleeper', SMALL, ['ENTRYPOINT ["sleep","600"]', 'CMD []'])
    const ran = await seaworthy(['scan', image, '--clair-image', sleeper, keys({ timeouts: { clair: 10 } })])
    expectUnanswered(ran, 'clair-not-ready')
  })

  test('then a Clair that ends at once is unanswered with its last words', async () => {
    const ender = restartedAs('ender', SMALL, [
      'ENTRYPOINT ["sh","-c","echo last words >&2; exit 3"]',
      'CMD []',
    ])
    const ran = await seaworthy(['scan', image, '--clair-image', ender])
    expectUnanswered(ran, 'service-ended')
    expect(ran.stdout).toContain('last words')
  })

  test('then an image without PostgreSQL is unanswered', async () => {
    const ran = await seaworthy(['scan', image, '--postgres-image', restartedAs('nopg', SMALL, ['CMD []'])])
    expect(ran.code).toBe(2)
    expect(reportOf(ran).unanswered.map(({ problem }) => problem.where)).toEqual(['postgres-image'])
    expect(ran.stdout).toContain('set postgres-image to a PostgreSQL image')
    expect(leftovers(ran)).toEqual([])
  })

  test.each(['clair', 'postgres'])(
    'then a %s that is killed while Clair indexes is unanswered',
    async (name) => {
      const tracker = await slowTracker()
      const { child, ended } = start([
        'scan',
        image,
        keys({ timeouts: { clair: 20 } }),
        '--tracker',
        tracker.address,
      ])
      await printed(child, 'Clair is reading the layers')
      docker('kill', ...containersOf(child.pid, name))
      tracker.release()
      const ran = await ended
      expect(ran.code).toBe(2)
      const { verdict, unanswered } = reportOf(ran)
      expect(verdict).toBe('incomplete')
      expect(unanswered.map(({ check }) => check)).toEqual(['clair'])
      expect(unanswered[0]?.problem.code).not.toMatch(/^tracker/)
      expect(leftovers(ran)).toEqual([])
    },
  )
})

describe('when the images of the services declare volumes', () => {
  test('then these are gone with the containers', async () => {
    const postgres = restartedAs('volumes', POSTGRES_IMAGE, ['VOLUME /var/lib/postgresql/data /other'])
    const tracker = await slowTracker()
    const { child, ended } = start([
      'scan',
      image,
      '--postgres-image',
      postgres,
      '--tracker',
      tracker.address,
    ])
    await printed(child, 'Clair is reading the layers')
    const [id = ''] = containersOf(child.pid, 'postgres')
    const mounts = docker('inspect', '-f', '{{range .Mounts}}{{.Type}} {{.Name}}{{println}}{{end}}', id)
    const names = lines(mounts).flatMap((line) => /^volume (.+)$/.exec(line)?.[1] ?? [])
    expect(names).not.toEqual([])
    tracker.release()
    const ran = await ended
    expect(leftovers(ran)).toEqual([])
    expect(volumes().filter((name) => names.includes(name))).toEqual([])
  })
})

describe('when the gate is ended from outside', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'then after %s it removes what it made, exit 2',
    async (signal) => {
      const { child, ended } = start(['scan', SMALL, ...OWN_CLAIR])
      await printed(child, 'starting PostgreSQL')
      await until(() => containersOf(child.pid, 'clair').length > 0)
      child.kill(signal)
      const ran = await ended
      expect(ran.code).toBe(2)
      expect(`${ran.stdout}${ran.stderr}`).toContain(signal)
      expect(leftovers(ran)).toEqual([])
    },
  )

  test('then when its time is over it says so, exit 2', async () => {
    const ran = await seaworthy(['scan', SMALL, ...OWN_CLAIR, '--timeout', '1'])
    expect(ran.code).toBe(2)
    expect(ran.stdout).toContain('within 1 s')
    expect(leftovers(ran)).toEqual([])
  })
})
