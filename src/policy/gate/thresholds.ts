import type { ReleaseKind } from '../../model/release-tag.js'
import { THRESHOLDS } from './rows.js'
import type { Threshold } from './threshold.js'

export type ThresholdName = keyof typeof THRESHOLDS

/** `fail-on-unfixed` for people is `failOnUnfixed` here. */
export type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name
type Value<Row> = Row extends Threshold<infer T> ? T : never

/** The gate's settings from a policy file or an input; not where they were set, nor what is released. */
export type Thresholds = {
  readonly [Name in ThresholdName as CamelCase<Name>]: Value<(typeof THRESHOLDS)[Name]>
}

/** Thresholds and checks to run: policies/gate.yml and the inputs of the same names. */
export interface GatePolicy extends Thresholds {
  /** The kind of release; `null` if no version is named: then security updates count. */
  readonly release: ReleaseKind | null
  /** The file that was read; `null`: there was none at the default path. */
  readonly file: string | null
}

/** How vulnerabilities of programs are treated: as those of application packages, unless something else is set. */
export function treatedPrograms({ programs, application }: Pick<Thresholds, 'programs' | 'application'>) {
  return programs ?? application
}

/** The rows with their names, and their keys in `Thresholds`. */
export const THRESHOLD_ROWS: readonly {
  readonly name: ThresholdName
  readonly key: keyof Thresholds
  readonly row: Threshold<unknown>
}[] = Object.entries(THRESHOLDS).map(([name, row]) => ({
  name: name as ThresholdName,
  key: name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Thresholds,
  row,
}))

/**
 * The value of `thresholdOf` for each threshold, and nothing if it has none. A row's value has the row's own type,
 * which the compiler cannot follow through a loop.
 */
export function collectThresholds(
  thresholdOf: (one: (typeof THRESHOLD_ROWS)[number]) => unknown,
): Partial<Thresholds> {
  const said = THRESHOLD_ROWS.flatMap((one) => {
    const value = thresholdOf(one)
    return value === undefined ? [] : [[one.key, value] as const]
  })
  return Object.fromEntries(said) as Partial<Thresholds>
}

/** The defaults if neither policies/gate.yml nor an input sets them. */
export const DEFAULT_GATE: GatePolicy = {
  ...(collectThresholds(({ row }) => row.fallback) as Thresholds),
  release: null,
  file: null,
}
