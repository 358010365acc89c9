import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import {
  applicationInventory,
  ownItems,
  summaryOf,
} from '../../../../../../src/inventory/application/inventory.js'
import { programFindings } from '../../../../../../src/inventory/programs/programs.js'
import type { Limits } from '../../../../../../src/io/archive/image/image-archive.js'
import { namedProgram } from '../../../../../../src/io/archive/readers/versions/patterns.js'
import { summaryText } from '../../../../../../src/model/packages/application-summary.js'
import type { InstalledPackage } from '../../../../../../src/model/packages/package.js'
import { zipOf } from '../../../../../support/hostile-zip.js'
import { elfOf, goProgram, plainProgram, withSegments } from '../../../../../support/programs.js'
import { type Entry, readAlike, tarOf } from '../../build.js'

/** Bytes around the evidence in real programs, and lines of real texts (bitnami, Debian, and the projects' own builds). */
interface RealFile {
  readonly elf?: readonly string[]
  readonly text?: string
  readonly zip?: Readonly<Record<string, string>>
}
interface RealProgram {
  readonly image: string
  readonly program: string
  readonly version: string
  readonly files: Readonly<Record<string, RealFile>>
}
const REAL: readonly RealProgram[] = JSON.parse(
  readFileSync(new URL('./programs.json', import.meta.url), 'utf8'),
)

const HEAD = plainProgram().subarray(0, 128)
/** A program with these bytes in it, each where a linker may put them. */
function elf(...parts: readonly (string | Buffer)[]): Buffer {
  const aligned = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    return [Buffer.alloc(64), bytes, Buffer.alloc(16 - (bytes.length % 16))]
  })
  return Buffer.concat([HEAD, ...aligned, Buffer.alloc(64)])
}

function entryOf(path: string, { elf: parts, text = '', zip }: RealFile): Entry {
  if (zip !== undefined) {
    return { path, body: zipOf(Object.entries(zip).map(([name, body]) => ({ name, body }))) }
  }
  return { path, body: parts === undefined ? text : elf(...parts.map((one) => Buffer.from(one, 'base64'))) }
}

const file = (path: string, body: string | Buffer = ''): Entry => ({ path, body })
const NGINX = elf('nginx version: nginx/1.18.0\n\0')
const node = (version: string) => elf(`node.js/v${version}\0`)
const nodeHeader = (version: string) =>
  version
    .split('.')
    .map((number, at) => `#define NODE_${['MAJOR', 'MINOR', 'PATCH'][at]}_VERSION ${number}\n`)
    .join('')

type Layers = readonly (readonly Entry[])[]
interface Known {
  readonly installed?: readonly InstalledPackage[]
  readonly limits?: Partial<Limits>
  readonly sizes?: () => number
}

async function inventoryOf(layers: Layers, { installed = [], limits = {}, sizes }: Known = {}) {
  const { image } = await readAlike(layers.map(tarOf), {}, { limits, ...(sizes && { sizes }) })
  const inventory = applicationInventory(image, { installed, foreign: [] })
  if (inventory === null) {
    throw new Error('nobody has looked')
  }
  return inventory
}

/** `nginx 1.18.0 at usr/sbin/nginx`, of the programs that are not Debian's. */
async function programsIn(layers: Layers, known: Known = {}): Promise<string[]> {
  const items = ownItems(await inventoryOf(layers, known)).filter(
    ({ kind }) => kind === 'program' || kind === 'bitnami',
  )
  return items.map(
    ({ name, version, places }) => `${name} ${version} at ${places.map(({ path }) => path).join(', ')}`,
  )
}

test.each(REAL.map((one) => [one.image, one.program, one.version, one.files] as const))(
  'when an image is like %s, then it has %s %s, at each of its files',
  async (_, program, version, files) => {
    const entries = Object.entries(files).map(([path, one]) => entryOf(path, one))
    const paths = Object.keys(files).filter((path) => files[path]?.elf?.length !== 0)
    expect(await programsIn([entries])).toEqual([`${program} ${version} at ${paths.sort().join(', ')}`])
  },
)

