import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runs } from '../../../support/runs.js'
import { ARCHIVES, fixture, layer, STATUS } from './archives.js'
import { dockerEntries, END, ociEntries, read, refusal, sha256, statusOf, tarOf } from './build.js'

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
