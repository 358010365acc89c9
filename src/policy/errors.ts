import { comparePlaces, firstOf, type LineError, SeaworthyError } from '../model/index.js'

/** Enough to fix a file; more would only come from one that is not a policy at all. */
const MAX_SHOWN = 100

/** All errors of one or more policy files as one error, `file:line: text`, in line order. */
export function policyError(errors: readonly LineError[]): SeaworthyError {
  const sorted = errors.toSorted((a, b) => comparePlaces(a.place, b.place))
  const lines = sorted.map(({ place, text }) => `${place.file}:${place.line}: ${text}`)
  return new SeaworthyError({
    code: 'policy-invalid',
    what: firstOf(lines, MAX_SHOWN).join('\n'),
    where: [...new Set(sorted.map(({ place }) => place.file))].join(', '),
    errors: sorted.slice(0, MAX_SHOWN),
  })
}

export function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list'
  }
  if (typeof value === 'object' && value !== null) {
    return 'a mapping'
  }
  const text = String(value)
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

const MAX_KEYWORD = 40

/** The known keyword that was probably meant, if one is close enough. */
export function nearest(text: string, known: readonly string[]): string | null {
  if (text.length > MAX_KEYWORD) {
    return null
  }
  const close = known
    .map((each) => ({ each, distance: editDistance(text.toLowerCase(), each) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 3)))
    .sort((a, b) => a.distance - b.distance)
  return close[0]?.each ?? null
}

/** Keywords of at most so many letters are one letter away from other words: `key` from `kev`, `date` from `data`. */
const SHORT = 4

/**
 * The known keyword of which the text is surely a misspelling; `null` if the text may be a name of something else. That
 * is one typing error, or `_` for `-`; for a short keyword only a swap of two letters, or its plural.
 */
export function misspelt(text: string, known: readonly string[]): string | null {
  const name = text.toLowerCase().replaceAll('_', '-')
  if (text.length > MAX_KEYWORD || known.includes(text)) {
    return null
  }
  const letters = (keyword: string) => [...keyword].sort().join('')
  const isMisspelling = (keyword: string) =>
    editDistance(name, keyword) <= 1 &&
    (keyword.length > SHORT || name === `${keyword}s` || letters(name) === letters(keyword))
  return known.find((one) => one === name) ?? known.find(isMisspelling) ?? null
}

/**
 * Optimal string alignment distance: how many letters must be inserted, removed or changed, or swapped with the next
 * one, which is a common typing error.
 */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : change
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
