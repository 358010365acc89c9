import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CORE_SCHEMA, load } from 'js-yaml'
import {
  addBlock,
  append,
  memberOf,
  put,
  remove,
  type Splice,
  splice,
  yamlText,
} from '../../../../src/policy/yaml/edit.js'
import { anyCharacter } from '../../../support/characters.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'
import { rootOf } from './root-of.js'

interface Loaded {
  readonly list: readonly unknown[]
  readonly map: Readonly<Record<string, unknown>>
}

/** An oracle that is not our reader: js-yaml's own loader. */
const loaded = (text: string) => load(text.replace(/^\uFEFF/, ''), { schema: CORE_SCHEMA }) as Loaded

/** The text without what was put in; so nothing else was changed. */
function undone(text: string, splices: readonly Splice[]): string {
  // From the front: what is before is as it was again.
  return [...splices]
    .sort((a, b) => a.start - b.start)
    .reduce(
      (so, { start, end, text: put }) =>
        so.slice(0, start) + text.slice(start, end) + so.slice(start + put.length),
      splice(text, splices),
    )
}

/** Ways to write a value, as lines; those behind the first are indented by the caller. No blank lines are kept at an end. */
const scalar: fc.Arbitrary<readonly string[]> = fc.constantFrom<readonly string[]>(
  ['plain'],
  ['"quoted # no: comment"  # but this'],
  ["'it''s 😀'"],
  ['|', 'two', '', 'lines # no comment'],
  ['>- # folded', 'é [', '# no comment'],
  ['|2-', '  indented', ' more'],
  ['over', 'lines'],
  ['"over', '# no comment', 'lines"'],
  ['&anchored word'],
  ['*base'],
  ['!!str 1'],
  ['{flow: [a, "b", {c: d}], e: }'],
  ['[a, # ] in a comment', 'b ]'],
)
const keeping = fc.constant(['|+', 'kept', '', ''])
/** All at the left edge: further in, a comment behind a block scalar would be of it. */
const noise = fc.array(fc.constantFrom('# a note', '#', '', '# - "[{é\u2028'), { maxLength: 2 })

/** `first` and then the lines of a value, `indent` for those behind. */
const lines = (first: string, [head = '', ...more]: readonly string[], indent: string) => [
  `${first}${head}`,
  ...more.map((line) => (line === '' ? '' : `${indent}${line}`)),
]

interface Generated {
  readonly text: string
  readonly isFlow: boolean
}

/** Documents with a `list` and a `map`, in the ways that YAML has. `value`: what may be in them. */
const anyFile = (value: fc.Arbitrary<readonly string[]>): fc.Arbitrary<Generated> =>
  fc
    .record({
      items: fc.array(fc.tuple(value, value, noise, fc.boolean()), { maxLength: 4 }),
      members: fc.array(fc.tuple(value, noise), { maxLength: 3 }),
      indent: fc.constantFrom('', '  ', '    '),
      foot: noise,
      end: fc.constantFrom('\n', '\r\n', '\r'),
      last: fc.boolean(),
      mark: fc.constantFrom('', '', '\uFEFF'),
      tail: fc.constantFrom('', '  # why'),
      isFlow: fc.boolean(),
    })
    .map(({ items, members, indent, foot, end, last, mark, tail, isFlow }) => {
      const head = [`${mark}# é`, 'first: &base "the base"', '"quoted key": {a: 1}']
      const flowItems = items.map((_, index) => `{k: ${index}, "l": "],}"}`)
      const flow = [
        `list: [${flowItems.join(`,${tail}${end}  `)}]${tail}`,
        `map: {${members.map((_, index) => `m${index}: [${index}]`).join(', ')}} # m`,
      ]
      const listLines = items.flatMap(([one, other, between, isMapping]) =>
        isMapping
          ? [
              ...lines(`${indent}- k: `, one, `${indent}      `),
              ...between,
              ...lines(`${indent}  l: `, other, `${indent}      `),
            ]
          : [...lines(`${indent}- `, one, `${indent}    `), ...between],
      )
      const mapLines = members.flatMap(([one, between], index) => [
        ...lines(`  m${index}: `, one, '      '),
        ...between,
      ])
      const block = [
        ...(items.length === 0 ? [`list: []${tail}`] : [`list:${tail}`, ...listLines]),
        ...(members.length === 0 ? ['map: {}'] : ['map:', ...mapLines]),
      ]
      const all = [...head, ...(isFlow ? flow : block), 'last: x', ...foot]
      return { text: `${all.join(end)}${last ? end : ''}`, isFlow }
    })

