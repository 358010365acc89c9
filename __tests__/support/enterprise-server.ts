import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from './certificate.js'

/** No name of this ending is ever in the DNS (RFC 6761, 6.2). */
export const HOST = 'ghe.acme.test'

export interface EnterpriseServer {
  /** Without its port, which only the proxy knows. */
  readonly url: string
  readonly port: number
  readonly proxyUrl: string
  /** What the proxy was asked to connect to, or to fetch. */
  readonly proxied: string[]
  /** Paths that GitHub Enterprise Server does not have. */
  readonly strays: string[]
  /** For NODE_EXTRA_CA_CERTS: the authority that a closed network has. */
  readonly certificate: string
  close(): Promise<void>
}

/**
 * A stub of GitHub's API as GitHub Enterprise Server has it: over TLS by a certificate of its own, REST below /api/v3
 * and GraphQL at /api/graphql. And a proxy, the one way to it for who asks the DNS.
 */
export async function enterpriseServer(stubUrl: string): Promise<EnterpriseServer> {
  const { cert, key } = selfSigned(HOST)
  const folder = mkdtempSync(join(tmpdir(), 'sw-ghe-'))
  const certificate = join(folder, 'authority.pem')
  writeFileSync(certificate, cert)
  const [proxied, strays]: [string[], string[]] = [[], []]
  const server = createTlsServer({ cert, key }, (request, response) => {
    const [, path] = /^\/api(?:\/v3)?(\/(?:repos\/|graphql$).*|\/graphql)$/.exec(request.url ?? '') ?? []
    const isRest = request.url?.startsWith('/api/v3/') === true
    if (path !== undefined && isRest === path.startsWith('/repos/')) {
      return handOn(stubUrl + path, request, response)
    }
    strays.push(request.url ?? '')
    response.writeHead(404).end()
  })
  const open = new Set<Socket>()
  const proxy = createServer((request, response) => {
    proxied.push(request.url ?? '')
    response.writeHead(502).end()
  })
  proxy.on('connect', (request: IncomingMessage, client: Socket) => {
    proxied.push(request.url ?? '')
    if (request.url !== `${HOST}:443`) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      return
    }
    const onward = connect(portOf(server), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(onward).pipe(client)
    })
    for (const socket of [client, onward]) {
      open.add(socket.on('error', () => onward.destroy()))
    }
  })
  for (const one of [server, proxy]) {
    await new Promise<void>((ready) => one.listen(0, '127.0.0.1', ready))
  }
  return {
    url: `https://${HOST}`,
    port: portOf(server),
    proxyUrl: `http://127.0.0.1:${portOf(proxy)}`,
    proxied,
    strays,
    certificate,
    close: async () => {
      for (const socket of open) {
        socket.destroy()
      }
      for (const one of [server, proxy]) {
        await new Promise((done) => one.close(done).closeAllConnections())
      }
      rmSync(folder, { recursive: true })
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function handOn(url: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = incoming
  const sent = request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  sent.on('error', () => response.destroy())
  incoming.pipe(sent)
}
