import { describe, expect, test } from '@jest/globals'
import { readYaml } from '../../../../src/policy/yaml/read.js'

/** The errors as `line: text`. */
function errors(text: string): string[] {
  return readYaml(text, 'p.yml').errors.map(({ place, text }) => `${place.line}: ${text}`)
}

describe('readYaml', () => {
  test('when scalars look like numbers, dates or nothing, then they are text', () => {
    const { value, errors } = readYaml(
      'a: 1\nb: 2027-03-31\nc: true\nd: null\ne: ~\nf:\ng: 0x1F\nh: "1"\n',
      'p.yml',
    )
    expect(errors).toEqual([])
    expect({ ...(value as object) }).toEqual({
      a: '1',
      b: '2027-03-31',
      c: 'true',
      d: 'null',
      e: '~',
      f: '',
      g: '0x1F',
      h: '1',
    })
  })

  test('when a place is asked for, then it is the line of the key or of the item', () => {
    const text =
      '# first\nversion: 1\nentries:\n  - id: a\n    images:\n      - x\n      - y\n  -\n    id: b\n'
    const { placeOf } = readYaml(text, 'p.yml')
    expect(placeOf(['version'])).toEqual({ file: 'p.yml', line: 2 })
    expect(placeOf(['entries']).line).toBe(3)
    expect(placeOf(['entries', 0]).line).toBe(4)
    expect(placeOf(['entries', 0, 'images', 1]).line).toBe(7)
    expect(placeOf(['entries', 0, 'owner']).line).toBe(4)
    expect(placeOf(['entries', 1, 'id']).line).toBe(9)
    expect(placeOf([]).line).toBe(2)
  })

  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('when lines end in %s, then they are counted', (_, end) => {
    const { placeOf, value } = readYaml(['a: 1', '', 'b: 2', ''].join(end), 'p.yml')
    expect(placeOf(['b']).line).toBe(3)
    expect({ ...(value as object) }).toEqual({ a: '1', b: '2' })
  })

  test('when an item is empty or a block scalar, then its line is that of its dash', () => {
    const { placeOf, value } = readYaml('- a\n\n-\n# c\n- |\n  x\n- - b\n  -\n', 'p.yml')
    expect(value).toEqual(['a', '', 'x\n', ['b', '']])
    expect([0, 1, 2].map((index) => placeOf([index]).line)).toEqual([1, 3, 5])
    expect(placeOf([3, 1]).line).toBe(8)
  })

  test('when there is a byte order mark, then it is passed over', () => {
    const { value, errors } = readYaml('\uFEFFversion: 1\n', 'p.yml')
    expect(errors).toEqual([])
    expect({ ...(value as object) }).toEqual({ version: '1' })
  })

  test('when a value stretches over lines, then it is read and later lines are right', () => {
    const { value, placeOf } = readYaml('a: |\n  x\n  y\nb: "p\n  q"\nc: 1\n', 'p.yml')
    expect({ ...(value as object) }).toEqual({ a: 'x\ny\n', b: 'p q', c: '1' })
    expect(placeOf(['a']).line).toBe(1)
    expect(placeOf(['c']).line).toBe(6)
  })

  test('when a list is pasted below an empty one, then what is in the way is named', () => {
    const errorsIn = (text: string) =>
      readYaml(text, 'w.yml')
        .errors.map(({ text }) => text)
        .join()
    expect(errorsIn('version: 1\nentries: [] # none\n\n# new\n  - id: CVE-2026-1\n')).toMatch(
      /^not YAML: .*; a list follows "entries: \[\]", so remove the \[\]$/,
    )
    expect(errorsIn('version: 1\nentries: []\nmore: [\n')).not.toContain('remove []')
  })

  test('when a key is there twice, then both lines are named and the first value stays', () => {
    expect(errors('a: 1\nb: 2\na: 3\n')).toEqual(['3: the key "a" appears twice, first on line 1'])
    expect(readYaml('a: 1\na: 3\n', 'p.yml').value).toMatchObject({ a: '1' })
    expect(errors('x: {a: 1, "a": 2}\n')).toEqual(['1: the key "a" appears twice, first on line 1'])
  })

  test('when a key is named __proto__, then it is only a key', () => {
    const { value } = readYaml('__proto__: {x: 1}\n', 'p.yml')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(null)
  })

  test('when anchors, aliases, tags and merge keys are used, then each is reported with its line', () => {
    const text = 'a: &x 1\nb: *x\nc: !!int 5\nd: !foo {}\ne:\n  <<: {k: v}\nf: &y\n  - g\n'
    expect(errors(text)).toEqual([
      '1: anchors (&) are not allowed',
      '2: aliases (*) are not allowed',
      '3: tags (!) are not allowed',
      '4: tags (!) are not allowed',
      '6: merge keys (<<) are not allowed',
      '7: anchors (&) are not allowed',
    ])
    const { hasErrors: isFaulty } = readYaml(text, 'p.yml')
    expect(isFaulty(['b'])).toBe(true)
    expect(isFaulty(['b', 0])).toBe(true)
    expect(isFaulty(['c'])).toBe(false)
  })

  test('when it is an alias bomb, then it is refused, and not unfolded', () => {
    const levels = Array.from({ length: 18 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`)
    expect(errors(['l0: &l0 lol', ...levels, ''].join('\n'))).toHaveLength(1 + 18 * 10)
  })

  test.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', /^2: not YAML: .*tab/i],
    ['an open bracket', 'a: 1\nb: [1, 2\n', /^\d: not YAML: /],
    ['an open quote', 'a: "x\n', /^\d: not YAML: /],
    ['a NUL character', 'a: 1\nb: \0\n', /^2: not YAML: null byte/],
    ['wrong indentation', 'a: 1\n  b: 2\n', /^2: not YAML: /],
    ['too many levels', `a: ${'['.repeat(30)}${']'.repeat(30)}\n`, /^1: not YAML: .*depth/i],
    ['nothing', '', /^1: the file is empty$/],
    ['comments only', '# nothing\n\n', /^1: the file is empty$/],
    ['two documents', 'a: 1\n---\nb: 2\n', /^1: expected one YAML document, found 2$/],
    ['a list as a key', '? [a]\n: 1\n', /^1: a key must be text$/],
  ])('when there is %s, then that is the fault', (_, text, message) => {
    const found = errors(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(message)
  })

  test('when the file is longer than it may be, then it is not parsed', () => {
    expect(errors(`a: ${'x'.repeat(4 * 1024 * 1024 - 3)}`)).toEqual([])
    expect(errors(`a: ${'x'.repeat(4 * 1024 * 1024)}`)).toEqual([
      '1: the file is too long: 4194307 characters; the maximum is 4194304',
    ])
  })

  test('when the file is as long as it may be and made of the smallest values, then it is read', () => {
    const { value, errors, placeOf } = readYaml('- a\n'.repeat(262_144), 'p.yml')
    expect(errors).toEqual([])
    expect(value).toHaveLength(262_144)
    expect(placeOf([262_143]).line).toBe(262_144)
  })
})
