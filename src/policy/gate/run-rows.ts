import type * as z from 'zod'
import { flagSchema, wordsSchema } from '../shape.js'
import { inFile, isRefusal, oneOf, threshold, wordSchema } from './threshold.js'

/** Starting with the laxest. */
const ENGINES = ['builtin', 'auto', 'dbs'] as const

/**
 * A text other than the base's can't be compared with it: with more options or fewer, a different container is
 * judged. If the base sets none, it only adds section 5; see also laxer.ts.
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
    collects: true,
    input: { ...told, read: (text) => text },
  })
}

/**
 * How Docker Bench judges, and how the image is run for that. What runs next to the gate, or on the machine, is not
 * included (INPUTS_ONLY): a scan in a stranger's checkout must not run what the stranger names.
 */
export const RUN_ROWS = {
  'bench-engine': threshold<(typeof ENGINES)[number]>({
    fallback: 'auto',
    laxer: (asked, holds) => ENGINES.indexOf(asked) < ENGINES.indexOf(holds),
    file: inFile(
      wordSchema(ENGINES, 'is not one of auto, dbs, builtin'),
      'Which rules judge the image: dbs (Docker Bench itself), builtin (the built-in rules), or auto (both; only the built-in rules if Docker Bench is unavailable)',
    ),
    collects: true,
    input: null,
  }),
  'run-options': textThreshold(
    wordsSchema,
    'The docker run options with which you run the image; set either this or compose-file, not both',
    {
      value: 'OPTIONS',
      help: 'docker run options with which you run the image',
      description:
        'The docker run options with which you run the image. If neither run-options nor compose-file is set, section 5 of Docker Bench is not judged. Default: the value in gate.yml.',
    },
  ),
  'compose-file': textThreshold(
    wordsSchema,
    'Compose file that runs the image, relative to the working directory; set either this or run-options, not both',
    {
      value: 'FILE',
      help: 'compose file that runs the image',
      description: 'Compose file that runs the image. Default: the value in gate.yml.',
    },
  ),
  'compose-service': textThreshold(
    wordsSchema,
    'Service in compose-file that runs the image; optional if the file has only one service',
    {
      value: 'NAME',
      help: 'service in compose-file that runs the image; optional if the file has only one service',
      description:
        "Service in compose-file that runs the image. Default: the value in gate.yml, else the compose file's only service.",
    },
  ),
  start: threshold<boolean>({
    fallback: false,
    laxer: (asked, holds) => holds && !asked,
    collects: true,
    file: inFile(
      flagSchema,
      'true: run the image on an isolated network and inspect it while it runs',
      (flag) => String(flag) === 'true',
    ),
    input: {
      value: 'BOOLEAN',
      help: 'run the image on an isolated network and inspect it while it runs',
      description:
        'If true, runs the image on an isolated network and inspects it while it runs. Default: the value in gate.yml, else false.',
      read: (text) => {
        const word = oneOf(text, ['true', 'false'])
        return isRefusal(word) ? word : word === 'true'
      },
    },
  }),
} as const

/**
 * Inputs about what runs next to the gate or on the machine, which no file of a checkout may set, with the reason.
 */
export const INPUTS_ONLY: ReadonlyMap<string, string> = new Map([
  ...['bench-image', 'bench-source'].map((name) => [name, 'runs with access to the engine socket'] as const),
  ...['clair-image', 'postgres-image'].map((name) => [name, 'runs alongside the gate'] as const),
  ...['build-command', 'test-command', 'test-compose'].map((name) => [name, 'runs on the machine'] as const),
])
