import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { carry, listKept } from '../../../../src/feeds/carry.js'
import type { Ecosystem } from '../../../../src/feeds/formats/osv/ecosystem.js'
import { matchPackage } from '../../../../src/feeds/formats/osv/match.js'
import { OSV_BUCKET, type OsvLocation, type OsvOptions } from '../../../../src/feeds/osv/get.js'
import { lookUpOsv } from '../../../../src/feeds/osv/look-up.js'
import { writePart } from '../../../../src/feeds/osv/part.js'
import { type Answer, type FakeServer, fakeServer } from '../../../support/fake-server.js'
import { oddRecord, rawRecords } from '../../../support/osv/records.js'
import { makeZip } from '../../../support/zip.js'

const NOW = new Date('2026-11-25T12:00:00Z')

let folder: string
let cacheDir: string
const servers: FakeServer[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'osv-'))
  cacheDir = join(folder, 'cache')
  mkdirSync(cacheDir, { mode: 0o700 })
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  rmSync(folder, { recursive: true, force: true })
})

function zipOf(records: readonly object[], extra: readonly { name: string; bytes: string }[] = []): Buffer {
  const files = records.map((record, at) => ({ name: `${at}.json`, bytes: JSON.stringify(record) }))
  return makeZip([...files, ...extra])
}

const options = (more: Partial<OsvOptions> = {}): OsvOptions => ({
  cacheDir,
  offline: false,
  now: NOW,
  maxDays: 5000,
  retries: 0,
  timeoutMs: 20_000,
  ...more,
})

const bucket = (base: string): OsvLocation => ({ base, form: 'bucket' })

/** A folder in the bucket's layout. */
function folderWith(zips: Partial<Record<Ecosystem, Buffer>>): OsvLocation {
  const base = mkdtempSync(join(folder, 'bucket-'))
  for (const [ecosystem, zip] of Object.entries(zips)) {
    mkdirSync(join(base, ecosystem))
    writeFileSync(join(base, ecosystem, 'all.zip'), zip)
  }
  return bucket(base)
}

async function serve(answer: Answer): Promise<FakeServer> {
  const server = await fakeServer(answer)
  servers.push(server)
  return server
}

/** Answers with a zip and an ETag, and 304 to who knows it. */
const serving =
  (zip: Buffer): Answer =>
  ({ headers }, response) =>
    headers['if-none-match'] === '"one"'
      ? response.writeHead(304).end()
      : response.writeHead(200, { etag: '"one"', 'content-length': zip.length }).end(zip)

async function lookUp(
  ecosystem: Ecosystem,
  names: readonly string[],
  addresses: readonly OsvLocation[],
  more: Partial<OsvOptions> = {},
) {
  const answers = await lookUpOsv(new Map([[ecosystem, names]]), addresses, options(more))
  return answers.get(ecosystem)
}

const NPM = zipOf(rawRecords('npm'))

