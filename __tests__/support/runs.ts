/**
 * How many cases a property is tried with, for `fc.assert`: a quarter of them in `npm run check`, where each run draws
 * others, and all where `script/long` asks for them.
 */
export function runs(all: number): { readonly numRuns: number } {
  const isThorough = process.env.SEAWORTHY_PROPERTY_RUNS === 'all'
  return { numRuns: isThorough ? all : Math.ceil(all / 4) }
}
