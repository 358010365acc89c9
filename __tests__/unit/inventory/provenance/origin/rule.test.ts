import { describe, expect, test } from '@jest/globals'
import {
  foreignOf,
  hasUnknownOrigin,
  rowsWanted,
} from '../../../../../src/inventory/provenance/origin/rule.js'
import { archiveOf, installedOne, type Suite } from './archive-of-the-day.js'

const OWN: readonly Suite[] = ['trixie', 'trixie-updates', 'trixie-security']

/** Where it is from, in a trixie image, as "origin suite row". */
function from(text: string, archive = archiveOf('trixie'), unread = false): string {
  const found = foreignOf(installedOne(text), archive, unread)
  return found === null ? 'own' : `${found.origin} ${found.suite} ${found.release}`
}

describe('when all indexes are there, then the first place that fits counts', () => {
  test.each([
    ['of the release', 'bash 5.2.37-2+b10', 'own'],
    ['of its security suite', 'nginx 1.26.3-3+deb13u11', 'own'],
    ['for all architectures', 'tzdata 2026f-0+deb13u1 all', 'own'],
    ['of several that one index has', 'linux-libc-dev 6.12.107-1 all', 'own'],
    ['superseded, by its mark', 'nginx 1.26.3-3+deb13u2', 'own'],
    ['superseded, by none else having it', 'linux-libc-dev 6.12.90-1 all', 'own'],
    ['of bookworm, which trixie has not', 'libicu72 72.1-3+deb12u1', 'stable bookworm bookworm'],
    ['of bookworm, which trixie has higher', 'bash 5.2.15-2+b13', 'stable bookworm bookworm'],
    ['of bookworm-security', 'linux-libc-dev 6.1.192-2', 'stable bookworm-security bookworm'],
    ['superseded in bookworm, by its mark', 'nginx 1.22.1-9+deb12u8', 'stable bookworm bookworm'],
    ['superseded in bookworm, rebuilt', 'nginx 1.22.1-9+deb12u8+b1', 'stable bookworm bookworm'],
    ['superseded in bookworm, from before its first update', 'curl 7.88.1-10', 'stable bookworm bookworm'],
    ['the same, rebuilt', 'curl 7.88.1-10+b1', 'stable bookworm bookworm'],
    ['built for a release without support', 'curl 7.74.0-1.3+deb11u15', 'third-party null null'],
    ['of backports that had it', 'golang-go 2:1.22~3~bpo12+1', 'third-party null null'],
    ['of backports', 'curl 8.21.0-2~bpo13+1', 'backports trixie-backports sid'],
    ['of the backports of bookworm', 'golang-go 2:1.23~2~bpo12+1', 'backports bookworm-backports sid'],
    [
      'of the backports of bookworm, made of what is marked for trixie',
      'curl 8.14.1-2+deb13u2~bpo13+1',
      'backports bookworm-backports sid',
    ],
    ['of testing', 'python3-django 3:5.2.17-2 all', 'testing forky sid'],
    ['of testing and sid', 'golang-go 2:1.27~1', 'testing forky sid'],
    ['of sid', 'python3-django 3:5.2.18-2 all', 'sid sid sid'],
    ['of experimental', 'python3-django 3:6.1.1-1 all', 'experimental experimental sid'],
    ['above all of them', 'nginx 1.29.0-1~trixie', 'third-party null null'],
    ['that nobody has', 'acme-tools 1.0', 'third-party null null'],
    ['by the name of a property', 'constructor 1.0', 'third-party null null'],
    ['of another architecture, which no index has', 'bash 5.2.37-2+b10 i386', 'third-party null null'],
  ])('one %s: %s is %s', (_, text, where) => {
    expect(from(text)).toBe(where)
  })
})

test('when two releases had one version, then it is the image’s own, unless only the other has an update of it', () => {
  const both = (own: string) =>
    archiveOf('trixie', [...OWN, 'bookworm'], {
      bookworm: ['tar 1.34-1+deb12u1 amd64'],
      trixie: [`tar ${own} amd64`],
    })
  expect(from('tar 1.34-1', both('1.34-1+deb13u1'))).toBe('own')
  expect(from('tar 1.34-1', both('1.35-3'))).toBe('stable bookworm bookworm')
  expect(from('tar 1.34-2', both('1.35-3'))).toBe('own')
})

test('when the release that superseded a version could not be read, then a marked one is unknown', () => {
  expect(from('curl 7.88.1-10+deb12u14', archiveOf('trixie', OWN), true)).toBe('unknown null null')
})

test('when proposed-updates has it, then it is the release’s, before any other place', () => {
  const text = 'nginx 1.26.3-3+deb13u12'
  const more = { 'trixie-proposed-updates': [`${text} amd64`], sid: [`${text} amd64`] }
  expect(from(text, archiveOf('trixie', OWN, more))).toBe('own')
  expect(from(text, archiveOf('trixie', OWN))).toBe('third-party null null')
})

test('when a suite could not be read, then what none has is unknown, and what is superseded stays so', () => {
  const archive = archiveOf('trixie', [...OWN, 'bookworm'])
  expect(from('python3-django 3:5.2.18-2 all', archive, true)).toBe('unknown null null')
  expect(from('linux-libc-dev 6.12.90-1 all', archive, true)).toBe('own')
})

