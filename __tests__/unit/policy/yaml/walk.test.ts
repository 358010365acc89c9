import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dump, load } from 'js-yaml'
import { walkYaml, type YamlNode } from '../../../../src/policy/yaml/walk.js'
import { runs } from '../../../support/runs.js'
import { rootOf } from './root-of.js'

/** All nodes below, as they are written. */
function written(text: string, node = rootOf(text)): string[] {
  return node.members.flatMap(({ key, value }) => [
    ...(key === null ? [] : [text.slice(key.start, key.end), ...written(text, key)]),
    text.slice(value.start, value.end),
    ...written(text, value),
  ])
}

describe('walkYaml', () => {
  test.each([
    ['quotes', `a: "x"\n'b': 'y' # c\n`, ['a', '"x"', `'b'`, `'y'`]],
    ['a block scalar with a comment behind its sign', 'a: |- # | c\n  x\n\n# d\n', ['a', '|- # | c\n  x']],
    ['a block scalar that keeps its blank lines', 'a: >+\n  x\n\n\nb: 1\n', ['a', '>+\n  x\n\n', 'b', '1']],
    ['a block scalar with nothing in it', 'a: >\nb: 1\n', ['a', '>', 'b', '1']],
    ['spaces that a block scalar holds', 'a: |\n  x\n     \n \nb: 1\n', ['a', '|\n  x\n     ', 'b', '1']],
    ['a blank line as far in as a block scalar', 'a: |\n  x\n  \nb: 1\n', ['a', '|\n  x', 'b', '1']],
    ['a block scalar as an item', '- |\n  x\r\n- y\n', ['|\n  x', 'y']],
    ['a value that is left out', 'a: # : no\nb:\n', ['a', '', 'b', '']],
    ['values of a flow that are left out', '{a, b: , c: {}}', ['a', '', 'b', '', 'c', '{}']],
    ['anchors, tags and aliases', 'a: &x !!str v\nb: *x\nc: &y\n', ['a', 'v', 'b', '*x', 'c', '']],
    [
      'a flow over lines',
      'a: [x, # ]\n  {b: c},\n ] # d\n',
      ['a', '[x, # ]\n  {b: c},\n ]', 'x', '{b: c}', 'b', 'c'],
    ],
    [
      'a pair in a flow list',
      'a: [b: c, {d: e}: f]\n',
      ['a', '[b: c, {d: e}: f]', 'b: c', 'b', 'c', '{d: e}: f', '{d: e}', 'd', 'e', 'f'],
    ],
    ['keys written the long way', '? a # : x\n: - b\n  - c\n', ['a', '- b\n  - c', 'b', 'c']],
    ['lists in lists', '- - a\n  - b\n-\n- c\n', ['- a\n  - b', 'a', 'b', '', 'c']],
    ['a byte order mark and CR', '\uFEFFa: b\rc: "é\u2028😀"\r', ['a', 'b', 'c', '"é\u2028😀"']],
  ])('when there is %s, then the place of each value is what is written of it', (_, text, places) => {
    expect(written(text)).toEqual(places)
  })

  test('when members begin with a dash, a question mark or a property, then they begin there', () => {
    const starts = (text: string) => rootOf(text).members.map(({ at }) => text.slice(at, at + 3))
    expect(starts('- a\n-\n  # c\n- &x b\n')).toEqual(['- a', '-\n ', '- &'])
    expect(starts('? a\n: b\n&x c: d\ne: f\n')).toEqual(['? a', '&x ', 'e: '])
    expect(starts('[a, # ,\n ? b, &x c]')).toEqual(['a, ', '? b', '&x '])
  })

  test('when a document begins after directives, then a scalar that is all of it has its place', () => {
    expect(rootOf('%YAML 1.2\n--- >\n  x\n')).toMatchObject({ start: 14, style: 'block', text: 'x\n' })
  })

  test('when it is no YAML, then why and where is said', () => {
    expect(walkYaml('a: 1\nb: [1\n')).toMatchObject({ why: expect.any(String), offset: expect.any(Number) })
  })

  test('when any value is written in any style, then the nodes say it, and no two members overlap', () => {
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
    const style = fc.record({ flowLevel: fc.constantFrom(-1, 0, 1, 2), indent: fc.constantFrom(1, 2, 4) })
    const eol = fc.constantFrom('\n', '\r\n', '\r')
    fc.assert(
      fc.property(value, style, eol, (original, options, end) => {
        const text = dump(original, { ...options, noRefs: true }).replaceAll('\n', end)
        const root = rootOf(text)
        expect(plainValue(text, root)).toEqual(load(text))
        expectApart(root)
      }),
      runs(300),
    )
  })
})

/** What the nodes say, each scalar read by js-yaml alone from its own place. */
function plainValue(text: string, node: YamlNode): unknown {
  if (node.kind === 'list') {
    return node.members.map(({ value }) => plainValue(text, value))
  }
  if (node.kind === 'mapping') {
    return Object.fromEntries(node.members.map(({ key, value }) => [key?.text, plainValue(text, value)]))
  }
  const own = load(`- ${text.slice(node.start, node.end)}\n`) as [unknown]
  return node.style === 'plain' ? own[0] : node.text
}

function expectApart({ start, end, members }: YamlNode): void {
  let before = start
  for (const { at, key, value } of members) {
    expect(at).toBeGreaterThanOrEqual(before)
    if (key !== null) {
      expect(key.start).toBeGreaterThanOrEqual(at)
    }
    if (key !== null) {
      expect(value.start).toBeGreaterThanOrEqual(key.end)
    }
    expect(value.end).toBeGreaterThanOrEqual(value.start)
    expect(end).toBeGreaterThanOrEqual(value.end)
    before = value.end
    expectApart(value)
  }
}
