import {
  BENCH_STATUSES,
  type BenchStatus,
  daysBetween,
  isDate,
  isWithin,
  type LineError,
  toNewNumbering,
} from '../../model/index.js'
import { errorAt, listOf, type Mapping, mappingOf, valueAt } from '../shape.js'
import type { SpanLimit } from '../whitelist/read.js'
import type { Path, YamlDocument } from '../yaml/read.js'
import type { Dictionary, Expectation, ItemRule } from './dictionary.js'
import { entrySchema, toExpectation } from './schema.js'

/**
 * Lines that accept what the built-in dictionary would not, without stating an owner, a reason and a last day: in a
 * file that lists only differences, such a line is an exception, like an override.
 */
export function acceptanceErrors(
  document: YamlDocument,
  base: Dictionary,
  name: string,
  limit: SpanLimit | null,
): LineError[] {
  const fallback = statusesIn(valueAt(document.value, ['defaults', 'expect'])) ?? base.defaults.expect
  const numbering = valueAt(document.value, ['numbering']) === 'dbs-1.6.0' ? 'dbs-1.6.0' : 'dbs-1.6.1'
  // A default has no room for an owner, and is about results that nobody has read.
  const defaults = (['unlisted', 'missing'] as const).flatMap((key) => {
    const path: Path = ['defaults', key]
    const isLaxer = valueAt(document.value, path) === 'report' && base.defaults[key] === 'action'
    const text = `accepts more than ${name}; list each accepted result under "checks", with reason, owner and expires`
    return isLaxer ? [errorAt(document, path, text)] : []
  })
  const overrides = listOf(valueAt(document.value, ['overrides'])).map(
    (_, index): Path => ['overrides', index, 'checks'],
  )
  const notApplicableErrors = Object.entries(
    mappingOf(valueAt(document.value, ['not_applicable'])) ?? {},
  ).flatMap(([id, value]) => {
    const entryPath: Path = ['not_applicable', id]
    const newId = toNewNumbering(id, numbering)
    const isExpected = base.entries.some((one) => isWithin(one.id, newId))
    if (!isExpected) {
      return []
    }
    const entry = mappingOf(value)
    if (entry === null) {
      const exceptionError =
        'write {reason, owner, expires} here, or add the expected result under "checks" or "overrides"'
      return [errorAt(document, entryPath, `${name} expects a result for this id; ${exceptionError}`)]
    }
    return errorsOf(entry, entryPath, true)
  })
  const lines = [['checks'], ...overrides].flatMap((table: Path) =>
    Object.entries(mappingOf(valueAt(document.value, table)) ?? {}).flatMap(([id, value]) => {
      const entry = mappingOf(value)
      const newId = toNewNumbering(id, numbering)
      const baseEntry = base.entries.find((one) => one.id === newId) ?? null
      // If the built-in dictionary does not judge a result, any line for it is stricter.
      const isJudged = !base.notApplicable.some((one) => isWithin(newId, one.id))
      const isException =
        table.length > 1 || (entry !== null && isJudged && isLaxer(entry, baseEntry, fallback))
      if (entry === null || !isException) {
        return []
      }
      return errorsOf(entry, [...table, id], table.length === 1)
    }),
  )
  return [...defaults, ...lines, ...notApplicableErrors]

  function errorsOf(entry: Mapping, path: Path, isWhole: boolean): LineError[] {
    const errors: LineError[] = []
    const add = (key: string, text: string) => errors.push(errorAt(document, [...path, key], text))
    // For an override, missing keys are reported anyway.
    for (const key of isWhole ? ['reason', 'owner', 'expires'] : []) {
      if (entry[key] === undefined) {
        add(key, `is missing; it is required because this line accepts more than ${name}`)
      }
    }
    const { expires } = entry
    if (limit === null || typeof expires !== 'string' || !isDate(expires)) {
      return errors
    }
    const days = daysBetween(limit.today, expires)
    if (days > limit.maxSpan) {
      const after = `${days} days after the date of the verdict (${limit.today})`
      add('expires', `${expires} is ${after}; the maximum is ${limit.maxSpan} (max-span)`)
    }
    return errors
  }
}

function isLaxer(raw: Mapping, inBase: Expectation | null, fallback: readonly BenchStatus[]): boolean {
  const { owner: _, reason: __, expires: ___, ...expected } = raw
  const read = entrySchema.safeParse(expected)
  // An invalid value is reported as such.
  return read.success && acceptsMore(toExpectation(read.data, fallback), inBase)
}

type AcceptedStates = Pick<Expectation, 'expect' | 'items' | 'evidence' | 'host'>

/** A result that the built-in dictionary does not name should be PASS. */
const PASS_ONLY: AcceptedStates = { expect: ['PASS'], items: null, evidence: null, host: null }

/** True if an entry accepts a worse result than another one: a result, an item, or a missing examination. */
export function acceptsMore(entry: AcceptedStates, other: AcceptedStates | null): boolean {
  const { expect, items, evidence, host } = other ?? PASS_ONLY
  const rank = (status: BenchStatus) => BENCH_STATUSES.indexOf(status)
  const best = Math.min(...expect.map(rank))
  if (entry.expect.some((status) => !expect.includes(status) && rank(status) > best)) {
    return true
  }
  if (entry.host !== host && entry.host !== null) {
    return true
  }
  const shared = entry.expect.filter((status) => expect.includes(status))
  if (shared.includes('NOTE') && evidence !== null && entry.evidence !== evidence) {
    return true
  }
  return items !== null && shared.some((status) => status !== 'PASS') && allowsMore(entry.items, items)
}

/** If two rules compare different parts of an item, only an empty list is certainly no more. */
function allowsMore(rule: ItemRule | null, other: ItemRule): boolean {
  if (rule === null) {
    return true
  }
  const maxEntries = rule.kind === 'count' || rule.kind === 'max' ? rule.count : rule.values.length
  if (maxEntries === 0) {
    return false
  }
  if (other.kind === 'count' || other.kind === 'max') {
    return maxEntries > other.count
  }
  if (rule.kind === 'count' || rule.kind === 'max' || rule.by !== other.by) {
    return true
  }
  return rule.values.some((value) => !other.values.includes(value))
}

function statusesIn(value: unknown): readonly BenchStatus[] | null {
  const statuses = listOf(value).flatMap((one) => BENCH_STATUSES.find((status) => status === one) ?? [])
  return statuses.length === 0 ? null : statuses
}
