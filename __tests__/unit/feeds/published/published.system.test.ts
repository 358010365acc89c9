import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../../src/feeds/addresses.js'
import { carry, listKept } from '../../../../src/feeds/carry.js'
import { openEnds } from '../../../../src/feeds/ends.js'
import { pick } from '../../../../src/feeds/formats/table.js'
import { lookUpOsv } from '../../../../src/feeds/osv/look-up.js'
import { exportFile, importFile } from '../../../../src/feeds/published/carry-file.js'
import { type DataIndex, HEAD_BYTES, readHead } from '../../../../src/feeds/published/data-file.js'
import type { FeedOptions } from '../../../../src/feeds/refresh.js'
import { openTracker } from '../../../../src/feeds/tracker/open.js'
import { importFeeds } from '../../../../src/gate/feeds.js'
import { tarOfMembers } from '../../../../src/io/archive/tar-writer.js'
import { dataProblem } from '../../../../src/judge/checks.js'
import { anEvidence } from '../../../support/builders.js'
import { type FakeNvd, fakeNvd } from '../../../support/fake-nvd.js'
import { type FakeServer, fakeServer } from '../../../support/fake-server.js'
import { aMetric, epssText, kevText } from '../../../support/feed-texts.js'
import { rawRecords } from '../../../support/osv/records.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { type StandInSigner, type StandInSigstore, standInSigstore } from '../../../support/sigstore.js'
import { NEVER } from '../../../support/waiting.js'
import { makeZip } from '../../../support/zip.js'
import { sha256 } from '../../io/archive/build.js'

const CVE = 'CVE-2026-1001'
const TRACKER = `{"apt":{"${CVE}":{"releases":{"bookworm":{"status":"open","urgency":"low"}}}}}`
const NOW = new Date()
const dayOf = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10)

/** Of a day after those that come with the gate. */
const ENDS = '2099-01-01\nnginx 1.99:2099-06-01:1.99.9\n'

let folder: string
let cache: string
let nvd: FakeNvd
let feeds: FakeServer
let github: FakeServer
let sigstore: StandInSigstore
/** What the releases hold: path -> bytes. */
const assets = new Map<string, Buffer>()
let knowsRanges = true
/** How many bytes were sent of the data file. */
let sent = 0
let file: Buffer
let index: Buffer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sw-published-'))
  cache = join(folder, 'cache')
  mkdirSync(cache, { mode: 0o700 })
  nvd = await fakeNvd({ 2026: { [CVE]: { cvssMetricV31: [aMetric({ score: 9.1 })] } } })
  const gems = rawRecords('RubyGems').map((record, at) => ({
    name: `${at}.json`,
    bytes: JSON.stringify(record),
  }))
  feeds = await fakeServer(({ path }, response) => {
    const texts: Readonly<Record<string, string | Buffer>> = {
      '/tracker': TRACKER,
      '/kev': kevText({ [CVE]: '2026-11-20' }),
      '/epss': epssText({ [CVE]: '0.1,0.2' }),
      '/osv/RubyGems/all.zip': makeZip(gems),
    }
    const headers = { 'last-modified': new Date(Date.now() - 3_600_000).toUTCString() }
    response.writeHead(texts[path] ? 200 : 404, headers).end(texts[path])
  })
  github = await fakeServer(({ path, headers }, response) => {
    const bytes = assets.get(path)
    if (bytes === undefined) {
      return response.writeHead(404).end()
    }
    const [, from, to] = (knowsRanges && /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')) || []
    const part = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1)
    sent += path.endsWith('.tar') ? part.length : 0
    const range = { 'content-range': `bytes ${from}-${to}/${bytes.length}` }
    return response.writeHead(from === undefined ? 200 : 206, from === undefined ? {} : range).end(part)
  })
  sigstore = await standInSigstore()

  const base = { base: `${feeds.url}/osv/`, form: 'bucket' as const }
  await openFeed('cvss', [nvd.base], options(cache))
  await openFeed('epss', [`${feeds.url}/epss`], options(cache))
  await openFeed('kev', [`${feeds.url}/kev`], options(cache))
  await lookUpOsv(new Map([['RubyGems', ['rails']]]), [base], { ...options(cache), maxDays: 5000 })
  await (await openTracker({ source: `${feeds.url}/tracker`, cacheDir: cache })).close()
  const endsOf = join(cache, 'feeds', `ends-${'0'.repeat(16)}`)
  const about = { url: 'https://endoflife.date/api/', fetchedAt: NOW.toISOString(), sha256: sha256(ENDS) }
  writeFileSync(`${endsOf}.txt`, ENDS, { mode: 0o600 })
  writeFileSync(`${endsOf}.meta.json`, JSON.stringify({ ...about, etag: null, lastModified: null }), {
    mode: 0o600,
  })
  await exportFile(cache, join(folder, 'data.tar'), NOW)
  file = readFileSync(join(folder, 'data.tar'))
  index = readFileSync(join(folder, 'index.json'))
})
afterAll(async () => {
  await Promise.all([nvd.close(), feeds.close(), github.close()])
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  assets.clear()
  knowsRanges = true
  sent = 0
})

