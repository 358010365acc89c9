import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { parseStanzas } from '../../../../src/debian/control.js'
import { parseTracker } from '../../../../src/feeds/formats/tracker.js'
import type { Image } from '../../../../src/model/image/image.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { aProblem } from '../../../support/builders.js'
import { aDebianImage, indexFiles, PACKAGES, publish } from '../../../support/debian-archive.js'
import { emptyShelf, fakeRegistry, put, serve } from '../../../support/fake-registry.js'
import { XZ_PACKAGES, XZ_PLAIN } from '../../../support/xz.js'
import { archiveOf, collect, key, one, SUITES, SUPPORT, server } from './collected.js'

describe('a sound archive', () => {
  test('when all is signed and whole, then the evidence holds the stanzas of installed packages in their order', async () => {
    const evidence = await one()
    const archive = archiveOf(evidence)
    expect(evidence.problem).toBeNull()
    expect(archive.suites.map(({ suite }) => suite)).toEqual(SUITES)
    expect(archive.suites[0]).toMatchObject({
      signedBy: key.fingerprint,
      release: {
        codename: 'bookworm-security',
        label: 'Debian-Security',
        validUntil: '2026-12-01T10:00:00.000Z',
        version: null,
      },
      indexes: [{ component: 'main', architecture: 'amd64', rows: 3, document: 'packages-0.txt' }],
    })
    const text = evidence.documents['packages-2.txt'] ?? ''
    const stanzas = parseStanzas(text, 'packages-2.txt')
    expect(stanzas.map(({ fields }) => fields.get('package'))).toEqual(['apt', 'bash'])
    expect(stanzas[0]?.fields.get('depends')).toBe('libc6 (>= 2.34),\n debconf')
    expect(text).not.toMatch(/Description|Tag|implemented-in/)
    expect(evidence.sources).toContainEqual({
      name: 'debian-archive bookworm main amd64',
      url: expect.stringContaining('/by-hash/SHA256/'),
      fetchedAt: expect.any(String),
      date: archive.suites[2]?.release.date,
      rows: 3,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      signedBy: key.fingerprint,
    })
    expect(server.requests.every((path) => path.endsWith('InRelease') || path.includes('/by-hash/'))).toBe(
      true,
    )
  })

  test('when two images share a release, then each gets its own packages and nothing is fetched twice', async () => {
    const status = 'Package: zsh\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n'
    const [a, b] = await collect({
      images: [aDebianImage(), aDebianImage({ 'var/lib/dpkg/status': status })],
    })
    expect(a?.documents['packages-2.txt']).not.toContain('zsh')
    expect(b?.documents['packages-2.txt']).toMatch(/^Package: zsh\n/)
    expect(new Set(server.requests).size).toBe(server.requests.length)
  })

  test('when an image cannot be opened, then the others are answered', async () => {
    const [a, b] = await collect({
      images: [aDebianImage({ 'etc/os-release': 'ID=alpine\n' }), aDebianImage()],
    })
    expect(a?.problem?.code).toBe('not-debian')
    expect(b?.problem).toBeNull()
  })

  test.each([
    ['has both, then gz is taken', [], '.gz'],
    ['lacks gz, then xz is taken', ['.gz'], '.xz'],
  ])('when an index is packed with xz and gz, and the mirror %s', async (_, lacking, taken) => {
    const index = 'main/binary-amd64/Packages'
    const files = {
      [index]: Buffer.from(XZ_PLAIN),
      [`${index}.gz`]: gzipSync(XZ_PLAIN),
      [`${index}.xz`]: Buffer.from(XZ_PACKAGES, 'base64'),
    }
    await publish(server, key, { suite: 'bookworm', files, byHash: false })
    const pathOf = (packing: string) => `/debian/dists/bookworm/${index}${packing}`
    for (const packing of lacking) {
      server.pages.delete(pathOf(packing))
    }
    const evidence = await one()
    expect(evidence.problem).toBeNull()
    expect(evidence.documents['packages-2.txt']).toBe('Package: apt\nVersion: 2.6.2\nArchitecture: amd64\n')
    const requests = server.requests.filter((path) => path.startsWith(pathOf('')))
    expect(requests).toEqual([...lacking, taken].map(pathOf))
  })

  test('when the mirror has none of the packings that the Release lists, then the one asked for first is named', async () => {
    await publish(server, key, { suite: 'bookworm', byHash: false })
    server.pages.delete('/debian/dists/bookworm/main/binary-amd64/Packages.gz')
    expect((await one()).problem).toMatchObject({
      code: 'archive-not-found',
      where: `${server.url}/debian/dists/bookworm/main/binary-amd64/Packages.gz`,
    })
  })

  test('when there is no by-hash, then the index is taken by its path', async () => {
    await publish(server, key, { suite: 'bookworm', byHash: false })
    expect((await one()).problem).toBeNull()
    expect(server.requests).toContain('/debian/dists/bookworm/main/binary-amd64/Packages.gz')
  })

  test('when -updates is empty and the signed size says so, then that is an answer', async () => {
    await publish(server, key, { suite: 'bookworm-updates', files: indexFiles('') })
    const evidence = await one()
    expect(evidence.problem).toBeNull()
    expect(archiveOf(evidence).suites[1]?.indexes[0]?.rows).toBe(0)
  })

  test('when the mirror redirects, then it is followed', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) ?? ''
    server.pages.set('/elsewhere', page)
    server.pages.set(path, (_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect((await one()).problem).toBeNull()
  })

  test('when the image names components, foreign architectures and backports, then they are read too', async () => {
    const stanza = (name: string, architecture: string) =>
      `Package: ${name}\nStatus: install ok installed\nVersion: 1\nArchitecture: ${architecture}\n`
    const image = aDebianImage({
      'var/lib/dpkg/status': [stanza('dpkg', 'amd64'), stanza('bash', 'i386')].join('\n'),
      'var/lib/dpkg/arch': 'amd64\ni386\narm64\n',
      'etc/apt/sources.list':
        'deb http://deb.debian.org/debian bookworm main non-free\ndeb http://deb.debian.org/debian bookworm-backports main\n' +
        'deb http://download.example.org/linux/debian bookworm stable\n',
    })
    const files = { ...indexFiles(), ...indexFiles(PACKAGES, 'main/binary-i386') }
    for (const suite of [...SUITES, 'bookworm-backports']) {
      await publish(server, key, { suite, files })
    }
    const evidence = await one({ images: [image] })
    const archive = archiveOf(evidence)
    expect(evidence.problem).toBeNull()
    expect(archive.suites.map(({ suite }) => suite)).toEqual([...SUITES, 'bookworm-backports'])
    expect(archive.suites[2]?.indexes.map(({ architecture }) => architecture)).toEqual(['amd64', 'i386'])
    expect(archive.suites[2]?.missingComponents).toEqual(['non-free'])
  })

  test('when a package is of an architecture that dpkg does not list, then its index is read, or nothing is said', async () => {
    const stanza = (name: string, architecture: string) =>
      `Package: ${name}\nStatus: install ok installed\nVersion: 1\nArchitecture: ${architecture}\n`
    const of = (architecture: string) =>
      aDebianImage({ 'var/lib/dpkg/status': `${stanza('dpkg', 'amd64')}\n${stanza('bash', architecture)}` })
    const files = { ...indexFiles(), ...indexFiles(PACKAGES, 'main/binary-i386') }
    for (const suite of SUITES) {
      await publish(server, key, { suite, files })
    }
    const evidence = await one({ images: [of('i386')] })
    expect(archiveOf(evidence).suites[0]?.indexes.map(({ architecture }) => architecture)).toEqual([
      'amd64',
      'i386',
    ])
    expect((await one({ images: [of('AMD64')] })).problem?.code).toBe('archive-index-missing')
  })
})

