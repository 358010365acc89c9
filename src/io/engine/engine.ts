import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type RequestOptions as HttpOptions, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { isRecord, messageOf, readOrNull, SeaworthyError } from '../../model/index.js'
import { homeFolder } from '../files/files.js'

/**
 * A Docker engine that answers. It is used over HTTP, not through the docker command: job containers rarely have one,
 * and a process per call costs more than the call (decision 93).
 */
export interface Engine {
  /** As the user would write it in DOCKER_HOST. */
  readonly host: string
  readonly connection: HttpOptions
  readonly tls: boolean
  /** The Engine API version in use, such as `1.41`. */
  readonly apiVersion: string
  /** The version of Podman, which answers like Docker, but not to everything; omitted if it is not Podman. */
  readonly podman?: string
  /** Ends every call to it, if calls are limited as a whole. */
  readonly signal?: AbortSignal
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  /** A list is a repeated parameter. */
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or bytes (a tar). */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** Limit for a call whose answer is read whole, in ms; `null` for one that may take long, which needs a signal. */
  readonly limitMs?: number | null
}

/** A live engine answers a ping at once, in ms. */
const PING_LIMIT = 5000

/** The newest version whose answers we have read; from 1.52 on, empty fields are left out. */
const NEWEST_API = '1.49'

/** Compares Engine API versions, in which 1.9 < 1.41. */
export function compareApi(a: string, b: string): number {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number)
  const [b1 = 0, b2 = 0] = b.split('.').map(Number)
  return a1 - b1 || a2 - b2
}

/**
 * Finds the engine as the docker command would (DOCKER_HOST, else the current context, else the default socket) and
 * negotiates a version. Throws `no-engine`.
 */
export async function connectEngine(
  env: NodeJS.ProcessEnv = process.env,
  limitMs: number = PING_LIMIT,
): Promise<Engine> {
  const host = env.DOCKER_HOST || hostOfContext(env) || 'unix:///var/run/docker.sock'
  const { connection, tls } = connectionTo(host, env)
  const engine: Engine = { host, connection, tls, apiVersion: '' }
  const signal = AbortSignal.timeout(limitMs)
  const answer = await exchange(engine, '/_ping', { signal }).catch((error: unknown) => {
    if (signal.aborted) {
      throw noEngine(host, `no answer within ${limitMs / 1000} s`)
    }
    const why = messageOf(error)
    throw noEngine(host, why, why.includes('EACCES') ? MAY_NOT : START)
  })
  answer.destroy() // its head is enough
  const engineVersion = answer.headers['api-version']
  if (answer.statusCode !== 200 || typeof engineVersion !== 'string') {
    const missingVersionNote = typeof engineVersion === 'string' ? '' : ', but no API version'
    throw noEngine(host, `it returned status ${answer.statusCode}${missingVersionNote}`)
  }
  const apiVersion = compareApi(engineVersion, NEWEST_API) < 0 ? engineVersion : NEWEST_API
  const podman = answer.headers['libpod-api-version']
  return { ...engine, apiVersion, ...(typeof podman === 'string' && { podman }) }
}

const START = 'start Docker, or set DOCKER_HOST to a running engine'
const MAY_NOT =
  'run as a user with access to that socket (root, or a member of the docker group), or set DOCKER_HOST'

function noEngine(host: string, why: string, todo = START): SeaworthyError {
  return new SeaworthyError({
    code: 'no-engine',
    what: `no Docker engine is available: ${why}`,
    where: host,
    todo: `${todo}; to work without an engine, pass an image archive and set clair-url`,
  })
}

/** A call to the engine; the answer's body has not been read yet. */
export function exchange(engine: Engine, path: string, call: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { sent, body } = requestOf(engine, path, call)
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.end(body)
  })
}

/**
 * A call that turns its connection into a stream in both directions, as the engine does for input and output of a
 * container; or the engine's answer if it did not do so.
 */