test('when it is read in pieces of any size, then the same is found', async () => {
  const entries = REAL.flatMap(({ image, files }) =>
    Object.entries(files).map(([path, one]) => entryOf(`srv/${image}/${path}`, one)),
  )
  const whole = await programsIn([entries])
  for (const size of [1, 7, 64, 511, 4099]) {
    expect(await programsIn([entries], { sizes: () => size })).toEqual(whole)
  }
})

describe('what a program is not', () => {
  const BUSYBOX = elf('\0BusyBox v1.35.0 (Debian 1:1.35.0-4)\0')

  test.each<[string, Layers]>([
    [
      'a text quotes versions',
      [
        [
          file('srv/nginx', 'nginx version: nginx/1.18.0\n'),
          file('srv/node', 'node.js/v16.0.0\0'),
          file('opt/app/release', 'JAVA_VERSION_DATE="2023-04-18"\nVERSION="17.0.7"\n'),
          file('opt/app/VERSION', 'go1.18.0\n'),
          file('usr/local/go/VERSION', 'go1.18.0\n'),
          file('opt/app/RELEASE-NOTES', 'Apache Tomcat Version 9.0.80\n'),
        ],
      ],
    ],
    ['a script has its name', [[file('usr/sbin/nginx', '#!/bin/sh\n# nginx version: nginx/1.18.0\n')]]],
    [
      'its name is a link to busybox',
      [
        [
          file('usr/bin/busybox', BUSYBOX),
          { path: 'usr/bin/httpd', type: 'SymbolicLink', linkpath: 'busybox' },
          { path: 'usr/bin/node', type: 'Link', linkpath: 'usr/bin/busybox' },
        ],
      ],
    ],
    ['it is a copy of busybox', [[file('usr/bin/httpd', BUSYBOX), file('usr/bin/php', BUSYBOX)]]],
    ['a later layer deletes it', [[file('usr/sbin/nginx', NGINX)], [file('usr/sbin/.wh.nginx')]]],
    ['a later layer replaces it by a text', [[file('usr/sbin/nginx', NGINX)], [file('usr/sbin/nginx', 'x')]]],
    [
      'it is a Go program of that name',
      [[file('usr/bin/httpd', goProgram('go1.21.0', ['mod\ta.example/httpd\tv1.0.0']))]],
    ],
    [
      'a tool names the versions that it knows',
      [[file('usr/bin/scanner', elf('nginx version: nginx/1.18.0\n'))]],
    ],
  ])('when %s, then it is none', async (_, layers) => {
    const found = await programsIn(layers)
    expect(found.filter((one) => !one.startsWith('go '))).toEqual([])
  })

  test('when a later layer replaces it by another, then the new one counts', async () => {
    expect(
      await programsIn([[file('usr/bin/node', node('16.0.0'))], [file('usr/bin/node', node('22.1.0'))]]),
    ).toEqual(['node 22.1.0 at usr/bin/node'])
  })
})

