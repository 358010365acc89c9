import {
  isRunnable,
  MAX_PLATFORMS,
  type NamedPlatform,
  parseReference,
  platformNameOf,
  problemOf,
  type Reference,
  SeaworthyError,
} from '../../model/index.js'
import { type ImageState, images, type ListedManifest, unlessStatus } from '../engine/docker.js'
import type { Engine } from '../engine/engine.js'
import { pullImage } from '../engine/transfer.js'
import type { RegistryLogins } from '../registry/login.js'
import { readEntryKind, readRegistryPlatforms } from '../registry/platforms.js'
import { ifNotFound } from '../registry/registry.js'

/** The platforms that a reference of the engine stands for. */
export interface Survey {
  readonly state: ImageState | null
  /** The platforms in the index that the image is from; `null`: a single image, or that is not known. */
  readonly named: readonly NamedPlatform[] | null
  /** Why the platforms are not known; `null` if they are. */
  readonly unknown: string | null
  /** Where the index is, by its digest; `null` if no registry has it. */
  readonly origin: Reference | null
  /** Digests of the manifests that the engine has, if it keeps several for one name (the containerd store). */
  readonly kept: ReadonlySet<string> | null
  /** Digests by which the engine knows its copy. */
  readonly digestsInEngine: ReadonlySet<string>
}

interface SurveyOptions {
  readonly engine: () => Promise<Engine>
  readonly logins: RegistryLogins
  readonly signal: AbortSignal
}

/** Limit for one request to the registry, in milliseconds. */
const REQUEST_MS = 10_000
/** The engine keeps each digest under which an image was ever pulled. */
const MOST_DIGESTS = 8

/**
 * What the engine has of a reference, and the platforms of the index that it was pulled from. The registry is asked
 * by the digest that the engine states: a tag may have moved since, and an image that was built here is in no
 * registry.
 * @param pull whether, and for which platform, a missing image is pulled
 * @throws SeaworthyError if the engine does not answer, or neither it nor the registry has the image
 */
export async function surveyReference(
  reference: string,
  pull: { readonly platform: string | null } | null,
  options: SurveyOptions,
): Promise<Survey> {
  const { signal } = options
  const engine = await options.engine()
  const here = await images.inspect(engine, reference, undefined, signal).catch(unlessStatus(404))
  if (here === null && pull !== null) {
    try {
      await pullImage(engine, reference, pull.platform, signal)
    } catch (error) {
      return await ofRegistryAlone(reference, error, options)
    }
  }
  const state = here ?? (await images.inspect(engine, reference, undefined, signal))
  const digests = digestsOf(reference, state)
  const own = {
    state,
    unknown: null,
    named: null,
    origin: digests[0] ?? null,
    kept: null,
    digestsInEngine: new Set(digests.flatMap(({ digest }) => digest ?? [])),
  }
  const listed = await images.manifests(engine, reference, signal)
  if (listed !== null && listed.length > 0) {
    const available = listed.filter(({ Available }) => Available === true)
    const kept = new Set(available.flatMap(({ Descriptor }) => Descriptor?.digest ?? []))
    const named = await Promise.all(listed.flatMap(ofEngine).map((one) => unmasked(one, own.origin, options)))
    return { ...own, kept, named: bounded(named) }
  }
  if (digests.length === 0) {
    return own
  }
  try {
    return { ...own, ...(await ofRegistry(reference, digests, options)) }
  } catch (error) {
    signal.throwIfAborted()
    return { ...own, unknown: whyNot(error) }
  }
}

/** From an index without the engine's platform nothing can be pulled, but it can be judged. */
async function ofRegistryAlone(reference: string, pulling: unknown, options: SurveyOptions): Promise<Survey> {
  const name = parseReference(reference)
  const read = name && readRegistryPlatforms(name, { ...options, timeoutMs: REQUEST_MS })
  const index = await read?.catch(() => null)
  if (!index?.named) {
    throw pulling
  }
  const named = bounded(index.named)
  return { state: null, named, unknown: null, origin: name, kept: null, digestsInEngine: new Set() }
}

