import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { tarOf } from '../../../../src/io/archive/formats/tar-writer.js'
import { indexFiles, PACKAGES, publish, sha256 } from '../../../support/debian-archive.js'
import { key, type Options, one, server } from './collected.js'

describe('changelogs', () => {
  const DEB = 'pool/updates/main/a/apt/apt_2.6.2.debian.tar.gz'
  const text =
    'apt (2.6.2) bookworm-security; urgency=high\n\n  * Fix CVE-2026-0001.\n\napt (1.0) unstable\n\n  * CVE-2020-0001\n'
  const packed = (changelog: string) =>
    gzipSync(
      tarOf([
        { path: 'debian/control', text: 'x' },
        { path: 'debian/changelog', text: changelog },
      ]),
    )
  const sourcesOf = (bytes: Buffer) =>
    `Package: apt\nVersion: 2.6.2\nDirectory: pool/updates/main/a/apt\nChecksums-Sha256:\n ${sha256(bytes)} ${bytes.length} apt_2.6.2.debian.tar.gz\n`

  const sourcesIndex = (signed: Buffer) => {
    const sources = sourcesOf(signed)
    return { 'main/source/Sources': Buffer.from(sources), 'main/source/Sources.gz': gzipSync(sources) }
  }
  async function published(signed: Buffer, served: Buffer = signed): Promise<void> {
    const files = { ...indexFiles(), ...sourcesIndex(signed) }
    await publish(server, key, { suite: 'bookworm-security', files })
    server.pages.set(`/debian-security/${DEB}`, served)
  }
  const read = async (options: Options = { fixDays: true }) => {
    const { documents, problem } = await one(options)
    expect(problem).toBeNull()
    const all = JSON.parse(documents['changelogs.json'] ?? 'null')
    // bash has a newer version too, and no stanza in the index of sources.
    return all?.filter(({ source }: { source: string }) => source === 'apt') ?? null
  }

  test('when the days of fixes are asked for, then the newer entries are in the evidence, with their dates', async () => {
    const dated = ` -- A <a@example.org>  Tue, 24 Nov 2026 10:00:00 +0100\n`
    await published(packed(text.replace('0001.\n', `0001.\n\n${dated}`)))
    expect(await read()).toMatchObject([
      {
        source: 'apt',
        version: '2.6.2',
        installed: '1.0',
        url: `${server.url}/debian-security/${DEB}`,
        problem: null,
      },
    ])
    const [{ text: kept }] = await read()
    expect(kept).toContain('CVE-2026-0001')
    expect(kept).toContain(dated)
    expect(kept).not.toContain('CVE-2020-0001')
  })

  test('when they are not asked for, then no index of sources is fetched', async () => {
    await published(packed(text))
    expect(await read({})).toBeNull()
    expect(server.requests.filter((path) => path.includes('source') || path.includes('pool'))).toEqual([])
  })

  test.each([
    [
      'is another file than is signed',
      () => published(packed(text), packed(`${text}x`)),
      /archive-(index-mismatch|oversize)/,
    ],
    [
      'holds no changelog',
      () => published(gzipSync(tarOf([{ path: 'debian/rules', text: 'x' }]))),
      /changelog-missing/,
    ],
    ['is not packed as it is called', () => published(Buffer.from('no gzip')), /./],
  ])('when the file %s, then only its days are not known, and why', async (_, prepare, code) => {
    await prepare()
    const [{ text: kept, problem }] = await read()
    expect(kept).toBeNull()
    expect(problem.code).toMatch(code)
  })

  test('when the archive lists no index of sources, then that is reported', async () => {
    expect(await read()).toMatchObject([
      { source: 'apt', text: null, problem: { code: 'archive-index-missing' } },
    ])
  })

  const ar = (name: string, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(
        `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`,
      ),
      bytes,
      Buffer.alloc(bytes.length % 2, '\n'),
    ])
  const aDeb = (path: string) =>
    Buffer.concat([
      Buffer.from('!<arch>\n'),
      ar('debian-binary', Buffer.from('2.0\n')),
      ar('control.tar.gz', gzipSync(tarOf([{ path: './control', text: 'x' }]))),
      ar('data.tar.gz', gzipSync(tarWith(path, gzipSync(text)))),
    ])

  test.each([
    ['changelog.Debian.gz', 'apt (2.6.2)'],
    ['copyright', null],
  ])(
    'when the mirror lacks the source and the package holds %s, then that is what is known',
    async (name, begins) => {
      const deb = aDeb(`./usr/share/doc/apt/${name}`)
      const place = 'pool/updates/main/a/apt/apt_2.6.2_amd64.deb'
      const packages = PACKAGES.replace(
        'Installed-Size',
        `Filename: ${place}\nSHA256: ${sha256(deb)}\nInstalled-Size`,
      )
      await publish(server, key, {
        suite: 'bookworm-security',
        files: { ...indexFiles(packages), ...sourcesIndex(packed(text)) },
      })
      server.pages.set(`/debian-security/${place}`, deb)
      const [{ text: kept, problem }] = await read()
      expect(kept?.slice(0, 11) ?? null).toBe(begins)
      expect(problem?.code ?? null).toBe(begins === null ? 'archive-not-found' : null)
    },
  )
})

/** A tar with one file of any bytes. */
function tarWith(path: string, bytes: Buffer): Buffer {
  const made = tarOf([{ path, text: 'x'.repeat(bytes.length) }])
  bytes.copy(made, 512)
  return made
}
