import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isImageConfig } from '../../../../../src/io/archive/image/documents.js'
import { openImageFile } from '../../../../../src/io/archive/image/image-archive.js'
import { fixture } from '../archives.js'
import {
  configOf,
  type Entry,
  entryOf,
  inDirectory,
  read,
  refusal,
  sha256,
  statusOf,
  tarOf,
} from '../build.js'

const TAG = 'att/app:1'
const layerWith = (...packages: string[]): Buffer =>
  tarOf([{ path: 'var/lib/dpkg/status', body: statusOf(...packages) }])

interface Made {
  readonly config: string
  readonly layer: Buffer
}
const made = (name: string, architecture: string): Made => {
  const layer = layerWith(name)
  return { config: configOf([layer], { architecture }), layer }
}
const GOOD = made('hello', 'amd64')
const BAD = made('openssl', 'arm64')

const blob = (body: string | Buffer): Entry => ({ path: `blobs/sha256/${sha256(body)}`, body })
const named = (name: string | null): { annotations?: Readonly<Record<string, string>> } =>
  name === null ? {} : { annotations: { 'io.containerd.image.name': `docker.io/${name}` } }

/** Entries of the images, and a descriptor of each manifest. */
function stored(images: readonly Made[]): { entries: Entry[]; descriptors: { digest: string }[] } {
  const manifests = images.map(({ config, layer }) =>
    JSON.stringify({
      config: { digest: `sha256:${sha256(config)}` },
      layers: [{ digest: `sha256:${sha256(layer)}` }],
    }),
  )
  return {
    entries: [...images.flatMap(({ config, layer }) => [blob(config), blob(layer)]), ...manifests.map(blob)],
    descriptors: manifests.map((body) => ({ digest: `sha256:${sha256(body)}` })),
  }
}

const manifestJson = (images: readonly Made[], tag = TAG): Entry => ({
  path: 'manifest.json',
  body: JSON.stringify(
    images.map(({ config, layer }) => ({
      Config: blob(config).path,
      RepoTags: [tag],
      Layers: [blob(layer).path],
    })),
  ),
})
const indexJson = (descriptors: readonly object[], name: string | null = TAG): Entry => ({
  path: 'index.json',
  body: JSON.stringify({ manifests: descriptors.map((one) => ({ ...one, ...named(name) })) }),
})

/** The images in one index, as the containerd store saves them. */
function nested(images: readonly Made[]): Entry[] {
  const { entries, descriptors } = stored(images)
  const index = JSON.stringify({ manifests: descriptors })
  return [...entries, blob(index), indexJson([{ digest: `sha256:${sha256(index)}` }])]
}

const flat = (images: readonly Made[], name: string | null = TAG): Entry[] => {
  const { entries, descriptors } = stored(images)
  return [...entries, indexJson(descriptors, name)]
}

const codeOf = async (
  entries: readonly (Entry | Buffer)[],
  select: { name?: string; platform?: string } = {},
): Promise<string> => (await refusal(tarOf(entries), { select })).code

const both = [blob(GOOD.config), blob(GOOD.layer), blob(BAD.config), blob(BAD.layer)]
const forPlatform = (platform: string): { platform: string } => ({ platform })

test.each([
  ['{"os":"linux","architecture":"amd64","rootfs":{}}', true],
  ['{"RootFS":{}}', true],
  ['{"rootfs":{},"rootfs":null}', true],
  ['{"os":"unknown","OS":"linux","rootfs":{}}', true],
  ['{"os":"unknown","architecture":"amd64","rootfs":{}}', true],
  ['{"os":"unknown","architecture":"unknown","rootfs":{}}', false],
  ['{"os":"linux","architecture":"amd64"}', false],
  ['{}', false],
  ['null', false],
  ['text', false],
])('when a config is %s, then it is told as engines read it', (text, expected) => {
  expect(isImageConfig(text)).toBe(expected)
})

