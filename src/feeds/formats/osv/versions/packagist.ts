import { compareDigits, compareParts } from './order.js'

/** Parts that consist of digits only, or contain none. */
export type PhpVersion = readonly string[]

/** In rising order, each a prefix of the part; `#` stands for a number. Other words come before all of them. */
const FORMS = [['dev'], ['alpha', 'a'], ['beta', 'b'], ['RC', 'rc'], ['#'], ['p']]

/**
 * A Composer version with four numbers (https://getcomposer.org/doc/articles/versions.md), so that `5.4.19` equals
 * `version_normalized` `5.4.19.0`. `null` for branches (`dev-master`, `8.x-dev`): nobody knows which commit that was.
 */
export function readPackagist(text: string): PhpVersion | null {
  const withoutPrefix = text.trim().replace(/^[vV]/, '')
  const [, numbers = '', rest = ''] = /^(\d+(?:\.\d+)*)((?:[._+-]|[A-Za-z]).*)?$/s.exec(withoutPrefix) ?? []
  if (numbers === '' || /[^\w.+-]/.test(rest) || /[.-]?dev$/i.test(rest) || /^\.?x\b/i.test(rest)) {
    return null
  }
  const parts = numbers.split('.')
  const four = [...parts, ...['0', '0', '0'].slice(parts.length - 1)]
  // Text after a plus does not affect the order, and `-stable` means nothing.
  const version = rest.replace(/\+.*$/s, '').replace(/[._-]?stable$/i, '')
  return splitPhp(`${four.join('.')}${version.toLowerCase().replace(/(^|[^a-z])patch/, '$1pl')}`)
}

/** The parts of PHP's `version_compare` (https://www.php.net/manual/en/function.version-compare.php). */
export function splitPhp(text: string): PhpVersion {
  return text.match(/\d+|[^\d._+-]+/g) ?? []
}

/** The order of PHP's `version_compare`. */
export function comparePhp(a: PhpVersion, b: PhpVersion): number {
  return compareParts(a, b, (x, y) => {
    if (x !== undefined && y !== undefined) {
      return isNumber(x) && isNumber(y) ? compareDigits(x, y) : form(x) - form(y)
    }
    // An additional number makes it later; an additional word is compared as with a number.
    return x === undefined ? -compareWithEnd(y) : compareWithEnd(x)
  })
}

function compareWithEnd(piece = ''): number {
  return isNumber(piece) ? 1 : form(piece) - form('#')
}

function isNumber(piece: string): boolean {
  return /^\d/.test(piece)
}

function form(piece: string): number {
  const part = isNumber(piece) ? '#' : piece
  return FORMS.findIndex((names) => names.some((name) => part.startsWith(name)))
}
