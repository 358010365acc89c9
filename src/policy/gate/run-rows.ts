import * as z from 'zod'
import { PLATFORM, type PlatformChoice } from '../../model/index.js'
import { textSchema } from '../shape.js'
import { keywordThreshold } from './kinds.js'
import { fileKey, hasMore, isRefusal, listFrom, noneIn, refuse, threshold } from './threshold.js'

const PLATFORM_ERROR = 'is not a platform such as linux/arm64'
const MAX_PLATFORM_LENGTH = 20

const MANY_ERROR = `has more than ${MAX_PLATFORM_LENGTH} platforms; use "all" instead`

const platformsSchema = z
  .array(z.string().regex(PLATFORM, PLATFORM_ERROR))
  .min(1, noneIn('platform', "to use the engine's platform"))
  .max(MAX_PLATFORM_LENGTH, MANY_ERROR)
const platformSchema = z.union([z.literal('all'), platformsSchema], {
  error: 'is neither "all" nor a list of platforms, such as [linux/amd64, linux/arm64]',
})

function readPlatform(text: string) {
  if (text.trim() === 'all') {
    return 'all'
  }
  const names = listFrom(text, (name) => PLATFORM.test(name), PLATFORM_ERROR)
  if (names === undefined || isRefusal(names)) {
    return names
  }
  return names.length > MAX_PLATFORM_LENGTH ? refuse(MANY_ERROR) : [...new Set(names)]
}

/**
 * A pull request may add platforms to those of the base, but may not leave any out. If the base names none, the
 * workflow does, as it names the images: the check's name then shows what is judged.
 */
function isLaxerPlatform(requested: PlatformChoice, current: PlatformChoice): boolean {
  if (current === null || requested === 'all') {
    return false
  }
  // By text: in an index, linux/arm64 may differ from linux/arm64/v8.
  return requested === null || current === 'all' || hasMore(current, requested)
}

export const PLATFORM_ROW = {
  platform: threshold<PlatformChoice>({
    text: 'Platforms to judge if an image has several: "all", or names such as linux/arm64, separated by commas. The worst verdict decides',
    fallback: null,
    unset: "the engine's platform",
    laxer: isLaxerPlatform,
    file: fileKey(platformSchema, (value): PlatformChoice => (value === 'all' ? value : [...new Set(value)])),
    collects: true,
    input: { value: 'LIST', read: readPlatform },
  }),
} as const

/** What is started from the image, and the test that it becomes healthy. `auto`: whatever has options to start it with. */
export const START_MODES = ['auto', 'false', 'true', 'given', 'hardened'] as const
export type StartMode = (typeof START_MODES)[number]

/** Strictest first. */
const ENGINES = ['both-required', 'both', 'builtin'] as const
export type BenchEngine = (typeof ENGINES)[number]

/** Starting with the laxest; `given` and `hardened` make two different tests, so neither replaces the other. */
const STRICTNESS: Readonly<Record<StartMode, number>> = { false: 0, auto: 1, true: 2, given: 3, hardened: 3 }

/** Only one of the two tests is made, so neither replaces the other. */
function isLaxerStart(requested: StartMode, current: StartMode): boolean {
  const isLess = STRICTNESS[requested] < STRICTNESS[current]
  return requested !== current && (isLess || STRICTNESS[current] === STRICTNESS.given)
}

/**
 * A text other than the base's can't be compared with it: with more options or fewer, a different container is
 * judged. If the base sets none, the input only adds the checks of section 5; see also laxer.ts.
 */
function runThreshold(value: string, texts: { readonly text: string; readonly unset?: string }) {
  return threshold<string | null>({
    ...texts,
    fallback: null,
    laxer: (requested, current) => current !== null && requested !== current,
    file: fileKey(textSchema, (text) => text.trim()),
    collects: true,
    input: { value, read: (text) => text },
  })
}

/**
 * How Docker Bench judges, and how the image is run for that. What runs next to the gate, or on the machine, is not
 * included (INPUTS_ONLY): a scan in a stranger's checkout must not run what the stranger names.
 */
export const RUN_ROWS = {
  // It also decides what a release needs (release-rules.ts), so it is a part of the policy's digest.
  'bench-engine': keywordThreshold<BenchEngine>({
    text: 'Which rules judge the image: both (Docker Bench itself and the built-in rules; only the built-in rules if Docker Bench is unavailable, which is not enough for a release), both-required (the verdict is incomplete if Docker Bench is unavailable) or builtin (the built-in rules alone)',
    fallback: 'both',
    keywords: ENGINES,
    former: { auto: 'both', dbs: 'both-required' },
  }),
  'run-options': runThreshold('OPTIONS', {
    text: 'The docker run options with which you run the image. Section 5 of Docker Bench judges them; set either this or compose-file',
  }),
  'compose-file': runThreshold('FILE', {
    text: 'Compose file that runs the image, relative to the working directory',
  }),
  'compose-service': runThreshold('NAME', {
    text: 'Service in compose-file that runs the image',
    unset: 'the only service, or the only one with this image',
  }),
  start: keywordThreshold<StartMode>({
    text: 'Whether to run the image on an isolated network and inspect it: auto (if run options or a compose file are set), false, true, given or hardened. The last two also test that it becomes healthy: with your own options, or read-only, not as root and without capabilities',
    fallback: 'auto',
    keywords: START_MODES,
    laxer: isLaxerStart,
    collects: true,
    isInput: true,
  }),
} as const

/** Inputs about what runs next to the gate or on the machine, which no file of a checkout may set, with the reason. */
export const INPUTS_ONLY: ReadonlyMap<string, string> = new Map([
  ...['bench-image', 'bench-source'].map((name) => [name, 'runs with access to the engine socket'] as const),
  ...['clair-image', 'postgres-image'].map((name) => [name, 'runs alongside the gate'] as const),
  ...['build-command', 'test'].map((name) => [name, 'runs on the machine'] as const),
])
