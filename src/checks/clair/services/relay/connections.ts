import { Duplex, type Readable, type Writable } from 'node:stream'
import { PIECE, WINDOW } from './program.js'

/** The many connections that one stream to the relay carries. */
export interface Connections {
  /** Resolves when the relay listens; rejects if it ends before. */
  readonly ready: Promise<void>
  /** A connection from the relay to an address on its network. */
  dial(host: string, port: number): Duplex
  /** From now on, `accept` gets the relay's connections; earlier ones were queued. */
  serve(accept: Accept): void
  /** Resolves when the stream has ended, with the reason. */
  readonly ended: Promise<Error>
  /** Ends all of them. */
  end(error: Error): void
}

/** @param from the address that the connection is from */
export type Accept = (connection: Duplex, from: string) => void

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

/** The stream, and the connections that it carries. */
interface Link {
  readonly input: Writable
  readonly all: Map<number, Connection>
  readonly ready: PromiseWithResolvers<void>
  readonly over: PromiseWithResolvers<Error>
  accept: Accept
  error: Error | null
}

/** A frame's kind, connection and length. */
const FRAME_HEADER_BYTES = 9
const EMPTY = Buffer.alloc(0)

/**
 * Speaks the relay's protocol (`program.ts`) over its standard input and output. What came is always taken at once, and
 * acknowledged when it is read, so that one connection that nobody reads stops no other.
 */
export function connectionsOver(input: Writable, output: Readable): Connections {
  const early: (readonly [Duplex, string])[] = []
  const link: Link = {
    input,
    all: new Map(),
    ready: Promise.withResolvers(),
    over: Promise.withResolvers(),
    accept: (connection, from) => void early.push([connection, from]),
    error: null,
  }
  link.ready.promise.catch(() => undefined)
  readFrames(output, link)
  output.on('end', () => end(link, new Error('the relay has ended')))
  output.on('error', (error) => end(link, error))
  input.on('error', (error) => end(link, error))
  let lastId = 0
  return {
    ready: link.ready.promise,
    dial: (host, port) => {
      lastId += 2
      const { stream } = open(link, lastId)
      sendAside(link, 'C', lastId, Buffer.from(`${host} ${port}`))
      return stream
    },
    serve: (accept) => {
      link.accept = accept
      for (const [connection, from] of early.splice(0)) {
        accept(connection, from)
      }
    },
    ended: link.over.promise,
    end: (error) => end(link, error),
  }
}

function readFrames(output: Readable, link: Link): void {
  let rest: Buffer = EMPTY
  output.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= FRAME_HEADER_BYTES) {
      const size = rest.readUInt32BE(5)
      if (size > PIECE) {
        rest = EMPTY
        return end(link, new Error('the relay sent something that is not a frame'))
      }
      if (rest.length < FRAME_HEADER_BYTES + size) {
        return
      }
      const bytes = rest.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + size)
      received(link, String.fromCharCode(rest[0] ?? 0), rest.readUInt32BE(1), bytes)
      rest = rest.subarray(FRAME_HEADER_BYTES + size)
    }
  })
}

function received(link: Link, kind: string, id: number, bytes: Buffer): void {
  const connection = link.all.get(id)
  if (kind === 'R') {
    link.ready.resolve()
  } else if (kind === 'N') {
    link.accept(open(link, id).stream, bytes.toString('latin1'))
  } else if (connection === undefined) {
    return // closed here while this was on its way
  } else if (kind === 'D') {
    connection.unread += bytes.length
    connection.stream.push(bytes)
  } else if (kind === 'A') {
    connection.credit += bytes.readUInt32BE(0)
    connection.resume()
  } else if (kind === 'X') {
    forget(link, connection)
    const why = bytes.toString('latin1')
    if (why === '') {
      connection.stream.push(null)
    } else {
      connection.stream.destroy(new Error(why))
    }
  }
}

function open(link: Link, id: number): Connection {
  const close = () => {
    if (forget(link, connection)) {
      sendAside(link, 'X', id, EMPTY)
    }
  }
  const stream = new Duplex({
    allowHalfOpen: false,
    // A stream asks for more when it has less than its high-water mark left.
    read: () => acknowledge(link, connection),
    write: (bytes: Buffer, _, done) => void sendData(link, connection, bytes).then(() => done(), done),
    final: (done) => {
      close()
      done()
    },
    destroy: (error, done) => {
      close()
      done(error)
    },
  })
  // The stream's user gets this error as well; without a user yet, it must not be thrown.
  stream.on('error', () => undefined)
  const connection: Connection = { id, stream, credit: WINDOW, resume: () => {}, unread: 0 }
  if (link.error === null) {
    link.all.set(id, connection)
  } else {
    stream.destroy(link.error)
  }
  return connection
}

/** True if it was open. */
function forget({ all }: Link, connection: Connection): boolean {
  const wasOpen = all.delete(connection.id)
  connection.resume()
  return wasOpen
}

function end(link: Link, error: Error): void {
  link.error ??= error
  link.over.resolve(link.error)
  link.ready.reject(link.error)
  for (const connection of link.all.values()) {
    forget(link, connection)
    connection.stream.destroy(link.error)
  }
  link.input.destroy()
}

async function sendData(link: Link, connection: Connection, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    if (connection.credit === 0 && link.all.has(connection.id)) {
      await new Promise<void>((resolve) => {
        connection.resume = resolve
      })
    }
    if (!link.all.has(connection.id)) {
      throw new Error('the connection was closed')
    }
    const piece = bytes.subarray(at, at + Math.min(connection.credit, PIECE))
    connection.credit -= piece.length
    await send(link, 'D', connection.id, piece)
    at += piece.length
  }
}

function acknowledge(link: Link, connection: Connection): void {
  if (connection.unread > 0 && link.all.has(connection.id)) {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(connection.unread)
    connection.unread = 0
    sendAside(link, 'A', connection.id, size)
  }
}

/** Sends a message that nothing waits for: if sending fails, the whole relay ends. */
function sendAside(link: Link, kind: string, id: number, bytes: Uint8Array): void {
  send(link, kind, id, bytes).catch((error) => end(link, error))
}

/** Resolves when the bytes have been sent, so that their buffer can be used again. */
function send({ input }: Link, kind: string, id: number, bytes: Uint8Array): Promise<void> {
  const head = Buffer.alloc(FRAME_HEADER_BYTES, kind)
  head.writeUInt32BE(id, 1)
  head.writeUInt32BE(bytes.length, 5)
  return new Promise((resolve, reject) => {
    input.cork()
    input.write(head)
    input.write(bytes, (error) => (error ? reject(error) : resolve()))
    input.uncork()
  })
}
