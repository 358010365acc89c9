import { chmodSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../../src/feeds/addresses.js'
import { carry, listKept } from '../../../../src/feeds/carry.js'
import { lookUpOsv } from '../../../../src/feeds/osv/look-up.js'
import { exportFile, importFile } from '../../../../src/feeds/published/carry-file.js'
import { readHead } from '../../../../src/feeds/published/data-file.js'
import type { FeedOptions } from '../../../../src/feeds/refresh.js'
import { importFeeds } from '../../../../src/gate/feeds.js'
import { rawRecords } from '../../../support/osv/records.js'
import { problemOfRejected } from '../../../support/rejections.js'
import {
  assets,
  cache,
  feeds,
  file,
  folder,
  github,
  NOW,
  nvd,
  options,
  publish,
  sigstore,
  withIndex,
  workflow,
} from './releases.js'

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