describe('manifest.json and index.json that name different images', () => {
  test.each([
    ['manifest.json names the bad one', [...both, ...flat([GOOD]), manifestJson([BAD])]],
    ['index.json names the bad one', [...both, ...flat([BAD]), manifestJson([GOOD])]],
    ['manifest.json names none', [...flat([GOOD]), manifestJson([])]],
  ])('when %s, then it is refused, with a platform and a name too', async (_, entries) => {
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      const code = await codeOf(entries, { platform })
      expect(code).toMatch(/^(?:archive-hostile|platform-missing)$/)
    }
    expect(await codeOf(entries)).toBe('archive-hostile')
    expect(await codeOf(entries, { name: TAG })).toBe('archive-hostile')
  })

  test('when another name in manifest.json hides that the index gives the name to another image, then it is refused', async () => {
    const { entries, descriptors } = stored([GOOD, BAD])
    const index = JSON.stringify({
      manifests: [
        { ...descriptors[0], ...named('att/other:1') },
        { ...descriptors[1], ...named(TAG) },
      ],
    })
    const archive = [...entries, { path: 'index.json', body: index }, manifestJson([GOOD])]
    expect(await codeOf(archive, { name: TAG, platform: 'linux/amd64' })).toBe('archive-hostile')
  })

  test.each([
    ['manifest.json', [...both, manifestJson([GOOD, BAD])]],
    ['index.json', flat([GOOD, BAD])],
  ])('when %s gives one name to two images, then it is not said which', async (_, entries) => {
    expect(await codeOf(entries)).toBe('image-ambiguous')
    expect(await codeOf(entries, forPlatform('linux/amd64'))).toBe('image-ambiguous')
  })

  // containerd's import gives the name to it all the same, and to the last (client/import.go).
  test.each([
    ['an attestation', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
    ['an artifact', { artifactType: 'application/x' }],
    ['of no platform', { platform: { os: 'unknown', architecture: 'unknown' } }],
  ])('when the other one with the name is told to be %s, then it is not said which', async (_, more) => {
    const { entries, descriptors } = stored([GOOD, BAD])
    const [good, bad] = descriptors.map((one) => ({ ...one, ...named(TAG) }))
    const annotations = { ...bad?.annotations, ...('annotations' in more ? more.annotations : {}) }
    const index = JSON.stringify({ manifests: [good, { ...bad, ...more, annotations }] })
    expect(await codeOf([...entries, { path: 'index.json', body: index }])).toBe('image-ambiguous')
  })

  test('when index.json has a platform more, then it is read where the platform is named', async () => {
    const archive = [...nested([GOOD, BAD]), manifestJson([BAD])]
    const { image } = await read(tarOf(archive), { select: forPlatform('linux/amd64') })
    expect(image.digest).toBe(`sha256:${sha256(GOOD.config)}`)
    const other = await read(tarOf(archive), { select: forPlatform('linux/arm64') })
    expect(other.image.digest).toBe(`sha256:${sha256(BAD.config)}`)
    const digest = `sha256:${sha256(GOOD.config)}`
    expect(await codeOf(archive, { name: digest })).toBe('image-ambiguous')
  })

  test('when both of manifest.json and index.json are for the platform, then the index does not win', async () => {
    const twin = made('openssl', 'amd64')
    const archive = [...nested([GOOD, twin]), manifestJson([twin])]
    const select = { name: `sha256:${sha256(GOOD.config)}`, platform: 'linux/amd64' }
    expect(await codeOf(archive, select)).toBe('image-ambiguous')
  })

  /** GOOD and another image for amd64, whose entries name these platforms. */
  const statedAs = (own: string, ofGood: string, ofOther: string): Entry[] => {
    const layer = layerWith('openssl')
    const os = own === 'unknown' ? own : 'linux'
    const other = { config: configOf([layer], { architecture: own, os }), layer }
    const { entries, descriptors } = stored([GOOD, other])
    const [good, bad] = [ofGood, ofOther].map((name, at) => {
      const [os, architecture, variant] = name.split('/')
      return { ...descriptors[at], platform: { os, architecture, variant } }
    })
    const index = JSON.stringify({ manifests: [bad, good] })
    return [...entries, blob(index), indexJson([{ digest: `sha256:${sha256(index)}` }])]
  }

  test.each([
    ['linux/riscv64', 'linux/amd64', 'archive-hostile'],
    ['linux/amd64', 'linux/amd64', 'archive-hostile', 'unknown'],
    ['linux/amd64/v8', 'linux/amd64', 'archive-hostile'],
    ['linux/amd64', 'linux/x86_64', 'image-ambiguous', 'x86_64'],
    ['linux/amd64', 'linux/AMD64', 'archive-hostile', 'AMD64'],
  ])(
    'when an index names %s and %s, of which an engine takes the other, then it is refused',
    async (...platforms) => {
      const [ofGood, ofOther, code, own = 'riscv64'] = platforms
      const archive = statedAs(own, ofGood, ofOther)
      expect(await codeOf(archive, forPlatform('linux/amd64'))).toBe(code)
    },
  )

  const ATTESTATION = { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }
  const ARTIFACT = { artifactType: 'application/x' }
  /** An index with GOOD and another manifest, without a platform, whose entry or whose own words say that it is none. */
  const hiding = (disguise: object, manifest: object, config: string | null = BAD.config): Entry[] => {
    const { entries, descriptors } = stored([GOOD])
    const digest = `sha256:${sha256(config ?? BAD.config)}`
    const layers = [{ digest: `sha256:${sha256(BAD.layer)}` }]
    const hidden = JSON.stringify({
      config: { digest, ...('type' in manifest ? { mediaType: manifest.type } : {}) },
      layers,
      ...manifest,
    })
    const index = JSON.stringify({
      manifests: [...descriptors, { digest: `sha256:${sha256(hidden)}`, ...disguise }],
    })
    const own = [...(config === null ? [] : [blob(config)]), blob(BAD.layer), blob(hidden), blob(index)]
    return [...entries, ...own, indexJson([{ digest: `sha256:${sha256(index)}` }])]
  }
  const ARM64 = { platform: { os: 'linux', architecture: 'arm64' } }

  test.each([
    ['an attestation', ATTESTATION, {}],
    ['an artifact', ARTIFACT, {}],
    ['an artifact in its own words', ARM64, ARTIFACT],
    ['a config of another kind', {}, { type: 'application/x' }],
    ['a config of another kind, behind an attestation', ATTESTATION, { type: 'application/x' }],
  ])(
    'when an image in an index hides as %s, then it is a platform that nobody has examined',
    async (_, disguise, manifest) => {
      const { others } = await read(tarOf(hiding(disguise, manifest)), { select: forPlatform('linux/amd64') })
      expect(others).toEqual({ notExamined: ['linux/arm64'], skipped: [], unknown: null })
    },
  )

  test.each([
    [
      'says so of its platform',
      ATTESTATION,
      {},
      JSON.stringify({ os: 'unknown', architecture: 'unknown', rootfs: {} }),
    ],
    ['has a config of another kind', ARTIFACT, { type: 'application/x' }, '{}'],
    ['has a config that is no JSON', ARTIFACT, { type: 'application/x' }, 'text'],
    ['is there without its config', ARTIFACT, { type: 'application/x' }, null],
  ])('when an attestation or an artifact %s, then it is skipped', async (_, disguise, manifest, config) => {
    const { others } = await read(tarOf(hiding(disguise, manifest, config)), {
      select: forPlatform('linux/amd64'),
    })
    expect(others).toEqual({ notExamined: [], skipped: ['1 attestation'], unknown: null })
  })

  test('when the containerd store saved two platforms, then each is read by its name', async () => {
    const archive = fixture('save-29-containerdstore-two-platforms')
    for (const architecture of ['amd64', 'arm64']) {
      const { image } = await read(archive, { select: forPlatform(`linux/${architecture}`) })
      expect(image.platform.architecture).toBe(architecture)
    }
  })

  test('when repositories stands next to index.json without manifest.json, then it is refused', async () => {
    expect(await codeOf([...flat([GOOD]), { path: 'repositories', body: '{}' }])).toBe('archive-hostile')
  })
})

