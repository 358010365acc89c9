import { describe, expect, test } from '@jest/globals'
import {
  type LazyLayer,
  lazyArchive,
  lazyLayer,
  plainOf,
  stargzFooter,
  type Toc,
  type TocEntry,
  WRITERS,
  withToc,
  withTocText,
} from '../../../../support/lazy-pulling.js'
import { read, refusal, sha256 } from '../build.js'

/** An entry of the table of contents, to be changed. */
const entry = ({ entries }: Toc, name: string) =>
  entries.find((one) => one.name === name && one.type !== 'chunk') as TocEntry & Record<string, unknown>
const OTHER = `sha256:${sha256('other')}`
const refusalOf = async (layer: LazyLayer, limits = {}) => refusal(await lazyArchive(layer), { limits })

describe.each(WRITERS)('a layer for lazy pulling as its writer stored it: %s', (writer) => {
  const layer = lazyLayer(writer)
  const format = writer.startsWith('estargz') ? 'eStargz' : 'zstd:chunked'

  test('when its table of contents is that of its tar, then it is read, and the evidence notes it', async () => {
    const { image, files } = await read(await lazyArchive(layer))
    const { toc, setuid, size, diffId } = image.layers[0] ?? {}
    expect(toc).toMatchObject({ format, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
    expect(Object.values(layer.annotations)).toContain(format === 'eStargz' ? toc?.digest : toc?.packed)
    expect(setuid?.map(({ path }) => path)).toEqual(['usr/bin/su', 'usr/bin/ping'])
    const plain = await plainOf(layer)
    expect([size, diffId, files.length]).toEqual([plain.length, `sha256:${sha256(plain)}`, 1])
  })

  test('when it comes in odd pieces, then it is the same', async () => {
    const archive = await lazyArchive(layer)
    const { image } = await read(archive, {}, () => 997)
    expect(image).toEqual((await read(archive)).image)
  })

  test.each<[string, (toc: Toc) => void, string]>([
    [
      'names a file that the tar does not have',
      (toc) => toc.entries.push({ ...entry(toc, 'usr/bin/su'), name: 'usr/bin/sh' }),
      'it lists usr/bin/sh, which the tar does not have',
    ],
    [
      'leaves out a file',
      (toc) => toc.entries.splice(toc.entries.indexOf(entry(toc, 'usr/empty')), 1),
      'it does not list usr/empty',
    ],
    [
      'leaves out a whiteout',
      (toc) => toc.entries.splice(toc.entries.indexOf(entry(toc, 'usr/.wh.gone')), 1),
      'it does not list usr/.wh.gone',
    ],
    ['lists a file twice', (toc) => toc.entries.push(entry(toc, 'usr/bin/su')), 'it lists usr/bin/su twice'],
    [
      'lists a file twice by two names',
      (toc) => toc.entries.push({ ...entry(toc, 'usr/bin/su'), name: './usr//bin/su' }),
      'it lists usr/bin/su twice',
    ],
    [
      'has another digest',
      (toc) => Object.assign(entry(toc, 'usr/bin/su'), { digest: OTHER, chunkDigest: OTHER }),
      'another digest of usr/bin/su',
    ],
    [
      'has another digest of a chunk',
      (toc) =>
        Object.assign(toc.entries.filter(({ name }) => name === 'usr/big').at(-1) ?? {}, {
          chunkDigest: OTHER,
        }),
      'another digest of usr/big',
    ],
    [
      'has no digest',
      (toc) => Object.assign(entry(toc, 'usr/bin/su'), { digest: '', chunkDigest: null }),
      'no digest for all of usr/bin/su',
    ],
    [
      'has a digest of another kind',
      (toc) => Object.assign(entry(toc, 'usr/bin/su'), { digest: 'md5:0' }),
      'it is malformed',
    ],
    [
      'has another size',
      (toc) => Object.assign(entry(toc, 'usr/bin/su'), { size: 1, digest: OTHER }),
      'another size of usr/bin/su',
    ],
    [
      'has another link target',
      (toc) => Object.assign(entry(toc, 'usr/soft'), { linkName: '../bin/su' }),
      'another link target of usr/soft',
    ],
    [
      'makes a hard link of another file',
      (toc) => Object.assign(entry(toc, 'usr/hard'), { linkName: 'usr/bin/su' }),
      'another link target of usr/hard',
    ],
    [
      'makes a file a link',
      (toc) => Object.assign(entry(toc, 'usr/bin/ping'), { type: 'symlink', linkName: 'su' }),
      'another type of usr/bin/ping',
    ],
    [
      'makes a file setuid',
      (toc) => Object.assign(entry(toc, 'usr/big'), { mode: 0o4644 }),
      'another permission of usr/big',
    ],
    [
      'gives a file to root',
      (toc) => Object.assign(entry(toc, 'usr/big'), { uid: 0 }),
      'another owner of usr/big',
    ],
    [
      'gives a file another group',
      (toc) => Object.assign(entry(toc, 'usr/big'), { gid: 0 }),
      'another group of usr/big',
    ],
    [
      'adds a capability',
      (toc) => Object.assign(entry(toc, 'usr/bin/su'), { xattrs: { 'security.capability': 'AQAAAg==' } }),
      'another capability of usr/bin/su',
    ],
    [
      'hides a folder below',
      (toc) => Object.assign(entry(toc, 'usr/bin/'), { xattrs: { 'trusted.overlay.opaque': 'eQ==' } }),
      'an overlayfs attribute',
    ],
    [
      'leaves out a chunk',
      (toc) =>
        toc.entries.splice(
          toc.entries.findLastIndex(({ name }) => name === 'usr/big'),
          1,
        ),
      'usr/big',
    ],
    [
      'moves a chunk',
      (toc) =>
        Object.assign(toc.entries.findLast(({ name }) => name === 'usr/big') ?? {}, { chunkOffset: 7 }),
      'the parts of usr/big do not follow one another',
    ],
    [
      'has a chunk of no file',
      (toc) => toc.entries.unshift({ name: 'usr/x', type: 'chunk', chunkOffset: 0 }),
      'an entry that belongs to no file: usr/x',
    ],
    [
      'has chunks of a link',
      (toc) =>
        toc.entries.splice(toc.entries.indexOf(entry(toc, 'usr/soft')) + 1, 0, {
          name: 'usr/soft',
          type: 'chunk',
        }),
      'belongs to no file: usr/soft',
    ],
    ['leads outside', (toc) => toc.entries.push({ name: '../x', type: 'reg' }), 'belongs to no file: ../x'],
    [
      'has a type that nobody knows',
      (toc) => toc.entries.push({ name: 'x', type: 'door' }),
      'it is malformed: entries',
    ],
    ['has another version', (toc) => Object.assign(toc, { version: 2 }), 'it is malformed: version'],
  ])('when its table of contents %s, then it is refused', async (_, change, what) => {
    const found = await refusalOf(withToc(layer, (toc) => void change(toc)))
    expect(found).toMatchObject({ code: 'archive-hostile', leftOver: [] })
    expect(found.what).toContain(what)
  })

  test.each<[string, (json: string) => string, string]>([
    [
      'has a key twice',
      (json) => json.replace(/"name":\s*"usr\/bin\/su"/, '"name":"x","name":"usr/bin/su"'),
      'its key "name" appears twice',
    ],
    [
      'has a key in another case',
      (json) => json.replace(/"name":\s*"usr\/bin\/su"/, '"name":"usr/bin/su","Name":"x"'),
      'its key "Name"',
    ],
    ['is no JSON', () => '{"version":1,', 'it is not valid JSON'],
    ['is JSON of another kind', () => '[]', 'it is malformed'],
    ['is empty', () => '{"version":1,"entries":[]}', 'it does not list '],
  ])('when the text of its table of contents %s, then it is refused', async (_, change, what) => {
    expect((await refusalOf(withTocText(layer, change))).what).toContain(what)
  })

  test('when nothing names its table of contents but its last bytes, then it is compared as well', async () => {
    const evil = withToc(layer, (toc) => void Object.assign(entry(toc, 'usr/big'), { uid: 0 }))
    expect((await refusalOf({ ...evil, annotations: {} })).what).toContain('another owner')
    expect((await read(await lazyArchive({ ...layer, annotations: {} }))).image.layers[0]?.toc?.format).toBe(
      format,
    )
  })

  test.each(Object.keys(layer.annotations).filter((key) => !key.includes('tarsplit')))(
    'when %s names another table of contents, then it is refused',
    async (key) => {
      const annotations = { ...layer.annotations, [key]: OTHER }
      expect(await refusalOf({ ...layer, annotations })).toMatchObject({
        code: 'archive-hostile',
        what: `the manifest names a table of contents for lazy pulling (${key}), but the layer has a different one`,
      })
    },
  )

  test('when a manifest names one and the layer has none, then it is refused', async () => {
    const found = await refusal(await lazyArchive(layer, { stored: await plainOf(layer) }))
    expect(found.what).toContain('but the layer has none')
  })

  test('when its table of contents is too large, then it is refused before it is read', async () => {
    for (const limits of [{ tocBytes: 1000 }, { packedTocBytes: 100 }]) {
      // A piece of the blob is kept as a whole, so the pieces have to be small here.
      const found = await refusal(await lazyArchive(layer), { limits }, () => 50)
      expect(found).toMatchObject({ code: 'archive-too-large', leftOver: [] })
      expect(found.what).toContain("the layer's table of contents is larger than")
    }
    expect((await refusalOf(layer, { allTocBytes: 1000 })).what).toContain('add up to more than 1000 bytes')
  })
})

describe('a footer that leads nowhere', () => {
  const layer = lazyLayer('estargz.tar.gz')
  const ending = (offset: number) => Buffer.concat([layer.blob.subarray(0, -51), stargzFooter(offset)])

  test.each([
    ['at an offset outside', ending(layer.blob.length), 'its offset leads outside the layer'],
    ['into a file', ending(layer.blob.length - 100), 'no compressed data at its offset'],
    ['to another file', ending(0), 'there is no stargz.index.json at its offset'],
    [
      'to something that is no number',
      Buffer.from(
        layer.blob.toString('latin1').replace(/[0-9a-f]{16}STARGZ/, '+000000000000001STARGZ'),
        'latin1',
      ),
      'its offset is not a number',
    ],
  ])('when it leads %s, then the layer is refused', async (_, blob, what) => {
    expect((await refusalOf({ blob, annotations: {} })).what).toContain(what)
  })

  test('when the layer was gzipped as usual, then nothing is looked for', async () => {
    const { gzipSync } = await import('node:zlib')
    const plain = await plainOf(layer)
    const { image } = await read(await lazyArchive({ blob: gzipSync(plain), annotations: {} }))
    expect(image.layers[0]).not.toHaveProperty('toc')
  })
})
