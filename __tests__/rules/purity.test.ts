import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { impurities, pureFiles, uncovered } from './rules.js'
import { ROOT, scanTree, sourceTree } from './scan.js'

const ours = scanTree(sourceTree())
const one = (text: string) => scanTree(new Map([['src/model/a.ts', text]]))

describe('pure rooms', () => {
  test('when the tree is scanned, then they import nothing impure and use no clock, chance or locale', () => {
    expect(pureFiles(ours)).toContain('src/model/finding/index.ts')
    expect(impurities(ours)).toEqual([])
  })

  test.each([
    ['a Node module', `import { join } from 'node:path'`, 'imports node:path'],
    ['a Node module by its short name', `import { join } from 'path'`, 'imports path'],
    ['a package that touches the world', `import { info } from '@actions/core'`, 'imports @actions/core'],
    ['a package whose name only begins as a pure one', `import 'zod-fetch'`, 'imports zod-fetch'],
    ['an import by an expression', 'export const a = (b: string) => import(b)', 'imports (an expression)'],
    ['the clock', 'export const a = Date.now()', 'uses Date.now'],
    ['the date of today', 'export const a = new Date()', 'uses new Date()'],
    ['the date of today, without brackets', 'export const a = new Date', 'uses new Date()'],
    ['chance', 'export const a = Math.random()', 'uses Math.random'],
    ['the locale', `export const a = ['b'].sort((x, y) => x.localeCompare(y))`, 'uses localeCompare'],
  ])('when a file uses %s, then it is at fault', (_, text, message) => {
    expect(impurities(one(text))).toEqual([`src/model/a.ts must be pure and ${message}`])
  })

  test.each([
    ['a date that is given', 'export const a = (b: string) => new Date(b).toISOString()'],
    ['pure packages', `import { load } from 'js-yaml'\nimport * as z from 'zod/mini'`],
    ['the words in a comment', '// Date.now() is not for us\nexport const a = 1'],
  ])('when a file uses %s, then it is sound', (_, text) => {
    expect(impurities(one(text))).toEqual([])
  })

  test('when a pure file leans on a helper, then the helper must be pure too', () => {
    const tree = new Map([
      ['src/checks/clair/interpret.ts', `import { a } from './helper.js'`],
      ['src/checks/clair/helper.ts', 'export const a = Math.random()'],
      ['src/checks/clair/other.ts', 'export const a = Math.random()'],
    ])
    expect(impurities(scanTree(tree))).toEqual([
      'src/checks/clair/helper.ts must be pure and uses Math.random',
    ])
  })

  test('when the pure half of the checks takes from the half that collects, then that is reported', () => {
    const tree = new Map([
      ['src/checks/index.ts', `import { COLLECTORS } from './collectors.js'`],
      ['src/checks/collectors.ts', 'export const COLLECTORS = {}'],
      ['src/checks/clair/interpret.ts', `import { collecting } from '../collecting.js'`],
      ['src/checks/collecting.ts', 'export const collecting = 1'],
    ])
    expect(impurities(scanTree(tree))).toEqual([
      'src/checks/clair/interpret.ts must be pure and imports ../collecting.js',
      'src/checks/index.ts must be pure and imports ./collectors.js',
    ])
  })
})

describe('tsconfig.pure.json', () => {
  test('when the compiler lists its files, then they are the pure ones, all of them', () => {
    const options = ['node_modules/typescript/bin/tsc', '--listFilesOnly', '-p', 'tsconfig.pure.json']
    const listed = execFileSync(process.execPath, options, { cwd: ROOT, encoding: 'utf8' }).split('\n')
    const compiled = listed
      .filter((path) => path.startsWith(`${ROOT}/src/`))
      .map((path) => path.slice(ROOT.length + 1))
    expect(uncovered(ours, compiled)).toEqual([])
  })

  test('when it leaves out a pure file or takes in another, then both are reported', () => {
    const files = scanTree(new Map([['src/model/a.ts', '']]))
    expect(uncovered(files, ['src/io/b.ts'])).toEqual([
      'src/model/a.ts: pure, not in tsconfig.pure.json',
      'src/io/b.ts: in tsconfig.pure.json, not pure',
    ])
  })
})
