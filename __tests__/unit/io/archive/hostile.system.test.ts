import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSpool } from '../../../../src/io/archive/spool.js'
import { mergeLayers } from '../../../../src/model/layers.js'
import { runs } from '../../../support/runs.js'
import {
  dockerEntries,
  END,
  type Entry,
  entryOf,
  inDirectory,
  ociEntries,
  packagesOf,
  padded,
  read,
  refusal,
  sha256,
  statusOf,
  tarOf,
} from './build.js'

const ARCHIVES = join(import.meta.dirname, '../../../support/archives')
const fixture = (name: string): Buffer => gunzipSync(readFileSync(join(ARCHIVES, `${name}.tar.gz`)))

const STATUS = 'var/lib/dpkg/status'
const layer = tarOf([{ path: STATUS, body: statusOf('libc6') }])

describe('names that leave the archive', () => {
  test.each([
    ['..', { path: '../evil', body: 'x' }],
    ['.. in the middle', { path: 'a/../../evil', body: 'x' }],
    ['an absolute name', { path: '/etc/passwd', body: 'x' }],
    ['a symbolic link out', { path: 'a/layer.tar', type: 'SymbolicLink', linkpath: '../../x' }],
    ['an absolute symbolic link', { path: 'a/layer.tar', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
    ['a hard link out', { path: 'a/layer.tar', type: 'Link', linkpath: '../x' }],
    ['.. in a pax record', { path: 'short', paxPath: '../evil', body: 'x' }],
  ] as const)('when it has %s, then it is refused and nothing is left', async (_, entry) => {
    const { code, leftOver } = await refusal(tarOf([entry, ...dockerEntries([layer])]))
    expect(code).toBe('archive-hostile')
    expect(leftOver).toEqual([])
  })

  test("when a layer has a name with '..', then the image is refused", async () => {
    const bad = tarOf([{ path: 'var/../../x', body: 'x' }])
    expect((await refusal(tarOf(ociEntries([layer, bad])))).code).toBe('archive-hostile')
  })

  test('when a layer has absolute names and ./, then they are the same files', async () => {
    const slash = tarOf([
      { path: `/${STATUS}`, body: statusOf('a') },
      { path: './etc/passwd', body: 'root' },
    ])
    const { image } = await read(tarOf(ociEntries([slash])))
    expect(Object.keys(image.layers[0]?.files ?? {})).toEqual([STATUS, 'etc/passwd'])
  })

  test('when a layer is a link to a layer that is there, then it is that layer, in either order', async () => {
    const entries = dockerEntries([layer])
    const config = JSON.stringify({
      architecture: 'amd64',
      rootfs: { diff_ids: [`sha256:${sha256(layer)}`, `sha256:${sha256(layer)}`] },
    })
    const first = entries[0]?.path ?? ''
    const manifest = JSON.stringify([{ Config: 'c.json', RepoTags: null, Layers: [first, 'b/layer.tar'] }])
    const link = { path: 'b/layer.tar', type: 'SymbolicLink', linkpath: `../${first}` } as const
    const rest = [
      { path: 'c.json', body: config },
      { path: 'manifest.json', body: manifest },
    ]
    const target = { path: first, body: layer }
    for (const order of [
      [link, target],
      [target, link],
    ]) {
      expect((await read(tarOf([...order, ...rest]))).image.layers).toHaveLength(2)
    }
    const dangling = { ...link, linkpath: '../c/layer.tar' }
    expect((await refusal(tarOf([target, dangling, ...rest]))).code).toBe('archive-truncated')
  })
})

describe('archives that are cut or changed', () => {
  test.each(['save-20.10-classic', 'save-29-containerdstore-buildkit', 'oci-zstd'])(
    'when %s is cut anywhere, then it is refused',
    async (name) => {
      const whole = fixture(name)
      const cuts = new Set([0, 1, 3, 511, 512, 513, whole.length - 1, whole.length - 511, whole.length - 513])
      for (let at = 0; at < whole.length; at += 1024 + (at % 13)) {
        cuts.add(at)
      }
      for (const cut of cuts) {
        const { code, leftOver } = await refusal(whole.subarray(0, cut))
        expect(code).toMatch(/^archive-(truncated|unreadable)$/)
        expect(leftOver).toEqual([])
      }
    },
  )

  test('when a whole archive in gzip is cut, then it is refused', async () => {
    const whole = readFileSync(join(ARCHIVES, 'oci-gzip.tar.gz'))
    for (let cut = 10; cut < whole.length; cut += 97) {
      expect((await refusal(whole.subarray(0, cut))).code).toBe('archive-truncated')
    }
  })

  test.each(['save-20.10-classic', 'save-26-classicstore-buildkit', 'oci-estargz', 'oci-zstd'])(
    'when any byte of %s is changed, then it is refused or the same image',
    async (name) => {
      const whole = fixture(name)
      const { image } = await read(whole)
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
          const changed = Buffer.from(whole)
          changed[at] = (changed[at] ?? 0) ^ change
          const found = await read(changed).catch((error: unknown) => error)
          if (found instanceof Error) {
            expect(found).toMatchObject({ name: 'SeaworthyError' })
          } else {
            expect(found).toMatchObject({ image })
          }
        }),
        runs(150),
      )
    },
  )

  test('when a blob is not what its name says, then the digest is named', async () => {
    const entries = ociEntries([layer]).map((entry, at) => (at === 0 ? { ...entry, body: tarOf([]) } : entry))
    expect((await refusal(tarOf(entries))).code).toBe('archive-digest')
  })

  test('when a layer in the old layout was exchanged, then the diff_id tells', async () => {
    const entries = dockerEntries([layer]).map((entry, at) =>
      at === 0 ? { ...entry, body: tarOf([]) } : entry,
    )
    const { code, what } = await refusal(tarOf(entries))
    expect(code).toBe('archive-digest')
    expect(what).toContain(sha256(tarOf([])))
  })

  test('when a gzip layer unpacks to another tar than its diff_id, then it is refused', async () => {
    const other = gzipSync(tarOf([{ path: STATUS, body: statusOf('other') }]))
    expect((await refusal(tarOf(ociEntries([layer], [other])))).code).toBe('archive-digest')
  })

  test('when manifest.json is there twice and differs, then it is refused', async () => {
    const entries = dockerEntries([layer])
    const twice = [...entries, { path: 'manifest.json', body: '[]' }]
    expect((await refusal(tarOf(twice))).code).toBe('archive-hostile')
    const same = [...entries, entries.at(-1) ?? { path: 'x' }]
    expect((await read(tarOf(same))).image.layers).toHaveLength(1)
  })

  test('when a document is an index and a manifest at once, then it is refused', async () => {
    const both = JSON.stringify({ config: { digest: `sha256:${sha256('')}` }, layers: [], manifests: [] })
    const index = JSON.stringify({ manifests: [{ digest: `sha256:${sha256(both)}` }] })
    const archive = tarOf([
      { path: `blobs/sha256/${sha256(both)}`, body: both },
      { path: 'index.json', body: index },
    ])
    expect((await refusal(archive)).code).toBe('archive-unreadable')
  })
})

