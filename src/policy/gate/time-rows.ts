import * as z from 'zod'
import { fileKey, refuse, threshold } from './threshold.js'

/** A day. */
const MAX_SECONDS = 86_400

/** Time limits of parts of a run, in seconds. */
export const DEFAULT_TIMEOUTS = { download: 120, clair: 120, start: 60, test: 300, update: 3600 }
export type Timeouts = Readonly<typeof DEFAULT_TIMEOUTS>

/** Seconds, more than 0, as text, or as a number for JSON Schema in editors. */
function secondsSchema(most = MAX_SECONDS) {
  const error = `is not a number of seconds, at most ${most}`
  return z.union(
    [z.string().refine((text) => isSeconds(text, most), error), z.number().positive().max(most)],
    { error },
  )
}

function isSeconds(text: string, most: number): boolean {
  return /^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= most
}

export const TIME_ROWS = {
  /** For the whole run, in seconds. Out of time is no answer, and never a pass. */
  timeout: threshold<number>({
    fallback: 900,
    laxer: () => false,
    collects: true,
    file: fileKey(
      secondsSchema(),
      'Time limit for the whole run, in seconds. A check that has no answer by then makes the verdict incomplete',
      Number,
    ),
    input: {
      value: 'SECONDS',
      help: 'time limit for the whole run (default: 900)',
      description:
        'Time limit for the whole run, in seconds; its parts are the key timeouts of gate.yml. Default: the value in gate.yml, else 900.',
      read: (text) =>
        isSeconds(text, MAX_SECONDS)
          ? Number(text)
          : refuse(`${JSON.stringify(text)} is not a number of seconds`),
    },
  }),
  timeouts: threshold<Timeouts>({
    fallback: DEFAULT_TIMEOUTS,
    // In more time, the image may become healthy, or the test may pass.
    laxer: (requested, current) => requested.start > current.start || requested.test > current.test,
    collects: true,
    file: fileKey(
      z.strictObject({
        download: secondsSchema().optional().describe('For each package index, and for the tracker data'),
        clair: secondsSchema().optional().describe('For each step that waits for Clair'),
        start: secondsSchema(3600).optional().describe('For the image to become healthy'),
        test: secondsSchema().optional().describe('For the regression test'),
        update: secondsSchema().optional().describe('For a whole update, with its builds and tests'),
      }),
      'Time limits for parts of a run, in seconds: download, clair, start, test and update',
      (value): Timeouts => ({
        ...DEFAULT_TIMEOUTS,
        ...Object.fromEntries(Object.entries(value).map(([part, seconds]) => [part, Number(seconds)])),
      }),
    ),
    input: null,
  }),
} as const
