import { describe, expect, test } from '@jest/globals'
import { applicationInventory, summaryOf } from '../../../../src/inventory/application/inventory.js'
import { DEFAULT_LIMITS, newUsage } from '../../../../src/io/archive/formats/limits.js'
import type { TarEntry } from '../../../../src/io/archive/formats/tar-header.js'
import { readApplications } from '../../../../src/io/archive/readers/application/scan.js'
import { createLayerIndex } from '../../../../src/io/archive/store/layer-index.js'
import { openLayer } from '../../../../src/io/archive/tree/layer-tree.js'
import { summaryText } from '../../../../src/model/packages/application-summary.js'
import { aLayer, anImage } from '../../../support/builders.js'
import { jarOf, zipOf } from '../../../support/hostile-zip.js'
import { plainProgram, rustProgram } from '../../../support/programs.js'
import { type Entry, gone } from '../../io/archive/build.js'
import { file, head, inventoryOf, type Layers, listed, npm, program, python } from './of-layers.js'

describe('what lies in the merged file system', () => {
  test('when a package lies at several places, then it is one with all of them, its layer and its purl', async () => {
    const { image, inventory } = await inventoryOf([
      [npm('srv', '@babel/traverse', '7.0.0-beta.40')],
      [npm('opt/app/node_modules/a', '@babel/traverse', '7.0.0-beta.40')],
    ])
    const [first, second] = image.layers
    expect(inventory.items).toEqual([
      {
        kind: 'npm',
        name: '@babel/traverse',
        version: '7.0.0-beta.40',
        purl: 'pkg:npm/%40babel/traverse@7.0.0-beta.40',
        places: [
          {
            path: 'opt/app/node_modules/a/node_modules/@babel/traverse/package.json',
            inside: null,
            layer: second?.diffId,
            owner: { by: 'nobody' },
          },
          {
            path: 'srv/node_modules/@babel/traverse/package.json',
            inside: null,
            layer: first?.diffId,
            owner: { by: 'nobody' },
          },
        ],
      },
    ])
  })

  const old = npm('srv', 'qs', '6.7.0')
  test.each<[string, Layers, string[]]>([
    ['is replaced', [[old], [npm('srv', 'qs', '6.11.0')]], ['npm qs 6.11.0']],
    ['is deleted', [[old], [gone(old.path)]], []],
    ['is deleted with its folder', [[old], [gone('srv/node_modules')]], []],
    ['is deleted and brought back', [[old], [gone(old.path)], [old]], ['npm qs 6.7.0']],
    ['is deleted and brought back in one layer', [[old], [gone('srv'), old]], ['npm qs 6.7.0']],
    [
      'lies in an opaque folder',
      [[old], [file('srv/.wh..wh..opq'), npm('srv', 'ms', '2.0.0')]],
      ['npm ms 2.0.0'],
    ],
    ['has its folder replaced by a file', [[old], [file('srv/node_modules')]], []],
    [
      'has its folder replaced by a link',
      [[old], [{ path: 'srv/node_modules', type: 'SymbolicLink', linkpath: '/other' }]],
      [],
    ],
    ['is overwritten by what is no package', [[old], [{ path: old.path, type: 'Directory' }]], []],
    ['comes twice in one layer', [[old, npm('srv', 'qs', '6.8.0')]], ['npm qs 6.8.0']],
    [
      'is one of two copies, of which one is deleted',
      [[old, npm('opt', 'qs', '6.7.0')], [gone(old.path)]],
      ['npm qs 6.7.0'],
    ],
  ])('when a package %s, then what is left counts', async (_, layers, wanted) => {
    expect((await listed(layers)).map((one) => one.replace(/ at .*/, ''))).toEqual(wanted)
  })

  test('when several are deleted in one layer, then all of them are gone', async () => {
    const both = [python('usr/lib/p', 'idna', '2.7'), python('usr/lib/p', 'certifi', '2022.12.7')]
    expect(await listed([both, both.map(({ path }) => gone(path))])).toEqual([])
  })

  test('when node_modules is a link to another, then each package is there once', async () => {
    const link: Entry = { path: 'srv/node_modules', type: 'SymbolicLink', linkpath: '../shared/node_modules' }
    expect(await listed([[npm('shared', 'qs', '6.7.0'), link]])).toEqual([
      'npm qs 6.7.0 at shared/node_modules/qs/package.json',
    ])
  })

  test('when a file is a hard link to another, then both are there', async () => {
    const target = npm('a', 'qs', '6.7.0')
    const link: Entry = { path: 'b/node_modules/qs/package.json', type: 'Link', linkpath: target.path }
    expect(await listed([[target, link]])).toEqual([
      'npm qs 6.7.0 at a/node_modules/qs/package.json, b/node_modules/qs/package.json',
    ])
  })

  test('when two packages have one name and version in two ecosystems, then they are two', async () => {
    const gem = file('usr/local/bundle/specifications/redis-4.5.3.gemspec', '# stub: redis 4.5.3 ruby lib\n')
    const { inventory } = await inventoryOf([[gem, python('usr/local/lib', 'redis', '4.5.3')]])
    expect(inventory.items.map(({ purl }) => purl)).toEqual(['pkg:pypi/redis@4.5.3', 'pkg:gem/redis@4.5.3'])
  })

  test('when the image has a bit of everything, then the head counts it', async () => {
    const all = [
      npm('srv', 'qs', '6.7.0'),
      npm('opt', 'qs', '6.7.0'),
      npm('srv', 'ms', '2.0.0'),
      python('opt/venv/lib', 'Django', '3.2'),
      file(
        'opt/app/shop.jar',
        jarOf('com.acme', 'shop', '1.0', [{ name: 'lib/a.jar', body: zipOf([]), stored: true }]),
      ),
      file(
        'usr/local/include/node/node_version.h',
        '#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 3\n#define NODE_PATCH_VERSION 0\n',
      ),
      file('usr/local/include/python3.8/patchlevel.h', '#define PY_VERSION "3.8.0"\n'),
      file('usr/local/lib/libpython3.8.so.1.0', 'x'),
      file('opt/jdk/release', 'JAVA_VERSION="17.0.2"\n'),
      file('opt/jdk/lib/jrt-fs.jar', zipOf([])),
      program('usr/local/bin/a', rustProgram()),
      program('usr/local/bin/b', plainProgram()),
      file('usr/local/lib/librust.so', rustProgram()),
      file('srv/Shop.deps.json'),
    ]
    expect(await head([all])).toBe(
      'not examined: 2 npm, 1 PyPI, 1 Maven packages, Node.js 22.3.0, OpenJDK 17.0.2, Python 3.8.0, 1 code archive without a package name, 2 Rust programs, 1 .NET program',
    )
    expect(await head([[npm('srv', 'qs', '6.7.0')]])).toBe('not examined: 1 npm package')
    // What lies elsewhere below the folder of a JDK is not its own.
    const otherFiles = [file('opt/release', 'JAVA_VERSION="17.0.2"\n'), file('opt/app/a.jar', zipOf([]))]
    expect(await head([otherFiles])).toBe(
      'not examined: OpenJDK 17.0.2, 1 code archive without a package name',
    )
    // A program that is only named like the file of a JDK.
    const named = [program('opt/app/release', rustProgram()), file('opt/app/lib/a.jar', zipOf([]))]
    expect(await head([named])).toBe('not examined: 1 code archive without a package name, 1 Rust program')
    expect(await head([[file('etc/hostname')]])).toBeNull()
  })

  test('when a package lies there as a hard link to a file that says nothing, then its content is read', async () => {
    const stored = file('root/.local/share/pnpm/store/v3/files/ab/cd', '{"name":"qs","version":"6.7.0"}')
    const linked: Entry = { path: 'srv/node_modules/qs/package.json', type: 'Link', linkpath: stored.path }
    expect(await head([[stored, linked]])).toBe('not examined: 1 npm package')
    const whole = npm('a', 'qs', '6.7.0')
    const again: Entry = { path: 'b/node_modules/qs/package.json', type: 'Link', linkpath: whole.path }
    expect(await head([[whole, again]])).toBe('not examined: 1 npm package')
  })

  test('when a jar is too large for memory, then it is read where its layer is stored', async () => {
    const big = jarOf('com.acme', 'shop', '1.0', [{ name: 'x', body: 'x'.repeat(5000), stored: true }])
    const limits = { jarBytes: 1000, storedJarBytes: 10_000 }
    const layer = [file('a', 'x'), file('opt/app.jar', big), file('opt/gone.jar', big), file('opt/gone.jar')]
    expect(await listed([layer], { limits })).toEqual([
      'maven com.acme:shop 1.0 at opt/app.jar',
      'jar gone.jar null at opt/gone.jar',
    ])
    const size = big.length
    expect(await listed([layer.slice(0, 2)], { limits: { ...limits, storedJarBytes: 2000 } })).toEqual([
      `unreadable ${size} bytes, over the limit of 2000 null at opt/app.jar`,
    ])
  })

  /** What a file of this size says, whose content nobody may read. */
  async function statementsOf(path: string, size: number) {
    const index = createLayerIndex()
    index.add(path, { path, type: 'file', size, offset: 0, mode: 0o644, linkPath: '' } as TarEntry)
    const file = { diffId: 'sha256:x', path: 'no-such-file', size }
    const tree = openLayer({ file, index, removed: [], opaque: [], redirection: null })
    return (await readApplications(tree, DEFAULT_LIMITS, newUsage())).files.get(path)?.says
  }

  test('when a jar has 5 GB, then it is unreadable, and the limit is said', async () => {
    expect(await statementsOf('opt/app.jar', 5e9)).toMatchObject([
      { kind: 'unreadable', name: '5000000000 bytes, over the limit of 4294967296' },
    ])
  })

  test('when a script is the beginning of an archive, then it is read under any name', async () => {
    const metadata = { name: 'idna-2.5.dist-info/METADATA', body: 'Name: idna\nVersion: 2.5\n' }
    const zipapp = zipOf([metadata], { prefix: '#!/usr/bin/env python3\n' })
    const phar = '#!/usr/bin/env php\n<?php __HALT_COMPILER(); ?>\r\n\x03\x00\x00\x00GBMB'
    const layer = [
      program('usr/local/bin/tool', zipapp),
      file('srv/job.data', zipapp),
      program('usr/local/bin/composer', Buffer.from(phar, 'latin1')),
      file('srv/box.phar', '<?php'),
      file('srv/not-a-script', zipapp.subarray(1)),
      program('usr/local/bin/plain', Buffer.from('#!/bin/sh\nexec true\n')),
    ]
    expect(await listed([layer])).toEqual([
      'pypi idna 2.5 at srv/job.data, usr/local/bin/tool',
      'phar box.phar null at srv/box.phar',
      'phar composer null at usr/local/bin/composer',
    ])
  })

  test('when a gem or a wheel lies where only an installer reads it, then it is named, and not judged', async () => {
    const seed = 'usr/local/lib/python3.11/ensurepip/_bundled/setuptools-65.5.0-py3-none-any.whl'
    expect(await listed([[file(seed, 'PK'), file('usr/local/bundle/cache/rack-2.2.3.gem', 'x')]])).toEqual([
      'not-installed rack 2.2.3 at usr/local/bundle/cache/rack-2.2.3.gem',
      `not-installed setuptools 65.5.0 at ${seed}`,
    ])
  })

  test('when package.json is larger than any, then none of it is kept, and it is reported as unreadable', async () => {
    const path = 'srv/node_modules/big/package.json'
    expect(await statementsOf(path, 2 ** 30)).toMatchObject([
      { kind: 'unreadable', name: '1073741824 bytes, over the limit of 1048576' },
    ])
    const padded = JSON.stringify({ name: 'big', version: '1.0.0', readme: 'x'.repeat(2 ** 20) })
    expect(await head([[file(path, padded)]])).toBe('not examined: 1 unreadable file')
  })

  test('when package.json is not UTF-8, then it is unreadable, or its name is no other package’s', async () => {
    const path = 'srv/node_modules/lodash/package.json'
    const wide = Buffer.from('\ufeff{"name":"lodash","version":"4.17.4"}', 'utf16le')
    expect(await head([[file(path, wide)]])).toBe('not examined: 1 unreadable file')
    const latin = Buffer.from('{"name":"lodash\xe9","version":"4.17.4","author":"Jos\xe9"}', 'latin1')
    expect(await listed([[file(path, latin)]])).toEqual([`npm lodash\ufffd 4.17.4 at ${path}`])
  })

  test('when a layer has more packages than are read, then that is reported', async () => {
    const many = [1, 2, 3].map((n) => npm('srv', `p${n}`, '1.0.0'))
    expect(await head([many], { limits: { applicationStatements: 2 } })).toBe(
      'not examined: 2 npm packages, 1 layer read only in part',
    )
  })

  test('when an image has 100,001 packages, then the limit says what it cut', async () => {
    const packages = Array.from({ length: 5000 }, (_, at) => ({ name: `a/${at}`, version: '1' }))
    const body = JSON.stringify({ packages })
    const lists = Array.from({ length: 20 }, (_, at) => file(`srv/${at}/composer/installed.json`, body))
    const { inventory } = await inventoryOf([[...lists, npm('srv', 'last', '1.0.0')]])
    expect(inventory?.items).toHaveLength(5000)
    expect(inventory?.cut).toMatchObject([
      { why: 'more than 100000 application packages in the image', at: 'srv/node_modules/last/package.json' },
    ])
  })

  test('when evidence is of before there was an inventory, then nobody has looked', () => {
    const inventory = applicationInventory(anImage({ layers: [aLayer({ applications: undefined })] }), {
      installed: [],
      foreign: [],
    })
    expect(inventory).toBeNull()
    expect(summaryText(summaryOf(inventory))).toBe(
      'not examined: application packages (not in this evidence)',
    )
  })

  test('when kinds were judged, then they are distinguished from what was not examined', async () => {
    const { inventory } = await inventoryOf([[npm('srv', 'qs', '6.7.0'), python('opt', 'Django', '3.2')]])
    const looked = {
      judged: new Set(['npm'] as const),
      confirming: new Set<'pypi'>(),
      open: [],
      groups: new Map(),
      alone: [],
      clair: null,
    }
    expect(summaryText(summaryOf(inventory, looked))).toBe(
      '1 npm package judged by OSV; not examined: 1 PyPI package',
    )
    const both = {
      judged: new Set(['npm', 'pypi'] as const),
      confirming: new Set(['pypi'] as const),
      open: [],
      groups: new Map(),
      alone: [],
      clair: null,
    }
    expect(summaryText(summaryOf(inventory, both))).toBe(
      '1 PyPI package judged by Clair and OSV; 1 npm package judged by OSV',
    )
  })
})
