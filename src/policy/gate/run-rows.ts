import * as z from 'zod'
import { PLATFORM, type PlatformChoice } from '../../model/image/platforms.js'
import { textSchema } from '../shape.js'
import { fileKey, isRefusal, listFrom, oneOf, refuse, threshold } from './threshold.js'

const PLATFORM_ERROR = 'is not a platform such as linux/arm64'
const MAX_PLATFORM_LENGTH = 20

/**
 * Which platforms are judged: null for the engine's, the default; a list; all. A pull request may add platforms to
 * those of the base, but may not leave any out. If the base names none, the workflow does, as it names the images:
 * the check's name then shows what is judged.
 */
export const PLATFORM_ROW = {
  platform: threshold<PlatformChoice>({
    fallback: null,
    laxer: (requested, current) => {
      if (current === null || requested === 'all') {
        return false
      }
      // By text: in an index, linux/arm64 may differ from linux/arm64/v8.
      return requested === null || current === 'all' || current.some((one) => !requested.includes(one))
    },
    file: fileKey(
      z.union(
        [
          z.literal('all'),
          z
            .array(z.string().regex(PLATFORM, PLATFORM_ERROR))
            .min(1, "must contain at least one platform; omit the key to use the engine's platform")
            .max(MAX_PLATFORM_LENGTH, `has more than ${MAX_PLATFORM_LENGTH} platforms; use "all" instead`),
        ],
        { error: 'is neither "all" nor a list of platforms, such as [linux/amd64, linux/arm64]' },
      ),
      'Platforms to judge if an image has several: "all", or a list such as [linux/amd64, linux/arm64]; default: the engine\'s platform',
      (value): PlatformChoice => (value === 'all' ? value : [...new Set(value)]),
    ),
    collects: true,
    input: {
      value: 'LIST',
      help: 'platforms to judge: "all", or a list such as linux/amd64,linux/arm64 (default: the engine\'s platform)',
      description:
        'Platforms to judge if an image has several: "all", or a list such as linux/amd64,linux/arm64. The worst verdict decides. Default: the value in gate.yml, else the engine\'s platform.',
      read: (text) => {
        if (text.trim() === 'all') {
          return 'all'
        }
        const names = listFrom(text, (name) => PLATFORM.test(name), PLATFORM_ERROR)
        if (names === undefined || isRefusal(names)) {
          return names
        }
        return names.length > MAX_PLATFORM_LENGTH
          ? refuse(`has more than ${MAX_PLATFORM_LENGTH} platforms; use "all" instead`)
          : [...new Set(names)]
      },
    },
  }),
} as const

/** What is started from the image, and the test that it becomes healthy. `auto`: whatever has options to start it with. */
export const START_MODES = ['auto', 'false', 'true', 'given', 'hardened'] as const
export type StartMode = (typeof START_MODES)[number]

/** Starting with the laxest. */
const ENGINES = ['builtin', 'both', 'both-required'] as const
export type BenchEngine = (typeof ENGINES)[number]

/** Former names of two of these, with today's. */
const FORMER_ENGINES: ReadonlyMap<unknown, string> = new Map([
  ['auto', 'both'],
  ['dbs', 'both-required'],
])
const engineError = ({ input }: { readonly input?: unknown }) => {
  const now = FORMER_ENGINES.get(input)
  return now === undefined ? 'is not one of both, both-required, builtin' : `no longer exists; write ${now}`
}

/** Starting with the laxest; `given` and `hardened` make two different tests, so neither replaces the other. */
const STRICTNESS: Readonly<Record<StartMode, number>> = { false: 0, auto: 1, true: 2, given: 3, hardened: 3 }

/**
 * A text other than the base's can't be compared with it: with more options or fewer, a different container is
 * judged. If the base sets none, the input only adds the checks of section 5; see also laxer.ts.
 */
const differs = (requested: string | null, current: string | null) =>
  current !== null && requested !== current

