import {
  isPlatform,
  type NamedPlatform,
  type OtherPlatforms,
  othersOf,
  type PlatformChoice,
  platformNameOf,
  SeaworthyError,
} from '../../model/index.js'
import { readFilePlatforms } from '../archive/image/image-archive.js'
import { sourceOf } from '../archive/image/image-name.js'
import { neverOpened, openBlobs, openImage } from '../archive/image/open-image.js'
import { createSharedStream, type SharedStream } from '../archive/image/together.js'
import { makeFolder } from '../files/temporary.js'
import { dockerLogins } from '../registry/login.js'
import { readRegistryBlobs } from '../registry/platforms.js'
import { chosenOfRegistry } from './from-registry.js'
import { createSharedDownloads, LAYER_MS, RETRIES, type SharedDownloads } from './shared-downloads.js'
import { type Survey, surveyReference, whyNot } from './survey.js'
import { type OpenedPlatform, oneImage, type PlatformOptions, platformMissing, targetsOf } from './targets.js'

export type { OpenedPlatform } from './targets.js'

/** Images of the engine are read in one stream, and those of registries as one set of blobs. */
type TogetherOptions = PlatformOptions & {
  readonly sharedStream: SharedStream
  readonly sharedDownloads: SharedDownloads
}

const NO_OTHERS: OtherPlatforms = { notExamined: [], skipped: [], unknown: null }

/**
 * Starts to read what is requested of each reference, one after the other for each platform. Without a selection it
 * starts at once; with one, after the indexes are known. Errors of a reference arrive through its promises.
 */
export async function openPlatforms(
  references: readonly string[],
  choice: PlatformChoice,
  options: PlatformOptions,
): Promise<readonly OpenedPlatform[]> {
  const [sharedStream, sharedDownloads] = [createSharedStream(options), createSharedDownloads(options)]
  try {
    return await openAll(references, choice, { ...options, sharedStream, sharedDownloads })
  } finally {
    sharedStream.close()
    sharedDownloads.close()
  }
}

async function openAll(
  references: readonly string[],
  choice: PlatformChoice,
  options: TogetherOptions,
): Promise<readonly OpenedPlatform[]> {
  let count = 0
  const next = () => count++
  const open = (image: string): readonly OpenedPlatform[] | Promise<readonly OpenedPlatform[]> => {
    const { source, name } = sourceOf(image)
    if (source === 'registry') {
      return chosenOfRegistry(name, choice, next, options)
    }
    if (choice === null) {
      return [openDefault(name, next(), options)]
    }
    return (source === 'archive' ? chosenOfFile : chosenOfReference)(name, choice, next, options)
  }
  const opened = await Promise.all(
    references.map(async (image) => {
      try {
        return await open(image)
      } catch (error) {
        return failed(image, choice === 'all' || choice === null ? [null] : choice, error)
      }
    }),
  )
  return opened.flat()
}

/** The engine's platform, or an archive's only one; the others are looked up alongside. */
function openDefault(reference: string, index: number, options: TogetherOptions): OpenedPlatform {
  const { opening, others: ofArchive } = openImage(reference, index, { ...options, platform: null })
  const others =
    sourceOf(reference).source === 'archive'
      ? ofArchive.catch(() => NO_OTHERS)
      : opening.found
          .then(() => surveyReference(reference, null, { ...options, logins: dockerLogins() }))
          .then((survey) => otherPlatforms(survey, [ownOf(survey)]))
          .catch((error: unknown) => ({ ...NO_OTHERS, unknown: whyNot(error) }))
  return { opening, platform: null, others }
}

