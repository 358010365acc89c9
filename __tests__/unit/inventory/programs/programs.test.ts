import { describe, expect, test } from '@jest/globals'
import type { ApplicationItem, ApplicationPlace } from '../../../../src/inventory/application/items.js'
import { endFindings, endNotes, endTexts, withBranch } from '../../../../src/inventory/programs/ends.js'
import {
  presentPrograms,
  programFindings,
  programItems,
} from '../../../../src/inventory/programs/programs.js'
import { PROGRAM_TERRITORIES } from '../../../../src/inventory/programs/territories.js'
import type { EndsOfLife } from '../../../../src/model/packages/end-of-life.js'
import { anApplicationFinding } from '../../../support/builders.js'

const aPlace = (path: string, part: Partial<ApplicationPlace> = {}): ApplicationPlace => ({
  ...{ path, inside: null, layer: 'sha256:0', owner: { by: 'nobody' } },
  ...part,
})
const OF_DEBIAN = { owner: { by: 'debian', package: 'node' } } as unknown as Partial<ApplicationPlace>
const MAYBE = { owner: { by: 'nobody', mayBeDebian: 'node' } } as unknown as Partial<ApplicationPlace>
const aProgram = (
  version: string | null,
  places: readonly ApplicationPlace[],
  part: Partial<ApplicationItem> = {},
): ApplicationItem => ({ kind: 'program', name: 'node', version, purl: null, places, ...part })

const NODE = aPlace('usr/local/bin/node')
const HEADER = aPlace('usr/local/include/node/node_version.h', { layer: 'sha256:1' })

describe('a program of which text and bytes name different versions', () => {
  test('when both are there, then both are reported, with their paths', () => {
    expect(programFindings([aProgram('18.1.0', [HEADER]), aProgram('18.0.0', [NODE])])).toMatchObject([
      {
        ...{ id: 'program-doubtful', package: 'program/node', version: null, binaries: [], links: [] },
        why: 'Node.js is 18.1.0 by usr/local/include/node/node_version.h, but 18.0.0 by usr/local/bin/node: both versions count',
        details: {
          versions: ['18.1.0', '18.0.0'],
          paths: ['usr/local/include/node/node_version.h', 'usr/local/bin/node'],
        },
        layer: 'sha256:1',
      },
    ])
  })

  test.each<[string, readonly ApplicationItem[]]>([
    ['both name the same', [aProgram('18.0.0', [HEADER, NODE])]],
    ['one of several bytes names the same', [aProgram('18.1.0', [HEADER, NODE]), aProgram('18.0.0', [NODE])]],
    ['only a text is there', [aProgram('18.1.0', [HEADER])]],
    ['only bytes are there', [aProgram('18.0.0', [NODE]), aProgram('18.1.0', [NODE])]],
    ['bytes name no version', [aProgram('18.1.0', [HEADER]), aProgram(null, [NODE])]],
    ['a text names no version', [aProgram(null, [HEADER]), aProgram('18.0.0', [NODE])]],
    [
      'they are in other folders',
      [aProgram('18.1.0', [aPlace('opt/include/node/node_version.h')]), aProgram('18.0.0', [NODE])],
    ],
    [
      'they are other programs',
      [aProgram('18.1.0', [HEADER], { name: 'python' }), aProgram('18.0.0', [NODE])],
    ],
    ['they are Debian’s', [aProgram('18.1.0', [{ ...HEADER, ...OF_DEBIAN }]), aProgram('18.0.0', [NODE])]],
    ['it is a package', [aProgram('18.1.0', [HEADER], { kind: 'npm' }), aProgram('18.0.0', [NODE])]],
  ])('when %s, then there is no doubt', (_, items) => {
    expect(programFindings(items)).toEqual([])
  })

  test('when a file release is next to Java, then it is a text', () => {
    const java = (version: string, path: string) => aProgram(version, [aPlace(path)], { name: 'openjdk' })
    const all = [java('17.0.1', 'opt/jdk/release'), java('17.0.2', 'opt/jdk/lib/server/libjvm.so')]
    expect(programFindings(all)).toHaveLength(1)
    expect(programFindings([...all].reverse())).toHaveLength(1)
  })
})

