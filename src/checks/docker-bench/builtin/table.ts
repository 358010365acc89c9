import { compareIds } from '../../../model/bench-ids.js'
import type { BenchCheck } from '../result.js'
import { CHECKS_4 } from './table-4.js'
import { CHECKS_5 } from './table-5.js'

export type BenchId = keyof typeof CHECKS_4 | keyof typeof CHECKS_5

/** What we say about each check of sections 4 and 5, by its id in Docker Bench v1.6.1 and later. */
export const BENCH_CHECKS: Readonly<Record<BenchId, BenchCheck>> = { ...CHECKS_4, ...CHECKS_5 }

/** All ids, in order. */
export const BENCH_IDS: readonly BenchId[] = (Object.keys(BENCH_CHECKS) as BenchId[]).sort(compareIds)

export function isBenchId(id: string): id is BenchId {
  return Object.hasOwn(BENCH_CHECKS, id)
}
