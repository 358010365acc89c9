import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import * as tar from 'tar'
import { openImageFile, readImageArchive } from '../../../../src/io/archive/image/image-archive.js'
import { fitsPlatform } from '../../../../src/io/archive/image/reference.js'
import type { LayerFacts } from '../../../../src/model/image/image.js'
import { mergeLayers } from '../../../../src/model/image/layers.js'
import { ARCHIVES } from './archives.js'
import { inDirectory, packagesOf, read, refusal } from './build.js'

interface ExpectedImage {
  readonly config_digest?: string
  readonly os: string
  readonly architecture: string
  readonly tags: readonly string[]
  readonly manifest_digest?: string
  readonly absent?: boolean
  readonly layers: readonly { diff_id: string; tar_size: number; whiteouts?: readonly string[] }[]
  readonly history: readonly { created_by?: string; layer: number | null }[]
}
const EXPECTED: Readonly<Record<string, { images: readonly ExpectedImage[] }>> = JSON.parse(
  readFileSync(join(ARCHIVES, 'expected.json'), 'utf8'),
)

function gzipped(name: string): Buffer {
  return readFileSync(join(ARCHIVES, `${name}.gz`))
}

const CASES = Object.entries(EXPECTED).flatMap(([archive, { images }]) =>
  images
    .filter((image) => image.config_digest !== undefined)
    .map((image) => ({ archive, image, name: `${archive} ${image.architecture} ${image.tags[0] ?? ''}` })),
)

function whiteoutsOf({ removed, opaque }: LayerFacts): readonly string[] {
  const named = removed.map((path) => join(dirname(path), `.wh.${path.split('/').at(-1)}`))
  return [...named, ...opaque.map((path) => join(path, '.wh..wh..opq'))].sort()
}

