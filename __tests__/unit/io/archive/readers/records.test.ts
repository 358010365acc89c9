import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { PackageRecords } from '../../../../../src/model/image/image.js'
import { type Entry, ociEntries, read, refusal, tarOf } from '../build.js'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const info = (name: string, body = ''): Entry => ({ path: `var/lib/dpkg/info/${name}`, body })
const whiteout = (path: string): Entry => {
  const at = path.lastIndexOf('/') + 1
  return { path: `${path.slice(0, at)}.wh.${path.slice(at)}` }
}
const changelog = (name: string, text: string, file = 'changelog.Debian.gz'): Entry => ({
  path: `usr/share/doc/${name}/${file}`,
  body: gzipSync(`${text}\n`),
})

async function recordsOf(...layers: readonly (readonly Entry[])[]): Promise<readonly PackageRecords[]> {
  const { image } = await read(tarOf(ociEntries(layers.map((entries) => tarOf(entries)))))
  return image.layers.map(({ records }) => {
    if (records === undefined) {
      throw new Error('a layer has no records')
    }
    return records
  })
}
const first = async (...entries: readonly Entry[]) => (await recordsOf(entries))[0]

describe('what dpkg keeps of packages', () => {
  test('when a layer has lists and sums, then their names are kept, and of nothing else', async () => {
    const names = [
      'apt.list',
      'libc6:amd64.list',
      'libc6:amd64.md5sums',
      'apt.postinst',
      'format',
      'Evil.list',
    ]
    const records = await first(
      ...names.map((name) => info(name)),
      { path: 'var/lib/dpkg/status.d/base.md5sums' },
      { path: 'srv/root/var/lib/dpkg/info/apt.list' },
    )
    expect(records?.holds).toEqual([
      'info/apt.list',
      'info/libc6:amd64.list',
      'info/libc6:amd64.md5sums',
      'status.d/base.md5sums',
    ])
  })

  test('when a layer takes some away, then these are named', async () => {
    const [, records] = await recordsOf(
      [info('apt.list'), info('apt.md5sums'), info('bash.list')],
      [whiteout('var/lib/dpkg/info/apt.list'), whiteout('var/lib/dpkg/info/apt.postinst'), info('bash.list')],
    )
    expect(records).toMatchObject({ holds: ['info/bash.list'], hides: ['info/apt.list'] })
  })

  test.each<[string, Entry]>([
    ['removed', whiteout('var/lib/dpkg/info')],
    ['removed with all above', whiteout('var/lib')],
    ['made opaque', { path: 'var/lib/dpkg/info/.wh..wh..opq' }],
    ['replaced by a link', { path: 'var/lib/dpkg/info', type: 'SymbolicLink', linkpath: '/srv/info' }],
  ])('when the folder is %s, then all of it is hidden', async (_, entry) => {
    const [, records] = await recordsOf([info('apt.list')], [entry])
    expect(records?.hides).toContain('info')
  })

  test('when there are more lists than anybody has packages, then the layer is refused', async () => {
    const entries = Array.from({ length: 30 }, (_, at) => info(`p${at}.list`))
    const archive = tarOf(ociEntries([tarOf(entries)]))
    expect(await refusal(archive, { limits: { packageLists: 29 } })).toMatchObject({
      code: 'archive-too-large',
    })
    expect((await read(archive, { limits: { packageLists: 30 } })).image.layers).toHaveLength(1)
  })
})

describe('programs and their sums', () => {
  const LIB = 'lib/x86_64-linux-gnu/libz.so.1.2.13'

  test('when usr is merged, then what the sums call lib is what lies in usr/lib', async () => {
    const records = await first(
      { path: `usr/${LIB}`, body: 'zlib' },
      { path: 'bin/ls', body: 'ls' },
      { path: 'usr/share/perl/x.pm', body: 'no program' },
      info(
        'z.md5sums',
        `${md5('zlib')}  ${LIB}\n${md5('x')}  usr/share/doc/z/copyright\n${md5('ls')} *usr/bin/ls\nno line\n`,
      ),
    )
    expect(records?.programs).toEqual({ [`usr/${LIB}`]: md5('zlib'), 'usr/bin/ls': md5('ls') })
    expect(records?.sums).toEqual({
      'info/z.md5sums': { [`usr/${LIB}`]: md5('zlib'), 'usr/bin/ls': md5('ls') },
    })
  })

  test('when one is too large, or a hard link, then it is known not to have been read', async () => {
    const limits = { summedProgramBytes: 4, summedLibraryBytes: 5, sampledBytes: 11 }
    const entries = [
      { path: 'usr/lib/a.so.1', body: 'five5' },
      { path: 'usr/lib/b.so', body: 'sixsix' },
      { path: 'usr/bin/a', body: 'four' },
      { path: 'usr/bin/b', body: 'five5' },
      { path: 'usr/bin/c', body: 'six' },
      { path: 'usr/bin/d', body: '2d' },
      { path: 'usr/bin/e', type: 'Link' as const, linkpath: 'usr/bin/a' },
      { path: 'usr/bin/f', type: 'SymbolicLink' as const, linkpath: 'a' },
    ]
    const { image } = await read(tarOf(ociEntries([tarOf(entries)])), { limits })
    expect(image.layers[0]?.records?.programs).toEqual({
      'usr/lib/a.so.1': md5('five5'),
      'usr/lib/b.so': null,
      'usr/bin/a': md5('four'),
      'usr/bin/b': null,
      'usr/bin/c': null,
      'usr/bin/d': md5('2d'),
      'usr/bin/e': null,
    })
  })
})