describe('keys that Go takes for others', () => {
  const manifestOf = (more: string): Entry[] => [
    ...both,
    {
      path: 'manifest.json',
      body: `[{"Config":"${blob(GOOD.config).path}","RepoTags":["${TAG}"],"Layers":["${blob(GOOD.layer).path}"]${more}}]`,
    },
  ]
  const configText = (more: string): Entry[] => {
    const config = `${GOOD.config.slice(0, -1)}${more}}`
    return flat([{ config, layer: GOOD.layer }])
  }

  test.each([
    ['manifest.json in lower case', manifestOf(`,"config":"${blob(BAD.config).path}"`)],
    ['manifest.json with a long s', manifestOf(`,"Layer\u017f":[]`)],
    ['manifest.json written with an escape', manifestOf(`,"\\u006cayers":[]`)],
    ['manifest.json twice', manifestOf(`,"RepoTags":[]`)],
    ['a config', configText(',"ROOTFS":{}')],
    ['the rootfs of a config', configText(',"Rootfs":{"diff_ids":[]}')],
    ['the config of a config', configText(',"config":{"User":"nobody","user":"root"}')],
    [
      'index.json',
      [...flat([GOOD]).slice(0, -1), { path: 'index.json', body: '{"manifests":[],"Manifests":[]}' }],
    ],
  ])('when there is such a key in %s, then it is refused', async (_, entries) => {
    expect(await codeOf(entries)).toBe('archive-hostile')
  })

  test('when a manifest or a descriptor has such a key, then it is refused', async () => {
    const { entries, descriptors } = stored([GOOD])
    const text = JSON.stringify({
      config: { digest: `sha256:${sha256(GOOD.config)}`, Digest: `sha256:${sha256(BAD.config)}` },
      layers: [],
    })
    const archive = [...entries, blob(text), indexJson([{ digest: `sha256:${sha256(text)}` }])]
    expect(await codeOf(archive)).toBe('archive-hostile')
    const index = indexJson([{ ...descriptors[0], DIGEST: '' }])
    expect(await codeOf([...entries, index])).toBe('archive-hostile')
  })

  test('when labels or keys of a builder differ in case only, then that is no error', async () => {
    const more = ',"x.y":{"a":1,"A":2},"config":{"Labels":{"a":"{\\"User\\":1}","A":"\\\\"},"User":"u"}'
    const { image } = await read(tarOf(configText(more)))
    expect(image.config.config).toMatchObject({ User: 'u' })
  })
})

