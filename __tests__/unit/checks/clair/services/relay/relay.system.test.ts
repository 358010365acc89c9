import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { RELAY_PORT } from '../../../../../../src/checks/clair/services/relay/program.js'
import { startRelay } from '../../../../../../src/checks/clair/services/relay/relay.js'
import { connectEngine } from '../../../../../../src/io/engine/engine.js'
import { exchangeText } from '../../../../../../src/io/http/plain-http.js'
import { attachingEngine, outputPiece } from '../../../../../support/fake-attach.js'
import { freePort } from '../../../../../support/free-port.js'
import { problemOfRejected } from '../../../../../support/rejections.js'

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0).reverse()) {
    close()
  }
})

/** What the gate asks an engine to create. */
interface Created {
  readonly Image: string
  readonly User: string
  readonly Entrypoint: readonly string[]
  readonly HostConfig: object
}

/**
 * An engine that starts the relay as a process, by what it was told to create, on another port: this machine may use
 * the real one.
 */
async function engineFor({ start = 204, command = (argv: readonly string[]) => argv } = {}) {
  const port = await freePort()
  let created: Created | null = null
  let child: ChildProcess | null = null
  let connection: Socket | null = null
  const run = () => {
    const argv = created?.Entrypoint.map((arg) => (arg === String(RELAY_PORT) ? String(port) : arg)) ?? []
    const [program = '', ...args] = command(argv)
    const started = spawn(program, args)
    child = started
    closes.push(() => started.kill('SIGKILL'))
    connection?.pipe(started.stdin).on('error', () => undefined)
    started.stdout.on('data', (bytes) => connection?.write(outputPiece('stdout', bytes)))
    started.stderr.on('data', (bytes) => connection?.write(outputPiece('stderr', bytes)))
    started.on('close', () => connection?.end())
  }
  const state = () => ({
    Id: 'relay',
    State: {
      Running: child?.exitCode === null && child.signalCode === null,
      ExitCode: child?.exitCode ?? 137,
    },
    NetworkSettings: { Networks: { seaworthy: { NetworkID: 'net', IPAddress: '127.0.0.1' } } },
  })
  const engine = await attachingEngine(
    (attached: Socket, _: IncomingMessage) => {
      connection = attached
    },
    (call, body) => {
      if (call === 'POST /containers/create') {
        created = JSON.parse(body) as Created
        return [201, { Id: 'relay' }]
      }
      if (call === 'POST /containers/relay/start') {
        if (start === 204) {
          run()
        }
        return [start, { message: 'exec: "perl": executable file not found in $PATH' }]
      }
      return call === 'GET /containers/relay/json' ? [200, state()] : [404, { message: call }]
    },
  )
  closes.push(engine.close)
  const relay = startRelay(
    {
      engine: await connectEngine({ DOCKER_HOST: engine.host }),
      runId: '0123456789ab',
      labels: { one: 'label' },
      clairImage: 'clair:4',
      postgresImage: 'postgres:17',
      signal: new AbortController().signal,
    },
    {
      images: { clair: { Id: 'sha256:clair' }, postgres: { Id: 'sha256:postgres' } },
      network: 'net',
      database: { id: 'db', host: '127.0.0.1', password: 'x' },
    },
  )
  relay.then(
    ({ close }) => closes.push(close),
    () => undefined,
  )
  return { relay, port, created: () => created, child: () => child as ChildProcess | null }
}

test('when it is started, then from PostgreSQL’s image, confined, and with nothing of the image but perl', async () => {
  const { relay, created } = await engineFor()
  await relay
  expect(created()).toMatchObject({
    Image: 'sha256:postgres',
    User: '65534:65534',
    Entrypoint: ['perl', '-e', expect.any(String), '8080', String(2 ** 20), String(2 ** 16)],
    Cmd: [],
    Labels: { one: 'label' },
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Dns: ['0.0.0.0'],
      NetworkMode: 'net',
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none' },
    },
  })
})

test('when it runs, then both ways lead through it', async () => {
  const { relay, port } = await engineFor()
  const { authority, dial, serve, assertRunning: check } = await relay
  expect(authority).toBe('127.0.0.1:8080')
  const { signal } = new AbortController()

  const ours = createServer((_, response) => response.end('ours'))
  serve((connection, from) => ours.emit('connection', Object.assign(connection, { remoteAddress: from })))
  expect(await exchangeText(`http://127.0.0.1:${port}/`, { signal })).toEqual({ status: 200, text: 'ours' })

  const theirs = createServer((request, response) => request.pipe(response.writeHead(201)))
  theirs.listen(0, '127.0.0.1')
  closes.push(() => theirs.close())
  await once(theirs, 'listening')
  const url = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}/`
  expect(await exchangeText(url, { signal, dial, body: { a: 1 } })).toEqual({ status: 201, text: '{"a":1}' })
  await check()
})

test('when the engine does not start it, then the error names the input, and which image is needed', async () => {
  const { relay } = await engineFor({ start: 400 })
  const problem = await problemOfRejected(relay)
  expect(problem).toMatchObject({ code: 'engine-refused', where: 'postgres-image' })
  expect(problem.what).toContain('"perl": executable file not found')
  expect(problem.todo).toContain('PostgreSQL image with perl')
})

test('when its program fails, then the error quotes what it said', async () => {
  const command = () => ['sh', '-c', 'echo "Can’t locate Socket.pm" >&2; exit 2']
  const { relay } = await engineFor({ command })
  const problem = await problemOfRejected(relay)
  expect(problem.code).toBe('service-ended')
  expect(problem.what).toContain('relay container exited with code 2; it said: Can’t locate Socket.pm')
})

test('when it is killed, then that is what is wrong', async () => {
  const { relay, child } = await engineFor()
  const { assertRunning: check } = await relay
  const ended = once(child() as ChildProcess, 'exit')
  child()?.kill('SIGKILL')
  await ended
  expect(await problemOfRejected(check())).toMatchObject({
    code: 'service-ended',
    what: expect.stringContaining('relay container was killed by SIGKILL'),
  })
})

test('when only the connection to it is lost, then that is what is wrong', async () => {
  // A relay that never ends, with an output that does.
  const command = (argv: readonly string[]) => ['sh', '-c', 'exec "$@"', 'sh', ...argv]
  const { relay, child } = await engineFor({ command })
  const { assertRunning: check } = await relay
  child()?.stdout?.destroy()
  child()?.emit('close')
  const lost = async () => {
    for (;;) {
      await check()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  expect((await problemOfRejected(lost())).what).toContain('the connection to the relay container was lost')
})
