import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, request as httpRequest, type Server } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type Connections,
  connectionsOver,
} from '../../../../../../src/checks/clair/services/relay/connections.js'
import {
  MAX_FRAME_BYTES,
  RELAY_PROGRAM,
  WINDOW_BYTES,
} from '../../../../../../src/checks/clair/services/relay/program.js'
import { freePort } from '../../../../../support/free-port.js'
import { isPending, until } from '../../../../../support/waiting.js'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) {
    stop()
  }
})

interface Started {
  readonly child: ChildProcess
  readonly port: number
  readonly connections: Connections
}

/** The relay's program as a process of this machine, whose perl is to do as that of an image. */
async function relay(): Promise<Started> {
  const port = await freePort()
  const child = spawn(
    'perl',
    ['-e', RELAY_PROGRAM, String(port), String(WINDOW_BYTES), String(MAX_FRAME_BYTES)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  stops.push(() => child.kill('SIGKILL'))
  const connections = connectionsOver(child.stdin, child.stdout)
  await connections.ready
  return { child, port, connections }
}

async function listening(server: Server | ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A server that takes its connections from the relay, as that for Clair does. */
function served({ connections }: Started, answer: Parameters<typeof createHttpServer>[1]): string[] {
  const server = createHttpServer(answer as Parameters<typeof createHttpServer>[0])
  const from: string[] = []
  connections.serve((connection, address) => {
    from.push(address)
    server.emit('connection', connection)
  })
  stops.push(() => server.closeAllConnections())
  return from
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function get(port: number, path = '/'): Promise<Buffer> {
  const sent = httpRequest({ host: '127.0.0.1', port, path, agent: false }).end()
  const [answer] = await once(sent, 'response')
  return buffer(answer)
}

describe('when Clair asks', () => {
  test('then it gets the whole of many large answers at once, and its address is known', async () => {
    const started = await relay()
    const bodies = [1, 3, 7].map((size) => randomBytes(size * WINDOW_BYTES + 12_345))
    const from = served(started, (request, response) => {
      response.end(bodies[Number(request.url?.slice(1))])
    })
    const got = await Promise.all(bodies.map((_, at) => get(started.port, `/${at}`)))
    expect(got.map(sumOf)).toEqual(bodies.map(sumOf))
    expect(from).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1'])
  })

  test('then who does not read its answer holds up nobody, and little is sent to it', async () => {
    const started = await relay()
    let sent = 0
    served(started, (request, response) => {
      if (request.url === '/small') {
        response.end('small')
        return
      }
      const more = () => {
        response.write(Buffer.alloc(MAX_FRAME_BYTES), (error) => {
          sent += error ? 0 : MAX_FRAME_BYTES
          if (!error) {
            more()
          }
        })
      }
      more()
    })
    const lazy = connect({ port: started.port, host: '127.0.0.1' })
    stops.push(() => lazy.destroy())
    lazy.pause().write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n')
    await until(() => sent >= WINDOW_BYTES)
    // The kernel takes some, too, and more while it sees that this is not enough.
    let before = 0
    while (before !== sent) {
      before = sent
      expect(String(await get(started.port, '/small'))).toBe('small')
    }
    expect(sent).toBeLessThan(64 * WINDOW_BYTES)
  })

  test('then a request is held for as long as its answer is missing, and the others are not', async () => {
    const started = await relay()
    const answer = Promise.withResolvers<string>()
    served(started, async (request, response) => {
      response.end(request.url === '/held' ? await answer.promise : 'at once')
    })
    const pending = get(started.port, '/held')
    expect(String(await get(started.port, '/other'))).toBe('at once')
    expect(await isPending(pending)).toBe(true)
    answer.resolve('at last')
    expect(String(await pending)).toBe('at last')
  })

  test('then hundreds at once are all served, some after others', async () => {
    const started = await relay()
    const all = Promise.withResolvers<void>()
    let count = 0
    const from = served(started, async (_, response) => {
      count++
      if (count === 512) {
        all.resolve()
      }
      await all.promise
      response.end('served')
    })
    const got = await Promise.all(Array.from({ length: 600 }, () => get(started.port)))
    expect(got.every((body) => String(body) === 'served')).toBe(true)
    expect(from).toHaveLength(600)
  })

  test('then an answer that breaks off arrives as one that is not whole', async () => {
    const started = await relay()
    served(started, (_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy())
    })
    await expect(get(started.port)).rejects.toThrow(/aborted|hang up/)
  })

  test('then a client that goes away closes the connection here', async () => {
    const started = await relay()
    const gone = Promise.withResolvers<void>()
    served(started, (request) => request.socket.on('close', () => gone.resolve()))
    const client = connect({ port: started.port, host: '127.0.0.1' })
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n', () => setImmediate(() => client.resetAndDestroy()))
    await gone.promise
  })

  test('then who connects before anybody serves is served later', async () => {
    const started = await relay()
    const early = get(started.port)
    expect(await isPending(early)).toBe(true)
    served(started, (_, response) => response.end('later'))
    expect(String(await early)).toBe('later')
  })
})

describe('when the gate asks', () => {
  const over = ({ connections }: Started, port: number, body?: Buffer) => {
    const createConnection = () => connections.dial('127.0.0.1', port) as Socket
    return httpRequest({ createConnection, method: body ? 'POST' : 'GET' }).end(body)
  }

  test('then a large request and its answer arrive whole', async () => {
    const started = await relay()
    const body = randomBytes(3 * WINDOW_BYTES + 1)
    const port = await listening(createHttpServer((request, response) => request.pipe(response)))
    const [answer] = await once(over(started, port, body), 'response')
    expect(sumOf(await buffer(answer))).toBe(sumOf(body))
  })

  test('then a port without a listener is an error that says so', async () => {
    const started = await relay()
    const [error] = await once(over(started, await freePort()), 'error')
    expect(String(error)).toContain('Connection refused')
  })

  test('then what the gate gives up is closed at the other end', async () => {
    const started = await relay()
    const closed = Promise.withResolvers<void>()
    const server = createServer((socket) => {
      socket.on('close', () => closed.resolve())
      socket.resume()
    })
    const port = await listening(server)
    const connection = started.connections.dial('127.0.0.1', port)
    connection.write('x', () => connection.destroy())
    await closed.promise
  })
})

describe('when the relay ends', () => {
  test('then each connection ends with an error, and so does each later one', async () => {
    const started = await relay()
    const port = await listening(createServer(() => {}))
    const [one, other] = [
      started.connections.dial('127.0.0.1', port),
      started.connections.dial('127.0.0.1', port),
    ]
    const errors = [once(one, 'error'), once(other, 'error')]
    started.child.kill('SIGKILL')
    for (const [error] of await Promise.all(errors)) {
      expect(String(error)).toMatch(/the relay has ended|EPIPE/)
    }
    const [error] = await once(started.connections.dial('127.0.0.1', port), 'error')
    expect(String(error)).toMatch(/the relay has ended|EPIPE/)
  })

  test('then a sender that waits for its window ends too', async () => {
    const started = await relay()
    const port = await listening(createServer((socket) => socket.pause()))
    const connection = started.connections.dial('127.0.0.1', port)
    const failed = once(connection, 'error')
    connection.write(Buffer.alloc(64 * WINDOW_BYTES))
    started.child.kill('SIGKILL')
    await failed
  })

  test('then the end of its input ends it', async () => {
    const { child } = await relay()
    child.stdin?.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('when what arrives is not from our program', () => {
  test('then everything ends', async () => {
    const output = new PassThrough()
    const connections = connectionsOver(new PassThrough(), output)
    output.write('sh: 1: perl: not found\n')
    await expect(connections.ready).rejects.toThrow('not a frame')
  })

  test('then an end before it was ready is reported', async () => {
    const output = new PassThrough()
    const connections = connectionsOver(new PassThrough(), output)
    output.end()
    await expect(connections.ready).rejects.toThrow('the relay has ended')
  })
})
