import { sourceOf } from '../io/archive/image/image-name.js'
import { SECURITY_ARCHIVE, SeaworthyError } from '../model/index.js'
import { patchedName } from '../update/name.js'
import type { UpdateRequest } from '../update/request.js'
import { type PolicySource, WORK_TREE } from './policy-files.js'
import { readPushRequest } from './publish.js'
import { readTest } from './regression-test.js'
import { count, input, keyword, type ReadInput, readerOf, text } from './row.js'

const BOTH = ['action', 'update'] as const

export const UPDATE_INPUTS = {
  update: input(keyword(['off', 'suggest', 'prove', 'pull-request']), {
    default: 'suggest',
    where: ['action'],
    help: 'what to do about outdated packages: off, suggest, prove or pull-request',
    description:
      'What to do about outdated packages when the image fails: off, suggest (show commands), prove (build, test and judge a patched image) or pull-request (propose the Dockerfile change).',
  }),
  'update-by': input(keyword(['layer', 'dockerfile']), {
    where: BOTH,
    default: 'layer',
    help: 'how to update packages: layer (add a layer to the image) or dockerfile (add a line to the Dockerfile and rebuild)',
    description:
      'How to update packages: layer (one more on the image) or dockerfile (a line in the Dockerfile, as update: pull-request does).',
  }),
  'build-command': input(text, {
    where: BOTH,
    value: 'COMMAND',
    help: 'shell command that builds $IMAGE from $DOCKERFILE (default: docker build --pull --no-cache)',
    description:
      'Shell command that builds $IMAGE from $DOCKERFILE. Default: docker build --pull --no-cache.',
  }),
  'test-retries': input(count(10), {
    where: BOTH,
    default: '0',
    help: 'how many times to retry the test of a patched image',
    description: 'How many times to retry the test of a patched image. The original image is tested once.',
  }),
  'tag-suffix': input(text, {
    where: BOTH,
    default: '-patched',
    help: 'suffix for the tag of the patched image',
    description: 'Suffix for the tag of the patched image.',
  }),
}

/** What the action should update; `null` if nothing is built. */
export type RequestedUpdate = UpdateRequest | null

/**
 * Reads what the action should update, before any check starts. Throws `bad-input`.
 * @param base the base of a pull request; in other runs the work tree is read
 */
export function readUpdatePlan(
  images: readonly string[],
  inputs: ReadInput,
  base?: PolicySource,
): RequestedUpdate {
  const errors: string[] = []
  const mode = readerOf(UPDATE_INPUTS, inputs, errors)('update')
  throwErrors(errors)
  if (mode === 'prove' || mode === 'pull-request') {
    return readUpdateRequest(images, inputs, base)
  }
  if (inputs('push').trim() === 'patched') {
    const what =
      '"push: patched" needs an update that builds an image, so set "update: prove" or "update: pull-request"'
    throw new SeaworthyError({ code: 'bad-input', what, where: 'inputs' })
  }
  return null
}

/** For one build with the user's command. */
const BUILD_LIMIT_MS = 30 * 60_000

const BUILD = 'docker build --pull --no-cache -t "$IMAGE" -f "$DOCKERFILE" .'

/**
 * Reads the request to update one image, before anything starts. All errors at once; throws `bad-input`.
 * @param source where the compose file of the test is read from
 */
export function readUpdateRequest(
  images: readonly string[],
  inputs: ReadInput,
  source: PolicySource = WORK_TREE,
): UpdateRequest {
  const errors: string[] = []
  const read = readerOf(UPDATE_INPUTS, inputs, errors)
  const [image = ''] = images
  if (images.length !== 1) {
    errors.push(`image: an update takes exactly one image, not ${images.length}`)
  }
  const place = sourceOf(image).source
  if (place !== 'engine') {
    const [where, verb] = place === 'archive' ? ['an archive', 'load'] : ['in a registry', 'pull']
    errors.push(
      `image: ${JSON.stringify(image)} is ${where}; first ${verb} it with "docker ${verb}", because the update is built in the engine`,
    )
  }
  const test = readTest(inputs, errors, source)
  const { push, full } = readPushRequest(images, inputs, errors)
  const [testRetries, by] = [read('test-retries'), read('update-by')]
  // Errors in the mode are reported where it is read.
  const pullRequest = inputs('update').trim() === 'pull-request'
  const request: UpdateRequest = {
    image,
    by: by === 'dockerfile' || pullRequest ? 'dockerfile' : 'layer',
    buildCommand: read('build-command') || BUILD,
    buildLimitMs: BUILD_LIMIT_MS,
    test,
    testRetries,
    tagSuffix: read('tag-suffix'),
    push: push === 'patched' ? { full } : null,
    pullRequest,
    securityMirror: inputs('debian-security-mirror').trim() || SECURITY_ARCHIVE,
  }
  if (errors.length === 0) {
    try {
      patchedName(image, request.tagSuffix)
    } catch (error) {
      errors.push(`tag-suffix: ${error instanceof SeaworthyError ? error.problem.what : String(error)}`)
    }
  }
  if (!/^https?:\/\/[\w.:[\]-]+(?:\/[\w./~-]*)?$/.test(request.securityMirror)) {
    errors.push('debian-security-mirror: an update can use only an http(s) URL without credentials')
  }
  throwErrors(errors)
  return request
}

function throwErrors(errors: readonly string[]): void {
  if (errors.length === 0) {
    return
  }
  const what = errors.join('\n')
  const todo = 'correct the inputs; for a list of all inputs, run seaworthy update --help'
  throw new SeaworthyError({ code: 'bad-input', what, where: 'inputs', todo })
}
