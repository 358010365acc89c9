import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { applicationInventory, ownItems, summaryOf } from '../../../../src/inventory/application/inventory.js'
import { createApplicationScan } from '../../../../src/io/archive/application/scan.js'
import type { Limits } from '../../../../src/io/archive/image-archive.js'
import { DEFAULT_LIMITS, noUsage } from '../../../../src/io/archive/limits.js'
import type { TarEntry } from '../../../../src/io/archive/tar-header.js'
import { summaryText } from '../../../../src/model/application.js'
import type { Image } from '../../../../src/model/image.js'
import type { ForeignPackage, Origin } from '../../../../src/model/origin.js'
import type { InstalledPackage } from '../../../../src/model/package.js'
import { aLayer, anImage } from '../../../support/builders.js'
import { jarOf, zipOf } from '../../../support/hostile-zip.js'
import { goProgram, plainProgram, rustProgram } from '../../../support/programs.js'
import { type Entry, ociEntries, read, tarOf } from '../../io/archive/build.js'

const md5 = (body: string | Buffer) => createHash('md5').update(body).digest('hex')
const file = (path: string, body: string | Buffer = ''): Entry => ({ path, body })
const program = (path: string, body: Buffer): Entry => ({ path, body, mode: 0o755 })
const gone = (path: string): Entry => {
  const at = path.lastIndexOf('/') + 1
  return { path: `${path.slice(0, at)}.wh.${path.slice(at)}` }
}
const npm = (folder: string, name: string, version: string): Entry =>
  file(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version }))
const python = (folder: string, name: string, version: string): Entry =>
  file(`${folder}/${name}-${version}.dist-info/METADATA`, `Name: ${name}\nVersion: ${version}\n`)

function installed(...names: readonly string[]): InstalledPackage[] {
  return names.map((name) => ({
    name,
    version: '1',
    architecture: 'all',
    source: name,
    sourceVersion: '1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
  }))
}
const from = (origin: Origin, name: string): ForeignPackage[] =>
  installed(name).map((one) => ({ ...one, origin, suite: null, release: null }))

type Layers = readonly (readonly Entry[])[]

async function imageOf(layers: Layers, limits: Partial<Limits> = {}): Promise<Image> {
  const archive = tarOf(ociEntries(layers.map((entries) => tarOf(entries))))
  return (await read(archive, { limits })).image
}

interface Known {
  readonly packages?: readonly InstalledPackage[]
  readonly foreign?: readonly ForeignPackage[]
  readonly limits?: Partial<Limits>
}

async function inventoryOf(layers: Layers, { packages = [], foreign = [], limits = {} }: Known = {}) {
  const image = await imageOf(layers, limits)
  const inventory = applicationInventory(image, { installed: packages, foreign })
  if (inventory === null) {
    throw new Error('nobody has looked')
  }
  return { image, inventory }
}

/** `npm lodash 4.17.4 at a, b [debian]`, of all or of the application's own. */
async function listed(layers: Layers, known: Known & { readonly all?: boolean } = {}): Promise<string[]> {
  const { inventory } = await inventoryOf(layers, known)
  const items = known.all ? inventory.items : ownItems(inventory)
  return items.map(({ kind, name, version, places }) => {
    const where = places.map(({ path, inside }) => (inside === null ? path : `${path}:${inside}`)).join(', ')
    return `${kind} ${name} ${version} at ${where}`
  })
}

