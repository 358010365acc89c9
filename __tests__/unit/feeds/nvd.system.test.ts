import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../src/feeds/addresses.js'
import { feedDocuments, readFeedDocuments } from '../../../src/feeds/formats/documents.js'
import { rowsOf } from '../../../src/feeds/formats/table.js'
import { packTable } from '../../../src/feeds/kept.js'
import type { FeedOptions } from '../../../src/feeds/refresh.js'
import { type FakeNvd, fakeNvd } from '../../support/fake-nvd.js'
import { aMetric, CNA, type NvdCves } from '../../support/feed-texts.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'

const rated = (score: number, source?: string) => ({
  cvssMetricV31: [aMetric({ score, ...(source ? { source } : {}) })],
})
const scoresOf = (rows: ReadonlyMap<string, string>) =>
  Object.fromEntries([...rows].map(([id, value]) => [id, Number(value.split(' ')[1])]))
/** From the folder alone. */
async function refreshNvd(base: string, options: FeedOptions) {
  const got = await openFeed('cvss', [base], options)
  if (got === null) {
    throw new Error('an address was given')
  }
  return got
}
const day = (date: string) => new Date(`${date}T18:00:00Z`)

let folder: string
let nvd: FakeNvd | null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-nvd-'))
  nvd = null
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await nvd?.close()
})
const options = (now = day('2026-11-24'), offline = false) => ({
  cacheDir: folder,
  offline,
  now,
  progress: () => {},
  retries: 0,
  backoffMs: 1,
  timeoutMs: NEVER,
})

