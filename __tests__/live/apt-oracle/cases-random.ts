import { isEveryCase } from '../../support/runs.js'
import type { Fields } from './apt-files.js'
import type { OracleCase } from './case.js'

/** mulberry32: the same numbers for the same seed, on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const COUNT = 14

/**
 * Packages that lean on and stand against each other at random. What is installed (all at 1) holds together; what
 * the repository has (at 2) need not.
 */
function randomCase(seed: number): OracleCase {
  const below = numbers(seed)
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T
  const name = () => `lab-r${below(COUNT)}`
  const field = (count: number, make: () => string) =>
    Array.from({ length: below(count + 1) }, make).join(', ')
  const before = () => `${name()}${one(['', ' (= 1)', ' (<< 2)', ' (>= 1)'])}`
  const after = () =>
    one([
      () => `${name()}${one(['', ' (= 1)', ' (= 2)', ' (>= 2)', ' (>= 2)', ' (<< 2)'])}`,
      () => `${name()} (= 2) | ${name()} (= 1)`,
      () => `lab-virtual${below(3)}`,
      () => (below(6) === 0 ? 'lab-gone' : name()),
    ])()
  const against = () => `${name()} ${one(['(= 2)', '(<< 2)', '(>= 2)', '(>> 2)'])}`
  const filled = (fields: Fields) =>
    Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))

  const installed: Fields[] = []
  const packages: Fields[] = []
  for (let at = 0; at < COUNT; at++) {
    const Package = `lab-r${at}`
    const Priority = one(['required', 'important', 'standard', 'optional', 'extra'])
    const Provides = at < 3 ? `lab-virtual${at}` : ''
    installed.push(
      filled({
        Package,
        Version: '1',
        Priority,
        Provides,
        Status: below(14) === 0 ? 'hold ok installed' : 'install ok installed',
        Depends: field(2, before),
        Recommends: field(1, below(3) === 0 ? after : before),
        Breaks: below(5) === 0 ? `${name()} (>= 2)` : '',
        Essential: below(12) === 0 ? 'yes' : '',
      }),
    )
    if (below(5) === 0) {
      continue
    }
    packages.push(
      filled({
        Package,
        Version: '2',
        Priority,
        Provides: below(4) === 0 ? '' : Provides,
        Depends: field(2, after),
        Recommends: field(1, after),
        Breaks: below(4) === 0 ? against() : '',
        Conflicts: below(8) === 0 ? against() : '',
      }),
    )
  }
  return { name: `random ${seed}`, mayTie: true, installed, repositories: [{ name: 'lab', packages }] }
}

/** script/long asks for more of them. */
export const RANDOM: readonly OracleCase[] = Array.from({ length: isEveryCase ? 300 : 15 }, (_, at) =>
  randomCase(20_261_124 + at),
)
