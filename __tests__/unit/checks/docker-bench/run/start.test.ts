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
  return (await startAndWatch(engine, 'c1', { timeoutMs: 1000, signal })).said
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
  const watched = async (starting: number) => {
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
    return (await startAndWatch(engine, 'c1', { timeoutMs: 600, signal })).outcome
  }

  test('when it becomes healthy within the time, then that is waited for; else it never did', async () => {
    expect(await watched(0)).toBe('healthy')
    expect(await watched(1)).toBe('healthy')
    expect(await watched(Infinity)).toBe('never-healthy')
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
    const report = await startAndWatch(engine, 'c1', { timeoutMs: 600, signal })
    expect([report.outcome, report.health]).toEqual(['unhealthy', 'no login with ***'])
    expect(fake.calls().filter((call) => call === 'GET /containers/c1/json')).toHaveLength(1)
  })
})

describe('the health check of a container, as the gate runs it', () => {
  interface Run {
    readonly exitCode: number
    readonly output: string
  }

  /**
   * @param states what the engine says of the container, in order; the last one stays
   * @param runs the gate's runs of its health check; the last one stays; `null`: the engine refuses
   */
  const watched = async (timeoutMs: number, states: readonly object[], runs: readonly Run[] | null) => {
    const next = <T>(left: T[]) => (left.length > 1 ? left.shift() : left[0])
    const [leftStates, leftRuns] = [[...states], [...(runs ?? [])]]
    const commands: unknown[] = []
    let current: Run | undefined
    const fake = await fakeEngine({
      'POST /containers/c1/start': (_, response) => json(response, 204, {}),
      'GET /containers/c1/json': (_, response) => json(response, 200, { Id: 'c1', ...next(leftStates) }),
      'GET /containers/c1/logs': (_, response) => response.end(''),
      ...(runs && {
        'POST /containers/c1/exec': ({ body }, response) => {
          commands.push(JSON.parse(body.toString()).Cmd)
          json(response, 201, { Id: 'e1' })
        },
        'POST /exec/e1/start': (_, response) => {
          current = next(leftRuns)
          const output = Buffer.from(current?.output ?? '')
          // Engine API, "attach": the stream, and the length of its piece.
          response.end(Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, output.length]), output]))
        },
        'GET /exec/e1/json': (_, response) => json(response, 200, { ExitCode: current?.exitCode }),
      }),
    })
    engines.push(fake)
    const engine = await connectEngine({ DOCKER_HOST: fake.host })
    const signal = new AbortController().signal
    return { report: await startAndWatch(engine, 'c1', { timeoutMs, signal }), commands }
  }
  const state = (Status: string, config: object = {}, Log: readonly object[] = []) => ({
    Config: { Healthcheck: { Test: ['CMD', 'probe', '--all'] }, ...config },
    State: { Running: true, ExitCode: 0, Health: { Status, Log } },
  })
  const [FAILS, SUCCEEDS] = [
    { exitCode: 1, output: 'no such file' },
    { exitCode: 0, output: '' },
  ]

  test('when it succeeds, then the engine’s first run is not waited for', async () => {
    const { report, commands } = await watched(60_000, [state('starting')], [FAILS, SUCCEEDS])
    expect(report).toMatchObject({ outcome: 'healthy', said: '' })
    expect(commands).toEqual([
      ['probe', '--all'],
      ['probe', '--all'],
    ])
  })

  test.each([
    ['CMD-SHELL', ['CMD-SHELL', 'curl -f localhost || exit 1'], {}, ['/bin/sh', '-c']],
    [
      'SHELL',
      ['CMD-SHELL', 'curl -f localhost || exit 1'],
      { Shell: ['/bin/bash', '-ec'] },
      ['/bin/bash', '-ec'],
    ],
  ])('when it is a command for a shell, by %s, then that shell runs it', async (_, Test, more, shell) => {
    const starting = state('starting', { Healthcheck: { Test }, ...more })
    const { commands } = await watched(400, [starting], [SUCCEEDS])
    expect(commands).toEqual([[...shell, 'curl -f localhost || exit 1']])
  })

  test('when it only fails until its time is over, then what it printed last is kept, without secrets', async () => {
    const starting = state('starting', { Env: ['API_TOKEN=hunter2hunter2'] })
    const fails = { exitCode: 1, output: 'no login with hunter2hunter2\n' }
    const { report } = await watched(600, [starting], [fails])
    expect(report).toMatchObject({ outcome: 'never-healthy', health: 'no login with ***' })
    expect(report).not.toHaveProperty('isUnchecked')
  })

  test('when the engine has run it too, then that output is kept', async () => {
    const { report } = await watched(400, [state('starting', {}, [{ Output: 'refused' }])], [FAILS])
    expect(report).toMatchObject({ outcome: 'never-healthy', health: 'refused' })
  })

  test.each([
    ['healthy', 'healthy'],
    ['unhealthy', 'unhealthy'],
  ])('when the engine says that it is %s, then that counts', async (later, outcome) => {
    const { report } = await watched(60_000, [state('starting'), state(later)], [FAILS])
    expect(report.outcome).toBe(outcome)
  })

  test('when the engine does not run it for the gate, then its own result is waited for', async () => {
    const states = [state('starting'), state('starting'), state('healthy')]
    expect((await watched(60_000, states, null)).report.outcome).toBe('healthy')
  })

  test('when nobody has run it when its time is over, then it is said to be unknown', async () => {
    const { report } = await watched(300, [state('starting')], null)
    expect(report).toMatchObject({ outcome: 'never-healthy', isUnchecked: true })
  })

  test('when it succeeds at once, then the container still has to run for a while', async () => {
    const ended = { State: { Running: false, ExitCode: 3, Health: { Status: 'unhealthy' } } }
    const left = [...Array.from({ length: 10 }, () => state('starting')), ended]
    const { report } = await watched(60_000, left, [SUCCEEDS])
    expect(report).toMatchObject({ outcome: 'ended', exitCode: 3 })
  })

  test('when the container ends meanwhile, then what the engine says of the run is not its output', async () => {
    const Output = 'cannot exec in a deleted state'
    const ended = {
      State: { Running: false, ExitCode: 3, Health: { Status: 'unhealthy', Log: [{ Output }] } },
    }
    const left = [...Array.from({ length: 3 }, () => state('starting')), ended]
    const { report } = await watched(60_000, left, [{ exitCode: 126, output: Output }])
    expect(report).toEqual({ outcome: 'ended', exitCode: 3, seconds: expect.any(Number), said: '' })
  })
})
