import { SECURITY_ARCHIVE } from '../debian/apt/command.js'
import { isArchive } from '../io/archive/image-name.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import { patchedName } from '../update/name.js'
import type { UpdateRequest } from '../update/request.js'
import type { TestSpec } from '../update/test.js'
import { testEnvironment } from '../update/test-command.js'
import { type PolicySource, WORK_TREE } from './policy-files.js'
import {
  boolean,
  count,
  type Given,
  input,
  inSeconds,
  type Row,
  readerOf,
  type Type,
  text,
  word,
} from './row.js'
import { readTestCompose } from './test-compose.js'

const UPDATE_MODES = ['off', 'suggest', 'prove', 'pull-request'] as const
export type UpdateMode = (typeof UPDATE_MODES)[number]

const limit = inSeconds(() => 'not a number of seconds')

/** An input of the action and of `seaworthy update`. */
function updating<T>(
  type: Type<T>,
  told: {
    readonly default?: string
    readonly value?: string
    readonly help: string
    readonly description: string
  },
): Row<T> {
  return input(type, { where: ['action', 'update'], ...told })
}

export const UPDATE_INPUTS = {
  update: input(word(UPDATE_MODES), {
    default: 'suggest',
    where: ['action'],
    help: 'off, suggest, prove or pull-request',
    description:
      'What is done about packages to update when the image fails: off, suggest (the commands only), prove (a patched image is built, tested and judged), pull-request (the Dockerfile change as a pull request).',
  }),
  'update-by': updating(word(['layer', 'dockerfile']), {
    default: 'layer',
    help: 'layer on the image, or dockerfile: a line in it, and a build',
    description:
      'How packages are updated, layer (one more on the image) or dockerfile (a line in it, and the image built again; pull-request always does so).',
  }),
  'build-command': updating(text, {
    value: 'COMMAND',
    help: 'builds $IMAGE from $DOCKERFILE (default: docker build --pull --no-cache)',
    description:
      'Shell command that builds $IMAGE from the Dockerfile at $DOCKERFILE, for update-by dockerfile. Empty means docker build --pull --no-cache in the working directory.',
  }),
  'test-command': updating(text, {
    value: 'COMMAND',
    help: 'tests the application; the image’s name is in $IMAGE',
    description:
      "Shell command that tests the application, for update. The image's name is in $IMAGE. Empty means test-compose, else the image's own health check.",
  }),
  'test-compose': updating(text, {
    value: 'FILE',
    help: 'compose file with a service that tests it; the image is $IMAGE in it',
    description: 'Compose file with a service that tests the application; the image is $IMAGE in it.',
  }),
  'test-service': updating(text, {
    value: 'NAME',
    default: 'test',
    help: 'service of test-compose that must end with 0',
    description: 'Service of test-compose that must end with 0.',
  }),
  'test-timeout': updating(limit, {
    default: '300',
    help: 'limit of one attempt of the test',
    description: 'Seconds for one attempt of the test.',
  }),
  'test-retries': updating(count(10), {
    default: '0',
    help: 'how often a test that failed is tried again',
    description: 'How often a test that failed is tried again.',
  }),
  'tag-suffix': updating(text, {
    default: '-patched',
    help: 'added to the tag of the image for the patched one',
    description: 'Added to the tag of the image to name the patched one.',
  }),
  push: updating(boolean, {
    default: 'false',
    help: 'push the patched image to its registry, if it passes',
    description:
      'true: the patched image is pushed to its registry, if it passes. The logins of the docker command are used.',
  }),
  'update-timeout': updating(limit, {
    default: '3600',
    help: 'limit of the whole update',
    description: 'Seconds for the whole update, with all builds and tests.',
  }),
}

/** What the input `update` says; throws `bad-input`. */
export function readUpdateMode(given: Given): UpdateMode {
  const faults: string[] = []
  const mode = readerOf(UPDATE_INPUTS, given, faults)('update')
  throwFaults(faults)
  return mode
}

