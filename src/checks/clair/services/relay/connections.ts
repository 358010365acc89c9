import { Duplex, type Readable, type Writable } from 'node:stream'
import { PIECE, WINDOW } from './program.js'

/** The many connections that one stream to the relay carries. */
export interface Connections {
  /** Resolves when the relay listens; rejects if it ends before. */
  readonly ready: Promise<void>
  /** A connection from the relay to an address on its network. */
  dial(host: string, port: number): Duplex
  /** From now on, `accept` gets what connects to the relay; until then it is kept. */
  serve(accept: (connection: Duplex, from: string) => void): void
  /** Resolves when the stream has ended, with the reason. */
  readonly ended: Promise<Error>
  /** Ends all of them. */
  end(error: Error): void
}

interface Connection {
  readonly id: number
  readonly stream: Duplex
  /** How many bytes may still be sent. */
  credit: number
  /** Continues what waits for credit. */
  resume: () => void
  /** Bytes that came and were not acknowledged yet. */
  unread: number
}

/** A frame's kind, connection and length. */
const HEAD = 9

/**
 * Speaks the relay's protocol (`program.ts`) over its standard input and output. What came is always taken at once, and
 * acknowledged when it is read, so that one connection that nobody reads stops no other.
 */
export function connectionsOver(input: Writable, output: Readable): Connections {
  const all = new Map<number, Connection>()
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)
  const early: (readonly [Duplex, string])[] = []
  let accept = (connection: Duplex, from: string): void => void early.push([connection, from])
  const over = Promise.withResolvers<Error>()
  let ended: Error | null = null
  let lastId = 0

  /** Resolves when the bytes have been sent, so that their buffer can be used again. */
  const send = (kind: string, id: number, bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const head = Buffer.alloc(HEAD, kind)
      head.writeUInt32BE(id, 1)
      head.writeUInt32BE(bytes.length, 5)
      input.cork()
      input.write(head)
      input.write(bytes, (error) => (error ? reject(error) : resolve()))
      input.uncork()
    })
  /** For what nobody waits for: if it cannot be sent, everything ends. */
  const sendAside = (kind: string, id: number, bytes: Uint8Array) => void send(kind, id, bytes).catch(end)

  const sendData = async (connection: Connection, bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) {
      if (connection.credit === 0) {
        await new Promise<void>((resolve) => {
          connection.resume = resolve
        })
      }
      if (!all.has(connection.id)) {
        throw new Error('the connection was closed')
      }
      const piece = bytes.subarray(at, at + Math.min(connection.credit, PIECE))
      connection.credit -= piece.length
      await send('D', connection.id, piece)
      at += piece.length
    }
  }

  const acknowledge = (connection: Connection) => {
    if (connection.unread > 0 && all.has(connection.id)) {
      const size = Buffer.alloc(4)
      size.writeUInt32BE(connection.unread)
      connection.unread = 0
      sendAside('A', connection.id, size)
    }
  }

  const open = (id: number): Connection => {
    const close = () => {
      if (all.delete(id)) {
        connection.resume()
        sendAside('X', id, Buffer.alloc(0))
      }
    }
    const stream = new Duplex({
      allowHalfOpen: false,
      // A stream asks for more when it has less than its high-water mark left.
      read: () => acknowledge(connection),
      write: (bytes: Buffer, _, done) => void sendData(connection, bytes).then(() => done(), done),
      final: (done) => {
        close()
        done()
      },
      destroy: (error, done) => {
        close()
        done(error)
      },
    })
    // Whoever uses it has heard of the error too; nobody may use it yet.
    stream.on('error', () => undefined)
    const connection: Connection = { id, stream, credit: WINDOW, resume: () => {}, unread: 0 }
    if (ended === null) {
      all.set(id, connection)
    } else {
      stream.destroy(ended)
    }
    return connection
  }

  /** The relay has closed it. */
  const closed = (connection: Connection, why: string) => {
    all.delete(connection.id)
    connection.resume()
    if (why === '') {
      connection.stream.push(null)
    } else {
      connection.stream.destroy(new Error(why))
    }
  }

  function end(error: Error): void {
    ended ??= error
    over.resolve(ended)
    ready.reject(ended)
    for (const connection of all.values()) {
      all.delete(connection.id)
      connection.resume()
      connection.stream.destroy(ended)
    }
    input.destroy()
  }

  const received = (kind: string, id: number, bytes: Buffer) => {
    const connection = all.get(id)
    if (kind === 'R') {
      ready.resolve()
    } else if (kind === 'N') {
      accept(open(id).stream, bytes.toString('latin1'))
    } else if (connection === undefined) {
      return // closed here while this was on its way
    } else if (kind === 'D') {
      connection.unread += bytes.length
      connection.stream.push(bytes)
    } else if (kind === 'A') {
      connection.credit += bytes.readUInt32BE(0)
      connection.resume()
    } else if (kind === 'X') {
      closed(connection, bytes.toString('latin1'))
    }
  }

  let rest: Buffer = Buffer.alloc(0)
  output.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= HEAD) {
      const size = rest.readUInt32BE(5)
      if (size > PIECE) {
        return end(new Error('the relay sent something that is not a frame'))
      }
      if (rest.length < HEAD + size) {
        return
      }
      received(String.fromCharCode(rest[0] ?? 0), rest.readUInt32BE(1), rest.subarray(HEAD, HEAD + size))
      rest = rest.subarray(HEAD + size)
    }
  })
  output.on('end', () => end(new Error('the relay has ended')))
  output.on('error', end)
  input.on('error', end)

  return {
    ready: ready.promise,
    dial: (host, port) => {
      lastId += 2
      const { stream } = open(lastId)
      sendAside('C', lastId, Buffer.from(`${host} ${port}`))
      return stream
    },
    serve: (taker) => {
      accept = taker
      for (const [connection, from] of early.splice(0)) {
        taker(connection, from)
      }
    },
    ended: over.promise,
    end,
  }
}
