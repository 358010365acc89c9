import type { CheckRequests } from '../checks/collectors.js'
import { archiveError } from '../io/archive/formats/problems.js'
import { referenceError, sourceOf } from '../io/archive/image/image-name.js'
import { defaultCacheDir, exists } from '../io/files/files.js'
import { type PolicyNotice, type ReleaseKind, SeaworthyError } from '../model/index.js'
import { misspelt } from '../policy/errors.js'
import { DEFAULT_GATE } from '../policy/gate/thresholds.js'
import type { PublishRequest } from '../publish/request.js'
import type { BasePolicies } from './base-policies.js'
import { readBenchRequest } from './bench.js'
import { readClairRequest } from './clair.js'
import { ARCHIVE_INPUTS, readArchiveRequest, readFeeds } from './feeds.js'
import { gatherErrors, type InputErrors } from './input-errors.js'
import { type Judging, type RunPolicy, readGateOnly, readJudging, readPolicies } from './policies.js'
import { BRANCH_INPUTS } from './policy-branch.js'
import type { PolicySource } from './policy-files.js'
import {
  analysisText,
  jobText,
  lineOrMatrix,
  type PushRequest,
  readPublishRequest,
  readPushRequest,
} from './publish.js'
import { readRegressionTest } from './regression-test.js'
import { type ReadInput, readerOf } from './row.js'
import { FOLDER_INPUTS, IMAGE_INPUTS } from './run.js'
import { STRUCK_INPUTS } from './struck.js'
import { INPUTS } from './table.js'

