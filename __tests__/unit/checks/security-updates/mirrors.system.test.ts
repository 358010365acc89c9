import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readSources } from '../../../../src/debian/apt/sources.js'
import {
  aDebianImage,
  indexFiles,
  PACKAGES,
  publish,
  startServer,
  type TestServer,
} from '../../../support/debian-archive.js'
import { archiveOf, folder, key, one, proxy, SUITES, SUPPORT, server, stranger } from './collected.js'

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