/**
 * The index that the engine has the image from. The tag comes first: its current target counts if it is one of the
 * engine's digests, or an index that contains one of these, as when platforms were pushed one by one.
 */
async function ofRegistry(
  reference: string,
  digests: readonly Reference[],
  { logins, signal }: SurveyOptions,
): Promise<Pick<Survey, 'named' | 'origin'>> {
  const options = { logins, signal, timeoutMs: REQUEST_MS }
  const digestSet = new Set(digests.map(({ digest }) => digest))
  const name = parseReference(reference)
  if (name?.digest === null) {
    const { digest, named } = await readRegistryPlatforms(name, options).catch(unlessGone)
    if (digestSet.has(digest) || named?.some((one) => digestSet.has(one.digest))) {
      return { named: named === null ? null : bounded(named), origin: name }
    }
  }
  const found = []
  for (const origin of digests.slice(0, MOST_DIGESTS)) {
    found.push({ origin, ...(await readRegistryPlatforms(origin, options).catch(unlessGone)) })
  }
  const known = found.filter(({ digest }) => digest !== null)
  const [first, ...more] = known.filter(({ named }) => named !== null)
  if (known.length === 0) {
    throw unknown('the engine lists digests for the image, but the registry has none of them', reference)
  }
  if (first === undefined || more.length === 0) {
    return { named: first?.named ? bounded(first.named) : null, origin: known[0]?.origin ?? null }
  }
  throw unknown(`the registry has ${more.length + 1} indexes that contain the engine's image`, reference)
}

/** A deleted digest says nothing about the others. */
const unlessGone = ifNotFound({ digest: null, named: null })

function unknown(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'platforms-unknown', what, where })
}

function bounded(named: readonly NamedPlatform[]): readonly NamedPlatform[] {
  if (named.filter(({ isImage }) => isImage).length <= MAX_PLATFORMS) {
    return named
  }
  throw unknown(`the index lists more than ${MAX_PLATFORMS} platforms`, 'platform')
}

/** Why the platforms are not known, in one line. */
export function whyNot(error: unknown): string {
  const { what, where } = problemOf(error, 'registry')
  return `${what} (${where})`
}

/** Names of the same repository by digest: the engine's sources of the image. */
function digestsOf(reference: string, { RepoDigests }: ImageState): readonly Reference[] {
  const own = parseReference(reference)
  if (own === null) {
    return []
  }
  const known = (RepoDigests ?? []).flatMap((text) => (text === null ? [] : (parseReference(text) ?? [])))
  const ofOwn = known.filter(
    ({ registry, repository, digest }) =>
      registry === own.registry && repository === own.repository && digest !== null,
  )
  const same = ofOwn.filter(({ digest }) => own.digest !== null && digest === own.digest)
  return same.length > 0 ? same : ofOwn
}

/** The whole index counts, even what the engine did not pull: the registry has it. */
function ofEngine({ Descriptor, Kind, ImageData }: ListedManifest): Listed[] {
  const { os, architecture, variant } = ImageData?.Platform ?? Descriptor?.platform ?? {}
  const digest = Descriptor?.digest
  if (!digest) {
    return []
  }
  const platform = os && architecture ? { os, architecture, variant } : null
  const isOther =
    Kind === 'attestation' || Descriptor?.annotations?.['vnd.docker.reference.type'] !== undefined
  const shown = { digest, platform: platformNameOf(platform), isImage: isRunnable(platform, isOther) }
  return [{ ...shown, isWhole: true, isDoubtful: platform === null }]
}

/** An engine does not say what is behind an entry without a platform; what no registry shows is not examined. */
async function unmasked(
  { isDoubtful, ...one }: Listed,
  origin: Reference | null,
  { logins, signal }: SurveyOptions,
): Promise<NamedPlatform> {
  if (!isDoubtful) {
    return one
  }
  const options = { logins, signal, timeoutMs: REQUEST_MS }
  const shown = origin === null ? null : await readEntryKind(origin, one.digest, options).catch(() => null)
  return { ...one, ...(shown?.isWhole ? shown : { isImage: true, isWhole: true }) }
}

type Listed = NamedPlatform & { readonly isDoubtful: boolean }