describe('bytes that say little', () => {
  test.each<[string, Buffer]>([
    ['it is truncated', node('16.20.2').subarray(0, 150)],
    ['it is packed', elf('UPX!', Buffer.alloc(4096, 0xa5))],
    ['its version has a million characters', elf(`node.js/v1${'1'.repeat(1_000_000)}\0`)],
    ['its version has a million numbers', elf(`node.js/v1${'.1'.repeat(500_000)}\0`)],
    ['its version is edited out', elf('node.js/vxx.yy.z\0')],
  ])('when %s, then it is a program of unknown version', async (_, body) => {
    const layers = [[file('usr/local/bin/node', body)]]
    expect(await programsIn(layers)).toEqual(['node null at usr/local/bin/node'])
    expect(summaryText(summaryOf(await inventoryOf(layers)))).toBe('not examined: Node.js of unknown version')
  })

  test('when its version goes on in the next piece, then it is not cut', async () => {
    const body = elf(`X-Powered-By: PHP/8.4.0RC4\0`)
    for (let size = 1; size < 40; size += 1) {
      expect(await programsIn([[file('usr/bin/php', body)]], { sizes: () => size })).toEqual([
        'php 8.4.0RC4 at usr/bin/php',
      ])
    }
  })

  test('when a header next to it says which it is, then it is of that version', async () => {
    const layer = [
      file('usr/local/bin/node', elf('UPX!')),
      file('usr/local/include/node/node_version.h', nodeHeader('18.12.0')),
    ]
    expect(await programsIn([layer])).toEqual(['node 18.12.0 at usr/local/include/node/node_version.h'])
  })

  test('when there are very many, then the image was read only in part', async () => {
    const body = elf('x')
    const many = Array.from({ length: 60 }, (_, at) => file(`srv/${at}/node`, body))
    const { cut, items } = await inventoryOf([many], { limits: { namedPrograms: 50 } })
    expect(cut.map(({ why }) => why)).toEqual([
      'more than 50 files named as well-known programs in the image',
    ])
    expect(items.flatMap(({ places }) => places)).toHaveLength(50)
  })

  test('when the id of a build begins with the name of a host, then the version is the text in front', async () => {
    const ids = ['7.2.4buildkitsandbox-1700000000000000000', '7.2.43f2ab1c0d9e-1700000000000000000']
    for (const id of ids) {
      const body = elf('x\x007.2.4\0', 'x\x001.0.0\0', `x\0${id}\0`)
      expect(await programsIn([[file('usr/bin/redis-server', body)]])).toEqual([
        'redis 7.2.4 at usr/bin/redis-server',
      ])
    }
  })

  test('when it is OpenResty, then its nginx is one too', async () => {
    const body = elf('nginx version: openresty/1.21.4.1\n\0')
    expect(await programsIn([[file('usr/local/openresty/nginx/sbin/nginx', body)]])).toEqual([
      'nginx 1.21.4 at usr/local/openresty/nginx/sbin/nginx',
      'openresty 1.21.4.1 at usr/local/openresty/nginx/sbin/nginx',
    ])
  })

  test.each([
    ['1.8.0_342-b07', '8u342'],
    ['17.0.8.1+1', '17.0.8.1'],
    ['27-ea+5', '27-ea'],
  ])('when Java is of build %s, then it is %s', async (build, version) => {
    const body = elf(`OpenJDK 64-Bit Server VM (25.342-b07) for linux-amd64 JRE (${build}), built on\0`)
    expect(await programsIn([[file('opt/java/lib/server/libjvm.so', body)]])).toEqual([
      `openjdk ${version} at opt/java/lib/server/libjvm.so`,
    ])
  })
})

test('when a server’s jar has its version in its name, then it counts if it is a jar', async () => {
  const jar = zipOf([{ name: 'META-INF/MANIFEST.MF', body: 'Manifest-Version: 1.0\n' }])
  expect(
    await programsIn([
      [
        file('opt/cassandra/lib/apache-cassandra-4.1.3.jar', jar),
        file('var/lib/neo4j/lib/neo4j-kernel-5.13.0.jar', jar),
        file('srv/neo4j/lib/neo4j-kernel-4.4.0.jar', 'a text'),
        file('srv/lib/neo4j-kernel-4.4.1.jar', jar),
      ],
    ]),
  ).toEqual([
    'cassandra 4.1.3 at opt/cassandra/lib/apache-cassandra-4.1.3.jar',
    'neo4j 5.13.0 at var/lib/neo4j/lib/neo4j-kernel-5.13.0.jar',
  ])
})

describe('two statements that differ', () => {
  const twice = [
    file('usr/local/bin/node', node('16.20.2')),
    file('usr/local/include/node/node_version.h', nodeHeader('24.1.0')),
  ]

  test('when header and bytes name two versions, then both are reported, and the doubt', async () => {
    expect(await programsIn([twice])).toEqual([
      'node 16.20.2 at usr/local/bin/node',
      'node 24.1.0 at usr/local/include/node/node_version.h',
    ])
    const found = programFindings((await inventoryOf([twice])).items)
    expect(found.map(({ id, package: name, why }) => [id, name, why])).toEqual([
      [
        'program-doubtful',
        'program/node',
        'Node.js is 24.1.0 by usr/local/include/node/node_version.h, but 16.20.2 by usr/local/bin/node: both versions count',
      ],
    ])
  })

  test('when two programs are installed in two places, or two branches in one, then there is none', async () => {
    const all = [
      file('usr/local/bin/node', node('16.20.2')),
      file('opt/node/bin/node', node('22.1.0')),
      file('opt/node/include/node/node_version.h', nodeHeader('22.1.0')),
      file('usr/local/bin/python3.8', elf('/3.8.18\0')),
      file('usr/local/bin/python3.11', elf('/3.11.7\0')),
      file('usr/local/include/python3.8/patchlevel.h', '#define PY_VERSION "3.8.18"\n'),
    ]
    expect(programFindings((await inventoryOf([all])).items)).toEqual([])
  })
})

