import { SECURITY_ARCHIVE } from '../debian/apt/command.js'
import { isArchive } from '../io/archive/image-name.js'
import { readText } from '../io/files/files.js'
import { SeaworthyError } from '../model/problem.js'
import { patchedName } from '../update/name.js'
import type { UpdateRequest } from '../update/request.js'
import type { TestSpec } from '../update/test.js'
import type { Given } from './table.js'

const UPDATE_MODES = ['off', 'suggest', 'prove', 'pull-request'] as const
export type UpdateMode = (typeof UPDATE_MODES)[number]

/** What the input `update` says; throws `bad-input`. */
export function readUpdateMode(given: Given): UpdateMode {
  const value = given('update').trim() || 'suggest'
  const known = UPDATE_MODES.find((one) => one === value)
  if (known === undefined)
    throwFaults([`update: ${JSON.stringify(value)} is not one of ${UPDATE_MODES.join(', ')}`])
  return known ?? 'off'
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

/** Reads what is asked of an update of one image, before anything is started. All faults at once; throws `bad-input`. */
export function readUpdateRequest(images: readonly string[], given: Given): AskedUpdate {
  const faults: string[] = []
  const text = (name: string) => given(name).trim()
  const [image = ''] = images
  if (images.length !== 1) faults.push(`image: an update takes one image, not ${images.length}`)
  if (isArchive(image)) {
    faults.push(
      `image: ${JSON.stringify(image)} is an archive; docker load it first: the update is built in the engine`,
    )
  }
  const seconds = Number(text('test-timeout'))
  if (!(seconds > 0 && seconds <= 86_400)) faults.push('test-timeout: not a number of seconds')
  const limit = Number(text('update-timeout'))
  if (!(limit > 0 && limit <= 86_400)) faults.push('update-timeout: not a number of seconds')
  // A switch of the command: '' where it is not there.
  const push = text('push') || 'false'
  if (push !== 'true' && push !== 'false') faults.push(`push: ${JSON.stringify(push)} is not true or false`)
  const retries = Number(text('test-retries'))
  if (!Number.isInteger(retries) || retries < 0 || retries > 10)
    faults.push('test-retries: not a number from 0 to 10')
  const by = text('update-by') || 'layer'
  if (by !== 'layer' && by !== 'dockerfile')
    faults.push(`update-by: ${JSON.stringify(by)} is not layer or dockerfile`)
  const request: AskedUpdate = {
    image,
    by: by === 'dockerfile' || text('update') === 'pull-request' ? 'dockerfile' : 'layer',
    buildCommand: text('build-command') || BUILD,
    buildLimitMs: BUILD_LIMIT_MS,
    test: testOf(text('test-command'), text('test-compose'), text('test-service'), faults),
    testLimitMs: seconds * 1000,
    testRetries: retries,
    tagSuffix: text('tag-suffix'),
    push: push === 'true',
    limitMs: limit * 1000,
    securityMirror: text('debian-security-mirror') || SECURITY_ARCHIVE,
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

function testOf(command: string, file: string, service: string, faults: string[]): TestSpec | null {
  if (command !== '' && file !== '') faults.push('test-command and test-compose exclude each other')
  if (command !== '') return { kind: 'command', command }
  if (file === '') return null
  if (readText(file) === null) faults.push(`test-compose: there is no file ${JSON.stringify(file)}`)
  if (!/^[\w][\w.-]*$/.test(service))
    faults.push(`test-service: ${JSON.stringify(service)} is no name of a service`)
  return { kind: 'compose', file, service }
}

function throwFaults(faults: readonly string[]): void {
  if (faults.length === 0) return
  throw new SeaworthyError({
    code: 'bad-input',
    what: faults.join('\n'),
    where: 'inputs',
    todo: 'correct them; seaworthy update --help lists all',
  })
}
