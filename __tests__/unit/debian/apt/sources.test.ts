import { describe, expect, test } from '@jest/globals'
import { readSources } from '../../../../src/debian/apt/sources.js'
import { problemThrownBy } from '../../../support/problems.js'

const list = (text: string) => ({ 'etc/apt/sources.list': text })
const deb822 = (text: string) => ({ 'etc/apt/sources.list.d/x.sources': text })
const short = (files: Record<string, string>, architectures = ['amd64']) =>
  readSources(files, architectures).map(({ uri, suite, component, architecture }) =>
    [uri, suite, component, architecture].join(' '),
  )

describe('sources in one line', () => {
  test.each([
    [
      'deb http://m.example/debian bookworm main contrib',
      ['main', 'contrib'].map((c) => `http://m.example/debian/ bookworm ${c} amd64`),
    ],
    [' \tdeb http://m.example/d/ x main # comment', ['http://m.example/d/ x main amd64']],
    [
      'deb [signed-by=/k.gpg arch=arm64,i386] http://m.example/ x main',
      ['http://m.example/ x main arm64', 'http://m.example/ x main i386'],
    ],
    [
      'deb [ arch+=i386 ] http://m.example/ x main',
      ['http://m.example/ x main amd64', 'http://m.example/ x main i386'],
    ],
    ['deb [arch-=amd64] http://m.example/ x main', []],
    ['deb [ARCH=i386] http://m.example/ x main', ['http://m.example/ x main amd64']],
    ['deb http://m.example/$(ARCH)/ ./', ['http://m.example/amd64/ ./  amd64']],
    ['deb http://m.example/ a%2fb main', ['http://m.example/ a/b main amd64']],
    ['deb-src http://m.example/ x main', []],
    ['# deb http://m.example/ x main', []],
    ['deb [ arch=i386 ] http://m.example/[a#b]/ x main', ['http://m.example/[a#b]/ x main i386']],
    ['deb http://m.example/x[ x main', ['http://m.example/x[/ x main amd64']],
    ['deb [arch=i386 arch+=amd64 arch-=i386] http://m.example/ x main', ['http://m.example/ x main amd64']],
    [
      'deb cdrom:[Debian 12 _Bookworm_]/ bookworm main',
      ['cdrom:[Debian 12 _Bookworm_]/ bookworm main amd64'],
    ],
    ['deb http://m.example/ x main\ndeb http://m.example/ x main', ['http://m.example/ x main amd64']],
  ])('when a line is %j, then the indexes are %j', (text, expected) => {
    expect(short(list(text))).toEqual(expected)
  })

  test.each([
    ['deb http://m.example/ bookworm', 'Malformed entry 1 in list file /etc/apt/sources.list (Component)'],
    [
      '\ndeb http://m.example/ ./ main',
      'Malformed entry 2 in list file /etc/apt/sources.list (absolute Suite Component)',
    ],
    ['deb http://m.example/', 'Malformed entry 1 in list file /etc/apt/sources.list (Suite)'],
    [
      'rpm http://m.example/ x main',
      "Type 'rpm' is not known on line 1 in source list /etc/apt/sources.list",
    ],
    ['deb', 'Malformed line 1 in source list /etc/apt/sources.list (type)'],
    ['deb [arch=amd64', '[option] unparsable'],
    ['deb [arch=amd64 http://m.example/ two main', '[option] not assignment'],
    ['deb [arch=amd64]http://m.example/ x main', '[option] too short'],
    ['deb [=x] http://m.example/ x main', '[option] no key'],
    ['deb [arch=] http://m.example/ x main', '[option] no value'],
    ['\ufeffdeb http://m.example/ x main', 'is not known on line 1'],
    ['deb http://m.example/ x\u00a0main', '(Component)'],
  ])('when a line is %j, then apt stops and we say so', (text, reason) => {
    const problem = problemThrownBy(() => short(list(text)))
    expect(problem.code).toBe('apt-stops')
    expect(problem.what).toContain(reason)
  })

  test('when apt stops, then the file and its line are named, and what to do', () => {
    expect(problemThrownBy(() => short(list('\ndeb\n')))).toEqual({
      code: 'apt-stops',
      what: 'apt in this image stops with an error: Malformed line 2 in source list /etc/apt/sources.list (type)',
      where: 'etc/apt/sources.list:2',
      todo: 'repair that file in the image; until then, apt installs no updates',
    })
    const bad = (text: string) => problemThrownBy(() => short(list(text))).what
    expect(bad('deb [arch=i386]')).toContain('(URI)')
    expect(bad('deb m.example x main')).toContain('(URI parse)')
    expect(bad('deb-src http://m.example/ x')).toContain('(Component)')
  })

  test.each([
    ['http://u:p@m.example:80/', 'm.example'],
    ['https://[::1]:80/', '[::1]'],
    ['file:///srv/', ''],
    ['copy:/srv/', ''],
    ['odd:x', ''],
  ])('when the address is %s, then the site is %j', (uri, site) => {
    expect(readSources(list(`deb ${uri} x main`), ['amd64'])[0]?.site).toBe(site)
  })

  test.each([
    ['yes', true],
    ['1', true],
    ['on', true],
    ['enable', true],
    ['with', true],
    ['TRUE', true],
    ['+1', true],
    ['no', false],
    ['0', false],
    ['off', false],
    ['disable', false],
    ['without', false],
    ['False', false],
    ['maybe', null],
  ])('when trusted is %s, then that is %s', (value, trusted) => {
    const [source] = readSources(list(`deb [trusted=${value}] http://m.example/ x main`), ['amd64'])
    expect(source?.trusted).toBe(trusted)
  })

  test('when options are given, then they are reported', () => {
    const text = 'deb [signed-by=/k.gpg trusted=yes check-valid-until=no] http://u:p@m.example:80/ x main'
    expect(readSources(list(text), ['amd64'])).toMatchObject([
      {
        signedBy: '/k.gpg',
        trusted: true,
        checkValidUntil: false,
        site: 'm.example',
        file: 'etc/apt/sources.list',
      },
    ])
  })
})

