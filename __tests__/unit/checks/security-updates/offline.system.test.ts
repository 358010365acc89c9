import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  archiveInCache,
  copyArchive,
  debianArchitecture,
  keepArchive,
} from '../../../../src/checks/security-updates/archive/keep.js'
import { carryDebian } from '../../../../src/gate/archive-cache.js'
import { ARCHIVE, dataAgeProblem } from '../../../../src/judge/data-age.js'
import { aDebianImage, NOW, publish } from '../../../support/debian-archive.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { NEVER } from '../../../support/waiting.js'
import { folder, key, type Options, one, SUITES, SUPPORT, server } from './collected.js'

const HOUR_MS = 3_600_000
const LATER = new Date(NOW.getTime() + 30 * HOUR_MS)

let other: string
beforeEach(() => {
  other = mkdtempSync(join(tmpdir(), 'seaworthy-test-'))
})
afterEach(() => rmSync(other, { recursive: true, force: true }))

function offline(options: Options = {}) {
  return one({ cacheDir: folder, mirror: null, securityMirror: null, offline: true, now: LATER, ...options })
}

function keep() {
  return keepArchive(
    {
      cacheDir: folder,
      trustedCacheDir: folder,
      now: NOW,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
      inputs: { main: `${server.url}/debian`, security: `${server.url}/debian-security/` },
      architecture: 'amd64',
    },
    { certificates: [key.certificate], oldest: {}, support: SUPPORT },
    [],
  )
}

describe('an offline run', () => {
  test('when an earlier run has read the archive, then its indexes count, without a request', async () => {
    const first = await one({ cacheDir: folder })
    server.requests.length = 0
    const { documents, sources, problem } = await offline()
    expect([problem, server.requests]).toEqual([null, []])
    const stanzas = ({ documents }: Pick<typeof first, 'documents'>) =>
      Object.entries(documents).filter(([name]) => name.startsWith('packages-'))
    expect(stanzas({ documents })).toEqual(stanzas(first))
    const { asked } = JSON.parse(documents['archive.json'] ?? '')
    expect(asked.map(({ from, outcome }: Record<string, string>) => `${from} ${outcome}`)).toEqual(
      SUITES.map(() => 'kept ok'),
    )
    expect(new Set(sources.map(({ fetchedAt }) => fetchedAt))).toEqual(new Set([NOW.toISOString()]))
  })

  test('when what was read is older than max-data-age, then it is no answer', async () => {
    await one({ cacheDir: folder })
    const evidence = await offline()
    const problem = (maxAge: number) => {
      const on = { ...evidence, sources: [...evidence.sources] }
      return dataAgeProblem(on, [ARCHIVE], { maxAge, today: '2026-11-27' })?.code ?? null
    }
    // 24 November, 12:00, until the beginning of the 27th.
    expect([problem(61), problem(60), problem(59)]).toEqual([null, null, 'archive-read-long-ago'])
  })

  test('when a server confirms the text, then the time when it was read moves on', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) as string
    server.pages.set(path, (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"1"'
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? undefined : page)
    })
    await one({ cacheDir: folder })
    await one({ cacheDir: folder, now: LATER })
    const kept = JSON.parse(readFileSync(join(folder, 'releases/bookworm.json'), 'utf8'))
    expect(kept.readAt).toBe(LATER.toISOString())
  })

  test('when others could have written the cache, then it is no answer', async () => {
    await one({ cacheDir: folder })
    expect((await offline({ kept: null })).problem?.code).toBe('cache-not-trusted')
    chmodSync(join(folder, 'releases/bookworm.json'), 0o666)
    expect((await offline()).problem?.code).toBe('cache-not-trusted')
  })

  test('when the cache lacks a suite, or an index, then the problem names it', async () => {
    const none = await offline()
    expect([none.problem?.code, none.problem?.what]).toEqual([
      'archive-not-kept',
      'the cache has no copy of bookworm-security',
    ])
    await one({ cacheDir: folder })
    for (const name of readdirSync(join(folder, 'indexes'))) {
      rmSync(join(folder, 'indexes', name))
    }
    const empty = await offline()
    expect(empty.problem?.code).toBe('archive-not-kept')
    expect(empty.problem?.what).toContain('main/binary-amd64/Packages')
  })

  test('when the kept text is changed, then its signature does not hold', async () => {
    await one({ cacheDir: folder })
    const path = join(folder, 'releases/bookworm-security.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('Origin: Debian', 'Origin: Debiam'))
    expect((await offline()).problem?.code).toBe('archive-bad-signature')
  })

  test('when the kept text has expired, then it is refused, however long max-data-age is', async () => {
    await one({ cacheDir: folder })
    const evidence = await offline({ now: new Date(NOW.getTime() + 400 * 24 * HOUR_MS) })
    expect(evidence.problem?.code).toBe('archive-expired')
  })

  test('when it was read in the future, then this machine’s clock is wrong', async () => {
    await one({ cacheDir: folder })
    const evidence = await offline({ now: new Date(NOW.getTime() - HOUR_MS) })
    expect(evidence.problem?.code).toBe('archive-date-in-future')
  })

  test('when a mirror is set that can be reached, then it is asked too, and the newest counts', async () => {
    await one({ cacheDir: folder })
    await publish(server, key, { suite: 'bookworm', date: 'Tue, 24 Nov 2026 11:00:00 UTC' })
    const { documents, problem } = await offline({ mirror: `${server.url}/debian`, now: NOW })
    const { suites } = JSON.parse(documents['archive.json'] ?? '')
    const own = suites.find(({ suite }: { suite: string }) => suite === 'bookworm')
    expect([problem, own.url]).toEqual([null, `${server.url}/debian/`])
  })
})

