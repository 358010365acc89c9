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
    expect(codeOf(() => read(files))).toBe('no-dpkg')
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
    const problem = problemThrownBy(() => read({ [STATUS]: stanza() }, { [path]: 'is a link' }))
    expect(problem.code).toBe('dpkg-unreadable')
    expect(problem.what).toContain('is a link')
    expect(problem.where).toBe(path)
  })

  test('when another file could not be read, then the packages are read', () => {
    expect(
      read({ [STATUS]: stanza() }, { 'etc/os-release': 'is a link', 'var/lib/dpkg/info': 'x' }),
    ).toHaveLength(1)
  })

  test.each([
    ['no version', { Version: null }],
    ['an empty version', { Version: '' }],
    ['a version that dpkg refuses', { Version: '1 2' }],
    ['a source version that dpkg refuses', { Source: 'apt (1-)' }],
    ['no Status', { Status: null }],
    ['two status words', { Status: 'install ok' }],
    ['an unknown state', { Status: 'install ok fine' }],
    ['an unknown want', { Status: 'wish ok installed' }],
    ['an unknown flag', { Status: 'install fine installed' }],
    ['a name with blanks', { Package: 'a b' }],
    ['a source that is no name', { Source: 'a b' }],
    ['a half-installed package without version', { Status: 'install ok half-installed', Version: null }],
  ])('when there is %s, then the database is refused with the line of the stanza', (_, part) => {
    const text = stanza({ Package: 'zlib1g' }) + stanza(part)
    const problem = problemThrownBy(() => read({ [STATUS]: text }))
    expect(problem.code).toBe('dpkg-status-broken')
    expect(problem.where).toBe(`${STATUS}:8`)
  })

  test('when a package is there twice, then the database is refused, as by dpkg', () => {
    const problem = problemThrownBy(() => read({ [STATUS]: stanza() + stanza({ Version: '9' }) }))
    expect(problem.what).toContain('apt:amd64 appears twice, first on line 1')
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
    expect(problem.what).toContain('apt:amd64 appears twice, also in var/lib/dpkg/status.d/0')
    expect(problem.where).toBe('var/lib/dpkg/status.d/apt:1')
    expect(read(parts('2.6.1'))).toHaveLength(2)
  })

  test('when dpkg only warns about a version, then it is taken', () => {
    expect(readOne({ Version: 'a_1' })).toMatchObject({ version: 'a_1' })
  })
})
