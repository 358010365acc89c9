import { compareText } from '../../../../model/index.js'
import { compareDigits, compareParts } from './order.js'

/** Numbers, and the parts of a word behind them; empty: the release itself. */
interface ProgramVersion {
  readonly numbers: readonly string[]
  readonly suffix: readonly string[]
}

/**
 * A version in Bitnami's records (SemVer, or four numbers as OpenResty has), or as the program's project writes it:
 * PostgreSQL's 16.4 is 16.4.0, Java's 8u342 is 8.0.342. Text after a plus does not affect the order.
 */
export function readProgram(text: string): ProgramVersion | null {
  const [, java, update] = /^(\d{1,2})u(\d+)$/.exec(text) ?? []
  const versionText = java === undefined ? text : `${java}.0.${update}`
  const [, numbers, suffix = ''] =
    /^v?(\d+(?:\.\d+){0,4})(?:[-~]?([A-Za-z0-9][A-Za-z0-9.-]*))?(?:\+.*)?$/.exec(versionText) ?? []
  return numbers === undefined
    ? null
    : { numbers: numbers.split('.'), suffix: suffix.toLowerCase().match(/\d+|[a-z]+/g) ?? [] }
}

/** A word comes before the release (SemVer 2.0.0, section 11). */
export function compareProgram(a: ProgramVersion, b: ProgramVersion): number {
  // A missing number is 0.
  const order = compareParts(a.numbers, b.numbers, (x = '0', y = '0') => compareDigits(x, y))
  if (order !== 0) {
    return order
  }
  return a.suffix.length === 0 || b.suffix.length === 0
    ? Number(a.suffix.length === 0) - Number(b.suffix.length === 0)
    : compareSuffixes(a.suffix, b.suffix)
}

function compareSuffixes(a: readonly string[], b: readonly string[]): number {
  return compareParts(a, b, (x, y) => {
    if (x === undefined || y === undefined) {
      return a.length - b.length
    }
    const [isNumericX, isNumericY] = [/^\d/.test(x), /^\d/.test(y)]
    return isNumericX && isNumericY
      ? compareDigits(x, y)
      : Number(isNumericY) - Number(isNumericX) || compareText(x, y)
  })
}