describe('current stable', () => {
  const rows = [
    ...SUPPORT,
    { codename: 'trixie', version: '13', released: '2025-08-09', eol: null, eolLts: null, eolElts: null },
  ]

  test('when the image is of another release, then the newest of the table is asked whether it is stable', async () => {
    await publish(server, key, { suite: 'stable', codename: 'trixie', files: {} })
    server.pages.set(
      '/debian/dists/trixie/InRelease',
      server.pages.get('/debian/dists/stable/InRelease') ?? '',
    )
    expect(archiveOf(await one({ trust: { support: rows } })).stable).toEqual({
      codename: 'trixie',
      from: 'archive',
    })
  })

  test('when a release is newer than the table, then the alias in the archive tells its name', async () => {
    await publish(server, key, { suite: 'stable', codename: 'forky', files: {} })
    await publish(server, key, { suite: 'trixie', files: {} })
    expect(archiveOf(await one({ trust: { support: rows } })).stable).toEqual({
      codename: 'forky',
      from: 'archive',
    })
  })

  test('when an alias is behind, and its release says itself that it is no longer stable, then that holds', async () => {
    await publish(server, key, { suite: 'stable', codename: 'bookworm', files: {} })
    expect(archiveOf(await one({ trust: { support: rows } })).stable).toEqual({
      codename: 'trixie',
      from: 'table',
    })
  })

  test('when the release that the table calls stable says that it is not, then nobody knows', async () => {
    await publish(server, key, { suite: 'testing', codename: 'trixie', files: {} })
    server.pages.set(
      '/debian/dists/trixie/InRelease',
      server.pages.get('/debian/dists/testing/InRelease') ?? '',
    )
    expect(archiveOf(await one({ trust: { support: rows } })).stable).toBeNull()
  })

  test('when the archive does not tell, then the table does', async () => {
    expect(archiveOf(await one({ trust: { support: rows } })).stable).toEqual({
      codename: 'trixie',
      from: 'table',
    })
  })
})

