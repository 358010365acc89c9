import { writeTracker } from '../../feeds/formats/tracker.js'
import type { NarrowedTracker, OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence, Source } from '../../model/index.js'
import type { EvidenceOf } from '../collecting.js'
import {
  type ClairApi,
  type ClairManifest,
  indexManifest,
  reportWithVulnerabilities,
  untilUpdated,
} from './api/api.js'
import { manifestOf } from './api/manifest.js'
import { OWN_CANARIES } from './applications/canary.js'
import { type ClairEcosystem, updaterOf } from './applications/ecosystems.js'
import { indexedPackages, type ListedPackage, requestDocument, sharedAmong } from './applications/indexed.js'
import type { IndexedPackage } from './applications/narrow.js'
import { servedOsv } from './applications/serve.js'
import {
  type CollectFromClair,
  type CollectOptions,
  knownListing,
  narrowedTracker,
  requestDocuments,
  rowsDocuments,
} from './documents.js'
import { type ImageForClair, listingsOf } from './image.js'
import { ownCanary, withCanary } from './matches/canary.js'
import type { Canary } from './matches/proof.js'
import type { FeedServer, ServedData } from './services/server.js'
import { pullMissingImages, type ServiceOptions, serviceSources } from './services/service-images.js'
import { startBackend } from './services/services.js'
import { type StartedClair, startReachableClair } from './started.js'

/** Where the services of a run come from, and their names. */
export interface OwnClair extends Omit<ServiceOptions, 'engine' | 'signal'> {
  readonly engine: () => Promise<ServiceOptions['engine']>
}

/** How long Clair may take to store the advisories that it got, in ms: it does not report which ones it refused. */
const STORE_ADVISORIES_MS = 30_000

/** How long the matcher may take to see what the updater stored, in ms. */
const MATCHER_VIEW_MS = 5000

/**
 * Collects with a Clair of our own. Services start before the first byte of the images is read; Clair gets
 * the tracker once all packages are known.
 */
export function withOwnClair(own: OwnClair): CollectFromClair {
  return async (subjects, tracker, options, evidenceOf) => {
    const services: ServiceOptions = { ...own, engine: await own.engine(), signal: options.signal }
    const offer = clairInput(subjects, tracker, options.lookup)
    // Everything that still waits for Clair stops once the result is known (such as a tracker that can't be
    // served).
    const finished = new AbortController()
    const signal = AbortSignal.any([options.signal, finished.signal])
    // In a first job, their pulls take longer than anything else.
    const images = pullMissingImages(services, signal)
    images.catch(() => undefined)
    // If no image is found, nothing need be started, and that is known before a byte is read.
    await assertAnyImage(subjects).catch((error: unknown) => {
      finished.abort()
      throw error
    })
    options.progress('starting PostgreSQL and Clair')
    const backend = await startBackend(services, await images)
    const { served, failure } = offer
    const clair = await startReachableClair(services, backend, served, { ...options, signal, failure })
    try {
      const serviceImages = serviceSources(services, backend.images)
      const requestOptions = { ...options, signal, evidenceOf, serviceSources: serviceImages, tracker }
      return await askClair(subjects, offer, clair, requestOptions)
    } finally {
      finished.abort()
      await clair.close()
    }
  }
}

/** @throws the first image's error if no image could be read */
async function assertAnyImage(subjects: readonly ImageForClair[]): Promise<void> {
  await Promise.any(subjects.map(({ opening }) => opening.found)).catch(
    ({ errors: [first] }: AggregateError) => {
      throw first
    },
  )
}

interface ClairInput {
  readonly canary: Canary
  readonly narrowed: Promise<NarrowedTracker>
  readonly served: ServedData
  /** Gets the packages of Clair's indexes, once all of them are known. */
  readonly indexed: (packages: readonly IndexedPackage[]) => void
  /** Rejects as soon as the tracker can't be served: waiting for Clair is then pointless. */
  readonly failure: Promise<never>
}

function clairInput(
  subjects: readonly ImageForClair[],
  tracker: Promise<OpenTracker>,
  lookup: CollectOptions['lookup'],
): ClairInput {
  const { canary, tar } = ownCanary(lookup === null ? null : OWN_CANARIES)
  const indexes = Promise.withResolvers<readonly IndexedPackage[]>()
  const osv = lookup === null ? null : servedOsv(lookup, indexes.promise)
  const listings = listingsOf(subjects)
  const narrowed = Promise.all([tracker, listings]).then(([whole, them]) => narrowedTracker(whole, them))
  const text = Promise.all([narrowed, listings]).then(([{ tracker: rows }, them]) =>
    writeTracker(withCanary(rows, canary, new Set(them.map(({ codename }) => codename)))),
  )
  const releases = listings.then((them) => new Map(them.map((it) => [it.codename, it.versionId ?? '0'])))
  const failure = Promise.withResolvers<never>()
  text.catch(failure.reject)
  for (const pending of [narrowed, text, releases, failure.promise]) {
    pending.catch(() => undefined)
  }
  const layer = async (diffId: string) =>
    diffId === canary.layer ? tar : Promise.any(subjects.map(({ opening }) => opening.layer(diffId)))
  const served = { layer, tracker: text, releases, osv }
  return { canary, narrowed, served, indexed: indexes.resolve, failure: failure.promise }
}

