import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { lastingName, presentImage, pullImage } from '../../../../src/io/engine/transfer.js'
import { fakeEngine, type Routes } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { until } from '../../../support/waiting.js'
import { commands, fakes } from './fakes.js'

const signal = new AbortController().signal

async function engine(routes: Routes = {}) {
  const fake = await fakeEngine(routes)
  fakes.push(fake)
  return { fake, engine: await connectEngine({ DOCKER_HOST: fake.host }) }
}

/** The engine's answer to a pull: 200, and a line of JSON for each step, whatever happens. */
const stream = (...lines: readonly object[]): Routes => ({
  'POST /images/create': (_, response) =>
    response.writeHead(200).end(lines.map((line) => `${JSON.stringify(line)}\r\n`).join('')),
})

describe('through the engine, where there is no docker command', () => {
  const digest = `@sha256:${'a'.repeat(64)}`
  test.each([
    ['debian', 'debian:latest'],
    ['debian:bookworm', 'debian:bookworm'],
    ['ghcr.io/acme/app', 'ghcr.io/acme/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['localhost:5000/app:1', 'localhost:5000/app:1'],
    [`debian${digest}`, `debian${digest}`],
    [`localhost:5000/app:1${digest}`, `localhost:5000/app:1${digest}`],
  ])('when %s is pulled, then the engine is asked for %s, and never for all tags', async (name, expected) => {
    const { fake, engine: it } = await engine(stream({ status: 'done' }))
    await pullImage(it, name, null, signal)
    const query = new URL(fake.requestsReceived.at(-1)?.path ?? '', 'http://x').searchParams
    expect([...query]).toEqual([['fromImage', expected]])
  })

  test('when a platform is wanted, then it is asked for', async () => {
    const { fake, engine: it } = await engine(stream({ status: 'done' }))
    await pullImage(it, 'debian', 'linux/arm64', signal)
    const query = new URL(fake.requestsReceived.at(-1)?.path ?? '', 'http://x').searchParams
    expect(query.get('platform')).toBe('linux/arm64')
  })

  test('when the stream tells an error, then there is no such image, whatever the status', async () => {
    const error = 'manifest for debian:nope not found: "unknown"'
    const { engine: it } = await engine(
      stream({ status: 'Pulling' }, { errorDetail: { message: error }, error }),
    )
    const problem = await problemOfRejected(pullImage(it, 'debian:nope', null, signal))
    expect(problem).toMatchObject({ code: 'no-such-image', where: it.host })
    expect(problem.what).toContain('"debian:nope"')
    expect(problem.what).toContain('manifest for debian:nope not found')
  })

  test('when the error comes after a lot of progress, then it is not overlooked', async () => {
    const progress = Array.from({ length: 2000 }, (_, at) => ({ status: 'Downloading', at }))
    const { engine: it } = await engine(stream(...progress, { error: 'no space left on device' }))
    expect((await problemOfRejected(pullImage(it, 'debian', null, signal))).what).toContain('no space left')
  })

  test('when the engine refuses, then its words are reported', async () => {
    const { engine: it } = await engine({
      'POST /images/create': (_, response) => json(response, 404, { message: 'pull access denied' }),
    })
    const problem = await problemOfRejected(pullImage(it, 'private/app', null, signal))
    expect(problem.code).toBe('no-such-image')
    expect(problem.what).toContain('pull access denied')
  })
})

describe('through the docker command', () => {
  function docker(script: string): () => readonly string[] {
    const log = join(commands, 'log')
    writeFileSync(join(commands, 'docker'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${log}\n${script}\n`)
    chmodSync(join(commands, 'docker'), 0o755)
    return () => readFileSync(log, 'utf8').trimEnd().split('\n')
  }

  test('when it is there, then it pulls from the engine that we speak to, and the name can be no option', async () => {
    const { fake, engine: it } = await engine()
    const args = docker('exit 0')
    await pullImage(it, 'debian:bookworm', 'linux/arm64', signal)
    expect(args().slice(0, 3)).toEqual(['--host', it.host, 'pull'])
    expect(args().slice(-4)).toEqual(['--platform', 'linux/arm64', '--', 'debian:bookworm'])
    expect(fake.calls()).toEqual([])
  })

  test('when it fails, then the last line of its stderr is reported', async () => {
    const { engine: it } = await engine()
    docker('echo "Using default tag" >&2; echo "Error: pull access denied" >&2; exit 1')
    const problem = await problemOfRejected(pullImage(it, 'private/app', null, signal))
    expect(problem.code).toBe('no-such-image')
    expect(problem.what).toMatch(/can't be pulled: Error: pull access denied$/)
  })

  test('when it fails and says nothing, then it has failed nevertheless', async () => {
    const { engine: it } = await engine()
    docker('exit 125')
    expect((await problemOfRejected(pullImage(it, 'debian', null, signal))).code).toBe('no-such-image')
  })
})

test('when the gate is ended while the docker command waits, then so is the command', async () => {
  const { engine: it } = await engine()
  const started = join(commands, 'started')
  writeFileSync(join(commands, 'docker'), `#!/bin/sh\n: >${started}\nexec /bin/sleep 3600\n`)
  chmodSync(join(commands, 'docker'), 0o755)
  const reason = new Error('ended')
  const controller = new AbortController()
  const pulled = pullImage(it, 'debian', null, controller.signal)
  void until(() => existsSync(started)).then(() => controller.abort(reason))
  await expect(pulled).rejects.toBe(reason)
})

test('when the gate was ended, then nothing is pulled any more', async () => {
  const { fake, engine: it } = await engine(stream({ status: 'done' }))
  const reason = new Error('ended')
  await expect(pullImage(it, 'debian', null, AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(fake.calls()).toEqual([])
})

describe('an image that is to run', () => {
  const ID = `sha256:${'1'.repeat(64)}`
  const DIGEST = `sha256:${'d'.repeat(64)}`

  test('when the engine has it, then nobody is asked for it; when not, then it is pulled, once', async () => {
    const existing = await engine({
      'GET /images/a:1/json': (_, response) => json(response, 200, { Id: ID }),
    })
    expect((await presentImage(existing.engine, 'a:1', signal)).Id).toBe(ID)
    let isPulled = false
    const missing = await engine({
      'GET /images/a:1/json': (_, response) =>
        isPulled ? json(response, 200, { Id: ID }) : json(response, 404, { message: 'none' }),
      'POST /images/create': (_, response) => {
        isPulled = true
        response.writeHead(200).end('{"status":"done"}\r\n')
      },
    })
    expect((await presentImage(missing.engine, 'a:1', signal)).Id).toBe(ID)
    expect(
      [existing, missing].map(({ fake }) => fake.calls().filter((call) => call.startsWith('POST'))),
    ).toEqual([[], [expect.stringMatching(/^POST \/images\/create/)]])
  })

  test.each([
    ['postgres:17', [`postgres@${DIGEST}`], `postgres:17@${DIGEST}`],
    ['docker.io/library/postgres:17', [`postgres@${DIGEST}`], `docker.io/library/postgres:17@${DIGEST}`],
    [
      'quay.io/a/clair:4',
      [`other.example/a/clair@${ID}`, `quay.io/a/clair@${DIGEST}`],
      `quay.io/a/clair:4@${DIGEST}`,
    ],
    ['postgres', [`postgres@${DIGEST}`], `postgres@${DIGEST}`],
    [`postgres:17@${DIGEST}`, [], `postgres:17@${DIGEST}`],
  ])('when %s is of a registry, then its lasting name has the digest', (reference, RepoDigests, name) => {
    expect(lastingName(reference, { Id: ID, RepoDigests })).toEqual({ name, sha256: 'd'.repeat(64) })
  })

  test.each([[[]], [null], [[`other@${DIGEST}`]]])(
    'when no registry has named it (%j), then it has its name, and its id in this engine',
    (RepoDigests) => {
      const state = { Id: ID, RepoDigests } as Parameters<typeof lastingName>[1]
      expect(lastingName('mine:1', state)).toEqual({ name: 'mine:1', sha256: '1'.repeat(64) })
    },
  )
})
