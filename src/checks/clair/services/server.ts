import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type LayerFile, SeaworthyError } from '../../../model/index.js'
import { CLAIR_ECOSYSTEMS } from '../applications/ecosystems.js'
import type { ServedOsv } from '../applications/serve.js'

/** Blanks what may be the secret part of a feed server's URL: 128 bits in hex that are not part of a digest. */
export function withoutSecrets(text: string): string {
  return text.replace(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gi, '…')
}

/** The data that the server provides, as promises: a request waits until its answer exists (decision 4). */
export interface ServedData {
  /** Resolves with the layer once it has been read completely; rejects if the images have no such layer. */
  layer(diffId: string): Promise<LayerFile | Buffer>
  /** The narrowed tracker, as JSON text. `null` where only layers are served. */
  readonly tracker: Promise<string> | null
  /** Codename -> release version, such as bookworm -> 12. */
  readonly releases: Promise<ReadonlyMap<string, string>> | null
  /** OSV's bucket; `null` if application packages are not judged. */
  readonly osv: ServedOsv | null
}

/** The list of ecosystems, at the root of OSV's bucket. */
const ECOSYSTEMS = 'ecosystems.txt'

/** How many bytes of a layer are read and sent at a time. */
const PIECE_BYTES = 256 * 1024

export interface FeedServer {
  /** `http://address:port/secret`, without a slash at the end. */
  readonly url: string
  /** Allows requests from this address; requests from other addresses are refused. */
  allow(address: string): void
  /** Resolves at the first request from an allowed address. */
  readonly firstRequest: Promise<void>
  /**
   * `Last-Modified` of the tracker, which shows that Clair's updater has read exactly this tracker; `tag` does the same
   * for each zip of advisories.
   */
  readonly fingerprint: string
  readonly tag: string
  close(): Promise<void>
}

/**
 * Starts the server that Clair fetches layers and the tracker from. It answers only GET, under a path of 128
 * random bits, and only allowed addresses: any container of the host can reach a gateway.
 * @param allowAll for an external Clair, which may reach us through address translation
 */
export async function startFeedServer(
  host: string,
  port: number,
  served: ServedData,
  allowAll = false,
): Promise<FeedServer> {
  const { server, at } = feedServer(served, allowAll)
  await listen(server, host, port)
  const { port: bound } = server.address() as AddressInfo
  return at(`${host.includes(':') ? `[${host}]` : host}:${bound}`)
}

/** A feed server behind a relay, which passes on each connection together with its client's address. */
export function relayedFeedServer(relay: RelayEnd, served: ServedData): FeedServer {
  const { server, at } = feedServer(served, false)
  relay.serve((connection, from) =>
    server.emit('connection', Object.assign(connection, { remoteAddress: from })),
  )
  return at(relay.authority)
}

/** The relay as the server uses it: the `address:port` where Clair reaches it, and its incoming connections. */
export interface RelayEnd {
  readonly authority: string
  serve(accept: (connection: Duplex, from: string) => void): void
}