describe('sources in stanzas', () => {
  test('when a stanza has several of all, then every pair is an index', () => {
    const text =
      '# x\nTYPES: deb deb-src\nURIs: http://a.example http://b.example\nSuites: x\n y\n# middle\nComponents: main\n'
    expect(short(deb822(text))).toEqual(
      ['a', 'b'].flatMap((host) => ['x', 'y'].map((suite) => `http://${host}.example/ ${suite} main amd64`)),
    )
  })

  test.each([
    ['no', 0],
    ['False', 0],
    ['0', 0],
    ['00', 0],
    ['maybe', 1],
    ['yes', 1],
  ])('when Enabled is %s, then %i indexes are read', (value, count) => {
    const text = `Enabled: ${value}\nTypes: deb\nURIs: http://a.example\nSuites: x\nComponents: main`
    expect(short(deb822(text))).toHaveLength(count)
  })

  test.each([
    ['Types: foo\nEnabled: no\n', "Type 'foo' is not known on stanza 1"],
    ['\ufeffTypes: deb\n', 'Malformed stanza 1'],
  ])('when a stanza begins with %j, then apt stops and we say so', (begin, reason) => {
    const text = `${begin}URIs: http://a.example\nSuites: x\nComponents: main\n`
    expect(problemThrownBy(() => short(deb822(text))).what).toContain(reason)
  })

  test('when addresses or suites are missing, or there are too many, then apt stops or is not followed', () => {
    const bad = (text: string) => problemThrownBy(() => short(deb822(text)))
    expect(bad('Types: deb\nSuites: x\nComponents: main\n').what).toMatch(/\(URI\)$/)
    expect(bad('Types: deb\nURIs: http://a.example\nComponents: main\n').what).toMatch(/\(Suite\)$/)
    const many = (count: number) =>
      `Types: deb\nURIs: http://a.example\nSuites: ${Array.from({ length: count }, (_, at) => `s${at}`).join(' ')}\nComponents: main\n`
    expect(short(deb822(many(20_000)))).toHaveLength(20_000)
    expect(bad(many(20_001))).toMatchObject({
      what: "apt in this image stops with an error: the image's apt sources contain more than 20000 indexes (/etc/apt/sources.list.d/x.sources)",
      todo: 'list only the sources that are used; until then, apt installs no updates',
    })
  })

  test('when Types is empty, then the stanza names nothing', () => {
    expect(short(deb822('Types:\nURIs: http://a.example\nSuites: x\nComponents: main\n'))).toEqual([])
  })

  test('when components are missing, then apt stops and we say so', () => {
    const problem = problemThrownBy(() => short(deb822('Types: deb\nURIs: http://a.example\nSuites: x\n')))
    expect(problem.what).toContain(
      'Malformed entry 1 in sources file /etc/apt/sources.list.d/x.sources (Component)',
    )
  })
})

test('when files have other extensions, then they are not read', () => {
  const text = 'deb http://m.example/ x main\n'
  const files = { 'etc/apt/sources.list.d/a.list.save': text, 'etc/apt/sources.list.d/b.disabled': text }
  expect(short(files)).toEqual([])
})