describe('archives of all engines and builders', () => {
  test('when the expectations are read, then every archive has one', () => {
    const archives = readdirSync(ARCHIVES).filter(
      (name) => name.endsWith('.tar.gz') && name !== 'context.tar.gz',
    )
    expect(archives.map((name) => name.slice(0, -3)).sort()).toEqual(Object.keys(EXPECTED).sort())
    expect(CASES.length).toBeGreaterThanOrEqual(archives.length)
  })

  test.each(CASES)('when $name is read, then it is what was built', async ({ archive, image }) => {
    const name = image.tags[0]
    const platform = `${image.os}/${image.architecture}`
    const select = { platform, ...(name === undefined ? {} : { name }) }
    const plain = await read(gunzipSync(gzipped(archive)), { select })

    expect(plain.image.digest).toBe(image.config_digest)
    expect(plain.image.platform).toMatchObject({ os: image.os, architecture: image.architecture })
    expect(plain.image.layers.map(({ diffId, size }) => [diffId, size])).toEqual(
      image.layers.map((layer) => [layer.diff_id, layer.tar_size]),
    )
    expect(plain.layers.map(({ diffId, size }) => [diffId, size])).toEqual(
      image.layers.map((layer) => [layer.diff_id, layer.tar_size]),
    )
    // Besides whiteouts, `removed` has what entries of the layer replace.
    expect(plain.image.layers.map(whiteoutsOf)).toEqual(
      image.layers.map((layer) => expect.arrayContaining([...(layer.whiteouts ?? [])])),
    )

    let next = 0
    const history = plain.image.history.map((line) => ({
      created_by: line.createdBy ?? '',
      layer: line.emptyLayer ? null : next++,
    }))
    expect(history).toEqual(image.history.map(({ created_by, layer }) => ({ created_by, layer })))
    expect(next).toBe(image.layers.length)

    const compressed = await read(gzipped(archive), { select })
    expect(compressed.image).toEqual(plain.image)
    const zstd = await read(zstdCompressSync(gunzipSync(gzipped(archive))), { select })
    expect(zstd.image).toEqual(plain.image)
  })

  test.each(CASES)(
    'when $name is read, then the packages after each layer are known',
    async ({ archive, image }) => {
      const name = image.tags[0]
      const platform = `${image.os}/${image.architecture}`
      const { image: found } = await read(gzipped(archive), {
        select: { platform, ...(name === undefined ? {} : { name }) },
      })
      const after = found.layers.map((_, at) =>
        packagesOf(mergeLayers(found.layers.slice(0, at + 1)).files['var/lib/dpkg/status']),
      )
      const first = [
        ['libc6', 'zlib1g'],
        ['libc6', 'zlib1g', 'openssl'],
        ['libc6', 'openssl'],
      ]
      const expected =
        found.layers.length === 1
          ? [['libc6', 'openssl']]
          : found.layers.map((_, at) => first[at] ?? first[2])
      expect(after.map((packages) => [...packages].sort())).toEqual(
        expected.map((packages) => [...(packages ?? [])].sort()),
      )

      const root = mergeLayers(found.layers)
      expect(root.files['etc/os-release'] ?? root.files['usr/lib/os-release']).toContain('VERSION_ID="12"')
      expect(root.introducedBy['var/lib/dpkg/status']).toBe(
        found.layers[Math.min(2, found.layers.length - 1)]?.diffId,
      )
      expect(root.unreadable).toEqual({})
    },
  )

  test.each(['save-20.10-classic.tar', 'oci-estargz.tar', 'oci-zstd.tar'])(
    'when %s comes in odd pieces, then it reads the same',
    async (archive) => {
      const bytes = gunzipSync(gzipped(archive))
      const whole = await read(bytes, {}, () => bytes.length)
      let seed = 1
      const odd = (): number => {
        seed = (seed * 48271) % 2147483647
        return 1 + (seed % 1500)
      }
      for (const sizes of [() => 1, () => 511, () => 513, odd]) {
        expect((await read(bytes, {}, sizes)).image).toEqual(whole.image)
      }
    },
  )

  test('when layers are stored, then each file is the tar of its diff_id, and others are gone', async () => {
    await inDirectory(async (directory) => {
      const { layers, image } = await readImageArchive(
        (async function* () {
          yield gunzipSync(gzipped('save-29-containerdstore-two-platforms.tar'))
        })(),
        { reference: 'x', select: { platform: 'linux/arm64' }, directory },
      )
      expect(image.platform.architecture).toBe('arm64')
      for (const layer of layers) {
        const tar = readFileSync(layer.path)
        const digest = createHash('sha256').update(tar).digest('hex')
        expect(`sha256:${digest}`).toBe(layer.diffId)
        expect(layer.size).toBe(tar.length)
      }
      const kept = new Set(layers.map((layer) => layer.path))
      expect(
        readdirSync(directory)
          .map((name) => join(directory, name))
          .sort(),
      ).toEqual([...kept].sort())
    })
  })

  test('when an OCI layout is a directory, then it reads as its tar does', async () => {
    await inDirectory(async (directory) => {
      const layout = join(directory, 'layout')
      const store = join(directory, 'store')
      for (const path of [layout, store]) {
        mkdirSync(path)
      }
      writeFileSync(join(directory, 'x.tar'), gunzipSync(gzipped('oci-gzip.tar')))
      await tar.extract({ file: join(directory, 'x.tar'), cwd: layout })
      const options = { reference: 'x', select: {}, directory: store }
      const fromDirectory = await openImageFile(layout, options)
      expect(fromDirectory.image.digest).toBe(EXPECTED['oci-gzip.tar']?.images[0]?.config_digest)
      expect(fromDirectory.image.layers).toHaveLength(7)
    })
  })

  test('when the file is not there, then the error names it', async () => {
    const options = { reference: 'x', select: {}, directory: '/nowhere' }
    await expect(openImageFile('/nowhere/x.tar', options)).rejects.toMatchObject({
      problem: { code: 'no-such-archive', where: '/nowhere/x.tar' },
    })
  })
})

describe('what is neither a file nor an OCI layout', () => {
  const refused = { problem: expect.objectContaining({ code: 'archive-unreadable' }) }

  test('when it is a pipe that nobody writes to, then it is refused at once', async () => {
    await inDirectory(async (directory) => {
      const pipe = join(directory, 'x.tar')
      execFileSync('mkfifo', [pipe])
      await expect(openImageFile(pipe, { reference: 'x', select: {}, directory })).rejects.toMatchObject(
        refused,
      )
    })
  })

  test('when it is a device that never ends, then it is refused at once', async () => {
    await inDirectory(async (directory) => {
      const work = openImageFile('/dev/zero', { reference: 'x', select: {}, directory })
      await expect(work).rejects.toMatchObject(refused)
    })
  })

  test('when it is a folder without oci-layout, then it is refused', async () => {
    await inDirectory(async (directory) => {
      const work = openImageFile(directory, { reference: 'x', select: {}, directory })
      await expect(work).rejects.toMatchObject(refused)
    })
  })
})

