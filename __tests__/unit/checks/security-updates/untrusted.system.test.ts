import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import {
  aKey,
  aRelease,
  indexFiles,
  PACKAGES,
  publish,
  type ReleaseParts,
} from '../../../support/debian-archive.js'
import { XZ_BOMB } from '../../../support/xz.js'
import { archiveOf, key, one, server, stranger } from './collected.js'

describe('an archive that cannot be trusted', () => {
  const release = (parts: Partial<ReleaseParts> & { suite: string }) =>
    aRelease({ files: indexFiles(), ...parts })
  const put = (suite: string, document: string) =>
    server.pages.set(
      `${suite.endsWith('-security') ? '/debian-security' : '/debian'}/dists/${suite}/InRelease`,
      document,
    )

  const cases: readonly (readonly [string, string, string, () => Promise<unknown>])[] = [
    [
      'a byte of InRelease was changed',
      'bookworm',
      'archive-bad-signature',
      async () =>
        put(
          'bookworm',
          (await key.sign(release({ suite: 'bookworm' }))).replace('Origin: Debian', 'Origin: Debiam'),
        ),
    ],
    [
      'another key signed it',
      'bookworm',
      'archive-bad-signature',
      async () => put('bookworm', await stranger.sign(release({ suite: 'bookworm' }))),
    ],
    [
      'it is not signed',
      'bookworm',
      'archive-not-signed',
      async () => put('bookworm', release({ suite: 'bookworm' })),
    ],
    [
      'it is HTML',
      'bookworm',
      'archive-not-signed',
      async () => put('bookworm', '<html><body>Please log in</body></html>'),
    ],
    [
      'it holds two signed blocks',
      'bookworm',
      'archive-not-signed',
      async () => {
        const signed = await key.sign(release({ suite: 'bookworm' }))
        put('bookworm', `${signed}\n${signed}`)
      },
    ],
    [
      'it is cut',
      'bookworm',
      'archive-not-signed',
      async () => put('bookworm', (await key.sign(release({ suite: 'bookworm' }))).slice(0, 700)),
    ],
    [
      'the index of another release is served',
      'bookworm',
      'archive-wrong-suite',
      async () => put('bookworm', await key.sign(release({ suite: 'trixie' }))),
    ],
    [
      'Valid-Until has passed',
      'bookworm-security',
      'archive-expired',
      () => publish(server, key, { suite: 'bookworm-security', validUntil: 'Mon, 23 Nov 2026 10:00:00 UTC' }),
    ],
    [
      'the security suite of a supported release has no Valid-Until',
      'bookworm-security',
      'archive-expired',
      () => publish(server, key, { suite: 'bookworm-security', validUntil: null }),
    ],
    [
      'it is from the future',
      'bookworm',
      'archive-date-in-future',
      () => publish(server, key, { suite: 'bookworm', date: 'Thu, 26 Nov 2026 10:00:00 UTC' }),
    ],
    [
      'it has no Date field',
      'bookworm',
      'archive-release-malformed',
      async () => put('bookworm', await key.sign(release({ suite: 'bookworm' }).replace(/^Date/m, 'Data'))),
    ],
    [
      'the server fails',
      'bookworm',
      'archive-status',
      async () =>
        server.pages.set('/debian/dists/bookworm/InRelease', (_, response) =>
          response.writeHead(403).end('no'),
        ),
    ],
    [
      'it lists no index of the architecture',
      'bookworm',
      'archive-index-missing',
      () => publish(server, key, { suite: 'bookworm', files: indexFiles(PACKAGES, 'main/binary-arm64') }),
    ],
    [
      'the main index is empty',
      'bookworm',
      'archive-index-empty',
      () => publish(server, key, { suite: 'bookworm', files: indexFiles('') }),
    ],
    [
      'the -updates index is empty and the signed size is not 0',
      'bookworm-updates',
      'archive-index-empty',
      () => publish(server, key, { suite: 'bookworm-updates', files: indexFiles('\n') }),
    ],
    [
      'an index is no Packages file',
      'bookworm',
      'archive-index-broken',
      () => publish(server, key, { suite: 'bookworm', files: indexFiles('hello\n\nworld\n') }),
    ],
    [
      'an xz bomb is signed with a small size',
      'bookworm',
      'archive-index-broken',
      () =>
        publish(server, key, {
          suite: 'bookworm',
          files: {
            'main/binary-amd64/Packages': Buffer.from(PACKAGES),
            'main/binary-amd64/Packages.xz': Buffer.from(XZ_BOMB, 'base64'),
          },
        }),
    ],
    [
      'what is packed is not what is signed',
      'bookworm',
      'archive-index-broken',
      () =>
        publish(server, key, {
          suite: 'bookworm',
          files: {
            'main/binary-amd64/Packages': Buffer.from(PACKAGES),
            'main/binary-amd64/Packages.gz': gzipSync(PACKAGES.replace('2.6.2', '2.6.1')),
          },
        }),
    ],
    [
      'an index is no xz file',
      'bookworm',
      'archive-index-broken',
      () =>
        publish(server, key, {
          suite: 'bookworm',
          files: { 'main/binary-amd64/Packages.xz': Buffer.from('hello') },
        }),
    ],
  ]

  test.each(cases)('when %s, then %s is unanswered: %s', async (_, suite, code, spoil) => {
    await spoil()
    const evidence = await one()
    expect(evidence.problem?.code).toBe(code)
    expect(archiveOf(evidence).failed).toMatchObject([{ suite, problem: { code } }])
    expect(archiveOf(evidence).asked.filter((answer) => answer.suite === suite)[0]).toMatchObject({
      outcome: code,
      from: 'input',
    })
  })

  const spoiled = (change: (bytes: Buffer) => Buffer | string) => {
    for (const [path, page] of server.pages) {
      if (path.startsWith('/debian/dists/bookworm/main/') && Buffer.isBuffer(page)) {
        server.pages.set(path, change(page))
      }
    }
  }
  test.each([
    ['is cut', 'archive-index-mismatch', (bytes: Buffer) => bytes.subarray(0, -10)],
    [
      'has another hash',
      'archive-index-mismatch',
      (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 1)),
    ],
    ['is HTML', 'archive-index-mismatch', () => '<html></html>'],
    ['does not end', 'archive-oversize', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1 << 20)])],
  ])('when Packages %s, then the suite is unanswered: %s', async (_, code, change) => {
    spoiled(change)
    expect((await one()).problem?.code).toBe(code)
  })

  test('when Packages by path is an older one than the signed, then the suite is unanswered', async () => {
    await publish(server, key, { suite: 'bookworm', byHash: false })
    const old = gzipSync(PACKAGES.replace('2.6.2', '2.6.1'))
    server.pages.set('/debian/dists/bookworm/main/binary-amd64/Packages.gz', old)
    expect((await one()).problem?.code).toMatch(/^archive-(index-mismatch|oversize)$/)
  })

  test('when text stands around the armour, then it is not read', async () => {
    const signed = await key.sign(release({ suite: 'bookworm' }))
    const fake = 'Origin: Evil\nSuite: bookworm\nCodename: bookworm\nDate: Tue, 24 Nov 2026 11:59:00 UTC\n\n'
    put('bookworm', `${fake}${signed}\n${fake}`)
    const evidence = await one()
    expect(evidence.problem).toBeNull()
    expect(archiveOf(evidence).suites[2]?.release).toMatchObject({
      origin: 'Debian',
      date: '2026-11-24T10:00:00.000Z',
    })
  })

  test('when a signed line begins with a hyphen, then it is read without its escape', async () => {
    put('bookworm', await key.sign(`${release({ suite: 'bookworm' })}-Note: -----BEGIN PGP SIGNATURE-----\n`))
    expect((await one()).problem).toBeNull()
  })

  test('when the key had expired at the Date of the file, then a signature from before does not count', async () => {
    const old = await aKey('2025-01-01T00:00:00Z', 86_400)
    const date = new Date('2025-01-01T06:00:00Z')
    put('bookworm', await old.sign(release({ suite: 'bookworm' }), { date }))
    const evidence = await one({ trust: { certificates: [key.certificate, old.certificate] } })
    expect(evidence.problem).toMatchObject({
      code: 'archive-bad-signature',
      what: expect.stringContaining('expired'),
    })
  })

  test('when a suite is older than the floor, then it is unanswered', async () => {
    const evidence = await one({ trust: { oldest: { bookworm: '2026-11-24T10:00:01.000Z' } } })
    expect(evidence.problem?.code).toBe('archive-rolled-back')
  })
})
