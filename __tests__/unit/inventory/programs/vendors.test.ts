import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { withVendorPackages } from '../../../../src/gate/applications.js'
import { applicationInventory, NOTHING_JUDGED } from '../../../../src/inventory/application/inventory.js'
import { presentPrograms } from '../../../../src/inventory/programs/programs.js'
import { vendorsByPurl } from '../../../../src/inventory/programs/vendors.js'
import { rule } from '../../../../src/judge/rulings.js'
import { becauseText } from '../../../../src/model/because/texts.js'
import { aboutPackage, obstacle } from '../../../../src/model/finding/obstacle.js'
import type { ForeignPackage } from '../../../../src/model/provenance/origin.js'
import { isOfPackage, upstreamVersion, vendorOf } from '../../../../src/model/provenance/vendors.js'
import type { GatePolicy } from '../../../../src/policy/gate/thresholds.js'
import { aPolicy, TODAY } from '../../../support/builders.js'
import { vendorsExpected } from '../../../support/osv/vendors.js'
import { goProgram, plainProgram } from '../../../support/programs.js'
import { type Entry, ociEntries, read, tarOf } from '../../io/archive/build.js'

const HEAD = plainProgram().subarray(0, 128)
const elf = (text: string) => Buffer.concat([HEAD, Buffer.from(`\0${text}\0`, 'latin1'), Buffer.alloc(64)])
const md5 = (body: Buffer) => createHash('md5').update(body).digest('hex')

/** A package with its files, as dpkg has it; `broken`: the sums are of other files. */
interface Made {
  readonly text: string
  readonly files?: Readonly<Record<string, Buffer>>
  readonly isBroken?: boolean
}

async function judged(made: readonly Made[], gate: Partial<GatePolicy> = {}, areRead = true) {
  const foreign = made.map(({ text }): ForeignPackage => {
    const [name = '', version = ''] = text.split(' ')
    const args = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
    const vendor = vendorOf(name, version)
    return {
      name,
      version,
      architecture: 'amd64',
      source: name,
      sourceVersion: version,
      ...args,
      origin: 'third-party',
      suite: null,
      release: null,
      ...(vendor && { vendor }),
    }
  })
  const entries = made.flatMap(({ text, files = {}, isBroken = false }): Entry[] => {
    const [name = ''] = text.split(' ')
    const all = Object.entries(files)
    const sums = all.map(([path, body]) => `${isBroken ? '0'.repeat(32) : md5(body)}  ${path}\n`)
    return [
      ...all.map(([path, body]) => ({ path, body })),
      { path: `var/lib/dpkg/info/${name}.list`, body: all.map(([path]) => `/${path}\n`).join('') },
      { path: `var/lib/dpkg/info/${name}.md5sums`, body: sums.join('') },
    ]
  })
  const { image } = await read(tarOf(ociEntries([tarOf(entries)])))
  const inventory = applicationInventory(image, { installed: foreign, foreign })
  const findings = foreign.map(({ name, version, architecture, vendor }) => {
    const details = {
      origin: 'third-party',
      suite: null,
      from: null,
      saysSo: null,
      base: null,
      vendor: vendor?.title ?? null,
    } as const
    const about = { package: name, version, binaries: [{ name, version, architecture }], links: [] }
    return aboutPackage(obstacle('no-security-support', `${name} is foreign`, details), about)
  })
  const looked = { ...NOTHING_JUDGED, judged: new Set(areRead ? (['bitnami'] as const) : []) }
  const policy = aPolicy([], gate)
  const found = withVendorPackages(findings, { looked, inventory, foreign }, policy)
  return {
    updates: [...vendorsByPurl(inventory?.items ?? [], foreign).values()].map(
      ({ title, packages }) => `${title}: ${packages.join(', ')}`,
    ),
    told: found.map((one) => {
      const { ruling } = rule(one, { reference: 'app:1', codename: 'bookworm' }, policy, TODAY)
      return `${one.package} ${one.id} ${ruling}: ${becauseText(rule(one, { reference: 'app:1', codename: 'bookworm' }, policy, TODAY))}`
    }),
    programs: presentPrograms(inventory?.items ?? []).map(
      ({ kind, name, version, places }) =>
        `${kind} ${name} ${version} at ${places.map(({ path }) => path).join(', ')}`,
    ),
  }
}

