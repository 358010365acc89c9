import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SeaworthyError } from '../../../model/problem.js'

export interface Waiting {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Throws when waiting has become pointless. */
  stillRunning(): Promise<void>
}

/** An address that does not answer within this time, in ms, can't be reached from here. */
const REACHABLE_WITHIN = 2000
const PAUSE = 30

/**
 * Waits until PostgreSQL asks for a password. An open port is not enough: while it starts up, it accepts
 * connections and refuses logins (error 57P03 of the frontend/backend protocol). Throws
 * `services-unreachable`, `postgres-not-ready`, or what `stillRunning` throws.
 */
export async function postgresReady(host: string, port: number, waiting: Waiting): Promise<void> {
  const deadline = Date.now() + waiting.timeoutMs
  for (let round = 0; Date.now() < deadline; round++) {
    waiting.signal.throwIfAborted()
    const answer = await askForLogin(host, port)
    if (answer === 'login') {
      return
    }
    if (answer === 'silent') {
      // A container that has ended is as silent as one that can't be reached.
      await waiting.stillRunning()
      throw unreachable(host, port)
    }
    if (round % 10 === 9) {
      await waiting.stillRunning()
    }
    await sleep(PAUSE)
  }
  await waiting.stillRunning()
  throw new SeaworthyError({
    code: 'postgres-not-ready',
    what: `PostgreSQL did not accept a login within ${waiting.timeoutMs / 1000} s`,
    where: `${host}:${port}`,
  })
}

/** The first byte that PostgreSQL answers to a start-up message: `R` asks for authentication. */
function askForLogin(host: string, port: number): Promise<'login' | 'not yet' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (answer: 'login' | 'not yet' | 'silent') => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(REACHABLE_WITHIN, () => end('silent'))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'EHOSTUNREACH' || error.code === 'ENETUNREACH' ? 'silent' : 'not yet'),
    )
    socket.on('close', () => end('not yet'))
    socket.on('connect', () => socket.write(startupMessage()))
    socket.on('data', (data) => end(data[0] === 'R'.charCodeAt(0) ? 'login' : 'not yet'))
  })
}

/** StartupMessage, protocol 3.0 (PostgreSQL documentation, "Message Formats"). */
function startupMessage(): Buffer {
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0', 'latin1')
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + parameters.length, 0)
  head.writeInt32BE(3 << 16, 4)
  return Buffer.concat([head, parameters])
}

function unreachable(host: string, port: number): SeaworthyError {
  return new SeaworthyError({
    code: 'services-unreachable',
    what: "this engine's containers cannot be reached by IP address from this machine",
    where: `${host}:${port}`,
  })
}
