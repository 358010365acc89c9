import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dial } from '../../../io/http/plain-http.js'
import { SeaworthyError } from '../../../model/index.js'

/** The services run, but this machine cannot connect to them by address, mostly because of a firewall. */
export class UnreachableError extends Error {}

export interface ReadinessOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** How to connect to PostgreSQL, if this machine cannot do so by address. */
  readonly dial?: Dial
  /** Throws when waiting has become pointless. */
  stillRunning(): Promise<void>
}

/** An address that does not answer within this time, in ms, can't be reached from here. */
const REACHABLE_WITHIN_MS = 2000
const PAUSE_MS = 30

/**
 * Waits until PostgreSQL asks for a password. An open port is not enough: while it starts up, it accepts
 * connections and refuses logins (error 57P03 of the frontend/backend protocol). Throws `UnreachableError`,
 * `postgres-not-ready`, or what `stillRunning` throws.
 */
export async function postgresReady(host: string, port: number, waiting: ReadinessOptions): Promise<void> {
  const deadline = Date.now() + waiting.timeoutMs
  for (let round = 0; Date.now() < deadline; round++) {
    waiting.signal.throwIfAborted()
    const answer = await askForLogin(waiting.dial?.(host, port) ?? connect({ host, port }))
    if (answer === 'login') {
      return
    }
    if (answer === 'silent' && !waiting.dial) {
      // A container that has ended is as silent as one that can't be reached.
      await waiting.stillRunning()
      throw new UnreachableError(`${host}:${port} does not answer`)
    }
    if (round % 10 === 9) {
      await waiting.stillRunning()
    }
    await sleep(PAUSE_MS)
  }
  await waiting.stillRunning()
  const what = `PostgreSQL did not accept a login within ${waiting.timeoutMs / 1000} s`
  throw new SeaworthyError({ code: 'postgres-not-ready', what, where: `${host}:${port}` })
}

/** The first byte that PostgreSQL answers to a start-up message: `R` asks for authentication. */
function askForLogin(connection: Duplex): Promise<'login' | 'not yet' | 'silent'> {
  return new Promise((resolve) => {
    const end = (answer: 'login' | 'not yet' | 'silent') => {
      clearTimeout(timer)
      connection.destroy()
      resolve(answer)
    }
    let isReached = false
    connection.on('connect', () => {
      isReached = true
    })
    // The kernel connects at once, however busy the machine is.
    const timer = setTimeout(() => end(isReached ? 'not yet' : 'silent'), REACHABLE_WITHIN_MS)
    connection.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'EHOSTUNREACH' || error.code === 'ENETUNREACH' ? 'silent' : 'not yet'),
    )
    connection.on('close', () => end('not yet'))
    connection.on('data', (data) => end(data[0] === 'R'.charCodeAt(0) ? 'login' : 'not yet'))
    connection.write(startupMessage())
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
