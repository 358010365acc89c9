import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type RowsBoard, rowsBoard } from '../../../../src/checks/collecting.js'
import type { Trust } from '../../../../src/checks/security-updates/archive/session.js'
import { collectSecurityUpdates } from '../../../../src/checks/security-updates/collect.js'
import { readSources } from '../../../../src/debian/apt/sources.js'
import { parseStanzas } from '../../../../src/debian/control.js'
import { parseTracker } from '../../../../src/debian/tracker.js'
import { tarOf } from '../../../../src/io/archive/tar-writer.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import type { Image } from '../../../../src/model/image.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { aProblem } from '../../../support/builders.js'
import {
  aDebianImage,
  aKey,
  aRelease,
  indexFiles,
  NOW,
  opening,
  PACKAGES,
  publish,
  type ReleaseParts,
  sha256,
  startProxy,
  startServer,
  type TestKey,
  type TestServer,
} from '../../../support/debian-archive.js'
import { emptyShelf, fakeRegistry, put, serve } from '../../../support/fake-registry.js'
import { NEVER } from '../../../support/waiting.js'
import { XZ_BOMB, XZ_PACKAGES, XZ_PLAIN } from '../../../support/xz.js'

const SUITES = ['bookworm-security', 'bookworm-updates', 'bookworm']
const SUPPORT = [
  {
    codename: 'bookworm',
    version: '12',
    released: '2023-06-10',
    eol: '2026-07-11',
    eolLts: '2028-06-30',
    eolElts: null,
  },
]

let key: TestKey
let stranger: TestKey
let server: TestServer
let folder: string