describe('a hard link with the name of a program', () => {
  const link = (path: string, linkpath: string): Entry => ({ path, type: 'Link', linkpath })

  test('when its file has no such name, then it is found under the name of the link', async () => {
    const memcached = elf('memcached 1.6.9\0')
    const links = [link('srv/x', 'nix/.links/1b2c'), link('usr/local/bin/memcached', 'srv/x')]
    expect(await programsIn([[file('nix/.links/1b2c', memcached), ...links]])).toEqual([
      'memcached 1.6.9 at usr/local/bin/memcached',
    ])
    const removed = file('nix/.links/.wh.1b2c')
    expect(await programsIn([[file('nix/.links/1b2c', memcached), ...links], [removed]])).toEqual([
      'memcached 1.6.9 at usr/local/bin/memcached',
    ])
  })

  test('when what it leads to is no program, then there is none', async () => {
    for (const entry of [file('srv/x', 'memcached 1.6.9\0'.padEnd(200)), file('srv/x', '\x7fELF')]) {
      expect(await programsIn([[entry, link('usr/local/bin/memcached', 'srv/x')]])).toEqual([])
    }
    expect(await programsIn([[file('srv/x')], [link('usr/local/bin/memcached', 'srv/x')]])).toEqual([])
  })
})

describe('a large program of another name', () => {
  const large = Buffer.concat([NGINX, Buffer.alloc(2 ** 20)])
  const list = (path: string, sum: string): Entry[] => [
    file('var/lib/dpkg/info/web.md5sums', `${sum}  ${path}\n`),
    file('var/lib/dpkg/info/web.list', `/${path}\n`),
  ]
  const installed = [
    {
      name: 'web',
      version: '1',
      architecture: 'all',
      source: 'web',
      sourceVersion: '1',
      want: 'install',
      flag: 'ok',
      state: 'installed',
      database: 'var/lib/dpkg/status',
    },
  ]
  const sum = createHash('md5').update(large).digest('hex')

  test('when nothing explains it, then it is found by its bytes', async () => {
    expect(await programsIn([[file('opt/web', large)]])).toEqual(['nginx 1.18.0 at opt/web'])
  })

  test.each([
    { segment: 'constants', flags: 4, isElsewhere: false },
    { segment: 'constants and code', flags: 5, isElsewhere: false },
    { segment: 'data', flags: 6, isElsewhere: true },
  ])(
    'when it has a segment of $segment, then its texts are found there, and elsewhere: $isElsewhere',
    async ({ flags, isElsewhere }) => {
      const found = ['nginx 1.18.0 at opt/web']
      for (const width of [4, 8] as const) {
        const inIt = elfOf(large, { width, flags })
        expect(await programsIn([[file('opt/web', inIt)]])).toEqual(found)
        const behindIt = Buffer.concat([elfOf(Buffer.alloc(9), { width, flags }), large])
        expect(await programsIn([[file('opt/web', behindIt)]])).toEqual(isElsewhere ? found : [])
        // The segment is larger than the file.
        expect(await programsIn([[file('opt/web', inIt.subarray(0, large.length))]])).toEqual(found)
      }
    },
  )

  test('when its table of segments is not whole where linkers put it, then all of it is searched', async () => {
    const program = elfOf(large, { flags: 4 })
    const row = Buffer.from(program.subarray(64, 64 + 56))
    // A segment of constants with nothing in it, and behind it the one with the text.
    const empty = Buffer.from(row)
    empty.writeBigUInt64LE(16n, 32)
    const at = 4096 - 56
    empty.copy(program, at)
    row.copy(program, at + 56)
    program.writeBigUInt64LE(BigInt(at), 32)
    program.writeUInt16LE(2, 56)
    expect(await programsIn([[file('opt/web', program)]])).toEqual(['nginx 1.18.0 at opt/web'])
  })

  test('when a segment of constants was added to a linked program, then its own texts are found too', async () => {
    const text = Buffer.from('nginx version: nginx/1.18.0\n\0')
    const constants = { flags: 4, at: 5000 }
    const code = { flags: 5, at: 6000 }
    const data = { flags: 6, at: 7000 }
    const added = { flags: 4, at: 8000 }
    const [inCode, inConstants] = [
      withSegments([code, data, added]),
      withSegments([constants, code, data, added]),
    ]
    for (const [program, at, isFound] of [
      [inCode, code.at, true],
      [inCode, added.at, true],
      [inCode, data.at, false],
      // Here the linker has separated the constants.
      [inConstants, constants.at, true],
      [inConstants, code.at, false],
    ] as const) {
      text.copy(program, at)
      expect(await programsIn([[file('opt/web', program)]])).toEqual(
        isFound ? ['nginx 1.18.0 at opt/web'] : [],
      )
      program.fill(0, at, at + text.length)
    }
  })

  test('when its text is at the end of a piece, then it is found', async () => {
    const text = 'nginx version: nginx/1.18.0\n'
    for (let at = 1000; at < 1100; at += 7) {
      const body = elfOf(Buffer.concat([Buffer.alloc(at), Buffer.from(text), Buffer.alloc(2 ** 20)]))
      expect(await programsIn([[file('opt/web', body)]], { sizes: () => 1100 })).toEqual([
        'nginx 1.18.0 at opt/web',
      ])
    }
  })

  test('when a package has it, then it is not looked at again', async () => {
    const layer = [file('usr/sbin/web', large), ...list('usr/sbin/web', sum)]
    expect(await programsIn([layer], { installed })).toEqual([])
    const other = [file('usr/sbin/web', large), ...list('usr/sbin/web', '0'.repeat(32))]
    expect(await programsIn([other], { installed })).toEqual(['nginx 1.18.0 at usr/sbin/web'])
  })

  test('when a later layer deletes it, then nobody looks', async () => {
    expect(await programsIn([[file('opt/web', large)], [file('opt/.wh.web')]])).toEqual([])
  })
})