const options = (cacheDir: string | null = null): FeedOptions => ({
  cacheDir,
  offline: false,
  now: NOW,
  progress: () => {},
  retries: 0,
  timeoutMs: NEVER,
  trustedRoot: sigstore.trustedRoot,
})
const releases = () => `${github.url}/acme/seaworthy/releases`
const workflow = (repository: string, name = 'feeds.yml@refs/heads/main') =>
  `${repository}/.github/workflows/${name}`

/** A statement as actions/attest-build-provenance writes it. */
async function statementOf(bytes: Buffer, more: object = {}) {
  const { createHash } = await import('node:crypto')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const subject = [{ name: 'index.json', digest: { sha256 } }]
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
    ...more,
  }
}

/** Puts a data file into the release of a day, with its attestation; what is not given is right. */
async function publish(
  part: {
    bytes?: Buffer
    index?: Buffer
    days?: number
    signer?: Partial<StandInSigner>
    statement?: object
    bundle?: string
  } = {},
): Promise<void> {
  const repository = `${github.url}/acme/seaworthy`
  const day = dayOf(part.days ?? 0)
  const path = `/acme/seaworthy/releases/download/data-${day}/seaworthy-data-${day}.tar`
  const signer = { identity: workflow(repository), repository, ...part.signer }
  const statement = part.statement ?? (await statementOf(part.index ?? index))
  assets.set(path, part.bytes ?? file)
  assets.set(`${path}.sigstore.json`, Buffer.from(part.bundle ?? (await sigstore.attest(statement, signer))))
}
const cvss = (more: Partial<FeedOptions> = {}) =>
  openFeed('cvss', [releases(), nvd.base], { ...options(), ...more })
/** The same file with another index, and other bytes in some parts, as its index says. */
function withIndex(
  change: (index: DataIndex) => object,
  replaced: Readonly<Record<string, Buffer>> = {},
): { bytes: Buffer; index: Buffer } {
  const head = readHead(file.subarray(0, HEAD_BYTES))
  if (head === null) {
    throw new Error('the file is not read')
  }
  const reported = head.index.parts.map((part) => {
    const bytes = replaced[part.name]
    return bytes === undefined ? part : { ...part, bytes: bytes.length, sha256: sha256(bytes) }
  })
  const text = Buffer.from(JSON.stringify(change({ ...head.index, parts: reported })))
  const member = (path: string, bytes: Buffer) => ({
    path,
    bytes,
    type: 'file' as const,
    mode: 0o644,
    uid: 0,
    gid: 0,
    link: '',
  })
  const parts = head.index.parts.map(({ name, file: path, bytes }) => {
    const start = head.at(name)?.start ?? 0
    return member(path, replaced[name] ?? file.subarray(start, start + bytes))
  })
  return { bytes: tarOfMembers([member('index.json', text), ...parts]), index: text }
}

