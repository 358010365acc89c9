import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removeImages, restartedAs, tinyDebian } from './images.js'
import {
  BASES,
  docker,
  leftovers,
  lines,
  type Ran,
  reportOf,
  seaworthy,
  start,
  TRACKER,
  volumes,
} from './support.js'

let image: string
let before: readonly string[]
beforeAll(() => {
  image = tinyDebian('subject')
  before = volumes()
})
afterAll(removeImages)

function expectUnanswered(ran: Ran, code: string): void {
  expect(ran.code).toBe(2)
  const report = reportOf(ran)
  expect(report.verdict).toBe('incomplete')
  expect(report.unanswered.map(({ problem }) => problem.code)).toEqual([code])
  expect(leftovers(ran)).toEqual([])
  expect(volumes()).toEqual(before)
}

/** Waits for a line on stderr, then for the container of that name. */
async function whenSaid(child: ReturnType<typeof start>['child'], text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(text)) {
        resolve()
      }
    })
  })
}

function serviceNamed(name: string): string {
  return lines(docker('ps', '-q', '--filter', 'label=dev.seaworthy.run', '--filter', `name=${name}`))[0] ?? ''
}

describe('when a service fails', () => {
  test('then a missing Clair image is unanswered', async () => {
    expectUnanswered(
      await seaworthy(['scan', image, '--clair-image', 'seaworthy-test/none:1']),
      'no-such-image',
    )
  })

  test('then a Clair that never gets ready is unanswered within its time limit', async () => {
    const sleeper = restartedAs('sleeper', BASES.bookworm, ['ENTRYPOINT ["sleep","600"]', 'CMD []'])
    const ran = await seaworthy(['scan', image, '--clair-image', sleeper, '--clair-timeout', '10'])
    expectUnanswered(ran, 'clair-not-ready')
  })

  test('then a Clair that ends at once is unanswered with its last words', async () => {
    const ender = restartedAs('ender', BASES.bookworm, [
      'ENTRYPOINT ["sh","-c","echo last words >&2; exit 3"]',
      'CMD []',
    ])
    const ran = await seaworthy(['scan', image, '--clair-image', ender])
    expectUnanswered(ran, 'service-ended')
    expect(ran.stdout).toContain('last words')
  })

  test('then an image without PostgreSQL is unanswered', async () => {
    const ran = await seaworthy([
      'scan',
      image,
      '--postgres-image',
      restartedAs('nopg', BASES.bookworm, ['CMD []']),
    ])
    expect(ran.code).toBe(2)
    expect(leftovers(ran)).toEqual([])
  })

  test.each(['clair', 'postgres'])(
    'then a %s that is killed while Clair indexes is unanswered',
    async (name) => {
      // Clair waits for its data, so that it is at work when it is killed, however fast it is.
      const killed = Promise.withResolvers<void>()
      const tracker = createServer((_, response) => {
        const type = { 'content-type': 'application/json' }
        killed.promise.then(() => response.writeHead(200, type).end(readFileSync(TRACKER)))
      })
      await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve))
      const { port } = tracker.address() as AddressInfo
      const address = `http://127.0.0.1:${port}/`
      const { child, ended } = start(['scan', image, '--clair-timeout', '20', '--tracker', address])
      await whenSaid(child, 'Clair reads the layers')
      docker('kill', serviceNamed(name))
      killed.resolve()
      const ran = await ended
      tracker.close()
      expect(ran.code).toBe(2)
      const { verdict, unanswered } = reportOf(ran)
      expect(verdict).toBe('incomplete')
      expect(unanswered.map(({ check }) => check)).toEqual(['clair'])
      expect(unanswered[0]?.problem.code).not.toMatch(/^tracker/)
      expect(leftovers(ran)).toEqual([])
    },
  )
})

describe('when the gate is ended from outside', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'then after %s it removes what it made, exit 2',
    async (signal) => {
      const { child, ended } = start(['scan', BASES.bookworm])
      await whenSaid(child, 'starting PostgreSQL')
      await sleep(700)
      child.kill(signal)
      const ran = await ended
      expect(ran.code).toBe(2)
      expect(`${ran.stdout}${ran.stderr}`).toContain(signal)
      expect(leftovers(ran)).toEqual([])
    },
  )

  test('then after SIGKILL the next run sweeps what is left', async () => {
    const { child, ended } = start(['scan', BASES.bookworm])
    await whenSaid(child, 'Clair reads the layers')
    child.kill('SIGKILL')
    await ended
    expect(leftovers().length).toBeGreaterThan(0)
    const ran = await seaworthy(['scan', image])
    expect(ran.code).not.toBeNull()
    expect(leftovers(ran)).toEqual([])
  })

  test('then when its time is over it says so, exit 2', async () => {
    const ran = await seaworthy(['scan', BASES.bookworm, '--timeout', '1'])
    expect(ran.code).toBe(2)
    expect(ran.stdout).toContain('within 1 s')
    expect(leftovers(ran)).toEqual([])
  })
})
