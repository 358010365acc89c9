import type * as z from 'zod'
import { wordsSchema } from '../shape.js'
import { flagThreshold, inFile, oneOf, threshold, wordSchema } from './threshold.js'

/** From the laxest on. */
const ENGINES = ['builtin', 'auto', 'dbs'] as const

/**
 * Another text than the base's can't be compared with it: with more options or fewer, it is another container that is
 * judged. One that the base leaves out only adds what section 5 says; see also laxer.ts.
 */
const isAnother = (asked: string | null, holds: string | null) => holds !== null && asked !== holds

function textThreshold(
  schema: z.ZodType<string>,
  about: string,
  told: { readonly value: string; readonly help: string; readonly description: string },
) {
  return threshold<string | null>({
    fallback: null,
    laxer: isAnother,
    file: inFile(schema, about, (text): string | null => text.trim()),
    input: { ...told, replay: false, read: (text) => text },
  })
}

/**
 * How Docker Bench judges, and how the image is run for that. What runs beside the gate, or on the machine, is no part
 * of it (INPUTS_ONLY): a scan in a stranger's checkout must not run what he names.
 */
export const RUN_ROWS = {
  'bench-engine': threshold<(typeof ENGINES)[number]>({
    fallback: 'auto',
    laxer: (asked, holds) => ENGINES.indexOf(asked) < ENGINES.indexOf(holds),
    file: inFile(
      wordSchema(ENGINES, 'is none of auto, dbs, builtin'),
      'Who judges by Docker Bench; auto asks Docker Bench itself too, and goes on without it where it cannot be had',
    ),
    input: {
      value: 'WORD',
      replay: false,
      help: 'auto, dbs or builtin: who judges by Docker Bench (default: auto)',
      description:
        'Who judges by Docker Bench (auto, dbs or builtin). auto asks Docker Bench itself too, and goes on without it where it cannot be had. Empty means as the gate file says, else auto.',
      read: (text) => oneOf(text, ['auto', 'dbs', 'builtin'] as const),
    },
  }),
  'run-options': textThreshold(
    wordsSchema,
    'Options of the docker run line by which the image is run; this or compose-file',
    {
      value: 'OPTIONS',
      help: 'options of the docker run line by which the image is run',
      description:
        'Options of the docker run line by which the image is run. Empty means as the gate file says. Without them and a compose file section 5 is not judged.',
    },
  ),
  'compose-file': textThreshold(
    wordsSchema,
    'Compose file that says how the image is run, from the working folder; this or run-options',
    {
      value: 'FILE',
      help: 'compose file that says how the image is run',
      description: 'Compose file that says how the image is run. Empty means as the gate file says.',
    },
  ),
  'compose-service': textThreshold(
    wordsSchema,
    'The service of compose-file that runs the image; may be left out where there is one',
    {
      value: 'NAME',
      help: 'its service; may be left out where there is one',
      description:
        'The service of compose-file that runs the image. Empty means as the gate file says, else the only one that there is.',
    },
  ),
  start: flagThreshold({
    laxer: (asked, holds) => holds && !asked,
    replay: false,
    about: 'true: the image is started, without a way out, to judge it running',
    help: 'start the image, without a way out, to judge it running',
    description:
      'If true, the image is started, without a way out, to judge it running. Empty means as the gate file says, else false.',
  }),
} as const

/** Inputs of what runs beside the gate or on the machine, which no file of a checkout may name: why not. */
export const INPUTS_ONLY: ReadonlyMap<string, string> = new Map([
  ...['bench-image', 'bench-source'].map((name) => [name, 'runs with the socket of the engine'] as const),
  ...['clair-image', 'postgres-image'].map((name) => [name, 'runs beside the gate'] as const),
  ...['build-command', 'test-command', 'test-compose'].map((name) => [name, 'runs on the machine'] as const),
])