describe('when a repository publishes data that its workflow has attested', () => {
  test.each([true, false])(
    'then it is used, and whose it is and of when is reported (ranges: %s)',
    async (ranges) => {
      await publish()
      knowsRanges = ranges
      const got = await cvss()
      expect(pick(got?.table as never, [CVE]).get(CVE)).toContain('9.1')
      expect(got?.source).toEqual({
        name: 'nvd-cvss',
        url: `${releases()}/download/data-${dayOf(0)}/seaworthy-data-${dayOf(0)}.tar`,
        fetchedAt: NOW.toISOString(),
        date: got?.table.date,
        sha256: readHead(file)?.at('cvss')?.part.sha256,
        rows: 1,
        attestedBy: workflow(`${github.url}/acme/seaworthy`),
      })
    },
  )

  test('then of advisories only the part of the ecosystem is read', async () => {
    await publish()
    const address = { base: releases(), form: 'parts' as const }
    const answers = await lookUpOsv(new Map([['RubyGems', ['rack']]]), [address], {
      ...options(),
      maxDays: 5000,
    })
    expect(answers.get('RubyGems')).toMatchObject({
      state: 'read',
      source: { name: 'osv-RubyGems', attestedBy: workflow(`${github.url}/acme/seaworthy`) },
    })
    const head = readHead(file)
    expect(sent).toBe(Math.min(file.length, HEAD_BYTES) + (head?.at('osv-RubyGems')?.part.bytes ?? 0))
  })

  test('then the ends of life are read from it, and without them, or with older ones, the gate has its own', async () => {
    await publish()
    const kept = mkdtempSync(join(folder, 'ends-'))
    const got = await openEnds(releases(), options(kept))
    expect(got.ends.programs.get('nginx')).toEqual([{ name: '1.99', end: '2099-06-01', latest: '1.99.9' }])
    expect(got.source).toMatchObject({
      name: 'end-of-life',
      fetchedAt: NOW.toISOString(),
      date: '2099-01-01T00:00:00.000Z',
      attestedBy: workflow(`${github.url}/acme/seaworthy`),
    })
    assets.clear()
    const copy = await openEnds(releases(), options(kept))
    expect([copy.ends.date, copy.source.instead]).toEqual(['2099-01-01', expect.stringContaining('a copy')])
    const offline = await openEnds(releases(), { ...options(kept), offline: true })
    expect([offline.ends.date, offline.source.instead]).toEqual([
      '2099-01-01',
      expect.stringContaining('offline'),
    ])
    const own = await openEnds(releases(), options(null))
    expect([own.ends.date < '2099', own.source.instead]).toEqual([
      true,
      expect.stringContaining('those that come with this version'),
    ])
    await publish(withIndex((index) => index, { ends: gzipSync('2020-01-01\nnginx 1.0:yes:1.0.0\n') }))
    const older = await openEnds(releases(), options(null))
    expect([older.ends.date, older.source.instead]).toEqual([own.ends.date, undefined])
    await publish(withIndex((index) => index, { ends: gzipSync('nginx 1.0:yes:1.0.0\n') }))
    const broken = await openEnds(releases(), options(null))
    expect([broken.ends.date, broken.source.instead]).toEqual([
      own.ends.date,
      expect.stringContaining("not in Seaworthy's format"),
    ])
  })

  test('and its workflow did not attest them, then nothing of them counts', async () => {
    await publish({ signer: { identity: workflow(`${github.url}/mallory/seaworthy`) } })
    const { ends, source } = await openEnds(releases(), options(null))
    expect([ends.date < '2099', source.attestedBy]).toEqual([true, undefined])
    expect(source.instead).toContain('not used')
  })

  test.each([1, 2])('%s days ago, then that is the newest', async (days) => {
    const made = withIndex((index) => ({ ...index, date: `${dayOf(days)}T04:00:00Z` }))
    await publish({ ...made, days })
    expect((await cvss())?.source.url).toContain(`data-${dayOf(days)}`)
  })

  test('and more than one day has one, then the newer is used', async () => {
    await publish({ ...withIndex((index) => ({ ...index, date: `${dayOf(1)}T04:00:00Z` })), days: 1 })
    await publish()
    expect((await cvss())?.source.url).toContain(`data-${dayOf(0)}`)
  })

  test('and nothing is to be asked, then what was kept of it does', async () => {
    await publish()
    const kept = join(folder, 'kept')
    mkdirSync(kept, { mode: 0o700 })
    await cvss({ cacheDir: kept })
    assets.clear()
    const got = await openFeed('cvss', [releases()], { ...options(kept), offline: true })
    expect(got).toMatchObject({ state: 'kept', table: { rows: 1 } })
  })
})

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

