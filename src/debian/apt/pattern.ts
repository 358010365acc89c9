import { SeaworthyError } from '../../model/index.js'
import { automatonOf, type StateBudget, stateBudget } from './automaton.js'

/** How long a pattern may be, and a text that it is tried on. */
const MAX_PATTERN_LENGTH = 500

/**
 * A pattern of apt's policy as a test: `/regex/` (POSIX extended, anywhere in the text), else a glob over the
 * whole text, ignoring case (apt_preferences(5), "Regular expressions and glob(7) syntax"). Patterns and
 * texts come from the image: a text is read once, whatever the pattern is (`automaton.ts`).
 * @throws SeaworthyError `apt-pattern` if it is too long, or not a POSIX pattern
 */
export function aptPattern(pattern: string, budget: StateBudget = stateBudget()): (text: string) => boolean {
  const isRegex = pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/')
  if (!isRegex && !/[*?[\\]/.test(pattern)) {
    const lowerPattern = pattern.toLowerCase()
    return (text) => text.toLowerCase() === lowerPattern
  }
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw refused(pattern, 'matching it may take too long')
  }
  const source = isRegex ? extended(pattern.slice(1, -1)) : `^(?:${glob(pattern)})$`
  // A regex that cannot be compiled matches nothing; apt warns and continues.
  if (!isRegular(source)) {
    return () => false
  }
  const test = automatonOf(source, budget)
  if (test === null) {
    throw refused(pattern, 'matching it may take too long, or it is not a POSIX pattern')
  }
  return (text) => test(text.slice(0, MAX_PATTERN_LENGTH))
}

function isRegular(source: string): boolean {
  try {
    return new RegExp(source, 'is') instanceof RegExp
  } catch {
    return false
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
}

/** A POSIX extended regular expression in JavaScript's syntax: in policies only bracket expressions differ. */
function extended(source: string): string {
  let out = ''
  for (let at = 0; at < source.length; ) {
    const bracket = source[at] === '[' ? readBracket(source, at) : null
    if (bracket) {
      out += bracket.text
      at = bracket.end
    } else if (source[at] === '\\') {
      out += source.slice(at, at + 2)
      at += 2
    } else {
      out += source[at]
      at++
    }
  }
  return out
}

/** glob(7) as fnmatch(3) reads it without flags: `*` and `?` also match a slash. */
function glob(pattern: string): string {
  let out = ''
  for (let at = 0; at < pattern.length; ) {
    const char = pattern.charAt(at)
    const bracket = char === '[' ? readBracket(pattern, at) : null
    if (bracket) {
      out += bracket.text
      at = bracket.end
      continue
    }
    if (char === '*') {
      if (!out.endsWith('.*')) {
        out += '.*'
      }
    } else if (char === '?') {
      out += '.'
    } else if (char === '\\' && at + 1 < pattern.length) {
      at++
      out += literal(pattern.charAt(at))
    } else {
      out += literal(char)
    }
    at++
  }
  return out
}

function literal(char: string): string {
  return /[A-Za-z0-9]/.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A bracket expression starting at `[`, in JavaScript's syntax; `null` if it is not closed. */
function readBracket(text: string, from: number): { text: string; end: number } | null {
  let at = from + 1
  const negated = text[at] === '!' || text[at] === '^'
  if (negated) {
    at++
  }
  let inner = ''
  for (let first = true; at < text.length; first = false) {
    const char = text.charAt(at)
    if (char === ']' && !first) {
      return { text: `[${negated ? '^' : ''}${inner}]`, end: at + 1 }
    }
    const namedClass = /^\[:([a-z]+):\]/.exec(text.slice(at))
    if (namedClass) {
      inner += CLASSES[namedClass[1] ?? ''] ?? ''
      at += namedClass[0].length
      continue
    }
    inner += char === '-' ? '-' : literal(char)
    at++
  }
  return null
}

function refused(pattern: string, why: string): SeaworthyError {
  const what = `the pattern ${JSON.stringify(pattern.slice(0, 100))} in the image's apt policy was not evaluated: ${why}`
  return new SeaworthyError({ code: 'apt-pattern', what, where: 'etc/apt' })
}