describe('a folder in the layout of the bucket', () => {
  test('when names are looked up, then their records are those that were in the zip', async () => {
    const answer = await lookUp('npm', ['lodash', 'axios', 'left-pad'], [folderWith({ npm: NPM })])
    expect(answer).toMatchObject({
      state: 'read',
      source: { name: 'osv-npm', rows: 31, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const records = answer !== undefined && 'records' in answer ? answer.records : new Map()
    expect([...records].map(([name, list]) => [name, list.length])).toEqual([
      ['lodash', 5],
      ['axios', 2],
      ['left-pad', 0],
    ])
    const found = matchPackage({ ecosystem: 'npm', name: 'lodash', version: '4.17.4' }, records.get('lodash'))
    expect(found.map(({ affects }) => affects)).toEqual(Array.from({ length: 5 }, () => 'affected'))
  })

  test('when an image has two ecosystems, then only these are read, and one that is missing leaves the other', async () => {
    const address = folderWith({ npm: NPM })
    const wanted = new Map<Ecosystem, string[]>([
      ['npm', ['lodash']],
      ['PyPI', ['requests']],
    ])
    const answers = await lookUpOsv(wanted, [address], options())
    expect([...answers.keys()]).toEqual(['npm', 'PyPI'])
    expect(answers.get('npm')).toMatchObject({ state: 'read' })
    expect(answers.get('PyPI')).toMatchObject({ problem: { code: 'feed-unreachable' } })
  })

  test('when all odd records but one are in it, then it is read, and nothing is kept of a folder', async () => {
    const names = [
      'bad-vector',
      'git-first',
      'no-cvss',
      'two-ecosystems',
      'v3-and-v4',
      'versions-only',
      'withdrawn',
    ]
    const address = folderWith({ PyPI: zipOf(names.map(oddRecord)) })
    const answer = await lookUp('PyPI', ['Left_Pad'], [address])
    expect(answer).toMatchObject({ source: { rows: 7, date: '2020-01-01T00:00:00Z' } })
    const records = answer !== undefined && 'records' in answer ? answer.records.get('Left_Pad') : []
    expect(records?.map(({ id }) => id).sort()).toEqual([
      ...['TEST-BAD-VECTOR', 'TEST-GIT-FIRST', 'TEST-NO-CVSS', 'TEST-V3-V4', 'TEST-VERSIONS-ONLY'],
    ])
    expect(readdirSync(cacheDir)).toEqual([])
  })

  test('when a record has 10,000 versions, then it is found as it was (made up)', async () => {
    const versions = Array.from({ length: 10_000 }, (_, at) => `1.0.${at}`)
    const record = {
      id: 'MAL-2026-1',
      modified: '2026-11-01T00:00:00Z',
      affected: [{ package: { ecosystem: 'npm', name: 'much' }, versions }],
    }
    const answer = await lookUp('npm', ['much'], [folderWith({ npm: zipOf([record]) })])
    const records = answer !== undefined && 'records' in answer ? (answer.records.get('much') ?? []) : []
    expect(records[0]?.affected[0]?.versions).toEqual(versions)
  })

  test.each<[string, () => Buffer, string, RegExp]>([
    ['is cut', () => NPM.subarray(0, NPM.length - 100), 'feed-truncated', /incomplete/],
    ['is HTML', () => Buffer.from('<html>sign in</html>'), 'feed-truncated', /not a zip/],
    ['has no bytes', () => Buffer.alloc(0), 'feed-truncated', /end of the zip/],
    ['is an empty zip', () => makeZip([]), 'feed-empty', /no advisories at all/],
    [
      'has only withdrawn records',
      () => zipOf([oddRecord('withdrawn')]),
      'feed-empty',
      /have been withdrawn/,
    ],
    [
      'is of another ecosystem',
      () => zipOf(rawRecords('PyPI').slice(0, 31)),
      'feed-malformed',
      /31 of 31 advisories are for ecosystems other than/,
    ],
    [
      'has one record that is not JSON',
      () => zipOf(rawRecords('npm'), [{ name: 'x.json', bytes: '{"id":' }]),
      'feed-malformed',
      /"x.json" is not JSON/,
    ],
    [
      'has one file that is not an advisory',
      () => zipOf(rawRecords('npm'), [{ name: 'README', bytes: '{}' }]),
      'feed-malformed',
      /"README" is not an advisory: it has no id/,
    ],
  ])('when a zip %s, then that ecosystem has a problem', async (_, zip, code, what) => {
    const answer = await lookUp('npm', ['lodash'], [folderWith({ npm: zip() })])
    expect(answer).toMatchObject({ problem: { code, what: expect.stringMatching(what) } })
  })

  test('when the newest record is too old, then so is the ecosystem; a date of the future does not hide it', async () => {
    const future = { ...oddRecord('no-cvss'), id: 'TEST-FUTURE', modified: '2099-01-01T00:00:00Z' }
    const address = folderWith({ PyPI: zipOf([oddRecord('no-cvss'), future]) })
    expect(await lookUp('PyPI', [], [address], { maxDays: 30 })).toMatchObject({
      problem: {
        code: 'feed-stale',
        what: expect.stringContaining('2020-01-01'),
        // Not the input osv: none, which a pull request's gate does not obey.
        todo: expect.stringMatching(/; to judge without this data, set application: off in gate\.yml$/),
      },
    })
  })
})

describe('records without a usable date', () => {
  // Go's zero time, as in vuln.go.dev's reports.
  const ofYear1 = { ...oddRecord('no-cvss'), modified: '0001-01-01T00:00:00Z', published: undefined }

  test('when it is the year 1, then when it was published counts', async () => {
    const published = { ...ofYear1, published: '2026-11-20T00:00:00Z' }
    const future = {
      ...ofYear1,
      id: 'TEST-FUTURE',
      modified: '2099-01-01T00:00:00Z',
      published: '2026-11-21T00:00:00Z',
    }
    const address = folderWith({ PyPI: zipOf([published, future]) })
    expect(await lookUp('PyPI', [], [address], { maxDays: 30 })).toMatchObject({
      source: { date: '2026-11-21T00:00:00Z' },
    })
  })

  test('when none has any, then that is reported, and no limit that nobody can set', async () => {
    const answer = await lookUp('PyPI', [], [folderWith({ PyPI: zipOf([ofYear1]) })])
    expect(answer).toMatchObject({
      problem: {
        code: 'feed-malformed',
        what: 'OSV: PyPI: no advisory has a usable date',
        todo: expect.not.stringContaining('max-data-age'),
      },
    })
  })

  test('when a part was made from such records, then it is undated too', async () => {
    const base = mkdtempSync(join(folder, 'parts-'))
    const file = await open(join(base, 'part'), 'w')
    const part = writePart(file, 'PyPI')
    await part.finish({ ecosystem: 'PyPI', rows: 30_000, withdrawn: 0, newest: '0001-01-01T00:00:00Z' })
    await file.close()
    const server = await serve((_, response) => response.end(gzipSync(readFileSync(join(base, 'part')))))
    const answer = await lookUp('PyPI', [], [{ base: server.url, form: 'parts' }])
    expect(JSON.stringify(answer)).toContain('no advisory has a usable date')
  })
})

describe('an address', () => {
  test('when it was read before, then it is asked by a condition, and the copy serves', async () => {
    const server = await serve(serving(NPM))
    const address = bucket(server.url)
    await lookUp('npm', ['lodash'], [address])
    const again = await lookUp('npm', ['lodash'], [address])
    expect(server.requestsReceived.map(({ path, headers }) => [path, headers['if-none-match']])).toEqual([
      ['/npm/all.zip', undefined],
      ['/npm/all.zip', '"one"'],
    ])
    expect(again).toMatchObject({ state: 'read', source: { rows: 31 } })
    expect(again !== undefined && 'records' in again && again.records.get('lodash')).toHaveLength(5)
  })

  test('when it fails, then a copy serves for 48 hours, and then none', async () => {
    let up = true
    const server = await serve((request, response) =>
      up ? serving(NPM)(request, response) : response.writeHead(503).end(),
    )
    await lookUp('npm', [], [bucket(server.url)])
    up = false
    const hours = (count: number) => ({ now: new Date(NOW.getTime() + count * 3_600_000) })
    expect(await lookUp('npm', ['lodash'], [bucket(server.url)], hours(47))).toMatchObject({
      state: 'kept',
      why: expect.stringContaining('503'),
      source: { instead: expect.stringContaining('a copy fetched at 2026-11-25T12:00Z') },
    })
    expect(await lookUp('npm', ['lodash'], [bucket(server.url)], hours(49))).toMatchObject({
      problem: { code: 'feed-unreachable' },
    })
  })

  test('when the copy was damaged, or others may write to it, then all of it is read again', async () => {
    const server = await serve(serving(NPM))
    await lookUp('npm', [], [bucket(server.url)])
    const [part = ''] = readdirSync(join(cacheDir, 'feeds')).filter((name) => name.endsWith('.part'))
    const path = join(cacheDir, 'feeds', part)
    const bytes = readFileSync(path)
    bytes[100] = 0
    writeFileSync(path, bytes)
    expect(await lookUp('npm', ['lodash'], [bucket(server.url)])).toMatchObject({ state: 'read' })
    chmodSync(path, 0o666)
    await lookUp('npm', ['lodash'], [bucket(server.url)])
    expect(server.requestsReceived.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('when it lost more than a third, then it is not believed, and the copy serves', async () => {
    let zip = NPM
    const server = await serve((_, response) => response.writeHead(200).end(zip))
    await lookUp('npm', [], [bucket(server.url)])
    zip = zipOf(rawRecords('npm').slice(0, 15))
    expect(await lookUp('npm', [], [bucket(server.url)])).toMatchObject({
      state: 'kept',
      why: expect.stringContaining('the number of advisories fell from 31 to 15'),
    })
  })

  test('when it breaks off, then it arrived incomplete, and nothing is left in the cache', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': NPM.length })
      response.write(NPM.subarray(0, 1000), () => response.destroy())
    })
    expect(await lookUp('npm', [], [bucket(server.url)])).toMatchObject({
      problem: { code: 'feed-truncated' },
    })
    expect(readdirSync(join(cacheDir, 'feeds'))).toEqual([])
  })

  test('when the map has a part, then it is asked first; when it fails, then the bucket, which says so', async () => {
    await lookUp('npm', [], [bucket((await serve(serving(NPM))).url)])
    const [part = ''] = readdirSync(join(cacheDir, 'feeds')).filter((name) => name.endsWith('.part'))
    const packed = gzipSync(readFileSync(join(cacheDir, 'feeds', part)))
    // A made-up map: the real one has to have half of what the bucket has.
    const map = await serve((_, response) => response.writeHead(200).end(packed))
    const behind = await serve(serving(NPM))
    const answer = await lookUp('npm', ['lodash'], [{ base: map.url, form: 'parts' }, bucket(behind.url)])
    expect(map.requestsReceived.map(({ path }) => path)).toEqual(['/osv-npm.part.gz'])
    expect(answer).toMatchObject({
      state: 'read',
      source: { instead: expect.stringContaining('the number of advisories fell from 214057 to 31') },
    })
  })

  test('when the map has a part of another ecosystem, or no part, then it is not believed', async () => {
    const map = await serve((_, response) => response.writeHead(200).end('<html>'))
    expect(await lookUp('npm', [], [{ base: map.url, form: 'parts' }])).toMatchObject({
      problem: {
        code: 'feed-malformed',
        what: expect.stringContaining("not npm data in Seaworthy's format"),
      },
    })
  })

  test('when it is offline, then the copy serves whatever its age, and without one there is a problem', async () => {
    const server = await serve(serving(NPM))
    await lookUp('npm', [], [bucket(server.url)])
    const later = { offline: true, now: new Date('2027-01-25T12:00:00Z') }
    expect(await lookUp('npm', ['lodash'], [bucket(server.url)], later)).toMatchObject({
      state: 'kept',
      why: 'offline, read 2026-11-25',
    })
    expect(await lookUp('PyPI', [], [bucket(server.url)], later)).toMatchObject({
      problem: { code: 'feed-not-kept' },
    })
    expect(await lookUp('PyPI', [], [bucket(server.url)], { ...later, cacheDir: null })).toMatchObject({
      problem: { code: 'cache-not-trusted' },
    })
    expect(server.requestsReceived).toHaveLength(1)
  })

  test('when nothing may be kept, then it is read all the same, and nothing is written', async () => {
    const server = await serve(serving(NPM))
    expect(await lookUp('npm', ['lodash'], [bucket(server.url)], { cacheDir: null })).toMatchObject({
      state: 'read',
    })
    expect(readdirSync(cacheDir)).toEqual([])
  })

  test('when it is the bucket of OSV, then the address is that of claircore', () => {
    expect(OSV_BUCKET).toBe('https://osv-vulnerabilities.storage.googleapis.com/')
  })
})

describe('carrying', () => {
  test('when parts are exported and imported, then they serve offline; a damaged one is refused', async () => {
    const server = await serve(serving(NPM))
    await lookUp('npm', [], [bucket(server.url)])
    expect(await listKept(cacheDir)).toMatchObject([
      { name: 'osv-npm', whole: true, rows: 31, fetchedAt: NOW.toISOString() },
    ])
    const [carried, other] = [join(folder, 'carried'), join(folder, 'other')]
    await carry(cacheDir, carried)
    await carry(carried, other)
    expect(
      await lookUp('npm', ['lodash'], [bucket(server.url)], { offline: true, cacheDir: other }),
    ).toMatchObject({
      state: 'kept',
      source: { rows: 31 },
    })
    const [part = ''] = readdirSync(join(carried, 'feeds')).filter((name) => name.endsWith('.part'))
    writeFileSync(join(carried, 'feeds', part), 'damaged')
    await expect(carry(carried, other)).rejects.toThrow(part)
  })
})