describe('feeds fetch', () => {
  test('when the archive was read without an image, then an offline run needs nothing else', async () => {
    const suites = await keep()
    expect(suites.filter(({ date }) => date !== null).map(({ suite }) => suite)).toEqual(SUITES)
    server.requests.length = 0
    const { problem, documents } = await offline()
    expect([problem, server.requests]).toEqual([null, []])
    expect(documents['packages-0.txt']).not.toBe('')
  })

  test('when Debian has no such suite, then an offline run knows that; what was not read is named', async () => {
    const suites = await keep()
    const unread = suites.flatMap(({ suite, problem }) => (problem === null ? [] : [suite]))
    expect(unread).toEqual(expect.arrayContaining(['sid', 'experimental']))
    expect(unread).not.toContain('bookworm-backports')
    const stanza = (name: string) =>
      `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\nArchitecture: amd64\n`
    const status = ['apt', 'stranger'].map(stanza).join('\n')
    const { documents } = await offline({ images: [aDebianImage({ 'var/lib/dpkg/status': status })] })
    const { elsewhere } = JSON.parse(documents['archive.json'] ?? '')
    const names = elsewhere.unread.map(({ suite }: { suite: string }) => suite)
    expect(names).toContain('sid')
    expect(names).not.toContain('bookworm-backports')
  })

  test('when Node.js names a processor, then Debian’s name of it is used', () => {
    expect(['x64', 'arm64', 'ppc64', 's390x', 'riscv64'].map(debianArchitecture)).toEqual([
      'amd64',
      'arm64',
      'ppc64el',
      's390x',
      'riscv64',
    ])
  })
})

describe('feeds export and import', () => {
  test('when a cache is carried over, then the archive is read from there', async () => {
    await keep()
    const carried = await copyArchive(folder, other)
    expect(carried).toEqual({ ...archiveInCache(folder), damaged: [] })
    expect(carried.readAt).toBe(NOW.toISOString())
    expect((await offline({ cacheDir: other, kept: other })).problem).toBeNull()
  })

  test('when an index has changed on the way, then nothing is copied, and the error names the file', async () => {
    await keep()
    const [name = ''] = readdirSync(join(folder, 'indexes'))
    writeFileSync(join(folder, 'indexes', name), 'x')
    const { code, what } = await problemOfRejected(carryDebian(folder, other))
    expect([code, what]).toEqual(['feeds-damaged', expect.stringContaining(name)])
    expect(readdirSync(other)).toEqual([])
  })

  test('when there is nothing of the archive, then nothing is made', async () => {
    expect(await carryDebian(folder, other)).toBe('')
    expect(readdirSync(other)).toEqual([])
  })
})
