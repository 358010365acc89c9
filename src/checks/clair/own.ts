import { writeTracker } from '../../feeds/formats/tracker.js'
import type { NarrowedTracker, OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence, Source } from '../../model/evidence.js'
import type { EvidenceOf } from '../collecting.js'
import { type ClairApi, type ClairManifest, indexManifest, reportWith, untilUpdated } from './api/api.js'
import { manifestOf } from './api/manifest.js'
import { OWN_CANARIES } from './applications/canary.js'
import { type ClairEcosystem, updaterOf } from './applications/ecosystems.js'
import { indexedPackages, type ListedPackage, requestDocument, sharedAmong } from './applications/indexed.js'
import type { IndexedPackage } from './applications/narrow.js'
import { servedOsv } from './applications/serve.js'
import {
  type CollectAll,
  type CollectOptions,
  knownListing,
  narrowedTo,
  requestDocuments,
  rowsDocuments,
} from './documents.js'
import { type ImageForClair, listingsOf } from './image.js'
import { type Canary, ownCanary, withCanary } from './matches/canary.js'
import type { FeedServer, ServedData } from './services/server.js'
import { presentImages, type ServiceOptions, serviceSources } from './services/service-images.js'
import { startBackend } from './services/services.js'
import { type StartedClair, startedClair } from './started.js'

/** Where the services of a run come from, and their names. */
export interface OwnClair extends Omit<ServiceOptions, 'engine' | 'signal'> {
  readonly engine: () => Promise<ServiceOptions['engine']>
}

/**
 * How long Clair may take to store the advisories that it got, in ms: it never names those that it refuses.
 */
const STORE_MS = 30_000

/** How long the matcher may take to see what the updater stored, in ms. */
const VIEW_MS = 5000

/**
 * Collects with a Clair of our own. Services start before the first byte of the images is read; Clair gets
 * the tracker once all packages are known.
 */
export function withOwnClair(own: OwnClair): CollectAll {
  return async (subjects, tracker, options, evidenceOf) => {
    const services: ServiceOptions = { ...own, engine: await own.engine(), signal: options.signal }
    const offer = offerOf(subjects, tracker, options.lookup)
    // Everything that still waits for Clair stops once the result is known (such as a tracker that can't be
    // served).
    const over = new AbortController()
    const signal = AbortSignal.any([options.signal, over.signal])
    // In a first job, their pulls take longer than anything else.
    const images = presentImages(services, signal)
    images.catch(() => undefined)
    // If no image is found, nothing need be started, and that is known before a byte is read.
    await anyFound(subjects).catch((error: unknown) => {
      over.abort()
      throw error
    })
    options.progress('starting PostgreSQL and Clair')
    const backend = await startBackend(services, await images)
    const { served, failure } = offer
    const clair = await startedClair(services, backend, served, { ...options, signal, failure })
    try {
      const serviceImages = serviceSources(services, backend.images)
      const requestOptions = { ...options, signal, evidenceOf, ran: serviceImages, whole: tracker }
      return await askClair(subjects, offer, clair, requestOptions)
    } finally {
      over.abort()
      await clair.close()
    }
  }
}

/** @throws the first image's error if no image could be read */
async function anyFound(subjects: readonly ImageForClair[]): Promise<void> {
  await Promise.any(subjects.map(({ opening }) => opening.found)).catch(
    ({ errors: [first] }: AggregateError) => {
      throw first
    },
  )
}

/** What Clair can fetch from us, and when. */
interface OfferToClair {
  readonly canary: Canary
  readonly narrowed: Promise<NarrowedTracker>
  readonly served: ServedData
  /** Gets the packages of Clair's indexes, once all of them are known. */
  readonly indexed: (packages: readonly IndexedPackage[]) => void
  /** Rejects as soon as the tracker can't be served: waiting for Clair is then pointless. */
  readonly failure: Promise<never>
}

