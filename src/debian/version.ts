import { compareText as compareCodeUnits, readOrNull, SeaworthyError, withoutEnd } from '../model/index.js'

/** A version split as dpkg splits it (deb-version(7), "[epoch:]upstream-version[-debian-revision]"). */
export interface Version {
  /** 0 if there is none. */
  readonly epoch: number
  readonly upstream: string
  /** Empty if there is none; in the order that equals "0". */
  readonly revision: string
}

/** dpkg stores the epoch in a C int. */
const MAX_EPOCH = 2_147_483_647

/**
 * Splits a version. Accepts what dpkg accepts with or without a warning (surrounding blanks, a signed epoch,
 * characters outside deb-version(7)).
 * @throws SeaworthyError `bad-version` for what dpkg refuses: comparing it would be meaningless
 */
export function parseVersion(text: string): Version {
  const bare = withoutEnd(text.replace(/^[ \t]+/, ''), ' \t')
  if (bare === '') {
    throw refused(text, 'it is empty')
  }
  if (/[ \t\0]/.test(bare)) {
    throw refused(text, 'it contains spaces')
  }
  const colon = bare.indexOf(':')
  const epoch = colon === -1 ? 0 : readEpoch(bare.slice(0, colon), text)
  const rest = bare.slice(colon + 1)
  if (rest === '') {
    throw refused(text, 'nothing follows the epoch')
  }
  const hyphen = rest.lastIndexOf('-')
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen)
  const revision = hyphen === -1 ? '' : rest.slice(hyphen + 1)
  if (upstream === '') {
    throw refused(text, 'its upstream version is empty')
  }
  if (hyphen !== -1 && revision === '') {
    throw refused(text, 'its revision is empty')
  }
  return { epoch, upstream, revision }
}

/** True for a version as in deb-version(7): dpkg accepts it without a warning, and would write it like this. */
export function isValidVersion(text: string): boolean {
  const version = /^(?:\d+:)?\d[A-Za-z0-9.+~:-]*$/.test(text) ? readOrNull(() => parseVersion(text)) : null
  return version !== null && /^\d/.test(version.upstream) && !version.revision.includes(':')
}

/** Why dpkg refuses a version; `null` if it does not. */
export function versionError(text: string): string | null {
  try {
    parseVersion(text)
    return null
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem.what
    }
    throw error
  }
}

/**
 * Order of two Debian versions: negative if `a` is lower, 0 if dpkg considers them equal (as "1.0" and
 * "0:1.0-0"), positive if `a` is higher. The order of non-ASCII characters depends on the machine that dpkg
 * was built for; here they come after ASCII.
 * @throws SeaworthyError `bad-version` like `parseVersion`
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a)
  const right = parseVersion(b)
  return (
    left.epoch - right.epoch ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  )
}

/** Upstream version or revision: alternating runs of non-digits and digits, from the left. */
function comparePart(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const textA = skip(a, i, isNotDigit)
    const textB = skip(b, j, isNotDigit)
    const text = compareText(a.slice(i, textA), b.slice(j, textB))
    if (text !== 0) {
      return text
    }
    i = skip(a, textA, isDigit)
    j = skip(b, textB, isDigit)
    const number = compareNumber(a.slice(textA, i), b.slice(textB, j))
    if (number !== 0) {
      return number
    }
  }
  return 0
}

function compareText(a: string, b: string): number {
  const at = skip(a, 0, (code, index) => code === b.charCodeAt(index))
  return weight(a.charCodeAt(at)) - weight(b.charCodeAt(at))
}

/** `~` sorts before the end, the end before letters, letters before everything else (deb-version(7)). */
function weight(code: number): number {
  if (Number.isNaN(code)) {
    return 0
  }
  if (code === 0x7e) {
    return -1
  }
  return isLetter(code) ? code : code + 0x100
}

/** Digits as numbers of any length: without leading zeros the longer one is greater. */
function compareNumber(a: string, b: string): number {
  const left = a.slice(skip(a, 0, isZero))
  const right = b.slice(skip(b, 0, isZero))
  return left.length - right.length || compareCodeUnits(left, right)
}

/** Index of the first character at or after `from` for which `fits` is false, as it must be for the end (NaN). */
function skip(text: string, from: number, fits: (code: number, index: number) => boolean): number {
  let index = from
  while (fits(text.charCodeAt(index), index)) {
    index++
  }
  return index
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isNotDigit(code: number): boolean {
  return !Number.isNaN(code) && !isDigit(code)
}

function isZero(code: number): boolean {
  return code === 0x30
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

/** dpkg reads the epoch with strtol(3): a sign and leading zeros are accepted. */
function readEpoch(epoch: string, version: string): number {
  if (!/^[+-]?\d+$/.test(epoch)) {
    throw refused(version, 'its epoch is not a number')
  }
  const value = Number(epoch)
  if (value < 0) {
    throw refused(version, 'its epoch is negative')
  }
  if (value > MAX_EPOCH) {
    throw refused(version, 'its epoch is too big')
  }
  return value
}

function refused(version: string, why: string): SeaworthyError {
  const what = `${JSON.stringify(version.slice(0, 100))} is not a valid Debian version: ${why}`
  return new SeaworthyError({ code: 'bad-version', what, where: 'deb-version(7)' })
}
