import * as z from 'zod'
import { type TypeOf, textOrNull } from '../schemas.js'

/** How the application is tested, according to the inputs. */
export type RequestedTest =
  | { readonly kind: 'command'; readonly command: string }
  /** `document`: a compose file that reads no other files (src/model/run/compose-test.ts). */
  | { readonly kind: 'compose'; readonly document: string; readonly service: string }

export const TESTED_BY = ['command', 'compose'] as const satisfies readonly RequestedTest['kind'][]

export interface TestEnd {
  readonly ok: boolean
  /** "exit 0", "exit 1", "not done within 60 s". */
  readonly ended: string
  readonly seconds: number
  /** Its last lines, secrets of the environment masked. */
  readonly output: string
  /** True if it is certain that nothing in the engine used the image meanwhile. */
  readonly isImageUnused?: true
}

/** `not-run`: none was requested; `no-answer`: one was requested, and its result is not known. */
export const TEST_STATES = ['passed', 'failed', 'no-answer', 'not-run'] as const

export const RegressionTestSchema = z
  .strictObject({
    state: z.enum(TEST_STATES),
    by: z.enum(TESTED_BY).nullable().describe('What the input "test" names'),
    ended: textOrNull.describe('How the test ended, such as "exit 0"'),
    seconds: z.number().nullable(),
  })
  .describe(
    "The application's regression test; if the test did not finish, all fields except `state` are null",
  )
/** What is known about an image's regression test. */
export interface RegressionTest extends TypeOf<typeof RegressionTestSchema> {
  /** The end of the test, for the update that uses the result; `null` also if read from a report. */
  readonly output: TestEnd['output'] | null
  /** True if the test was not run for a minor or patch release, although a major one would need it. */
  readonly majorNeedsOne?: boolean
  /** As in `TestEnd`, for the update that uses the result. */
  readonly isImageUnused?: true
}

const NO_TEST_FACTS = { by: null, ended: null, seconds: null, output: null }
export const NOT_RUN: RegressionTest = { state: 'not-run', ...NO_TEST_FACTS }
export const NO_ANSWER: RegressionTest = { state: 'no-answer', ...NO_TEST_FACTS }

/** How it ended; `null` if it did not. */
export function endOfTest(test: RegressionTest): TestEnd | null {
  const { state, ended, seconds, output, isImageUnused } = test
  return ended === null || seconds === null
    ? null
    : {
        ok: state === 'passed',
        ended,
        seconds,
        output: output ?? '',
        ...(isImageUnused && { isImageUnused }),
      }
}
