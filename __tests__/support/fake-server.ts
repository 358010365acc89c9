import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Answers one request, in any way that HTTP allows, or not at all. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => unknown

export interface FakeServer {
  /** `http://127.0.0.1:port`; empty for one on a socket. */
  readonly url: string
  readonly port: number
  /** Path of its Unix socket, or empty. */
  readonly socket: string
  readonly requestsReceived: readonly ReceivedRequest[]
  close(): Promise<void>
}

/** Starts a server that answers as a test reports it to. */
export async function fakeServer(answer: Answer, on: 'port' | 'socket' = 'port'): Promise<FakeServer> {
  const requestsReceived: ReceivedRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) {
      chunks.push(chunk as Buffer)
    }
    const { method = '', url = '', headers } = request
    const one = { method, path: url, headers, body: Buffer.concat(chunks) }
    requestsReceived.push(one)
    try {
      await answer(one, response)
    } catch (error) {
      // A fake that is at fault must show in the test, not end it without a word.
      response.writeHead(599).end(`fake: ${String(error)}`)
    }
  })
  // A path for a socket has 108 bytes at most (unix(7)).
  const folder = on === 'socket' ? mkdtempSync(join(tmpdir(), 'fs-')) : null
  const socket = folder === null ? '' : join(folder, 's')
  await new Promise<void>((resolve) => {
    if (folder === null) {
      server.listen(0, '127.0.0.1', resolve)
    } else {
      server.listen(socket, resolve)
    }
  })
  const port = folder === null ? (server.address() as AddressInfo).port : 0
  return {
    url: folder === null ? `http://127.0.0.1:${port}` : '',
    port,
    socket,
    requestsReceived,
    close: async () => {
      await closed(server)
      if (folder !== null) {
        rmSync(folder, { recursive: true })
      }
    },
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** An answer without an end: it is written until nobody reads any more. */
export const flood: Answer = (_, response) => {
  const piece = Buffer.alloc(1 << 20, 'x')
  const write = () => {
    while (!response.destroyed && response.write(piece)) {}
  }
  response.on('drain', write).on('error', () => undefined)
  write()
}
