import { createHmac } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { type Dial, exchangeText, type PlainReply } from '../../../io/http/plain-http.js'
import { redactUrl } from '../../../io/http/url.js'
import { hasCode, jsonIn, messageOf, type ProblemCode, SeaworthyError } from '../../../model/index.js'
import { withoutSecrets } from '../services/server.js'

export interface ClairApi {
  /** Without a slash at the end. */
  readonly url: string
  /** Secret and issuer for a Clair that requires a JWT (`auth.psk` in its configuration). */
  readonly psk: { readonly key: string; readonly issuer: string } | null
  readonly signal: AbortSignal
  /** How to connect to Clair, if this machine cannot do so by address. */
  readonly dial?: Dial
  /** Which addresses of its name may be connected to; default: all. */
  readonly lookup?: LookupFunction
  /** What it got to fetch layers with: its answers must not show it. */
  readonly secrets?: ReadonlySet<string>
}

export interface ClairManifest {
  readonly hash: string
  readonly layers: readonly {
    readonly hash: string
    readonly uri: string
    readonly headers: Readonly<Record<string, readonly string[]>>
  }[]
}

/** claircore's driver.UpdateOperation; Go writes times in RFC 3339 form. */
const OPERATION = z.object({
  ref: z.string(),
  updater: z.string(),
  fingerprint: z.string(),
  date: z.iso.datetime({ offset: true }),
})
type UpdateOperation = z.infer<typeof OPERATION>
const OPERATIONS_BY_UPDATER = z.record(z.string(), z.array(OPERATION))

const RETRY_PAUSE_MS = 30

/** Pause between requests to a busy Clair, in ms. */
const BUSY_PAUSE_MS = 200

export function send(api: ClairApi, path: string, body?: unknown): Promise<PlainReply> {
  const headers = api.psk ? { authorization: `Bearer ${token(api.psk.key, api.psk.issuer)}` } : {}
  const { signal, dial, lookup } = api
  return exchangeText(`${api.url}${path}`, { headers, body, signal, dial, lookup })
}