describe('the yearly feeds of the NVD', () => {
  test('when they are read for the first time, then all years are, and what was modified goes before', async () => {
    nvd = await fakeNvd({
      2002: { 'CVE-1999-0001': rated(5) },
      2026: { 'CVE-2026-1001': rated(5), 'CVE-2026-1002': rated(5), 'CVE-2026-1003': {} },
      modified: { 'CVE-2026-1002': rated(9), 'CVE-2026-1003': rated(4, CNA) },
    })
    const { table, source } = await refreshNvd(nvd.base, options())
    expect(scoresOf(rowsOf(table))).toEqual({
      'CVE-1999-0001': 5,
      'CVE-2026-1001': 5,
      'CVE-2026-1002': 9,
      'CVE-2026-1003': 4,
    })
    expect(nvd.sent).toEqual([...Array.from({ length: 25 }, (_, at) => String(2002 + at)), 'modified'])
    expect(Object.keys(table.parts)).toHaveLength(26)
    expect(source).toMatchObject({ name: 'nvd-cvss', rows: 4, url: nvd.base })
  })

  test('when a week has not passed, then only what was modified is read, and a rating that was taken back goes', async () => {
    const feeds: Record<string, NvdCves> = {
      2026: {
        'CVE-2026-1001': rated(5),
        'CVE-2026-1002': rated(6),
        'CVE-2026-1004': rated(3),
        'CVE-2026-1005': rated(3),
      },
      modified: {},
    }
    nvd = await fakeNvd(feeds)
    await refreshNvd(nvd.base, options())
    nvd.sent.length = 0
    expect((await refreshNvd(nvd.base, options())).state).toBe('read')
    expect(nvd.sent).toEqual([])
    feeds.modified = { 'CVE-2026-1001': {}, 'CVE-2026-1002': rated(9) }
    const { table } = await refreshNvd(nvd.base, options(day('2026-11-30')))
    expect(nvd.sent).toEqual(['modified'])
    expect(scoresOf(rowsOf(table))).toEqual({ 'CVE-2026-1002': 9, 'CVE-2026-1004': 3, 'CVE-2026-1005': 3 })
  })

  test('when more than a week has passed, then the years that have changed are read again as a whole', async () => {
    const feeds: Record<string, NvdCves> = {
      2025: { 'CVE-2025-1001': rated(5), 'CVE-2025-1002': rated(5), 'CVE-2025-1003': rated(5) },
      2026: { 'CVE-2026-1001': rated(5) },
    }
    nvd = await fakeNvd(feeds)
    await refreshNvd(nvd.base, options(day('2026-11-14')))
    nvd.sent.length = 0
    feeds[2025] = { 'CVE-2025-1001': rated(7), 'CVE-2025-1003': rated(5) }
    const { table } = await refreshNvd(nvd.base, options())
    expect(nvd.sent).toEqual(['2025'])
    expect(scoresOf(rowsOf(table))).toEqual({ 'CVE-2025-1001': 7, 'CVE-2025-1003': 5, 'CVE-2026-1001': 5 })
  })

  test('when the feed of what was modified was old for days, then the years are read again: it says less than it was read for', async () => {
    const feeds: Record<string, NvdCves> = {
      2025: { 'CVE-2025-1001': rated(5), 'CVE-2025-1002': rated(5) },
      modified: {},
    }
    nvd = await fakeNvd(feeds)
    nvd.day = '2026-11-01'
    await refreshNvd(nvd.base, options(day('2026-11-01')))
    feeds[2025] = { 'CVE-2025-1001': rated(9), 'CVE-2025-1002': rated(5) }
    await refreshNvd(nvd.base, options(day('2026-11-07')))
    // It has what was modified in eight days.
    nvd.day = '2026-11-12'
    const { table } = await refreshNvd(nvd.base, options(day('2026-11-12')))
    expect(scoresOf(rowsOf(table))).toEqual({ 'CVE-2025-1001': 9, 'CVE-2025-1002': 5 })
  })

  test('when the clock was a year ahead at the last run, then the years are read again', async () => {
    const feeds: Record<string, NvdCves> = { 2025: { 'CVE-2025-1001': rated(5) }, modified: {} }
    nvd = await fakeNvd(feeds)
    const ahead = await problemOfRejected(refreshNvd(nvd.base, options(day('2027-11-01'))))
    expect(ahead.code).toBe('feed-stale')
    feeds[2025] = { 'CVE-2025-1001': rated(9) }
    const { table } = await refreshNvd(nvd.base, options())
    expect(scoresOf(rowsOf(table))).toEqual({ 'CVE-2025-1001': 9 })
  })

  test('when the feed of a new year is not there yet in January, then it counts as empty, and that is reported', async () => {
    const feeds = { 2025: { 'CVE-2025-1001': rated(5) }, modified: { 'CVE-2026-0001': rated(9) } }
    nvd = await fakeNvd(feeds)
    nvd.lacking.add('2026')
    nvd.day = '2026-01-01'
    const { table, state, why } = await refreshNvd(nvd.base, options(day('2026-01-02')))
    expect(scoresOf(rowsOf(table))).toEqual({ 'CVE-2025-1001': 5, 'CVE-2026-0001': 9 })
    expect([state, why]).toEqual(['read', expect.stringContaining('no feed for 2026 yet')])
    const off = { state: 'off', date: null, why: '', values: new Map<string, string>() } as const
    const cvss = { state, why, date: table.date, values: rowsOf(table) }
    const { unused, notes } = readFeedDocuments(feedDocuments({ cvss, epss: off, kev: off }))
    expect([unused, notes]).toEqual([['epss', 'kev'], [`NVD CVSS data: ${why}`]])
    expect(await refreshNvd(nvd.base, options(day('2026-01-03')))).toMatchObject({ state: 'read', why: '' })
  })

  test.each([
    ['another year, in January', '2025', '2026-01-02'],
    ['the year itself, in February', '2026', '2026-02-01'],
    ['what was modified', 'modified', '2026-01-02'],
  ])('when a feed is not there and it is that of %s, then it is no map', async (_, part, date) => {
    nvd = await fakeNvd({ 2024: { 'CVE-2024-1001': rated(5) } })
    nvd.lacking.add(part)
    const problem = await problemOfRejected(refreshNvd(nvd.base, options(day(date))))
    expect(problem).toMatchObject({ code: 'feed-unreachable', where: nvd.base })
  })

  test.each([
    ['a year holds CVEs of another', 'feed-wrong-year', { 2024: { 'CVE-2023-1001': rated(5) } }, undefined],
    [
      'a feed is not the one of its .meta',
      'feed-malformed',
      { 2024: { 'CVE-2024-1001': rated(5) } },
      (): string => 'a'.repeat(64),
    ],
    ['a .meta has no hash', 'feed-malformed', {}, (): string => ''],
    ['no CVE is rated', 'feed-empty', {}, undefined],
  ] as const)('when %s, then it is no map', async (_, code, feeds, meta) => {
    nvd = await fakeNvd(feeds, meta)
    expect((await problemOfRejected(refreshNvd(nvd.base, options()))).code).toBe(code)
  })

  test('when offline, then what is kept does', async () => {
    nvd = await fakeNvd({ 2026: { 'CVE-2026-1001': rated(5) } })
    expect((await problemOfRejected(refreshNvd(nvd.base, options(day('2026-11-24'), true)))).code).toBe(
      'feed-not-kept',
    )
    await refreshNvd(nvd.base, options())
    nvd.sent.length = 0
    expect((await refreshNvd(nvd.base, options(day('2026-11-25'), true))).table.rows).toBe(1)
    expect(nvd.sent).toEqual([])
  })
})

describe('a published map', () => {
  test('when it can be had, then no feed of the NVD is read; when not, they are', async () => {
    nvd = await fakeNvd({ 2026: { 'CVE-2026-1001': rated(5) } })
    const { table } = await refreshNvd(nvd.base, options())
    const map = join(folder, 'map.json.gz')
    writeFileSync(map, packTable(table))
    rmSync(join(folder, 'feeds'), { recursive: true })
    nvd.sent.length = 0
    expect((await openFeed('cvss', [map, nvd.base], options()))?.table).toEqual(table)
    expect(nvd.sent).toEqual([])
    expect((await openFeed('cvss', [`${map}.none`, nvd.base], options()))?.table).toEqual(table)
    expect(nvd.sent).toHaveLength(26)
  })

  test('when neither can be had, then both are reported', async () => {
    nvd = await fakeNvd({})
    const { what, where } = await problemOfRejected(
      openFeed('cvss', [join(folder, 'none'), nvd.base], options()),
    )
    expect(what).toContain('has a rating')
    expect(what).toContain('no such file')
    expect(where).toBe(`${join(folder, 'none')}; ${nvd.base}`)
  })
})
