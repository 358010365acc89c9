import type { Improvement } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import type { BenchResult } from '../../../../../src/checks/docker-bench/builtin/rule-result.js'
import { aContainer, type BenchState, strictly } from './builders.js'

/** A whole result: its status or state, its sentence, the improvement, and its items if any. */
export type ResultRow = readonly [
  id: string,
  state: Partial<BenchState>,
  status: string,
  why: string,
  improvement: Improvement | null,
  items?: readonly string[],
]

/** Without what only its advice is made of. */
type Compared = Omit<BenchResult, 'places' | 'bindings' | 'uid' | 'userOfOptions'>

/** The result of a row's state, and the one that it expects. */
export function resultsOf([id, state, status, why, improvement, items = []]: ResultRow): readonly Compared[] {
  const { places: _, bindings: __, uid: ___, userOfOptions: ____, ...result } = strictly(id, state)
  const isState = ['not-evaluated', 'not-applicable'].includes(status)
  const containerName = (state.containers ?? [aContainer()]).length > 0 ? 'web' : null
  const expected = {
    ...{ id, subject: id.startsWith('4.') ? 'app:1' : containerName, items, why, improvement },
    ...{ state: isState ? status : 'evaluated', word: isState ? null : status },
  }
  return [result, expected as Compared]
}