describe('stopping', () => {
  test('when the signal fires while no byte comes, then it ends at once with the reason, and nothing is left', async () => {
    await inDirectory(async (directory) => {
      const stop = new AbortController()
      const bytes = gunzipSync(gzipped('save-20.10-classic.tar'))
      async function* hanging(): AsyncGenerator<Buffer> {
        yield bytes.subarray(0, bytes.length >> 1)
        setImmediate(() => stop.abort(new Error('told to stop')))
        await new Promise(() => undefined)
      }
      const options = { reference: 'x', select: {}, directory, signal: stop.signal }
      await expect(readImageArchive(hanging(), options)).rejects.toThrow('told to stop')
      expect(readdirSync(directory)).toEqual([])
    })
  })

  test('when the archive is refused, then the source is closed', async () => {
    await inDirectory(async (directory) => {
      let isClosed = false
      async function* endless(): AsyncGenerator<Buffer> {
        try {
          for (;;) {
            yield Buffer.alloc(1000, 7)
          }
        } finally {
          isClosed = true
        }
      }
      const options = { reference: 'x', select: {}, directory }
      await expect(readImageArchive(endless(), options)).rejects.toThrow('not a tar')
      expect(isClosed).toBe(true)
    })
  })

  test('when the source fails, then that is the error and nothing is left', async () => {
    await inDirectory(async (directory) => {
      const bytes = gunzipSync(gzipped('oci-gzip.tar'))
      async function* failing(): AsyncGenerator<Buffer> {
        yield bytes.subarray(0, bytes.length >> 1)
        throw new Error('connection lost')
      }
      const options = { reference: 'x', select: {}, directory }
      await expect(readImageArchive(failing(), options)).rejects.toThrow('connection lost')
      expect(readdirSync(directory)).toEqual([])
    })
  })
})

describe('which image is meant', () => {
  const twoImages = gunzipSync(gzipped('save-29-containerdstore-two-images.tar'))
  const onePresent = gunzipSync(gzipped('save-29-containerdstore-one-of-two-platforms.tar'))

  test('when an archive holds two images and none is named, then the error lists them', async () => {
    const { code, what, leftOver } = await refusal(twoImages)
    expect(code).toBe('image-ambiguous')
    expect(what).toContain('docker.io/eng/fx:second')
    expect(what).toContain('docker.io/eng/fx:classic')
    expect(leftOver).toEqual([])
  })

  test('when one is named by its second tag, its full name or its config digest, then it is taken', async () => {
    const images = EXPECTED['save-29-containerdstore-two-images.tar']?.images ?? []
    for (const name of ['eng/fx:second', 'docker.io/eng/fx:bk', images[0]?.config_digest ?? '']) {
      expect((await read(twoImages, { select: { name } })).image.digest).toBe(images[0]?.config_digest)
    }
  })

  test('when a name is not in the archive, then the error lists what is', async () => {
    const { code, what } = await refusal(twoImages, { select: { name: 'debian:12' } })
    expect(code).toBe('image-not-found')
    expect(what).toContain('docker.io/eng/fx:classic (linux/amd64)')
  })

  test('when a platform was not pulled, then the error says so, and the other one is read', async () => {
    const { code, what } = await refusal(onePresent, { select: { platform: 'linux/arm64' } })
    expect(code).toBe('platform-missing')
    expect(what).toBe(
      'the archive lists linux/arm64, but part of that image is missing; it contains linux/amd64',
    )
    expect((await read(onePresent)).image.platform.architecture).toBe('amd64')
  })

  test('when a platform is not named at all, then the error lists those that are', async () => {
    const archive = gunzipSync(gzipped('oci-two-platforms.tar'))
    const { code, what } = await refusal(archive, { select: { platform: 'linux/s390x' } })
    expect(code).toBe('platform-missing')
    expect(what).toBe('the archive does not contain linux/s390x; it contains linux/amd64, linux/arm64')
  })

  test('when a variant is asked for, then arm64 is v8 whether it says so or not', () => {
    const arm64 = { os: 'linux', architecture: 'arm64', variant: null }
    const arm7 = { os: 'linux', architecture: 'arm', variant: 'v7' }
    expect(fitsPlatform(arm64, 'linux/arm64/v8')).toBe(true)
    expect(fitsPlatform(arm64, 'linux/arm64')).toBe(true)
    expect(fitsPlatform(arm7, 'linux/arm/v6')).toBe(false)
    expect(fitsPlatform(arm7, 'linux/arm')).toBe(true)
    expect(fitsPlatform(null, 'linux/arm')).toBe(false)
  })
})