async function head(layers: Layers, known: Known = {}): Promise<string | null> {
  return summaryText(summaryOf((await inventoryOf(layers, known)).inventory))
}

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

  test('when a jar has 5 GB, then it is unreadable, and the limit is said', () => {
    const path = 'opt/app.jar'
    const scan = createApplicationScan(DEFAULT_LIMITS, noUsage())
    const entry = { path, type: 'file', size: 5e9, mode: 0o644 } as TarEntry
    scan.entry(path, entry)
    expect(scan.finish(null).files.get(path)?.says).toMatchObject([
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
    const scan = createApplicationScan(DEFAULT_LIMITS, noUsage())
    scan.entry(path, { path, type: 'file', size: 2 ** 30, mode: 0o644 } as TarEntry)
    expect(scan.finish(null).files.get(path)?.says).toMatchObject([
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

describe('what a Go program says of its modules', () => {
  const lines = [
    'path\tacme.example/app',
    'mod\tacme.example/app\t(devel)\t',
    'dep\tgolang.org/x/text\tv0.3.7\th1:abc=',
    'dep\tgithub.com/Acme/old\tv1.0.0',
    '=>\tgithub.com/acme/fork\tv1.0.1\th1:def=',
    'build\tCGO_ENABLED=0',
  ]

  test('when it is of Go 1.18 or later, then stdlib and modules are listed, and what replaces one', async () => {
    expect(await listed([[program('usr/local/bin/app', goProgram('go1.19.8', lines))]])).toEqual([
      'golang acme.example/app null at usr/local/bin/app',
      'golang github.com/acme/fork v1.0.1 at usr/local/bin/app',
      'golang golang.org/x/text v0.3.7 at usr/local/bin/app',
      'golang stdlib 1.19.8 at usr/local/bin/app',
    ])
  })

  test('when its own module is of a checkout, then that is kept, and not of one that was downloaded', async () => {
    const commit = 'v0.0.0-20260102030405-abcdefabcdef'
    const own = [
      `mod\ta.example/app\t${commit}\t`,
      `mod\ta.example/tool\t${commit}\th1:abc=`,
      'mod\t\t(devel)\t',
    ]
    const image = await imageOf([[program('app', goProgram('go1.24.0', own))]])
    const [, ...modules] = image.layers[0]?.applications?.files.app?.says ?? []
    expect(modules.map(({ name, isFromCheckout }) => [name, isFromCheckout])).toEqual([
      ['a.example/app', true],
      ['a.example/tool', undefined],
    ])
    const inventory = applicationInventory(image, { installed: [], foreign: [] })
    const kept = inventory?.items.map(({ name, places }) => [name, places[0]?.isFromCheckout])
    expect(kept).toContainEqual(['a.example/app', true])
  })

  test.each([
    [62, 'amd64'],
    [183, 'arm64'],
    [9999, undefined],
  ])('when its header is for machine %d, then its architecture is %s', async (machine, arch) => {
    const body = goProgram('go1.19.8', lines, { machine })
    const { image } = await read(tarOf(ociEntries([tarOf([program('app', body)])])))
    expect(image.layers[0]?.applications?.files.app?.says[0]?.arch).toBe(arch)
  })

  test('when its mark falls on the edge of a chunk, then it is found all the same', async () => {
    const body = goProgram('go1.19.8', lines, { before: 65_536 - 512 - 128 - 512 })
    const archive = tarOf(ociEntries([tarOf([program('app', body)])]))
    for (const size of [65_536, 1000, 17]) {
      const { image } = await read(archive, {}, () => size)
      expect(image.layers[0]?.applications?.files.app?.says).toHaveLength(4)
    }
  })

  test.each([33, 31, 17, 5, 1])(
    'when a program comes in pieces of %d bytes, then nothing is lost',
    async (size) => {
      const entries = [
        program('go', goProgram('go1.19.8', [], { before: 512 })),
        program('rust', rustProgram()),
      ]
      const { image } = await read(tarOf(ociEntries([tarOf(entries)])), {}, () => size)
      const { go, rust } = image.layers[0]?.applications?.files ?? {}
      expect([...(go?.says ?? []), ...(rust?.says ?? [])].map(({ kind }) => kind)).toEqual(['golang', 'rust'])
    },
  )

  test('when data before it, or within its reach, has marks of its own, then they hide nothing', async () => {
    const mark = Buffer.concat([
      Buffer.from('\xff Go buildinf:', 'latin1'),
      Buffer.alloc(2),
      Buffer.alloc(16),
    ])
    const real = goProgram('go1.19.8', lines)
    const decoy = goProgram('go1.22.1', [], { before: 0 }).subarray(128, 128 + 4096)
    const bodies = [mark, Buffer.concat([mark, mark, mark]), decoy].map((data) =>
      Buffer.concat([real.subarray(0, 128), data, real.subarray(128)]),
    )
    for (const body of bodies) {
      expect(await listed([[program('app', body)]])).toContain('golang golang.org/x/text v0.3.7 at app')
    }
    const many = Buffer.concat(Array.from({ length: 100 }, () => mark))
    const hostile = Buffer.concat([real.subarray(0, 128), many, real.subarray(128)])
    expect(await listed([[program('app', hostile)]])).toContainEqual(
      expect.stringMatching(/^unreadable more than 64/),
    )
  })

  test.each<[string, Buffer, string[]]>([
    [
      'is older, and its pointers lead nowhere',
      goProgram('go1.16', lines, { flags: 0 }),
      ['unreadable Go build information of Go 1.17 or older that leads nowhere null at app'],
    ],
    ['has a mark where none can be', goProgram('go1.19', lines, { before: 4097 }), []],
    [
      'has something else at the mark',
      goProgram('x', lines),
      ['unreadable broken Go build information null at app'],
    ],
    [
      'is cut within it',
      goProgram('go1.19', lines).subarray(0, 4300),
      ['unreadable broken Go build information null at app'],
    ],
    ['has no modules (GOPATH)', goProgram('go1.19.8', []), ['golang stdlib 1.19.8 at app']],
  ])('when it %s, then that is said', async (_, body, wanted) => {
    expect(await listed([[program('app', body)]])).toEqual(wanted)
  })
})

describe('a file whose name says something else', () => {
  const body = goProgram('go1.19.8', [])
  const isListed = async (...entries: Entry[]) =>
    (await listed([entries])).some((one) => one.startsWith('golang stdlib 1.19.8 at'))

  test.each([
    'opt/bin/release',
    'srv/status',
    'opt/status.d/app',
    'usr/bin/status',
    'srv/node_modules/x/package.json',
    'srv/x-1.dist-info/METADATA',
    'srv/app.jar',
    'srv/app.deps.json',
    'etc/apt/apt.conf.d/app',
  ])('when a program lies at %s, then it is searched for modules of Go', async (path) => {
    expect(await isListed(program(path, body))).toBe(true)
  })

  test('when a program is a hard link called status, then it is there under that name too', async () => {
    const link: Entry = { path: 'srv/status', type: 'Link', linkpath: 'srv/app' }
    expect(await listed([[program('srv/app', body), link]])).toContainEqual(
      expect.stringContaining('golang stdlib 1.19.8 at srv/app, srv/status'),
    )
  })

  const link = (path: string, linkpath: string): Entry => ({ path, type: 'SymbolicLink', linkpath })
  const UNREAD = 'unreadable a symbolic link to a file that was not read null at'
  test.each([
    ['opt/jdk/release', '../x', 'opt/x'],
    ['srv/app.jar', '/opt/blob', 'opt/blob'],
    ['srv/node_modules/x/package.json', '../../../x.json', 'x.json'],
    ['srv/app.jar', '../../../../opt/blob', 'opt/blob'],
  ])(
    'when %s is a link to %s, which is not read there, then it is named',
    async (path, target, linkTarget) => {
      const named = [`${UNREAD} ${path}`]
      expect(await listed([[file(linkTarget, 'x'), link(path, target)]])).toEqual(named)
      expect(await listed([[file(linkTarget, 'x')], [link(path, target)]])).toEqual(named)
      // Behind a link to a folder, too.
      const [top = ''] = linkTarget.split('/')
      if (top !== linkTarget) {
        expect(await listed([[link(top, '/data'), link(path, target)]])).toEqual(named)
      }
    },
  )

  test('when a link leads to a folder, to nothing, or to what a lower layer shows, then it says nothing', async () => {
    const folder: Entry = { path: 'srv/www/releases/1', type: 'Directory' }
    expect(await listed([[folder, link('srv/www/release', 'releases/1')]])).toEqual([])
    expect(await listed([[link('app/lib/x.jar', '/data/x')]])).toEqual([])
    const phar = file(
      'usr/local/bin/composer',
      '#!/usr/bin/env php\n<?php __HALT_COMPILER(); ?>\r\n\x03\x00\x00\x00GBMB',
    )
    const found = await listed([[phar], [link('usr/local/bin/composer.phar', 'composer')]])
    expect(found.filter((one) => one.startsWith('unreadable'))).toEqual([])
  })

  test.each([
    ['usr/share/java/a.jar', 'a-1.0.jar'],
    ['usr/share/java/a.jar', '/etc/alternatives/a.jar'],
    ['usr/lib/libpython3.11.so', '../x/libpython3.11.so.1.0'],
    ['srv/status', 'elsewhere'],
  ])(
    'when %s is a link to %s, which is read there or is nothing, then it says nothing',
    async (path, target) => {
      expect(await listed([[link(path, target)]])).toEqual([])
    },
  )

  test('when links lead to links, as alternatives do, then the file at their end decides', async () => {
    const chain = [
      link('usr/bin/phar.phar', '/etc/alternatives/phar.phar'),
      link('etc/alternatives/phar.phar', '/usr/bin/phar.phar.default'),
      link('usr/bin/phar.phar.default', 'phar.phar8.2'),
    ]
    const record = file('var/lib/dpkg/alternatives/phar.phar', 'auto\n/usr/bin/phar.phar\n\n')
    expect(await listed([[...chain, record, link('usr/bin/phar.phar8.2', 'phar8.2.phar')]])).toEqual([])
    const blob = file('usr/bin/blob', 'x')
    expect(await listed([[...chain, blob, link('usr/bin/phar.phar8.2', 'blob')]])).toEqual([
      `${UNREAD} etc/alternatives/phar.phar, usr/bin/phar.phar`,
    ])
    expect(await listed([[link('srv/a.jar', 'b.jar'), link('srv/b.jar', 'a.jar')]])).toEqual([
      `${UNREAD} srv/a.jar, srv/b.jar`,
    ])
  })
})

describe('who owns a file', () => {
  test('when more lists lie in the image than are kept, then those of Debian’s folders have an unknown owner', async () => {
    const path = 'usr/lib/python3/dist-packages'
    const lists = [
      file('var/lib/dpkg/info/a.list', '/a\n'.repeat(100)),
      file('var/lib/dpkg/info/b.list', '/b\n'),
    ]
    const { inventory } = await inventoryOf(
      [[python(path, 'idna', '3.3'), python('srv', 'idna', '3.4'), ...lists]],
      {
        packages: installed('a', 'b'),
        limits: { listBytes: 100 },
      },
    )
    const owners = inventory.items.flatMap(({ places }) => places.map(({ owner }) => owner.by))
    expect(owners).toEqual(['unknown', 'nobody'])
  })

  const METADATA = python('usr/lib/python3/dist-packages', 'idna', '3.3')
  const body = String(METADATA.body)
  const info = (name: string, text: string) => file(`var/lib/dpkg/info/${name}`, text)
  const sums = (path: string, content: string | Buffer) =>
    info('python3-idna.md5sums', `${md5(content)}  ${path}\n`)
  const list = info('python3-idna.list', `/.\n/usr\n/${METADATA.path}\n`)
  const base = [METADATA, list, sums(METADATA.path, body)]
  const packages = installed('python3-idna')
  const IDNA = [`pypi idna 3.3 at ${METADATA.path}`]

  test.each<[string, Layers, Known, string[]]>([
    ['is listed with its content', [base], { packages }, []],
    ['is listed in another layer', [[METADATA], base.slice(1)], { packages }, []],
    [
      'has another content than its sum',
      [[...base.slice(0, 2), sums(METADATA.path, 'x')]],
      { packages },
      IDNA,
    ],
    ['is overwritten in a later layer', [base, [{ ...METADATA, body: `${body}\nmore` }]], { packages }, IDNA],
    ['is of a package that is not installed', [base], { packages: [] }, IDNA],
    [
      'is of a third party’s package',
      [base],
      { packages, foreign: from('third-party', 'python3-idna') },
      IDNA,
    ],
    [
      'is of a package of unknown origin',
      [base],
      { packages, foreign: from('unknown', 'python3-idna') },
      IDNA,
    ],
    [
      'is of a vendor’s package that looks like an old one of Debian’s',
      [base],
      { packages: packages.map((one) => ({ ...one, version: '0.5-1nodesource1' })) },
      IDNA,
    ],
    ['is of Debian’s backports', [base], { packages, foreign: from('backports', 'python3-idna') }, []],
    ['is listed without any sums, of the same layer', [[METADATA, list]], { packages }, []],
    ['is listed without any sums, and written later', [[list], [METADATA]], { packages }, IDNA],
    ['is listed, and left out of the sums', [[METADATA, list, sums('usr/other', 'x')]], { packages }, IDNA],
    [
      'lost its list to a whiteout',
      [
        base,
        [gone('var/lib/dpkg/info/python3-idna.list'), gone('var/lib/dpkg/info/python3-idna.md5sums')],
        [info('x.list', '')],
      ],
      { packages },
      IDNA,
    ],
    [
      'is of distroless, which has sums alone',
      [[METADATA, file('var/lib/dpkg/status.d/python3-idna.md5sums', `${md5(body)}  ${METADATA.path}\n`)]],
      { packages },
      [],
    ],
    [
      'is listed without /usr',
      [
        [
          METADATA,
          info('python3-idna.list', `/${METADATA.path.slice(4)}\n`),
          sums(METADATA.path.slice(4), body),
        ],
      ],
      { packages },
      [],
    ],
  ])('when a file %s, then that decides', async (_, layers, known, wanted) => {
    expect(await listed(layers, known)).toEqual(wanted)
  })

  test.each([
    ['usr/share/nodejs/lodash', 'lodash'],
    ['usr/share/nodejs/@babel/core', '@babel/core'],
    ['usr/lib/nodejs/lodash', 'lodash'],
    ['usr/lib/x86_64-linux-gnu/nodejs/lodash', 'lodash'],
  ])(
    'when a package lies in %s, where Debian’s Node.js looks, then it is its own unless Debian’s',
    async (folder, name) => {
      const path = `${folder}/package.json`
      const text = JSON.stringify({ version: '4.17.4' })
      const own = [`npm ${name} 4.17.4 at ${path}`]
      const owned = [info('python3-idna.list', `/${path}\n`), sums(path, text)]
      const stub = file(`${folder}/lib/package.json`, '{"type":"module"}')
      expect(await listed([[file(path, text), stub, info('x.list', '')]], { packages })).toEqual(own)
      expect(await listed([[file(path, text), ...owned, stub]], { packages })).toEqual([])
      expect(await listed([owned, [file(path, `${text} `)]], { packages })).toEqual(own)
      expect(await head([[file(path, text)]], { packages })).toBe('not examined: 1 package of unknown owner')
      expect(await listed([[file(`opt/${path}`, text)]], { packages })).toEqual([])
    },
  )

  const bulky: readonly Entry[] = [
    program('usr/bin/tool', goProgram('go1.19.8', [])),
    file('usr/share/java/tool.jar', jarOf('com.acme', 'tool', '1.0', [])),
    program('usr/lib/libpython3.11.so.1.0', Buffer.concat([plainProgram(), Buffer.from('\x003.11.2\0')])),
    file('usr/lib/python3/dist-packages/tool-1.egg-info', `Name: tool\n\n${'x'.repeat(70_000)}`),
    // Its content begins two blocks later than that of the others.
    { ...program('tool', goProgram('go1.19.8', [])), paxPath: `usr/lib/${'long/'.repeat(30)}tool` },
  ]
  test.each(bulky.map((one) => [(one.paxPath ?? one.path).slice(0, 40), one] as const))(
    'when a large file is Debian’s, %s, then it is read again, and its content decides',
    async (_, one) => {
      const path = one.paxPath ?? one.path
      const layer = [file('etc/hostname', 'x'), one, info('python3-idna.list', `/${path}\n`)]
      const content = one.body ?? ''
      expect(await listed([[...layer, sums(path, content)]], { packages })).toEqual([])
      expect(await listed([layer, [sums(path, content)]], { packages })).toEqual([])
      expect(await listed([[...layer, sums(path, `${content.toString()}x`)]], { packages })).toHaveLength(1)
      const other = Buffer.concat([Buffer.from(content), Buffer.from('y')])
      const replaced = await listed([[...layer, sums(path, content)], [{ ...one, body: other }]], {
        packages,
      })
      expect(replaced).toHaveLength(1)
    },
  )

  test('when a program is Debian’s under two names, by a link and by a diversion, then both are', async () => {
    const body = goProgram('go1.19.8', [])
    const diversions = '/usr/bin/tool\n/usr/bin/tool.distrib\nother\n'
    const names = ['usr/bin/tool.distrib', 'usr/bin/again']
    const layer = [
      program('usr/bin/tool.distrib', body),
      { path: 'usr/bin/again', type: 'Link', linkpath: 'usr/bin/tool.distrib' } as const,
      file('var/lib/dpkg/diversions', diversions),
      info('python3-idna.md5sums', `${md5(body)}  usr/bin/tool\n${md5(body)}  usr/bin/again\n`),
    ]
    expect(
      await listed([[...layer, info('python3-idna.list', '/usr/bin/tool\n/usr/bin/again\n')]], { packages }),
    ).toEqual([])
    expect(await listed([layer.slice(0, 2)], { packages })).toEqual([
      `golang stdlib 1.19.8 at ${names.sort().join(', ')}`,
    ])
  })

  test('when no list has a sum of a program, then none is computed', async () => {
    const image = await imageOf([[program('srv/app', goProgram('go1.19.8', []))]])
    expect(image.layers[0]?.applications?.files['srv/app']?.md5).toBeNull()
  })

  test('when a package’s file was diverted, then it is the package’s where it lies now', async () => {
    const moved = { ...METADATA, path: 'usr/lib/python3/dist-packages/idna-3.3.distrib.dist-info/METADATA' }
    const diversions = `/${METADATA.path}\n/${moved.path}\nother\n`
    const layer = [moved, list, sums(METADATA.path, body), file('var/lib/dpkg/diversions', diversions)]
    expect(await listed([layer], { packages })).toEqual([])
    expect(await listed([layer.slice(0, 3)], { packages })).not.toEqual([])
  })

  test('when dpkg’s lists are gone, then of what lies in Debian’s folders the owner is not known', async () => {
    const layers = [base, [gone('var/lib/dpkg/info')]]
    expect(await head(layers, { packages })).toBe('not examined: 1 package of unknown owner')
    expect(
      await head([[...base, npm('srv', 'qs', '6.7.0')], [gone('var/lib/dpkg/info')]], { packages }),
    ).toBe('not examined: 1 npm package, 1 package of unknown owner')
  })

  test('when one place is Debian’s and one the application’s own, then only the own one counts', async () => {
    const own = python('opt/venv', 'idna', '3.3')
    expect(await listed([[...base, own]], { packages })).toEqual([`pypi idna 3.3 at ${own.path}`])
    expect(await listed([[...base, own]], { packages, all: true })).toEqual([
      `pypi idna 3.3 at ${own.path}, ${METADATA.path}`,
    ])
  })
})
