import type { OpeningImage } from '../../model/opening.js'
import {
  isPlatform,
  mayBeDebian,
  type NamedPlatform,
  type OtherPlatforms,
  othersOf,
  type PlatformChoice,
  platformNameOf,
} from '../../model/platforms.js'
import { SeaworthyError } from '../../model/problem.js'
import { listText } from '../../model/text.js'
import { readFilePlatforms } from '../archive/image-archive.js'
import { isArchive } from '../archive/image-name.js'
import { neverOpened, type OpenOptions, openBlobs, openImage } from '../archive/open-image.js'
import { readTogether, type Together } from '../archive/together.js'
import { makeFolder } from '../files/temporary.js'
import { dockerLogins } from '../registry/login.js'
import { readRegistryBlobs } from '../registry/platforms.js'
import { type Survey, surveyReference, whyNot } from './survey.js'

/** One platform of one image, while it is being read. */
export interface OpenedPlatform {
  readonly opening: OpeningImage
  /** The requested platform; `null` if that was the engine's own, or is not known. */
  readonly platform: string | null
  /** The rest of its index; never rejects. */
  readonly others: Promise<OtherPlatforms>
}

type PlatformOptions = Omit<OpenOptions, 'platform' | 'together'>
/** Images of the engine are read in one stream. */
type TogetherOptions = PlatformOptions & { readonly together: Together }

/** For one layer; for all of them, the run's limit applies. Milliseconds. */
const LAYER_MS = 15 * 60_000

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
  const together = readTogether(options)
  return openAll(references, choice, { ...options, together }).finally(together.close)
}

async function openAll(
  references: readonly string[],
  choice: PlatformChoice,
  options: TogetherOptions,
): Promise<readonly OpenedPlatform[]> {
  let count = 0
  const next = () => count++
  if (choice === null) {
    return references.map((reference) => ofEngine(reference, next(), options))
  }
  const opened = await Promise.all(
    references.map((reference) =>
      (isArchive(reference) ? chosenOfFile : chosenOfReference)(reference, choice, next, options).catch(
        (error: unknown) => failed(reference, choice === 'all' ? [null] : choice, error),
      ),
    ),
  )
  return opened.flat()
}

/** The engine's platform; the others are looked up alongside. */
function ofEngine(reference: string, index: number, options: TogetherOptions): OpenedPlatform {
  const { opening, others: ofArchive } = openImage(reference, index, { ...options, platform: null })
  const others = isArchive(reference)
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
      return { opening: neverOpened(reference, error).opening, platform, others }
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
      return { opening: neverOpened(reference, nowhere(reference, platform)).opening, platform, others }
    }
    const blobs = () =>
      readRegistryBlobs(origin, target, { logins, signal: options.signal, timeoutMs: LAYER_MS })
    return {
      opening: openBlobs(reference, next(), { ...options, platform: null, apart }, blobs).opening,
      platform,
      others,
    }
  })
  const isUnsure = choice === 'all' && unknown !== null
  return isUnsure ? [...all, ...failed(reference, [null], notKnown(reference, unknown))] : all
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
      return { opening: neverOpened(reference, error).opening, platform, others }
    }
    const requested = named.filter(({ isImage }) => isImage).length === 1 ? null : platform
    return {
      opening: openImage(reference, next(), { ...options, platform: requested }).opening,
      platform,
      others,
    }
  })
}

interface Target {
  /** As requested, or as in the index. */
  readonly platform: string
  readonly target: NamedPlatform | null
  /** Why there is none. */
  readonly error: SeaworthyError | null
}

/** Which of the available platforms are requested. */
function targetsOf(
  named: readonly NamedPlatform[],
  choice: Exclude<PlatformChoice, null>,
  reference: string,
  unknown: string | null,
): readonly Target[] {
  const images = named.filter(({ isImage }) => isImage)
  if (choice === 'all') {
    const all = images.filter(mayBeDebian)
    if (all.length === 0) {
      throw noSuchPlatform('a Linux platform', images, reference, unknown)
    }
    return all.map((target) => ({ platform: target.platform, target, error: null }))
  }
  const targets = choice.map((platform): Target => {
    const fitting = images.filter((one) => isPlatform(one.platform, platform))
    const exact = fitting.filter((one) => one.platform === platform)
    const [target = null, ...more] = exact.length > 0 ? exact : fitting
    if (target === null) {
      return { platform, target, error: noSuchPlatform(platform, images, reference, unknown) }
    }
    return more.length === 0 || exact.length > 0
      ? { platform, target, error: null }
      : { platform, target: null, error: severalOf(platform, fitting, reference) }
  })
  // linux/arm64 and linux/arm64/v8 may be one.
  return targets.filter(
    ({ target }, at) => target === null || targets.findIndex((one) => one.target === target) === at,
  )
}

function oneImage(platform: string): NamedPlatform {
  return { platform, digest: '', isImage: true, isWhole: true }
}

function failed(
  reference: string,
  platforms: readonly (string | null)[],
  error: unknown,
): readonly OpenedPlatform[] {
  return platforms.map((platform) => ({
    opening: neverOpened(reference, error).opening,
    platform,
    others: Promise.resolve(NO_OTHERS),
  }))
}

function listed(images: readonly NamedPlatform[]): string {
  return (
    listText(
      images.map(({ platform }) => platform),
      20,
    ) || 'none'
  )
}

function noSuchPlatform(
  platform: string,
  images: readonly NamedPlatform[],
  reference: string,
  unknown: string | null,
): SeaworthyError {
  const doubt = unknown === null ? '' : `; it may have others: ${unknown}`
  return missing(
    `the image does not have ${platform}; it has ${listed(images)}${doubt}`,
    reference,
    'set "platform" to one that the image has, or build the image for the requested platform',
  )
}

function severalOf(platform: string, images: readonly NamedPlatform[], reference: string): SeaworthyError {
  const what = `${platform} matches several platforms: ${listed(images)}`
  return missing(what, reference, 'add the variant to the value of "platform"')
}

function nowhere(reference: string, platform: string): SeaworthyError {
  return missing(
    `the engine lists the platform ${platform}, but does not have the image for it, and no registry is known to have that image`,
    reference,
    'push the image to its registry, or pass the path of an archive that contains the whole image',
  )
}

function missing(what: string, where: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'platform-missing', what, where, todo })
}

function notKnown(reference: string, unknown: string): SeaworthyError {
  return new SeaworthyError({
    code: 'platforms-unknown',
    what: `the image's platforms are unknown: ${unknown}`,
    where: reference,
  })
}