describe('when the release’s own indexes are read, then no other is asked for', () => {
  test.each([
    ['what they hold', 'bash 5.2.37-2+b10', false],
    ['what they hold higher, and is marked as built for the release', 'nginx 1.26.3-3+deb13u2', false],
    ['the same, rebuilt', 'nginx 1.26.3-3+deb13u2+b1', false],
    ['the same with a number of its own', 'nginx 1.26.3-3+deb13u2.1', false],
    ['what they hold higher, and is marked for another', 'curl 7.88.1-10+deb12u15', true],
    ['what they hold higher, a backport', 'curl 8.14.1-2+deb13u2~bpo13+1', true],
    ['what they hold higher, without a mark', 'linux-libc-dev 6.12.90-1 all', true],
    ['what they hold lower, marked', 'nginx 1.26.3-3+deb13u99', true],
    ['what they do not hold, marked', 'acme-tools 1.0+deb13u1', true],
  ])('%s: %s is left: %s', (_, text, left) => {
    expect(hasUnknownOrigin(installedOne(text), archiveOf('trixie', OWN))).toBe(left)
  })
})

test('when rows of the tracker are asked for, then by release, with what is signed from another source', () => {
  const archive = archiveOf('trixie', undefined, { sid: ['shim-signed 1.47+15.8-1 amd64'] })
  const foreign = [
    installedOne('shim-signed 1.47+15.8-1', 'shim-signed'),
    installedOne('libicu72 72.1-3+deb12u1', 'icu'),
    installedOne('acme-tools 1.0'),
  ].flatMap((one) => foreignOf(one, archive, false) ?? [])
  expect(rowsWanted(foreign)).toEqual([
    { codename: 'sid', packages: new Set(['shim-signed', 'shim']) },
    { codename: 'bookworm', packages: new Set(['icu']) },
  ])
})

