import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mergeLayers } from '../../../../src/model/image/layers.js'
import { runs } from '../../../support/runs.js'
import { layer, STATUS } from './archives.js'
import { type Entry, entryOf, ociEntries, packagesOf, padded, read, statusOf, tarOf } from './build.js'

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
