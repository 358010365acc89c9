import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { downloadEntry, findEntry, hasRunnerCache } from '../../../../src/io/github/runner-cache.js'
import { type CacheService, cacheService } from '../../../support/cache-service.js'
import { type FakeServer, fakeServer, flood, json } from '../../../support/fake-server.js'
import { NEVER } from '../../../support/waiting.js'

const ENTRY = { paths: ['/a/*', '/b/*'], key: 'kept-1', prefix: 'kept-' }
const never = new AbortController().signal

let service: CacheService | null = null
let server: FakeServer | null = null
afterEach(async () => {
  await service?.close()
  await server?.close()
  service = null
  server = null
})

/** Masks are commands for the runner. */
const masked = async <T>(work: () => Promise<T>): Promise<[T, string[]]> => {
  const lines: string[] = []
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  try {
    return [await work(), lines.filter((line) => line.startsWith('::add-mask::'))]
  } finally {
    out.mockRestore()
  }
}
const textOf = async (body: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
const ENTERPRISE = 'https://ghe.acme.test'

describe('an entry of the runner’s cache', () => {
  test.each(['GitHub', 'an enterprise server'])(
    'when it is looked for at %s, then its address is given, and the signature in it is hidden',
    async (name) => {
      const made = await cacheService(() => Buffer.from('archive'))
      service = made
      const env = name === 'GitHub' ? made.env : made.envOf(ENTERPRISE)
      expect(hasRunnerCache(env)).toBe(true)
      const [found, maskedTexts] = await masked(() => findEntry(ENTRY, env, never))
      expect(found?.key).toBe('kept-1')
      expect(maskedTexts).toContain(`::add-mask::${'s'.repeat(40)}\n`)
      expect(made.lookups).toEqual([
        { key: 'kept-1', prefixes: ['kept-'], version: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ])
      const body = await downloadEntry(found ?? { key: '', url: '' }, { timeoutMs: NEVER, signal: never })
      expect(await textOf(body)).toBe('archive')
      // Only the service is reported the token of the job.
      expect(made.log.at(-1)).toMatch(/^GET \/blob\//)
    },
  )

  test('when there is none, then both ways of packing were asked for', async () => {
    const made = await cacheService(() => null)
    service = made
    expect(await findEntry(ENTRY, made.env, never)).toBeNull()
    expect(await findEntry(ENTRY, made.envOf(ENTERPRISE), never)).toBeNull()
    const versions = made.lookups.map(({ version }) => version)
    expect(versions.slice(0, 2)).toEqual(versions.slice(2))
    expect(new Set(versions).size).toBe(2)
  })

  test.each([
    ['none', 0],
    ['write-only', 0],
    [' Write-Only ', 0],
    ['read', 2],
    ['write', 2],
    ['', 2],
  ])('when the runner says %j of the cache, then it is asked %i times', async (mode, times) => {
    const made = await cacheService(() => null)
    service = made
    await findEntry(ENTRY, { ...made.env, ACTIONS_CACHE_MODE: mode }, never)
    expect(made.lookups).toHaveLength(times)
  })

  test('when the runner has no cache, then nobody is asked', async () => {
    for (const env of [
      {},
      { ACTIONS_RUNTIME_TOKEN: 'x' },
      { ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_CACHE_URL: 'x' },
    ]) {
      expect([hasRunnerCache(env), await findEntry(ENTRY, env, never)]).toEqual([false, null])
    }
  })

  test.each<[string, unknown, string]>([
    ['no address', { ok: true, matched_key: 'kept-1', signed_download_url: '' }, 'returned no address'],
    [
      'a file',
      { ok: true, matched_key: 'kept-1', signed_download_url: 'file:///etc/passwd' },
      'returned no address',
    ],
    ['no key', { ok: true, signed_download_url: 'https://x/' }, 'returned no address'],
    ['no JSON', undefined, 'JSON'],
  ])('when the answer has %s, then that is a fault', async (_, answer, text) => {
    const made = await fakeServer((_request, response) =>
      answer === undefined ? response.end('<html>') : json(response, 200, answer),
    )
    server = made
    const env = {
      ACTIONS_CACHE_SERVICE_V2: '1',
      ACTIONS_RESULTS_URL: `${made.url}/`,
      ACTIONS_RUNTIME_TOKEN: 'x',
    }
    await expect(findEntry(ENTRY, env, never)).rejects.toThrow(text)
  })

  test.each([301, 401, 403, 404, 500])('when the service answers %i, then that is told', async (status) => {
    const made = await fakeServer((_, response) =>
      response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end('{}'),
    )
    server = made
    const env = { ACTIONS_CACHE_URL: `${made.url}/`, ACTIONS_RUNTIME_TOKEN: 'x' }
    await expect(findEntry(ENTRY, env, never)).rejects.toThrow(`returned ${status}`)
    expect(made.requestsReceived).toHaveLength(1)
    const entry = { key: 'x', url: `${made.url}/blob` }
    const read = downloadEntry(entry, { timeoutMs: NEVER, signal: never })
    await (status === 301
      ? expect(read).rejects.toThrow()
      : expect(read).rejects.toThrow(`returned ${status}`))
  })

  test('when the answer has no end, then it is read no further', async () => {
    const made = await fakeServer(flood)
    server = made
    const env = { ACTIONS_CACHE_URL: `${made.url}/`, ACTIONS_RUNTIME_TOKEN: 'x' }
    await expect(findEntry(ENTRY, env, never)).rejects.toThrow('the rest was not read')
  })

  test('when the run ends, then the question does', async () => {
    const made = await fakeServer(() => undefined)
    server = made
    const env = { ACTIONS_CACHE_URL: `${made.url}/`, ACTIONS_RUNTIME_TOKEN: 'x' }
    const over = new AbortController()
    const work = findEntry(ENTRY, env, over.signal)
    over.abort()
    await expect(work).rejects.toThrow(/abort/i)
  })
})