const any = anyFile(fc.oneof({ weight: 8, arbitrary: scalar }, { weight: 1, arbitrary: keeping }))
const NEW = [
  { lines: ['- k: new', '  l: "2"'], flow: '{k: new, l: "2"}' },
  { lines: ['- plain'], flow: 'plain' },
]

describe('edits of generated files', () => {
  test('when items are appended, then they are read behind the others, and no other byte changes', () => {
    fc.assert(
      fc.property(any, ({ text }) => {
        const splices = append(text, rootOf(text), ['list'], NEW) ?? []
        const after = splice(text, splices)
        const { list, ...rest } = loaded(text)
        expect(loaded(after)).toEqual({ ...rest, list: [...list, { k: 'new', l: '2' }, 'plain'] })
        expect(undone(text, splices)).toBe(text)
        if (list.length > 0) {
          expect(splices.every(({ start, end }) => start === end)).toBe(true)
        }
        const breaks = (one: string) => new Set(one.match(/\r\n|\r|\n/g))
        expect([...breaks(text), ...breaks(after)]).toHaveLength(2 * breaks(text).size)
      }),
      runs(500),
    )
  })

  test('when members are appended, then they are read behind the others, and no other byte changes', () => {
    fc.assert(
      fc.property(any, ({ text }) => {
        const members = [{ lines: ['"4.1": {a: b} # new'], flow: '"4.1": {a: b}' }]
        const splices = append(text, rootOf(text), ['map'], members) ?? []
        const { map, ...rest } = loaded(text)
        expect(loaded(splice(text, splices))).toEqual({ ...rest, map: { ...map, '4.1': { a: 'b' } } })
        expect(undone(text, splices)).toBe(text)
      }),
      runs(300),
    )
  })

  test('when values are put, then those are read, and only they and their place change', () => {
    fc.assert(
      fc.property(any, ({ text }) => {
        // What a tag says of the value that was there may not hold of another.
        fc.pre(!text.includes('m0: !!str'))
        const root = rootOf(text)
        const map = memberOf(root, ['map'])?.value ?? root
        const splices = put(text, map, [
          ['m0', '[new]'],
          ['fresh', '"x"'],
        ])
        const { map: was, ...rest } = loaded(text)
        expect(loaded(splice(text, splices))).toEqual({ ...rest, map: { ...was, m0: ['new'], fresh: 'x' } })
        expect(undone(text, splices)).toBe(text)
        const member = memberOf(map, ['m0'])
        for (const { start, end } of splices) {
          if (start < end && member !== null) {
            expect([start, end]).toEqual([member.value.start, member.value.end])
          }
        }
      }),
      runs(500),
    )
  })

  test('when items are removed, then the others are read, and comments, blank lines and all else stay', () => {
    // Beside a value that keeps its blank lines, a blank line that stays would be of it.
    fc.assert(
      fc.property(anyFile(scalar), fc.array(fc.nat(3)), ({ text, isFlow }, picked) => {
        const { list, ...rest } = loaded(text)
        const indexes = new Set(picked.filter((index) => index < list.length))
        const splices = remove(text, rootOf(text), ['list'], indexes) ?? []
        const after = splice(text, splices)
        expect(loaded(after)).toEqual({ ...rest, list: list.filter((_, index) => !indexes.has(index)) })
        const notes = (one: string) => one.split(/\r\n|\r|\n/).filter((line) => line.startsWith('#'))
        expect(notes(after)).toEqual(notes(text))
        // Outside of the list not a byte.
        const place = memberOf(rootOf(text), ['list'])?.value ?? rootOf(text)
        expect(after.startsWith(text.slice(0, isFlow ? place.start : text.indexOf('list:')))).toBe(true)
        const tail = text.slice(/\r\n|\r|\n/.exec(text.slice(place.end))?.index ?? 0)
        expect(after.endsWith(tail.slice(tail.indexOf('map:')))).toBe(true)
        if (indexes.size === 0) {
          expect(after).toBe(text)
        }
      }),
      runs(500),
    )
  })

  test('when what was appended is removed, then the text is byte for byte as before', () => {
    fc.assert(
      fc.property(any, ({ text, isFlow }) => {
        const count = loaded(text).list.length
        fc.pre(count > 0 && !isFlow)
        const more = splice(text, append(text, rootOf(text), ['list'], NEW) ?? [])
        const again = splice(more, remove(more, rootOf(more), ['list'], new Set([count, count + 1])) ?? [])
        expect(again).toBe(text)
      }),
      runs(300),
    )
  })
})