describe('documents that are no plain files', () => {
  const evil = { path: 'x.json', body: manifestJson([BAD]).body ?? '' }
  const sparse = (path: string): Buffer => {
    const body = Buffer.from('22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n')
    const header = entryOf({ path: 'PaxHeader', body })
    header[156] = 'x'.charCodeAt(0)
    let sum = 8 * 0x20
    for (let at = 0; at < 512; at++) {
      sum += at >= 148 && at < 156 ? 0 : (header[at] ?? 0)
    }
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    return Buffer.concat([header, entryOf({ path, body: '1\n0\n1\n' })])
  }

  test.each([
    ['a symbolic link', { path: 'manifest.json', type: 'SymbolicLink', linkpath: 'x.json' }],
    ['a symbolic link deep down', { path: 'manifest.json', type: 'SymbolicLink', linkpath: 'a/b/x.json' }],
    ['a hard link', { path: './manifest.json', type: 'Link', linkpath: 'x.json' }],
    ['a directory', { path: 'manifest.json/', type: 'Directory' }],
    ['a device', { path: 'manifest.json', type: 'CharacterDevice' }],
    ['a sparse file', sparse('manifest.json')],
  ] as const)('when manifest.json is %s, then it is refused', async (_, entry) => {
    expect(await codeOf([...both, ...flat([GOOD]), evil, entry])).toBe('archive-hostile')
  })

  test('when index.json is a link, then it is refused', async () => {
    const link = { path: 'index.json', type: 'SymbolicLink', linkpath: 'x.json' } as const
    const archive = [blob(GOOD.config), blob(GOOD.layer), manifestJson([GOOD]), evil, link]
    expect(await codeOf(archive)).toBe('archive-hostile')
  })

  test.each([
    ['a sparse file', sparse('c.json')],
    ['a link to what is no part of an image', { path: 'c.json', type: 'SymbolicLink', linkpath: 'a/b/c' }],
  ] as const)('when a config is there as a file and as %s, then it is refused', async (_, entry) => {
    const manifest = [{ Config: 'c.json', RepoTags: [TAG], Layers: [blob(GOOD.layer).path] }]
    const plain = [
      { path: 'c.json', body: GOOD.config },
      blob(GOOD.layer),
      { path: 'manifest.json', body: JSON.stringify(manifest) },
    ]
    expect((await read(tarOf(plain))).image.layers).toHaveLength(1)
    expect(await codeOf([...plain, entry])).toBe('archive-hostile')
  })

  test('when files lie below a link, then the archive is refused', async () => {
    const link = { path: 'blobs/sha256', type: 'SymbolicLink', linkpath: '../evil' } as const
    expect(await codeOf([link, ...flat([GOOD])])).toBe('archive-hostile')
  })

  test('when a layout is a folder and manifest.json in it a link, then it is refused', async () => {
    await inDirectory(async (directory) => {
      const layout = join(directory, 'layout')
      mkdirSync(join(layout, 'blobs/sha256'), { recursive: true })
      const oci = { path: 'oci-layout', body: '{}' }
      for (const { path, body } of [...flat([GOOD]), oci]) {
        writeFileSync(join(layout, path), body ?? '')
      }
      const options = { reference: 'x', select: {}, directory }
      expect((await openImageFile(layout, options)).image.layers).toHaveLength(1)
      symlinkSync('oci-layout', join(layout, 'manifest.json'))
      await expect(openImageFile(layout, options)).rejects.toMatchObject({
        problem: { code: 'archive-hostile' },
      })
    })
  })
})