/** An update as it is asked for: which Dockerfile the image was built from is known when it has been judged. */
export interface AskedUpdate extends Omit<UpdateRequest, 'build'> {
  /** `layer`: one more on the image; `dockerfile`: a line in the Dockerfile, and the image built from it. */
  readonly by: 'layer' | 'dockerfile'
  readonly buildCommand: string
  readonly buildLimitMs: number
}

/** For one build by the user's command. */
const BUILD_LIMIT_MS = 30 * 60_000

/** What builds an image where nobody says how. */
const BUILD = 'docker build --pull --no-cache -t "$IMAGE" -f "$DOCKERFILE" .'

/**
 * Reads what is asked of an update of one image, before anything is started. All faults at once; throws `bad-input`.
 * @param source where the compose file that tests it is read from
 */
export function readUpdateRequest(
  images: readonly string[],
  given: Given,
  source: PolicySource = WORK_TREE,
): AskedUpdate {
  const faults: string[] = []
  const read = readerOf(UPDATE_INPUTS, given, faults)
  const [image = ''] = images
  if (images.length !== 1) {
    faults.push(`image: an update takes one image, not ${images.length}`)
  }
  if (isArchive(image)) {
    faults.push(
      `image: ${JSON.stringify(image)} is an archive; docker load it first: the update is built in the engine`,
    )
  }
  const [testLimitMs, limitMs, push] = [read('test-timeout'), read('update-timeout'), read('push')]
  const [testRetries, by] = [read('test-retries'), read('update-by')]
  const request: AskedUpdate = {
    image,
    // The mode is told of where it is read.
    by: by === 'dockerfile' || given('update').trim() === 'pull-request' ? 'dockerfile' : 'layer',
    buildCommand: read('build-command') || BUILD,
    buildLimitMs: BUILD_LIMIT_MS,
    test: testOf(read('test-command'), read('test-compose'), read('test-service'), source, faults),
    testLimitMs,
    testRetries,
    tagSuffix: read('tag-suffix'),
    push,
    limitMs,
    securityMirror: given('debian-security-mirror').trim() || SECURITY_ARCHIVE,
  }
  if (faults.length === 0) {
    try {
      patchedName(image, request.tagSuffix)
    } catch (error) {
      faults.push(`tag-suffix: ${error instanceof SeaworthyError ? error.problem.what : String(error)}`)
    }
  }
  if (!/^https?:\/\/[\w.:[\]-]+(?:\/[\w./~-]*)?$/.test(request.securityMirror)) {
    faults.push('debian-security-mirror: an update can use only an http URL without a login')
  }
  throwFaults(faults)
  return request
}

function testOf(
  command: string,
  file: string,
  service: string,
  { read, unbound = [] }: PolicySource,
  faults: string[],
): TestSpec | null {
  if (command !== '' && file !== '') {
    faults.push('test-command and test-compose exclude each other')
  }
  if (command !== '') {
    return { kind: 'command', command }
  }
  if (file === '') {
    return null
  }
  if (!/^[\w][\w.-]*$/.test(service)) {
    faults.push(`test-service: ${JSON.stringify(service)} is no name of a service`)
    return null
  }
  if (unbound.includes(file)) {
    return { kind: 'unbound', file }
  }
  try {
    const text = read(file)
    if (text !== null) {
      return { kind: 'compose', document: readTestCompose(text, file, service, testEnvironment()), service }
    }
    faults.push(`test-compose: there is no file ${JSON.stringify(file)}`)
  } catch (error) {
    const { what, todo } = problemOf(error, file)
    faults.push(`test-compose: ${file}: ${what}; ${todo}`)
  }
  return null
}

function throwFaults(faults: readonly string[]): void {
  if (faults.length === 0) {
    return
  }
  throw new SeaworthyError({
    code: 'bad-input',
    what: faults.join('\n'),
    where: 'inputs',
    todo: 'correct them; seaworthy update --help lists all',
  })
}