describe('programs as they are reported', () => {
  const kinds = (...items: readonly ApplicationItem[]) =>
    programItems(items).map(({ kind, version, places }) => `${kind} ${version} ${places.length}`)

  test('when a version is known, then advisories may be about it, unless it is, or may be, Debian’s', () => {
    expect(kinds(aProgram('18.0.0', [NODE]))).toEqual(['bitnami 18.0.0 1'])
    expect(kinds(aProgram('18.0.0', [{ ...NODE, ...OF_DEBIAN }]))).toEqual(['program 18.0.0 1'])
    expect(kinds(aProgram('18.0.0', [{ ...NODE, ...MAYBE }]))).toEqual(['program 18.0.0 1'])
    expect(kinds(aProgram('1.0', [NODE], { name: 'unheard-of' }))).toEqual(['program 1.0 1'])
    expect(programItems([aProgram('18.0.0', [NODE])])[0]?.purl).toMatch(/^pkg:bitnami\/node@18\.0\.0$/)
  })

  test('when a text alone tells of it, then it is noted and not judged; next to the program it counts', () => {
    expect(kinds(aProgram('18.1.0', [HEADER]))).toEqual(['program 18.1.0 1'])
    expect(kinds(aProgram('18.1.0', [HEADER]), aProgram(null, [NODE]))).toEqual(['bitnami 18.1.0 1'])
    const notes = aPlace('opt/tomcat/RELEASE-NOTES')
    expect(kinds(aProgram('9.0.1', [notes], { name: 'tomcat' }))).toEqual([])
  })

  test('when another place tells its version, then a name without one does not count', () => {
    const named = aPlace('usr/local/bin/nodejs')
    expect(kinds(aProgram('18.0.0', [NODE]), aProgram(null, [named]))).toEqual(['bitnami 18.0.0 1'])
    expect(kinds(aProgram(null, [named]))).toEqual(['program null 1'])
    const elsewhere = aPlace('opt/bin/nodejs')
    expect(kinds(aProgram('18.0.0', [NODE]), aProgram(null, [elsewhere]))).toEqual([
      'bitnami 18.0.0 1',
      'program null 1',
    ])
  })

  test('when it is a package, then it stays as it is', () => {
    const item = aProgram('1', [NODE], { kind: 'npm' })
    expect(programItems([item])).toEqual([item])
  })

  test('when programs are present, then with their places that Debian is not responsible for', () => {
    const present = (item: ApplicationItem) => presentPrograms([item]).map(({ places }) => places.length)
    const debian = { ...NODE, ...OF_DEBIAN }
    expect(present(aProgram('1', [NODE, debian]))).toEqual([1])
    expect(present(aProgram('1', [debian]))).toEqual([])
    expect(present(aProgram(null, [NODE]))).toEqual([])
    expect(present(aProgram('1', [HEADER]))).toEqual([])
    expect(present(aProgram('1', [{ ...NODE, ...MAYBE }]))).toEqual([])
    expect(present(aProgram(null, [HEADER], { kind: 'bitnami' }))).toEqual([1])
    expect(present(aProgram('1', [debian], { kind: 'bitnami' }))).toEqual([])
    expect(present(aProgram('1', [NODE], { kind: 'npm' }))).toEqual([])
  })
})