const NGINX = { 'usr/sbin/nginx': elf('nginx version: nginx/1.27.3\n') }
const POSTGRES = { 'usr/lib/postgresql/15/bin/postgres': elf('postgres (PostgreSQL) 15.4\n') }

describe('a vendor’s package whose program is in its files', () => {
  test('when it is of the package’s version, then it is noted, and names what it is judged as', async () => {
    const { told } = await judged([{ text: 'nginx 1.27.3-1~bookworm', files: NGINX }])
    expect(told).toEqual([
      'nginx vendor-package noted: nginx 1.27.3-1~bookworm is a package of nginx.org, and is judged as nginx 1.27.3',
    ])
  })

  test.each([
    [
      'it has another version',
      { text: 'nginx 1.29.0-1~bookworm', files: NGINX },
      'its program is nginx 1.27.3',
    ],
    ['it has no program', { text: 'nginx 1.27.3-1~bookworm' }, 'its program is not in its files'],
    [
      'its program is not the one that it states',
      { text: 'nginx 1.27.3-1~bookworm', files: NGINX, isBroken: true },
      'its program is not in its files',
    ],
    [
      'its file is another program',
      { text: 'postgresql-15 15.4-1.pgdg120+1', files: { 'usr/lib/postgresql/15/bin/postgres': elf('x') } },
      'its program is PostgreSQL of unknown version',
    ],
    [
      'no advisories are about it',
      {
        text: 'mysql-community-server-core 8.0.36-1debian12',
        files: { 'usr/sbin/mysqld': elf('x') },
      },
      'no advisories are read for MySQL 8.0.36',
    ],
    [
      'nothing is known of it',
      { text: 'google-chrome-stable 120.0.6099.109-1' },
      'no advisories are read for it',
    ],
  ])('when %s, then it blocks, with the reason', async (_, made, why) => {
    const { told } = await judged([made])
    expect(told).toEqual([
      `${made.text.split(' ')[0]} no-security-support act: ${made.text.split(' ')[0]} is foreign; ${why}`,
    ])
  })

  test('when it has a vendor’s shape and no vendor’s name, then it blocks as before', async () => {
    const { told } = await judged([
      { text: 'acme 1.0~bookworm', files: { 'usr/bin/acme': NGINX['usr/sbin/nginx'] } },
    ])
    expect(told).toEqual(['acme no-security-support act: acme is foreign'])
  })

  test.each([
    [{ programs: 'report' as const }, true],
    [{ programs: 'off' as const }, true],
    [{ application: 'report' as const }, true],
    [{ application: 'off' as const }, true],
    [{}, false],
  ])('when the policy is %j, or advisories were read: %s, then it blocks', async (gate, areRead) => {
    const { told } = await judged([{ text: 'nginx 1.27.3-1~bookworm', files: NGINX }], gate, areRead)
    expect(told).toEqual(['nginx no-security-support act: nginx is foreign; nginx 1.27.3 is not judged'])
  })
})

test('when vendors’ packages have no files, then each blocks, with its reason', async () => {
  const packages = [...vendorsExpected().keys(), 'mysql-community-client-core 8.0.36-1debian12']
  const more = [
    'docker-ce-cli 5:24.0.7-1~debian.12~bookworm',
    'google-chrome-stable 120.0.6099.109-1',
    'acme-agent 2.1',
  ]
  const { told, programs } = await judged([...packages, ...more].map((text) => ({ text })))
  expect(programs).toEqual([])
  expect(told.map((one) => one.replace(/: \S+ is foreign/, ''))).toEqual([
    'elasticsearch no-security-support act; its program is not in its files',
    'erlang-base no-security-support act; its program is not in its files',
    'grafana no-security-support act; its program is not in its files',
    'mongodb-org-server no-security-support act; its program is not in its files',
    'mysql-community-server-core no-security-support act; its program is not in its files',
    'nodejs no-security-support act; its program is not in its files',
    'temurin-17-jdk no-security-support act; its program is not in its files',
    'php8.3-cli no-security-support act; its program is not in its files',
    'rabbitmq-server no-security-support act; its program is not in its files',
    'redis-server no-security-support act; no package of packages.redis.io that it goes with is judged',
    'vault no-security-support act; its program is not in its files',
    'mariadb-server-core no-security-support act; its program is not in its files',
    'mysql-community-client-core no-security-support act; no package of repo.mysql.com that it goes with is judged',
    'docker-ce-cli no-security-support act; no advisories are read for it',
    'google-chrome-stable no-security-support act; no advisories are read for it',
    'acme-agent no-security-support act',
  ])
})