/** The manifest that the engine took from an index; `null` if it is a single image, or that is not known. */
function ownOf({ state, named, digestsInEngine }: Survey): NamedPlatform | null {
  const { Os: os, Architecture: architecture, Variant: variant } = state ?? {}
  const own = os && architecture ? platformNameOf({ os, architecture, variant }) : ''
  const ofIndex = named?.filter(({ isImage }) => isImage) ?? []
  const exact = ofIndex.filter(({ platform }) => platform === own)
  const alike = ofIndex.filter(({ platform }) => isPlatform(platform, own) || isPlatform(own, platform))
  // If several match, their names do not show which one the engine has.
  const sets = [ofIndex.filter(({ digest }) => digestsInEngine.has(digest)), exact, alike, ofIndex]
  const fitting = sets.find((set) => set.length > 0) ?? []
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

function otherPlatforms(
  { named, unknown }: Survey,
  examined: readonly (NamedPlatform | null)[],
): OtherPlatforms {
  const digests = new Set(examined.flatMap((one) => one?.digest ?? []))
  return { ...(named === null ? NO_OTHERS : othersOf(named, digests)), unknown }
}

async function chosenOfReference(
  reference: string,
  choice: Exclude<PlatformChoice, null>,
  next: () => number,
  options: TogetherOptions,
): Promise<readonly OpenedPlatform[]> {
  const logins = dockerLogins()
  const pull = { platform: choice !== 'all' && choice.length === 1 ? (choice[0] ?? null) : null }
  const survey = await surveyReference(reference, pull, { ...options, logins })
  const { state, named, kept, origin, unknown } = survey
  const own = ownOf(survey)
  const { Os: os = '', Architecture: architecture = '', Variant: variant } = state ?? {}
  const engine = platformNameOf({ os: os ?? '', architecture: architecture ?? '', variant })
  const targets = targetsOf(named ?? [oneImage(engine)], choice, reference, unknown)
  const chosen = targets.map(({ target }) => (target === null || named === null ? own : target))
  const isJudgedInEngine = targets.some(({ target }) => isOwn(target))
  const others = Promise.resolve(otherPlatforms(survey, chosen))
  function isOwn(target: NamedPlatform | null): boolean {
    return target !== null && state !== null && (named === null || target === own)
  }
  const all = targets.map(({ platform, target, error }): OpenedPlatform => {
    if (target === null) {
      return { opening: neverOpened(reference, 'engine', error).opening, platform, others }
    }
    const apart = state === null || isOwn(target) ? null : { engine, isJudgedInEngine }
    if (isOwn(target) || kept?.has(target.digest)) {
      // An engine that keeps one platform per name ignores which one is requested.
      const requested = kept === null || named === null || named.length === 1 ? null : platform
      const engineOptions = { ...options, platform: requested, isInEngine: state !== null }
      const { opening } = openImage(reference, next(), engineOptions)
      return { opening: { ...opening, apart }, platform, others }
    }
    if (origin === null) {
      const what = `the engine lists the platform ${platform}, but does not have the image for it, and no registry is known to have that image`
      const todo =
        'push the image to its registry, or pass the path of an archive that contains the whole image'
      const missing = platformMissing(what, reference, todo)
      return { opening: neverOpened(reference, 'engine', missing).opening, platform, others }
    }
    const repository = { logins, signal: options.signal, timeoutMs: LAYER_MS, retries: RETRIES }
    const blobs = (directory: string) => readRegistryBlobs(origin, target, directory, repository)
    const openOptions = { ...options, platform: null, source: 'engine' as const, apart }
    return { opening: openBlobs(reference, next(), openOptions, blobs).opening, platform, others }
  })
  if (choice !== 'all' || unknown === null) {
    return all
  }
  const what = `the image's platforms are unknown: ${unknown}`
  const error = new SeaworthyError({ code: 'platforms-unknown', what, where: reference })
  return [...all, ...failed(reference, [null], error)]
}

async function chosenOfFile(
  reference: string,
  choice: Exclude<PlatformChoice, null>,
  next: () => number,
  options: TogetherOptions,
): Promise<readonly OpenedPlatform[]> {
  const directory = `${options.directory}/survey-${next()}`
  makeFolder(directory)
  const { signal } = options
  const named = await readFilePlatforms(reference, { reference, directory, signal })
  const targets = targetsOf(named, choice, reference, null)
  const chosen = new Set(targets.flatMap(({ target }) => target?.digest ?? []))
  const others = Promise.resolve(othersOf(named, chosen))
  return targets.map(({ platform, target, error }): OpenedPlatform => {
    if (target === null) {
      return { opening: neverOpened(reference, 'archive', error).opening, platform, others }
    }
    const requested = named.filter(({ isImage }) => isImage).length === 1 ? null : platform
    const { opening } = openImage(reference, next(), { ...options, platform: requested })
    return { opening, platform, others }
  })
}

function failed(
  image: string,
  platforms: readonly (string | null)[],
  error: unknown,
): readonly OpenedPlatform[] {
  const { source, name } = sourceOf(image)
  const others = Promise.resolve(NO_OTHERS)
  return platforms.map((platform) => ({
    opening: neverOpened(name, source, error).opening,
    platform,
    others,
  }))
}
