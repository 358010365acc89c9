import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { NO_ORIGINS } from '../../../../../src/checks/collecting.js'
import { collectSecurityUpdates } from '../../../../../src/checks/security-updates/collect.js'
import { interpret } from '../../../../../src/checks/security-updates/interpret.js'
import type { Evidence } from '../../../../../src/model/evidence.js'
import type { Image } from '../../../../../src/model/image/image.js'
import type { RowRequest } from '../../../../../src/model/provenance/origin.js'
import {
  aDebianImage,
  aKey,
  indexFiles,
  NOW,
  opening,
  publish,
  startServer,
  type TestKey,
  type TestServer,
} from '../../../../support/debian-archive.js'
import { proxy } from '../../../../support/no-network.js'
import { NEVER } from '../../../../support/waiting.js'
import { INDEXES, indexText } from '../../../inventory/provenance/origin/archive-of-the-day.js'

/** What is read beyond the release's own suites, and when: an archive on the loopback, and a proxy for every other host. */

const SUPPORT = [
  { codename: 'bookworm', version: '12', released: '2023-06-10', eol: '2026-07-11', eolLts: '2028-06-30' },
  { codename: 'trixie', version: '13', released: '2025-08-09', eol: '2028-08-09', eolLts: '2030-06-30' },
  { codename: 'forky', version: '14', released: null, eol: null, eolLts: null },
  { codename: 'duke', version: '15', released: null, eol: null, eolLts: null },
].map((row) => ({ ...row, eolElts: null }))

let key: TestKey
let server: TestServer
beforeAll(async () => {
  key = await aKey()
})
beforeEach(async () => {
  server = await startServer()
  for (const [suite, lines] of Object.entries(INDEXES)) {
    const codename = suite === 'experimental' ? 'rc-buggy' : suite
    await publish(server, key, { suite, codename, files: indexFiles(indexText(lines)) }).then(() => undefined)
  }
  proxy.requests.length = 0
})
afterEach(() => server.close())

/** An image of trixie with `name version [architecture]`, each in a line. */
function imageOf(...packages: readonly string[]): Image {
  const status = packages.map((text) => {
    const [name, version, architecture = 'amd64'] = text.split(' ')
    return `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: ${architecture}\n`
  })
  return aDebianImage({
    'etc/os-release': 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
    'etc/apt/sources.list': 'deb http://packages.example.com/debian-acme/ stable main\n',
    'var/lib/dpkg/status': status.join('\n'),
  })
}

interface Elsewhere {
  readonly suites: readonly { readonly suite: string; readonly place: string; readonly row: string }[]
  readonly unread: readonly { readonly suite: string; readonly why: string }[]
}

async function collect(image: Image): Promise<{
  readonly evidence: Evidence
  readonly elsewhere: Elsewhere
  /** Suites beyond the release's own that were asked for, in order. */
  readonly requested: readonly string[]
  readonly rows: readonly RowRequest[]
}> {
  let { trackerRows: rows } = NO_ORIGINS
  const subject = opening(image)
  const [evidence] = await collectSecurityUpdates(
    [subject],
    {
      archive: {
        mirror: `${server.url}/debian`,
        securityMirror: `${server.url}/debian-security`,
        offline: false,
        fixDays: false,
      },
      tracker: null,
      onOrigins: (about, { trackerRows: wanted }) => {
        rows = about === subject ? wanted : rows
      },
      cacheDir: null,
      allowedBases: 'any',
      officialMirrors: [],
      engine: () => Promise.reject(new Error('no engine')),
      trustedCacheDir: null,
      now: NOW,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
      progress: () => {},
    },
    { certificates: [key.certificate], oldest: {}, support: SUPPORT },
    [],
  )
  if (evidence === undefined) {
    throw new Error('no evidence')
  }
  const { elsewhere } = JSON.parse(evidence.documents['archive.json'] ?? '{}') as { elsewhere: Elsewhere }
  const requested = [...new Set(server.requests.map(suiteOf))].filter((suite) => !OWN.test(suite))
  return { evidence, elsewhere, requested, rows }
}

function suiteOf(path: string): string {
  return /\/dists\/([^/]+)\//.exec(path)?.[1] ?? path
}

/** And the alias by which the current stable is found out. */
const OWN = /^(?:stable|trixie(?:-updates|-security)?)$/
const OTHER_STABLE = ['bookworm', 'bookworm-updates', 'bookworm-security']
const MOVING = [
  ...['trixie-backports', 'trixie-backports-sloppy', 'bookworm-backports', 'bookworm-backports-sloppy'],
  ...['forky', 'sid', 'experimental'],
]