describe('programs that only a file shows', () => {
  test.each<[string, Readonly<Record<string, Buffer>>, string, string]>([
    [
      'mongodb-org-server 7.0.5',
      { 'usr/bin/mongod': elf('x') },
      'MongoDB 7.0.5',
      'bitnami mongodb 7.0.5 at usr/bin/mongod',
    ],
    [
      'vault 1.15.0-1',
      { 'usr/bin/vault': goProgram('go1.21.0', []) },
      'HashiCorp Vault 1.15.0',
      'bitnami vault 1.15.0 at usr/bin/vault',
    ],
    [
      'grafana 10.2.0',
      { 'usr/share/grafana/bin/grafana': goProgram('go1.21.0', []) },
      'Grafana 10.2.0',
      'bitnami grafana 10.2.0 at usr/share/grafana/bin/grafana',
    ],
    [
      'elasticsearch 8.11.1',
      {
        'usr/share/elasticsearch/lib/elasticsearch-8.11.1.jar': Buffer.from(
          'PK\x05\x06'.padEnd(22, '\0'),
          'latin1',
        ),
      },
      'Elasticsearch 8.11.1',
      'bitnami elasticsearch 8.11.1 at usr/share/elasticsearch/lib/elasticsearch-8.11.1.jar',
    ],
  ])(
    'when %s has its file with its sum, then it is judged by the package’s version',
    async (text, files, as, item) => {
      const [name = ''] = text.split(' ')
      const { told, programs } = await judged([{ text, files }])
      expect(told[0]).toContain(`${name} vendor-package noted: ${text} is a package of`)
      expect(told[0]).toContain(`is judged as ${as}`)
      expect(programs).toEqual([item])
      const broken = await judged([{ text, files, isBroken: true }])
      expect(broken.told[0]).toContain(`${name} no-security-support act`)
    },
  )
})

