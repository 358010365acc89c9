import { describe, expect, test } from '@jest/globals'
import { applicationInventory } from '../../../../../../src/inventory/application/inventory.js'
import { jarOf, type ZipFile, zipOf } from '../../../../../support/hostile-zip.js'
import { type Entry, ociEntries, read, tarOf } from '../../build.js'

const metadata = (version: string): ZipFile => ({
  name: 'redis-1.0.dist-info/METADATA',
  body: `Name: redis\nVersion: ${version}\n`,
})

async function listed(layers: readonly (readonly Entry[])[], limits = {}): Promise<readonly string[]> {
  const archive = tarOf(ociEntries(layers.map((entries) => tarOf(entries))))
  const { image } = await read(archive, { limits })
  const items = applicationInventory(image, { installed: [], foreign: [] })?.items ?? []
  return items.flatMap(({ kind, name, version, places }) =>
    places.map(
      ({ path, inside }) => `${kind} ${name} ${version} at ${path}${inside === null ? '' : `:${inside}`}`,
    ),
  )
}

/** It unpacks to this many bytes, and a little more for its entries. */
const COST = 200_000
const war = (version: string): Buffer =>
  zipOf([
    {
      name: `WEB-INF/lib/a.jar`,
      body: jarOf('g', 'a', version, [{ name: 'x', body: Buffer.alloc(COST), stored: true }]),
    },
  ])

describe('what archives of an image may unpack to', () => {
  const shop = { path: 'opt/shop-1.war', body: war('1') }
  const limits = { unpackedBytes: 2 * COST }
  const found = ['maven g:a 1 at opt/shop-1.war:WEB-INF/lib/a.jar', 'maven shop 1 at opt/shop-1.war']
  const LIMIT = 'unreadable the archives in this image unpack to more than the limit null'

  test.each([
    ['in memory', {}],
    ['on disk', { jarBytes: 100 }],
  ])('when layers change the owner of an archive read %s, then it counts once', async (_, more) => {
    const layers = [0, 1, 2, 3].map((uid) => [{ ...shop, uid }])
    expect(await listed(layers, { ...limits, ...more })).toEqual(found)
  })

  test('when a folder has a copy under the same name, then both are listed, and it counts once', async () => {
    const copies = ['a', 'b', 'c', 'd'].map((folder) => ({ ...shop, path: `${folder}/shop-1.war` }))
    expect(await listed([copies], limits)).toHaveLength(8)
  })

  test('when layers have other content of the same size and name, then each is read and counts', async () => {
    // Packed, some versions make a file that is a byte longer.
    const { length } = war('1')
    const [other = '', third = ''] = Array.from({ length: 100 }, (_, at) => `${at + 2}`).filter(
      (version) => war(version).length === length,
    )
    const both = [[shop], [{ ...shop, body: war(other) }]]
    expect(await listed(both, { unpackedBytes: 10 * COST })).toEqual([
      `maven g:a ${other} at opt/shop-1.war:WEB-INF/lib/a.jar`,
      found[1],
    ])
    expect(await listed([...both, [{ ...shop, body: war(third) }]], limits)).toContain(
      `${LIMIT} at opt/shop-1.war`,
    )
  })

  test('when hard links name a script with a zip again and again, then it is read once, and costs nothing more', async () => {
    const app = {
      path: 'a',
      body: zipOf([metadata('1.0')], { prefix: '#!/usr/bin/env python3\n' }),
      mode: 0o755,
    }
    const link = (path: string): Entry => ({ path, linkpath: 'a', type: 'Link' })
    const most = { linkedBytes: 0 }
    expect(await listed([[app, link('b'), link('c')]], most)).toEqual([
      'pypi redis 1.0 at a',
      'pypi redis 1.0 at b',
      'pypi redis 1.0 at c',
    ])
  })
})

