import type { BenchWord, ComparedResult, EngineSays } from '../../src/model/finding/bench.js'

export function says(word: BenchWord | null, ...items: string[]): EngineSays {
  return { word, items }
}

/** A result of the built-in engine: PASS, nothing named. */
export function aResult(id: string, part: Partial<ComparedResult> = {}): ComparedResult {
  return {
    id,
    state: 'evaluated',
    why: 'it was looked at',
    builtin: says('PASS'),
    dbs: null,
    counts: { by: 'only', whose: part.builtin === null && part.dbs ? 'docker-bench' : 'built-in' },
    compat: null,
    dbsTitle: null,
    evidence: [],
    host: [],
    ...part,
  }
}