describe('the end of a program’s branch', () => {
  const DATE = '2026-11-01'
  const cycle = (name: string, end: string | boolean, latest: string | null = null) => ({ name, end, latest })
  const ends: EndsOfLife = {
    date: DATE,
    programs: new Map([
      ['node', [cycle('24', false), cycle('22', '2027-01-01'), cycle('18', '2025-04-30'), cycle('16', true)]],
      ['nginx', [cycle('1.29', false), cycle('1.28', '2026-10-20')]],
    ]),
  }
  const about = (version: string, name = 'node', vulnerabilities: Parameters<typeof endFindings>[3] = []) =>
    endFindings([aProgram(version, [NODE], { name })], ends, '2026-11-24', vulnerabilities)
  const why = (...args: Parameters<typeof about>) => about(...args).map((one) => one.why)

  test('when it is past, recent, soon or not known, then each says so', () => {
    expect(why('18.1.0')).toEqual([
      'Node.js 18 is past its end of life (2025-04-30); the newest branch is 24',
    ])
    expect(why('16.1.0')).toEqual(['Node.js 16 is past its end of life; the newest branch is 24'])
    expect(why('22.1.0')).toEqual([
      'Node.js 22 reaches its end of life on 2027-01-01; the newest branch is 24',
    ])
    expect(why('24.1.0')).toEqual(['no end of life is known for Node.js 24; the newest branch is 24'])
    expect(why('23.1.0')).toEqual(['no end of life is known for Node.js 23.1.0; the newest branch is 24'])
    expect(why('1.28.1', 'nginx')).toEqual([
      'nginx 1.28 was followed by a newer branch on 2026-10-20, and may get no more fixes; the newest branch is 1.29',
    ])
    expect(why('1', 'unheard-of')).toEqual([])
  })

  test('when vulnerabilities have no fix in it, then they are counted', () => {
    const weakness = (part: Parameters<typeof anApplicationFinding>[0]) =>
      anApplicationFinding({ package: 'program/node', version: '18.1.0', ...part })
    const unfixed = weakness({ fixedVersion: null })
    const branch = { title: 'Node.js 18', end: null, hasFix: false }
    const elsewhere = weakness({ branch })
    const others = [
      weakness({}),
      weakness({ branch: { ...branch, hasFix: true } }),
      weakness({ fixedVersion: null, agreement: 'refuted' }),
      weakness({ fixedVersion: null, version: '18.2.0' }),
      weakness({ fixedVersion: null, package: 'program/nginx' }),
    ]
    expect(why('18.1.0', 'node', [unfixed, ...others])[0]).toContain('; 1 vulnerability has no fix in it; ')
    expect(why('18.1.0', 'node', [unfixed, elsewhere])[0]).toContain(
      '; 2 vulnerabilities have no fix in it; ',
    )
    expect(why('18.1.0', 'node', others)[0]).not.toContain('no fix')
    expect(about('18.1.0', 'node', [unfixed])).toMatchObject([
      {
        ...{ id: 'program-end-of-life', package: 'program/node', version: '18.1.0', layer: 'sha256:0' },
        details: {
          ...{ title: 'Node.js', branch: '18', state: 'past', day: '2025-04-30', newest: '24' },
          ...{ unfixed: '1', paths: ['usr/local/bin/node'] },
        },
      },
    ])
  })

  test('when reports name ends, then each program once, and what is not known only of old data', () => {
    const items = ['18.1.0', '18.2.0', '16.1.0', '22.1.0', '24.1.0'].map((one) => aProgram(one, [NODE]))
    expect(endTexts(items, ends, '2026-11-24')).toEqual({
      past: ['Node.js 18 (2025-04-30)', 'Node.js 16'],
      unknown: [],
    })
    expect(endTexts(items, ends, '2027-06-01').unknown).toEqual(['Node.js 22 (2027-01-01)', 'Node.js 24'])
    expect(endNotes(ends, '2026-11-24')).toEqual([])
    expect(endNotes(ends, '2027-06-01')).toEqual(['ends of life of programs from 2026-11-01, 212 days old'])
  })

  test('when a vulnerability is of a program with branches, then its branch is known, and whether it has the fix', () => {
    const of = (part: Parameters<typeof anApplicationFinding>[0]) =>
      withBranch(
        anApplicationFinding({
          ...{ package: 'program/node', kind: 'bitnami', version: '22.1.0', fixedVersion: '22.2.0' },
          ...part,
        }),
        ends,
      ).branch
    expect(of({})).toEqual({ title: 'Node.js 22', end: '2027-01-01', hasFix: true })
    expect(of({ fixedVersion: '24.1.0' })).toEqual({ title: 'Node.js 22', end: '2027-01-01', hasFix: false })
    expect(of({ fixedVersion: null })?.hasFix).toBe(false)
    expect(of({ version: '16.0.0' })?.end).toBeNull()
    for (const other of [
      { version: null },
      { version: '23.0.0' },
      { package: 'program/nobody' },
      { package: 'npm/node' },
      { kind: 'npm' as const },
    ]) {
      expect(of(other)).toBeUndefined()
    }
  })
})