describe('when the release’s own indexes hold every package', () => {
  test.each([
    ['as it is', 'bash 5.2.37-2+b10'],
    ['superseded, by its mark', 'nginx 1.26.3-3+deb13u2'],
  ])('then nothing else is asked: %s', async (_, text) => {
    const { evidence, elsewhere, requested, rows } = await collect(
      imageOf('tzdata 2026f-0+deb13u1 all', text),
    )
    expect(evidence.problem).toBeNull()
    const beyond = proxy.requests.filter((path) => !OWN.test(suiteOf(path)))
    expect([requested, beyond, rows]).toEqual([[], [], []])
    expect(elsewhere).toEqual({ asked: [], suites: [], unread: [] })
  })
})

describe('when a package is left', () => {
  test('then what is found in another stable release is looked for no further', async () => {
    const { elsewhere, requested, rows, evidence } = await collect(imageOf('libicu72 72.1-3+deb12u1'))
    expect(requested).toEqual(expect.arrayContaining(['trixie-proposed-updates', ...OTHER_STABLE]))
    expect(requested).toHaveLength(4)
    expect(elsewhere.suites.filter(({ place }) => place !== 'own')).toMatchObject(
      OTHER_STABLE.map((suite) => ({ suite, place: 'stable', row: 'bookworm' })),
    )
    expect(rows).toEqual([{ codename: 'bookworm', packages: new Set(['libicu72']) }])
    expect(evidence.sources.map(({ name }) => name)).toContain('debian-archive-elsewhere bookworm-security')
  })

  test('then backports, testing, sid and experimental come last, and only its stanzas are kept', async () => {
    const { elsewhere, requested, rows, evidence } = await collect(
      imageOf('python3-django 3:5.2.18-2 all', 'bash 5.2.37-2+b10'),
    )
    expect(requested.slice(-MOVING.length).toSorted()).toEqual(MOVING.toSorted())
    expect(rows).toEqual([{ codename: 'sid', packages: new Set(['python3-django']) }])
    expect(elsewhere.unread).toEqual([])
    const sid = elsewhere.suites.find(({ suite }) => suite === 'sid') as
      | { indexes: { document: string }[] }
      | undefined
    const text = evidence.documents[sid?.indexes[0]?.document ?? ''] ?? ''
    expect(text).toMatch(/^Package: python3-django\nVersion: 3:5\.2\.18-2\n/)
    expect(text).not.toContain('golang')
  })

  test('then the components that the image does not name are looked into first', async () => {
    const files = {
      ...indexFiles(indexText(INDEXES.trixie)),
      ...indexFiles(indexText(['unrar 1:7.1.8-1 amd64']), 'non-free/binary-amd64'),
    }
    await publish(server, key, { suite: 'trixie', components: 'main contrib non-free', files })
    const { requested, rows } = await collect(imageOf('unrar 1:7.1.8-1'))
    expect([requested, rows]).toEqual([['trixie-proposed-updates'], []])
  })

  test('then a host that only the image names is never asked', async () => {
    await collect(imageOf('acme-tools 1.0'))
    const hosts = proxy.requests.map((path) => /^\/\/([^/]+)/.exec(path)?.[1])
    expect(hosts).not.toContain('packages.example.com')
  })
})

describe('when the archive has a newer version of a source package', () => {
  const stanza = (name: string, version: string, source: string) =>
    `Package: ${name}\nSource: ${source}\nVersion: ${version}\nArchitecture: amd64\n`
  const image = (status: string) =>
    aDebianImage({
      'etc/os-release': 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
      'var/lib/dpkg/status': status.replace('\n', '\nStatus: install ok installed\n'),
    })
  const underOtherNames = async (status: string, other: string) => {
    const security = [...INDEXES['trixie-security'].map((line) => indexText([line])), other].join('\n')
    await publish(server, key, { suite: 'trixie-security', files: indexFiles(security) })
    const own = [indexText(INDEXES.trixie), status].join('\n')
    await publish(server, key, { suite: 'trixie', files: indexFiles(own) })
    const { evidence } = await collect(image(status))
    const answer = interpret(evidence, image(status))
    return answer.state === 'answered' ? [...answer.underOtherNames] : answer.problem
  }
  const OLD = stanza('libbotan-3-7', '3.7.1+dfsg-2', 'botan3')

  test('but not of the installed name, then that version is known', async () => {
    const other = stanza('libbotan-3-12', '3.12.0-1+b1', 'botan3 (3.12.0-1)')
    expect(await underOtherNames(OLD, other)).toEqual([['botan3', '3.12.0-1']])
  })

  test('of a signed kernel, then the version of the source that is signed is known', async () => {
    const kernel = stanza('linux-image-6.12.90+deb13-amd64', '6.12.90-1', 'linux-signed-amd64 (6.12.90+1)')
    const other = stanza('linux-image-6.12.118+deb13-amd64-unsigned', '6.12.118-1', 'linux')
    expect(await underOtherNames(kernel, other)).toEqual([['linux', '6.12.118-1']])
  })

  test('also of the installed name, or only an older one, then there is nothing to know', async () => {
    expect(await underOtherNames(OLD, stanza('libbotan-3-7', '3.12.0-1', 'botan3'))).toEqual([])
    expect(await underOtherNames(OLD, stanza('libbotan-3-6', '3.6.0-1', 'botan3'))).toEqual([])
  })
})

