import * as z from 'zod'
import { numberKey, numberSchema, numberThreshold } from './kinds.js'
import { fileKey, sameInput, threshold } from './threshold.js'

/** A day. */
const MAX_SECONDS = 86_400

/** Time limits of parts of a run, in seconds. */
export const DEFAULT_TIMEOUTS = { download: 120, clair: 120, start: 60, test: 300, update: 3600 }
export type Timeouts = Readonly<typeof DEFAULT_TIMEOUTS>

const seconds = (most: number) => [z.number().positive().max(most), `of seconds, at most ${most}`] as const
const SECONDS = numberKey(...seconds(MAX_SECONDS))

const part = (about: string, most = MAX_SECONDS) =>
  numberSchema(...seconds(most))
    .optional()
    .describe(about)
const partsSchema = z.strictObject({
  download: part('For each package index, and for the tracker data'),
  clair: part('For each step that waits for Clair'),
  start: part('For the image to become healthy', 3600),
  test: part('For the regression test'),
  update: part('For a whole update, with its builds and tests'),
})

function readParts(parts: z.infer<typeof partsSchema>): Timeouts {
  const all = Object.entries(parts).map(([name, value]) => [name, Number(value)])
  return { ...DEFAULT_TIMEOUTS, ...Object.fromEntries(all) }
}

export const TIME_ROWS = {
  timeout: numberThreshold<number>({
    text: 'Time limit for the whole run, in seconds. A check without an answer by then makes the verdict incomplete',
    fallback: 900,
    // Out of time is no answer, and never a pass.
    laxer: () => false,
    collects: true,
    file: SECONDS,
    input: sameInput('SECONDS', SECONDS),
  }),
  timeouts: threshold<Timeouts>({
    text: 'Time limits for parts of a run, in seconds: download, clair, start, test and update',
    fallback: DEFAULT_TIMEOUTS,
    // In more time, the image may become healthy, or the test may pass.
    laxer: (requested, current) => requested.start > current.start || requested.test > current.test,
    collects: true,
    file: fileKey(partsSchema, readParts),
  }),
} as const