describe('what is no image', () => {
  test.each([
    [
      'a tar of a root file system',
      tarOf([
        { path: 'etc/os-release', body: 'ID=debian' },
        { path: 'bin', type: 'SymbolicLink', linkpath: 'usr/bin' },
        { path: 'etc/mtab', type: 'SymbolicLink', linkpath: '/proc/mounts' },
      ]),
      'no-image',
    ],
    ['an empty tar', END, 'no-image'],
    ['an empty file', Buffer.alloc(0), 'archive-unreadable'],
    ['a text', Buffer.from('hello\n'.repeat(1000)), 'archive-unreadable'],
    ['gzip of a text', gzipSync('hello\n'.repeat(1000)), 'archive-unreadable'],
    ['an index of nothing', tarOf([{ path: 'index.json', body: '{"manifests":[]}' }]), 'no-image'],
    ['broken JSON', tarOf([{ path: 'index.json', body: '{"manifests":' }]), 'archive-unreadable'],
    [
      'an index with a path for a digest',
      tarOf([{ path: 'index.json', body: '{"manifests":[{"digest":"sha256:../../x"}]}' }]),
      'archive-unreadable',
    ],
  ])('when %s is given, then the error says so', async (_, archive, code) => {
    expect((await refusal(archive)).code).toBe(code)
  })

  test('when an index goes deeper than the bound, then it is refused', async () => {
    let body = JSON.stringify({ manifests: [] })
    const entries = []
    for (let depth = 0; depth < 8; depth++) {
      entries.push({ path: `blobs/sha256/${sha256(body)}`, body })
      body = JSON.stringify({ manifests: [{ digest: `sha256:${sha256(body)}` }] })
    }
    expect((await refusal(tarOf([...entries, { path: 'index.json', body }]))).code).toBe('archive-hostile')
  })
})

