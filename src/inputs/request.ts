import type { CheckRequests } from '../checks/collectors.js'
import { isArchive, isImageFile, referenceFault } from '../io/archive/image-name.js'
import { archiveError } from '../io/archive/problems.js'
import { defaultCacheDir, isThere, readPolicy } from '../io/files/files.js'
import { SeaworthyError } from '../model/problem.js'
import type { PublishRequest } from '../publish/request.js'
import { ARCHIVE_INPUTS, readArchiveRequest } from './archive.js'
import type { BasePolicies } from './base-policies.js'
import { readBenchRequest } from './bench.js'
import { readClairRequest } from './clair.js'
import { type Faults, gatherFaults } from './faults.js'
import { readFeeds } from './feeds.js'
import { listImages } from './image-files.js'
import { type HeldRun, type Judging, readHeld, readJudging, readRun } from './policies.js'
import { BRANCH_INPUTS } from './policy-branch.js'
import type { PolicySource } from './policy-files.js'
import { readPublishRequest } from './publish.js'
import { type PushRequest, readPushRequest } from './push.js'
import { readRegressionTest } from './regression-test.js'
import { type Given, readerOf } from './row.js'
import { FOLDER_INPUTS, IMAGE_INPUTS, LIMIT_INPUTS } from './run.js'

/** Everything that was asked for, in words that can be used: the gate's own, and a group for each owner. */
export interface Request extends CheckRequests {
  readonly images: readonly string[]
  /**
   * Of an image that an update has made: the name that policies and reports know it by, and the layers of the image that
   * it was made from. Else `null`.
   */
  readonly judgedAs: { readonly reference: string; readonly unpatched: readonly string[] } | null
  /** `null`: it is looked for in the working folder. */
  readonly dockerfile: string | null
  readonly timeoutMs: number
  readonly saveEvidence: string | null
  readonly push: PushRequest
  readonly publish: PublishRequest
}

/**
 * Reads all that is asked of a scan, with all faults of inputs, names and policies at once.
 * @param now as `readJudging` takes it
 * @param policies those of a pull request's base; `null` elsewhere
 */
export function readScan(
  images: readonly string[],
  given: Given,
  now: string,
  policies: BasePolicies | null = null,
): { readonly request: Request; readonly judging: Judging } {
  const [first, ofPolicies] = [gatherFaults(), gatherFaults()]
  const held = ofPolicies.attempt(() =>
    policies === null ? readHeld(given, now) : readBoundHeld(given, now, policies),
  )
  const listed = first.attempt(() => listImages(images, process.env, readPolicy, policies?.base.read ?? null))
  const request = first.attempt(() =>
    readRequest(listed?.images ?? null, given, held?.run ?? null, policies?.base),
  )
  // What is wrong with policies is told last, though they had to be read first.
  first.attempt(() => ofPolicies.throwAny())
  first.throwAny()
  if (request === null || held === null || listed === null) {
    throw new Error('an error was not reported')
  }
  const { judging } = held
  return { request, judging: { ...judging, notices: [...judging.notices, ...listed.notices] } }
}

/** The base's policies hold. Those of the change must be readable too: after the merge they are the base's. */
function readBoundHeld(given: Given, now: string, { base, proposed }: BasePolicies) {
  const held = readHeld(given, now, base)
  if (proposed === null) {
    return held
  }
  return { ...held, judging: { ...held.judging, proposed: readJudging(given, now, proposed).policy } }
}

/**
 * Reads what is to be collected. All faults at once; throws `bad-input` or `bad-image-name`.
 * @param images `null`: which they are is at fault already
 * @param run how the image is run, by policies that were read already; `null` where these are at fault
 * @param source where the compose file that tests it is read from
 */
export function readRequest(
  images: readonly string[] | null,
  given: Given,
  run?: HeldRun | null,
  source?: PolicySource,
): Request {
  const gathered = gatherFaults()
  const held = run === undefined ? gathered.attempt(() => readRun(given)) : run
  const { told: faults } = gathered
  const own = { ...IMAGE_INPUTS, ...LIMIT_INPUTS, ...FOLDER_INPUTS, ...ARCHIVE_INPUTS }
  const read = readerOf(own, given, faults)
  if (images !== null) {
    refuseImages(images, gathered)
  }
  // It was read where the base's policies were; where there is no base, a wrong word is told all the same.
  readerOf(BRANCH_INPUTS, given, faults)('policies-from')
  const request: Request = {
    images: images ?? [],
    judgedAs: null,
    dockerfile: thereOrTold(read('dockerfile'), faults),
    clair: readClairRequest(given, faults),
    timeoutMs: read('timeout'),
    downloadTimeoutMs: read('download-timeout'),
    saveEvidence: read('save-evidence'),
    archive: readArchiveRequest(given, faults, held),
    cacheDir: read('cache-dir') ?? defaultCacheDir(),
    feeds: readFeeds(given, faults, process.env, held),
    bench: readBenchRequest(given, faults, held),
    regressionTest: readRegressionTest(given, faults, source),
    push: readPushRequest(images ?? [], given, faults),
    publish: readPublishRequest(given, faults),
  }
  gathered.throwAny()
  return request
}

/** Of one run: a comment, a summary and a page have to hold what is said of each. */
const MOST_IMAGES = 100

/** One that was named is wanted: nobody should look for lines in vain. Where none is named, there may be none. */
function thereOrTold(file: string | null, faults: string[]): string | null {
  if (file !== null && !isThere(file)) {
    faults.push(`dockerfile: there is no file ${JSON.stringify(file)}; leave it out to search for one`)
  }
  return file
}

function refuseImages(images: readonly string[], { told, attempt }: Faults): void {
  if (images.length === 0) {
    told.push('image: name at least one image or archive')
  }
  if (images.length > MOST_IMAGES) {
    told.push(
      `image: ${images.length} images, and one run judges at most ${MOST_IMAGES}; split them over several jobs, such as a matrix`,
    )
    return
  }
  for (const image of images) {
    if (/[\s\0]/.test(image.replaceAll(' ', '')) || image.trim() === '' || image.startsWith('-')) {
      told.push(`image: ${JSON.stringify(image)} is not a name`)
    } else if (isImageFile(image)) {
      told.push(`image: ${JSON.stringify(image)} is a compose or bake file, but this command takes one image`)
    } else {
      attempt(() => (isArchive(image) ? refuseMissing(image) : refuseReference(image)))
    }
  }
}

/** That a file is not there needs no feeds and no services to be known. */
function refuseMissing(path: string): void {
  if (!isThere(path)) {
    throw archiveError('no-such-archive', path, 'no such file')
  }
}

/** The engine would refuse it too, after everything was started. */
function refuseReference(image: string): void {
  const fault = referenceFault(image)
  if (fault === null) {
    return
  }
  throw new SeaworthyError({
    code: 'bad-image-name',
    what: `${JSON.stringify(image)} is not an image name: ${fault}`,
    where: 'image',
  })
}
