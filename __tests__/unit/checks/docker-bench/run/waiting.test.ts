import { afterEach, describe, expect, test } from '@jest/globals'
import { makeWaiter } from '../../../../../src/checks/docker-bench/run/waiting.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { type FakeEngine, fakeEngine } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'

const engines: FakeEngine[] = []
afterEach(async () => {
  for (const one of engines.splice(0)) {
    await one.close()
  }
})

/** Made in an engine whose start answers so. */
async function makeIn(
  platform: { architecture: string; machine: string },
  start: [number, string] = [204, ''],
) {
  const bodies: unknown[] = []
  const fake = await fakeEngine({
    'POST /containers/create': ({ body }, response) => {
      bodies.push(JSON.parse(String(body)))
      return json(response, 201, { Id: 'c1' })
    },
    'PUT /containers/c1/archive': (_, response) => json(response, 200, null),
    'POST /containers/c1/start': (_, response) => {
      if (start[0] !== 204) {
        return json(response, start[0], { message: start[1] })
      }
      response.statusCode = 204
      return response.end()
    },
  })
  engines.push(fake)
  const kept: string[] = []
  const engine = await connectEngine({ DOCKER_HOST: fake.host })
  const made = await makeWaiter(
    platform,
    {
      ...{ engine, runId: 'abc', index: 3, labels: { a: 'b' }, signal: new AbortController().signal },
      ...{ imageId: 'sha256:1', startTimeoutMs: 1000, isStartOptional: false },
    },
    (one) => {
      kept.push(one.id)
      return one
    },
  )
  return { made, kept, calls: fake.calls(), body: bodies[0] }
}

describe('a container that only waits', () => {
  test('when it is made, then it is closed off, and nothing of the image runs in it', async () => {
    const { made, kept, body, calls } = await makeIn({ architecture: 'amd64', machine: 'x86_64' })
    expect(made).toEqual({ waiter: { id: 'c1', name: 'seaworthy-abc-3-waiter' } })
    expect(kept).toEqual(['c1'])
    expect(body).toEqual({
      ...{ Image: 'sha256:1', Entrypoint: ['/seaworthy-waiter'], Cmd: [], WorkingDir: '/' },
      ...{ Healthcheck: { Test: ['NONE'] }, Labels: { a: 'b' } },
      HostConfig: {
        ...{ NetworkMode: 'none', CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], Init: false },
        Dns: ['0.0.0.0'],
        ...{ Memory: 64 * 2 ** 20, PidsLimit: 16, LogConfig: { Type: 'none' } },
      },
    })
    expect(calls).toEqual([
      'POST /containers/create',
      'PUT /containers/c1/archive',
      'POST /containers/c1/start',
    ])
  })

  test.each([
    ['arm64', 'x86_64', 'the image is for arm64, but the engine runs on x86_64'],
    ['amd64', 'aarch64', 'the image is for amd64, but the engine runs on aarch64'],
    ['s390x', 's390x', 'Seaworthy has no placeholder program for s390x'],
  ])(
    'when an image of %s is in an engine of %s, then none is made, and why is reported',
    async (architecture, machine, why) => {
      const { made, calls } = await makeIn({ architecture, machine })
      expect(made).toEqual({
        ...{
          waiter: null,
          why: `Docker Bench has no running container of this image to judge: ${why.replace('’', "'")}.`,
        },
      })
      expect(calls).toEqual([])
    },
  )

  test('when it cannot be started, then why is reported, and it is removed with all others', async () => {
    const output = 'unable to find user nobody: no matching entries in passwd file'
    const { made, kept } = await makeIn({ architecture: 'arm64', machine: 'aarch64' }, [400, output])
    expect(made).toMatchObject({ waiter: null, why: expect.stringContaining(output) })
    expect(kept).toEqual(['c1'])
  })
})
