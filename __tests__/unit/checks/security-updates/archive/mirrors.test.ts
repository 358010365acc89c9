import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isDebianArchive } from '../../../../../src/checks/security-updates/archive/mirrors.js'
import {
  hostsNamed,
  mayRedirect,
  mirrorsOf,
  unaskedMirrorsOf,
} from '../../../../../src/checks/security-updates/archive/mirrors-of.js'
import { suitesFor } from '../../../../../src/checks/security-updates/archive/needs.js'
import { machineSources } from '../../../../../src/checks/security-updates/archive/session.js'
import { readSources } from '../../../../../src/debian/apt/sources.js'
import { ARCHIVE_KEYS } from '../../../../../src/debian/archive-keys.js'

const KEY = ARCHIVE_KEYS[0]?.fingerprint ?? ''

const targets = (...lines: string[]) => readSources({ 'etc/apt/sources.list': lines.join('\n') }, ['amd64'])

describe('isDebianArchive', () => {
  test.each([
    ['deb http://deb.debian.org/debian bookworm main', true],
    ['deb http://mirror.example.org/debian/ bookworm main', true],
    ['deb https://mirror.example.org/debian-security bookworm-security updates/main', true],
    [
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.org/d bookworm main',
      true,
    ],
    ['deb [signed-by=/etc/apt/keyrings/debian.asc] http://deb.debian.org/debian bookworm main', true],
    ['deb [signed-by=/k.gpg] http://security.debian.org bookworm-security main', true],
    ['deb [signed-by=/k.gpg] https://people.debian.org/~someone/x bookworm main', false],
    ['deb [signed-by=/k.gpg] http://mirror.example.org/debian-security/ bookworm-security main', true],
    [`deb [signed-by=${KEY}] http://mirror.example.org/d bookworm main`, true],
    [
      `deb [signed-by=${KEY.slice(0, 24)}${'0'.repeat(16)}] http://mirror.example.org/debian bookworm main`,
      false,
    ],
    ['deb http://snapshot.debian.org/archive/debian/20250520T000000Z bookworm main', true],
    ['deb https://download.example.com/linux/debian bookworm stable', false],
    ['deb [signed-by=/etc/apt/keyrings/other.gpg] https://example.com/debian bookworm main', false],
    ['deb http://example.com/php bookworm main', false],
    ['deb http://archive.example.com/ubuntu noble main', false],
    ['deb http://evildebian.org/x bookworm main', false],
    ['deb file:/srv/debian bookworm main', false],
    ['deb http://mirror.example.org/debian ./', false],
  ])('when the source is %s, then it is Debian’s own: %s', (line, expected) => {
    expect(targets(line).map(isDebianArchive)).toEqual([expected])
  })
})

describe('a key inside of a stanza', () => {
  const stanza = (key: string) =>
    readSources(
      {
        'etc/apt/sources.list.d/x.sources': `Types: deb\nURIs: http://mirror.example.org/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n${key
          .split('\n')
          .map((line) => ` ${line === '' ? '.' : line}`)
          .join('\n')}\n`,
      },
      ['amd64'],
    )
  const armoured = (key: string) =>
    `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${key.replace(/.{64}/g, '$&\n')}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----`

  test("when it is one of Debian's, in the form of gpg or of others, then the source is Debian's, else not", () => {
    const key = ARCHIVE_KEYS[0]?.key ?? ''
    expect(stanza(armoured(key)).map(isDebianArchive)).toEqual([true])
    // GnuPG writes the older form of packet headers (RFC 9580, 4.2.2).
    expect(stanza(armoured(`mQIN${key.slice(4)}`)).map(isDebianArchive)).toEqual([true])
    expect(stanza(armoured(`mQIN${key.slice(4).replace('A', 'B')}`)).map(isDebianArchive)).toEqual([false])
  })
})