describe('when a package is from contrib', () => {
  const OURS = ['trixie', 'trixie-updates', 'trixie-security'] as const
  const CONTRIB = 'contrib/binary-amd64'
  const publishAll = async (components = 'main contrib') => {
    for (const suite of OURS) {
      const version = suite === 'trixie-security' ? '2' : '1'
      const files = {
        ...indexFiles(indexText(INDEXES[suite])),
        ...indexFiles(indexText([`nvidia-modprobe ${version} amd64`, 'bash 9 amd64']), CONTRIB),
      }
      await publish(server, key, { suite, components, files })
    }
  }
  const imageWith = (section: string) =>
    aDebianImage({
      'etc/os-release': 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
      'etc/apt/sources.list': 'deb http://deb.debian.org/debian trixie main\n',
      'var/lib/dpkg/status': [
        'Package: bash\nStatus: install ok installed\nVersion: 5.2.37-2+b10\nArchitecture: amd64\n',
        `Package: nvidia-modprobe\nStatus: install ok installed\nSection: ${section}\nVersion: 1\nArchitecture: amd64\n`,
      ].join('\n'),
    })
  const componentsOf = (evidence: Evidence) =>
    (
      JSON.parse(evidence.documents['archive.json'] ?? '{}') as {
        suites: { suite: string; indexes: { component: string }[] }[]
      }
    ).suites.map(({ suite, indexes }) => `${suite} ${indexes.map(({ component }) => component).join(' ')}`)
  const remove = (suite: string) => {
    for (const path of server.pages.keys()) {
      if (path.includes(`/dists/${suite}/${CONTRIB}/`)) {
        server.pages.delete(path)
      }
    }
  }

  test('and its Section says so, then contrib is read with the first requests, and nothing else is', async () => {
    await publishAll()
    const { evidence, elsewhere, requested } = await collect(imageWith('contrib/misc'))
    expect(componentsOf(evidence)).toEqual(
      ['trixie-security', 'trixie-updates', 'trixie'].map((suite) => `${suite} main contrib`),
    )
    expect([requested, elsewhere.suites]).toEqual([[], []])
    expect(interpret(evidence, imageWith('contrib/misc'))).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ id: 'security-update', package: 'nvidia-modprobe', fixedVersion: '2' }),
      ]),
    })
  })

  test('and nothing says so, then contrib is found, and counts for every package and as a source', async () => {
    await publishAll()
    const { evidence, elsewhere } = await collect(imageWith('misc'))
    expect(elsewhere.suites.filter(({ place }) => place === 'own').map(({ suite }) => suite)).toEqual(
      expect.arrayContaining([...OURS]),
    )
    expect(evidence.sources.map(({ name }) => name)).toContain('debian-archive trixie-security contrib amd64')
    const answer = interpret(evidence, imageWith('misc'))
    const updates = answer.state === 'answered' ? answer.findings : []
    expect(updates.map(({ package: name, fixedVersion }) => `${name} ${fixedVersion}`)).toEqual(
      expect.arrayContaining(['bash 9', 'nvidia-modprobe 2']),
    )
  })

  test('and the Release files list no such component, then that is an answer', async () => {
    await publishAll('main')
    for (const section of ['contrib/misc', 'misc']) {
      const { evidence } = await collect(imageWith(section))
      expect(evidence.problem).toBeNull()
      expect(interpret(evidence, imageWith(section)).state).toBe('answered')
    }
  })

  test('and a Release file lists the component without an index, then that is an answer', async () => {
    await publishAll()
    await publish(server, key, {
      suite: 'trixie-updates',
      components: 'main contrib',
      files: indexFiles(indexText(INDEXES['trixie-updates'])),
    })
    const { evidence } = await collect(imageWith('contrib/misc'))
    expect([evidence.problem, componentsOf(evidence)[1]]).toEqual([null, 'trixie-updates main'])
  })

  test('and its index cannot be fetched, then there is no answer, and the index is named', async () => {
    await publishAll()
    remove('trixie-security')
    const declared = await collect(imageWith('contrib/misc'))
    expect(declared.evidence.problem?.code).toBe('archive-not-found')
    expect(declared.evidence.problem?.where).toContain(`/dists/trixie-security/${CONTRIB}/`)
    const { evidence } = await collect(imageWith('misc'))
    expect(evidence.problem).toBeNull()
    expect(interpret(evidence, imageWith('misc'))).toMatchObject({
      state: 'unanswered',
      problem: { code: 'archive-component-unread', where: 'trixie-security/contrib' },
    })
  })

  test.each([
    ['Version', 'Package: nvidia-modprobe\nArchitecture: amd64\n'],
    ['Architecture', 'Package: nvidia-modprobe\nVersion: 3\n'],
    ['Package', 'Version: 3\nArchitecture: amd64\n'],
  ])('and a signed index has no %s, then there is no answer, and the file is named', async (_, text) => {
    await publishAll()
    const files = { ...indexFiles(indexText(INDEXES.trixie)), ...indexFiles(text, CONTRIB) }
    await publish(server, key, { suite: 'trixie', components: 'main contrib', files })
    const { evidence } = await collect(imageWith('contrib/misc'))
    expect(evidence.problem?.code).toBe('archive-index-broken')
    expect(evidence.problem?.where).toContain(`/dists/trixie/${CONTRIB}/`)
  })

  test('and a signed Release file names components with odd characters, then they are never asked for', async () => {
    await publishAll("main contrib ../../x con;trib 'contrib'")
    const { evidence } = await collect(imageWith('con;trib/misc'))
    expect(evidence.problem).toBeNull()
    expect(server.requests.filter((path) => /;|'|\.\.|%/.test(path))).toEqual([])
  })
})

