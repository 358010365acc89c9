import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { PINNED_BENCH } from '../../../src/checks/docker-bench/dbs/fetch.js'
import { openFeed } from '../../../src/feeds/addresses.js'
import { openTracker } from '../../../src/feeds/tracker/open.js'
import { exportFeeds, fetchFeeds, importFeeds, reportFeeds, writeMap } from '../../../src/gate/feeds.js'
import { type FakeNvd, fakeNvd } from '../../support/fake-nvd.js'
import { type FakeServer, fakeServer } from '../../support/fake-server.js'
import { aMetric, epssText, kevText } from '../../support/feed-texts.js'
import { problemOfRejected } from '../../support/rejections.js'

const NOW = new Date('2026-11-24T18:00:00Z')
const TRACKER = '{"apt":{"CVE-2026-1001":{"releases":{"bookworm":{"status":"open","urgency":"low"}}}}}'
const kevList = kevText({ 'CVE-2026-1001': '2026-11-20' })

let server: FakeServer
let nvd: FakeNvd
beforeAll(async () => {
  nvd = await fakeNvd({ 2026: { 'CVE-2026-1001': { cvssMetricV31: [aMetric()] } } })
  server = await fakeServer(({ path }, response) => {
    const texts: Record<string, string> = {
      '/tracker': TRACKER,
      '/kev': kevList,
      '/epss': epssText({ 'CVE-2026-1001': '0.1,0.2' }),
    }
    const text = texts[path]
    if (text === undefined) {
      return response.writeHead(404).end()
    }
    return response
      .writeHead(200, { 'last-modified': new Date(Date.now() - 3_600_000).toUTCString() })
      .end(text)
  })
})
afterAll(async () => {
  await server.close()
  await nvd.close()
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-carry-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(part: Readonly<Record<string, string>> = {}) {
  const inputs: Record<string, string> = {
    tracker: `${server.url}/tracker`,
    kev: `${server.url}/kev`,
    epss: `${server.url}/epss`,
    cvss: nvd.base,
    'cache-dir': join(folder, 'cache'),
    ...part,
  }
  let output = ''
  const print = (text: string) => {
    output += text
  }
  const around = { now: NOW, signal: new AbortController().signal, progress: () => {}, print }
  return { given: (name: string) => inputs[name] ?? '', around, said: () => output }
}
const existing = { 'cache-dir': 'there' }

describe('feeds for a machine without a way out', () => {
  test('when they are fetched, exported and imported, then an offline run has them all', async () => {
    const here = run()
    expect(await fetchFeeds(here.given, here.around)).toBe(true)
    expect(here.said()).toMatch(
      /tracker: \d{4}-\d\d-\d\d, 1 rows\n.*CVSS.*1 rows\nEPSS: 2026-11-24, 1 rows\n.*KEV list: 2026-11-23, 1 rows\n/,
    )
    await exportFeeds(join(folder, 'stick'), here.given, here.around)
    const other = join(folder, 'there')
    const away = run({ ...existing, 'cache-dir': other })
    await importFeeds(join(folder, 'stick'), away.given, away.around)
    expect(await reportFeeds(away.given, away.around)).toBe(true)
    expect(away.said()).toContain(
      `kev      of 2026-11-23, 1 rows, read 2026-11-24T18:00Z, from ${server.url}/kev\n`,
    )
    const requests = server.requestsReceived.length
    const offline = { cacheDir: other, offline: true, now: NOW, progress: () => {} }
    expect((await openFeed('kev', [`${server.url}/kev`], offline))?.state).toBe('kept')
    const tracker = await openTracker({ source: `${server.url}/tracker`, ...offline })
    const { source } = await tracker.narrow([{ packages: new Set(['apt']), codename: 'bookworm' }])
    await tracker.close()
    expect(source.rows).toBe(1)
    expect(source.date).not.toBeNull()
    expect(server.requestsReceived).toHaveLength(requests)
  })

  test('when Docker Bench was fetched, then the folder has it too, and no other file', async () => {
    const here = run()
    const tarball = `${PINNED_BENCH.commit}.tar.gz`
    const keepBench = async (cacheDir: string) => {
      mkdirSync(join(cacheDir, 'docker-bench'), { recursive: true })
      writeFileSync(join(cacheDir, 'docker-bench', tarball), 'made up')
      writeFileSync(join(cacheDir, 'docker-bench/other.tar.gz'), 'another')
      return '1'
    }
    expect(await fetchFeeds(here.given, { ...here.around, keepBench })).toBe(true)
    expect(here.said()).toContain('Docker Bench: commit 1\n')
    await exportFeeds(join(folder, 'stick'), here.given, here.around)
    expect(readdirSync(join(folder, 'stick/docker-bench'))).toEqual([tarball])
    const away = run({ 'cache-dir': join(folder, 'there') })
    await importFeeds(join(folder, 'stick'), away.given, away.around)
    expect(readFileSync(join(folder, 'there/docker-bench', tarball), 'utf8')).toBe('made up')
    expect(away.said()).toContain(`Docker Bench, commit ${PINNED_BENCH.commit}\n`)
  })

  test('when Docker Bench cannot be fetched, then that is reported, and the feeds are fetched all the same', async () => {
    const { given, around, said } = run()
    const keepBench = () => Promise.reject(new Error('no way out'))
    expect(await fetchFeeds(given, { ...around, keepBench })).toBe(true)
    expect(said()).toContain('error: no way out\n')
  })

  test('when a feed is a file, then fetch says that nothing of it is kept', async () => {
    const file = join(folder, 'tracker.json')
    writeFileSync(file, TRACKER)
    const { given, around, said } = run({ tracker: file, cvss: 'none', epss: 'none' })
    expect(await fetchFeeds(given, around)).toBe(true)
    expect(said()).toMatch(/^Debian's security tracker: .*1 rows, read from a file, not cached$/m)
    expect(said()).toMatch(/^CISA's KEV list: 2026-\d\d-\d\d, 1 rows$/m)
  })

  test('when there is nothing, then offline says so', async () => {
    const { given, around, said } = run()
    expect(await reportFeeds(given, around)).toBe(false)
    expect(said().split('\n').slice(0, 2)).toEqual([
      'error: the cache contains no feeds',
      join(folder, 'cache'),
    ])
    expect(said()).toContain('run "seaworthy feeds fetch"')
    const offline = { cacheDir: join(folder, 'cache'), offline: true }
    expect(
      await problemOfRejected(openTracker({ source: `${server.url}/tracker`, ...offline })),
    ).toMatchObject({
      code: 'tracker-not-kept',
      todo: expect.stringContaining('seaworthy feeds fetch'),
    })
    expect((await problemOfRejected(exportFeeds(join(folder, 'stick'), given, around))).code).toBe(
      'feeds-damaged',
    )
  })

  test('when one file was changed on the way, then nothing is imported', async () => {
    const { given, around } = run()
    await fetchFeeds(given, around)
    const stick = join(folder, 'stick')
    await exportFeeds(stick, given, around)
    const [name = ''] = readdirSync(join(stick, 'feeds')).filter(
      (one) => one.startsWith('kev-') && one.endsWith('.gz'),
    )
    writeFileSync(join(stick, 'feeds', name), 'x')
    const away = run({ 'cache-dir': join(folder, 'there') })
    const problem = await problemOfRejected(importFeeds(stick, away.given, away.around))
    expect(problem).toMatchObject({ code: 'feeds-damaged', what: expect.stringContaining(name) })
    expect(readdirSync(folder)).not.toContain('there')
  })

  test('when one feed cannot be had, then the others are fetched, and the whole is no success', async () => {
    const { given, around, said } = run({ epss: `${server.url}/none` })
    expect(await fetchFeeds(given, around)).toBe(false)
    expect(said()).toContain('feed-unreachable')
    expect(said()).toContain('KEV list: 2026-11-23')
  })

  describe('when publishers fail, and a folder of exported data is named', () => {
    const down = () => ({
      ...{ tracker: `${server.url}/none`, kev: `${server.url}/none`, epss: `${server.url}/none` },
      ...{ data: join(folder, 'stick'), 'cache-dir': join(folder, 'there') },
    })
    beforeEach(async () => {
      const { given, around } = run()
      await fetchFeeds(given, around)
      await exportFeeds(join(folder, 'stick'), given, around)
    })

    test('then its copies are used, and fetch says so', async () => {
      const { given, around, said } = run(down())
      expect(await fetchFeeds(given, around)).toBe(true)
      expect(said()).toMatch(/^CISA's KEV list: 2026-11-23, 1 rows, .*read from another address: .*404\)$/m)
      expect(said().match(/read from another address/g)).toHaveLength(3)
    })

    test('then none that is older than max-data-age is used for EPSS and KEV', async () => {
      const { given, around, said } = run(down())
      const later = new Date(around.now.getTime() + 49 * 3_600_000)
      expect(await fetchFeeds(given, { ...around, now: later })).toBe(false)
      expect(said().match(/longer ago than max-data-age \(48 hours\) allows/g)).toHaveLength(2)
    })

    test('then it counts only if nobody else can write there', async () => {
      chmodSync(join(folder, 'stick'), 0o777)
      const { given, around, said } = run(down())
      expect(await fetchFeeds(given, around)).toBe(false)
      expect(said()).toContain('the folder of data is not used, because others can write to it')
    })
  })

  test('when others may write to the cache, then fetch, import and status say that a gate will not use it', async () => {
    const { given, around } = run()
    await fetchFeeds(given, around)
    const stick = join(folder, 'stick')
    await exportFeeds(stick, given, around)
    const shared = join(folder, 'shared')
    mkdirSync(shared)
    chmodSync(shared, 0o777)
    for (const work of [
      fetchFeeds,
      (...to: Parameters<typeof reportFeeds>) => importFeeds(stick, ...to),
      reportFeeds,
    ]) {
      const existing = run({ 'cache-dir': shared })
      expect(await work(existing.given, existing.around)).toBe(work !== reportFeeds)
      expect(existing.said()).toContain(
        'the gate will not use this cache, because other users can write to it',
      )
      expect(existing.said()).toContain('troubleshooting.md#cache-not-trusted')
    }
    expect(statSync(join(shared, 'feeds')).mode & 0o077).toBe(0)
    // A stick that is carried may be anybody's: what comes from it is held to its hashes, and then it is our own.
    chmodSync(stick, 0o777)
    const away = run({ 'cache-dir': join(folder, 'away') })
    await importFeeds(stick, away.given, away.around)
    expect(await reportFeeds(away.given, away.around)).toBe(true)
  })

  test('when the map is written, then it is taken for a feed', async () => {
    const { given, around } = run()
    const file = join(folder, 'map.json.gz')
    await writeMap(file, given, around)
    const options = { cacheDir: folder, offline: false, now: NOW, progress: () => {} }
    expect((await openFeed('cvss', [file], options))?.table.rows).toBe(1)
    const one = run({ cvss: file })
    expect((await problemOfRejected(writeMap(file, one.given, one.around))).code).toBe('bad-input')
  })
})
