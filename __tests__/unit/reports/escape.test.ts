import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import {
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  escapeWorkflowData,
  escapeWorkflowProperty,
  visible,
} from '../../../src/reports/escape.js'
import { hostileText, INVISIBLE_CHARACTER } from '../../support/hostile.js'
import { runs } from '../../support/runs.js'
import { parseWorkflowCommand } from '../../support/workflow-command.js'

const RUNS = runs(500)

const markdown = new MarkdownIt({ html: true, linkify: true })
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true })
// GitHub has no links that begin with `//`.
markdown.linkify.add('//', null)

/** Types of all tokens, those within lines too: the structure of the page. */
function structure(text: string): string[] {
  return markdown.parse(text, {}).flatMap(({ type, children }) => {
    return [type, ...(children ?? []).map((child) => child.type)]
  })
}

/** All plain text of the page, as GitHub's filters for mentions and references see it. */
function plainText(text: string): string {
  const tokens = markdown.parse(text, {}).flatMap(({ children }) => children ?? [])
  return tokens.map(({ type, content }) => (type === 'text' ? content : '')).join('\u0001')
}

const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'a table cell': (text) => `| a | b |\n|---|---|\n| ${text} | x |\n| x | ${text} |\n`,
  'a list item': (text) => `- ${text}\n- x\n`,
  'a heading': (text) => `### ⛔ ${text} may not\n`,
  'a summary': (text) => `<details><summary>x ${text}</summary>\n\nx\n\n</details>\n`,
  'a paragraph': (text) => `x\n\n${text}\n\nx\n`,
}

describe('escapeMarkdown', () => {
  test.each(Object.entries(PLACES))('when any text stands in %s then the structure stays', (_, place) => {
    const expected = structure(place('x'))
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(visible(text).trim() !== '')
        expect(structure(place(escapeMarkdown(text)))).toEqual(expected)
      }),
      RUNS,
    )
  })

  test('when any text is escaped then GitHub finds no mention, reference, link or emoji in it', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const shown = plainText(escapeMarkdown(text))
        expect(shown).not.toMatch(/@[A-Za-z0-9]/)
        expect(shown).not.toMatch(/#\d/)
        expect(shown).not.toMatch(/(?<![A-Za-z0-9])GH-\d/i)
        expect(shown).not.toMatch(/:\/\/|(?<![A-Za-z0-9])www\./i)
        expect(shown).not.toMatch(/:[A-Za-z0-9_+-]+:/)
      }),
      RUNS,
    )
  })

  test('when any text is escaped then a reader sees all of it', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(plainText(escapeMarkdown(text)).replaceAll('\u200b', '')).toBe(visible(text).trim())
      }),
      RUNS,
    )
  })

  test('when a name is harmless then it stays as it is', () => {
    for (const text of [
      'libapt-pkg6.0',
      '2:1.02.175-2.1',
      '1.0+dfsg',
      'ghcr.io/acme/app:1.4',
      "CISA's list",
    ]) {
      expect(escapeMarkdown(text)).toBe(text)
    }
  })
})

test('when any text stands in HTML then it is text, in an attribute too', () => {
  const page = (text: string) => markdown.parse(`<a title="${text}" id='${text}'>${text}</a>`, {})
  fc.assert(
    fc.property(hostileText(), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!#\d+;)/)
      expect(escapeHtml(text)).not.toMatch(INVISIBLE_CHARACTER)
    }),
    RUNS,
  )
  expect(escapeHtml('<a href="x">&\'')).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;')
  expect(page(escapeHtml('"> <b>'))).toHaveLength(page('x').length)
})

describe('escapeTerminal', () => {
  test('when any text is printed then it is one line, in sight, and no command of the runner', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const printed = escapeTerminal(text)
        expect(printed).not.toMatch(INVISIBLE_CHARACTER)
        expect(printed).not.toContain('##[')
        // Wrapped text may begin a line at any word.
        for (const part of printed.split(' ')) {
          expect(part.startsWith('::')).toBe(false)
        }
      }),
      RUNS,
    )
  })

  test('when text holds controls then they are named', () => {
    expect(escapeTerminal('a\u001b[31mb\nc\td\u202ee\u00a0f')).toBe('a\\u{1b}[31mb\\nc\\td\\u{202e}e f')
    expect(escapeTerminal('::error::x ##[error]y std::string')).toBe(': :error::x ## [error]y std::string')
  })
})

/** What is left of a text in a workflow command: line breaks as they are, the rest as `visible` shows it. */
function shown(text: string): string {
  return [...text].map((char) => (/[\r\n\p{Zs}]/u.test(char) ? char : visible(char))).join('')
}

describe('escapeWorkflowData and escapeWorkflowProperty', () => {
  test('when any text is the message or a property then the runner reads just that', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (title, message) => {
        const line = `::error line=7,title=x${escapeWorkflowProperty(title)}x::${escapeWorkflowData(message)}`
        expect(line).not.toMatch(/[\r\n]/)
        const command = parseWorkflowCommand(line)
        expect(command?.name).toBe('error')
        expect(Object.keys(command?.properties ?? {})).toEqual(['line', 'title'])
        expect(command?.properties.title).toBe(`x${shown(title)}x`)
        expect(command?.data).toBe(shown(message))
      }),
      RUNS,
    )
  })
})

test('when text is longer than allowed then it is cut at a character, with a mark', () => {
  expect(visible('abcdef', 4)).toBe('abc…')
  expect(visible('abcd', 4)).toBe('abcd')
  expect(visible('😀😀😀😀😀', 4)).toBe('😀😀😀…')
  expect([...visible('x'.repeat(1_000_000))]).toHaveLength(300)
})
