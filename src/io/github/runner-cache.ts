import { hash } from 'node:crypto'
import * as core from '@actions/core'
import { clientFor } from '../http/client.js'
import { getStream } from '../http/http.js'
import { bodyOf } from '../http/plain-http.js'
import { redactUrl } from '../http/url.js'

// GitHub's cache. @actions/cache does the saving, but not the restoring: it unpacks with `tar -P`, which writes
// wherever the archive says, and anyone who may save an entry makes the archive (decision 32). This file only finds
// out where an entry is.

type Environment = Readonly<Record<string, string | undefined>>

/** Files that are kept between the jobs of a workflow. */
export interface CacheEntry {
  /** Absolute patterns: an entry is found again by the patterns that it was saved with. */
  readonly paths: readonly string[]
  /** Derived from the content: it is never written twice. */
  readonly key: string
  /** Prefix of keys that are acceptable too; the newest is used. */
  readonly prefix: string
}

export interface FoundEntry {
  readonly key: string
  /** Holds a signature. */
  readonly url: string
}

/** How @actions/cache names its compression, in its order: zstd if there is such a program. */
const COMPRESSIONS = ['zstd-without-long', 'gzip']
const ANSWER_BYTES = 65536
const ANSWER_MS = 10_000

/** True in a runner that has a cache, whatever it lets a job do with it. */
export function hasRunnerCache(env: Environment): boolean {
  return (env.ACTIONS_RUNTIME_TOKEN ?? '') !== '' && serviceOf(env) !== null
}

/**
 * Asks for an entry: first one with this key, else the newest whose key begins with the prefix.
 * @returns `null` if there is none, or the job may not read the cache
 */
export async function findEntry(
  { paths, key, prefix }: CacheEntry,
  env: Environment,
  signal: AbortSignal,
): Promise<FoundEntry | null> {
  const service = serviceOf(env)
  if (service === null || /^(none|write-only)$/.test(env.ACTIONS_CACHE_MODE?.trim().toLowerCase() ?? '')) {
    return null
  }
  for (const compression of COMPRESSIONS) {
    // An entry with other paths or another compression has another version.
    const version = hash('sha256', [...paths, compression, '1.0'].join('|'))
    const request = { key, prefix, version, token: env.ACTIONS_RUNTIME_TOKEN ?? '', signal }
    const found =
      service.form === 'twirp' ? await askTwirp(service.url, request) : await askV1(service.url, request)
    if (found !== null) {
      hideSignature(found.url)
      return found
    }
  }
  return null
}

/** The archive of an entry, as it was saved. */
export async function downloadEntry(
  { url }: FoundEntry,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<AsyncIterable<Uint8Array>> {
  const answer = await getStream(url, { timeoutMs, signal, retries: 1, mayBePrivate: () => true })
  if (answer.status !== 200) {
    throw new Error(`${new URL(url).host} returned ${answer.status}`)
  }
  return answer.body
}

/** Saves an entry. Never fails: @actions/cache reports why it did not work. */
export async function saveEntry({ paths, key }: Omit<CacheEntry, 'prefix'>): Promise<void> {
  // Only here, because the client is large.
  const { saveCache } = await import('./save-cache.js')
  await saveCache([...paths], key)
}

interface EntryRequest extends Pick<CacheEntry, 'key' | 'prefix'> {
  readonly version: string
  readonly token: string
  readonly signal: AbortSignal
}

/** Like @actions/cache: enterprise servers only have the first version of the service. */
function serviceOf(env: Environment): { readonly form: 'twirp' | 'v1'; readonly url: string } | null {
  const server = URL.parse(env.GITHUB_SERVER_URL || 'https://github.com')?.hostname.toLowerCase() ?? ''
  const isGitHub = server === 'github.com' || /\.(ghe\.com|localhost)$/.test(server)
  const form = isGitHub && env.ACTIONS_CACHE_SERVICE_V2 ? 'twirp' : 'v1'
  const url = form === 'twirp' ? env.ACTIONS_RESULTS_URL : env.ACTIONS_CACHE_URL
  return url !== undefined && URL.canParse(url) ? { form, url } : null
}

async function askTwirp(service: string, request: EntryRequest): Promise<FoundEntry | null> {
  const method = 'github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL'
  const { key, prefix, version } = request
  const url = new URL(`/twirp/${method}`, service).href
  const answer = await exchange('POST', url, request, { key, restore_keys: [prefix], version })
  const { ok, signed_download_url: found, matched_key: matched } = (answer ?? {}) as Record<string, unknown>
  return ok === true ? foundAt(matched, found) : null
}

async function askV1(service: string, request: EntryRequest): Promise<FoundEntry | null> {
  const { key, prefix, version } = request
  const keys = encodeURIComponent([key, prefix].join(','))
  const url = `${service}_apis/artifactcache/cache?keys=${keys}&version=${version}`
  const answer = await exchange('GET', url, request)
  const { cacheKey, archiveLocation } = (answer ?? {}) as Record<string, unknown>
  return answer === null ? null : foundAt(cacheKey, archiveLocation)
}

function foundAt(key: unknown, url: unknown): FoundEntry {
  if (typeof key !== 'string' || typeof url !== 'string' || !/^https?:/.test(url)) {
    throw new Error('the cache service returned no address')
  }
  return { key, url }
}

/** One request to the service, with the job's token; `null` if the answer has no content. */
async function exchange(
  method: 'GET' | 'POST',
  url: string,
  { token, signal }: EntryRequest,
  body?: unknown,
): Promise<unknown> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  const client = clientFor(limited, { allowRedirects: false })
  const text = body === undefined ? '' : JSON.stringify(body)
  const { message } = await client.request(method, url, text, {
    authorization: `Bearer ${token}`,
    accept: 'application/json;api-version=6.0-preview.1',
    'content-type': 'application/json',
  })
  const { statusCode = 0 } = message
  const answer = await bodyOf(message, redactUrl(url), ANSWER_BYTES)
  if (statusCode === 204) {
    return null
  }
  if (statusCode !== 200) {
    throw new Error(`the cache service returned ${statusCode}`)
  }
  return JSON.parse(answer.toString('utf8'))
}

/** Anyone with the signature may read the entry: the runner masks it in logs. */
function hideSignature(url: string): void {
  const signature = new URL(url).searchParams.get('sig')
  if (signature) {
    core.setSecret(signature)
    core.setSecret(encodeURIComponent(signature))
  }
}