function feedServer(served: ServedData, allowAll: boolean) {
  const secret = randomBytes(16).toString('hex')
  const fingerprint = new Date().toUTCString()
  const tag = `"seaworthy-${randomBytes(8).toString('hex')}"`
  const allowed = new Set<string>()
  const firstAddressAllowed = Promise.withResolvers<void>()
  const first = Promise.withResolvers<void>()

  const server = createServer((request, response) => {
    const respond = async () => {
      // Clair may ask before the engine has reported its address.
      if (!allowAll) {
        await firstAddressAllowed.promise
      }
      const from = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
      if (!allowAll && !allowed.has(from)) {
        return sendStatus(response, 403)
      }
      const [, root, ...path] = (request.url ?? '').split('?')[0]?.split('/') ?? []
      // Clair drops the path of its bucket's address here (claircore, updater/osv); the answer contains
      // nothing secret.
      if (root === ECOSYSTEMS && path.length === 0 && request.method === 'GET' && served.osv) {
        first.resolve()
        return send(response, 'text/plain', (await served.osv.ecosystems()).map((one) => `${one}\n`).join(''))
      }
      if (root !== secret) {
        return sendStatus(response, 404)
      }
      if (request.method !== 'GET') {
        return sendStatus(response, 405)
      }
      first.resolve()
      const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '')
      await answer(path.join('/'), query, served, { fingerprint, tag }, response)
    }
    respond().catch(() => sendStatus(response, 503))
  })
  server.keepAliveTimeout = 1000
  const serverAt = (authority: string): FeedServer => ({
    url: `http://${authority}/${secret}`,
    allow: (address) => {
      allowed.add(address)
      firstAddressAllowed.resolve()
    },
    firstRequest: first.promise,
    fingerprint,
    tag,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
  return { server, at: serverAt }
}

async function answer(
  path: string,
  query: URLSearchParams,
  served: ServedData,
  { fingerprint, tag }: Pick<FeedServer, 'fingerprint' | 'tag'>,
  response: ServerResponse,
) {
  const layer = /^layer\/(sha256:[0-9a-f]{64})$/.exec(path)
  if (layer?.[1]) {
    return sendLayer(await served.layer(layer[1]), response)
  }
  if (path === 'debian/dists/' && served.releases) {
    const names = [...(await served.releases).keys()]
    return send(response, 'text/html', names.map((name) => `<a href="${name}/">${name}/</a>`).join('\n'))
  }
  const release = /^debian\/dists\/([a-z0-9.-]+)\/Release$/.exec(path)
  const version = release?.[1] ? (await served.releases)?.get(release[1]) : undefined
  // Clair uses the number before the dot, and skips a release without one.
  if (version) {
    return send(response, 'text/plain', `Codename: ${release?.[1]}\nVersion: ${version}.0\n`)
  }
  if (path === 'tracker/data/json' && served.tracker) {
    response.setHeader('last-modified', fingerprint)
    return send(response, 'application/json', await served.tracker)
  }
  if (path === 'search' && served.osv) {
    const [, sha1 = ''] = /^1:([0-9a-f]{40})$/.exec(query.get('q') ?? '') ?? []
    return send(response, 'application/json', await served.osv.search(sha1))
  }
  const ecosystem = CLAIR_ECOSYSTEMS.find((one) => path === `osv/${one}/all.zip`)
  if (ecosystem !== undefined && served.osv) {
    const zip = await served.osv.zip(ecosystem)
    response.setHeader('etag', tag)
    return send(response, 'application/zip', zip)
  }
  sendStatus(response, 404)
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}

async function sendLayer(layer: LayerFile | Buffer, response: ServerResponse): Promise<void> {
  const type = 'application/x-tar'
  if (Buffer.isBuffer(layer)) {
    send(response, type, layer)
    return
  }
  response.writeHead(200, { 'content-type': type, 'content-length': layer.size })
  // One buffer for the whole layer: a stream allocates a new one for each piece, and they pile up.
  const buffer = Buffer.allocUnsafe(PIECE_BYTES)
  const file = await open(layer.path)
  try {
    if ((await file.stat()).size !== layer.size) {
      throw new Error('the layer has another size than when it was stored')
    }
    for (let at = 0; at < layer.size && !response.destroyed; ) {
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at)
      if (bytesRead === 0) {
        throw new Error('the layer was truncated while it was being served')
      }
      await writeAll(response, buffer.subarray(0, bytesRead))
      at += bytesRead
    }
    response.end()
  } finally {
    await file.close()
  }
}

/** Resolves when the bytes have been sent, so that their buffer can be reused. */
function writeAll(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function sendStatus(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy()
  } else {
    response.writeHead(status, { 'content-length': 0 }).end()
  }
}

function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) => {
      const what = `the server that Clair reads from could not be started on this machine: ${message}`
      reject(new SeaworthyError({ code: 'cannot-serve', what, where: `${host}:${port}` }))
    })
    server.listen(port, host, () => resolve())
  })
}