beforeAll(async () => {
  ;[key, stranger] = await Promise.all([aKey(), aKey()])
})
beforeEach(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'))
  for (const suite of SUITES) {
    await publish(server, key, { suite })
  }
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Options {
  readonly images?: readonly Image[]
  readonly cacheDir?: string | null
  readonly kept?: string | null
  readonly mirror?: string | null
  readonly securityMirror?: string | null
  readonly trust?: Partial<Trust>
  readonly tracker?: Parameters<typeof collectSecurityUpdates>[1]['tracker']
  readonly rows?: RowsBoard
  readonly fixDays?: boolean
  readonly machine?: Parameters<typeof collectSecurityUpdates>[3]
  readonly patienceMs?: number
}

async function collect(options: Options = {}): Promise<Evidence[]> {
  const { images = [aDebianImage()], cacheDir = null, kept = cacheDir, trust = {}, machine = [] } = options
  const evidence = await collectSecurityUpdates(
    images.map(opening),
    {
      debianMirror: options.mirror === undefined ? `${server.url}/debian` : options.mirror,
      debianSecurityMirror:
        options.securityMirror === undefined ? `${server.url}/debian-security/` : options.securityMirror,
      tracker: options.tracker ?? null,
      rows: options.rows ?? rowsBoard(),
      fixDays: options.fixDays ?? false,
      cacheDir,
      kept,
      allowedBases: 'any',
      officialMirrors: [],
      engine: () => Promise.reject(new Error('no engine')),
      now: NOW,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
      patienceMs: options.patienceMs ?? NEVER,
      progress: () => {},
    },
    // Without a last resort no test reaches out: hosts of the last resort are refused by the proxy below.
    { certificates: [key.certificate], oldest: {}, support: SUPPORT, ...trust },
    machine,
  )
  return [...evidence]
}

async function one(options: Options = {}): Promise<Evidence> {
  const [evidence] = await collect(options)
  if (evidence === undefined) {
    throw new Error('no evidence')
  }
  return evidence
}

interface Archive {
  readonly asked: readonly {
    readonly suite: string
    readonly url: string
    readonly outcome: string
    readonly from: string
    readonly date: string | null
  }[]
  readonly notAsked: readonly string[]
  readonly suites: readonly {
    readonly suite: string
    readonly url: string
    readonly signedBy: string
    readonly release: Readonly<Record<string, unknown>>
    readonly indexes: readonly {
      readonly component: string
      readonly rows: number
      readonly document: string
      readonly architecture: string
    }[]
    readonly missingComponents: readonly string[]
  }[]
  readonly failed: readonly { readonly suite: string; readonly problem: { readonly code: string } }[]
  readonly stable: unknown
}

function archiveOf({ documents }: Evidence): Archive {
  return JSON.parse(documents['archive.json'] ?? '') as Archive
}

/** No request leaves the machine: last resorts go to a proxy that has nothing. */
let proxy: TestServer
beforeAll(async () => {
  proxy = await startProxy()
  process.env.http_proxy = proxy.url
  process.env.no_proxy = '127.0.0.1'
})
afterAll(async () => {
  delete process.env.http_proxy
  delete process.env.no_proxy
  await proxy.close()
})

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

describe('mirrors', () => {
  const machineAt = (url: string) =>
    readSources(
      {
        'etc/apt/sources.list': `deb ${url}/debian bookworm main\ndeb ${url}/debian-security bookworm-security main\n`,
      },
      ['all'],
    )
  const OLD = 'Tue, 17 Nov 2026 10:00:00 UTC'

  let other: TestServer
  beforeEach(async () => {
    other = await startServer()
  })
  afterEach(() => other.close())

  test('when the first does not verify, then the others count, and all are reported without credentials', async () => {
    for (const suite of SUITES) {
      await publish(other, stranger, { suite })
    }
    const evidence = await one({
      mirror: `${other.url}/debian`,
      securityMirror: null,
      machine: machineAt(server.url.replace('//', '//user:pass@')),
    })
    expect(evidence.problem).toBeNull()
    const proved = { from: 'machine', outcome: 'ok', date: '2026-11-24T10:00:00.000Z' }
    const refused = { from: 'input', outcome: 'archive-bad-signature', date: null }
    const own = expect.objectContaining({
      from: 'default',
      outcome: expect.stringMatching(/^http-|^archive-/),
    })
    expect(archiveOf(evidence).asked).toEqual([
      expect.objectContaining({ suite: 'bookworm-security', ...proved }),
      own,
      expect.objectContaining({ suite: 'bookworm-updates', ...refused }),
      expect.objectContaining({ suite: 'bookworm-updates', ...proved, url: `${server.url}/debian/` }),
      own,
      expect.objectContaining({ suite: 'bookworm', ...refused }),
      expect.objectContaining({ suite: 'bookworm', ...proved }),
      own,
    ])
    expect(JSON.stringify(evidence)).not.toContain('pass@')
  })

  test('when one has an older copy, then the newest counts, whoever named which, and only that one is kept', async () => {
    const cacheDir = join(folder, 'cache')
    for (const suite of SUITES) {
      await publish(other, key, { suite, date: OLD, files: indexFiles(PACKAGES.replace('5.3', '5.2')) })
    }
    const newer = { main: `${server.url}/debian`, security: `${server.url}/debian-security` }
    const older = { main: `${other.url}/debian`, security: `${other.url}/debian-security` }
    for (const [input, machine] of [
      [older, server.url],
      [newer, other.url],
    ] as const) {
      const evidence = await one({
        mirror: input.main,
        securityMirror: input.security,
        machine: machineAt(machine),
        cacheDir,
      })
      expect(evidence.problem).toBeNull()
      const { suites, asked } = archiveOf(evidence)
      expect(suites.map(({ url }) => url)).toEqual([
        `${server.url}/debian-security/`,
        `${server.url}/debian/`,
        `${server.url}/debian/`,
      ])
      expect(evidence.documents['packages-2.txt']).toContain('Version: 5.3')
      const dates = new Map(asked.map(({ suite, url, date }) => [`${suite} ${url}`, date]))
      expect(dates.get(`bookworm ${server.url}/debian/`)).toBe('2026-11-24T10:00:00.000Z')
      // The second time one of this date is known, and the old copy is refused for it.
      expect(dates.get(`bookworm ${other.url}/debian/`)).toBe(
        input === older ? '2026-11-17T10:00:00.000Z' : null,
      )
      const kept = readFileSync(join(cacheDir, 'releases/bookworm.json'), 'utf8')
      expect(kept).toContain('24 Nov 2026 10:00:00')
      expect(kept).not.toContain('17 Nov 2026 10:00:00')
    }
  })

  test('when the one with the newest date lacks an index, then another gives it, by the signed hash', async () => {
    for (const suite of SUITES) {
      await publish(other, key, { suite })
    }
    for (const path of [...server.pages.keys()].filter((name) => name.includes('by-hash'))) {
      server.pages.delete(path)
    }
    const evidence = await one({ machine: machineAt(other.url) })
    expect(evidence.problem).toBeNull()
    const { suites, asked } = archiveOf(evidence)
    expect(suites[2]?.url).toBe(`${other.url}/debian/`)
    expect(asked.find(({ suite, from }) => suite === 'bookworm' && from === 'input')?.outcome).toBe(
      'archive-not-found',
    )
  })

  test('when the newest date is of a mirror without its indexes, then an older copy does not take its place', async () => {
    for (const suite of SUITES) {
      await publish(other, key, { suite, date: OLD, files: indexFiles(PACKAGES.replace('5.3', '5.2')) })
    }
    for (const path of [...server.pages.keys()].filter((name) => name.includes('by-hash'))) {
      server.pages.delete(path)
    }
    const evidence = await one({ machine: machineAt(other.url) })
    expect(evidence.problem?.code).toBe('archive-not-found')
    expect(archiveOf(evidence).suites).toEqual([])
  })

  test('when one is silent after another has answered, then it is not waited for, and that is reported', async () => {
    for (const suite of SUITES) {
      other.pages.set(`/debian/dists/${suite}/InRelease`, () => undefined)
    }
    const evidence = await one({ machine: machineAt(other.url), patienceMs: 20 })
    expect(evidence.problem).toBeNull()
    expect(
      archiveOf(evidence).asked.find(({ suite, from }) => suite === 'bookworm' && from === 'machine')
        ?.outcome,
    ).toBe('http-timeout')
  })

  test('when only the image names a mirror, then nobody asks it, and where all others fail the problem names it', async () => {
    const image = aDebianImage({
      'etc/apt/sources.list': `deb ${other.url.replace('//', '//user:pass@')}/debian bookworm main\n`,
    })
    const evidence = await one({ images: [image] })
    expect(evidence.problem).toBeNull()
    expect(archiveOf(evidence).notAsked).toEqual([`${other.url}/debian/`])
    server.pages.clear()
    const failed = await one({ images: [image] })
    expect(failed.problem?.todo).toContain(
      `${other.url}/debian/ was not contacted, because only the image names it`,
    )
    expect(other.requests).toEqual([])
  })

  test('when one sends on to another service of the machine, then it is not followed', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    other.pages.set(path, server.pages.get(path) ?? '')
    server.pages.set(path, (_, response) => response.writeHead(302, { location: other.url + path }).end())
    expect((await one()).problem).toMatchObject({
      code: 'http-redirect-refused',
      what: `redirected to ${other.url.slice('http://'.length)}`,
    })
    expect(other.requests).toEqual([])
  })

  test('when no mirror is named, then Debian’s own are asked, through the proxy', async () => {
    const requests = '//deb.debian.org/debian/dists/bookworm/InRelease'
    for (const [path, page] of server.pages) {
      const host = path.startsWith('/debian-security/') ? 'security.debian.org' : 'deb.debian.org'
      proxy.pages.set(`//${host}${path}`, page)
    }
    try {
      const evidence = await one({ mirror: null, securityMirror: null })
      expect(evidence.problem).toBeNull()
      expect(proxy.requests).toContain(requests)
    } finally {
      proxy.pages.clear()
    }
  })

  test('when a release that has ended is on no mirror, then it is reported as archived', async () => {
    server.pages.clear()
    const support = SUPPORT.map((row) => ({ ...row, eolLts: '2026-08-31' }))
    const evidence = await one({ trust: { support } })
    expect(archiveOf(evidence).failed.map(({ problem }) => problem.code)).toEqual([
      'archive-not-found',
      'archive-not-found',
      'archive-release-archived',
    ])
    // An end of life is an answer.
    expect(evidence.problem).toBeNull()
    expect(JSON.parse(evidence.documents['archived.json'] ?? '').code).toBe('archive-release-archived')
  })

  test('when a release is known to no mirror and no table, then that is reported', async () => {
    const image = aDebianImage({ 'etc/os-release': 'ID=debian\nVERSION_CODENAME=zurg\n' })
    expect((await one({ images: [image] })).problem?.code).toBe('archive-no-such-release')
  })

  test('when an archive of the image next to its release fails, then only that suite is reported as failed', async () => {
    const image = aDebianImage({
      'etc/apt/sources.list': 'deb http://deb.debian.org/debian bookworm-backports main\n',
    })
    const evidence = await one({ images: [image] })
    expect(evidence.problem).toBeNull()
    expect(archiveOf(evidence).failed.map(({ suite }) => suite)).toEqual(['bookworm-backports'])
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

describe('cache', () => {
  test('when nothing has changed, then the second run fetches InRelease only and gives the same', async () => {
    const first = await one({ cacheDir: folder })
    server.requests.length = 0
    const second = await one({ cacheDir: folder })
    expect(server.requests.filter((path) => !path.endsWith('/InRelease'))).toEqual([])
    expect(second.documents).toEqual(first.documents)
  })

  test('when the server gives a validator, then InRelease is asked for conditionally, and verified again', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) as string
    const conditions: (string | undefined)[] = []
    server.pages.set(path, (request, response) => {
      conditions.push(request.headers['if-none-match'])
      if (request.headers['if-none-match'] === '"1"') {
        response.writeHead(304).end()
      } else {
        response.setHeader('etag', '"1"').end(page)
      }
    })
    await one({ cacheDir: folder })
    expect((await one({ cacheDir: folder })).problem).toBeNull()
    expect(conditions).toEqual([undefined, '"1"'])

    const kept = join(folder, 'releases/bookworm.json')
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('Origin: Debian', 'Origin: Debiam'))
    expect((await one({ cacheDir: folder })).problem?.code).toBe('archive-status')
  })

  test('when what is kept does not count, then nothing is asked by a condition, and an old one is still refused', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    const page = server.pages.get(path) as string
    const conditions: (string | undefined)[] = []
    // A cache that somebody else has filled: an InRelease of before, with what the server calls that of today.
    server.pages.set(path, (request, response) => {
      conditions.push(request.headers['if-none-match'])
      response.setHeader('etag', '"1"').end(page)
    })
    await one({ cacheDir: folder })
    const again = await one({ cacheDir: folder, kept: null })
    expect([again.problem, conditions]).toEqual([null, [undefined, undefined]])
    chmodSync(join(folder, 'releases/bookworm.json'), 0o666)
    await one({ cacheDir: folder })
    expect(conditions[2]).toBeUndefined()
    // The date of one that is signed is true, wherever it comes from.
    await publish(server, key, { suite: 'bookworm', date: 'Sat, 11 Jul 2026 10:00:00 UTC' })
    expect((await one({ cacheDir: folder, kept: null })).problem?.code).toBe('archive-rolled-back')
  })

  test('when an older InRelease is replayed, then it is refused, whatever the cache says next to its text', async () => {
    const path = '/debian/dists/bookworm/InRelease'
    await publish(server, key, { suite: 'bookworm', date: 'Sat, 11 Jul 2026 10:00:00 UTC' })
    const old = server.pages.get(path) ?? ''
    await publish(server, key, { suite: 'bookworm' })
    await one({ cacheDir: folder })
    server.pages.set(path, old)
    expect((await one({ cacheDir: folder })).problem?.code).toBe('archive-rolled-back')
    expect((await one()).problem).toBeNull()
  })

  test.each([
    ['is no zstd', () => Buffer.from('hello')],
    ['is cut', (bytes: Buffer) => bytes.subarray(0, -20)],
    ['is empty', () => Buffer.alloc(0)],
  ])('when a kept index %s, then it is fetched again', async (_, change) => {
    const first = await one({ cacheDir: folder })
    for (const name of readdirSync(join(folder, 'indexes'))) {
      const path = join(folder, 'indexes', name)
      writeFileSync(path, change(readFileSync(path)))
    }
    server.requests.length = 0
    const second = await one({ cacheDir: folder })
    expect(second.documents).toEqual(first.documents)
    expect(server.requests.some((path) => path.includes('/by-hash/'))).toBe(true)
  })

  test('when something was not used for 30 days, then it is removed', async () => {
    await one({ cacheDir: folder })
    const unused = `${'0'.repeat(64)}.zst`
    const [old, theirs] = [unused, 'notes.zst'].map((name) => join(folder, 'indexes', name)) as [
      string,
      string,
    ]
    const then = new Date(NOW.getTime() - 31 * 86_400_000)
    for (const path of [old, theirs]) {
      writeFileSync(path, '')
      utimesSync(path, then, then)
    }
    await one({ cacheDir: folder })
    expect(readdirSync(join(folder, 'indexes'))).not.toContain(unused)
    // What is not of the cache stays.
    expect(
      readdirSync(join(folder, 'indexes')).filter((name) => name !== 'notes.zst').length,
    ).toBeGreaterThan(0)
    expect(readdirSync(join(folder, 'indexes'))).toContain('notes.zst')
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
