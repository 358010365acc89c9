import type { ComparedResult, EngineSays } from '../../src/core/bench-facts.js'
import type { BenchWord } from '../../src/core/bench-words.js'

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
    compat: null,
    dbsTitle: null,
    evidence: [],
    host: [],
    ...part,
  }
}
