import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createPathTable } from '../../../../../src/io/archive/store/path-table.js'
import { mergedTree } from '../../../../../src/io/archive/tree/image-tree.js'
import { runs } from '../../../../support/runs.js'
import { type Entry, gone } from '../build.js'
import { withTrees } from '../trees.js'

const file = (path: string, body = path): Entry => ({ path, body })
const folder = (path: string): Entry => ({ path: `${path}/`, type: 'Directory' })
const symlink = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'SymbolicLink' })
const hardLink = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'Link' })

describe('the tree of a layer', () => {
  test('when entries of one path follow one another, then the last one is there', async () => {
    const entries = [file('a', 'first'), folder('b'), file('b/c'), file('b', 'no folder'), file('a', 'last')]
    const shown = await withTrees([entries], ([tree]) =>
      [...(tree?.entries() ?? [])].map((entry) => [entry.path, tree?.bytesOf(entry).toString()]),
    )
    expect(shown).toEqual([
      ['b', 'no folder'],
      ['a', 'last'],
    ])
  })

  test('when a hard link names a file that came before, then it has its bytes whatever replaces that later', async () => {
    const entries = [
      file('a', 'old'),
      hardLink('b', 'a'),
      hardLink('c', './b'),
      file('a', 'new'),
      hardLink('d', 'a'),
    ]
    const contents = await withTrees([entries], ([tree]) =>
      [...(tree?.entries() ?? [])].map((entry) => {
        const read = tree?.fileOf(entry)
        return [entry.path, typeof read === 'object' ? tree?.bytesOf(read).toString() : read]
      }),
    )
    expect(contents).toEqual([
      ['b', 'old'],
      ['c', 'old'],
      ['a', 'new'],
      ['d', 'new'],
    ])
  })

  test.each([
    [
      'what comes later',
      [hardLink('b', 'a'), file('a')],
      'a, which does not come before it in the same layer',
    ],
    ['itself', [hardLink('b', 'b')], 'b, which does not come before it in the same layer'],
    ['a symbolic link', [symlink('a', 'c'), hardLink('b', 'a')], 'a symbolic link'],
    ['a folder', [folder('a'), hardLink('b', 'a')], 'what is not a regular file'],
  ])('when a hard link names %s, then it is no file, and the reason is named', async (_, entries, reason) => {
    const read = await withTrees([entries], ([tree]) => {
      const link = [...(tree?.entries() ?? [])].find(({ path }) => path === 'b')
      return link && tree?.fileOf(link)
    })
    expect(read).toBe(reason)
  })

  test('when a part of a file is read, then neither bytes before nor after it are', async () => {
    const entries = [file('a', 'before'), file('b', 'the file'), file('c', 'after')]
    const parts = await withTrees([entries], ([tree]) => {
      const entry = [...(tree?.entries() ?? [])].find(({ path }) => path === 'b')
      const read = entry && tree?.read(entry)
      return [read?.(4, 100), read?.(-1, 3), read?.(8, 1), read?.(0, 3)].map(String)
    })
    expect(parts).toEqual(['file', '', '', 'the'])
  })

  test('when both sums of a file are asked for, then each is that of its own bytes', async () => {
    const sums = await withTrees([[file('a', 'abc')]], async ([tree]) => {
      const [entry] = [...(tree?.entries() ?? [])]
      return entry && [await tree?.sumOf(entry, 'md5'), await tree?.sumOf(entry, 'sha256')]
    })
    // RFC 1321, appendix A.5; FIPS 180-2, appendix B.1.
    expect(sums).toEqual([
      '900150983cd24fb0d6963f7d28e17f72',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ])
  })
})

describe('the tree of an image', () => {
  const lower = [
    folder('a'),
    file('a/b', 'lower'),
    file('a/c'),
    symlink('link', '/a'),
    symlink('loop', 'loop'),
  ]
  const contentAt = (layers: readonly (readonly Entry[])[], path: string) =>
    withTrees(layers, (trees) => {
      const placed = mergedTree(trees).at(path)
      return placed && trees[placed.layer]?.bytesOf(placed.entry).toString()
    })

  test.each<readonly [string, readonly Entry[], string | null]>([
    ['has other files', [file('x')], 'lower'],
    ['has the file', [file('a/b', 'upper')], 'upper'],
    ['has its whiteout', [gone('a/b')], null],
    ['has the whiteout of its folder', [gone('a')], null],
    ['empties its folder', [file('a/.wh..wh..opq')], null],
    ['empties its folder and has the file', [file('a/b', 'upper'), file('a/.wh..wh..opq')], 'upper'],
    ['has a file at its folder', [file('a')], null],
    ['has a link at its folder', [symlink('a', 'd')], null],
    ['has its folder', [folder('a')], 'lower'],
    ['has the whiteout of a longer name', [gone('a/bb')], 'lower'],
  ])('when the upper layer %s, then a container sees that', async (_, upper, content) => {
    expect(await contentAt([lower, upper], 'a/b')).toBe(content)
    expect(await contentAt([lower, upper, [file('z')]], 'a/b')).toBe(content)
  })

  test('when a file is removed and comes back, then the container sees it again', async () => {
    expect(await contentAt([lower, [gone('a')], [file('a/b', 'again')]], 'a/b')).toBe('again')
    expect(await contentAt([lower, [gone('a')], [file('a/b', 'again')]], 'a/c')).toBe(null)
  })

  test.each([
    ['link/b', 'a/b'],
    ['a/../link/b', 'a/b'],
    ['../../a/b', 'a/b'],
    ['link/missing', 'a/missing'],
    ['loop', null],
  ])('when %s is resolved, then it is %s', async (path, resolved) => {
    expect(await withTrees([lower], (trees) => mergedTree(trees).resolve(path))).toBe(resolved)
  })
})

test('when many paths are entered, then each keeps its number, its folder and its text', () => {
  const part = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .map((text) => text.replaceAll('/', '_'))
  const paths = fc.array(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    { maxLength: 1500 },
  )
  fc.assert(
    fc.property(paths, (all) => {
      const table = createPathTable()
      const numbers = new Map(all.map((path) => [path, table.findOrAdd(path)]))
      for (const [path, number] of numbers) {
        expect([path, table.find(path), table.pathOf(number)]).toEqual([path, number, path])
        const parent = table.parentOf(number)
        expect(parent === -1 ? '' : table.pathOf(parent)).toBe(
          path.slice(0, Math.max(0, path.lastIndexOf('/'))),
        )
        expect(parent).toBeLessThan(number)
      }
      expect(table.find('no such path/')).toBe(-1)
    }),
    runs(100),
  )
})
