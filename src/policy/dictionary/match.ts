import {
  type BenchStatus,
  imageMatches,
  isWithin,
  type LineError,
  type Place,
  type PolicyNotice,
  unmatchedImage,
} from '../../model/index.js'
import { policyError } from '../errors.js'
import type { Dictionary, Expectation, NotApplicable, Override } from './dictionary.js'

export interface EntryFor {
  /** The entry that decides; `null` if there is none, or there would be two. */
  readonly entry: Expectation | null
  /** Entries that are equally specific, so that it is not clear which one decides. */
  readonly tied: readonly Expectation[]
  /** The line that would decide if it had not expired: an entry, or one in `not_applicable`. */
  readonly expired: ExpiredLine | null
}

interface ExpiredLine {
  readonly place: Place
  /** YYYY-MM-DD. */
  readonly expires: string
}

/**
 * The most specific valid override, else the entry itself; for an expired entry the line of the extended built-in
 * dictionary, else the default.
 */
export function entryFor(dictionary: Dictionary, id: string, reference: string, today: string): EntryFor {
  const matchingEntries = dictionary.overrides.flatMap((override) => {
    const specific = specificity(override, reference)
    const entry = override.entries.find((one) => one.id === id)
    return specific === null || entry === undefined ? [] : [{ entry, specific }]
  })
  const [expiredEntry] = matchingEntries.map(({ entry }) => entry).filter((entry) => isExpired(entry, today))
  const unexpired = matchingEntries.filter(({ entry }) => !isExpired(entry, today))
  const base = dictionary.entries.find((one) => one.id === id) ?? null
  const expired =
    expiredEntry ??
    (base !== null && isExpired(base, today) ? base : notApplicableUntil(dictionary, id, today))
  const highest = Math.max(...unexpired.map(({ specific }) => specific))
  const best = unexpired.filter(({ specific }) => specific === highest).map(({ entry }) => entry)
  if (best.length > 1) {
    return { entry: null, tied: best, expired }
  }
  const title = base?.title ?? null
  const override = best[0]
  if (override) {
    return { entry: { ...override, title: override.title ?? title }, tied: [], expired }
  }
  if (base === null || !isExpired(base, today)) {
    return { entry: base, tied: [], expired }
  }
  const builtin = dictionary.extended?.entries.find((one) => one.id === id)
  if (builtin !== undefined) {
    return { entry: builtin, tied: [], expired }
  }
  const { expect } = dictionary.defaults
  return { entry: { ...base, expect, items: null, evidence: null }, tied: [], expired }
}

export function expectedIds(dictionary: Dictionary, reference: string): readonly string[] {
  const overriding = dictionary.overrides.filter((one) => specificity(one, reference) !== null)
  const entries = [...dictionary.entries, ...overriding.flatMap(({ entries }) => entries)]
  return [...new Set(entries.map(({ id }) => id))]
}

/** The narrowest line in `not_applicable` that excludes the check on this day (YYYY-MM-DD). */
export function notApplicableTo(dictionary: Dictionary, id: string, today: string): NotApplicable | null {
  return mostSpecific(linesAbout(dictionary, id).filter((one) => !isExpired(one, today)))
}

/**
 * The narrowest line in `not_applicable` that excluded the check until it expired; `null` if there is none, or another
 * line still excludes it.
 */
function notApplicableUntil(dictionary: Dictionary, id: string, today: string): ExpiredLine | null {
  const lines = linesAbout(dictionary, id)
  return lines.every((one) => isExpired(one, today)) ? mostSpecific(lines) : null
}

function linesAbout({ notApplicable }: Dictionary, id: string): NotApplicable[] {
  return notApplicable.filter((one) => isWithin(id, one.id) && !one.except.includes(id))
}

function mostSpecific<Line extends NotApplicable>(lines: readonly Line[]): Line | null {
  return lines.toSorted((a, b) => b.id.length - a.id.length)[0] ?? null
}

/** Overrides that expect this result of the check, but not of this image. */
export function overridesElsewhere(
  { overrides }: Dictionary,
  { id, word: status }: { readonly id: string; readonly word: BenchStatus },
  reference: string,
): readonly { readonly place: Place; readonly images: readonly string[] }[] {
  return overrides.flatMap((override) => {
    const entry = override.entries.find((one) => one.id === id && one.expect.includes(status))
    return entry === undefined || specificity(override, reference) !== null
      ? []
      : [{ place: entry.place, images: override.images }]
  })
}

/** Overrides that seem to be meant for one of these images, and match none. */
export function overrideNotices(
  { overrides }: Dictionary,
  references: readonly string[],
): readonly PolicyNotice[] {
  return overrides.flatMap(({ images, place }): PolicyNotice[] => {
    const why = unmatchedImage(images, references)
    const names = images.map((pattern) => JSON.stringify(pattern)).join(', ')
    return why === null ? [] : [{ kind: 'unused', place, text: `the override for ${names} ${why}` }]
  })
}

/** Overrides that are equally specific for one of these images: it is not clear which of them decides. */
export function tieErrors(dictionary: Dictionary, references: readonly string[], today: string): LineError[] {
  const errors = new Map<string, LineError>()
  for (const reference of references) {
    for (const id of expectedIds(dictionary, reference)) {
      const [first, second] = entryFor(dictionary, id, reference, today).tied
      if (!first || !second) {
        continue
      }
      const text = `${second.writtenId} for ${JSON.stringify(reference)}: the override on line ${first.place.line} is as specific as this one`
      errors.set(text, { place: second.place, text })
    }
  }
  return [...errors.values()]
}

/**
 * The error that only the images reveal: before any check starts.
 * @throws SeaworthyError `policy-invalid` with each tie and its line
 */
export function refuseTies(dictionary: Dictionary, references: readonly string[], today: string): void {
  const errors = tieErrors(dictionary, references, today)
  if (errors.length > 0) {
    throw policyError(errors)
  }
}

function isExpired<Line extends Pick<Expectation, 'expires'>>(
  line: Line,
  today: string,
): line is Line & { readonly expires: string } {
  return line.expires !== null && today > line.expires
}

/** Length of the narrowest matching pattern, plus one if it has no `*`; `null` if none matches. */
function specificity({ images }: Override, reference: string): number | null {
  const matchingPatterns = images.filter((pattern) => imageMatches(pattern, reference))
  if (matchingPatterns.length === 0) {
    return null
  }
  return Math.max(
    ...matchingPatterns.map((one) => one.replaceAll('*', '').length * 2 + (one.includes('*') ? 0 : 1)),
  )
}
