import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { openFeed } from '../../../../src/feeds/addresses.js'
import { openEnds } from '../../../../src/feeds/ends.js'
import { pick } from '../../../../src/feeds/formats/table.js'
import { lookUpOsv } from '../../../../src/feeds/osv/look-up.js'
import { HEAD_BYTES, readHead } from '../../../../src/feeds/published/data-file.js'
import type { FeedOptions } from '../../../../src/feeds/refresh.js'
import { problemOfRejected } from '../../../support/rejections.js'
import {
  assets,
  CVE,
  dayOf,
  file,
  folder,
  github,
  index,
  NOW,
  nvd,
  options,
  publish,
  releases,
  sent,
  serving,
  statementOf,
  withIndex,
  workflow,
} from './releases.js'

const cvss = (more: Partial<FeedOptions> = {}) =>
  openFeed('cvss', [releases(), nvd.base], { ...options(), ...more })

describe('when a repository publishes data that its workflow has attested', () => {
  test.each([true, false])(
    'then it is used, and whose it is and of when is reported (ranges: %s)',
    async (ranges) => {
      await publish()
      serving.knowsRanges = ranges
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