describe('sizes and counts', () => {
  test('when a layer is a bomb, then it stops at the bound', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const archive = tarOf([{ path: `blobs/sha256/${sha256(bomb)}`, body: bomb }])
    const small = { layerBytes: 10 * 1024 * 1024 }
    const big = await refusal(archive, { limits: small })
    expect(big).toMatchObject({ code: 'archive-too-large', leftOver: [] })
    const dense = await refusal(archive, { limits: { ratio: 100, ratioFromBytes: 1024 * 1024 } })
    expect(dense).toMatchObject({ code: 'archive-hostile', leftOver: [] })
    const whole = await refusal(bomb, { limits: { ratio: 100, ratioFromBytes: 1024 * 1024 } })
    expect(whole.code).toBe('archive-hostile')
  })

  test('when a status file is larger than the bound, then it is reported and not taken for none', async () => {
    const huge = tarOf([{ path: STATUS, body: statusOf('libc6').padEnd(5000, '\n') }])
    const { image } = await read(tarOf(ociEntries([layer, huge])), { limits: { statusBytes: 4096 } })
    const root = mergeLayers(image.layers)
    expect(root.files).not.toHaveProperty([STATUS])
    expect(root.unreadable[STATUS]).toBe('5000 bytes, over the limit of 4096')
  })

  test('when there are more files of interest or more text than the bounds, then that is reported', async () => {
    const many = tarOf(
      Array.from({ length: 9 }, (_, at) => ({
        path: `var/lib/dpkg/status.d/p${at}`,
        body: statusOf(`p${at}`),
      })),
    )
    const counted = await read(tarOf(ociEntries([many])), { limits: { filesOfInterest: 4 } })
    expect(Object.keys(counted.image.layers[0]?.files ?? {})).toHaveLength(4)
    expect(Object.keys(counted.image.layers[0]?.unreadable ?? {})).toHaveLength(5)
    const one = statusOf('p0').length
    const weighed = await read(tarOf(ociEntries([many])), { limits: { layerTextBytes: 2 * one } })
    expect(Object.keys(weighed.image.layers[0]?.files ?? {})).toHaveLength(2)
    expect(weighed.image.layers[0]?.unreadable['var/lib/dpkg/status.d/p8']).toContain(
      `exceed the limit of ${2 * one} bytes`,
    )
  })

  test('when layers are named again and again, then what they cost counts each time', async () => {
    const [one, other] = ['a', 'b'].map((name) =>
      tarOf([{ path: 'var/lib/dpkg/status', body: statusOf(name) }, { path: `f/${name}` }]),
    ) as [Buffer, Buffer]
    const size = statusOf('a').length
    const turns = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? one : other))
    const archive = tarOf(ociEntries(turns, turns))
    expect((await read(archive)).image.layers).toHaveLength(10)
    for (const limits of [{ databases: 9 * size }, { allTextBytes: 9 * size }, { layerEntries: 19 }]) {
      expect((await refusal(archive, { limits })).code).toBe('archive-too-large')
    }
    const enough = { databases: 10 * size, allTextBytes: 10 * size, layerEntries: 100 }
    expect((await read(archive, { limits: enough })).image.layers).toHaveLength(10)
  })

  test('when layers have more entries than the bound, then the image is refused', async () => {
    const many = tarOf(Array.from({ length: 300 }, (_, at) => ({ path: `f${at}` })))
    expect((await refusal(tarOf(ociEntries([many])), { limits: { layerEntries: 200 } })).code).toBe(
      'archive-too-large',
    )
  })

  test('when a pax header is huge, then it is refused', async () => {
    const pax = entryOf({ path: 'PaxHeader', body: Buffer.alloc(2 * 1024 * 1024, 'a') })
    pax[156] = 'x'.charCodeAt(0)
    let sum = 8 * 0x20
    for (let at = 0; at < 512; at++) {
      sum += at >= 148 && at < 156 ? 0 : (pax[at] ?? 0)
    }
    pax.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    expect((await refusal(tarOf([pax]))).code).toBe('archive-hostile')
  })

  test('when JSON is larger than the bound, then the error says which', async () => {
    const entries = ociEntries([layer], [layer], { padding: 'x'.repeat(5000) })
    const { code, what } = await refusal(tarOf(entries), { limits: { jsonBytes: 4096 } })
    expect(code).toBe('archive-unreadable')
    expect(what).toContain('over the limit of 4096')
  })
})

