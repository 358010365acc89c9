import { compareText } from '../../../../model/index.js'

/** A parsed version. Only its own order knows what `parts` are. */
export interface ReadVersion {
  readonly text: string
  readonly parts: unknown
}

export interface VersionOrder {
  /** `null` for what is not a version there: nothing can be said about it. */
  read(text: string): ReadVersion | null
  /** For `Array.prototype.sort`. Both were parsed by this order. */
  compare(a: ReadVersion, b: ReadVersion): number
}

/** Longer texts are not versions; real ones have at most 100 characters. */
const MAX_LENGTH = 300

export function makeOrder<Parts>(
  read: (text: string) => Parts | null,
  compare: (a: Parts, b: Parts) => number,
): VersionOrder {
  return {
    read: (text) => {
      const parts = text.length > MAX_LENGTH ? null : read(text)
      return parts === null ? null : { text, parts }
    },
    compare: (a, b) => compare(a.parts as Parts, b.parts as Parts),
  }
}

/**
 * Part by part: the first difference decides.
 * @param compare gets `undefined` for a part that only the other version has
 */
export function compareParts<Part>(
  a: readonly Part[],
  b: readonly Part[],
  compare: (x: Part | undefined, y: Part | undefined) => number,
): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compare(a[at], b[at])
    if (order !== 0) {
      return order
    }
  }
  return 0
}

/** Natural order of two texts of digits, of any length. */
export function compareDigits(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  return x.length - y.length || compareText(x, y)
}
