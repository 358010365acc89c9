/**
 * How many cases a property is tried with, for `fc.assert`: a quarter of them in `npm run check`, where each run draws
 * others, all where `script/long` asks for them, and few where the tests run once for each mutant (script/mutants.mjs).
 */
export function runs(all: number): { readonly numRuns: number } {
  const parts: Readonly<Record<string, number>> = { all: 1, few: 1 / 40 }
  return { numRuns: Math.ceil(all * (parts[process.env.SEAWORTHY_PROPERTY_RUNS ?? ''] ?? 1 / 4)) }
}

/** True in `script/long`, which also runs those cases of live tests that differ little from others of their file. */
export const isEveryCase = process.env.SEAWORTHY_LIVE_CASES === 'all'
