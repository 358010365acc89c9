/** How the application is to be tested, as inputs say it. */
export type AskedTest =
  | { readonly kind: 'command'; readonly command: string }
  /** `document`: a compose file with nothing to be read beside it (src/inputs/test-compose.ts). */
  | { readonly kind: 'compose'; readonly document: string; readonly service: string }

/** The input that says how. */
export const TEST_INPUTS = { command: 'test-command', compose: 'test-compose' } as const
export const TESTED_BY = Object.values(TEST_INPUTS)

/** How a test of the application ended. */
export interface TestEnd {
  readonly ok: boolean
  /** "exit 0", "exit 1", "not done within 60 s". */
  readonly ended: string
  readonly seconds: number
  /** Its last lines, secrets of the environment masked. */
  readonly output: string
}

/** `not-run`: nobody has asked for one; `no-answer`: it was asked for, and nobody knows how it ends. */
export const TEST_STATES = ['passed', 'failed', 'no-answer', 'not-run'] as const

/** What is known of the regression test of an image; all but the state is `null` where it has not ended. */
export interface RegressionTest {
  readonly state: (typeof TEST_STATES)[number]
  readonly by: (typeof TESTED_BY)[number] | null
  readonly ended: TestEnd['ended'] | null
  readonly seconds: TestEnd['seconds'] | null
  /** For the update that goes on from there; `null` also in what was read from a report. */
  readonly output: TestEnd['output'] | null
}

const NOTHING = { by: null, ended: null, seconds: null, output: null }
export const NOT_RUN: RegressionTest = { state: 'not-run', ...NOTHING }
export const NO_ANSWER: RegressionTest = { state: 'no-answer', ...NOTHING }

/** How it ended; `null` where it has not. */
export function endOfTest({ state, ended, seconds, output }: RegressionTest): TestEnd | null {
  return ended === null || seconds === null
    ? null
    : { ok: state === 'passed', ended, seconds, output: output ?? '' }
}