function offerOf(
  subjects: readonly ImageForClair[],
  tracker: Promise<OpenTracker>,
  lookup: CollectOptions['lookup'],
): OfferToClair {
  const { canary, tar } = ownCanary(lookup === null ? null : OWN_CANARIES)
  const indexes = Promise.withResolvers<readonly IndexedPackage[]>()
  const osv = lookup === null ? null : servedOsv(lookup, indexes.promise)
  const listings = listingsOf(subjects)
  const narrowed = Promise.all([tracker, listings]).then(([whole, them]) => narrowedTo(whole, them))
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
  { canary, narrowed, served, indexed: provide, failure }: OfferToClair,
  { api, server, alive }: StartedClair,
  options: CollectOptions & {
    readonly evidenceOf: EvidenceOf
    readonly ran: readonly Source[]
    readonly whole: Promise<OpenTracker>
  },
): Promise<readonly Evidence[]> {
  const { timeoutMs, progress, evidenceOf, ran, whole } = options
  const orFailure = <T>(work: Promise<T>) => Promise.race([work, failure])
  progress('Clair is reading the layers')
  const indexed = oneAfterAnother(subjects, async ({ opening }) => {
    const manifest = manifestOf(await opening.diffIds, canary.layer, `${server.url}/layer`)
    const index = await explained(indexManifest(api, manifest), alive)
    return { manifest, packages: options.lookup === null ? [] : indexedPackages(index, canary.layer) }
  })
  for (const [at, promise] of indexed.entries()) {
    // An image that could not be indexed is reported in its own evidence.
    promise.then(
      (one) => options.lookup?.indexed(at, one.packages),
      () => options.lookup?.indexed(at, []),
    )
  }
  const packages = served.osv === null ? [] : await orFailure(allPackages(indexed))
  provide(packages)
  // Lookups take as long as the bucket is large: Clair's own time starts after them.
  const ecosystems = served.osv === null ? [] : await orFailure(served.osv.ecosystems().catch(() => []))
  const operation = await orFailure(untilUpdated(api, server.fingerprint, timeoutMs, alive))
  await orFailure(untilStored(api, server, ecosystems, Math.min(timeoutMs, STORE_MS), alive))
  const { source, tracker } = await narrowed

  progress('Clair is matching the packages')
  const expected = [canary.cve, ...ecosystems.flatMap((one) => OWN_CANARIES[one].id ?? [])]
  const canaries = Object.fromEntries(ecosystems.map((one) => [one, OWN_CANARIES[one]]))
  const shared = sharedAmong(packages)
  const request = served.osv === null ? {} : requestDocument({ kind: 'own', canaries, shared })

  const evidence = subjects.map(({ listing, opening }, index) => {
    const documents = async () => {
      const trackerListing = await knownListing(listing, whole)
      const { manifest } = await (indexed[index] as Promise<Indexed>)
      return {
        ...requestDocuments(manifest, canary),
        'vulnerability-report.json': await explained(
          reportWith(api, manifest.hash, expected, VIEW_MS),
          alive,
        ),
        ...(await rowsDocuments(trackerListing, tracker, (await options.origins(opening)).wanted, whole)),
        ...request,
        'update-operation.json': JSON.stringify(operation),
      }
    }
    return evidenceOf(async () => ({ documents: await documents(), sources: [source, ...ran] }))
  })
  return Promise.all(evidence)
}

interface Indexed {
  readonly manifest: ClairManifest
  readonly packages: readonly ListedPackage[]
}

/** An image that could not be indexed is reported in its own evidence. */
async function allPackages(indexed: readonly Promise<Indexed>[]): Promise<readonly IndexedPackage[]> {
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
 * Of images that share their bottom layer, the first is indexed before the others. Clair never scans a layer
 * twice, but until it has finished the first scan it starts another for each request.
 */
function oneAfterAnother<T>(
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

/** A call that failed because the container ended is reported as that. */
async function explained<T>(work: Promise<T>, alive: () => Promise<void>): Promise<T> {
  try {
    return await work
  } catch (error) {
    await alive()
    throw error
  }
}