describe('a jar under another name', () => {
  const body = jarOf('g', 'a', '1')
  const blob = { path: 'opt/blobs/11', body }
  const link = (path: string): Entry => ({ path, linkpath: blob.path, type: 'Link' })

  test.each(['srv/app/text.dat', 'opt/blobs/11', 'srv/a.zip', 'srv/a.jar'])(
    'at %s, is read',
    async (path) => {
      const found = [`maven g:a 1 at ${path}`]
      expect(await listed([[{ path, body }]])).toEqual(found)
      expect(await listed([[{ path, body }]], { jarBytes: 10 })).toEqual(found)
    },
  )

  test('is read under each of its names, and behind a link that tells what it is', async () => {
    const found = ['maven g:a 1 at opt/blobs/11', 'maven g:a 1 at var/blobs/12']
    expect(await listed([[blob, link('var/blobs/12')]])).toEqual(found)
    expect(await listed([[blob, link('srv/a.jar')]])).toEqual([found[0], 'maven g:a 1 at srv/a.jar'])
    const symlink: Entry = { path: 'srv/a.jar', linkpath: `/${blob.path}`, type: 'SymbolicLink' }
    expect(await listed([[blob, symlink]])).toEqual([found[0]])
  })

  test('that is broken or too large, is unreadable as a jar is', async () => {
    const names = ['srv/a.dat', 'srv/a.jar']
    for (const path of names) {
      expect(await listed([[{ path, body: body.subarray(0, -30) }]])).toEqual([
        expect.stringMatching(`^unreadable .* at ${path}$`),
      ])
      expect(await listed([[{ path, body }]], { jarBytes: 10, storedJarBytes: 100 })).toEqual([
        `unreadable ${body.length} bytes, over the limit of 100 null at ${path}`,
      ])
    }
  })

  test('that later layers delete or replace with data, is not there', async () => {
    expect(await listed([[blob], [{ path: 'opt/blobs/.wh.11', body: '' }]])).toEqual([])
    expect(
      await listed([[blob], [{ path: blob.path, body: zipOf([{ name: 'a.txt', body: 'a' }]) }]]),
    ).toEqual([])
  })

  test('is not a document with such a folder', async () => {
    const folder = { name: 'META-INF/', body: '', stored: true }
    const book = zipOf([folder, { name: 'META-INF/container.xml', body: '<container/>' }])
    expect(await listed([[{ path: 'srv/book.epub', body: book }]])).toEqual([])
  })
})

describe('a zip', () => {
  const at = 'srv/lib.zip'
  const broken = (files: readonly ZipFile[]) => {
    const bytes = zipOf(files)
    bytes.writeUInt16LE(files.length + 1, bytes.length - 12)
    return bytes
  }
  const data: ZipFile = { name: 'data.csv', body: '1' }
  const jar = { name: 'lib/a.jar', body: jarOf('g', 'a', '1') }
  test.each<[string, Buffer, string[]]>([
    [
      'has Python’s metadata',
      zipOf([metadata('1.0'), jar]),
      [`pypi redis 1.0 at ${at}`, `maven g:a 1 at ${at}:lib/a.jar`],
    ],
    [
      'has an egg’s metadata',
      zipOf([{ ...metadata('1.0'), name: 'EGG-INFO/PKG-INFO' }]),
      [`pypi redis 1.0 at ${at}`],
    ],
    [
      'has metadata, and is broken',
      broken([metadata('1.0')]),
      [
        `unreadable the number of entries in its central directory differs from the number in its end record null at ${at}`,
      ],
    ],
    [
      'has metadata that lies',
      zipOf([{ ...metadata('1.0'), statedSize: 3 }]),
      [
        `unreadable redis-1.0.dist-info/METADATA cannot be unpacked, or is larger than the central directory says null at ${at}`,
      ],
    ],
    ['has data alone', zipOf([data, jar]), []],
    ['has data alone, and is broken', broken([data]), []],
    ['is none', Buffer.from('a text with x.dist-info/METADATA'), []],
    ['is empty', Buffer.alloc(0), []],
    [
      'begins with a script',
      zipOf([metadata('1.0')], { prefix: '#!/usr/bin/python3\n' }),
      [`pypi redis 1.0 at ${at}`],
    ],
  ])('that %s says what it has of packages', async (_, body, wanted) => {
    expect(await listed([[{ path: at, body }]])).toEqual(wanted)
    expect(await listed([[{ path: at, body }]], { jarBytes: 10 })).toEqual(wanted)
  })

  test('that is too large, or behind a link, may be data', async () => {
    const body = zipOf([metadata('1.0')])
    expect(await listed([[{ path: at, body }]], { jarBytes: 10, storedJarBytes: 100 })).toEqual([])
    const blob = { path: 'blobs/a', body }
    expect(await listed([[blob, { path: at, linkpath: '../blobs/a', type: 'SymbolicLink' }]])).toEqual([])
    expect(await listed([[blob], [{ path: at, linkpath: 'blobs/a', type: 'Link' }]])).toEqual([])
    expect(await listed([[blob, { path: at, linkpath: 'blobs/a', type: 'Link' }]])).toEqual([
      `pypi redis 1.0 at ${at}`,
    ])
  })
})
