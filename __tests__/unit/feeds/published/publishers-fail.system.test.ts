import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../../src/feeds/addresses.js'
import { pick } from '../../../../src/feeds/formats/table.js'
import { type DataIndex, readHead } from '../../../../src/feeds/published/data-file.js'
import type { FeedOptions } from '../../../../src/feeds/refresh.js'
import { openTracker } from '../../../../src/feeds/tracker/open.js'
import { dataProblem } from '../../../../src/judge/checks.js'
import { anEvidence } from '../../../support/builders.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { NEVER } from '../../../support/waiting.js'
import { sha256 } from '../../io/archive/build.js'
import {
  assets,
  CVE,
  dayOf,
  feeds,
  file,
  folder,
  github,
  NOW,
  options,
  publish,
  releases,
  sent,
  sigstore,
  TRACKER,
  withIndex,
  workflow,
} from './releases.js'

describe('when the publishers fail, and a repository publishes data', () => {
  const fileOf = (days: number) =>
    `${releases()}/download/data-${dayOf(days)}/seaworthy-data-${dayOf(days)}.tar`
  const down = () => `${feeds.url}/down`
  const reported =
    /^read from another address: http:\/\/\S+\/down returned nothing \((?:[^(]*: )?the server returned 404\)$/
  const second = (feed: 'epss' | 'kev', more: Partial<FeedOptions> = {}) =>
    openFeed(feed, [down(), releases()], { ...options(), publishedHours: 48, ...more })
  const made = (days: number) =>
    publish({ ...withIndex((index) => ({ ...index, date: `${dayOf(days)}T00:00:00Z` })), days })

  test.each([
    ['epss', 'epss', '0.1'],
    ['kev', 'cisa-kev', '2026-11-20'],
  ] as const)(
    'then %s is read from there, is as old as the file, and says why',
    async (feed, name, value) => {
      await publish()
      const got = await second(feed)
      expect(pick(got?.table as never, [CVE]).get(CVE)).toContain(value)
      expect(got).toMatchObject({ state: 'read', why: '' })
      expect(got?.source).toEqual({
        name,
        url: fileOf(0),
        fetchedAt: NOW.toISOString(),
        date: got?.table.date,
        sha256: readHead(file)?.at(feed)?.part.sha256,
        rows: 1,
        attestedBy: workflow(`${github.url}/acme/seaworthy`),
        instead: expect.stringMatching(reported),
      })
    },
  )

  test.each(['epss', 'kev'] as const)(
    'but the one of %s answers, then nobody asks for the file',
    async (feed) => {
      await publish()
      const got = await openFeed(feed, [`${feeds.url}/${feed}`, releases()], {
        ...options(),
        publishedHours: 48,
      })
      expect([got?.source.url, got?.source.instead, sent]).toEqual([`${feeds.url}/${feed}`, undefined, 0])
    },
  )

  test.each(['epss', 'kev'] as const)('longer ago than max-data-age, then %s has no answer', async (feed) => {
    await made(2)
    expect((await second(feed, { publishedHours: 73 }))?.source).toMatchObject({
      url: fileOf(2),
      fetchedAt: `${dayOf(2)}T00:00:00Z`,
    })
    const { code, what } = await problemOfRejected(second(feed, { publishedHours: 24 }))
    expect(code).toBe('feed-unreachable')
    expect(what).toContain(`it was read ${dayOf(2)}T00:00Z, longer ago than max-data-age (24 hours) allows`)
  })

  test('and the releases fail later, then a copy of them counts no longer than max-data-age', async () => {
    await publish()
    const kept = mkdtempSync(join(folder, 'kept-'))
    const later = { cacheDir: kept, now: new Date(NOW.getTime() + 30 * 3_600_000) }
    await second('kev', { cacheDir: kept })
    assets.clear()
    expect((await second('kev', later))?.state).toBe('kept')
    for (const offline of [true, false]) {
      const late = second('kev', { ...later, offline, publishedHours: 24 })
      await expect(late).rejects.toMatchObject({ problem: { where: expect.stringContaining(down()) } })
    }
  })

  const tracker = (source = down()) =>
    openTracker({
      source,
      published: releases(),
      trustedRoot: sigstore.trustedRoot,
      tempDir: folder,
      retries: 0,
      backoffMs: 1,
      timeoutMs: NEVER,
    })
  const wanted = [{ packages: new Set(['apt']), codename: 'bookworm' }]
  async function sourceOf(source = down()) {
    const opened = await tracker(source)
    try {
      const { tracker: rows, source: reported } = await opened.narrow(wanted)
      expect([...(rows.get('apt')?.keys() ?? [])]).toEqual([CVE])
      return reported
    } finally {
      await opened.close()
    }
  }

  test('then the tracker is read from there, with its own date, and says why', async () => {
    await publish()
    const date = readHead(file)?.at('tracker')?.part.date
    expect(date).toMatch(/^\d{4}-/)
    expect(await sourceOf()).toEqual({
      name: 'debian-security-tracker',
      url: fileOf(0),
      fetchedAt: NOW.toISOString(),
      date,
      sha256: sha256(Buffer.from(TRACKER)),
      rows: 1,
      attestedBy: workflow(`${github.url}/acme/seaworthy`),
      instead: expect.stringMatching(reported),
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('seaworthy-tracker'))).toEqual([])
  })

  test('and its tracker has no date, then it is as old as the file, and too old with it', async () => {
    const undated = (index: DataIndex) => index.parts.map((part) => ({ ...part, date: null }))
    const of = (days: number) =>
      withIndex((index) => ({ ...index, date: `${dayOf(days)}T00:00:00Z`, parts: undated(index) }))
    await publish({ ...of(2), days: 2 })
    const source = await sourceOf()
    expect(source).toMatchObject({ date: null, fetchedAt: `${dayOf(2)}T00:00:00Z` })
    const message = (maxAge: number) =>
      dataProblem(anEvidence({ sources: [source] }), { maxAge, today: dayOf(0) })?.code
    expect([message(24), message(100)]).toEqual(['tracker-stale', undefined])
  })

  test('but that of the tracker answers, then nobody asks for the file', async () => {
    await publish()
    const source = await sourceOf(`${feeds.url}/tracker`)
    expect([source.url, source.instead, sent]).toEqual([`${feeds.url}/tracker`, undefined, 0])
  })

  test('and its attestation is of another, then neither has a tracker, and both are reported', async () => {
    await publish({
      signer: { identity: workflow(`${github.url}/acme/seaworthy`, 'evil.yml@refs/heads/main') },
    })
    const { code, what, where } = await problemOfRejected(tracker())
    expect(code).toBe('tracker-unreachable')
    expect(what).toMatch(/returned 404; .*the newest data file is not used: .*signed by .*evil\.yml/)
    expect(where).toContain(down())
  })
})
