import { compareDigits } from './order.js'

/** Pieces that are all digits or have none. */
export type PhpVersion = readonly string[]

/** In rising order, each a prefix of the piece; `#` stands for a number. Other words come before all of them. */
const FORMS = [['dev'], ['alpha', 'a'], ['beta', 'b'], ['RC', 'rc'], ['#'], ['pl', 'p']]

/**
 * A version of Composer with four numbers (https://getcomposer.org/doc/articles/versions.md), so that `5.4.19` and
 * `version_normalized` `5.4.19.0` are one. `null` for branches (`dev-master`, `8.x-dev`): which commit that was, nobody
 * knows.
 */
export function readPackagist(text: string): PhpVersion | null {
  const bare = text.trim().replace(/^[vV]/, '')
  const [, numbers = '', rest = ''] = /^(\d+(?:\.\d+)*)((?:[._+-]|[A-Za-z]).*)?$/s.exec(bare) ?? []
  if (numbers === '' || /[^\w.+-]/.test(rest) || /[.-]?dev$/i.test(rest) || /^\.?x\b/i.test(rest)) {
    return null
  }
  const four = numbers.split('.')
  while (four.length < 4) {
    four.push('0')
  }
  // What follows a plus is not part of the order, and `-stable` says nothing.
  const word = rest.replace(/\+.*$/s, '').replace(/[._-]?stable$/i, '')
  return splitPhp(`${four.join('.')}${word.toLowerCase().replace(/(^|[^a-z])patch/, '$1pl')}`)
}

/** The pieces of PHP's `version_compare` (https://www.php.net/manual/en/function.version-compare.php). */
export function splitPhp(text: string): PhpVersion {
  return text.match(/\d+|[^\d._+-]+/g) ?? []
}

/** The order of PHP's `version_compare`. */
export function comparePhp(a: PhpVersion, b: PhpVersion): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [x, y] = [a[at], b[at]]
    if (x === undefined || y === undefined) {
      // A further number makes it later; a further word counts as against a number.
      return x === undefined ? -compareWithEnd(y as string) : compareWithEnd(x)
    }
    const order = isNumber(x) && isNumber(y) ? compareDigits(x, y) : form(x) - form(y)
    if (order !== 0) {
      return order
    }
  }
  return 0
}

function compareWithEnd(piece: string): number {
  return isNumber(piece) ? 1 : form(piece) - form('#')
}

function isNumber(piece: string): boolean {
  return /^\d/.test(piece)
}

function form(piece: string): number {
  const word = isNumber(piece) ? '#' : piece
  return FORMS.findIndex((names) => names.some((name) => word.startsWith(name)))
}