export function upgraded(
  engine: Engine,
  path: string,
  call: Call,
): Promise<{ readonly connection: Duplex; readonly head: Buffer } | { readonly answer: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'tcp' }
    const { sent } = requestOf(engine, path, { ...call, method: 'POST', headers })
    sent.on('upgrade', (_, connection, head) => resolve({ connection, head }))
    sent.on('response', (answer) => resolve({ answer }))
    sent.on('error', reject)
    sent.end()
  })
}

function requestOf(engine: Engine, path: string, call: Call) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of value === undefined ? [] : [value].flat()) {
      query.append(name, one)
    }
  }
  const prefix = engine.apiVersion === '' ? '' : `/v${engine.apiVersion}`
  const asBytes = call.body instanceof Uint8Array
  const body = call.body === undefined ? undefined : asBytes ? call.body : JSON.stringify(call.body)
  const headers: Record<string, string> = { ...call.headers }
  if (body !== undefined) {
    headers['content-type'] = asBytes ? 'application/x-tar' : 'application/json'
  }
  const signals = [engine.signal, call.signal].filter((one) => one !== undefined)
  const options: HttpOptions = {
    ...engine.connection,
    method: call.method ?? 'GET',
    path: `${prefix}${path}${query.size > 0 ? `?${query}` : ''}`,
    // Through a socket, the name of the host does not matter; for an address it must be the one that TLS proves.
    headers: engine.connection.socketPath ? { host: 'docker', ...headers } : headers,
    agent: false,
    ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
  }
  return { sent: (engine.tls ? httpsRequest : httpRequest)(options), body }
}

function connectionTo(host: string, env: NodeJS.ProcessEnv): { connection: HttpOptions; tls: boolean } {
  const [, socketPath] = /^(?:unix|npipe):\/\/(.*)$/s.exec(host) ?? []
  if (socketPath !== undefined) {
    return { connection: { socketPath }, tls: false }
  }
  const url = /^(tcp|https?):\/\//.test(host) ? URL.parse(host.replace(/^tcp:/, 'http:')) : null
  if (url === null) {
    throw noEngine(host, 'only unix://, npipe:// and tcp://host:port are supported')
  }
  const tls = Boolean(env.DOCKER_TLS_VERIFY) || host.startsWith('https:')
  // A URL has an IPv6 address in brackets, a socket does not.
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || (tls ? '2376' : '2375') }
  if (!tls) {
    return { connection: address, tls }
  }
  const folder = env.DOCKER_CERT_PATH || join(homeFolder(), '.docker')
  try {
    const read = (name: string) => readFileSync(join(folder, name))
    const credentials = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
    return { connection: { ...address, ...credentials }, tls }
  } catch (error) {
    throw noEngine(host, `TLS needs the files in DOCKER_CERT_PATH: ${String(error)}`)
  }
}

/** The engine of the docker command's current context, or `null` if that is the default one. */
function hostOfContext(env: NodeJS.ProcessEnv): string | null {
  const folder = env.DOCKER_CONFIG || join(homeFolder(), '.docker')
  const config = readJson(join(folder, 'config.json'))
  const name = env.DOCKER_CONTEXT || (isRecord(config) ? config.currentContext : null)
  if (typeof name !== 'string' || name === '' || name === 'default') {
    return null
  }
  const metadata = join(folder, 'contexts', 'meta', hash('sha256', name), 'meta.json')
  const endpoints = (readJson(metadata) as { Endpoints?: { docker?: { Host?: unknown } } } | null)?.Endpoints
  const host = endpoints?.docker?.Host
  if (typeof host === 'string' && host !== '') {
    return host
  }
  // Not the default engine in that case: it would judge another engine's image of that name.
  throw noEngine(`context ${name}`, `no such Docker context in ${folder}`)
}

function readJson(path: string): unknown {
  return readOrNull(() => JSON.parse(readFileSync(path, 'utf8')))
}
