import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from './scan.js'

interface Measure {
  readonly name: string
  readonly value: number
  readonly limit: number
  readonly errors: readonly string[]
  readonly ok: boolean
}
type Lists = {
  readonly spillFiles?: Readonly<Record<string, string>>
  readonly contractNames?: Readonly<Record<string, string>>
}

// Loaded by name: the scripts are plain JavaScript, without types.
const { measures, testMeasures, asLines } = (await import(join(ROOT, 'script/structure.mjs'))) as {
  measures(tree: ReadonlyMap<string, string>, lists?: Lists): readonly Measure[]
  testMeasures(tree: ReadonlyMap<string, string>): readonly Measure[]
  asLines(measures: readonly Measure[]): readonly string[]
}
const { LIMITS } = (await import(join(ROOT, 'script/lib/limits.mjs'))) as {
  LIMITS: Readonly<
    Record<
      | 'checkLiterals'
      | 'decideImports'
      | 'decideLines'
      | 'filesInFolder'
      | 'importsPerFile'
      | 'longestFunction'
      | 'longestTestFile'
      | 'spillFiles',
      number
    >
  >
}
const { codeLines } = (await import(join(ROOT, 'script/lib/source.mjs'))) as {
  codeLines(text: string): number
}

/** The measure whose name begins with `name`, of a made-up tree. */
function measure(name: string, files: Readonly<Record<string, string>>, lists: Lists = {}): Measure {
  const none = { spillFiles: {}, contractNames: {} }
  const found = measures(new Map(Object.entries(files)), { ...none, ...lists })
  const one = found.find((each) => each.name.startsWith(name))
  if (!one) {
    throw new Error(`no measure ${name}`)
  }
  return one
}

/** A file too long to be a spill file. */
const long = (text: string) => `${text}\n${'a()\n'.repeat(60)}`

describe('loose files', () => {
  test('when a file lies in no folder, then it is named', () => {
    const found = measure('loose files', { 'src/gate.ts': '', 'src/gate/gate.ts': '' })
    expect(found).toMatchObject({ value: 1, limit: 0, ok: false, errors: ['src/gate.ts'] })
  })
})

