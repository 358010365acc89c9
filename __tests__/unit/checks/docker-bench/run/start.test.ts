import { afterEach, describe, expect, test } from '@jest/globals'
import { type SubjectOptions, withHealth } from '../../../../../src/checks/docker-bench/run/containers.js'
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
    expect(fake.calls().filter((call) => call === 'GET /containers/c1/json')).toHaveLength(1)
  })
})

describe('the health check of a container that only has to run', () => {
  const NANO = 1e9
  const report = { outcome: 'running', exitCode: null, seconds: 5, said: '' } as const

  /** @param ago when it was started, in ms @param states what the engine says of it, in order; the last one stays */
  const watched = async (ago: number, states: readonly object[], part: Partial<SubjectOptions> = {}) => {
    const left = [...states]
    const fake = await fakeEngine({
      'GET /containers/c1/json': (_, response) =>
        json(response, 200, { Id: 'c1', ...(left.length > 1 ? left.shift() : left[0]) }),
      'GET /containers/c1/logs': (_, response) => response.end(''),
    })
    engines.push(fake)
    const about = {
      ...{ engine: await connectEngine({ DOCKER_HOST: fake.host }), signal: new AbortController().signal },
      ...{ runId: 'abc', index: 0, labels: {}, imageId: 'i1', startTimeoutMs: 60_000, isStartOptional: true },
      ...part,
    }
    const one = { id: 'c1', name: 'n', differs: [], began: performance.now() - ago, report }
    return { report: (await withHealth(one, about)).report, asked: fake.calls().length }
  }
  const STARTED = '2026-12-01T10:00:00.123456789Z'
  const failedAfter = (seconds: number) => ({
    Output: 'no such file',
    End: new Date(Date.parse(STARTED) + seconds * 1000).toISOString(),
  })
  const state = (Status: string, health: object = {}, Log: readonly object[] = []) => ({
    Config: { Healthcheck: { Test: ['CMD', 'x'], ...health } },
    State: { Running: true, ExitCode: 0, StartedAt: STARTED, Health: { Status, Log } },
  })

  test('when it succeeds later, then that counts', async () => {
    const { report } = await watched(5000, [state('starting'), state('healthy')])
    expect(report.outcome).toBe('healthy')
  })

  test('when it has failed, and the next one would run too late, then that is not waited for', async () => {
    const { report, asked } = await watched(5000, [state('starting', {}, [failedAfter(30.1)])])
    expect(report).toMatchObject({ outcome: 'never-healthy', health: 'no such file' })
    expect(report).not.toHaveProperty('isUnchecked')
    // One look at the container, and one at its output.
    expect(asked).toBe(2)
  })

  test('when the first one would run too late, then nothing is waited for, and it is said to be unknown', async () => {
    const { report, asked } = await watched(5000, [state('starting', { Interval: 300 * NANO })])
    expect(report).toMatchObject({ outcome: 'never-healthy', isUnchecked: true })
    expect(asked).toBe(2)
  })

  test.each([
    ['has a start period, in which it runs more often', { Interval: 300 * NANO, StartPeriod: NANO }],
    ['has an interval that is short enough', { Interval: 59 * NANO }],
    ['has the default interval', {}],
  ])('when it %s, then it is waited for', async (_, health) => {
    const { report } = await watched(5000, [state('starting', health), state('unhealthy', health)])
    expect(report.outcome).toBe('unhealthy')
  })

  test('when the time that one which must become healthy has is over, then it has not succeeded', async () => {
    const { report } = await watched(60_001, [state('starting')])
    expect(report.outcome).toBe('never-healthy')
  })

  test.each<[string, object, Partial<SubjectOptions>, number]>([
    ['it has none', { State: { Running: true, ExitCode: 0 } }, {}, 1],
    ['the container has to start', state('unhealthy'), { isStartOptional: false }, 0],
  ])('when %s, then its report is as before', async (_, one, part, count) => {
    expect(await watched(5000, [one], part)).toEqual({ report, asked: count })
  })
})