describe('space', () => {
  test('when the layers need more than is free, then it stops before the disk is full', async () => {
    const { code, leftOver } = await refusal(tarOf(ociEntries([layer])), { freeBytes: layer.length - 1 })
    expect(code).toBe('no-space')
    expect(leftOver).toEqual([])
    const zstd = zstdCompressSync(layer)
    expect((await refusal(tarOf(ociEntries([layer], [zstd])), { freeBytes: layer.length - 1 })).code).toBe(
      'no-space',
    )
    expect((await read(tarOf(ociEntries([layer])), { freeBytes: layer.length })).layers).toHaveLength(1)
  })

  // A full disk cannot be had without root (a small tmpfs): the write call is a stand-in that fails as the kernel does.
  test('when the disk is full all the same, then the error says where', async () => {
    await inDirectory(async (directory) => {
      const full = (): number => {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      }
      const spool = createSpool(directory, 1e12, full)
      const file = spool.create()
      expect(() => file.write(Buffer.from('x'))).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'no-space', where: directory }) }),
      )
    })
  })

  test('when the kernel takes a part of the bytes, then the rest is written too', async () => {
    await inDirectory(async (directory) => {
      const taken: string[] = []
      const three = (_: number, bytes: NodeJS.ArrayBufferView | string, at?: unknown): number => {
        const text = Buffer.from(bytes as Buffer).toString('latin1', Number(at), Number(at) + 3)
        taken.push(text)
        return text.length
      }
      createSpool(directory, 100, three as never)
        .create()
        .write(Buffer.from('abcdefgh'))
      expect(taken).toEqual(['abc', 'def', 'gh'])
    })
  })
})

