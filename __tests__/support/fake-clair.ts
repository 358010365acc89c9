import { createHash } from 'node:crypto'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { Parser, type ReadEntry } from 'tar'
import {
  type Package,
  type ReportedPackage,
  type Rows,
  reportOf,
  scanned,
} from '../unit/checks/clair/builders.js'
import { type FakeServer, fakeServer, json, type ReceivedRequest } from './fake-server.js'

/** The report that a real Clair would give, before a test changes it. */
export type Report = ReturnType<typeof reportOf>

/** Where a fake Clair differs from a right one. Each gives `true` where it has answered in its own way. */
export interface Behaviour {
  /** Sees each request first. */
  readonly before?: (request: ReceivedRequest, response: ServerResponse) => boolean
  /** Answers in place of the indexer once it has fetched the layers. */
  readonly indexed?: (response: ServerResponse) => unknown
  /** Changes the right report; a text is sent as it is. */
  readonly report?: (right: Report) => unknown
}

export interface FakeClair extends FakeServer {
  /** Layers it has fetched, each as its bytes are called. */
  readonly layers: readonly string[]
  /** What went wrong when it fetched them. */
  readonly errors: readonly string[]
}

interface Indexed {
  readonly order: readonly string[]
  /** Path of a database -> its text and the layer it is of. */
  readonly databases: ReadonlyMap<string, { readonly text: string; readonly layer: string }>
}

/**
 * A Clair that others run, as far as the gate can tell: it fetches each layer, checks its digest, reads the dpkg
 * databases in it and matches them with rows of its own. It is a fake because a real one can't be made to lie.
 * @param rows its database, which need not be the gate's tracker
 */
export async function fakeClair(rows: Rows, behaviour: Behaviour = {}): Promise<FakeClair> {
  const layers: string[] = []
  const errors: string[] = []
  const indexed = new Map<string, Indexed>()

  async function index(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    const manifest = JSON.parse(request.body.toString()) as {
      hash: string
      layers: RequestedLayer[]
    }
    const databases = new Map<string, { text: string; layer: string }>()
    const bodies = await Promise.all(manifest.layers.map((layer) => fetchLayer(layer).catch(String)))
    for (const [at, body] of bodies.entries()) {
      const layer = manifest.layers[at]?.hash ?? ''
      if (typeof body === 'string') {
        errors.push(body)
        return json(response, 500, { code: 'internal-error', message: `failed to fetch layers: ${body}` })
      }
      layers.push(layer)
      for (const [path, text] of await databasesIn(body)) {
        databases.set(path, { text, layer })
      }
    }
    if (behaviour.indexed) {
      return void behaviour.indexed(response)
    }
    indexed.set(manifest.hash, { order: manifest.layers.map(({ hash }) => hash), databases })
    const { packages, environments } = reportOf(indexedPackages(databases), rows, [])
    const state = { manifest_hash: manifest.hash, state: 'IndexFinished', success: true, err: '' }
    json(response, 201, { ...state, packages, environments })
  }

  function indexedPackages(databases: Indexed['databases']): ReportedPackage[] {
    return [...databases].flatMap(([path, { text, layer }]) =>
      scanned(packagesIn(text)).map((one): ReportedPackage => ({ ...one, layer, database: path })),
    )
  }

  function report(hash: string, response: ServerResponse): unknown {
    const known = indexed.get(hash)
    if (!known) {
      return json(response, 404, { code: 'not-found', message: 'index report not found' })
    }
    const right = { ...reportOf(indexedPackages(known.databases), rows, []), manifest_hash: hash }
    const answered = behaviour.report ? behaviour.report(right) : right
    if (typeof answered === 'string') {
      return response.writeHead(200).end(answered)
    }
    return json(response, 200, answered)
  }

  const server = await fakeServer(async (request, response) => {
    if (behaviour.before?.(request, response)) {
      return undefined
    }
    const { method, path } = request
    if (path === '/indexer/api/v1/index_state') {
      return json(response, 200, { state: 'x' })
    }
    if (method === 'POST' && path === '/indexer/api/v1/index_report') {
      return index(request, response)
    }
    if (path === '/matcher/api/v1/internal/update_operation?latest=true') {
      return json(response, 200, UPDATED)
    }
    const hash = /^\/matcher\/api\/v1\/vulnerability_report\/(.*)$/.exec(path)?.[1]
    if (hash !== undefined) {
      return report(hash, response)
    }
    return json(response, 404, { code: 'not-found', message: path })
  })
  return { ...server, layers, errors }
}

export const UPDATED = {
  'debian/updater': [
    { ref: 'r', updater: 'debian/updater', fingerprint: 'f', date: new Date().toISOString() },
  ],
}

interface RequestedLayer {
  readonly hash: string
  readonly uri: string
  readonly headers?: Record<string, string[]>
}

/** The layer's bytes. Clair refuses what is not of the digest that it was asked for, and of no type it knows. */
async function fetchLayer({ hash, uri, headers = {} }: RequestedLayer): Promise<Buffer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(uri, { agent: false, headers }, resolve).on('error', reject).end()
  })
  const chunks: Buffer[] = []
  for await (const chunk of answer) {
    chunks.push(chunk as Buffer)
  }
  const body = Buffer.concat(chunks)
  if (answer.statusCode !== 200) {
    throw new Error(`status ${answer.statusCode}`)
  }
  if (!['application/x-tar', 'application/octet-stream'].includes(answer.headers['content-type'] ?? '')) {
    throw new Error('unknown content type')
  }
  if (`sha256:${createHash('sha256').update(body).digest('hex')}` !== hash) {
    throw new Error('wrong digest')
  }
  return body
}

/** Files `status` of a layer, by their path. */
async function databasesIn(tar: Buffer): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  // A layer without entries, which node-tar takes for no tar.
  if (tar.every((byte) => byte === 0)) {
    return found
  }
  const parser = new Parser({ strict: true })
  parser.on('entry', (entry: ReadEntry) => {
    const chunks: Buffer[] = []
    entry.on('data', (chunk: Buffer) => chunks.push(chunk))
    entry.on('end', () => {
      const path = entry.path.replace(/^\.?\//, '')
      if (/^var\/lib\/[a-z-]+\/status$/.test(path)) {
        found.set(path, Buffer.concat(chunks).toString('utf8'))
      }
    })
  })
  await new Promise((resolve, reject) => {
    parser.on('end', resolve)
    parser.on('error', reject)
    Readable.from([tar]).pipe(parser as unknown as NodeJS.WritableStream)
  })
  return found
}

function packagesIn(status: string): Package[] {
  return status
    .split('\n\n')
    .filter((stanza) => stanza.trim() !== '')
    .map((stanza) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1]
      const source = field('Source')
      return {
        name: field('Package') ?? '',
        version: field('Version') ?? '',
        arch: field('Architecture') ?? '',
        status: field('Status') ?? '',
        ...(source === undefined ? {} : { source }),
      }
    })
}
