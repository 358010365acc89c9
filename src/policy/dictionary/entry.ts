import type { BenchWord } from '../../model/finding/bench.js'
import type { Expectation, ItemRule } from './dictionary.js'
import type { RawExpectation } from './schema.js'

export function toExpectation(
  raw: RawExpectation,
  fallback: readonly BenchWord[],
): Omit<Expectation, 'id' | 'writtenId' | 'place' | 'path'> {
  return {
    expect: raw.expect ?? fallback,
    items: raw.items === undefined ? null : toItemRule(raw.items),
    title: raw.title ?? null,
    evidence: raw.evidence ?? null,
    reason: raw.reason?.trim() ?? null,
    owner: raw.owner?.trim() ?? null,
    expires: raw.expires ?? null,
    host: raw.when?.host ?? null,
  }
}

function toItemRule(raw: NonNullable<RawExpectation['items']>): ItemRule {
  const by = raw.compare ?? 'whole'
  const values = raw.equals ?? raw.subset_of ?? []
  const count = Number(raw.count ?? raw.max ?? 0)
  const kinds = ['count', 'max', 'equals', 'subset_of'] as const
  return { kind: kinds.find((kind) => raw[kind] !== undefined) ?? 'equals', count, values, by }
}
