import { SeaworthyError } from '../../model/problem.js'

/**
 * A word of apt's policy as a test: `/regex/` (POSIX extended, anywhere in the text), else a glob over the whole
 * text; case does not count (apt_preferences(5), "Regular expressions and glob(7) syntax").
 * @throws SeaworthyError `apt-pattern` for what only a POSIX engine could run safely
 */
export function aptPattern(pattern: string): (text: string) => boolean {
  const isRegex = pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/')
  if (!isRegex && !/[*?[\\]/.test(pattern)) {
    const wanted = pattern.toLowerCase()
    return (text) => text.toLowerCase() === wanted
  }
  const source = isRegex ? extended(pattern.slice(1, -1)) : `^(?:${glob(pattern)})$`
  // Regular expressions come from the image: nothing may run for ever over a long text.
  if (pattern.length > 500 || backtracks(source)) {
    throw refused(pattern, 'it may run for ever')
  }
  const test = compile(source)
  // A regex that cannot be compiled matches nothing; apt warns and goes on.
  return test === null ? () => false : (text) => test.test(text.slice(0, 500))
}

function compile(source: string): RegExp | null {
  try {
    return new RegExp(source, 'is')
  } catch {
    return null
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

/** POSIX extended to JavaScript: they differ in bracket expressions only, as far as policies are concerned. */
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
    const char = pattern[at] ?? ''
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
      out += literal(pattern[at] ?? '')
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

/** A bracket expression from `[` on, as JavaScript writes it; `null` where it is not closed. */
function readBracket(text: string, from: number): { text: string; end: number } | null {
  let at = from + 1
  const negated = text[at] === '!' || text[at] === '^'
  if (negated) {
    at++
  }
  let inner = ''
  for (let first = true; at < text.length; first = false) {
    const char = text[at] ?? ''
    if (char === ']' && !first) {
      return { text: `[${negated ? '^' : ''}${inner}]`, end: at + 1 }
    }
    const named = /^\[:([a-z]+):\]/.exec(text.slice(at))
    if (named) {
      inner += CLASSES[named[1] ?? ''] ?? ''
      at += named[0].length
      continue
    }
    inner += char === '-' ? '-' : literal(char)
    at++
  }
  return null
}

/** A repeated group that itself repeats or branches: what makes a backtracking engine exponential. */
function backtracks(source: string): boolean {
  const plain = source.replace(/\\.|\[(?:\\.|[^\]])*\]/g, 'x')
  const stars = plain.split('*').length - 1
  return stars > 8 || /\([^()]*[*+{|][^()]*\)\s*[*+{]/.test(plain) || /\)\)+[*+{]/.test(plain)
}

function refused(pattern: string, why: string): SeaworthyError {
  return new SeaworthyError({
    code: 'apt-pattern',
    what: `the pattern ${JSON.stringify(pattern.slice(0, 100))} of the image's apt policy is not evaluated: ${why}`,
    where: 'etc/apt',
  })
}
