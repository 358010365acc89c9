import { createHash } from 'node:crypto'
import { type FakeServer, fakeServer, json } from './fake-server.js'

/** What was asked of the cache for: a key, and the beginnings of those that do too. */
export interface CacheLookup {
  readonly key: string
  readonly prefixes: readonly string[]
  readonly version: string
}

/** GitHub's cache service as runners reach it: the one of today (Twirp), and that of enterprise servers. */
export interface CacheService {
  /** What the runner sets for each step. */
  readonly env: Readonly<Record<string, string>>
  /** The same on an enterprise server, whose address is given. */
  envOf(server: string): Readonly<Record<string, string>>
  readonly lookups: CacheLookup[]
  /** Each request, `METHOD path`. */
  readonly log: string[]
  /** Entries that were saved whole: key -> archive. */
  readonly saved: Map<string, { readonly version: string; readonly bytes: Buffer }>
  close(): Promise<void>
}

const TWIRP = '/twirp/github.actions.results.api.v1.CacheService/'
const V1 = '/_apis/artifactcache/'
const TOKEN = 'runtime-token-of-the-job'

/**
 * @param answer the archive that is given for a lookup: anything that somebody who may save an entry could have put
 *   there; by default what was saved
 */
export async function cacheService(answer?: (lookup: CacheLookup) => Buffer | null): Promise<CacheService> {
  const lookups: CacheLookup[] = []
  const log: string[] = []
  const saved: CacheService['saved'] = new Map()
  const blobs = new Map<string, Buffer>()
  /** Of uploads: id -> what was announced, and then all of it in one PUT, which suffices for small ones. */
  const uploads = new Map<string, { key: string; version: string; bytes: Buffer | null }>()
  let server: FakeServer

  const find = (lookup: CacheLookup): { key: string; bytes: Buffer } | null => {
    lookups.push(lookup)
    if (answer !== undefined) {
      const bytes = answer(lookup)
      return bytes === null ? null : { key: lookup.key, bytes }
    }
    const fits = [...saved].filter(([, { version }]) => version === lookup.version)
    const found =
      fits.find(([key]) => key === lookup.key) ??
      fits.toReversed().find(([key]) => lookup.prefixes.some((prefix) => key.startsWith(prefix)))
    return found === undefined ? null : { key: found[0], bytes: found[1].bytes }
  }
  const addressOf = (bytes: Buffer): string => {
    const id = createHash('sha256').update(bytes).digest('hex')
    blobs.set(id, bytes)
    return `${server.url}/blob/${id}?sig=${'s'.repeat(40)}`
  }
  const announce = (key: string, version: string): string => {
    const id = `upload-${uploads.size}`
    uploads.set(id, { key, version, bytes: null })
    return id
  }

  const twirp: Record<string, (body: Record<string, unknown>) => unknown> = {
    GetCacheEntryDownloadURL: ({ key, restore_keys: prefixes, version }) => {
      const lookup = { key: String(key), prefixes: (prefixes ?? []) as string[], version: String(version) }
      const found = find(lookup)
      return found === null
        ? { ok: false, signed_download_url: '', matched_key: '' }
        : { ok: true, signed_download_url: addressOf(found.bytes), matched_key: found.key }
    },
    CreateCacheEntry: ({ key, version }) => {
      const isSaved = saved.get(String(key))?.version === version
      const id = isSaved ? null : announce(String(key), String(version))
      return id === null
        ? { ok: false, signed_upload_url: '', message: 'cache entry with the same key and version exists' }
        : { ok: true, signed_upload_url: `${server.url}/upload/${id}?sig=${'u'.repeat(40)}`, message: '' }
    },
    FinalizeCacheEntryUpload: ({ key, version }) => {
      const upload = [...uploads.values()].findLast((one) => one.key === key && one.version === version)
      if (upload === undefined || upload.bytes === null) {
        return { ok: false, entry_id: '0', message: 'nothing was uploaded' }
      }
      saved.set(upload.key, { version: upload.version, bytes: upload.bytes })
      return { ok: true, entry_id: '1', message: '' }
    },
  }

  server = await fakeServer((request, response) => {
    const { pathname, searchParams } = new URL(request.path, 'http://x')
    log.push(`${request.method} ${pathname}`)
    const [, kind = '', id = ''] = pathname.split('/')
    if (kind === 'blob') {
      const bytes = blobs.get(id)
      return response.writeHead(bytes === undefined ? 404 : 200).end(bytes)
    }
    if (kind === 'upload') {
      const upload = uploads.get(id)
      if (upload !== undefined) {
        upload.bytes = request.body
      }
      const headers = { etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': '1' }
      return response.writeHead(upload === undefined ? 404 : 201, headers).end()
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return json(response, 401, { msg: 'no token of a job' })
    }
    if (pathname.startsWith(TWIRP)) {
      const work = twirp[pathname.slice(TWIRP.length)]
      return work === undefined
        ? json(response, 404, { msg: 'no such call' })
        : json(response, 200, work(JSON.parse(request.body.toString('utf8'))))
    }
    if (pathname === `${V1}cache`) {
      const [key = '', ...prefixes] = (searchParams.get('keys') ?? '').split(',')
      const found = find({ key, prefixes, version: searchParams.get('version') ?? '' })
      return found === null
        ? response.writeHead(204).end()
        : json(response, 200, { cacheKey: found.key, archiveLocation: addressOf(found.bytes) })
    }
    return json(response, 404, { msg: 'no such path' })
  })

  const envOf = (name: string) => ({
    GITHUB_SERVER_URL: name,
    ACTIONS_CACHE_URL: `${server.url}/`,
    ACTIONS_RUNTIME_TOKEN: TOKEN,
  })
  return {
    env: {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${server.url}/`,
      ACTIONS_RUNTIME_TOKEN: TOKEN,
    },
    envOf,
    lookups,
    log,
    saved,
    close: () => server.close(),
  }
}
