import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../src/feeds/addresses.js'
import { readFeedDocuments } from '../../../src/feeds/formats/documents.js'
import { folderOf } from '../../../src/feeds/kept.js'
import { openFeeds, withFeeds } from '../../../src/feeds/rate.js'
import type { FeedOptions } from '../../../src/feeds/refresh.js'
import { anEvidence } from '../../support/builders.js'
import { fakeNvd } from '../../support/fake-nvd.js'
import { type Answer, type FakeServer, fakeServer } from '../../support/fake-server.js'
import { aMetric, kevText, nvdText } from '../../support/feed-texts.js'
import { problemOfRejected } from '../../support/rejections.js'
import { feedOptions, folder, servers } from './closing.js'

const NOW = new Date('2026-11-24T18:00:00Z')
const ONE = kevText({ 'CVE-2026-1001': '2026-11-20' })
const TWO = kevText({ 'CVE-2026-1001': '2026-11-20', 'CVE-2026-1002': '2026-11-20' })

const options = (part: Partial<FeedOptions> = {}) => feedOptions(NOW, { retries: 0, ...part })
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000)
async function serve(answer: Answer | string | number): Promise<FakeServer> {
  const fixed: Answer = (_, response) =>
    typeof answer === 'number' ? response.writeHead(answer).end() : response.end(answer)
  const server = await fakeServer(typeof answer === 'function' ? answer : fixed)
  servers.push(server)
  return server
}

describe('a feed with two addresses', () => {
  test('when the first gives it, then the second is not asked, and there is nothing to say', async () => {
    const [first, second] = [await serve(ONE), await serve(TWO)]
    const got = await openFeed('kev', [first.url, second.url], options())
    expect([got?.table.rows, got?.state, got?.source.instead, second.requestsReceived]).toEqual([
      1,
      'read',
      undefined,
      [],
    ])
  })

  test.each<[string, Answer | string | number, string]>([
    ['is down', 503, 'the server returned 503'],
    ['is not there', 404, 'the server returned 404'],
    ['cuts the connection', (_, response) => response.destroy(), 'could not be fetched'],
    ['has another document', '<html>', 'JSON'],
    ['has an empty list', kevText({}), 'no CVEs at all'],
    [
      'has one of long ago',
      kevText({ 'CVE-2026-1001': '2026-01-01' }, { dateReleased: '2026-01-01T00:00:00.0000Z' }),
      'more than 30 days ago',
    ],
  ])('when the first %s, then the second is taken, and the source says why', async (_, answer, why) => {
    const [first, second] = [await serve(answer), await serve(TWO)]
    const got = await openFeed('kev', [first.url, second.url], options())
    expect(got).toMatchObject({ state: 'read', why: '', source: { url: `${second.url}/`, rows: 2 } })
    expect(got?.source.instead).toMatch(
      /^read from another address: http:\/\/127\.0\.0\.1:\d+\/? returned nothing \(/,
    )
    expect(got?.source.instead).toContain(why)
  })

  test('when both fail, then both are reported', async () => {
    const [first, second] = [await serve(503), await serve('<html>')]
    const { code, what, where } = await problemOfRejected(
      openFeed('kev', [first.url, second.url], options({ cacheDir: null })),
    )
    expect(code).toBe('feed-unreachable')
    expect(what).toMatch(/returned 503; .*JSON/)
    expect(where).toBe(`${first.url}/; ${second.url}/`)
  })

  test('when an address has credentials, then no word of them is said', async () => {
    const [first, second] = [await serve(503), await serve(TWO)]
    const secret = `${first.url.replace('//', '//user:pa55@')}/x?token=t0ken`
    const got = await openFeed('kev', [secret, second.url], options())
    expect(JSON.stringify(got?.source)).not.toMatch(/pa55|t0ken/)
  })

  test('when both fail and one was read within 48 hours, then its copy is taken, and says so', async () => {
    let down = false
    const second = await serve((_, response) => (down ? response.writeHead(503).end() : response.end(TWO)))
    const first = await serve(404)
    await openFeed('kev', [first.url, second.url], options())
    down = true
    const kept = await openFeed('kev', [first.url, second.url], options({ now: hours(47) }))
    expect(kept).toMatchObject({ state: 'kept', table: { rows: 2 } })
    expect(kept?.source.instead).toMatch(
      /^a copy fetched at 2026-11-24T18:00Z: .* returned nothing .*404\), .* returned nothing .*503\)$/,
    )
    const late = openFeed('kev', [first.url, second.url], options({ now: hours(49) }))
    expect((await problemOfRejected(late)).code).toBe('feed-unreachable')
  })

  test('when the second is fresh and the first has a copy, then the fresh one is taken', async () => {
    let down = false
    const first = await serve((_, response) => (down ? response.writeHead(503).end() : response.end(ONE)))
    const second = await serve(TWO)
    await openFeed('kev', [first.url], options())
    down = true
    expect((await openFeed('kev', [first.url, second.url], options()))?.table.rows).toBe(2)
  })

  test('when the run is over, then the second is not asked', async () => {
    const over = new AbortController()
    const first = await serve((_, response) => {
      over.abort(new Error('over'))
      response.destroy()
    })
    const second = await serve(TWO)
    await expect(openFeed('kev', [first.url, second.url], options({ signal: over.signal }))).rejects.toThrow(
      'over',
    )
    expect(second.requestsReceived).toEqual([])
  })

  test('when there is no address, then nobody wants it', async () => {
    expect(await openFeed('kev', [], options())).toBeNull()
    expect(await openFeed('kev', [], options({ offline: true }))).toBeNull()
  })

  test('when offline, then what is kept of either does', async () => {
    const [first, second] = [await serve(404), await serve(TWO)]
    await openFeed('kev', [first.url, second.url], options())
    const requests = second.requestsReceived.length
    const offline = options({ offline: true, now: hours(100) })
    const kept = await openFeed('kev', [first.url, second.url], offline)
    expect(kept).toMatchObject({ state: 'kept', why: 'offline, read 2026-11-24', table: { rows: 2 } })
    expect(second.requestsReceived).toHaveLength(requests)
    const file = join(folder, 'kev.json')
    writeFileSync(file, ONE)
    expect((await openFeed('kev', [first.url, file], offline))?.table.rows).toBe(1)
  })

  test('when one of CVSS is the folder of the NVD and the map has a copy, then no year is read', async () => {
    let down = false
    const text = nvdText({ 'CVE-2026-1001': { cvssMetricV31: [aMetric()] } })
    const map = await serve((_, response) => (down ? response.writeHead(503).end() : response.end(text)))
    const nvd = await fakeNvd({})
    servers.push(nvd)
    await openFeed('cvss', [map.url, nvd.base], options())
    down = true
    const kept = await openFeed('cvss', [map.url, nvd.base], options({ now: hours(1) }))
    expect([kept?.state, kept?.table.rows, nvd.requestsReceived]).toEqual(['kept', 1, []])
    expect(kept?.source.instead).toContain('a copy fetched at')
  })

  test('when evidence is made of it, then the source in it says so, and notes do not say it twice', async () => {
    const [first, second] = [await serve(503), await serve(TWO)]
    const evidence = anEvidence({ documents: { 'report.json': '"CVE-2026-1002"' } })
    const feeds = openFeeds({ cvss: [], epss: [], kev: [first.url, second.url] }, options())
    const [one] = await withFeeds([evidence], feeds)
    expect(one?.sources.at(-1)?.instead).toContain('503')
    expect(readFeedDocuments(one?.documents ?? {})).toMatchObject({ unused: ['cvss', 'epss'], notes: [] })
  })
})

