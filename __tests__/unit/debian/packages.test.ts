import { describe, expect, test } from '@jest/globals'
import { mainPackages, readPackages } from '../../../src/debian/packages.js'
import { codeOf, problemThrownBy } from '../../support/problems.js'

const STATUS = 'var/lib/dpkg/status'

/** A stanza as dpkg writes it, with a line left out (`null`), changed or added. */
function stanza(part: Record<string, string | null> = {}): string {
  const fields = {
    Package: 'apt',
    Status: 'install ok installed',
    Architecture: 'amd64',
    Version: '2.6.1',
    Description: 'commandline package manager\n long text',
    ...part,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\n`],
  )
  return `${lines.join('')}\n`
}

function read(files: Record<string, string>, unreadable: Record<string, string> = {}) {
  return readPackages({ files, unreadable })
}

function readOne(part: Record<string, string | null>) {
  return read({ [STATUS]: stanza(part) })[0]
}

describe('readPackages', () => {
  test('when a package is its own source, then source and version are its own', () => {
    expect(read({ [STATUS]: stanza() })).toEqual([
      {
        name: 'apt',
        version: '2.6.1',
        architecture: 'amd64',
        source: 'apt',
        sourceVersion: '2.6.1',
        want: 'install',
        flag: 'ok',
        state: 'installed',
        database: STATUS,
      },
    ])
  })

  test.each(['Essential', 'Protected', 'Important'])('when %s is yes, then it is not removed', (field) => {
    expect(readOne({ [field]: 'yes' })).toMatchObject({ name: 'apt', essential: true })
    expect(readOne({ [field]: 'no' })).not.toHaveProperty('essential')
  })

  test('when Source names a version, then it is the source version', () => {
    const part = { Package: 'bsdutils', Source: 'util-linux (2.36.1-8)', Version: '1:2.36.1-8' }
    expect(readOne(part)).toMatchObject({
      source: 'util-linux',
      sourceVersion: '2.36.1-8',
      version: '1:2.36.1-8',
    })
  })

  test('when Source names no version, then the source has the version of the package', () => {
    expect(readOne({ Source: 'util-linux' })).toMatchObject({ source: 'util-linux', sourceVersion: '2.6.1' })
    expect(readOne({ Source: '' })).toMatchObject({ source: 'apt', sourceVersion: '2.6.1' })
    expect(readOne({ Source: 'b(2)' })).toMatchObject({ source: 'b', sourceVersion: '2' })
  })

  test.each([
    'installed',
    'unpacked',
    'half-configured',
    'half-installed',
    'triggers-awaited',
    'triggers-pending',
  ])('when the state is %s, then the package counts', (state) => {
    expect(readOne({ Status: `hold reinstreq ${state}` })).toMatchObject({
      want: 'hold',
      flag: 'reinstreq',
      state,
    })
  })

  test('when a package is to be removed and still installed, then it counts', () => {
    expect(readOne({ Status: 'deinstall ok installed' })).toMatchObject({ name: 'apt', want: 'deinstall' })
  })

  test.each(['not-installed', 'config-files'])('when the state is %s, then it does not count', (state) => {
    const gone = stanza({ Package: 'gone', Status: `deinstall ok ${state}`, Version: null })
    expect(read({ [STATUS]: gone + stanza() }).map(({ name }) => name)).toEqual(['apt'])
  })

  test('when one name has two architectures, then there are two packages', () => {
    const text = stanza() + stanza({ Architecture: 'i386' })
    expect(read({ [STATUS]: text }).map(({ architecture }) => architecture)).toEqual(['amd64', 'i386'])
  })

  test('when Architecture is missing, then it is empty, as dpkg-query shows it', () => {
    expect(readOne({ Architecture: null })).toMatchObject({ architecture: '' })
  })

  test('when the image is distroless, then the files of status.d are its packages', () => {
    const files = {
      'var/lib/dpkg/status.d/base': stanza({ Package: 'base-files', Status: null }),
      'var/lib/dpkg/status.d/tzdata': stanza({ Package: 'tzdata', Status: null }).trimEnd(),
      'var/lib/dpkg/status.d/tzdata.md5sums': 'no stanza at all\n',
    }
    const packages = read(files)
    expect(packages.map(({ name, state }) => [name, state])).toEqual([
      ['base-files', 'installed'],
      ['tzdata', 'installed'],
    ])
    expect(mainPackages(packages)).toEqual(packages)
  })

  test('when there is another root inside the image, then its packages are read and are not the main ones', () => {
    const packages = read({
      'opt/root/var/lib/dpkg/status': stanza({ Package: 'inner' }),
      'srv/var/lib/dpkg/status.d/x': stanza({ Package: 'part', Status: null }),
      [STATUS]: stanza(),
    })
    expect(packages.map(({ name }) => name)).toEqual(['inner', 'part', 'apt'])
    expect(mainPackages(packages).map(({ name }) => name)).toEqual(['apt'])
  })

  test.each([
    ['no file at all', {}],
    ['an Alpine image', { 'etc/os-release': 'ID=alpine\n' }],
    ['an empty status file', { [STATUS]: '' }],
    ['only removed packages', { [STATUS]: stanza({ Status: 'deinstall ok config-files' }) }],
    ['only another root inside', { 'opt/root/var/lib/dpkg/status': stanza() }],
  ])('when there is %s, then it is not a Debian image', (_, files) => {
    const why = STATUS in files ? 'its dpkg database lists no installed packages' : 'it has no dpkg database'
    expect(problemThrownBy(() => read(files))).toMatchObject({
      code: 'no-dpkg',
      what: `not a Debian image: ${why}`,
      where: STATUS,
    })
  })

  test.each([
    ['a sentence', 'Package: is being delivered\n and no dpkg\n'],
    ['a name alone', 'Package: hello\n'],
    ['a file that ends in a line', 'Package: hello\n\nVersion: 1'],
    ['no stanza', 'check process web\n'],
  ])('when a file elsewhere is %s, then it is no database', (_, text) => {
    const files = { [STATUS]: stanza(), 'opt/t/status': text, 'etc/monit/status.d/web.conf': text }
    expect(read(files).map(({ name }) => name)).toEqual(['apt'])
    expect(codeOf(() => read({ [STATUS]: text }))).toBe('dpkg-status-broken')
    expect(codeOf(() => read({ 'var/lib/dpkg/status.d/x': text }))).toBe('dpkg-status-broken')
  })

  test('when a database elsewhere has packages and is damaged, then it is refused', () => {
    const files = { [STATUS]: stanza(), 'opt/t/status': `${stanza({ Package: 'inner' })}Package: cut off` }
    expect(codeOf(() => read(files))).toBe('dpkg-status-broken')
  })

  test('when there are more stanzas than can be, then that is reported before they are parsed', () => {
    const small = 'Package: a\n\n'.repeat(100_001)
    expect(problemThrownBy(() => read({ [STATUS]: small }))).toMatchObject({
      code: 'dpkg-unreadable',
      where: STATUS,
      what: 'the package database has more than 100000 packages, which is the limit',
    })
  })

  test('when there are as many as can be, in all databases together, then that is no reason to refuse them', () => {
    const parts = (count: number) => ({
      [STATUS]: 'Package: a\n\n'.repeat(count),
      'srv/var/lib/dpkg/status': stanza(),
    })
    // Each file counts as one more than it has: the last stanza may lack its empty line.
    expect(codeOf(() => read(parts(99_997)))).toBe('dpkg-status-broken')
    expect(codeOf(() => read(parts(99_998)))).toBe('dpkg-unreadable')
  })

  test('when the same root is read again, then its packages are the same list', () => {
    const root = { files: { [STATUS]: stanza() }, unreadable: {} }
    expect(readPackages(root)).toBe(readPackages(root))
  })

  test.each([
    ['.'],
    [STATUS],
    ['var/lib/dpkg'],
    ['var'],
    ['var/lib/dpkg/status.d'],
    ['var/lib/dpkg/status.d/base'],
    ['opt/root/var/lib/dpkg/status'],
  ])('when %s could not be read, then nothing is said about packages', (path) => {
    expect(problemThrownBy(() => read({ [STATUS]: stanza() }, { [path]: 'is a link' }))).toEqual({
      code: 'dpkg-unreadable',
      what: `the package database cannot be read: ${path}: is a link`,
      where: path,
      todo: 'make var/lib/dpkg/status a regular file in the image',
    })
  })

  test('when another file could not be read, then the packages are read', () => {
    expect(
      read({ [STATUS]: stanza() }, { 'etc/os-release': 'is a link', 'var/lib/dpkg/info': 'x' }),
    ).toHaveLength(1)
  })

  test.each([
    ['apt is installed but has no version', { Version: null }],
    ['apt is installed but has no version', { Version: '' }],
    ['apt: "1 2" is not a valid Debian version: it contains spaces', { Version: '1 2' }],
    ['apt: "1-" is not a valid Debian version: its revision is empty', { Source: 'apt (1-)' }],
    ['this stanza has no Status field', { Status: null }],
    ['"install ok" is not a valid status', { Status: 'install ok' }],
    ['"install ok installed now" is not a valid status', { Status: 'install ok installed now' }],
    ['"install ok fine" is not a valid status', { Status: 'install ok fine' }],
    ['"wish ok installed" is not a valid status', { Status: 'wish ok installed' }],
    ['"install fine installed" is not a valid status', { Status: 'install fine installed' }],
    ['"a b" is not a valid package name', { Package: 'a b' }],
    ['"a b" is not a valid source package', { Source: 'a b' }],
    ['apt is installed but has no version', { Status: 'install ok half-installed', Version: null }],
  ])('when %s, then the database is refused with the line of the stanza', (what, part) => {
    const text = stanza({ Package: 'zlib1g' }) + stanza(part)
    expect(problemThrownBy(() => read({ [STATUS]: text }))).toMatchObject({
      code: 'dpkg-status-broken',
      what: `the package database is damaged: ${what}`,
      where: `${STATUS}:8`,
    })
  })

  test.each(['Package', 'Status', 'Source'])(
    'when %s is refused and long, then its first 60 characters are named',
    (field) => {
      const problem = problemThrownBy(() => readOne({ [field]: '_'.repeat(61) }))
      expect(problem.what).toMatch(/: "_{60}" is not a valid (?:package name|status|source package)$/)
    },
  )

  test.each(['unknown', 'install', 'hold', 'deinstall', 'purge'])(
    'when %s is wanted, then the package counts',
    (want) => {
      expect(readOne({ Status: `${want} ok installed` })).toMatchObject({ want, flag: 'ok' })
    },
  )

  test('when a package is there twice, then the database is refused, as by dpkg', () => {
    const problem = problemThrownBy(() => read({ [STATUS]: stanza() + stanza({ Version: '9' }) }))
    expect(problem.what).toBe('the package database is damaged: apt:amd64 appears twice, first on line 1')
    expect(problem.where).toBe(`${STATUS}:8`)
  })

  // One of `all` is installed as the native one: dpkg 1.21 refuses both orders.
  test.each([
    ['all', 'amd64'],
    ['amd64', 'all'],
    ['all', null],
  ])('when it is there as %s and as %s, then the database is refused', (one, other) => {
    const [first, second] = [stanza({ Architecture: one }), stanza({ Architecture: other, Version: '9' })]
    expect(codeOf(() => read({ [STATUS]: first + second }))).toBe('dpkg-status-broken')
  })

  test('when two files of status.d have a package in two versions, then nobody knows which it is', () => {
    const parts = (version: string) => ({
      'var/lib/dpkg/status.d/apt': stanza(),
      'var/lib/dpkg/status.d/0': stanza({ Version: version }),
    })
    const problem = problemThrownBy(() => read(parts('9')))
    expect(problem.what).toBe(
      'the package database is damaged: apt:amd64 appears twice, also in var/lib/dpkg/status.d/0',
    )
    expect(problem.where).toBe('var/lib/dpkg/status.d/apt:1')
    expect(read(parts('2.6.1'))).toHaveLength(2)
  })

  test('when dpkg only warns about a version, then it is taken', () => {
    expect(readOne({ Version: 'a_1' })).toMatchObject({ version: 'a_1' })
  })
})