describe('when advisories are exported to a folder', () => {
  let exported: string
  beforeEach(async () => {
    exported = mkdtempSync(join(folder, 'exported-'))
    await carry(cache, exported)
  })
  const bucket = () => ({ base: `${feeds.url}/osv/`, form: 'bucket' as const })
  const look = async (ecosystem: 'RubyGems' | 'npm', more: Partial<FeedOptions> = {}) => {
    const addresses = [{ base: exported, form: 'parts' as const }, bucket()]
    const all = await lookUpOsv(new Map([[ecosystem, ['rails', 'rack']]]), addresses, {
      ...options(),
      maxDays: 5000,
      ...more,
    })
    return all.get(ecosystem)
  }
  const partIn = () => {
    const [name = ''] = readdirSync(join(exported, 'feeds')).filter((one) => one.endsWith('.part'))
    return join(exported, 'feeds', name)
  }

  test.each([true, false])(
    'then they are read from there and not from the bucket (offline: %s)',
    async (offline) => {
      const requests = feeds.requestsReceived.length
      const answer = await look('RubyGems', { offline })
      const direct = await lookUpOsv(new Map([['RubyGems', ['rails', 'rack']]]), [bucket()], {
        ...options(cache),
        maxDays: 5000,
        offline: true,
      })
      const records = (one: unknown) =>
        Object.fromEntries(Reflect.get(Object(one), 'records') as Map<string, []>)
      expect(records(answer)).toEqual(records(direct.get('RubyGems')))
      expect(records(answer).rack?.length).toBeGreaterThan(0)
      expect(answer).toMatchObject({
        state: 'read',
        source: { name: 'osv-RubyGems', url: partIn(), fetchedAt: NOW.toISOString() },
      })
      expect(answer).not.toHaveProperty('source.instead')
      expect(feeds.requestsReceived).toHaveLength(requests)
    },
  )

  test.each<[string, () => void, string]>([
    ['others can write to it', () => chmodSync(exported, 0o777), 'because others can write to it'],
    [
      'others can write to its feeds',
      () => chmodSync(join(exported, 'feeds'), 0o777),
      'because others can write to it',
    ],
    ['its part was changed', () => writeFileSync(partIn(), 'x'), 'no whole copy of osv-RubyGems'],
    ['its part is gone', () => rmSync(partIn()), 'no whole copy of osv-RubyGems'],
  ])('but %s, then the bucket is asked, and why is told', async (_, change, why) => {
    change()
    expect(await look('RubyGems')).toMatchObject({
      state: 'read',
      source: { url: `${feeds.url}/osv/RubyGems/all.zip`, instead: expect.stringContaining(why) },
    })
  })

  test('but none of this ecosystem, and the bucket has none either, then both are reported', async () => {
    expect(await look('npm')).toMatchObject({
      problem: {
        code: 'feed-unreachable',
        what: expect.stringMatching(/no whole copy of osv-npm; .*returned 404/),
      },
    })
  })

  test('and they are too old, then they do not count', async () => {
    expect(await look('RubyGems', { maxDays: 0 } as object)).toMatchObject({
      problem: { code: 'feed-stale' },
    })
  })
})

