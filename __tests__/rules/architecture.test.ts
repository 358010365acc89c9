import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Files, MAY_IMPORT, PURE_FOLDERS } from './rules.js'
import { ROOT, scanTree, sourceTree } from './scan.js'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const ARCHITECTURE = read('docs/architecture.md')

/** Cells of the table whose first heading is `first`, without its two head lines. */
function tableOf(markdown: string, first: string): string[][] {
  const lines = markdown.split('\n')
  const from = lines.findIndex((line) => line.startsWith(`| ${first} |`))
  const rows = lines.slice(from + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end === -1 ? undefined : end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const bare = (cell = '') => cell.replaceAll('`', '')

/** What differs between the table of folders and the rules, and rows that import one above them. */
function folderErrors(
  markdown: string,
  mayImport: Readonly<Record<string, readonly string[]>>,
  pure: readonly string[],
): string[] {
  const rows = tableOf(markdown, 'folder').map(([folder, , isPure, imports]) => ({
    folder: bare(folder),
    isPure: isPure === 'yes',
    imports: bare(imports)
      .split(', ')
      .filter((name) => name !== ''),
  }))
  const order = rows.map(({ folder }) => folder)
  return [
    ...Object.keys(mayImport)
      .filter((folder) => !order.includes(folder))
      .map((folder) => `${folder}: no row`),
    ...rows.flatMap(({ folder, isPure, imports }, at) => {
      const wanted = [...(mayImport[folder] ?? [])].sort().join(', ')
      const above = imports.filter((name) => order.indexOf(name) <= at)
      return [
        ...(imports.join(', ') === wanted ? [] : [`${folder}: may import ${wanted || 'nothing'}`]),
        ...(isPure === pure.includes(folder) ? [] : [`${folder}: pure differs`]),
        ...above.map((name) => `${folder}: ${name} stands above it`),
      ]
    }),
  ]
}

/** Where the walk of a finding climbs back: to a folder further down in the table, or to a file of a later step. */
function walkErrors(markdown: string, files: Files): string[] {
  const order = tableOf(markdown, 'folder').map(([folder]) => bare(folder))
  const walk = tableOf(markdown, 'file').map(([file]) => bare(file))
  const place = (file = '') => order.indexOf(file.split('/')[1] ?? '')
  return walk.flatMap((file, at) => {
    const later = walk.slice(at + 1)
    const reached = (files.get(file)?.imports ?? []).flatMap(({ target }) => target ?? [])
    return [
      ...(files.has(file) ? [] : [`${file}: not there`]),
      ...(at > 0 && place(file) > place(walk[at - 1]) ? [`${file}: its folder is below the last one's`] : []),
      ...later.filter((one) => reached.includes(one)).map((one) => `${file} imports ${one}, a later step`),
    ]
  })
}

/** Paths of our own that a document names and that are not there. Patterns and folders of others are left out. */
function missingPaths(markdown: string, exists: (path: string) => boolean): string[] {
  const named = [...markdown.matchAll(/`((?:src|script|__tests__)\/[\w./-]+)`/g)].map(([, path = '']) => path)
  return [...new Set(named)].filter((path) => !exists(path))
}

describe('docs/architecture.md', () => {
  test('when its folders are compared with the rules, then they are the same, each above what it imports', () => {
    expect(folderErrors(ARCHITECTURE, MAY_IMPORT, PURE_FOLDERS)).toEqual([])
  })

  test('when a finding is followed, then the walk never climbs back', () => {
    expect(tableOf(ARCHITECTURE, 'file').length).toBeGreaterThan(5)
    expect(walkErrors(ARCHITECTURE, scanTree(sourceTree()))).toEqual([])
  })

  test('when folders differ from the rules, then each is reported', () => {
    const table =
      '| folder | holds | pure | may import |\n|---|---|---|---|\n| `a` | x | yes | b |\n| `b` | x | | a, c |\n'
    expect(folderErrors(table, { a: ['b', 'c'], b: ['a', 'c'], c: [] }, ['b'])).toEqual([
      'c: no row',
      'a: may import b, c',
      'a: pure differs',
      'b: pure differs',
      'b: a stands above it',
      'b: c stands above it',
    ])
  })

  test('when a walk goes down, names a file that is gone, or reaches forward, then each is reported', () => {
    const folders = '| folder | holds |\n|---|---|\n| `top` | x |\n| `low` | x |\n\n'
    const walk =
      '| file | does |\n|---|---|\n| `src/top/a.ts` | x |\n| `src/low/b.ts` | x |\n| `src/low/c.ts` | x |\n'
    const files = scanTree(
      new Map([
        ['src/top/a.ts', `import { b } from '../low/b.js'`],
        ['src/low/b.ts', ''],
      ]),
    )
    expect(walkErrors(folders + walk, files)).toEqual([
      'src/top/a.ts imports src/low/b.ts, a later step',
      "src/low/b.ts: its folder is below the last one's",
      'src/low/c.ts: not there',
    ])
  })
})

describe('paths in documents', () => {
  test.each(['docs/architecture.md', 'CONTRIBUTING.md', 'docs/outputs.md', 'docs/decisions/README.md'])(
    'when %s names a path of src, script or __tests__, then it is there',
    (path) => {
      const exists = (named: string) => existsSync(join(ROOT, named))
      expect(missingPaths(read(path), exists)).toEqual([])
    },
  )

  test('when one is not there, then it is reported; a pattern is none', () => {
    const text = '`src/a.ts`, `src/gone.ts`, `src/checks/<id>/collect.ts`, `docs/x.md`, `src/gone.ts`'
    expect(missingPaths(text, (path) => path === 'src/a.ts')).toEqual(['src/gone.ts'])
  })
})