async function askClair(
  subjects: readonly ImageForClair[],
  { canary, narrowed, served, indexed: provide, failure }: ClairInput,
  { api, server, assertRunning }: StartedClair,
  options: CollectOptions & {
    readonly evidenceOf: EvidenceOf
    readonly serviceSources: readonly Source[]
    readonly tracker: Promise<OpenTracker>
  },
): Promise<readonly Evidence[]> {
  const { timeoutMs, progress, evidenceOf, serviceSources, tracker: whole } = options
  const orFailure = <T>(work: Promise<T>) => Promise.race([work, failure])
  progress('Clair is reading the layers')
  const indexed = indexBaseFirst(subjects, async ({ opening }) => {
    const manifest = manifestOf(await opening.diffIds, canary.layer, `${server.url}/layer`)
    const index = await orServiceError(indexManifest(api, manifest), assertRunning)
    return { manifest, packages: options.lookup === null ? [] : indexedPackages(index, canary.layer) }
  })
  for (const [at, promise] of indexed.entries()) {
    // An image that could not be indexed is reported in its own evidence.
    promise.then(
      (one) => options.lookup?.addIndex(at, one.packages),
      () => options.lookup?.addIndex(at, []),
    )
  }
  const packages = served.osv === null ? [] : await orFailure(allPackages(indexed))
  provide(packages)
  // Looking up advisories may take long, so Clair's time limit starts after that.
  const ecosystems = served.osv === null ? [] : await orFailure(served.osv.ecosystems().catch(() => []))
  const operation = await orFailure(untilUpdated(api, server.fingerprint, timeoutMs, assertRunning))
  await orFailure(
    untilStored(api, server, ecosystems, Math.min(timeoutMs, STORE_ADVISORIES_MS), assertRunning),
  )
  const { source, tracker } = await narrowed

  progress('Clair is matching the packages')
  const expected = [canary.cve, ...ecosystems.flatMap((one) => OWN_CANARIES[one].id ?? [])]
  const canaries = Object.fromEntries(ecosystems.map((one) => [one, OWN_CANARIES[one]]))
  const shared = sharedAmong(packages)
  const request = served.osv === null ? {} : requestDocument({ kind: 'own', canaries, shared })

  const evidence = subjects.map(({ listing, opening }, index) => {
    const documents = async () => {
      const trackerListing = await knownListing(listing, whole)
      const { manifest } = await (indexed[index] as Promise<IndexedImage>)
      return {
        ...requestDocuments(manifest, canary),
        'vulnerability-report.json': await orServiceError(
          reportWithVulnerabilities(api, manifest.hash, expected, MATCHER_VIEW_MS),
          assertRunning,
        ),
        ...(await rowsDocuments(trackerListing, tracker, options.origins(opening), whole)),
        ...request,
        'update-operation.json': JSON.stringify(operation),
      }
    }
    return evidenceOf(async () => ({ documents: await documents(), sources: [source, ...serviceSources] }))
  })
  return Promise.all(evidence)
}

interface IndexedImage {
  readonly manifest: ClairManifest
  readonly packages: readonly ListedPackage[]
}

/** An image that could not be indexed is reported in its own evidence. */
async function allPackages(indexed: readonly Promise<IndexedImage>[]): Promise<readonly IndexedPackage[]> {
  const settled = await Promise.allSettled(indexed)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? one.value.packages : []))
}

/** Waits for the advisories of each ecosystem. If Clair refused some, their canary shows it. */
async function untilStored(
  api: ClairApi,
  { tag }: FeedServer,
  ecosystems: readonly ClairEcosystem[],
  timeoutMs: number,
  alive: () => Promise<void>,
): Promise<void> {
  const waits = ecosystems.map(async (ecosystem) => {
    await untilUpdated(api, tag, timeoutMs, alive, updaterOf(ecosystem)).catch(async () => {
      api.signal.throwIfAborted()
      await alive()
    })
  })
  await Promise.all(waits)
}

/**
 * Indexes the first of several images with the same bottom layer before the others. Clair never scans a layer twice,
 * but until it has finished the first scan, it starts another scan for each request.
 */
function indexBaseFirst<T>(
  subjects: readonly ImageForClair[],
  index: (subject: ImageForClair) => Promise<T>,
): readonly Promise<T>[] {
  const firstByBottomLayer = new Map<string, Promise<unknown>>()
  return subjects.map(async (subject) => {
    const [bottom = ''] = await subject.opening.diffIds
    const before = firstByBottomLayer.get(bottom)
    if (before !== undefined) {
      await before
      return index(subject)
    }
    const first = index(subject)
    // The others are requested even if this one fails.
    firstByBottomLayer.set(
      bottom,
      first.catch(() => undefined),
    )
    return first
  })
}

/** Runs `work`; if it failed because the container has ended, throws the error about the container instead. */
async function orServiceError<T>(work: Promise<T>, alive: () => Promise<void>): Promise<T> {
  try {
    return await work
  } catch (error) {
    await alive()
    throw error
  }
}
