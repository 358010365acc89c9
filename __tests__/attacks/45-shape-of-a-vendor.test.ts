import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { osvFolder, scanned } from '../live/programs.js'
import { BASES, docker, newFolder, reportOf } from '../live/support.js'
import { plainProgram } from '../support/programs.js'

/**
 * Versions as vendors write them, on packages that are not the vendors': on a name that no vendor has, on an old package
 * of Debian's, next to a program that is another one, and with dpkg's lists changed afterwards. None of them may be taken
 * for a vendor's package that somebody judges.
 */

const IMAGE = `seaworthy-test/shape-of-a-vendor-${process.pid}:1`
const head = plainProgram().subarray(0, 128)
const elf = (text: string) => Buffer.concat([head, Buffer.from(`\0${text}\n\0`, 'latin1'), Buffer.alloc(64)])
const NGINX = 'nginx version: nginx/1.30.4'

const DEBS: readonly (readonly [string, string, Readonly<Record<string, Buffer>>])[] = [
  ['acme-tools', '1.0~bookworm', { 'usr/lib/acme/nginx': elf(NGINX) }],
  ['libpng16-16', '1.6.37-1.pgdg120+1', {}],
  ['postgresql-16', '16.14-1.pgdg120+1', { 'usr/lib/postgresql/16/bin/postgres': elf('not PostgreSQL') }],
  ['nginx', '1.30.4-1~bookworm', { 'usr/sbin/nginx': elf(NGINX) }],
  ['mariadb-server-core', '1:10.11.5+maria~deb12', { 'usr/share/doc/m': Buffer.from('no program\n') }],
]
const INFO = '/var/lib/dpkg/info'
const doctored = (name: string, path: string) =>
  `md5sum ${path} | sed 's# /# #' >${INFO}/${name}.md5sums && grep -qx ${path} ${INFO}/${name}.list || echo ${path} >>${INFO}/${name}.list`
const DOCKERFILE = [
  `FROM ${BASES.bookworm}`,
  'COPY debs /debs',
  'RUN dpkg -i --force-all /debs/*.deb && rm -r /debs',
  'COPY old-nginx /usr/sbin/nginx',
  'COPY mariadbd /usr/sbin/mariadbd',
  `RUN ${doctored('nginx', '/usr/sbin/nginx')}; ${doctored('mariadb-server-core', '/usr/sbin/mariadbd')}`,
]

let report: Report

beforeAll(async () => {
  const context = newFolder()
  mkdirSync(join(context, 'debs'))
  for (const [name, version, files] of DEBS) {
    buildDeb(join(context, 'debs', `${name}.deb`), name, version, files)
  }
  for (const [name, body] of [
    ['old-nginx', elf('nginx version: nginx/1.18.0')],
    ['mariadbd', elf('\x0010.11.5-MariaDB\0')],
  ] as const) {
    writeFileSync(join(context, name), body, { mode: 0o755 })
  }
  report = reportOf(await scanned(IMAGE, context, DOCKERFILE, osvFolder()))
}, 600_000)

afterAll(async () => {
  docker('rmi', '-f', IMAGE)
})

const found = (name: string) =>
  (report.images[0]?.findings ?? []).filter(({ package: of, binaries }) => {
    return of === name || binaries.some((one) => one.name === name)
  })

describe('when a version looks like a vendor’s', () => {
  test('then none of these is a vendor’s package that is judged', () => {
    expect(report.images[0]?.checks.map(({ state }) => state)).toEqual(['answered', 'answered', 'answered'])
    expect((report.images[0]?.findings ?? []).filter(({ id }) => id === 'vendor-package')).toEqual([])
  })

  test.each([
    ['acme-tools', 'no source of security updates is known for this package'],
    ['postgresql-16', 'it is a package of apt.postgresql.org; its program is PostgreSQL of unknown version'],
    ['nginx', 'it is a package of nginx.org; its program is '],
    ['mariadb-server-core', 'it is a package of mariadb.org; its program is '],
  ])('then %s blocks, and says why', (name, why) => {
    expect(found(name).filter(({ id }) => id === 'no-security-support')).toMatchObject([
      { blocks: true, details: { why: expect.stringContaining(why) } },
    ])
  })

  test('then an old package of Debian’s lacks its security update all the same', () => {
    expect(found('libpng16-16').map(({ id, blocks }) => [id, blocks])).toContainEqual([
      'security-update',
      true,
    ])
  })

  test('then a program that was put in place of the vendor’s is judged by what it is', () => {
    const [cve] = found('program/nginx').filter(({ id }) => id === 'CVE-2021-23017')
    expect(cve).toMatchObject({ version: '1.18.0' })
    process.stdout.write('  attack 45: the version of a vendor unblocks nothing\n')
  })
})

function buildDeb(out: string, name: string, version: string, files: Readonly<Record<string, Buffer>>): void {
  const root = join(newFolder(), 'root')
  mkdirSync(join(root, 'DEBIAN'), { recursive: true })
  const sums = Object.entries(files).map(([path, body]) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), body)
    chmodSync(join(root, path), 0o755)
    return `${createHash('md5').update(body).digest('hex')}  ${path}\n`
  })
  const fields = {
    Package: name,
    Version: version,
    Architecture: 'amd64',
    Maintainer: 'x <x@example.org>',
    Description: 'x',
  }
  writeFileSync(
    join(root, 'DEBIAN/control'),
    Object.entries(fields)
      .map(([field, value]) => `${field}: ${value}\n`)
      .join(''),
  )
  writeFileSync(join(root, 'DEBIAN/md5sums'), sums.join(''))
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '-b', root, out])
}
