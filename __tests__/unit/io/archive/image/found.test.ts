import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openImageFile } from '../../../../../src/io/archive/image/image-archive.js'
import { layer } from '../archives.js'
import { dockerEntries, type Entry, inDirectory, ociEntries, read, sha256, tarOf } from '../build.js'

/** An archive of docker save before 25, with these names. */
const saved = (names: readonly string[] | null): readonly Entry[] =>
  changed<readonly object[]>(dockerEntries([layer]), 'manifest.json', ([one]) => [
    { ...one, RepoTags: names },
  ])

/** An OCI archive whose index has these annotations of the image. */
const annotated = (annotations: Readonly<Record<string, string>>): readonly Entry[] =>
  changed<{ manifests: readonly object[] }>(ociEntries([layer]), 'index.json', ({ manifests: [one] }) => {
    return { manifests: [{ ...one, annotations }] }
  })

function changed<T>(entries: readonly Entry[], path: string, change: (document: T) => unknown): Entry[] {
  const parsed = ({ body = '' }: Entry): T => JSON.parse(String(body))
  return entries.map((one) =>
    one.path === path ? { ...one, body: JSON.stringify(change(parsed(one))) } : one,
  )
}

const CONTAINERD = 'io.containerd.image.name'
const REF = 'org.opencontainers.image.ref.name'

/** What the opened image has as its own name. */
function nameIn(entries: readonly Entry[]): Promise<string | undefined> {
  return inDirectory(async (directory) => {
    const path = join(directory, 'image.tar')
    await writeFile(path, tarOf(entries))
    const { image } = await openImageFile(path, { reference: path, select: {}, directory })
    expect(image.reference).toBe(path)
    return image.nameInArchive
  })
}

describe('the name that an archive has for its image', () => {
  test.each<[string, readonly Entry[], string]>([
    ['docker save', saved(['acme/shop:1']), 'acme/shop:1'],
    ['docker save, with a host', saved(['localhost:5000/acme/shop:1']), 'localhost:5000/acme/shop:1'],
    ['containerd', annotated({ [CONTAINERD]: 'docker.io/library/shop:1', [REF]: '1' }), 'shop:1'],
    ['Podman', annotated({ [REF]: 'ghcr.io/acme/shop:1' }), 'ghcr.io/acme/shop:1'],
  ])('when %s wrote it, then it is in the form in which people write it', async (_, entries, name) => {
    expect(await nameIn(entries)).toBe(name)
  })

  test.each<[string, readonly Entry[]]>([
    ['it was saved by its id', saved(null)],
    ['the index has no name', annotated({})],
    ['the index has only a tag', annotated({ [REF]: '1.0' })],
    ['the name is not one that an engine takes', annotated({ [REF]: 'Acme Shop/../x:1' })],
  ])('when %s, then there is none', async (_, entries) => {
    expect(await nameIn(entries)).toBeUndefined()
  })

  test('when it is one of several platforms, then it has the name of their index', async () => {
    const entries = ociEntries([layer])
    const index = String(entries.find(({ path }) => path === 'index.json')?.body)
    const descriptor = {
      digest: `sha256:${sha256(index)}`,
      annotations: { [CONTAINERD]: 'ghcr.io/acme/shop:1' },
    }
    const nested = [
      { path: `blobs/sha256/${sha256(index)}`, body: index },
      ...changed(entries, 'index.json', () => ({ manifests: [descriptor] })),
    ]
    expect(await nameIn(nested)).toBe('ghcr.io/acme/shop:1')
  })

  test('when there are several, then their order does not decide', async () => {
    const names = ['acme/shop:2', 'acme/shop:1', 'Not/A/Name', 'zulu/shop:1']
    expect(await nameIn(saved(names))).toBe('acme/shop:1')
    expect(await nameIn(saved(names.toReversed()))).toBe('acme/shop:1')
  })

  test('when the archive is the stream of an engine, then the image has only the name that the user gave', async () => {
    const { image } = await read(tarOf(saved(['acme/shop:1'])))
    expect(image).not.toHaveProperty('nameInArchive')
  })
})