describe('a vendor’s package below Debian’s version of the same name', () => {
  const DEBIANS = [
    'postgresql-15 15.14-0+deb12u1 amd64',
    'mariadb-server 1:10.11.14-0+deb12u2 amd64',
    'nginx 1.22.1-9+deb12u3 amd64',
    'nodejs 18.20.4+dfsg-1~deb12u1 amd64',
    'redis-server 5:7.0.15-1~deb12u5 amd64',
    'rabbitmq-server 3.10.8-1.1+deb12u1 all',
    'erlang-base 1:25.2.3+dfsg-1+deb12u3 amd64',
    'php8.2-cli 8.2.29-1~deb12u1 amd64',
    'haproxy 2.6.12-1+deb12u2 amd64',
    'acme 2.0-1 amd64',
    'libpq5 15.14-0+deb12u1 amd64',
    'postgresql-plperl-15 15.14-0+deb12u1 amd64',
    'postgresql-15-postgis-3 3.4.9+dfsg-2 amd64',
    'php8.2-redis 5.3.7+4.3.0-3 amd64',
    'libmariadb3 1:10.11.14-0+deb12u2 amd64',
    'galera-4 26.4.20-1+deb12u1 amd64',
  ]
  const archive = archiveOf('bookworm', ['bookworm'], { bookworm: DEBIANS })
  const vendor = (text: string, of = archive) =>
    foreignOf(installedOne(text), of, false)?.vendor?.title ?? null

  test.each([
    ['postgresql-15 15.4-1.pgdg120+1', 'apt.postgresql.org'],
    ['mariadb-server 1:10.11.4+maria~deb12', 'mariadb.org'],
    ['mariadb-server 1:10.6.4+maria~bookworm', 'mariadb.org'],
    ['nginx 1.20.1-1~bookworm', 'nginx.org'],
    ['nodejs 16.20.2-1nodesource1', 'NodeSource'],
    ['nodejs 18.17.0-deb-1nodesource1', 'NodeSource'],
    ['redis-server 5:7.0.1-1rl1', 'packages.redis.io'],
    ['redis-server 5:7.0.1-1rl1~bookworm1', 'packages.redis.io'],
    ['php8.2-cli 8.2.6-1+0~20230411.40+debian12~1.gbp2a7a3a', 'packages.sury.org'],
    ['libpq5 15.4-1.pgdg120+1', 'apt.postgresql.org'],
    ['postgresql-plperl-15 15.4-1.pgdg12+1+b1', 'apt.postgresql.org'],
    ['postgresql-15-postgis-3 3.4.0+dfsg-1.pgdg120+1', 'apt.postgresql.org'],
    ['php8.2-redis 5.3.7+4.3.0-1+0~20220808.40+debian12~1.gbp1a2b3c', 'packages.sury.org'],
    ['libmariadb3 1:10.11.4+maria~deb12', 'mariadb.org'],
    ['galera-4 26.4.14-deb12', 'mariadb.org'],
  ])('when it is %s, then it is not an old one of Debian’s, but of %s', (text, title) => {
    expect(from(text, archive)).toBe('third-party null null')
    expect(vendor(text)).toBe(title)
    // No suite can have it, so none is asked, and one that cannot be read changes nothing.
    expect(hasUnknownOrigin(installedOne(text), archive)).toBe(false)
    expect(from(text, archive, true)).toBe('third-party null null')
  })

  test.each([
    'rabbitmq-server 3.9.10-1 all',
    'erlang-base 1:24.3.3-1',
    'postgresql-15 15.3-0+deb12u1',
    'acme 1.0~bookworm',
    'acme 1.0-1.pgdg120+1',
    // Debian's nginx with a vendor's suffix that is not nginx.org's.
    'nginx 1.22.0-9+maria~deb12',
    'nginx 1.22.1-1.pgdg120+1',
    'galera-4 26.4.13-1',
    'libpq5 15.3-0~bookworm',
  ])('when it is %s, which Debian could have had, then it is an old one of Debian’s', (text) => {
    expect(from(text, archive)).toBe('own')
  })

  test.each([
    'haproxy 2.4.22-1~bpo11+1',
    'nginx 1.18.0-6.1+deb11u3',
    'nodejs 12.22.12~dfsg-1~deb11u4',
    'redis-server 5:6.0.16-1+deb11u2',
  ])('when it is %s, which Debian built for a release without support, then nobody updates it', (text) => {
    expect(from(text, archive)).toBe('third-party null null')
    expect(vendor(text)).toBe(null)
    expect(from(text, archive, true)).toBe('unknown null null')
  })

  test('when an index of Debian has the very version, then it is Debian’s', () => {
    const same = archiveOf('bookworm', ['bookworm'], { bookworm: ['nginx 1.20.1-1~bookworm amd64'] })
    expect(from('nginx 1.20.1-1~bookworm', same)).toBe('own')
  })

  test('when the evidence is older than the search for programs, then nobody is taken for a vendor', () => {
    const before = { ...archive, knowsVendors: false }
    expect(from('nginx 1.20.1-1~bookworm', before)).toBe('own')
    expect([vendor('nginx 1.27.3-1~bookworm'), vendor('nginx 1.27.3-1~bookworm', before)]).toEqual([
      'nginx.org',
      null,
    ])
  })

  describe('whose version looks like Debian’s', () => {
    const sid = (...packages: string[]) =>
      archiveOf('bookworm', ['bookworm', 'sid', 'experimental'], { bookworm: DEBIANS, sid: packages })
    const later = sid('rabbitmq-server 4.0.5-6 all', 'haproxy 3.0.11-1 amd64')

    test.each([
      ['rabbitmq-server 4.1.0-1 all', 'RabbitMQ'],
      ['haproxy 3.2.4-1~bpo12+1', 'haproxy.debian.net'],
      // They may be backports, or versions that sid had, of last year.
      ['rabbitmq-server 3.12.4-1 all', null],
      ['haproxy 3.0.4-1~bpo12+1', null],
      ['haproxy 3.0.11-1~bpo12+1', null],
    ])('when it is %s, then only what is above all of Debian’s is a vendor’s: %s', (text, title) => {
      expect(from(text, later)).toBe('third-party null null')
      expect(vendor(text, later)).toBe(title)
    })

    test('when a suite could not be read, then nobody knows', () => {
      const unread = foreignOf(installedOne('rabbitmq-server 4.1.0-1 all'), later, true)
      expect(unread).toMatchObject({ origin: 'unknown' })
      expect(unread?.vendor).toBeUndefined()
    })
  })

  test.each([
    ['mongodb-org-server 7.0.5', 'repo.mongodb.org'],
    ['rabbitmq-server 3.12.4-1 all', 'RabbitMQ'],
    ['vault 1.15.0-1', 'apt.releases.hashicorp.com'],
    ['grafana 10.2.0', 'apt.grafana.com'],
    ['elasticsearch 8.11.1', 'artifacts.elastic.co'],
    ['temurin-17-jdk 17.0.8.1.0+1', 'packages.adoptium.net'],
    ['mysql-community-server-core 8.0.36-1debian12', 'repo.mysql.com'],
    ['docker-ce-cli 5:24.0.7-1~debian.12~bookworm', 'download.docker.com'],
    ['google-chrome-stable 120.0.6099.109-1', 'dl.google.com'],
    ['containerd.io 1.6.26-1', 'download.docker.com'],
    ['pgdg-keyring 2018.2 all', 'apt.postgresql.org'],
    ['varnish 7.3.0-1~bookworm', 'packagecloud.io/varnishcache'],
    ['couchdb 3.5.1~bookworm', 'apache.jfrog.io/couchdb'],
    ['kong 3.9.3', 'packages.konghq.com'],
    ['dotnet-runtime-8.0 8.0.0-1', 'packages.microsoft.com'],
    ['telegraf 1.30.0-1', 'repos.influxdata.com'],
    ['nginx-module-njs 1.27.3+0.8.7-1~bookworm', 'nginx.org'],
    ['acme-agent 2.1', null],
  ])('when Debian has no such version of %s, then its vendor is %s', (text, title) => {
    expect(from(text, archive)).toBe('third-party null null')
    expect(vendor(text)).toBe(title)
  })
})