describe('companions of a vendor’s package', () => {
  const LIBPQ = { 'usr/lib/x86_64-linux-gnu/libpq.so.5.15': elf('x') }
  const common = { text: 'postgresql-common 252.pgdg120+1' }
  const libpq = { text: 'libpq5 16.1-1.pgdg120+1', files: LIBPQ }

  test('when a package of the vendor is judged, then they go along, and a library by its own version', async () => {
    const { told, programs } = await judged([
      { text: 'postgresql-15 15.4-1.pgdg120+1', files: POSTGRES },
      libpq,
      common,
    ])
    expect(told).toEqual([
      'postgresql-15 vendor-package noted: postgresql-15 15.4-1.pgdg120+1 is a package of apt.postgresql.org, and is judged as PostgreSQL 15.4',
      'libpq5 vendor-package noted: libpq5 16.1-1.pgdg120+1 is a package of apt.postgresql.org, and is judged as PostgreSQL 16.1',
      'postgresql-common vendor-package noted: postgresql-common 252.pgdg120+1 is a package of apt.postgresql.org, and is judged as a part of postgresql-15',
    ])
    expect(programs).toEqual([
      'bitnami postgresql 15.4 at usr/lib/postgresql/15/bin/postgres',
      'bitnami postgresql 16.1 at usr/lib/x86_64-linux-gnu/libpq.so.5.15',
    ])
  })

  test('when a library is of its server’s version, then they are one program, and one update is for both', async () => {
    const { programs, updates } = await judged([
      { text: 'postgresql-15 15.4-1.pgdg120+1', files: POSTGRES },
      { text: 'libpq5 15.4-1.pgdg120+1', files: LIBPQ },
      { text: 'postgresql-plperl-15 15.4-1.pgdg120+1' },
      { text: 'postgresql-15-jit 15.4-1.pgdg120+1' },
      { text: 'postgresql-15-postgis-3 3.4.0+dfsg-1.pgdg120+1' },
    ])
    expect(programs).toEqual([
      'bitnami postgresql 15.4 at usr/lib/postgresql/15/bin/postgres, usr/lib/x86_64-linux-gnu/libpq.so.5.15',
    ])
    expect(updates).toEqual([
      'apt.postgresql.org: libpq5, postgresql-15, postgresql-15-jit, postgresql-plperl-15',
    ])
  })

  test('when a part has the program’s version, then it goes along, and one of another project does not', async () => {
    const php = (name: string, version = '8.3.6-1') => `${name} ${version}+0~20240411.40+debian12~1.gbp2a7a3a`
    const { told } = await judged([
      { text: php('php8.3-cli'), files: { 'usr/bin/php8.3': elf('X-Powered-By: PHP/8.3.6') } },
      { text: php('php8.3-curl') },
      { text: php('php8.3-opcache', '8.3.1-1') },
      { text: php('php8.3-redis', '6.0.2-1') },
      { text: php('php-common', '2:94') },
      { text: php('php-pear', '1:1.10.13') },
    ])
    expect(told.map((one) => one.replace(/: .*(?:and is|is foreign;)/, ':'))).toEqual([
      'php8.3-cli vendor-package noted: judged as PHP 8.3.6',
      'php8.3-curl vendor-package noted: judged as PHP 8.3.6',
      'php8.3-opcache no-security-support act: its version 8.3.1 is none of a judged package of packages.sury.org',
      'php8.3-redis no-security-support act: its version 6.0.2 is none of a judged package of packages.sury.org',
      'php-common vendor-package noted: judged as a part of php8.3-cli',
      'php-pear no-security-support act: no advisories are read for it',
    ])
  })

  test('when the server is a link to a program of the tools, then it is judged by that', async () => {
    const redis = (name: string) => `${name} 6:7.4.1-1rl1~bookworm1`
    const server = elf('7.4.1\x007.4.1buildkitsandbox-1700000000000000000')
    const tools = { text: redis('redis-tools'), files: { 'usr/bin/redis-check-rdb': server } }
    const { told } = await judged([tools, { text: redis('redis-server') }])
    expect(told.map((one) => one.replace(/: .*and is/, ':'))).toEqual([
      'redis-tools vendor-package noted: judged as Redis 7.4.1',
      'redis-server vendor-package noted: judged as Redis 7.4.1',
    ])
  })

  test('when none is judged, or one of another vendor, then they block', async () => {
    const alone = await judged([libpq, common, { text: 'nginx 1.27.3-1~bookworm', files: NGINX }])
    expect(alone.told.map((one) => one.replace(/ \S+ is foreign/, ''))).toEqual([
      'libpq5 no-security-support act:; no package of apt.postgresql.org that it goes with is judged',
      'postgresql-common no-security-support act:; no package of apt.postgresql.org that it goes with is judged',
      expect.stringContaining('nginx vendor-package noted'),
    ])
    expect(alone.programs).toEqual(['bitnami nginx 1.27.3 at usr/sbin/nginx'])
  })

  test('when another program of the vendor is not what it states, then that one blocks all the same', async () => {
    const { told } = await judged([
      { text: 'postgresql-15 15.4-1.pgdg120+1', files: POSTGRES },
      { text: 'postgresql-16 16.4-1.pgdg120+1', files: { 'usr/lib/postgresql/16/bin/postgres': elf('x') } },
    ])
    expect(told.map((one) => one.split(':')[0])).toEqual([
      'postgresql-15 vendor-package noted',
      'postgresql-16 no-security-support act',
    ])
  })
})

test.each([
  ['1:10.11.5+maria~deb12', '10.11.5', '10.11.5'],
  ['17.0.8.1.0+1', '17.0.8.1.0', '17.0.8.1'],
  ['8.0.392.0.0+8', '8.0.392.0.0', '8u392'],
  ['16.4-1.pgdg120+1', '16.4', '16.4'],
  ['18.17.0-deb-1nodesource1', '18.17.0', '18.17.0'],
])('when dpkg has %s, then the project’s version is %s', (packaged, upstream, version) => {
  expect(upstreamVersion(packaged)).toBe(upstream)
  expect(isOfPackage(version, packaged)).toBe(true)
  expect(isOfPackage('1.0', packaged)).toBe(false)
})
