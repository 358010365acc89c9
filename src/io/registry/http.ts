import * as z from 'zod'
import { isRecord, jsonIn, type Reference, SeaworthyError } from '../../model/index.js'
import { getStream, type HttpAnswer, redactUrl } from '../http/http.js'
import { isSameHost } from '../http/nearness.js'
import { bodyOf } from '../http/plain-http.js'
import type { RegistryLogins } from './login.js'

export interface RegistryOptions {
  readonly logins: RegistryLogins
  readonly signal: AbortSignal
  /** Of each request, in milliseconds. */
  readonly timeoutMs: number
  /** Attempts after the first, if the registry is busy (429, 5xx) or the connection breaks; default: none. */
  readonly retries?: number
}

/** An HTTP status of a registry for which there is no other problem code. */
export class RegistryStatusError extends SeaworthyError {
  readonly status: number
  constructor(status: number, where: string) {
    super({ code: 'registry-status', what: `the registry returned ${status}`, where })
    this.status = status
  }
}

/**
 * Requests a path below /v2/REPOSITORY/, with a token if the registry requires one.
 * @param firstByte first byte that is requested (RFC 9110, 14.2); the answer may contain all bytes
 * nevertheless
 */
export type RegistryRequest = (
  method: 'GET' | 'HEAD',
  path: string,
  accept: string,
  firstByte?: number,
) => Promise<HttpAnswer>

/** Writes to a path below /v2/REPOSITORY/, or to a URL there that the registry has returned. */
type RegistryWrite = (
  method: 'POST' | 'PUT',
  path: string,
  content: { readonly type: string; readonly body: string },
) => Promise<Pick<HttpAnswer, 'headers' | 'url'>>

/** Limit in bytes of the OCI distribution specification for manifests; configs are smaller. */
const MAX_MANIFEST_BYTES = 4 * 2 ** 20

/** Requests to one repository, by the OCI distribution specification. */
export function openRepository(name: Reference, options: RegistryOptions): RegistryRequest {
  const send = createSender(name, options, 'pull')
  return (method, path, accept, firstByte = 0) =>
    send(method, path, { accept, ...(firstByte > 0 && { range: `bytes=${firstByte}-` }) }, '')
}

/** Like `openRepository`, with a token that permits pushing if the login does. */
export function openForPush(
  name: Reference,
  options: RegistryOptions,
): { request: RegistryRequest; write: RegistryWrite } {
  const send = createSender(name, options, 'pull,push')
  return {
    request: (method, path, accept) => send(method, path, { accept }, ''),
    write: async (method, path, { type, body }) => {
      const answer = await send(method, path, { 'content-type': type }, body)
      // The body is read to its end, so that the connection is released.
      await registryText(answer)
      return answer
    },
  }
}

function createSender({ registry, repository }: Reference, options: RegistryOptions, scope: string) {
  const base = `${originOf(registry)}/v2/${repository}/`
  const { signal, timeoutMs, retries = 0 } = options
  let authorization: string | null = null
  type Method = 'GET' | 'HEAD' | 'POST' | 'PUT'
  const send = (method: Method, path: string, headers: Readonly<Record<string, string>>, body: string) =>
    getStream(urlInRegistry(base, path), {
      method,
      body,
      signal,
      timeoutMs,
      retries,
      // Whether a registry may be used was decided when its name was accepted; private addresses are usual.
      mayBePrivate: () => true,
      headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
    })
  return async (...[method, path, headers, body]: Parameters<typeof send>) => {
    let answer = await send(method, path, headers, body)
    // A token may expire between two requests.
    if (answer.status === 401) {
      authorization = await authorize(answer, registry, `${repository}:${scope}`, options)
      answer = await send(method, path, headers, body)
    }
    const { status, url } = answer
    const isPartialContent = status === 206 && headers.range !== undefined
    if (isPartialContent || (/^P/.test(method) ? status >= 200 && status < 300 : status === 200)) {
      return answer
    }
    if (status === 404) {
      const what = 'not found in the registry'
      throw new SeaworthyError({ code: 'registry-not-found', what, where: url })
    }
    throw status === 401 || status === 403 ? refusedAccess(status, url) : new RegistryStatusError(status, url)
  }
}

function refusedAccess(status: number, where: string): SeaworthyError {
  const what = `the registry refused access (${status})`
  return new SeaworthyError({ code: 'registry-refused', what, where })
}

/** What somebody else needs to fetch blobs of one repository. */
export interface PullAccess {
  /** Of a blob. */
  readonly urlOf: (digest: string) => string
  /** The value of the header `authorization`; `null`: everybody may pull. It must never be shown. */
  readonly authorization: string | null
}

/**
 * Asks for a token that permits pulling from one repository and nothing else, to be handed on.
 * @param digest of a blob that the token has to give access to
 * @throws SeaworthyError registry-*, http-*; `registry-refused` if the registry wants the login itself, or issues tokens
 * that permit more
 */
