import { isRecord } from '../json.js'
import type { RunSpec } from './spec.js'

/** How a started container differs from the options that were set. */
export interface Difference {
  /** `without`: an option is withheld. `with`: something that was not requested isolates it. */
  readonly kind: 'without' | 'with'
  /** In the notation of `docker run`: `--privileged`. */
  readonly what: string
  /** Ids of Docker Bench that judge it. */
  readonly ids: readonly string[]
}

/**
 * The result for one option: the value to start with (`undefined`: none), and how it differs from the requested one.
 */
export interface RuledOption {
  readonly value: unknown
  readonly differs: readonly Difference[]
}
export type Rule = (value: unknown, hostConfig: RunSpec['hostConfig']) => RuledOption

export const NO_OPTION: RuledOption = { value: undefined, differs: [] }

export function without(what: string, ids: readonly string[]): Difference {
  return { kind: 'without', what, ids }
}

/** A rule that passes an allowed value on unchanged. */
export function allowed(
  option: string,
  ids: readonly string[],
  isGood: (value: unknown, host: RunSpec['hostConfig']) => boolean,
): Rule {
  return (value, host) => (isGood(value, host) ? { value, differs: [] } : never(option, ids)(value, host))
}

/** Never passed on. A value that requests nothing is not reported as withheld. */
export function never(
  option: string,
  ids: readonly string[],
  isFine: (value: unknown) => boolean = () => false,
): Rule {
  return (value) => {
    if (isFine(value)) {
      return { value, differs: [] }
    }
    return isEmpty(value)
      ? NO_OPTION
      : { value: undefined, differs: [without(withValue(option, value), ids)] }
  }
}

/** A positive number; one that is too large becomes the maximum. 0 and less mean: no limit. */
export function atMost(option: string, ids: readonly string[], most: number, limitText = String(most)): Rule {
  return (value) => {
    if (isNumberWithin(1, most)(value)) {
      return { value, differs: [] }
    }
    return typeof value === 'number' && value > most
      ? { value: most, differs: [without(`${option} above ${limitText}`, ids)] }
      : { value: undefined, differs: [without(withValue(option, value), ids)] }
  }
}

/** A rule that passes on only the allowed items of a list. */
export function each(option: string, ids: readonly string[], isGood: (item: string) => boolean): Rule {
  return (value) => {
    const items = isTexts(value) ? value : []
    return onlyGood(items, isGood, (item) => without(withValue(option, item), ids))
  }
}

/** The allowed items, and a difference for each of the others. */
export function onlyGood<Item>(
  items: readonly Item[],
  isGood: (item: Item) => boolean,
  differenceOf: (item: Item) => Difference,
) {
  const good = items.filter(isGood)
  const differs = items.filter((item) => !isGood(item)).map(differenceOf)
  return { value: good.length > 0 ? good : undefined, differs }
}

/** A rule that passes on only the allowed members of an object. */
export function members(
  option: string,
  ids: readonly string[],
  isGood: (name: string, value: string) => boolean,
): Rule {
  return (value) => {
    const all = Object.entries(isRecord(value) ? value : {})
    const { value: good, differs } = onlyGood(
      all,
      ([name, one]) => typeof one === 'string' && isGood(name, one),
      ([name]) => without(withValue(option, name), ids),
    )
    return { value: good && Object.fromEntries(good), differs }
  }
}

export function isNumberWithin(least: number, most: number) {
  return (value: unknown) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
}

export function isOfForm(form: RegExp) {
  return (value: unknown) => typeof value === 'string' && form.test(value)
}

export function isOneOf(...values: readonly string[]) {
  return (value: unknown) => typeof value === 'string' && values.includes(value)
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isEmpty(value: unknown): boolean {
  const isNothing = value === undefined || value === null || value === false || value === '' || value === 0
  return isNothing || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** A value is shown if it is a word or a number: anything else may be long, or secret. */
export function withValue(option: string, value: unknown): string {
  const isListed =
    option.startsWith('--') &&
    (typeof value === 'number' || (typeof value === 'string' && isPlainValue(value)))
  return isListed ? `${option} ${value}` : option
}

/** A word or a number of at most 60 characters: what can be shown without revealing a secret. */
export function isPlainValue(text: string): boolean {
  return /^[\w.:/=-]{1,60}$/.test(text)
}
