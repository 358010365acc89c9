import { type ItemsDifference, listText, plural } from '../../model/index.js'
import type { ItemRule } from './dictionary.js'

export interface ItemsDiffer {
  /** `null`: the items are fewer than the list had: it was truncated. */
  readonly outcome: 'worse' | 'better' | null
  readonly difference: ItemsDifference
}

/** `null` if the items are as they should be. Compared as sets, after normalizing. */
export function compareItems(items: readonly string[], rule: ItemRule): ItemsDiffer | null {
  if (items.some((item) => item.includes('(truncated)'))) {
    return { outcome: null, difference: { differ: 'cut' } }
  }
  const found = itemSet(items, rule.by)
  if (rule.kind === 'max' || rule.kind === 'count') {
    return compareCount(found, rule)
  }
  const expected = itemSet(rule.values, rule.by)
  const extra = found.filter((item) => !expected.includes(item))
  const missingItems = expected.filter((item) => !found.includes(item))
  if (extra.length > 0) {
    return { outcome: 'worse', difference: { differ: 'not-expected', items: extra } }
  }
  if (rule.kind === 'subset_of' || missingItems.length === 0) {
    return null
  }
  return { outcome: 'better', difference: { differ: 'gone', items: missingItems } }
}

function compareCount(found: readonly string[], { kind, count: expected }: ItemRule): ItemsDiffer | null {
  if (found.length > expected) {
    const difference = { differ: 'too-many', found, expected, orFewer: kind === 'max' } as const
    return { outcome: 'worse', difference }
  }
  if (kind === 'max' || found.length === expected) {
    return null
  }
  return { outcome: 'better', difference: { differ: 'too-few', found: found.length, expected } }
}

/** Items beyond those that the rule names; nothing if it only counts. */
export function unexpectedItems(items: readonly string[], rule: ItemRule | null): readonly string[] {
  if (rule === null) {
    return itemSet(items, 'whole')
  }
  const found = itemSet(items, rule.by)
  if (rule.kind === 'max' || rule.kind === 'count') {
    return rule.count === 0 ? found : []
  }
  const allowed = itemSet(rule.values, rule.by)
  return found.filter((item) => !allowed.includes(item))
}

export function ruleText(rule: ItemRule): string {
  const byText = rule.by === 'whole' ? '' : ` by ${rule.by}`
  if (rule.kind === 'max') {
    return `at most ${plural(rule.count, 'item')}`
  }
  if (rule.kind === 'count') {
    return plural(rule.count, 'item')
  }
  const relation = rule.kind === 'equals' ? 'exactly' : 'no more than'
  return rule.values.length === 0 ? 'no items' : `${relation} ${listText(rule.values)}${byText}`
}

/** As a set, in the order of their UTF-16 code units. */
export function itemSet(items: readonly string[], by: ItemRule['by']): string[] {
  const itemNames = items.flatMap(names).filter((item) => item !== '')
  return [...new Set(itemNames.map((item) => part(item, by)))].sort()
}

/**
 * Docker Bench prints an image's names as `[one two]` and splits that at the blank; one image may occur twice. No
 * other item is split: a path with a blank would become two that may be expected.
 */
function names(item: string): readonly string[] {
  if (item.startsWith('[')) {
    return item.replace(/^\[|\]$/g, '').split(' ')
  }
  return /^\w[\w./:-]*\]$/.test(item) ? [item.slice(0, -1)] : [item]
}

/** Forms: `name`, `name:port`, `name:address`, `name:/path`, and for 5.30 `id:name`. */
function part(item: string, by: ItemRule['by']): string {
  if (by === 'whole') {
    return item
  }
  const networkInterface = /^[0-9a-f]{64}:(.+)$/.exec(item)?.[1]
  if (networkInterface !== undefined) {
    return by === 'name' ? networkInterface : item
  }
  const path = item.indexOf(':/')
  if (by === 'path') {
    return path === -1 ? item : item.slice(path + 1)
  }
  if (by === 'name') {
    return item.slice(0, item.indexOf(':') === -1 ? undefined : item.indexOf(':'))
  }
  return item.slice(item.lastIndexOf(':') + 1).replace(/\/(?:tcp|udp|sctp)$/, '')
}
