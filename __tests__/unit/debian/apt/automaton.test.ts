import { createContext, runInContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { automatonOf } from '../../../../src/debian/apt/automaton.js'
import { aptPattern } from '../../../../src/debian/apt/pattern.js'
import { runs } from '../../../support/runs.js'

const atoms = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\.', '\\u002d', '^', '$', '-', 'B', '\\w')
const signs = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '{0}')
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  part: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(atoms, signs).map(([atom, sign]) => (/^[$^]$/.test(atom) ? atom : atom + sign)),
    },
    { weight: 1, arbitrary: fc.tuple(tie('pattern'), signs).map(([inner, sign]) => `(${inner})${sign}`) },
  ),
  pattern: fc
    .array(fc.array(tie('part'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((parts) => parts.join('')).join('|')),
}))
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '-', '\n'), maxLength: 8 })

const engine = createContext({ source: '', tried: '' })
/** `null` where it goes back and forth for more than a second: it once took five minutes for such a pattern. */
function matchedByJavaScript(source: string, tried: string): boolean | null {
  Object.assign(engine, { source, tried })
  try {
    return runInContext("new RegExp(source, 'is').test(tried)", engine, { timeout: 1000 }) as boolean
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return null
    }
    throw error
  }
}

test('when a pattern takes the engine of JavaScript for ever, then it is given up', () => {
  expect(matchedByJavaScript('(a*)*b', 'a'.repeat(60))).toBeNull()
  expect(matchedByJavaScript('^A$', 'a')).toBe(true)
})

test('when a pattern is followed in all ways side by side, then it says what the engine of JavaScript says', () => {
  fc.assert(
    fc.property(pattern, text, (source, tried) => {
      const matched = matchedByJavaScript(source, tried)
      fc.pre(matched !== null)
      expect(automatonOf(source, { left: 1e6 })?.(tried)).toBe(matched)
    }),
    runs(3000),
  )
})

test.each([
  ['*a*a*a*a*a*a*a*b'],
  [
    '/^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b/',
  ],
  [`/^${'a?'.repeat(60)}${'a'.repeat(60)}b/`],
  ['/(a+)+b/'],
  ['/a+a+a+a+a+a+a+a+b/'],
  [`/[${'\\a'.repeat(200)}/`],
])('when %s meets a long name, then it answers', (written) => {
  expect(aptPattern(written)('a'.repeat(500))).toBe(false)
})

test.each(['a)', 'a)b', ')'])('when %s closes what is not open, then it is given up', (source) => {
  expect(automatonOf(source, { left: 1e6 })).toBeNull()
})

test.each([
  ['a', 3],
  ['ab?', 5],
  ['a{2}|b{1,2}', 7],
  ['a*', 4],
  ['', 2],
])('when %j is evaluated, then it takes %i states, and is given up with fewer', (source, states) => {
  expect(automatonOf(source, { left: states })).not.toBeNull()
  expect(automatonOf(source, { left: states - 1 })).toBeNull()
})

test('when groups are in each other, then 51 are followed, and no more', () => {
  const groups = (count: number) => `${'('.repeat(count)}a${')'.repeat(count)}`
  expect(automatonOf(groups(51), { left: 1e6 })?.('a')).toBe(true)
  expect(automatonOf(groups(52), { left: 1e6 })).toBeNull()
})

test.each(['[a', 'a*?', 'a{2}?', 'a**', '(?=a)', '(?!a)', '(?<n>a)', '\\b', '\\d', '\\'])(
  'when %s is no syntax of POSIX, then it is given up',
  (source) => {
    expect(automatonOf(source, { left: 1e6 })).toBeNull()
  },
)

test.each([
  ['a{,2}', 'a{,2}', true],
  ['^a{2,}$', 'a', false],
  ['^a{2,}$', 'aaa', true],
  ['^a{2}$', 'aaa', false],
  ['^.$', '', false],
])('when %s meets %j, then it matches: %s', (source, tried, isMatch) => {
  expect(automatonOf(source, { left: 1e6 })?.(tried)).toBe(isMatch)
})

test('when a pattern has as many characters as it may have, then it is evaluated', () => {
  expect(aptPattern(`/${'a'.repeat(498)}/`)('a'.repeat(498))).toBe(true)
})

test.each([
  ['/(a)\\1/', 'what no regular expression of POSIX has'],
  [`/${'a{255}'.repeat(60)}/`, 'more states than it may have'],
  [`/${'a'.repeat(499)}/`, 'more characters than it may have'],
])('when a pattern is %.20s, then it is refused: %s', (written) => {
  expect(() => aptPattern(written)).toThrow('was not evaluated')
})