export async function pullAccess(
  name: Reference,
  digest: string,
  options: RegistryOptions,
): Promise<PullAccess> {
  const base = `${originOf(name.registry)}/v2/${name.repository}/`
  const urlOf = (blob: string) => urlInRegistry(base, `blobs/${blob}`)
  const ask = (headers: Readonly<Record<string, string>>) =>
    getStream(urlOf(digest), { ...options, method: 'HEAD', mayBePrivate: () => true, headers })
  const open = await ask({})
  if (open.status === 200) {
    return { urlOf, authorization: null }
  }
  const where = redactUrl(open.url)
  if (open.status !== 401) {
    throw new RegistryStatusError(open.status, where)
  }
  const authorization = await authorize(open, name.registry, `${name.repository}:pull`, options)
  const login = await options.logins.basic(name.registry, options.signal)
  const refusal = notOnlyForPull(authorization, login, name.repository)
  if (refusal !== null) {
    const what = `${refusal}, which must not be handed on to Clair`
    throw new SeaworthyError({ code: 'registry-refused', what, where, todo: 'set layers-from to gate' })
  }
  const { status } = await ask({ authorization })
  if (status !== 200) {
    throw refusedAccess(status, where)
  }
  return { urlOf, authorization }
}

const ACCESS = z.object({
  access: z.array(z.object({ type: z.string(), name: z.string(), actions: z.array(z.string()) })),
})

/**
 * Why a header permits more than pulling from one repository; `null`: nothing shows that it does. Some registries return
 * the password in another form as the token; others write what a token permits into it (distribution/spec/auth/jwt).
 */
function notOnlyForPull(authorization: string, login: string | null, repository: string): string | null {
  const [scheme = '', token = ''] = authorization.split(' ')
  if (scheme !== 'Bearer') {
    return 'the registry requires the login itself'
  }
  const passwordOf = (basic: string) => {
    const pair = Buffer.from(basic.slice('Basic '.length), 'base64').toString('utf8')
    return pair.slice(pair.indexOf(':') + 1)
  }
  const password = login === null ? '' : passwordOf(login)
  const decoded = Buffer.from(token, 'base64').toString('utf8')
  if (password !== '' && [token, decoded].some((text) => text.includes(password))) {
    return 'the registry issues the password as a token'
  }
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const { access } = ACCESS.safeParse(jsonIn(payload)).data ?? { access: [] }
  const permitsOnlyPull = access.every(
    ({ type, name, actions }) =>
      type === 'repository' && name === repository && actions.every((action) => action === 'pull'),
  )
  return permitsOnlyPull ? null : 'the registry issued a token that permits more than pulling'
}

/** An upload's URL comes from the registry and receives the token, so it must be at the registry. */
function urlInRegistry(base: string, path: string): string {
  const address = new URL(path, base)
  if (address.origin === new URL(base).origin) {
    return address.href
  }
  const what = `the registry refers an upload to another server (${address.host})`
  throw new SeaworthyError({ code: 'registry-malformed', what, where: base })
}

/** @throws SeaworthyError answer-too-large */
export async function registryText(answer: HttpAnswer): Promise<string> {
  return (await bodyOf(answer.body, answer.url, MAX_MANIFEST_BYTES)).toString('utf8')
}

/** Like Docker: https, and http for registries of this machine. */
function originOf(registry: string): string {
  if (registry === 'docker.io') {
    return 'https://registry-1.docker.io'
  }
  return `${isLoopback(registry) ? 'http' : 'https'}://${registry}`
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host)
}

/**
 * Answers the challenge of a 401 (RFC 9110, 11.6.1; the token exchange is that of
 * distribution/spec/auth/token). The login is sent to the address that the registry names, as Docker does,
 * but never without TLS, and never to a host in a more private network than the registry's: the token from
 * its answer is sent to the registry.
 */
async function authorize(
  answer: HttpAnswer,
  registry: string,
  scope: string,
  { logins, signal, timeoutMs }: RegistryOptions,
): Promise<string> {
  const challenge = answer.headers['www-authenticate'] ?? ''
  const [, scheme = '', parametersText = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(challenge.slice(0, 4096)) ?? []
  const basicHeader = await logins.basic(registry, signal)
  const refused = (what: string) => new SeaworthyError({ code: 'registry-refused', what, where: answer.url })
  if (scheme.toLowerCase() === 'basic') {
    if (basicHeader === null) {
      throw refused('the registry requires a login, but no login is configured for it')
    }
    return basicHeader
  }
  const challengeParameters = new Map(
    [...parametersText.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  )
  const realm = URL.parse(challengeParameters.get('realm') ?? '')
  if (scheme.toLowerCase() !== 'bearer' || realm === null) {
    throw refused('the registry requires an unsupported type of login')
  }
  const isLoopbackPair = realm.protocol === 'http:' && isLoopback(registry) && isLoopback(realm.host)
  if (realm.protocol !== 'https:' && !isLoopbackPair) {
    throw refused("the registry's token address does not use TLS")
  }
  const service = challengeParameters.get('service')
  if (service !== undefined) {
    realm.searchParams.set('service', service)
  }
  realm.searchParams.set('scope', `repository:${scope}`)
  const tokenAnswer = await getStream(realm.href, {
    signal,
    timeoutMs,
    retries: 0,
    mayBePrivate: isSameHost(new URL(answer.url), realm) ? () => true : answer.start,
    headers: { accept: 'application/json', ...(basicHeader === null ? {} : { authorization: basicHeader }) },
  })
  const token = tokenAnswer.status === 200 ? tokenIn(await registryText(tokenAnswer)) : null
  if (token === null) {
    throw refused(`the registry issued no token (${tokenAnswer.status})`)
  }
  return `Bearer ${token}`
}

function tokenIn(text: string): string | null {
  const answer = jsonIn(text)
  const token = isRecord(answer) ? (answer.token ?? answer.access_token) : null
  return typeof token === 'string' && /^[\x21-\x7e]{1,16384}$/.test(token) ? token : null
}