describe('when the newest data is not what the workflow made', () => {
  const forged = () =>
    withIndex((index) => ({ ...index, parts: index.parts.map((part) => ({ ...part, rows: 7 })) }))
  const repository = () => `${github.url}/acme/seaworthy`
  const cases: readonly [string, () => Promise<Parameters<typeof publish>[0]>, RegExp][] = [
    ['the index was changed', async () => ({ bytes: forged().bytes }), /does not cover this/],
    [
      'another workflow has signed',
      async () => ({ signer: { identity: workflow(repository(), 'evil.yml@refs/heads/main') } }),
      /signed by .*evil\.yml/,
    ],
    [
      'a branch has signed',
      async () => ({ signer: { identity: workflow(repository(), 'feeds.yml@refs/heads/mine') } }),
      /signed by .*refs\/heads\/mine/,
    ],
    [
      'a pull request has signed',
      async () => ({ signer: { identity: workflow(repository(), 'feeds.yml@refs/pull/1/merge') } }),
      /signed by/,
    ],
    [
      'another repository has signed',
      async () => ({
        signer: {
          identity: workflow(`${github.url}/mallory/seaworthy`),
          repository: `${github.url}/mallory/seaworthy`,
        },
      }),
      /signed by/,
    ],
    [
      'it was signed in a run of another repository',
      async () => ({ signer: { repository: `${github.url}/mallory/x` } }),
      /in a run of/,
    ],
    ['another issuer vouched', async () => ({ signer: { issuer: 'https://issuer.example' } }), /vouched for/],
    [
      'the statement is about nothing',
      async () => ({ statement: await statementOf(index, { subject: [] }) }),
      /does not cover this/,
    ],
    [
      'the hash is that of another file',
      async () => ({ statement: await statementOf(Buffer.from('x')) }),
      /does not cover this/,
    ],
    [
      'the index has another name',
      async () => {
        const statement = await statementOf(index)
        return {
          statement: {
            ...statement,
            subject: statement.subject.map((one) => ({ ...one, name: 'other.json' })),
          },
        }
      },
      /does not cover this/,
    ],
    [
      'it is no provenance',
      async () => ({ statement: await statementOf(index, { predicateType: 'https://example.org/x' }) }),
      /does not cover this/,
    ],
    ['the bundle is none', async () => ({ bundle: '<html>' }), /not a sigstore bundle/],
    [
      'it is that of an older day',
      async () => {
        const old = withIndex((index) => ({ ...index, date: '2026-01-02T04:00:00Z' }))
        return { ...old }
      },
      /was made on 2026-01-02/,
    ],
  ]

  test.each(cases)('because %s, then it is not used, and why is told', async (_, make, why) => {
    await publish(await make())
    const got = await cvss()
    expect(got?.source).toMatchObject({ url: nvd.base, instead: expect.stringMatching(why) })
    expect(got?.source).not.toHaveProperty('attestedBy')
    expect(await problemOfRejected(openFeed('cvss', [releases()], options()))).toMatchObject({
      code: 'feed-not-attested',
    })
  })

  test('but was signed under another root, then it is not used', async () => {
    await publish()
    const got = await cvss({ trustedRoot: null })
    expect(got?.source.instead).toMatch(/the signature is not valid/)
  })

  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    [
      'a part was changed',
      (bytes) => {
        const copy = Buffer.from(bytes)
        const start = readHead(copy)?.at('cvss')?.start ?? 0
        copy[start + 40] = (copy[start + 40] ?? 0) ^ 1
        return copy
      },
      'SHA-256',
    ],
    ['it was cut', (bytes) => bytes.subarray(0, (readHead(bytes)?.at('cvss')?.start ?? 0) + 10), 'bytes'],
  ])('because %s, then it is not used', async (_, change, why) => {
    await publish({ bytes: change(file) })
    expect((await cvss())?.source).toMatchObject({ url: nvd.base, instead: expect.stringContaining(why) })
  })

  test('or is no data file, or there is none of these days, then that is reported', async () => {
    await publish({ bytes: Buffer.from('<html>not found</html>') })
    expect((await cvss())?.source.instead).toContain('it is not a data file')
    assets.clear()
    await publish({ days: 3 })
    expect((await cvss())?.source.instead).toContain('no data file was published in the last 3 days')
  })

  test('and has no part of that name, then that is reported', async () => {
    const made = withIndex((index) => ({
      ...index,
      parts: index.parts.filter(({ name }) => name !== 'cvss'),
    }))
    await publish(made)
    expect((await cvss())?.source.instead).toContain('has no cvss')
  })
})