describe('mirrorsOf', () => {
  const sources = {
    inputs: { main: 'http://first/debian', security: null },
    image: targets(
      'deb http://image.example/debian bookworm main contrib',
      'deb http://snapshot.debian.org/archive/debian/20250520T000000Z bookworm main',
      'deb http://ftp.de.debian.org/debian bookworm main',
      'deb http://deb.debian.org/debian bookworm main',
      'deb http://image.example/debian-security bookworm-security main',
      'deb http://deb.debian.org/debian-security bookworm-security main',
    ),
    machine: targets('deb http://machine/debian/ trixie main', 'deb http://first/debian trixie main'),
  }

  test('when all are there, then the order is input, machine, Debian’s own, and of the image only Debian’s hosts', () => {
    expect(mirrorsOf('main', sources).map(({ url, from }) => `${from} ${url}`)).toEqual([
      'input http://first/debian/',
      'machine http://machine/debian/',
      'default http://deb.debian.org/debian/',
      'image http://ftp.de.debian.org/debian/',
    ])
    expect(mirrorsOf('security', sources).map(({ url, from }) => `${from} ${url}`)).toEqual([
      'default http://security.debian.org/debian-security/',
      'image http://deb.debian.org/debian-security/',
    ])
  })

  test('when only the image names a mirror, then it is reported and not asked; when an input names it too, then it is asked', () => {
    expect(unaskedMirrorsOf('main', sources)).toEqual(['http://image.example/debian/'])
    const inputs = { main: 'http://image.example/debian/', security: null }
    expect(unaskedMirrorsOf('main', { ...sources, inputs })).toEqual([])
    expect(mirrorsOf('main', { ...sources, inputs })[0]).toEqual({
      url: 'http://image.example/debian/',
      from: 'input',
    })
  })

  test.each([
    'http://evildebian.org/debian',
    'http://deb.debian.org.example/debian',
    'http://cloudfront.debian.net/debian',
    'http://deb.debian.org:8080/debian',
    'http://user:secret@deb.debian.org/debian',
    'http://deb.debian.org@mirror.example/debian',
  ])('when the image names %s, then it is none of Debian’s hosts', (url) => {
    const image = targets(`deb ${url} bookworm main`)
    const one = { inputs: { main: null, security: null }, image, machine: [] }
    expect(mirrorsOf('main', one).map(({ from }) => from)).toEqual(['default'])
    expect(unaskedMirrorsOf('main', one).join()).not.toContain('secret')
  })

  test('when an image names a hundred mirrors of Debian, then few of them are asked', () => {
    const image = targets(
      ...Array.from({ length: 100 }, (_, n) => `deb http://m${n}.debian.org/debian bookworm main`),
    )
    expect(mirrorsOf('main', { inputs: { main: null, security: null }, image, machine: [] })).toHaveLength(5)
  })

  test('when hosts are named by inputs or the machine, then these alone may be of a private network', () => {
    expect([...hostsNamed(sources)]).toEqual(['first', 'machine'])
  })
})

describe('mayRedirect', () => {
  test.each([
    ['http://mirror.example/a', 'http://mirror.example/b', true],
    ['http://mirror.example/a', 'https://mirror.example/a', true],
    ['http://mirror.example/a', 'http://mirror.example:2375/a', false],
    ['http://127.0.0.1:80/a', 'http://127.0.0.1:2375/a', false],
    ['http://mirror.example/a', 'http://other.example/a', false],
    ['http://mirror.example/a', 'http://deb.debian.org/a', false],
    ['http://ftp.debian.org/a', 'https://deb.debian.org/a', true],
    ['http://deb.debian.org/a', 'http://169.254.169.254/a', false],
  ])('when %s sends on to %s, then it is followed: %s', (from, to, expected) => {
    expect(mayRedirect(new URL(from), new URL(to))).toBe(expected)
  })
})

describe('suitesFor', () => {
  test('when the image has no sources, then the three suites of its release are wanted, main only', () => {
    expect(suitesFor('bookworm', ['amd64'], []).map(({ suite, components }) => [suite, components])).toEqual([
      ['bookworm-security', ['main']],
      ['bookworm-updates', ['main']],
      ['bookworm', ['main']],
    ])
  })

  test('when it names other suites, then those of Debian are wanted with their own components', () => {
    const sources = targets(
      'deb http://deb.debian.org/debian bookworm main contrib',
      'deb http://deb.debian.org/debian bookworm-backports main non-free',
      'deb http://deb.debian.org/debian ../../x main',
      'deb http://example.com/apt bookworm-pgdg main',
    )
    const plans = suitesFor('bookworm', ['amd64', 'i386'], sources)
    expect(plans.map(({ suite }) => suite).slice(3)).toEqual(['bookworm-backports'])
    expect(plans[3]).toMatchObject({
      components: ['main', 'non-free'],
      architectures: ['amd64'],
      required: false,
    })
    expect(plans[0]?.components).toEqual(['main', 'contrib', 'non-free'])
  })
})

describe('machineSources', () => {
  test('when the machine has both forms, then both are read; when one is broken, then there are none', () => {
    const root = mkdtempSync(join(tmpdir(), 'seaworthy-test-'))
    try {
      mkdirSync(join(root, 'etc/apt/sources.list.d'), { recursive: true })
      writeFileSync(join(root, 'etc/apt/sources.list'), 'deb http://a/debian bookworm main\n')
      writeFileSync(
        join(root, 'etc/apt/sources.list.d/b.sources'),
        'Types: deb\nURIs: http://b/debian-security\nSuites: bookworm-security\nComponents: main\n',
      )
      writeFileSync(join(root, 'etc/apt/sources.list.d/c.list.disabled'), 'deb http://c/debian x main\n')
      expect(machineSources(root).map(({ uri }) => uri)).toEqual([
        'http://a/debian/',
        'http://b/debian-security/',
      ])
      writeFileSync(join(root, 'etc/apt/sources.list'), 'deb http://a/debian\n')
      expect(machineSources(root)).toEqual([])
      expect(machineSources(join(root, 'nowhere'))).toEqual([])
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
