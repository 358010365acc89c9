import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../src/feeds/addresses.js'
import { makeTable } from '../../../src/feeds/formats/table.js'
import { keep } from '../../../src/feeds/kept.js'
import { requireLeast } from '../../../src/feeds/least.js'
import { trackerPaths } from '../../../src/feeds/tracker/kept.js'
import { FEED_INPUTS } from '../../../src/inputs/feeds.js'
import type { FeedName } from '../../../src/model/feeds.js'
import { fetchTracker } from '../../support/fetch-tracker.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'
import { feedOptions, folder } from './closing.js'

// No test asks a publisher: the data is as an earlier run has kept it.

const NOW = new Date('2026-11-24T18:00:00Z')

describe("Debian's own tracker", () => {
  const DEBIAN = FEED_INPUTS.tracker.default
  type Rows = Record<string, Record<string, { releases: Record<string, object> }>>
  /** Real rows of 44 source packages. */
  const sample = new URL('../../support/feeds/tracker.json', import.meta.url)
  const whole = JSON.parse(readFileSync(sample, 'utf8')) as Rows
  const wanted = [{ packages: new Set(['apt', 'bash']), codename: 'bookworm' }]
  const read = (rows: Rows, source = DEBIAN) => {
    const [cacheDir, text] = [join(folder, 'cache'), JSON.stringify(rows)]
    const { path, validatorsPath } = trackerPaths(cacheDir, source)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const validators = { sha256, etag: null, lastModified: NOW.toUTCString(), rows: 570, url: source }
    mkdirSync(cacheDir, { mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600 })
    writeFileSync(validatorsPath, JSON.stringify(validators), { mode: 0o600 })
    return fetchTracker({ source, cacheDir, offline: true, tempDir: folder, timeoutMs: NEVER, wanted })
  }

  test('when it has the well-known packages in each release, then it covers these releases', async () => {
    const { releases, tracker } = await read(whole)
    expect([...releases].sort()).toEqual(['bookworm', 'bullseye', 'sid', 'trixie'])
    expect([...tracker.keys()].sort()).toEqual(['apt', 'bash'])
  })

  test.each(['apt', 'glibc', 'zlib'])(
    'when it is valid, but has nothing about %s, then it is refused',
    async (name) => {
      const { [name]: _, ...rest } = whole
      const problem = await problemOfRejected(read(rest))
      expect(problem).toMatchObject({ code: 'tracker-truncated', where: DEBIAN })
      expect(problem.what).toContain(`it has nothing about ${name}`)
    },
  )

  test('when it has a release in a few packages only, then it does not cover that release', async () => {
    const isEarly = (name: string) => name < 'g'
    const without = (releases: Record<string, object>) =>
      Object.fromEntries(Object.entries(releases).filter(([codename]) => codename !== 'bookworm'))
    const rows = Object.entries(whole).map(([name, entries]) => {
      const less = Object.entries(entries).map(([cve, one]) => [
        cve,
        { ...one, releases: without(one.releases) },
      ])
      return [name, isEarly(name) ? entries : Object.fromEntries(less)]
    })
    const problem = await problemOfRejected(read(Object.fromEntries(rows)))
    expect(problem.code).toBe('tracker-wrong-release')
    expect(problem.what).toMatch(/no data for Debian bookworm; it covers: bullseye, sid, trixie/)
  })

  test('when it is somebody else’s, then it may have less', async () => {
    const { bash = {} } = whole
    expect((await read({ bash }, 'https://tracker.example/json')).packages).toBe(1)
  })
})

describe.each([
  ['kev', '2026-11-20'],
  ['epss', '0.5 0.9'],
] as const)('a publisher’s own %s', (feed, value) => {
  const WELL_KNOWN = ['CVE-2014-0160', 'CVE-2014-6271', 'CVE-2021-44228', 'CVE-2023-44487']
  const tableOf = (cves: readonly string[], date = '2026-11-24T12:00:00.000Z') =>
    makeTable({ feed, date, parts: {} }, new Map(cves.map((cve) => [cve, value])))
  const read = async (cves: readonly string[], address: string = FEED_INPUTS[feed].default) => {
    const about = { url: address, fetchedAt: NOW.toISOString(), sha256: '', etag: null, lastModified: null }
    await keep(folder, feed, address, { table: tableOf(cves), meta: about })
    return openFeed(feed, [address], feedOptions(NOW, { offline: true }))
  }

  test('when it has well-known and recent CVEs, then it is used', async () => {
    expect((await read([...WELL_KNOWN, 'CVE-2025-1000']))?.table.rows).toBe(5)
  })

  test.each(WELL_KNOWN)('when it is valid, but has nothing about %s, then it is refused', async (missing) => {
    const some = WELL_KNOWN.filter((cve) => cve !== missing)
    const problem = await problemOfRejected(read([...some, 'CVE-2026-1000']))
    expect(problem.code).toBe('feed-truncated')
    expect(problem.what).toContain(`it has nothing about ${missing}`)
  })

  test('when it ends before the year before its date, then it is refused', async () => {
    const problem = await problemOfRejected(read([...WELL_KNOWN, 'CVE-2024-99999']))
    expect(problem.what).toContain('it has no CVE of 2025 or later')
  })

  test('when it is somebody else’s, then it may have less', async () => {
    expect((await read(['CVE-2020-1000'], 'https://feeds.example/one'))?.table.rows).toBe(1)
    const other: FeedName = 'cvss'
    expect(() => requireLeast(other, FEED_INPUTS.cvss.default, tableOf(['CVE-2020-1000']))).not.toThrow()
  })
})
