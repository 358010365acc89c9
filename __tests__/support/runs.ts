/**
 * How many cases a property is tried with, for `fc.assert`: a quarter of them in `npm run check`, where each run draws
 * others, and all where `script/long` asks for them.
 */
export function runs(all: number): { readonly numRuns: number } {
  const isThorough = process.env.SEAWORTHY_PROPERTY_RUNS === 'all'
  return { numRuns: isThorough ? all : Math.ceil(all / 4) }
}

/** True in `script/long`, which also runs those cases of live tests that differ little from others of their file. */
export const isEveryCase = process.env.SEAWORTHY_LIVE_CASES === 'all'
