import { compare as comparePep440, valid as validPep440 } from '@renovatebot/pep440'
import { parse as parseSemver, type SemVer } from 'semver'
import { compareText } from '../../../../model/index.js'
import type { Ecosystem } from '../ecosystem.js'
import { compareProgram, readProgram } from './bitnami.js'
import { compareMaven, readMaven } from './maven.js'
import { compareDigits, compareParts, makeOrder, type VersionOrder } from './order.js'
import { comparePhp, readPackagist } from './packagist.js'

/** Go's own releases are not SemVer: `go1.22rc1` is 1.22.0-rc.1 in the Go vulnerability database. */
function readGo(text: string): SemVer | null {
  const [, number, patch = '.0', label, count] =
    /^(?:go)?(\d+\.\d+)(\.\d+)?(?:(rc|beta)(\d+))?$/.exec(text) ?? []
  const versionText = number === undefined ? text : `${number}${patch}${label ? `-${label}.${count}` : ''}`
  return parseSemver(versionText)
}

/** GitHub's advisories also say `0.1`, which is no crate's version, for 0.1.0. */
function readCargo(text: string): SemVer | null {
  const [, number, minor = '.0'] = /^(\d+)(\.\d+)?$/.exec(text) ?? []
  return parseSemver(number === undefined ? text : `${number}${minor}.0`)
}

function compareSemver(a: SemVer, b: SemVer): number {
  return a.compare(b)
}

/**
 * The order of versions in each ecosystem: PEP 440, Maven's own, Gem::Version, SemVer 2.0.0 for npm, Go and crates.io, and PHP's
 * version_compare over Composer's normalized form; for Bitnami's programs SemVer, with more numbers (docs/decisions/0044-osv-data.md).
 */
export const ORDERS = {
  PyPI: makeOrder((text) => validPep440(text), comparePep440),
  Maven: makeOrder(readMaven, compareMaven),
  RubyGems: makeOrder(readGem, compareGems),
  Go: makeOrder(readGo, compareSemver),
  npm: makeOrder((text) => parseSemver(text), compareSemver),
  Packagist: makeOrder(readPackagist, comparePhp),
  'crates.io': makeOrder(readCargo, compareSemver),
  Bitnami: makeOrder(readProgram, compareProgram),
} as const satisfies Record<Ecosystem, VersionOrder>

/** Numbers as digits, and words. */
type GemVersion = readonly string[]

/**
 * The significant segments of a `Gem::Version` (rubygems/version.rb, `correct?` and `canonical_segments`): a hyphen
 * means `.pre.`, and trailing zeros are dropped, from the numbers and from the part after the first word.
 */
function readGem(text: string): GemVersion | null {
  const trimmed = text.trim()
  if (!/^\d+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/.test(trimmed)) {
    return null
  }
  const segments = trimmed.replaceAll('-', '.pre.').match(/\d+|[a-zA-Z]+/g) ?? []
  const firstLabel = segments.findIndex((segment) => !isNumber(segment))
  const numbers = firstLabel === -1 ? segments.length : firstLabel
  return [...withoutZeros(segments.slice(0, numbers)), ...withoutZeros(segments.slice(numbers))]
}

/** A missing segment is 0; a word comes before any number, and words are ordered by their code units. */
function compareGems(a: GemVersion, b: GemVersion): number {
  return compareParts(a, b, (x = '0', y = '0') =>
    isNumber(x) && isNumber(y)
      ? compareDigits(x, y)
      : Number(isNumber(x)) - Number(isNumber(y)) || compareText(x, y),
  )
}

function withoutZeros(segments: readonly string[]): readonly string[] {
  return segments.slice(0, segments.findLastIndex((segment) => !/^0+$/.test(segment)) + 1)
}

function isNumber(segment: string): boolean {
  return /^\d/.test(segment)
}
