import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { openFeed } from '../../../../src/feeds/addresses.js'
import { lookUpOsv } from '../../../../src/feeds/osv/look-up.js'
import { exportFile } from '../../../../src/feeds/published/carry-file.js'
import { type DataIndex, HEAD_BYTES, readHead } from '../../../../src/feeds/published/data-file.js'
import type { FeedOptions } from '../../../../src/feeds/refresh.js'
import { openTracker } from '../../../../src/feeds/tracker/open.js'
import { tarOfMembers } from '../../../../src/io/archive/formats/tar-writer.js'
import { type FakeNvd, fakeNvd } from '../../../support/fake-nvd.js'
import { type FakeServer, fakeServer } from '../../../support/fake-server.js'
import { aMetric, epssText, kevText } from '../../../support/feed-texts.js'
import { rawRecords } from '../../../support/osv/records.js'
import { type StandInSigner, type StandInSigstore, standInSigstore } from '../../../support/sigstore.js'
import { NEVER } from '../../../support/waiting.js'
import { makeZip } from '../../../support/zip.js'
import { sha256 } from '../../io/archive/build.js'

export const CVE = 'CVE-2026-1001'
export const TRACKER = `{"apt":{"${CVE}":{"releases":{"bookworm":{"status":"open","urgency":"low"}}}}}`
export const NOW = new Date()
export const dayOf = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10)

/** Of a day after those that come with the gate. */
const ENDS = '2099-01-01\nnginx 1.99:2099-06-01:1.99.9\n'

export let folder: string
export let cache: string
export let nvd: FakeNvd
export let feeds: FakeServer
export let github: FakeServer
export let sigstore: StandInSigstore

/** What the releases hold: path -> bytes. */
export const assets = new Map<string, Buffer>()

/** How the releases are served. */
export const serving = { knowsRanges: true }

/** How many bytes were sent of the data file. */
export let sent = 0
export let file: Buffer
export let index: Buffer

// Each test file has its own copy of this module, and so these hooks.
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
    const [, from, to] = (serving.knowsRanges && /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')) || []
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
  serving.knowsRanges = true
  sent = 0
})

export const options = (cacheDir: string | null = null): FeedOptions => ({
  cacheDir,
  offline: false,
  now: NOW,
  progress: () => {},
  retries: 0,
  timeoutMs: NEVER,
  trustedRoot: sigstore.trustedRoot,
})
export const releases = () => `${github.url}/acme/seaworthy/releases`

export const workflow = (repository: string, name = 'feeds.yml@refs/heads/main') =>
  `${repository}/.github/workflows/${name}`

/** A statement as actions/attest-build-provenance writes it. */
export async function statementOf(bytes: Buffer, more: object = {}) {
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
export async function publish(
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

/** The same file with another index, and other bytes in some parts, as its index says. */
export function withIndex(
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