describe('when a suite is not there', () => {
  test('then of one that need not exist one mirror’s word is enough', async () => {
    const { elsewhere } = await collect(imageOf('acme-tools 1.0'))
    expect(elsewhere.unread).toEqual([])
  })

  test('then of sid every mirror is asked, and that none has it is reported', async () => {
    server.pages.delete('/debian/dists/sid/InRelease')
    const { elsewhere } = await collect(imageOf('acme-tools 1.0'))
    expect(proxy.requests).toContain('//deb.debian.org/debian/dists/sid/InRelease')
    expect(elsewhere.unread.map(({ suite }) => suite)).toEqual(['sid'])
  })

  test('then the release’s own answer is as good as before', async () => {
    for (const suite of [...MOVING, ...OTHER_STABLE]) {
      server.pages.delete(`/debian${suite.endsWith('-security') ? '-security' : ''}/dists/${suite}/InRelease`)
    }
    const { evidence, elsewhere } = await collect(imageOf('acme-tools 1.0'))
    expect(evidence.problem).toBeNull()
    expect(elsewhere.unread.map(({ suite }) => suite)).toEqual([
      ...OTHER_STABLE,
      ...['forky', 'sid', 'experimental'],
    ])
  })

  test('then an architecture that it has left is no error of it', async () => {
    const old = 'acme-tools 1.0 armel'
    for (const suite of ['trixie', 'trixie-updates', 'trixie-security'] as const) {
      const text = indexText(INDEXES[suite])
      const files = { ...indexFiles(text), ...indexFiles(text, 'main/binary-armel') }
      await publish(server, key, { suite, files })
    }
    const { elsewhere } = await collect(imageOf('bash 5.2.37-2+b10', old))
    expect(elsewhere.unread).toEqual([])
  })
})

describe('when sid is an old copy', () => {
  const OLD = { date: 'Fri, 30 Oct 2026 08:08:01 UTC', validUntil: 'Fri, 06 Nov 2026 08:08:01 UTC' }
  beforeEach(async () => {
    await publish(server, key, { suite: 'sid', ...OLD, files: indexFiles(indexText(INDEXES.sid)) })
  })

  test('then what it holds is from there all the same, and what else there is it does not say', async () => {
    const { elsewhere, rows } = await collect(imageOf('python3-django 3:5.2.18-2 all', 'acme-tools 1.0'))
    expect(rows).toEqual([{ codename: 'sid', packages: new Set(['python3-django']) }])
    expect(elsewhere.unread).toEqual([
      { suite: 'sid', why: expect.stringContaining('was valid until 2026-11-06') },
    ])
  })

  test('then an old one of another stable release is none', async () => {
    const files = indexFiles(indexText(INDEXES['bookworm-security']))
    await publish(server, key, { suite: 'bookworm-security', ...OLD, files })
    const { elsewhere, rows } = await collect(imageOf('linux-libc-dev 6.1.192-2'))
    expect(rows).toEqual([])
    expect(elsewhere.unread.map(({ suite }) => suite)).toEqual(['bookworm-security', 'sid'])
  })
})
