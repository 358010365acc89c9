import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from './fake-server.js'

/** An engine that attaches to a container, and answers its other calls as a test reports it to. */
export interface AttachingEngine {
  /** As in DOCKER_HOST. */
  readonly host: string
  close(): void
}

/**
 * @param attached gets the connection after the engine's answer, and the request
 * @param answers by method and path without version: a status and JSON
 */
export async function attachingEngine(
  attached: (connection: Socket, request: IncomingMessage) => void,
  answers: (call: string, body: string) => readonly [number, unknown] = () => [404, { message: 'no route' }],
): Promise<AttachingEngine> {
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/_ping')) {
      return response.setHeader('api-version', '1.41').end('OK')
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) {
      chunks.push(chunk as Buffer)
    }
    const path = request.url?.replace(/^\/v\d+\.\d+/, '').replace(/\?.*$/, '')
    const [status, body] = answers(`${request.method} ${path}`, Buffer.concat(chunks).toString())
    return status === 204 ? response.writeHead(204).end() : json(response, status, body)
  })
  const open = new Set<Socket>()
  server.on('upgrade', (request, connection: Socket) => {
    open.add(connection)
    connection.on('error', () => undefined)
    connection.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    attached(connection, request)
  })
  const folder = mkdtempSync(join(tmpdir(), 'at-'))
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve))
  return {
    host: `unix://${join(folder, 's')}`,
    close: () => {
      server.close()
      for (const connection of open) {
        connection.destroy()
      }
      rmSync(folder, { recursive: true })
    },
  }
}

/** A piece of a container's output, as the engine sends it (Engine API, "attach"). */
export function outputPiece(stream: 'stdout' | 'stderr', bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes)
  const head = Buffer.from([stream === 'stdout' ? 1 : 2, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, body])
}