describe('files in one folder', () => {
  const tree = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/a/a${index}.ts`, '']))
  const most = LIMITS.filesInFolder

  test('when a folder has as many as may be, then it is named, and files of its subfolders do not count', () => {
    const found = measure('files in one folder', { ...tree(most), 'src/a/b/b.ts': '' })
    expect(found).toMatchObject({ name: 'files in one folder (src/a)', value: most, ok: true, errors: [] })
  })

  test('when it has one more, then it is at fault', () => {
    const found = measure('files in one folder', tree(most + 1))
    expect(found).toMatchObject({ value: most + 1, ok: false, errors: [`src/a: ${most + 1} files`] })
  })
})

describe('imports of own files per file', () => {
  const files = Array.from({ length: 20 }, (_, index) => `src/a/a${index}.ts`)
  const importing = (count: number) =>
    files.map((path) => `import '../${path.slice(4, -3)}.js'`).slice(0, count)
  /** Each file imports the first `count` files; packages and Node do not count. */
  const tree = (count: number) =>
    Object.fromEntries(files.map((path) => [path, ["import 'zod'", ...importing(count)].join('\n')]))

  test('when files import fewer than the limit, then the average counts their own files alone', () => {
    expect(measure('imports of own files', tree(3))).toMatchObject({ value: 3, ok: true })
    expect(measure('imports of own files', { ...tree(3), 'src/b/b.ts': '' })).toMatchObject({ value: 2.86 })
  })

  test('when the average is above the limit, then the files with the most imports are named', () => {
    const count = Math.floor(LIMITS.importsPerFile) + 1
    const found = measure('imports of own files', { ...tree(count), 'src/a/a7.ts': importing(20).join('\n') })
    expect(found.ok).toBe(false)
    expect(found.errors[0]).toBe('src/a/a7.ts: 20 imports')
  })
})

describe('the index of src/model', () => {
  const names = Array.from({ length: 12 }, (_, index) => `name${index}`)
  const index = "export * from './a.js'\nexport * from './b.js'"
  const model = {
    'src/model/index.ts': index,
    'src/model/a.ts': long(names.map((name) => `export const ${name} = 1`).join('\n')),
    'src/model/b.ts': "import { name1 } from './a.js'\nexport const small = name1",
  }
  const using = (imports: string) => ({ ...model, 'src/gate/gate.ts': long(imports) })

  test('when a file imports names through the index, then it uses the files that declare them', () => {
    const tree = using("import { name1, type small } from '../model/index.js'")
    expect(measure('imports that bypass an index', tree)).toMatchObject({ value: 0, ok: true })
    expect(measure('spill files', tree).errors[0]).toMatch(
      /^src\/model\/b\.ts: 2 lines, only for src\/gate\/gate\.ts/,
    )
    expect(measure('spill files', using("import { name1 } from '../model/index.js'")).errors).toEqual([])
  })

  test.each([
    ['src/gate/gate.ts', "import type { small } from '../model/b.js'", 'src/model/b.ts'],
    ['src/model/c.ts', "import { small } from './index.js'", 'src/model/index.ts'],
  ])('when %s has %s, then it is at fault', (path, text, target) => {
    const errors = [`${path} → ${target}`]
    expect(measure('imports that bypass an index', { ...model, [path]: text })).toMatchObject({
      ok: false,
      errors,
    })
  })
})

describe('the largest file', () => {
  test('when it is as long as may be, then it is named and well', () => {
    const found = measure('largest file', { 'src/a/a.ts': 'a()\n'.repeat(300), 'src/a/b.ts': '' })
    expect(found).toMatchObject({ name: 'largest file (src/a/a.ts)', value: 300, ok: true, errors: [] })
  })

  test('when it has a line too many, then it is at fault', () => {
    const found = measure('largest file', { 'src/a/a.ts': 'a()\n'.repeat(301) })
    expect(found).toMatchObject({ value: 301, ok: false, errors: ['src/a/a.ts: 301 lines'] })
  })
})

describe('the largest test file', () => {
  const most = LIMITS.longestTestFile
  const ofTests = (lines: number) =>
    testMeasures(
      new Map([
        ['__tests__/a.test.ts', 'a()\n'.repeat(lines)],
        ['__tests__/b.ts', ''],
      ]),
    )

  test('when it is as long as may be, then it is named and well', () => {
    expect(ofTests(most)).toEqual([
      { name: 'largest test file (__tests__/a.test.ts)', value: most, limit: most, errors: [], ok: true },
    ])
  })

  test('when it has a line too many, then it is at fault', () => {
    const errors = [`__tests__/a.test.ts: ${most + 1} lines`]
    expect(ofTests(most + 1)).toMatchObject([{ value: most + 1, ok: false, errors }])
  })
})

test('when functions are long, then they are counted, and the longest has a limit of its own', () => {
  const of = (lines: number) => [
    'export function a() {',
    ...Array.from({ length: lines - 2 }, () => '  b()'),
    '}',
  ]
  const tree = (lines: number) => ({ 'src/a/a.ts': of(lines).join('\n') })
  expect(measure('functions over', tree(100))).toMatchObject({ value: 0, ok: true })
  expect(measure('functions over', tree(101))).toMatchObject({ value: 1, ok: true })
  const most = LIMITS.longestFunction
  expect(measure('lines of the longest', tree(most))).toMatchObject({ value: most, ok: true })
  expect(measure('lines of the longest', tree(most + 1))).toMatchObject({
    ok: false,
    errors: [`src/a/a.ts:1: ${most + 1} lines`],
  })
})

test('when decide.ts has a line or an import too many, then it is at fault', () => {
  const names = Array.from({ length: LIMITS.decideImports + 1 }, (_, index) => `src/a/a${index}.ts`)
  const importing = names.map((name) => `import '../a/${name.slice(6, -3)}.js'`).join('\n')
  const tree = (text: string) => ({
    ...Object.fromEntries(names.map((name) => [name, ''])),
    'src/gate/decide.ts': text,
  })
  const most = LIMITS.decideLines
  expect(measure('lines of decide.ts', tree('a()\n'.repeat(most)))).toMatchObject({ value: most, ok: true })
  expect(measure('lines of decide.ts', tree('a()\n'.repeat(most + 1)))).toMatchObject({ ok: false })
  expect(measure('imports of decide.ts', tree(importing))).toMatchObject({
    ok: false,
    errors: names,
  })
  const fewer = importing.slice(0, importing.lastIndexOf('\n'))
  expect(measure('imports of decide.ts', tree(fewer))).toMatchObject({
    value: LIMITS.decideImports,
    ok: true,
  })
})

describe('spill files', () => {
  const SPILL = {
    'src/a/a.ts': long(`import { b } from './b.js'`),
    'src/a/b.ts': 'export const b = 1',
  }

  test('when a small file has a single importer and no reason is listed, then it fails, though few may be', () => {
    const found = measure('spill files', SPILL)
    expect(found).toMatchObject({ value: 1, limit: LIMITS.spillFiles, ok: false })
    expect(found.errors).toEqual(['src/a/b.ts: 1 lines, only for src/a/a.ts: no reason is listed'])
  })

  test('when a reason is listed, then it is well, and told with its reason', () => {
    const found = measure('spill files', SPILL, { spillFiles: { 'src/a/b.ts': 'a table' } })
    expect(found).toMatchObject({ value: 1, ok: true })
    expect(asLines([found]).join('\n')).toContain('src/a/b.ts: 1 lines, only for src/a/a.ts: a table')
  })

  test.each(['src/checks/collectors.ts', 'src/checks/index.ts', 'src/reports/index.ts'])(
    'when %s lists it, as a recipe says, then it is none',
    (registry) => {
      const found = measure('spill files', {
        [registry]: long(`import { b } from '../a/b.js'`),
        'src/a/b.ts': 'export const b = 1',
      })
      expect(found).toMatchObject({ value: 0, ok: true })
    },
  )

  test('when one is listed that is none any more, then that is at fault', () => {
    const found = measure('spill files', SPILL, {
      spillFiles: { 'src/a/b.ts': 'a table', 'src/a/c.ts': 'x' },
    })
    expect(found.ok).toBe(false)
    expect(found.errors).toContain('src/a/c.ts: listed in script/structure.mjs, and no spill file')
  })

  test('when there are more than may be, then it fails although all are listed', () => {
    const names = Array.from({ length: LIMITS.spillFiles + 1 }, (_, index) => `src/a/s${index}.ts`)
    const files = Object.fromEntries(names.map((name) => [name, 'export const a = 1']))
    const importer = names
      .map((name) => `import '${name.replace('src/a', '.').replace('.ts', '.js')}'`)
      .join('\n')
    const spillFiles = Object.fromEntries(names.map((name) => [name, 'a reason']))
    const found = measure('spill files', { ...files, 'src/a/a.ts': long(importer) }, { spillFiles })
    expect(found).toMatchObject({ value: LIMITS.spillFiles + 1, ok: false })
  })

  test.each([
    ['two import it', { 'src/a/c.ts': long(`import type { B } from './b.js'`) }],
    ['it is longer', { 'src/a/b.ts': long('export const b = 1') }],
    ['nobody imports it, as of an entry', { 'src/a/a.ts': long('') }],
  ])('when %s, then it is none', (_, changes) => {
    expect(measure('spill files', { ...SPILL, ...changes })).toMatchObject({ value: 0, ok: true })
  })

  test('when lines are counted, then blank ones and comments are not', () => {
    const text = '// why\n\n/** One. */\nconst a = 1 // one\n/*\n two\n*/\n  // three\nconst b = 2\n'
    expect(codeLines(text)).toBe(2)
  })
})

describe('imports', () => {
  test('when files need each other, types included, then the cycle is told by file', () => {
    const files = {
      'src/a/a.ts': `import type { B } from '../b/b.js'`,
      'src/b/b.ts': `export { c } from '../a/c.js'`,
      'src/a/c.ts': `type A = import('./a.js').A`,
    }
    const found = measure('import cycles', files)
    expect(found).toMatchObject({ value: 1, ok: false })
    expect(found.errors[0]).toBe('src/a/a.ts → src/b/b.ts → src/a/c.ts → src/a/a.ts')
    expect(measure('arrows', files)).toMatchObject({ value: 2, ok: true })
    expect(measure('folders that import', files)).toMatchObject({ value: 1, ok: false, errors: ['a ↔ b'] })
  })

  test('when a folder imports another many times, then that is one arrow, and what is within none', () => {
    const files = {
      'src/a/a.ts': `import '../b/b.js'\nimport './c.js'\nimport 'node:fs'`,
      'src/a/c.ts': `const b = () => import('../b/d.js')`,
      'src/b/b.ts': '',
      'src/b/d.ts': '',
    }
    expect(measure('arrows', files)).toMatchObject({ value: 1 })
    expect(measure('folders that import', files)).toMatchObject({ value: 0, ok: true })
  })
})

describe('exported names', () => {
  test('when two types or two functions share one, however declared, then each is reported with its files', () => {
    const found = measure('exported names', {
      'src/a/a.ts': 'export interface Subject { a: 1 }\nexport function read() {}\nexport const A = 1',
      'src/b/b.ts': 'export type Subject = string\nconst read = () => 1\nexport { read }\nexport const A = 2',
    })
    expect(found).toMatchObject({ value: 2, ok: false })
    expect(found.errors).toEqual([
      'function read: src/a/a.ts, src/b/b.ts',
      'type Subject: src/a/a.ts, src/b/b.ts',
    ])
  })

  test('when a name is passed on, or is a type and a function, or a member of a contract, then it is none', () => {
    const files = {
      'src/a/a.ts': 'export interface Subject { a: 1 }\nexport function collect() {}',
      'src/b/b.ts': `export type { Subject } from '../a/a.js'\nexport const Subject = () => 1\nexport function collect() {}`,
    }
    const contractNames = { collect: 'of each check' }
    expect(measure('exported names', files, { contractNames })).toMatchObject({ value: 0, ok: true })
  })

  test('when a listed member of a contract is exported only once, then the list is at fault', () => {
    const files = { 'src/a/a.ts': 'export function collect() {}' }
    const found = measure('exported names', files, { contractNames: { collect: 'of each check' } })
    expect(found).toMatchObject({ value: 0, ok: false })
    expect(found.errors).toEqual(['collect: listed as a member of a contract, and exported only once'])
  })
})

describe('literals of check ids', () => {
  const text = [
    "// é 'clair'",
    "if (finding.check === 'clair') a()",
    "const b = 'clair' !== check || one?.check === 'other'",
    "type C = Answers['docker-bench'] | 'clair'",
    "const d = { 'docker-bench': 'Clair', clair: `clair ${b}`, e: 'clair is slow' }",
    "import { f } from './clair.js'",
  ].join('\n')
  const checks = {
    'src/checks/clair/a.ts': text,
    'src/checks/docker-bench/a.ts': '',
    'src/checks/index.ts': text,
  }

  test('when a literal outside the checks is the id of one, a type or a key too, then each place is reported', () => {
    const found = measure('literals of check ids', { 'src/judge/a.ts': text, ...checks })
    expect(found.errors).toEqual([2, 3, 4, 4, 5].map((line) => `src/judge/a.ts:${line}`))
    expect(found).toMatchObject({ value: 5, limit: LIMITS.checkLiterals, ok: true })
  })

  test('when there are more than the limit, then it is exceeded', () => {
    const many = `const a = [${"'clair',".repeat(LIMITS.checkLiterals + 1)}]`
    const found = measure('literals of check ids', { 'src/judge/a.ts': many, ...checks })
    expect(found).toMatchObject({ value: LIMITS.checkLiterals + 1, ok: false })
  })
})

describe('reads of facts', () => {
  const text = [
    '// finding.facts',
    'const a = finding.facts.fixed',
    'const { facts } = finding',
    "const b = one?.facts['x']",
    'const c = ({ facts: { d } }: Finding) => d',
    'const made = { facts: {} }',
    "type F = Finding['facts']",
  ].join('\n')

  test('when it is read as a member or a name of a pattern, then each place is reported; making it is no read', () => {
    const found = measure('reads of facts', { 'src/judge/a.ts': text })
    expect(found.errors).toEqual([2, 3, 4, 5].map((line) => `src/judge/a.ts:${line}`))
    expect(found.ok).toBe(false)
  })

  test('when a check or a report reads it, then it may; the contract next to the checks may not', () => {
    const files = { 'src/checks/clair/a.ts': text, 'src/reports/a.ts': text, 'src/checks/index.ts': text }
    expect(measure('reads of facts', files).errors).toHaveLength(4)
    expect(measure('reads of facts', files).errors[0]).toBe('src/checks/index.ts:2')
  })
})

describe('what is printed', () => {
  test('when a measure is over its limit, then its line says so, and the errors stand below', () => {
    const [line = '', error] = asLines([measure('loose files', { 'src/gate.ts': '' })])
    expect(line).toMatch(/^loose files in src +1 +≤ 0 {2}FAILED$/)
    expect(error).toBe('    src/gate.ts')
  })
})
