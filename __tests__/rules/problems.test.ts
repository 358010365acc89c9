import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { problemCodes, undocumented } from './rules.js'
import { ROOT, scanTree, sourceTree } from './scan.js'

const one = (text: string) => problemCodes(scanTree(new Map([['src/gate/gate.ts', text]])))

describe('docs/troubleshooting.md', () => {
  test('when the code can make a problem, then it has a heading, and each heading has a code', () => {
    const { codes, faults } = problemCodes(scanTree(sourceTree()))
    expect(faults).toEqual([])
    expect(codes).toContain('internal')
    expect(undocumented(codes, readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8'))).toEqual([])
  })

  test('when a heading is missing, idle or there twice, then each is told', () => {
    expect(
      undocumented(['no-engine', 'no-space'], '# T\n## Images\n### no-space\n### no-space\n### gone\n'),
    ).toEqual(['no-engine: no heading', 'gone: no such code', 'no-space: twice'])
  })
})

describe('codes of problems', () => {
  test.each([
    ['a literal', `throw new SeaworthyError({ code: 'a', what, where, todo })`, ['a']],
    ['a choice', `const p = { code: full ? 'a' : 'b', what: '', where: '', todo: '' }`, ['a', 'b']],
    [
      'a parameter of a function',
      `f(x, 'a')\nfunction f(y, code) { return new SeaworthyError({ code, what: '', where: y, todo: '' }) }`,
      ['a'],
    ],
    [
      'a parameter of an arrow function',
      `const f = (code: string) => ({ code, what: '', where: '', todo: '' })\nf(x ? 'a' : 'b')`,
      ['a', 'b'],
    ],
    ['a copy', `const p = { code: other.code, what: '', where: '', todo: '' }`, []],
    ['of another kind', `const response = { code: 'ENOENT', text: '' }`, []],
  ])('when a code is %s, then it is found', (_, text, codes) => {
    expect(one(text)).toEqual({ codes, faults: [] })
  })

  test('when the function that makes the problem is imported, then the codes of its callers are found', () => {
    const tree = new Map([
      ['src/io/a.ts', `export function f(code: string) { return { code, what: '', where: '', todo: '' } }`],
      ['src/io/b.ts', `import { f } from './a.js'\nf('b')`],
    ])
    expect(problemCodes(scanTree(tree))).toEqual({ codes: ['b'], faults: [] })
  })

  test.each([
    [`const p = { code: 'a' + b, what: '', where: '', todo: '' }`],
    [`f(word)\nfunction f(code) { return { code, what: '', where: '', todo: '' } }`],
  ])('when a code cannot be told from the text (%j), then that is at fault', (text) => {
    expect(one(text).faults).toHaveLength(1)
  })
})