describe('what is kept of a feed', () => {
  const ETAG: Answer = (request, response) =>
    request.headers['if-none-match'] === '"1"'
      ? response.writeHead(304).end()
      : response.writeHead(200, { etag: '"1"' }).end(TWO)

  test('when a place counts, then only its user may read and write it, whatever the umask says', async () => {
    const umask = process.umask(0o002)
    try {
      const server = await serve(ETAG)
      const cacheDir = join(folder, 'new/cache')
      await openFeed('kev', [server.url], options({ cacheDir }))
      const modes = [
        cacheDir,
        ...readdirSync(cacheDir, { recursive: true }).map((path) => join(cacheDir, String(path))),
      ]
      expect(modes.map((path) => statSync(path).mode & 0o077)).toEqual([0, 0, 0, 0])
    } finally {
      process.umask(umask)
    }
  })

  test.each([
    ['the folder of the feeds', ''],
    ['the table', '.json.gz'],
    ['what is said of it', '.meta.json'],
  ])('when others may write to %s, then it does not count', async (_, end) => {
    const server = await serve(ETAG)
    const get = (part: Partial<FeedOptions> = {}) => openFeed('kev', [server.url], options(part))
    await get()
    await get()
    expect(server.requestsReceived.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"'])
    const [name = ''] = readdirSync(folderOf(folder)).filter((one) => end !== '' && one.endsWith(end))
    chmodSync(join(folderOf(folder), name), 0o777)
    expect((await problemOfRejected(get({ offline: true }))).code).toBe('feed-not-kept')
    await get()
    expect(server.requestsReceived.at(-1)?.headers['if-none-match']).toBeUndefined()
  })

  test('when no place counts, then nothing is read or written there, and offline says why', async () => {
    const server = await serve(ETAG)
    const nowhere = { cacheDir: null }
    for (let round = 0; round < 2; round++) {
      expect((await openFeed('kev', [server.url], options(nowhere)))?.table.rows).toBe(2)
    }
    expect(server.requestsReceived.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
    ])
    expect(readdirSync(folder)).toEqual([])
    const offline = openFeed('kev', [server.url], options({ ...nowhere, offline: true }))
    expect(await problemOfRejected(offline)).toMatchObject({
      code: 'cache-not-trusted',
      where: `${server.url}/`,
      todo: expect.stringContaining('RUNNER_TEMP'),
    })
  })
})