describe('changelogs', () => {
  const ENTRY = 'perl (5.36.0-7+deb12u2) bookworm-security; urgency=high\n\n  * x'

  test('when a package has one of Debian’s form, then its first entry is kept, Debian’s own before upstream’s', async () => {
    const records = await first(
      changelog('perl', 'other (1) x; urgency=low', 'changelog.gz'),
      changelog('perl', ENTRY),
      changelog('native', 'native (12.4) unstable; urgency=low', 'changelog.gz'),
      changelog('upstream', 'Version 1.2.3 of it', 'changelog.gz'),
      { path: 'usr/share/doc/broken/changelog.gz', body: 'not gzip' },
      { path: 'usr/share/doc/empty/changelog.gz' },
    )
    expect(records?.changelogs).toEqual({ perl: 'perl 5.36.0-7+deb12u2', native: 'native 12.4' })
  })

  test('when it is long and comes in small pieces, then its beginning is enough', async () => {
    const long = `${ENTRY}\n${Array.from({ length: 20_000 }, (_, at) => `  * change ${at * 7919}`).join('\n')}`
    const archive = tarOf(ociEntries([tarOf([changelog('perl', long)])]))
    const { image } = await read(archive, {}, () => 37)
    expect(image.layers[0]?.records?.changelogs).toEqual({ perl: 'perl 5.36.0-7+deb12u2' })
  })
})

describe('files of lists that a later layer replaces or hides', () => {
  const files = ['usr/bin/one', 'usr/bin/two', 'usr/lib/lab/three', 'lib/lab/four']
  const list = info(
    'lab.list',
    `/.\n/usr\n/usr/bin\n/etc\n/etc/lab.conf\n/usr/share/doc/lab/x\n${files.map((path) => `/${path}`).join('\n')}\n/usr/lib/none\n`,
  )
  const base = [list, ...files.map((path) => ({ path: path.replace(/^lib/, 'usr/lib'), body: 'old' }))]
  const outdated = async (...layers: readonly (readonly Entry[])[]) =>
    (await recordsOf(base, ...layers))[0]?.outdated

  test('when no layer replaces the list, then its files are not looked for', async () => {
    expect(await outdated([{ path: 'usr/bin/one', body: 'new' }])).toEqual({})
  })

  test('when the package is brought up, then its files are touched', async () => {
    const upper = [list, ...files.map((path) => ({ path: path.replace(/^lib/, 'usr/lib'), body: 'new' }))]
    expect(await outdated(upper)).toEqual({ 'info/lab.list': { files: 4, untouched: 0 } })
  })

  test('when the list alone is written, then none of them is', async () => {
    expect(await outdated([list])).toEqual({ 'info/lab.list': { files: 4, untouched: 4 } })
    expect(await outdated([{ path: 'srv/x' }], [whiteout('var/lib/dpkg/info')])).toEqual({
      'info/lab.list': { files: 4, untouched: 4 },
    })
  })

  test('when files go with it, each by itself or with a folder, then these are touched', async () => {
    const gone = [whiteout('var/lib/dpkg/info/lab.list'), whiteout('usr/bin/one'), whiteout('usr/lib/lab')]
    expect(await outdated(gone)).toEqual({ 'info/lab.list': { files: 4, untouched: 1 } })
    expect(await outdated([list], [{ path: 'usr/bin/.wh..wh..opq' }])).toEqual({
      'info/lab.list': { files: 4, untouched: 2 },
    })
  })

  test('when the same list is replaced twice, then each layer is told of its own', async () => {
    const records = await recordsOf(base, [list, { path: 'usr/bin/one', body: 'b' }], [list])
    expect(records.map((one) => one.outdated)).toEqual([
      { 'info/lab.list': { files: 4, untouched: 3 } },
      { 'info/lab.list': { files: 4, untouched: 4 } },
      {},
    ])
  })

  test('when distroless replaces sums, then these are its list', async () => {
    const sums = {
      path: 'var/lib/dpkg/status.d/lab.md5sums',
      body: `${md5('a')}  usr/bin/a\n${md5('b')}  usr/bin/b\n`,
    }
    const lower = [sums, { path: 'usr/bin/a', body: 'a' }, { path: 'usr/bin/b', body: 'b' }]
    const [records] = await recordsOf(lower, [sums, { path: 'usr/bin/a', body: 'c' }])
    expect(records?.outdated).toEqual({ 'status.d/lab.md5sums': { files: 2, untouched: 1 } })
  })
})