/** A JWT (RFC 7519) signed with HS256 and valid for two minutes. Clair's configuration has the key base64-encoded. */
export function token(key: string, issuer: string, now: number = Date.now()): string {
  const seconds = Math.floor(now / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: issuer, iat: seconds, nbf: seconds - 30, exp: seconds + 120 })}`
  const mac = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64url')
  return `${text}.${mac}`
}

/** An attempt is given up after this time, in ms: a container that has ended does not even refuse. */
const ATTEMPT_MS = 2000

/** Tries again and again until `work` returns a result; `null` when the time is over. */
export async function retry<T>(
  api: ClairApi,
  timeoutMs: number,
  check: () => Promise<void>,
  work: (attempt: ClairApi) => Promise<T | null>,
): Promise<T | null> {
  const limit = AbortSignal.timeout(timeoutMs)
  for (let round = 0; !limit.aborted; round++) {
    const timeout = AbortSignal.timeout(ATTEMPT_MS)
    const signal = AbortSignal.any([api.signal, limit, timeout])
    const result = await work({ ...api, signal }).catch((error: unknown) => {
      api.signal.throwIfAborted()
      if (error instanceof SeaworthyError) {
        throw error
      }
      return null
    })
    if (result !== null) {
      return result
    }
    if (timeout.aborted || round % 10 === 9) {
      await check()
    }
    await sleep(RETRY_PAUSE_MS)
  }
  await check()
  return null
}

/** Waits until the indexer answers. `check` throws when waiting has become pointless. */
export async function untilReady(
  api: ClairApi,
  timeoutMs: number,
  check: () => Promise<void>,
): Promise<void> {
  const ready = await retry(api, timeoutMs, check, async (attempt) => {
    const reply = await send(attempt, '/indexer/api/v1/index_state')
    assertAuthorized(api, reply)
    return reply.status === 200 ? true : null
  })
  if (!ready) {
    throw lateError(api, 'clair-not-ready', `Clair did not answer within ${timeoutMs / 1000} s`)
  }
}

/**
 * Has an image indexed; resolves when it is. A busy Clair (429; by default with more than a few requests per core,
 * `index_report_request_concurrency`) is asked again until `api.signal` ends it. Throws `clair-index-failed`.
 * @param onBusy called each time that it is busy; what it returns is sent the next time
 */
export async function indexManifest(
  api: ClairApi,
  manifest: ClairManifest,
  onBusy: () => void | Promise<ClairManifest> = () => {},
): Promise<string> {
  const reply = await send(api, '/indexer/api/v1/index_report', manifest).catch((error: unknown) => {
    api.signal.throwIfAborted()
    // An address that must not be connected to.
    if (hasCode(error, 'bad-input')) {
      throw error
    }
    const what = `the connection to Clair was lost while it was indexing the image: ${reasonOf(error)}`
    throw apiError(api, 'clair-index-failed', what)
  })
  if (reply.status === 429) {
    await sleep(BUSY_PAUSE_MS)
    api.signal.throwIfAborted()
    return indexManifest(api, (await onBusy()) ?? manifest, onBusy)
  }
  assertAuthorized(api, reply)
  const report = jsonIn(reply.text) as
    | { state?: unknown; success?: unknown; err?: unknown }
    | null
    | undefined
  if (reply.status === 201 && report?.state === 'IndexFinished' && report.success !== false) {
    return withoutToken(api, reply.text)
  }
  const why = errorText(api, typeof report?.err === 'string' && report.err ? report.err : reply.text)
  throw apiError(api, 'clair-index-failed', `Clair could not index the image (${reply.status}): ${why}`)
}

/** The latest operation of one of Clair's updaters; `null` before its first, and if it is not in the expected form. */
export async function latestUpdate(
  api: ClairApi,
  updater = 'debian/updater',
): Promise<UpdateOperation | null> {
  const reply = await send(api, '/matcher/api/v1/internal/update_operation?latest=true')
  if (reply.status !== 200) {
    return null
  }
  const operations = OPERATIONS_BY_UPDATER.safeParse(jsonIn(reply.text))
  return operations.data?.[updater]?.[0] ?? null
}

/**
 * Waits until an updater has stored the data of this fingerprint. A report taken before holds no
 * vulnerabilities and looks like a clean image. Throws `clair-tracker-not-loaded`.
 */
export async function untilUpdated(
  api: ClairApi,
  fingerprint: string,
  timeoutMs: number,
  check: () => Promise<void>,
  updater = 'debian/updater',
): Promise<UpdateOperation> {
  const loaded = await retry(api, timeoutMs, check, async (attempt) => {
    const latest = await latestUpdate(attempt, updater)
    return latest?.fingerprint === fingerprint ? latest : null
  })
  if (loaded) {
    return loaded
  }
  const what = `Clair did not load the security tracker within ${timeoutMs / 1000} s`
  throw lateError(api, 'clair-tracker-not-loaded', what)
}

/** Clair's vulnerability report, exactly as sent. Throws `clair-no-report` on anything but a full 200. */
export async function vulnerabilityReport(api: ClairApi, hash: string): Promise<string> {
  const reply = await send(api, `/matcher/api/v1/vulnerability_report/${hash}`).catch((error: unknown) => {
    api.signal.throwIfAborted()
    const what = `the connection to Clair was lost while it was matching packages: ${reasonOf(error)}`
    throw apiError(api, 'clair-no-report', what)
  })
  // Clair answers 202 without a body while its database holds no vulnerability at all.
  if (reply.status === 200 && reply.text.trim() !== '') {
    return withoutToken(api, reply.text)
  }
  const body = errorText(api, reply.text) || 'nothing'
  throw apiError(api, 'clair-no-report', `Clair returned no report: status ${reply.status}, body: ${body}`)
}

/**
 * The vulnerability report once it names all of these vulnerabilities, or the last one if that takes longer than
 * `timeoutMs`. Clair announces an update before its matcher sees it: it commits the rows, and only then renews the view
 * that it matches with (claircore, datastore/postgres/updatevulnerabilities.go). A report in between is complete and
 * empty.
 */
export async function reportWithVulnerabilities(
  api: ClairApi,
  hash: string,
  vulnerabilities: readonly string[],
  timeoutMs: number,
): Promise<string> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const report = await vulnerabilityReport(api, hash)
    const isWhole = vulnerabilities.every((id) => report.includes(JSON.stringify(id)))
    if (isWhole || Date.now() >= deadline) {
      return report
    }
    await sleep(RETRY_PAUSE_MS)
  }
}

/** The beginning of Clair's answer, which may contain the addresses of layers, and what a registry sent back. */
function errorText({ secrets = new Set() }: ClairApi, text: string): string {
  const shown = [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  return withoutSecrets(shown).slice(0, 500)
}

/** A report becomes evidence as it is, so it is refused if it contains what must be nowhere. */
function withoutToken(api: ClairApi, report: string): string {
  if ([...(api.secrets ?? [])].some((secret) => report.includes(secret))) {
    const what = "Clair's report contains the token that Clair got for the registry"
    throw apiError(api, 'clair-report-malformed', what, 'do not use this Clair')
  }
  return report
}

export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${messageOf(error)}${cause}`
}

export function apiError(api: ClairApi, code: ProblemCode, what: string, todo?: string): SeaworthyError {
  const where = redactUrl(api.url)
  return new SeaworthyError({ code, what, where, todo: todo ?? `see docs/troubleshooting.md#${code}` })
}

export function lateError(api: ClairApi, code: ProblemCode, what: string): SeaworthyError {
  const advice = `raise timeouts.clair in policies/gate.yml, or see docs/troubleshooting.md#${code}`
  return apiError(api, code, what, advice)
}

export function assertAuthorized(api: ClairApi, { status }: PlainReply): void {
  if (status === 401 || status === 403) {
    const advice = "set clair-psk (base64, as in Clair's configuration) and clair-psk-issuer"
    throw apiError(api, 'clair-refused', `Clair requires authentication and returned HTTP ${status}`, advice)
  }
}