function textThreshold(
  schema: z.ZodType<string>,
  about: string,
  texts: { readonly value: string; readonly help: string; readonly description: string },
) {
  return threshold<string | null>({
    fallback: null,
    laxer: differs,
    file: fileKey(schema, about, (text): string | null => text.trim()),
    collects: true,
    input: { ...texts, read: (text) => text },
  })
}

/**
 * How Docker Bench judges, and how the image is run for that. What runs next to the gate, or on the machine, is not
 * included (INPUTS_ONLY): a scan in a stranger's checkout must not run what the stranger names.
 */
export const RUN_ROWS = {
  /** It also decides what a release needs (release-rules.ts), so it is a part of the policy's digest. */
  'bench-engine': threshold<BenchEngine>({
    fallback: 'both',
    laxer: (requested, current) => ENGINES.indexOf(requested) < ENGINES.indexOf(current),
    file: fileKey(
      z.enum(ENGINES, { error: engineError }),
      'Which rules judge the image: both (Docker Bench itself and the built-in rules; only the built-in rules if Docker Bench is unavailable, which is not enough for a release), both-required (the verdict is incomplete if Docker Bench is unavailable) or builtin (the built-in rules alone)',
    ),
    input: null,
  }),
  'run-options': textThreshold(
    textSchema,
    'The docker run options with which you run the image; set either this or compose-file, not both',
    {
      value: 'OPTIONS',
      help: 'docker run options with which you run the image',
      description:
        'The docker run options with which you run the image, for section 5 of Docker Bench. Default: the value in gate.yml.',
    },
  ),
  'compose-file': textThreshold(
    textSchema,
    'Compose file that runs the image, relative to the working directory; set either this or run-options, not both',
    {
      value: 'FILE',
      help: 'compose file that runs the image',
      description: 'Compose file that runs the image. Default: the value in gate.yml.',
    },
  ),
  'compose-service': textThreshold(
    textSchema,
    'Service in compose-file that runs the image; optional if only one service does',
    {
      value: 'NAME',
      help: 'service in compose-file that runs the image; optional if only one service does',
      description:
        'Service in compose-file that runs the image. Default: the value in gate.yml, else the only service, or the only one with this image.',
    },
  ),
  start: threshold<StartMode>({
    fallback: 'auto',
    // Only one of the two tests is made, so neither replaces the other.
    laxer: (requested, current) =>
      requested !== current &&
      (STRICTNESS[requested] < STRICTNESS[current] || STRICTNESS[current] === STRICTNESS.given),
    collects: true,
    file: fileKey(
      z.union([z.enum(START_MODES), z.boolean()], { error: `is not one of ${START_MODES.join(', ')}` }),
      'auto: run the image on an isolated network and inspect it while it runs, if run-options or compose-file is set; true: always; false: never; given, hardened: also test that it becomes healthy, with the options in run-options or compose-file, or with hardened ones (read-only, not root, no capabilities)',
      (value): StartMode => (typeof value === 'boolean' ? `${value}` : value),
    ),
    input: {
      value: 'WORD',
      help: 'whether to run the image and inspect it: auto (with run options or a compose file), false, true, given or hardened (the last two also test that it becomes healthy)',
      description:
        'Whether to run the image on an isolated network and inspect it: auto (if run options or a compose file are set), false, true, given or hardened. The last two also test that it becomes healthy: with your own options, or read-only, not as root and without capabilities. Default: the value in gate.yml, else auto.',
      read: (text) => oneOf(text, START_MODES),
    },
  }),
} as const

/**
 * Inputs about what runs next to the gate or on the machine, which no file of a checkout may set, with the reason.
 */
export const INPUTS_ONLY: ReadonlyMap<string, string> = new Map([
  ...['bench-image', 'bench-source'].map((name) => [name, 'runs with access to the engine socket'] as const),
  ...['clair-image', 'postgres-image'].map((name) => [name, 'runs alongside the gate'] as const),
  ...['build-command', 'test'].map((name) => [name, 'runs on the machine'] as const),
])
