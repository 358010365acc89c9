import { afterEach, describe, expect, test } from '@jest/globals'
import { startAndWatch } from '../../../../../src/checks/docker-bench/run/start.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { type FakeEngine, fakeEngine } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'

const engines: FakeEngine[] = []
afterEach(async () => {
  for (const one of engines.splice(0)) {
    await one.close()
  }
})

/** Of a container with these variables that ended after it had printed this. */
async function outputOf(log: string, Env: readonly string[] | null = []): Promise<string> {
  const fake = await fakeEngine({
    'POST /containers/c1/start': (_, response) => json(response, 200, null),
    'GET /containers/c1/json': (_, response) =>
      json(response, 200, { Id: 'c1', Config: { Env }, State: { Running: false, ExitCode: 1 } }),
    'GET /containers/c1/logs': (_, response) => response.end(log),
  })
  engines.push(fake)
  const engine = await connectEngine({ DOCKER_HOST: fake.host })
  const signal = new AbortController().signal
  return (await startAndWatch(engine, 'c1', { timeoutMs: 1000, signal, patienceMs: null })).said
}

describe('the last lines of a container that ended', () => {
  test.each([
    ['the value of a secret variable', 'no login with hunter2hunter2', 'no login with ***'],
    ['a variable with its value', 'DB_PASSWORD=tr0ub4dor', 'DB_PASSWORD=***'],
    ['a token by its form', `push with ghp_${'a1'.repeat(20)}`, 'push with ***'],
    ['a password in an address', 'cannot reach postgres://app:pw1234@db/x', 'cannot reach ***db/x'],
    [
      'a private key',
      'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb',
      /^a\n\*\*\*[^M]*\nb$/,
    ],
    ['a private key without an end', '-----BEGIN PRIVATE KEY-----\nMIIE', '***'],
    ['words for a terminal', '\u001b[31mred\u001b[0m\u0007', 'red'],
    ['no secret', 'DATABASE_URL is not set', 'DATABASE_URL is not set'],
  ])('when they hold %s, then only that is not shown', async (_, log, shown) => {
    expect(await outputOf(log, ['API_TOKEN=hunter2hunter2', 'PATH=/bin'])).toEqual(
      typeof shown === 'string' ? shown : expect.stringMatching(shown),
    )
  })

  test('when they name a file of a secret, then the path is shown', async () => {
    const path = '/run/secrets/smtp-password'
    expect(await outputOf(`no ${path}`, [`SMTP_PASSWORD_FILE=${path}`])).toBe(`no ${path}`)
  })

  test('when they are long, then their end is kept, and no secret is cut in two', async () => {
    const secret = 'hunter2'.repeat(200)
    const output = await outputOf(`${'x'.repeat(5000)}${secret}${'y'.repeat(1500)}`, [`API_TOKEN=${secret}`])
    expect(output.length).toBeLessThanOrEqual(2000)
    expect(output).not.toContain('hunter2')
    expect(output.endsWith('y'.repeat(1500))).toBe(true)
  })

  test('when the engine says nothing of variables, then the lines are reported all the same', async () => {
    expect(await outputOf('no database', null)).toBe('no database')
  })
})

describe('a container whose health check has no result yet', () => {
  /** @param starting how many answers say that it is starting: by count, because a loaded machine is slow */
  const watched = async (patienceMs: number | null, starting: number) => {
    let answers = 0
    const fake = await fakeEngine({
      'POST /containers/c1/start': (_, response) => json(response, 200, null),
      'GET /containers/c1/json': (_, response) => {
        const Status = answers++ < starting ? 'starting' : 'healthy'
        json(response, 200, { Id: 'c1', State: { Running: true, ExitCode: 0, Health: { Status } } })
      },
    })
    engines.push(fake)
    const engine = await connectEngine({ DOCKER_HOST: fake.host })
    const signal = new AbortController().signal
    return (await startAndWatch(engine, 'c1', { timeoutMs: 600, signal, patienceMs })).outcome
  }

  test('when it only has to run, then it is not waited for; when it must become healthy, then it is', async () => {
    expect(await watched(100, Infinity)).toBe('running')
    expect(await watched(100, 0)).toBe('healthy')
    expect(await watched(null, 1)).toBe('healthy')
    expect(await watched(null, Infinity)).toBe('never-healthy')
  })

  test('when it never becomes healthy, then what its health check printed last is kept, without secrets', async () => {
    const Log = [{ Output: 'first' }, { Output: 'no login with hunter2hunter2\n' }]
    const fake = await fakeEngine({
      'POST /containers/c1/start': (_, response) => json(response, 200, null),
      'GET /containers/c1/json': (_, response) =>
        json(response, 200, {
          ...{ Id: 'c1', Config: { Env: ['API_TOKEN=hunter2hunter2'] } },
          State: { Running: true, ExitCode: 0, Health: { Status: 'unhealthy', Log } },
        }),
      'GET /containers/c1/logs': (_, response) => response.end(''),
    })
    engines.push(fake)
    const engine = await connectEngine({ DOCKER_HOST: fake.host })
    const signal = new AbortController().signal
    const report = await startAndWatch(engine, 'c1', { timeoutMs: 600, signal, patienceMs: null })
    expect([report.outcome, report.health]).toEqual(['unhealthy', 'no login with ***'])
  })
})