/** Everything that was requested, in usable form: the gate's own part, and a group for each owner. */
export interface Request extends CheckRequests {
  readonly images: readonly string[]
  /**
   * For an image that an update has made: its name in policies and reports, and the layers of the image that it was
   * made from. Else `null`.
   */
  readonly judgedAs: { readonly reference: string; readonly unpatched: readonly string[] } | null
  /** `null`: search the working directory. */
  readonly dockerfile: string | null
  readonly timeoutMs: number
  readonly saveEvidence: string | null
  /** The policy's inputs that hold, for a replay of that evidence. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly push: PushRequest
  readonly publish: PublishRequest
}

/**
 * Reads the whole request of a scan, reporting all errors of inputs, names and policies at once.
 * @param now as in `readJudging`
 * @param policies those of a pull request's base; `null` elsewhere
 * @param env the action's environment, in which the runner puts its inputs; empty for the command, which has flags
 */
export function readScan(
  images: readonly string[],
  inputs: ReadInput,
  now: string,
  policies: BasePolicies | null = null,
  env: NodeJS.ProcessEnv = {},
): { readonly request: Request; readonly judging: Judging } {
  const [first, ofPolicies] = [gatherErrors(), gatherErrors()]
  refuseUnknownInputs(env, first.messages)
  const settings = ofPolicies.attempt(() =>
    policies === null ? readPolicies(inputs, now) : readBoundPolicies(inputs, now, policies),
  )
  const request = first.attempt(() =>
    readRequest([...new Set(images)], inputs, settings?.run ?? null, policies?.base),
  )
  // Errors in policies are reported last, although they had to be read first.
  first.attempt(() => ofPolicies.throwAny())
  first.throwAny()
  if (request === null || settings === null) {
    throw new Error('an error was not reported')
  }
  const { judging } = settings
  const notices = [...judging.notices, ...tagNotices(judging.policy.gate.release, env)]
  return { request: { ...request, inputs: judging.inputs }, judging: { ...judging, notices } }
}

/** A tag that was meant as a version, such as `v2.0` or `2026.12.01`, makes no release: then its rules do not apply. */
function tagNotices(release: ReleaseKind | null, env: NodeJS.ProcessEnv): readonly PolicyNotice[] {
  const { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name = '' } = env
  if (release !== null || type !== 'tag' || !/\d/.test(name)) {
    return []
  }
  const text = `the tag ${JSON.stringify(name.slice(0, 200))} is not a version (such as 1.2.3 or v1.2.3), so what gate.yml requires of a release does not apply; if this is one, set the input "release" to its kind (major, minor or patch)`
  return [{ kind: 'default', place: null, text }]
}

/** The base's policies hold. The change's must be readable too: after the merge they are the base's. */
function readBoundPolicies(inputs: ReadInput, now: string, { base, proposed }: BasePolicies) {
  const bound = readPolicies(inputs, now, base)
  if (proposed === null) {
    return bound
  }
  return { ...bound, judging: { ...bound.judging, proposed: readJudging(inputs, now, proposed).policy } }
}

/**
 * Reads what to collect. All errors at once; throws `bad-input` or `bad-image-name`.
 * @param run how the image is run, from policies that were already read; `null` if they have errors
 * @param source where the compose file of the test is read from
 */
export function readRequest(
  images: readonly string[],
  inputs: ReadInput,
  run?: RunPolicy | null,
  source?: PolicySource,
): Request {
  const gathered = gatherErrors()
  const policy = run === undefined ? gathered.attempt(() => readGateOnly(inputs).run) : run
  const { messages: errors } = gathered
  const ownInputs = { ...IMAGE_INPUTS, ...FOLDER_INPUTS, ...ARCHIVE_INPUTS }
  const { timeout, timeouts } = policy ?? DEFAULT_GATE
  const read = readerOf(ownInputs, inputs, errors)
  refuseImages(images, gathered)
  refuseFormerInputs(inputs, errors)
  // `policies-from` was read with the base's policies; without a base, a wrong value is still reported.
  readerOf(BRANCH_INPUTS, inputs, errors)('policies-from')
  const request: Request = {
    images,
    judgedAs: null,
    dockerfile: existingFile(read('dockerfile'), errors),
    clair: readClairRequest(images, inputs, errors, timeouts, source?.binding === true),
    timeoutMs: timeout * 1000,
    downloadTimeoutMs: timeouts.download * 1000,
    saveEvidence: read('save-evidence'),
    archive: readArchiveRequest(inputs, errors, policy),
    cacheDir: read('cache-dir') ?? defaultCacheDir(),
    feeds: readFeeds(inputs, errors, process.env, policy),
    bench: readBenchRequest(images, inputs, errors, policy),
    regressionTest: readRegressionTest(inputs, errors, timeouts, source),
    push: readPushRequest(images, inputs, errors),
    publish: {
      ...readPublishRequest(inputs, errors),
      settings: settingsText(inputs),
      job: jobText(images, inputs),
      analysis: analysisText(inputs),
    },
  }
  gathered.throwAny()
  return request
}

/**
 * Inputs that say nothing about how images are judged, or differ with each build or run, as the ports of services do,
 * and secrets.
 */
const NO_SETTINGS: ReadonlySet<string> = new Set([
  ...['release', 'line', 'matrix', 'baseline', 'clair-url', 'layer-url'],
  ...['image', 'report-dir', 'save-evidence', 'cache-dir', 'verbose', 'debug', 'today'],
  ...['github-token', 'clair-psk', 'clair-psk-issuer'],
])

/** How the images are judged, by all inputs about that, and by which job. */
function settingsText(inputs: ReadInput): string {
  const settings = INPUTS.filter(({ name }) => !NO_SETTINGS.has(name))
  const texts = settings.map(({ name }) => [name, inputs(name).trim()])
  return JSON.stringify([...texts, lineOrMatrix(inputs)])
}

/** The runner passes inputs that action.yml does not list, with a warning only. */
function refuseFormerInputs(inputs: ReadInput, errors: string[]): void {
  for (const [name, advice] of STRUCK_INPUTS) {
    if (inputs(name).trim() !== '') {
      errors.push(`${name}: this is not an input: ${advice}`)
    }
  }
}

const ACTION_INPUTS = INPUTS.filter(({ where }) => where.includes('action')).map(({ name }) => name)

/**
 * The runner passes an input with a misspelt name as a variable too. What may be another name is not refused: others
 * may set such variables, and the runner warns about names in the step itself (actions/runner, "Unexpected input(s)").
 */
function refuseUnknownInputs(env: NodeJS.ProcessEnv, errors: string[]): void {
  for (const variable of Object.keys(env).filter((one) => one.startsWith('INPUT_'))) {
    const name = variable.slice('INPUT_'.length).toLowerCase()
    const meant = misspelt(name, ACTION_INPUTS)
    if (meant !== null && !STRUCK_INPUTS.has(name)) {
      errors.push(
        `unknown input ${JSON.stringify(name)}; did you mean ${meant}? (If this step does not set it, unset the variable ${variable})`,
      )
    }
  }
}

/** Limit per run: a comment, a summary and a page must have room for every image. */
const MAX_IMAGES = 100

/**
 * A file that an input names must exist; otherwise findings would silently have no lines. The default file may be
 * absent.
 */
function existingFile(file: string | null, errors: string[]): string | null {
  if (file !== null && !exists(file)) {
    errors.push(`dockerfile: there is no file ${JSON.stringify(file)}; omit this input to search for one`)
  }
  return file
}

function refuseImages(images: readonly string[], { messages, attempt }: InputErrors): void {
  if (images.length === 0) {
    messages.push('image: specify at least one image or archive')
  }
  if (images.length > MAX_IMAGES) {
    messages.push(
      `image: ${images.length} images were specified, but one run judges at most ${MAX_IMAGES}; split them across several jobs, for example with a matrix`,
    )
    return
  }
  for (const image of images) {
    if (/[\s\0]/.test(image.replaceAll(' ', '')) || image.trim() === '' || image.startsWith('-')) {
      messages.push(`image: ${JSON.stringify(image)} is not a valid image name`)
    } else {
      attempt(() => refuseImage(image))
    }
  }
}

/** By its form alone, as an archive is recognized: a reference of that form would be pulled from Docker Hub. */
const COMPOSE_FILE = /\.ya?ml$/i
const BAKE_FILE = /\.(?:json|hcl)$/i

function refuseImage(image: string): void {
  if (COMPOSE_FILE.test(image) || BAKE_FILE.test(image)) {
    throw namesImages(image)
  }
  const { source, name } = sourceOf(image)
  // A missing file is reported without feeds and services.
  if (source === 'archive' && !exists(name)) {
    throw archiveError('no-such-archive', name, 'no such file')
  }
  // The engine would refuse it too, but only after everything was started.
  const error = source === 'archive' ? null : referenceError(name)
  if (error !== null) {
    const what = `${JSON.stringify(name)} is not an image name: ${error}`
    throw new SeaworthyError({ code: 'bad-image-name', what, where: 'image' })
  }
}

function namesImages(file: string): SeaworthyError {
  const list = BAKE_FILE.test(file)
    ? "docker buildx bake --print | jq -r '.target[].tags[0] // empty'"
    : 'docker compose config --images'
  const what = `${JSON.stringify(file)} is a compose or bake file, not an image`
  const todo = `list the images that it names (${list}), and pass those, one per line; if this is an image, add its tag`
  return new SeaworthyError({ code: 'bad-image-name', what, where: 'image', todo })
}