test.each([
  ...['node', 'ruby', 'php', 'libjvm.so', 'nginx', 'httpd', 'memcached', 'haproxy', 'postgres', 'mariadbd'],
  ...['varnishd', 'python3.11'],
])('when the bytes of %s have none of the rare parts, then no pattern matches them', (name) => {
  const patterns = namedProgram(`usr/bin/${name}`)?.patterns ?? []
  expect(patterns).not.toEqual([])
  for (const { text, rarePart } of patterns) {
    expect(text.replaceAll('\\', '')).toContain(rarePart)
    expect(rarePart.length).toBeLessThan(8)
  }
})

test('when a Debian package has a program with its content, then it is Debian’s, and else it is not', async () => {
  const sum = createHash('md5').update(NGINX).digest('hex')
  const installed = [
    {
      name: 'nginx',
      version: '1.22.1-9+deb12u1',
      architecture: 'all',
      source: 'nginx',
      sourceVersion: '1.22.1-9+deb12u1',
      want: 'install',
      flag: 'ok',
      state: 'installed',
      database: 'var/lib/dpkg/status',
    },
  ]
  const layer = (stated: string) => [
    file('usr/sbin/nginx', NGINX),
    file('var/lib/dpkg/info/nginx.md5sums', `${stated}  usr/sbin/nginx\n`),
  ]
  expect(await programsIn([layer(sum)], { installed })).toEqual([])
  expect(await programsIn([layer('0'.repeat(32))], { installed })).toEqual(['nginx 1.18.0 at usr/sbin/nginx'])
  const vendor = installed.map((one) => ({ ...one, version: '1:10.11.5+maria~deb12' }))
  expect(await programsIn([layer(sum)], { installed: vendor })).toEqual(['nginx 1.18.0 at usr/sbin/nginx'])
})
