import { Duplex, type Readable, type Writable } from 'node:stream'
import { MAX_FRAME_BYTES, WINDOW_BYTES } from './program.js'

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
  end(error: Error): void
}

/** @param from the address that the connection is from */
export type Accept = (connection: Duplex, from: string) => void

interface Connection {
  readonly id: number
  readonly stream: Duplex
  /** How many bytes may be sent before the relay acknowledges some. */
  credit: number
  /** Continues a write that waits for credit. */
  resume: () => void
  /** How many received bytes are not acknowledged yet. */
  unread: number
}

/** The stream to the relay, and the connections that it carries. */
interface RelayLink {
  readonly input: Writable
  readonly connections: Map<number, Connection>
  readonly ready: PromiseWithResolvers<void>
  readonly ended: PromiseWithResolvers<Error>
  accept: Accept
  error: Error | null
}

/** A frame's kind, connection and length. */
const FRAME_HEADER_BYTES = 9
const EMPTY = Buffer.alloc(0)

/**
 * Speaks the relay's protocol (`program.ts`) over its standard input and output. Received bytes are taken at once, and
 * acknowledged when they are read, so that a connection that nobody reads does not block the others.
 */
export function connectionsOver(input: Writable, output: Readable): Connections {
  const early: (readonly [Duplex, string])[] = []
  const link: RelayLink = {
    input,
    connections: new Map(),
    ready: Promise.withResolvers(),
    ended: Promise.withResolvers(),
    accept: (connection, from) => void early.push([connection, from]),
    error: null,
  }
  link.ready.promise.catch(() => undefined)
  readFrames(output, link)
  output.on('end', () => endLink(link, new Error('the relay has ended')))
  output.on('error', (error) => endLink(link, error))
  input.on('error', (error) => endLink(link, error))
  let lastId = 0
  return {
    ready: link.ready.promise,
    dial: (host, port) => {
      lastId += 2
      const { stream } = openConnection(link, lastId)
      sendOrEnd(link, 'C', lastId, Buffer.from(`${host} ${port}`))
      return stream
    },
    serve: (accept) => {
      link.accept = accept
      for (const [connection, from] of early.splice(0)) {
        accept(connection, from)
      }
    },
    ended: link.ended.promise,
    end: (error) => endLink(link, error),
  }
}

function readFrames(output: Readable, link: RelayLink): void {
  let unreadBytes: Buffer = EMPTY
  output.on('data', (chunk: Buffer) => {
    unreadBytes = unreadBytes.length === 0 ? chunk : Buffer.concat([unreadBytes, chunk])
    while (unreadBytes.length >= FRAME_HEADER_BYTES) {
      const size = unreadBytes.readUInt32BE(5)
      if (size > MAX_FRAME_BYTES) {
        unreadBytes = EMPTY
        return endLink(link, new Error('the relay sent something that is not a frame'))
      }
      if (unreadBytes.length < FRAME_HEADER_BYTES + size) {
        return
      }
      const bytes = unreadBytes.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + size)
      onFrame(link, String.fromCharCode(unreadBytes[0] ?? 0), unreadBytes.readUInt32BE(1), bytes)
      unreadBytes = unreadBytes.subarray(FRAME_HEADER_BYTES + size)
    }
  })
}

function onFrame(link: RelayLink, kind: string, id: number, bytes: Buffer): void {
  const connection = link.connections.get(id)
  if (kind === 'R') {
    link.ready.resolve()
  } else if (kind === 'N') {
    link.accept(openConnection(link, id).stream, bytes.toString('latin1'))
  } else if (connection === undefined) {
    return // closed here while this was on its way
  } else if (kind === 'D') {
    connection.unread += bytes.length
    connection.stream.push(bytes)
  } else if (kind === 'A') {
    connection.credit += bytes.readUInt32BE(0)
    connection.resume()
  } else if (kind === 'X') {
    removeConnection(link, connection)
    const why = bytes.toString('latin1')
    if (why === '') {
      connection.stream.push(null)
    } else {
      connection.stream.destroy(new Error(why))
    }
  }
}

function openConnection(link: RelayLink, id: number): Connection {
  const close = () => {
    if (removeConnection(link, connection)) {
      sendOrEnd(link, 'X', id, EMPTY)
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
  const connection: Connection = { id, stream, credit: WINDOW_BYTES, resume: () => {}, unread: 0 }
  if (link.error === null) {
    link.connections.set(id, connection)
  } else {
    stream.destroy(link.error)
  }
  return connection
}

/** Removes a connection from the open ones; true if it was open. */
function removeConnection({ connections }: RelayLink, connection: Connection): boolean {
  const wasOpen = connections.delete(connection.id)
  connection.resume()
  return wasOpen
}

function endLink(link: RelayLink, error: Error): void {
  link.error ??= error
  link.ended.resolve(link.error)
  link.ready.reject(link.error)
  for (const connection of link.connections.values()) {
    removeConnection(link, connection)
    connection.stream.destroy(link.error)
  }
  link.input.destroy()
}

async function sendData(link: RelayLink, connection: Connection, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    if (connection.credit === 0 && link.connections.has(connection.id)) {
      await new Promise<void>((resolve) => {
        connection.resume = resolve
      })
    }
    if (!link.connections.has(connection.id)) {
      throw new Error('the connection was closed')
    }
    const piece = bytes.subarray(at, at + Math.min(connection.credit, MAX_FRAME_BYTES))
    connection.credit -= piece.length
    await sendFrame(link, 'D', connection.id, piece)
    at += piece.length
  }
}

function acknowledge(link: RelayLink, connection: Connection): void {
  if (connection.unread > 0 && link.connections.has(connection.id)) {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(connection.unread)
    connection.unread = 0
    sendOrEnd(link, 'A', connection.id, size)
  }
}

/** Sends a message that nothing waits for: if sending fails, the whole relay ends. */
function sendOrEnd(link: RelayLink, kind: string, id: number, bytes: Uint8Array): void {
  sendFrame(link, kind, id, bytes).catch((error) => endLink(link, error))
}

/** Resolves when the bytes have been sent, so that their buffer can be used again. */
function sendFrame({ input }: RelayLink, kind: string, id: number, bytes: Uint8Array): Promise<void> {
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