describe('layers that are easily read wrongly', () => {
  test('when the middle layer removes a package and comes first in the stream, then it is removed', async () => {
    const layers = [
      tarOf([{ path: STATUS, body: statusOf('a', 'b') }]),
      tarOf([{ path: STATUS, body: statusOf('a') }]),
      tarOf([{ path: 'etc/passwd', body: 'root' }]),
    ]
    const entries = ociEntries(layers)
    const [first, middle, last, ...rest] = entries
    for (const order of [
      [middle, last, first],
      [last, middle, first],
      [first, last, middle],
    ]) {
      const blobs = order.filter((entry) => entry !== undefined)
      const { image } = await read(tarOf([...rest, ...blobs]))
      expect(packagesOf(mergeLayers(image.layers).files[STATUS])).toEqual(['a'])
    }
  })

  test("when a layer's first bytes look like JSON, then it is a layer", async () => {
    const odd = tarOf([
      { path: '{"a":1}', body: 'x' },
      { path: STATUS, body: statusOf('a') },
    ])
    expect(odd.toString('latin1', 0, 1)).toBe('{')
    const { image } = await read(tarOf(ociEntries([odd])))
    expect(packagesOf(image.layers[0]?.files[STATUS])).toEqual(['a'])
  })

  test('when the tar inside a gzip layer begins with the magic of gzip, then it is not unpacked again', async () => {
    const name = Buffer.from([0x1f, 0x8b, 0x08]).toString('latin1')
    const odd = tarOf([{ path: 'x' }, { path: STATUS, body: statusOf('a') }])
    odd.write(name, 0, 'latin1')
    let sum = 8 * 0x20
    for (let at = 0; at < 512; at++) {
      sum += at >= 148 && at < 156 ? 0 : (odd[at] ?? 0)
    }
    odd.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const { image } = await read(tarOf(ociEntries([odd], [gzipSync(odd)])))
    expect(packagesOf(image.layers[0]?.files[STATUS])).toEqual(['a'])
  })

  test('when a file lies in the layer that has its whiteout, then only the lower one goes', async () => {
    const lower = tarOf([{ path: 'var/lib/dpkg/status.d/a', body: statusOf('a') }])
    const name = 'var/lib/dpkg/status.d/b'
    for (const upper of [
      [{ path: 'var/lib/dpkg/.wh.status.d' }, { path: name, body: statusOf('b') }],
      [{ path: name, body: statusOf('b') }, { path: 'var/lib/dpkg/.wh.status.d' }],
      [{ path: name, body: statusOf('b') }, { path: 'var/lib/dpkg/status.d/.wh..wh..opq' }],
    ]) {
      const { image } = await read(tarOf(ociEntries([lower, tarOf(upper)])))
      expect(Object.keys(mergeLayers(image.layers).files)).toEqual([name])
    }
  })

  test('when var/lib/dpkg is a link, then the database is unreadable and not absent', async () => {
    const link = tarOf([{ path: 'var/lib/dpkg', type: 'SymbolicLink', linkpath: '../../srv/dpkg' }])
    const { image } = await read(tarOf(ociEntries([layer, link])))
    const root = mergeLayers(image.layers)
    expect(root.files).toEqual({})
    expect(root.unreadable['var/lib/dpkg']).toBe('a symbolic link to ../../srv/dpkg: links are not followed')
    const back = tarOf([
      { path: 'var/lib/dpkg/', type: 'Directory' },
      { path: STATUS, body: statusOf('z') },
    ])
    const fixed = mergeLayers((await read(tarOf(ociEntries([layer, link, back])))).image.layers)
    expect(fixed.unreadable).toEqual({})
    expect(packagesOf(fixed.files[STATUS])).toEqual(['z'])
  })

  test('when a file takes the place of a directory, then all below is gone, setuid files too', async () => {
    const lower = tarOf([
      { path: 'opt/', type: 'Directory', mode: 0o755 },
      { path: 'opt/tool', body: 'x', mode: 0o4755 },
      { path: 'opt/db/status', body: statusOf('x') },
      { path: 'bin/su', body: 'x', mode: 0o4755 },
    ])
    const { image } = await read(tarOf(ociEntries([lower, tarOf([{ path: 'opt', body: 'file' }])])))
    const root = mergeLayers(image.layers)
    expect(root.setuid.map((file) => file.path)).toEqual(['bin/su'])
    expect(root.files).toEqual({})
    const plain = tarOf([{ path: 'bin/su', body: 'x', mode: 0o755 }])
    const again = mergeLayers((await read(tarOf(ociEntries([lower, plain])))).image.layers)
    expect(again.setuid.map((file) => file.path)).toEqual(['opt/tool'])
  })

  test('when entries of one layer take the place of others in any order, then the last of each path counts', async () => {
    const path = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    const entries = fc.array(fc.record({ path, isDirectory: fc.boolean() }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(entries, async (made) => {
        const known = new Set<string>()
        for (const { path, isDirectory } of made) {
          for (const one of known) {
            if (one === path || (!isDirectory && one.startsWith(`${path}/`))) {
              known.delete(one)
            }
          }
          if (!isDirectory) {
            known.add(path)
          }
        }
        const bytes = tarOf(
          made.map(
            ({ path, isDirectory }): Entry =>
              isDirectory ? { path: `${path}/`, type: 'Directory' } : { path, mode: 0o4755 },
          ),
        )
        const { image } = await read(tarOf(ociEntries([bytes])))
        expect(image.layers[0]?.setuid.map((file) => file.path).sort()).toEqual([...known].sort())
      }),
      runs(200),
    )
  })

  test('when a file has capabilities, then it is listed with them, and so are its links', async () => {
    const layer = tarOf([
      { path: 'python3', body: 'x', capability: [0x02000001, 1 << 7, 0, 0, 0] },
      { path: 'link', type: 'Link', linkpath: 'python3' },
      { path: 'ping', body: 'x', capability: [0x02000001, 1 << 13, 0, 0, 0] },
      { path: 'plain', body: 'x' },
      // The engine changes the mode of what a link is to (moby, pkg/archive).
      { path: 'bits', type: 'Link', linkpath: 'plain', mode: 0o4755 },
      { path: 'given', type: 'Link', linkpath: 'plain', capability: [0x03000001, 1 << 1, 0, 0, 0, 0] },
      { path: 'after', body: 'x' },
    ])
    const { image } = await read(tarOf(ociEntries([layer])))
    expect(image.layers[0]?.setuid.map(({ path, capabilities }) => [path, capabilities])).toEqual([
      ['python3', ['cap_setuid']],
      ['link', ['cap_setuid']],
      ['ping', ['cap_net_raw']],
      ['bits', undefined],
      ['given', ['cap_dac_override']],
    ])
    const taken = tarOf([{ path: 'python3', body: 'x' }])
    const { image: fixed } = await read(tarOf(ociEntries([layer, taken])))
    expect(mergeLayers(fixed.layers).setuid.map(({ path }) => path)).toEqual([
      'link',
      'ping',
      'bits',
      'given',
    ])
  })

  test('when a second file is named status, then it counts if it begins as a database does', async () => {
    const two = tarOf([
      { path: 'srv/root/var/lib/dpkg/status', body: statusOf('hidden') },
      { path: 'usr/share/status', body: 'all is well' },
      { path: 'usr/bin/status', type: 'SymbolicLink', linkpath: 'x' },
    ])
    const { image } = await read(tarOf(ociEntries([two])), {}, () => 7)
    expect(Object.keys(image.layers[0]?.files ?? {})).toEqual(['srv/root/var/lib/dpkg/status'])
    expect(image.layers[0]?.unreadable).toEqual({})
  })

  const link = (path: string, linkpath: string): Entry => ({ path, type: 'SymbolicLink', linkpath })
  // Each of these was /etc/passwd in an engine (20.10, overlay2), or is by the same rules.
  test.each<[string, Entry[]]>([
    ['a relative link', [link('a', 'etc'), { path: 'a/passwd', body: 'x' }]],
    ['an absolute link', [link('opt/a', '/etc'), { path: 'opt/a/passwd', body: 'x' }]],
    ['a link to the root', [link('a', '.'), { path: 'a/etc/passwd', body: 'x' }]],
    ['links in a chain', [link('a', 'b'), link('b', 'etc'), { path: 'a/passwd', body: 'x' }]],
    ['a link made below a link', [link('p/q', '/usr'), link('p/q/l', '../etc'), { path: 'p/q/l/passwd' }]],
    [
      'a link into /etc below a link',
      [link('p', 'q'), link('p/l', '/etc/apt'), { path: 'p/l/sources.list' }],
    ],
    ['another way to a link', [link('lib', 'usr/lib'), link('lib/a', '/etc'), { path: 'usr/lib/a/passwd' }]],
    [
      '.. below a link that is known by another way',
      [
        link('lib', 'usr/lib'),
        link('usr/lib/a', '/etc/x'),
        link('lib/a/l', '../apt'),
        { path: 'lib/a/l/preferences' },
      ],
    ],
    ['links without an end', [link('a', 'b'), link('b', 'a'), { path: 'a/passwd' }]],
    ['all that a directory held', [link('a', 'etc/apt/sources.list.d'), { path: 'a/.wh..wh..opq' }]],
    ['a second database', [link('a', 'opt/status.d'), { path: 'a/libc6', body: statusOf('libc6') }]],
    ['.. behind a link', [link('p/.q', '/usr'), link('l', 'p/.q/../etc'), { path: 'l/passwd' }]],
    [
      'a hard link below a link',
      [{ path: 'x' }, link('a', 'etc'), { path: 'a/passwd', type: 'Link', linkpath: 'x' }],
    ],
    ['a whiteout below a link', [link('a', 'etc'), { path: 'a/.wh.passwd' }]],
  ])('when a layer writes to /etc through %s, then nobody knows what is there', async (_, entries) => {
    const layer = tarOf([{ path: 'etc/passwd', body: 'app:x:1000:' }, ...entries])
    const { image } = await read(tarOf(ociEntries([layer])))
    expect(Object.keys(mergeLayers(image.layers).unreadable)).toEqual(['.'])
  })

  test('when entries lie below links that lead elsewhere, as before usrmerge, then all is read', async () => {
    const layer = tarOf([
      link('lib', 'usr/lib'),
      link('var/run', '/run'),
      link('srv/etc', '/opt/etc'),
      link('opt/x', '../y/z'),
      link('lib/libz.so.1', 'libz.so.1.2.13'),
      link('lib/cpp', '/etc/alternatives/cpp'),
      // As systemd has it, and links to /etc that nothing is written through.
      link('lib/systemd/system/a.wants/b.service', '../b.service'),
      link('srv/conf', '/etc'),
      link('opt/a', 'b/../c'),
      { path: 'lib/os-release', body: 'ID=debian' },
      { path: 'srv/etc/passwd', body: 'x' },
      { path: 'var/run/x', body: 'x' },
    ])
    const { image } = await read(tarOf(ociEntries([layer])))
    expect(mergeLayers(image.layers).unreadable).toEqual({})
  })

  test('when a configuration file leads to /dev/null, then it is empty, as apt and the engine find it', async () => {
    const whiteout = (path: string) => link(path, '/dev/null')
    const masked = tarOf([
      whiteout('etc/apt/apt.conf.d/docker-clean'),
      whiteout('etc/passwd'),
      whiteout(STATUS),
    ])
    const lower = tarOf([{ path: 'etc/passwd', body: 'root:x:0:0' }])
    const { image } = await read(tarOf(ociEntries([lower, masked])))
    const root = mergeLayers(image.layers)
    expect(root.files).toEqual({ 'etc/apt/apt.conf.d/docker-clean': '', 'etc/passwd': '' })
    expect(Object.keys(root.unreadable)).toEqual([STATUS])
  })

  test('when a file of interest is a hard link, then it has the text of what it was made from', async () => {
    const linked = tarOf([
      { path: 'etc/os-release', body: 'ID=debian' },
      { path: 'usr/lib/os-release', type: 'Link', linkpath: 'etc/os-release' },
      { path: STATUS, type: 'Link', linkpath: 'srv/other' },
    ])
    const { image } = await read(tarOf(ociEntries([linked])))
    expect(image.layers[0]?.files['usr/lib/os-release']).toBe('ID=debian')
    expect(image.layers[0]?.unreadable[STATUS]).toContain('a hard link to srv/other')
  })

  test('when other programs have files in status.d, then they count if they begin as a database does', async () => {
    const others = tarOf([
      { path: 'etc/monit/status.d/web.conf', body: 'check process web' },
      { path: 'opt/status.d/on', type: 'SymbolicLink', linkpath: '/x' },
      { path: 'opt/root/status.d/libc6', body: statusOf('libc6') },
      { path: 'var/lib/dpkg/status.d/base', type: 'SymbolicLink', linkpath: '/x' },
    ])
    const { image } = await read(tarOf(ociEntries([others])))
    expect(Object.keys(image.layers[0]?.files ?? {})).toEqual(['opt/root/status.d/libc6'])
    expect(Object.keys(image.layers[0]?.unreadable ?? {})).toEqual(['var/lib/dpkg/status.d/base'])
  })

  test('when history is absent or odd, then the image is read all the same', async () => {
    const entries = ociEntries([layer], [layer], { history: [{ created_by: 7, empty_layer: 'yes' }, null] })
    const { image } = await read(tarOf(entries))
    const line = { createdBy: null, comment: null, created: null, emptyLayer: false }
    expect(image.history).toEqual([line, line])
    expect((await read(tarOf(ociEntries([layer])))).image.history).toEqual([])
  })

  test('when bytes follow the end marker of a layer, then they are part of its digest and of nothing else', async () => {
    const after = Buffer.concat([
      layer,
      entryOf({ path: STATUS, body: statusOf('ghost') }),
      padded(Buffer.alloc(3)),
    ])
    const { image } = await read(tarOf(ociEntries([after])))
    expect(image.layers[0]?.size).toBe(after.length)
    expect(packagesOf(image.layers[0]?.files[STATUS])).toEqual(['libc6'])
  })
})
