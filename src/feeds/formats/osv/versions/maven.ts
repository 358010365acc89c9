import { compareText } from '../../../../model/index.js'
import { compareDigits, compareParts } from './order.js'

/** A number, or a lower-case qualifier, and the separator before it. */
export interface MavenToken {
  readonly separator: '.' | '-'
  readonly value: string
}

/** Qualifiers that come before all others, in order; '' is the release itself. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const RELEASE_QUALIFIERS = ['final', 'ga', 'release']
const SHORT_QUALIFIERS: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' }

/**
 * Splits a version as Maven does (https://maven.apache.org/pom.html#version-order-specification), without the
 * trailing tokens that have no meaning. Any word is a version, except an unresolved variable of a pom.
 */
export function readMaven(text: string): readonly MavenToken[] | null {
  if (!/^[\w.+~-]+$/.test(text) || !/[0-9A-Za-z]/.test(text)) {
    return null
  }
  const tokens = split(text.toLowerCase())
  const kept: MavenToken[] = []
  for (const token of tokens.slice(1).reverse()) {
    // Tokens without a meaning are dropped at the end and before each hyphen.
    if (!/^0*$/.test(token.value) || kept.at(-1)?.separator === '.') {
      kept.push(token)
    }
  }
  return [...tokens.slice(0, 1), ...kept.reverse()]
}

/**
 * Lexicographic. The shorter one is padded with the neutral element for the other's token: 0 for a number after a
 * dot, else the release. The specification names only the separator, but Maven puts `42.0.0` before `42.0.0.jre6`.
 * Like Maven's own order, it goes in a circle where qualifiers above and below the release follow a dot and a hyphen:
 * 0 < 0.pre < 0-rc < 0.
 */
export function compareMaven(a: readonly MavenToken[], b: readonly MavenToken[]): number {
  return compareParts(a, b, (one, other) => {
    const [x, y] = [one ?? paddingToken(other), other ?? paddingToken(one)]
    return kindOf(x) - kindOf(y) || compareValues(x.value, y.value)
  })
}

/** Splits at dots, hyphens, and between digits and letters, as if at a hyphen; like OSV, not at underscores. */
function split(text: string): MavenToken[] {
  const tokens: MavenToken[] = []
  const pieces = text.match(/[.-]|\d+|[^\d.-]+/g) ?? []
  let separator: MavenToken['separator'] | null = '.'
  for (const [at, piece] of pieces.entries()) {
    if (!/^[.-]$/.test(piece)) {
      tokens.push({ separator: separator ?? '-', value: tokenOf(piece, pieces[at + 1]) })
      separator = null
      continue
    }
    if (separator !== null) {
      tokens.push({ separator, value: '0' }) // nothing between two separators, or before the first
    }
    separator = piece === '.' ? '.' : '-'
  }
  return tokens
}

function tokenOf(piece: string, next: string | undefined): string {
  if (RELEASE_QUALIFIERS.includes(piece)) {
    return ''
  }
  const isBeforeNumber = next !== undefined && /^\d/.test(next)
  return piece === 'cr' ? 'rc' : ((isBeforeNumber ? SHORT_QUALIFIERS[piece] : undefined) ?? piece)
}

function paddingToken(other: MavenToken | undefined): MavenToken {
  const separator = other?.separator ?? '.'
  return { separator, value: separator === '.' && isNumber(other) ? '0' : '' }
}

/**
 * Qualifiers come before numbers, and those after a dot before those after a hyphen; for numbers it is the reverse.
 * Newer editions of the specification do not distinguish the qualifiers; OSV does.
 */
function kindOf(token: MavenToken): number {
  const isAfterDot = token.separator === '.'
  return isNumber(token) ? (isAfterDot ? 3 : 2) : isAfterDot ? 0 : 1
}

function isNumber(token: MavenToken | undefined): boolean {
  return /^\d/.test(token?.value ?? '')
}

function compareValues(a: string, b: string): number {
  if (/^\d/.test(a)) {
    return compareDigits(a, b)
  }
  const [x, y] = [rank(a), rank(b)]
  return x - y || compareText(a, b)
}

function rank(qualifier: string): number {
  const at = QUALIFIERS.indexOf(qualifier)
  return at === -1 ? QUALIFIERS.length : at
}