describe('put', () => {
  const edited = (text: string, path: string[], ...pairs: [string, string][]) => {
    const root = rootOf(text)
    return splice(text, put(text, memberOf(root, path)?.value ?? root, pairs))
  }

  test('when a list stands no further in than its key, then what takes its place does', () => {
    const after = edited('a:\n  b:\n  - c # why\n  - d\n', ['a'], ['b', '[e]'])
    expect(after).toBe('a:\n  b:\n   [e]\n')
    expect(load(after)).toEqual({ a: { b: ['e'] } })
  })

  test('when a value is left out, then it is put behind its colon', () => {
    expect(edited('a: {b: , c: }\n', ['a'], ['b', '1'], ['c', '2'])).toBe('a: {b: 1 , c: 2 }\n')
  })

  test('when a key is written the long way, then another is put before its question mark', () => {
    expect(edited('? a\r\n: b\r\n', [], ['c', 'd'])).toBe('c: d\r\n? a\r\n: b\r\n')
  })

  test('when a block scalar is replaced, then its sign and its comment are too', () => {
    expect(edited('a: |- # c\n  x\n\nb: 1\n', [], ['a', 'y'])).toBe('a: y\n\nb: 1\n')
  })
})

describe('append and remove', () => {
  test('when there is no list or mapping at the path, then there is nothing to do it to', () => {
    const root = rootOf('a: 1\nb: &x []\nc: *x\n')
    for (const path of [['a'], ['c'], ['d'], ['a', 0]]) {
      expect(append('', root, path, NEW)).toBeNull()
    }
    expect(remove('', root, ['a'], new Set([0]))).toBeNull()
  })

  test('when an item shares its line with its key, then lines can not be distinguished', () => {
    const text = '? a\n: - b\n  - c\n'
    expect(remove(text, rootOf(text), ['a'], new Set([0]))).toBeNull()
  })

  test('when a key is a block scalar, then its lines go with its member, also those that look like comments', () => {
    const text = 'a:\n  ? |\n    # x\n    y\n  : b\n  # note\n  c: d\n'
    const splices = remove(text, rootOf(text), ['a'], new Set([0])) ?? []
    expect(splice(text, splices)).toBe('a:\n  # note\n  c: d\n')
  })

  test('when all members go, then what is left says that there are none', () => {
    const text = 'a: # why\n  b: 1\n  # note\n  c: 2\n'
    const splices = remove(text, rootOf(text), ['a'], new Set([0, 1])) ?? []
    expect(splice(text, splices)).toBe('a: {} # why\n  # note\n')
  })

  test('when a key of an item takes several lines, then all of them go, even one that looks like a comment', () => {
    const text = 'a:\n  - ? "over\n      # no comment"\n    : b # why\n    # note\n  - c\n'
    const splices = remove(text, rootOf(text), ['a'], new Set([0])) ?? []
    expect(splice(text, splices)).toBe('a:\n    # note\n  - c\n')
  })

  test('when an item keeps its blank lines, then only the last one stays', () => {
    const text = 'a:\n- |+\n  x\n\n\n- b\n'
    const splices = remove(text, rootOf(text), ['a'], new Set([0])) ?? []
    expect(splice(text, splices)).toBe('a:\n\n- b\n')
  })

  test('when the first item of a list is a flow, then a block is appended to the second', () => {
    const text = '- {a: b}\n- c:\n    d: []\n'
    expect(splice(text, append(text, rootOf(text), [1, 'c', 'd'], NEW) ?? [])).toBe(
      '- {a: b}\n- c:\n    d:\n      - k: new\n        l: "2"\n      - plain\n',
    )
  })

  test('when the whole document is a flow, then nothing in it becomes a block', () => {
    const text = '{a: [], b: {c: []}}'
    const added = (path: string[]) => splice(text, append(text, rootOf(text), path, NEW) ?? [])
    expect(added(['a'])).toBe('{a: [{k: new, l: "2"}, plain], b: {c: []}}')
    expect(load(added(['b', 'c']))).toEqual({ a: [], b: { c: [{ k: 'new', l: '2' }, 'plain'] } })
  })

  test('when what is around it is a flow, then it stays one; when it is a block, then it becomes one', () => {
    const added = (text: string, path: string[]) => splice(text, append(text, rootOf(text), path, NEW) ?? [])
    expect(added('a:\n  b: {c: []}\n', ['a', 'b', 'c'])).toBe('a:\n  b: {c: [{k: new, l: "2"}, plain]}\n')
    expect(added('a: {b: {c: []}}\n', ['a', 'b', 'c'])).toBe('a: {b: {c: [{k: new, l: "2"}, plain]}}\n')
    expect(added('a:\n  b: []\n', ['a', 'b'])).toBe('a:\n  b:\n    - k: new\n      l: "2"\n    - plain\n')
  })

  test('when a block is added, then it begins a line, and ends as the other lines do', () => {
    const added = (text: string) => splice(text, [addBlock(text, 'b', [{ lines: ['c: 1'], flow: '' }])])
    expect(['a: 1', 'a: 1\r\n', 'a: 1\rd: 2'].map(added)).toEqual([
      'a: 1\nb:\n  c: 1\n',
      'a: 1\r\nb:\r\n  c: 1\r\n',
      'a: 1\rd: 2\rb:\r  c: 1\r',
    ])
  })
})

describe('splice', () => {
  test('when several are put in at one place, then they come in the order in which they are given', () => {
    const at = (start: number, end: number, text: string) => ({ start, end, text })
    expect(splice('abc', [at(3, 3, 'x'), at(1, 2, ''), at(3, 3, 'y'), at(1, 1, 'z')])).toBe('azcxy')
  })
})

describe('yamlText', () => {
  test('when a text is hostile, then every reader reads it as that text, on one line, in block and in flow', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText(),
          fc.string({ unit: anyCharacter }),
          fc.constantFrom('no', 'null', '2027-01-01', '- a', 'a: b', 'a #b', '.inf', 'x,', 'a, b', ''),
        ),
        (text) => {
          fc.pre(text.isWellFormed())
          const written = yamlText(text)
          expect(written).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
          expect(load(`a: ${written}\nb: [${written}, {c: ${written}}]\n`)).toEqual({
            a: text,
            b: [text, { c: text }],
          })
        },
      ),
      runs(500),
    )
  })

  test.each([
    ['\uffff', '"\\uffff"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])(
    'when a character is not seen, like %j, then it is escaped as YAML has it, not as JSON',
    (text, written) => {
      expect(yamlText(text)).toBe(written)
    },
  )
})