describe('the tracker', () => {
  const about = { url: 'tracker', fetchedAt: null, date: null, sha256: null, rows: 1 }
  const source = { name: 'debian-security-tracker', ...about }

  test('when it is there, then the rows of the image are in the evidence', async () => {
    const requests: (readonly string[])[] = []
    const tracker = async () => ({
      narrow: async (
        wanted: readonly { readonly packages: ReadonlySet<string>; readonly codename: string }[],
      ) => {
        requests.push(...wanted.map(({ packages, codename }) => [codename, ...packages]))
        const rows = { apt: { 'CVE-2026-1': { releases: { bookworm: { status: 'open', urgency: 'low' } } } } }
        return {
          tracker: parseTracker(JSON.stringify(rows)),
          source,
          packages: 1,
          releases: new Set(['bookworm']),
        }
      },
      known: <One>(all: readonly One[]) => all,
      requireRelease: () => {},
      close: async () => {},
    })
    const evidence = await one({ tracker })
    expect(requests).toEqual([expect.arrayContaining(['bookworm', 'apt'])])
    expect(Object.keys(JSON.parse(evidence.documents['tracker.json'] ?? '{}'))).toEqual(['apt'])
    expect(evidence.sources).toContainEqual(source)
  })

  test('when it cannot be had, then the reason is in the evidence, and the archive is read all the same', async () => {
    const tracker = () => Promise.reject(new SeaworthyError(aProblem({ code: 'tracker-unreachable' })))
    const evidence = await one({ tracker })
    expect(evidence.problem).toBeNull()
    expect(JSON.parse(evidence.documents['tracker-problem.json'] ?? '')).toMatchObject({
      code: 'tracker-unreachable',
    })
    expect(archiveOf(evidence).suites).toHaveLength(3)
  })
})

describe('the base', () => {
  const labelled = (host: string): Image => ({
    ...aDebianImage(),
    reference: `${host}/acme/app:1`,
    config: { config: { Labels: { 'org.opencontainers.image.base.name': `${host}/acme/base:12` } } },
  })

  test('when its registry answers, then that is a document and a source of the evidence', async () => {
    const shelf = emptyShelf()
    const image = labelled('127.0.0.1:1')
    put(
      shelf,
      '12',
      image.layers.map(({ diffId }) => diffId),
      { os: 'linux', architecture: 'amd64', variant: null },
    )
    const registry = await fakeRegistry((answer, response) => serve(shelf, answer, response))
    const evidence = await one({ images: [labelled(registry.host)] })
    await registry.close()
    expect(evidence.problem).toBeNull()
    expect(JSON.parse(evidence.documents['base.json'] ?? '')).toMatchObject({ asked: [{ outcome: 'ok' }] })
    expect(evidence.sources.at(-1)?.name).toBe(`registry ${registry.host}/acme/base:12`)
  })

  test('when its registry is silent and the archive has failed, then nobody waits for the registry', async () => {
    const registry = await fakeRegistry(() => undefined)
    server.pages.clear()
    // Who waited for the registry would wait for ever.
    const evidence = await one({ images: [labelled(registry.host)] })
    await registry.close()
    expect(evidence.problem?.code).toMatch(/^archive-/)
  })
})
