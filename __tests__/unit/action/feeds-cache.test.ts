import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { restoreFeeds } from '../../../src/action/feeds-cache.js'
import { makeTable } from '../../../src/feeds/formats/table.js'
import { keep, pathsOf } from '../../../src/feeds/kept.js'
import type { CacheClient } from '../../../src/io/github/runner-cache.js'

const KEV = 'https://example.org/kev.json'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const request = () => ({
  tracker: 'https://example.org/tracker',
  cacheDir: folder,
  feeds: { cvss: null, cvssMap: null, epss: null, kev: KEV, offline: false },
})
async function keepKev(): Promise<void> {
  const table = makeTable(
    { feed: 'kev', date: '2026-11-23T00:00:00Z', parts: {} },
    new Map([['CVE-2026-1001', 'x']]),
  )
  const meta = { url: KEV, fetchedAt: '2026-11-24T06:00:00.000Z', sha256: '', etag: null, lastModified: null }
  await keep(folder, 'kev', KEV, { table, meta })
}

/** GitHub's cache, with these keys in it. */
function fakeCache(there: readonly string[], part: Partial<CacheClient> = {}) {
  const restored: { key: string; prefixes: string[]; paths: string[] }[] = []
  const saved: string[] = []
  const client: CacheClient = {
    isFeatureAvailable: () => true,
    restoreCache: async (paths, key, prefixes) => {
      restored.push({ key, prefixes, paths })
      return (
        there.find((one) => one === key) ??
        there.find((one) => prefixes.some((prefix) => one.startsWith(prefix)))
      )
    },
    saveCache: async (_, key) => saved.push(key),
    ...part,
  }
  return { restored, saved, load: async () => client }
}
const PUSH = { GITHUB_EVENT_NAME: 'push' }
const kevKey = (day: string) => {
  const [, name] = /(kev-[0-9a-f]{16})\.json\.gz$/.exec(pathsOf('', 'kev', KEV).table) ?? []
  return `seaworthy-feeds-1-${name}-${day}`
}
const TODAY = '2026-11-24'

describe('the cache of a runner', () => {
  test('when today’s entry is not there, then yesterday’s is asked for, and today’s is saved', async () => {
    const cache = fakeCache([kevKey('2026-11-23')])
    const save = await restoreFeeds(request(), TODAY, PUSH, () => {}, cache.load)
    const asked = cache.restored.find(({ key }) => key === kevKey(TODAY))
    expect(asked).toEqual({
      key: kevKey(TODAY),
      prefixes: [kevKey('')],
      paths: Object.values(pathsOf(folder, 'kev', KEV)),
    })
    await keepKev()
    await save()
    expect(cache.saved).toEqual([kevKey(TODAY)])
  })

  test('when today’s entry is there, then it is not written again', async () => {
    const cache = fakeCache([kevKey(TODAY)])
    const save = await restoreFeeds(request(), TODAY, PUSH, () => {}, cache.load)
    await keepKev()
    await save()
    expect(cache.saved).toEqual([])
  })

  test.each(['pull_request', 'pull_request_target', undefined])(
    'when the event is %s, then it only restores',
    async (name) => {
      const cache = fakeCache([])
      const save = await restoreFeeds(
        request(),
        TODAY,
        name === undefined ? {} : { GITHUB_EVENT_NAME: name },
        () => {},
        cache.load,
      )
      expect(cache.restored.length).toBeGreaterThan(0)
      await keepKev()
      await save()
      expect(cache.saved).toEqual([])
    },
  )

  test('when what is kept is damaged or not there, then it is not saved', async () => {
    const cache = fakeCache([])
    const save = await restoreFeeds(request(), TODAY, PUSH, () => {}, cache.load)
    await keepKev()
    writeFileSync(pathsOf(folder, 'kev', KEV).table, 'x')
    await save()
    expect(cache.saved).toEqual([])
  })

  test('when the cache fails or is not there, then the run goes on, and it is told', async () => {
    const fails = () => Promise.reject(new Error('503'))
    const told: string[] = []
    const tell = (text: string) => void told.push(text)
    const broken = fakeCache([], { restoreCache: fails, saveCache: fails })
    await keepKev()
    await (await restoreFeeds(request(), TODAY, PUSH, tell, broken.load))()
    expect(told).toContain('the cache could not be read: Error: 503')
    expect(told).toContain('the cache could not be written: Error: 503')
    const off = fakeCache([], { isFeatureAvailable: () => false })
    await (await restoreFeeds(request(), TODAY, PUSH, tell, off.load))()
    expect(off.restored).toEqual([])
    await (await restoreFeeds(request(), TODAY, PUSH, tell, fails))()
  })
})