test.each([
  [
    'ruby',
    'usr/local/lib/ruby/3.2.0/x86_64-linux/rbconfig.rb',
    ['usr/local/bin/ruby', 'usr/local/lib/libruby.so*', 'usr/local/lib/ruby/3.2.0/x86_64-linux'],
  ],
  ['ruby', 'usr/local/bin/ruby3.2', ['usr/local/bin/ruby', 'usr/local/lib/libruby.so*']],
  ['node', 'usr/local/include/node/node_version.h', ['usr/local/bin/node', 'usr/local/include/node']],
  ['openjdk', 'opt/jdk/release', ['opt/jdk']],
  ['openjdk', 'opt/jdk/jre/lib/server/libjvm.so', ['opt/jdk/bin', 'opt/jdk/lib', 'opt/jdk/jre']],
  ['redis', 'usr/local/bin/redis-server', ['usr/local/bin/redis-*']],
  ['valkey', 'usr/local/bin/valkey-server', ['usr/local/bin/valkey-*']],
  ['erlang', 'opt/erl/releases/26/OTP_VERSION', ['opt/erl/bin', 'opt/erl/erts-*', 'opt/erl/lib']],
  ['tomcat', 'opt/tomcat/lib/catalina.jar', ['opt/tomcat/lib', 'opt/tomcat/bin']],
  ['cassandra', 'opt/c/lib/apache-cassandra-4.1.jar', ['opt/c/bin', 'opt/c/tools/bin']],
  ['elasticsearch', 'opt/e/lib/elasticsearch-8.1.jar', ['opt/e/bin']],
  ['neo4j', 'opt/n/lib/neo4j-kernel-5.1.jar', ['opt/n/bin']],
  [
    'python',
    'usr/local/include/python3.12/patchlevel.h',
    [
      ...['python', 'python3', 'python3.12'].map((name) => `usr/local/bin/${name}`),
      ...['libpython3.so', 'libpython3.12*'].map((name) => `usr/local/lib/${name}`),
      ...['lib-dynload', 'ensurepip', 'test', 'config-3.12-*'].map(
        (name) => `usr/local/lib/python3.12/${name}`,
      ),
    ],
  ],
  [
    'php',
    'usr/local/include/php/main/php_version.h',
    ['bin/php', 'bin/php-cgi', 'bin/phpdbg', 'bin/phar.phar', 'sbin/php-fpm', 'lib/php'].map(
      (one) => `usr/local/${one}`,
    ),
  ],
  [
    'postgresql',
    'usr/lib/postgresql/15/bin/postgres',
    [
      ...['initdb', 'pg_*', 'psql', 'createdb', 'createuser', 'dropdb', 'dropuser', 'clusterdb', 'reindexdb'],
      ...['vacuumdb', 'vacuumlo', 'oid2name', 'pgbench', 'ecpg'],
    ].map((one) => `usr/lib/postgresql/15/bin/${one}`),
  ],
  [
    'httpd',
    'usr/local/apache2/bin/httpd',
    [
      ...['ab', 'htcacheclean', 'htdbm', 'htdigest', 'htpasswd', 'httxt2dbm', 'logresolve', 'rotatelogs'],
      ...['checkgid', 'fcgistarter', 'apxs'],
    ].map((one) => `usr/local/apache2/bin/${one}`),
  ],
])('when %s is known by %s, then these files are its own', (kind, path, files) => {
  const found = PROGRAM_TERRITORIES.flatMap((one) => {
    const match = one.identifiedBy.exec(path)
    return match === null ? [] : [[one.kind, one.has(match)]]
  })
  expect(found).toEqual([[kind, files]])
})
