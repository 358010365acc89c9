import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { machineSources } from '../../../../src/checks/security-updates/collect.js'
import { isDebianArchive, mirrorsOf } from '../../../../src/checks/security-updates/mirrors.js'
import { suitesFor } from '../../../../src/checks/security-updates/subject.js'
import { readSources } from '../../../../src/debian/apt/sources.js'
import { ARCHIVE_KEYS } from '../../../../src/debian/archive-keys.js'

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
  test('when all are there, then the order is input, image, machine, Debian’s own, each once', () => {
    const sources = {
      inputs: { main: 'http://first/debian', security: null },
      image: targets(
        'deb http://image/debian bookworm main contrib',
        'deb http://snap/archive/debian/20250520T000000Z bookworm main',
        'deb http://image/debian-security bookworm-security main',
      ),
      machine: targets('deb http://machine/debian/ trixie main', 'deb http://image/debian trixie main'),
    }
    expect(mirrorsOf('main', sources).map(({ url, from }) => `${from} ${url}`)).toEqual([
      'input http://first/debian/',
      'image http://image/debian/',
      'machine http://machine/debian/',
      'default http://ftp.debian.org/debian/',
    ])
    expect(mirrorsOf('security', sources).map(({ url }) => url)).toEqual([
      'http://image/debian-security/',
      'http://security.debian.org/debian-security/',
    ])
  })

  test('when an image names a hundred mirrors, then few of them are asked', () => {
    const image = targets(...Array.from({ length: 100 }, (_, n) => `deb http://m${n}/debian bookworm main`))
    expect(mirrorsOf('main', { inputs: { main: null, security: null }, image, machine: [] })).toHaveLength(5)
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
