import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { load } from 'js-yaml'
import {
  columnOf,
  endOfLine,
  lineBreakOf,
  lineCounter,
  startOfLine,
} from '../../../../src/policy/yaml/lines.js'

/** YAML 1.2.2, 5.4: `b-break` is CR LF, CR or LF; NEL, LS and PS are not. */
const BREAKS = ['\n', '\r', '\r\n']
const NO_BREAKS = ['\u0085', '\u2028', '\u2029', '\v', '\f']

const anyText = fc
  .array(fc.constantFrom(...BREAKS, ...NO_BREAKS, 'a', ' ', '😀', ''), { maxLength: 12 })
  .map((parts) => parts.join(''))

/** The lines with their breaks, by the specification's own words and nothing of ours. */
function linesOf(text: string): string[] {
  return (text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []) as string[]
}

describe('lines', () => {
  test('when a text has all kinds of breaks, then each line begins where the one before it ends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0
        for (const [index, line] of linesOf(text).entries()) {
          const end = at + line.length
          for (let offset = at; offset < end; offset++) {
            expect([startOfLine(text, offset), endOfLine(text, offset)]).toEqual([at, end])
            expect(lineCounter(text)(offset)).toBe(index + 1)
          }
          at = end
        }
        expect(endOfLine(text, text.length)).toBe(text.length)
      }),
    )
  })

  test.each(BREAKS)('when a comment ends in %j, then the YAML parser sees the next line, as we do', (end) => {
    const text = `# note${end}a: 1`
    expect(load(text)).toEqual({ a: 1 })
    expect(text.slice(endOfLine(text, 0))).toBe('a: 1')
  })

  test.each(NO_BREAKS.slice(0, 3))('when a comment holds %j, then it goes on', (char) => {
    const text = `# note${char}a: 1\nb: 2`
    expect(load(text)).toEqual({ b: 2 })
    expect(text.slice(endOfLine(text, 0))).toBe('b: 2')
  })

  test('when an offset is amid CR LF, then it is of the line that they end', () => {
    expect(startOfLine('ab\r\ncd', 3)).toBe(0)
    expect(endOfLine('ab\r\ncd', 3)).toBe(4)
  })

  test('when a line begins with a byte order mark, then that takes no column', () => {
    expect(columnOf('\uFEFFa: 1\n  b: 2', 1)).toBe(0)
    expect(columnOf('\uFEFFa: 1\r  b: 2', 8)).toBe(2)
  })

  test('when a text has a break, then its first one is what is written', () => {
    expect(['a', 'a\n', 'a\r\nb\n', 'a\rb'].map(lineBreakOf)).toEqual(['\n', '\n', '\r\n', '\r'])
  })
})