describe('when a data file is carried to another machine', () => {
  let into: string
  let turn = 0
  beforeEach(() => {
    turn += 1
    into = join(folder, `into-${turn}`)
  })

  test('then it has each feed with its rows, source, licence and attribution, and the cache has what it had', async () => {
    const parts = readHead(file)?.index.parts ?? []
    expect(parts.map(({ name, rows, licence }) => [name, rows, licence])).toEqual([
      ['tracker', 1, 'NOASSERTION'],
      ['cvss', 1, 'LicenseRef-US-public-domain'],
      ['epss', 1, 'NOASSERTION'],
      ['kev', 1, 'CC0-1.0'],
      ['ends', 1, 'MIT'],
      ['osv-RubyGems', rawRecords('RubyGems').length, 'CC-BY-4.0'],
    ])
    for (const { attribution, source } of parts) {
      expect([attribution.length > 10, /^http/.test(source ?? '')]).toEqual([true, true])
    }
    await importFile(join(folder, 'data.tar'), into)
    expect(await listKept(into)).toEqual(await listKept(cache))
    const offline = { ...options(into), offline: true }
    expect(await openFeed('cvss', [nvd.base], offline)).toMatchObject({ state: 'kept', table: { rows: 1 } })
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test.each<[string, () => Buffer, string]>([
    ['is no tar', () => Buffer.from('<html>'), 'it is not a data file'],
    ['is empty', () => Buffer.alloc(0), 'it is not a data file'],
    ['is cut', () => file.subarray(0, file.length - 5000), 'bytes'],
    [
      'has other bytes in a part',
      () => {
        const copy = Buffer.from(file)
        const start = readHead(copy)?.at('kev')?.start ?? 0
        copy[start + 30] = (copy[start + 30] ?? 0) ^ 1
        return copy
      },
      'kev: its SHA-256 is',
    ],
    [
      'names a file outside of the cache',
      () =>
        withIndex((index) => ({ ...index, parts: index.parts.map((part) => ({ ...part, file: '../../x' })) }))
          .bytes,
      'it is not a data file',
    ],
    [
      'names files that are none of a cache',
      () =>
        withIndex((index) => ({
          ...index,
          parts: index.parts.map((part) => (part.name === 'kev' ? { ...part, file: 'x.json.gz' } : part)),
        })).bytes,
      'files that do not belong in a cache',
    ],
    [
      'has one part twice',
      () =>
        withIndex((index) => ({ ...index, parts: [...index.parts.slice(1), ...index.parts.slice(1)] })).bytes,
      'it is not a data file',
    ],
    [
      'knows another format',
      () => withIndex((index) => ({ ...index, format: 'seaworthy-data-2' })).bytes,
      'it is not a data file',
    ],
  ])('and it %s, then nothing of it is taken', async (_, make, what) => {
    const path = join(folder, `bad-${turn}.tar`)
    writeFileSync(path, make())
    expect(await problemOfRejected(importFile(path, into))).toMatchObject({
      code: 'feeds-damaged',
      what: expect.stringContaining(what),
    })
    expect(await listKept(into)).toEqual([])
  })

  test('and a part unpacks to more than a document may have, then nothing is written', async () => {
    // Zeros shrink to a thousandth, and members of gzip may follow one another (RFC 1952, 2.2).
    const member = gzipSync(Buffer.alloc(2 ** 26))
    const bomb = Buffer.concat(Array.from({ length: 17 }, () => member))
    const path = join(folder, `bomb-${turn}.tar`)
    writeFileSync(path, withIndex((index) => index, { tracker: bomb }).bytes)
    const temp = mkdtempSync(join(folder, 'temp-'))
    const saved = process.env.RUNNER_TEMP
    process.env.RUNNER_TEMP = temp
    const shown: string[] = []
    const watcher = watch(temp, { recursive: true }, (_, name) => shown.push(name ?? ''))
    const problem = await problemOfRejected(importFile(path, into))
    watcher.close()
    process.env.RUNNER_TEMP = saved ?? ''
    expect(problem).toMatchObject({
      code: 'feeds-damaged',
      what: 'tracker: it unpacks to more than 1073741824 bytes',
    })
    expect(shown.filter((name) => /tracker|feeds/.test(name))).toEqual([])
    expect(shown.length).toBeGreaterThan(0)
    expect(await listKept(into)).toEqual([])
  })

  test('and its parts together are too large, then nothing is taken', async () => {
    const limits = { part: 2 ** 20, all: 100 }
    const all = importFile(join(folder, 'data.tar'), into, undefined, limits)
    expect((await problemOfRejected(all)).what).toBe('its parts unpack to more than 100 bytes in total')
    expect(await listKept(into)).toEqual([])
  })

  test('with its attestation, then whose it is has to hold', async () => {
    await publish()
    const bundles = [...assets].find(([path]) => path.endsWith('.json'))?.[1] ?? ''
    writeFileSync(join(folder, 'bundle.json'), bundles)
    writeFileSync(join(folder, 'root.json'), sigstore.trustedRoot)
    let output = ''
    const around = {
      now: NOW,
      signal: new AbortController().signal,
      progress: () => {},
      print: (text: string) => {
        output += text
      },
    }
    const inputs: Readonly<Record<string, string>> = {
      'cache-dir': into,
      'data-trusted-root': join(folder, 'root.json'),
    }
    const readInput = (name: string) => inputs[name] ?? ''
    const from = (repository: string, bundle = 'bundle.json') =>
      importFeeds(join(folder, 'data.tar'), readInput, around, { bundle: join(folder, bundle), repository })
    const refused = await problemOfRejected(from(`${github.url}/mallory/seaworthy`))
    expect([refused.code, await listKept(into)]).toEqual(['signature-refused', []])
    expect(await problemOfRejected(from(`${github.url}/acme/seaworthy`, 'no-such'))).toMatchObject({
      code: 'bad-input',
    })
    await from(`${github.url}/acme/seaworthy`)
    expect(output).toContain(`attested by ${workflow(`${github.url}/acme/seaworthy`)}\ntracker`)
    expect(await listKept(into)).toEqual(await listKept(cache))
  })

  test('and the cache is empty or damaged, then no file is written', async () => {
    const empty = join(folder, 'empty')
    expect(await problemOfRejected(exportFile(empty, join(folder, 'none.tar'), NOW))).toMatchObject({
      code: 'feeds-damaged',
    })
    expect(readdirSync(folder)).not.toContain('none.tar')
  })
})
