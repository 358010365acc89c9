import { syncBuiltinESMExports } from 'node:module'
import net, { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import {
  postgresReady,
  type ReadinessOptions,
  UnreachableError,
} from '../../../../../src/checks/clair/services/postgres.js'
import { problemOfRejected } from '../../../../support/rejections.js'
import { NEVER } from '../../../../support/waiting.js'

// The PostgreSQL of these tests is a fake: a real one is in each of these states for some milliseconds only.
// Messages as in the PostgreSQL documentation, "Frontend/Backend Protocol", "Message Formats".

const servers: Server[] = []
afterEach(() => {
  jest.restoreAllMocks()
  syncBuiltinESMExports()
  for (const server of servers.splice(0)) {
    server.close()
  }
})

/** ErrorResponse: 'E', length, fields. 57P03 is cannot_connect_now. */
const STARTING = message('E', 'SFATAL\0C57P03\0Mthe database system is starting up\0\0')
/** AuthenticationSASL: 'R', length, 10, mechanisms. */
const LOGIN = message('R', '\0\0\0\x0aSCRAM-SHA-256\0\0')

function message(type: string, rest: string): Buffer {
  const body = Buffer.from(rest, 'latin1')
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Starts a server; `answer` gets each connection with the first bytes that came on it, and its number from 1. */
async function postgres(answer: (socket: Socket, first: Buffer, number: number) => void) {
  const started: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (first: Buffer) => answer(socket, first, started.push(first)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return { port: (server.address() as AddressInfo).port, started }
}

function waiting(part: Partial<ReadinessOptions> = {}): ReadinessOptions {
  return {
    timeoutMs: NEVER,
    signal: new AbortController().signal,
    stillRunning: async () => {},
    ...part,
  }
}

describe('postgresReady', () => {
  test('when it is starting up, and then asks for a password, then it is ready, and not before', async () => {
    const { port, started } = await postgres((socket, _, number) => socket.end(number < 3 ? STARTING : LOGIN))
    await postgresReady('127.0.0.1', port, waiting())
    expect(started).toHaveLength(3)
  })

  test('when it is asked, then by a StartupMessage of protocol 3.0 with a user', async () => {
    const { port, started } = await postgres((socket) => socket.end(LOGIN))
    await postgresReady('127.0.0.1', port, waiting())
    const [first = Buffer.alloc(0)] = started
    expect(first.readInt32BE(0)).toBe(first.length)
    expect([first.readInt16BE(4), first.readInt16BE(6)]).toEqual([3, 0])
    expect(first.toString('latin1', 8)).toBe('user\0postgres\0database\0postgres\0\0')
  })

  test.each<[string, (socket: Socket) => void]>([
    ['is starting up', (socket) => socket.end(STARTING)],
    ['hangs up', (socket) => socket.destroy()],
    ['ends without a word', (socket) => socket.end()],
    ['speaks something else', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('when it %s until the limit, then it is not ready', async (_, answer) => {
    const { port } = await postgres(answer)
    const problem = await problemOfRejected(postgresReady('127.0.0.1', port, waiting({ timeoutMs: 150 })))
    expect(problem).toMatchObject({ code: 'postgres-not-ready', where: `127.0.0.1:${port}` })
  })

  test('when nothing listens, then it is waited for as long as the container runs', async () => {
    const { port } = await postgres(() => {})
    for (const server of servers.splice(0)) {
      server.close()
    }
    const ended = new Error('PostgreSQL ended with exit code 1')
    let rounds = 0
    const stillRunning = async () => {
      rounds++
      if (rounds === 2) {
        throw ended
      }
    }
    await expect(postgresReady('127.0.0.1', port, waiting({ stillRunning }))).rejects.toBe(ended)
  })

  test('when nothing at all comes back, then its container has ended, or can’t be reached from here', async () => {
    const port = 5432
    jest.spyOn(net, 'connect').mockImplementation(() => new Duplex({ read() {}, write() {} }) as Socket)
    syncBuiltinESMExports()
    const ended = new Error('PostgreSQL ended with exit code 137')
    const stillRunning = () => Promise.reject(ended)
    const [unreachable, error] = await Promise.all([
      postgresReady('127.0.0.1', port, waiting()).catch((one) => one),
      postgresReady('127.0.0.1', port, waiting({ stillRunning })).catch((one) => one),
    ])
    expect(unreachable).toBeInstanceOf(UnreachableError)
    expect(error).toBe(ended)
  })

  test('when it takes a connection and is silent for long, then it is busy', async () => {
    const { port, started } = await postgres((socket, _, number) => void (number > 1 && socket.end(LOGIN)))
    await postgresReady('127.0.0.1', port, waiting())
    expect(started).toHaveLength(2)
  })

  test('when it is reached in another way, then by that, and its silence is waited for', async () => {
    const { port } = await postgres((socket, _, number) => void (number > 1 && socket.end(LOGIN)))
    const dialed: string[] = []
    const dial = (host: string, at: number) => {
      dialed.push(`${host}:${at}`)
      return connect({ host: '127.0.0.1', port })
    }
    await postgresReady('192.0.2.7', 5432, waiting({ dial }))
    expect(dialed).toEqual(['192.0.2.7:5432', '192.0.2.7:5432'])
  })

  test('when the gate is ended meanwhile, then its reason is what is thrown', async () => {
    const controller = new AbortController()
    const reason = new Error('ended')
    const { port } = await postgres((socket, _, number) => {
      socket.end(STARTING)
      if (number === 2) {
        controller.abort(reason)
      }
    })
    const work = postgresReady('127.0.0.1', port, waiting({ signal: controller.signal }))
    await expect(work).rejects.toBe(reason)
  })
})
