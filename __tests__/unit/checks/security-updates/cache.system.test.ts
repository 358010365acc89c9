import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { NOW, publish } from '../../../support/debian-archive.js'
import { folder, key, one, server } from './collected.js'

describe('cache', () => {
  test('when nothing has changed, then the second run fetches InRelease only and gives the same', async () => {
    const first = await one({ cacheDir: folder })
    server.requests.length = 0
    const second = await one({ cacheDir: folder })
    expect(server.requests.filter((path) => !path.endsWith('/InRelease'))).toEqual([])
    expect(second.documents).toEqual(first.documents)
  })

  test('when the server gives a validator, then InRelease is asked for conditionally, and verified again', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) as string
    const conditions: (string | undefined)[] = []
    server.pages.set(path, (request, response) => {
      conditions.push(request.headers['if-none-match'])
      if (request.headers['if-none-match'] === '"1"') {
        response.writeHead(304).end()
      } else {
        response.setHeader('etag', '"1"').end(page)
      }
    })
    await one({ cacheDir: folder })
    expect((await one({ cacheDir: folder })).problem).toBeNull()
    expect(conditions).toEqual([undefined, '"1"'])

    const kept = join(folder, 'releases/bookworm.json')
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('Origin: Debian', 'Origin: Debiam'))
    expect((await one({ cacheDir: folder })).problem?.code).toBe('archive-status')
  })

  test('when what is kept does not count, then nothing is asked by a condition, and an old one is still refused', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) as string
    const conditions: (string | undefined)[] = []
    // A cache that somebody else has filled: an InRelease of before, with what the server calls that of today.
    server.pages.set(path, (request, response) => {
      conditions.push(request.headers['if-none-match'])
      response.setHeader('etag', '"1"').end(page)
    })
    await one({ cacheDir: folder })
    const again = await one({ cacheDir: folder, kept: null })
    expect([again.problem, conditions]).toEqual([null, [undefined, undefined]])
    chmodSync(join(folder, 'releases/bookworm.json'), 0o666)
    await one({ cacheDir: folder })
    expect(conditions[2]).toBeUndefined()
    // The date of one that is signed is true, wherever it comes from.
    await publish(server, key, { suite: 'bookworm', date: 'Sat, 11 Jul 2026 10:00:00 UTC' })
    expect((await one({ cacheDir: folder, kept: null })).problem?.code).toBe('archive-rolled-back')
  })

  test('when an older InRelease is replayed, then it is refused, whatever the cache says next to its text', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    await publish(server, key, { suite: 'bookworm', date: 'Sat, 11 Jul 2026 10:00:00 UTC' })
    const old = server.pages.get(path) ?? ''
    await publish(server, key, { suite: 'bookworm' })
    await one({ cacheDir: folder })
    server.pages.set(path, old)
    expect((await one({ cacheDir: folder })).problem?.code).toBe('archive-rolled-back')
    expect((await one()).problem).toBeNull()
  })

  test.each([
    ['is no zstd', () => Buffer.from('hello')],
    ['is cut', (bytes: Buffer) => bytes.subarray(0, -20)],
    ['is empty', () => Buffer.alloc(0)],
  ])('when a kept index %s, then it is fetched again', async (_, change) => {
    const first = await one({ cacheDir: folder })
    for (const name of readdirSync(join(folder, 'indexes'))) {
      const path = join(folder, 'indexes', name)
      writeFileSync(path, change(readFileSync(path)))
    }
    server.requests.length = 0
    const second = await one({ cacheDir: folder })
    expect(second.documents).toEqual(first.documents)
    expect(server.requests.some((path) => path.includes('/by-hash/'))).toBe(true)
  })

  test('when something was not used for 30 days, then it is removed', async () => {
    await one({ cacheDir: folder })
    const unused = `${'0'.repeat(64)}.zst`
    const [old, theirs] = [unused, 'notes.zst'].map((name) => join(folder, 'indexes', name)) as [
      string,
      string,
    ]
    const then = new Date(NOW.getTime() - 31 * 86_400_000)
    for (const path of [old, theirs]) {
      writeFileSync(path, '')
      utimesSync(path, then, then)
    }
    await one({ cacheDir: folder })
    expect(readdirSync(join(folder, 'indexes'))).not.toContain(unused)
    // What is not of the cache stays.
    expect(
      readdirSync(join(folder, 'indexes')).filter((name) => name !== 'notes.zst').length,
    ).toBeGreaterThan(0)
    expect(readdirSync(join(folder, 'indexes'))).toContain('notes.zst')
  })
})
