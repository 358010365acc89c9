import fc from 'fast-check'
import { anyCharacter } from './characters.js'

/** Pieces that mean something to Markdown, HTML, a terminal, or the runner of GitHub Actions. */
const PIECES = [
  ...[
    '|',
    '\\|',
    '\\',
    '`',
    '```',
    '``',
    '*',
    '**',
    '_',
    '~~',
    '[',
    ']',
    '](',
    '[x](y)',
    '![x](y)',
    '<',
    '>',
  ],
  ...[
    '<b>',
    '</details>',
    '<script>',
    '<!--',
    '-->',
    '&',
    '&amp;',
    '&#64;',
    '&#124;',
    '@',
    '@user',
    '@org/team',
  ],
  ...[
    '#',
    '#123',
    'a/b#1',
    'GH-12',
    'http://',
    'https://x.y',
    'www.x.y',
    'a@b.cc',
    ':tada:',
    ':smile_cat:',
    '_www.x.y',
    '(www.x.y',
    '$x$',
    '[^1]',
  ],
  ...[
    '- ',
    '+ ',
    '1. ',
    '12) ',
    '=',
    '===',
    '---',
    ':--',
    '> ',
    '# ',
    '    ',
    '\t',
    '\n',
    '\r\n',
    '\n\n',
    ' ',
  ],
  ...['\u001b[31m', '\u001b]8;;http://x\u0007', '\u0000', '\u0085', '\u009b', '\u007f', '\u202e', '\u2066'],
  ...['\u200b', '\ufeff', '\u2028', '\u2029', '\u00a0', '\ud800', '\u{e0041}', '\u3164', '\ufe0f', 'e\u0301'],
  ...[
    '::error::',
    '::',
    '##[error]',
    '##[',
    '%',
    '%25',
    '%0A',
    '%0D',
    '%3A',
    ',',
    'title=',
    'x',
    'libc6',
    '2.36-9',
  ],
] as const

/** Text as an attacker would choose it. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCharacter, maxLength: 20 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
  )
}

/** Nothing that a reader does not see or that moves other text, Unicode's bidi and zero-width characters first. */
export const INVISIBLE_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
