import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../src/feeds/addresses.js'
import { pick } from '../../../src/feeds/formats/table.js'
import { folderOf, packTable } from '../../../src/feeds/kept.js'
import type { FeedOptions } from '../../../src/feeds/refresh.js'
import type { FeedName } from '../../../src/model/feeds.js'
import { type Answer, type FakeServer, fakeServer } from '../../support/fake-server.js'
import { epssText, kevText } from '../../support/feed-texts.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'
import { feedOptions, folder, servers } from './closing.js'

const NOW = new Date('2026-11-24T18:00:00Z')
const HOUR = 3_600_000
const cves = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`CVE-2026-${1000 + at}`, '2026-11-20']))

const options = (part: Partial<FeedOptions> = {}) => feedOptions(NOW, { retries: 1, ...part })
/** From one address. */
async function refresh(feed: FeedName, address: string, options: FeedOptions) {
  const got = await openFeed(feed, [address], options)
  if (got === null) {
    throw new Error('an address was given')
  }
  return got
}
async function serve(answer: Answer): Promise<FakeServer> {
  const server = await fakeServer(answer)
  servers.push(server)
  return server
}
const text =
  (content: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(200, headers).end(content)
const code = async (work: Promise<unknown>) => (await problemOfRejected(work)).code
const later = (hours: number) => options({ now: new Date(NOW.getTime() + hours * HOUR) })

describe('a feed from a server', () => {
  test('when it has not changed, then it is not sent again, and what is kept counts as read now', async () => {
    const server = await serve((request, response) => {
      const known =
        request.headers['if-none-match'] === '"1"' && request.headers['if-modified-since'] !== undefined
      if (known) {
        return response.writeHead(304).end()
      }
      const headers = { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 15:00:00 GMT' }
      return response.writeHead(200, headers).end(gzipSync(kevText(cves(3))))
    })
    const first = await refresh('kev', `${server.url}/kev.json`, options())
    const second = await refresh('kev', `${server.url}/kev.json`, later(5))
    expect(second.table).toEqual(first.table)
    expect(second).toMatchObject({ state: 'read', why: '' })
    expect(first.source).toEqual({
      name: 'cisa-kev',
      url: `${server.url}/kev.json`,
      fetchedAt: NOW.toISOString(),
      rows: 3,
      date: '2026-11-23T15:00:00.000Z',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(second.source).toEqual({ ...first.source, fetchedAt: '2026-11-24T23:00:00.000Z' })
    expect(server.requestsReceived).toHaveLength(2)
  })

  test('when what is kept was changed by another hand, then it is asked for as a whole', async () => {
    const server = await serve((request, response) =>
      request.headers['if-none-match']
        ? response.writeHead(304).end()
        : text(kevText(cves(3)), { etag: '"1"' })(request, response),
    )
    const { table } = await refresh('kev', server.url, options())
    const [name = ''] = readdirSync(folderOf(folder)).filter((one) => one.endsWith('.json.gz'))
    const forged = { ...table, rows: 0, values: [], years: {} }
    writeFileSync(join(folderOf(folder), name), packTable(forged))
    expect((await refresh('kev', server.url, options())).table).toEqual(table)
  })

  test('when it is busy for a moment, or breaks off once, then it is asked again', async () => {
    let round = 0
    const server = await serve((request, response) => {
      if (round++ === 0) {
        return response.writeHead(503).end()
      }
      if (round === 2) {
        return response.writeHead(200, { 'content-length': '9999' }).write('{"a"', () => response.destroy())
      }
      return text(kevText(cves(2)))(request, response)
    })
    expect((await refresh('kev', server.url, options())).table.rows).toBe(2)
  })

  test('when it fails for two days, then the copy does, and says so; then not any more', async () => {
    let works = true
    const server = await serve((request, response) =>
      works ? text(kevText(cves(2)))(request, response) : response.writeHead(404).end(),
    )
    await refresh('kev', server.url, options())
    works = false
    const kept = await refresh('kev', server.url, later(47))
    expect(kept).toMatchObject({ state: 'kept', why: expect.stringContaining('returned 404') })
    expect(kept.source.fetchedAt).toBe(NOW.toISOString())
    expect(await code(refresh('kev', server.url, later(49)))).toBe('feed-unreachable')
  })

  test('when it lost more than a third, then the copy stays', async () => {
    let count = 30
    const server = await serve((request, response) => text(kevText(cves(count)))(request, response))
    await refresh('kev', server.url, options())
    count = 20
    expect((await refresh('kev', server.url, options())).table.rows).toBe(20)
    count = 13
    const shrunk = await refresh('kev', server.url, options())
    expect([shrunk.table.rows, shrunk.state]).toEqual([20, 'kept'])
    expect(await code(refresh('kev', server.url, later(72)))).toBe('feed-shrunk')
  })

  test('when its data is more than 30 days old, then it is not used, wherever it comes from', async () => {
    const server = await serve(text(kevText(cves(2))))
    await refresh('kev', server.url, options())
    expect(await code(refresh('kev', server.url, later(31 * 24)))).toBe('feed-stale')
    expect(await code(refresh('kev', server.url, { ...later(31 * 24), offline: true }))).toBe('feed-stale')
  })

  test('when it holds no CVE, then that is no answer', async () => {
    const server = await serve(text(kevText({})))
    expect(await code(refresh('kev', server.url, options()))).toBe('feed-empty')
  })

  test.each([
    ['cut', 'feed-truncated', gzipSync(kevText(cves(50))).subarray(0, 60)],
    ['packed twice', 'feed-malformed', gzipSync(gzipSync(kevText(cves(2))))],
    ['another one', 'feed-malformed', epssText({ 'CVE-2026-1001': '0.1,0.2' })],
    ['damaged', 'feed-malformed', Buffer.concat([gzipSync('x').subarray(0, 12), Buffer.alloc(40, 7)])],
  ])('when it is %s, then it is %s', async (_, expected, content) => {
    const server = await serve(text(content))
    expect(await code(refresh('kev', server.url, options()))).toBe(expected)
    expect(readdirSync(folder)).toEqual([])
  })

  test('when only the closed connection shows where scores end, then they may be a part, and are refused', async () => {
    const scores = epssText({ 'CVE-2026-1001': '0.1,0.2', 'CVE-2026-1002': '0.9,0.9' })
    const answered = (body: string | Buffer, framed: boolean) =>
      serve((_, response) => {
        response.setHeader('connection', 'close')
        if (!framed) {
          response.removeHeader('content-length')
          response.removeHeader('transfer-encoding')
        }
        response.end(body)
      })
    const part = scores.slice(0, scores.indexOf('CVE-2026-1002'))
    for (const body of [scores, part, part.slice(0, -2)]) {
      const server = await answered(body, false)
      const problem = await problemOfRejected(refresh('epss', server.url, options()))
      expect(problem.code).toBe('feed-truncated')
      expect(problem.what).toContain('the server states neither its length nor its end')
    }
    // Packed data shows its end by itself.
    for (const server of [await answered(gzipSync(scores), false), await answered(scores, true)]) {
      expect((await refresh('epss', server.url, options())).table.rows).toBe(2)
    }
  })

  test('when its copy is from the future, then a clock was wrong, and it is not used in its place', async () => {
    let isUp = true
    const server = await serve((request, response) =>
      isUp ? text(kevText(cves(2)))(request, response) : response.writeHead(503).end(),
    )
    await refresh('kev', server.url, options({ now: new Date(NOW.getTime() + 25 * HOUR) }))
    isUp = false
    expect(await code(refresh('kev', server.url, options()))).toBe('feed-unreachable')
    expect((await refresh('kev', server.url, later(2))).state).toBe('kept')
  })

  test('when offline, then nobody is asked, and how old the copy is is reported', async () => {
    const server = await serve(text(kevText(cves(2))))
    expect(await code(refresh('kev', server.url, options({ offline: true })))).toBe('feed-not-kept')
    await refresh('kev', server.url, options())
    const kept = await refresh('kev', server.url, { ...later(100), offline: true })
    expect(kept).toMatchObject({ state: 'kept', why: 'offline, read 2026-11-24' })
    expect(server.requestsReceived).toHaveLength(1)
  })

  test('when the folder cannot be written, then the feed is used all the same', async () => {
    const server = await serve(text(kevText(cves(2))))
    writeFileSync(join(folder, 'file'), '')
    const existing = await refresh('kev', server.url, options({ cacheDir: join(folder, 'file') }))
    expect(existing.table.rows).toBe(2)
  })
})

describe('a feed from a file', () => {
  const file = (content: string | Buffer) => {
    writeFileSync(join(folder, 'feed'), content)
    return join(folder, 'feed')
  }

  test('when it is plain, packed, or a table of ours, then it says the same', async () => {
    const plain = epssText({ 'CVE-2026-1001': '0.94310,0.99960', 'CVE-2026-1002': '0.1,0.2' })
    const { table, source } = await refresh('epss', file(plain), options())
    expect(pick(table, ['CVE-2026-1001']).get('CVE-2026-1001')).toBe('0.94310 0.99960')
    expect(source).toMatchObject({ name: 'epss', rows: 2, date: '2026-11-24T12:55:00.000Z' })
    for (const other of [
      gzipSync(plain),
      plain.replaceAll('\n', '\r\n'),
      `\ufeff${plain}`,
      packTable(table),
      gzipSync(plain.trimEnd()),
    ]) {
      expect((await refresh('epss', file(other), options())).table).toEqual(table)
    }
  })

  test('when it is not there, or a folder, then that is reported', async () => {
    expect(await code(refresh('epss', join(folder, 'none'), options()))).toBe('feed-unreachable')
    expect(await code(refresh('epss', folder, options()))).toBe('feed-unreachable')
  })

  test('when the table is of another feed, then it is refused', async () => {
    const { table } = await refresh('kev', file(kevText(cves(2))), options())
    expect(await code(refresh('epss', file(packTable(table)), options()))).toBe('feed-malformed')
  })
})

describe('a feed of 500 MB', () => {
  /** A list that goes on and on, of entries that are all right. */
  const endless =
    (sent: () => void): Answer =>
    (_, response) => {
      const [head = '', entry = ''] = kevText(cves(1)).split('"vulnerabilities": [')
      const one = entry.slice(0, entry.lastIndexOf(']')).trim()
      const piece = Buffer.from(`${one},`.repeat(5000))
      response.write(`${head}"vulnerabilities": [`)
      let left = 500 * 2 ** 20
      const write = () => {
        while (left > 0 && !response.destroyed) {
          left -= piece.length
          sent()
          if (!response.write(piece)) {
            return
          }
        }
        response.end()
      }
      response.on('drain', write).on('error', () => undefined)
      write()
    }

  test('when it is much larger than such a feed is, then it is given up, without having been held in memory', async () => {
    let most = 0
    const before = process.memoryUsage().rss
    const server = await serve(
      endless(() => {
        most = Math.max(most, process.memoryUsage().rss - before)
      }),
    )
    expect(await code(refresh('kev', server.url, options({ timeoutMs: NEVER })))).toBe('feed-too-large')
    expect(most).toBeLessThan(150 * 2 ** 20)
  })
})
