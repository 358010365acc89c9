import type { Evidence } from '../../core/evidence.js'
import { SeaworthyError } from '../../core/problem.js'
import {
  type ClairApi,
  type ClairManifest,
  indexManifest,
  untilReady,
  untilUpdated,
  vulnerabilityReport,
} from './api.js'
import { ownCanary, withCanary } from './canary.js'
import { type CollectOptions, describe, evidenceOf } from './documents.js'
import type { OpenTracker } from './feed.js'
import { manifestOf } from './manifest.js'
import { selectRows } from './narrow.js'
import { type FeedServer, startFeedServer } from './server.js'
import {
  allSettled,
  assertRunning,
  type Backend,
  type ClairService,
  createClair,
  type ServiceOptions,
  startBackend,
  startClair,
  untilDatabaseReady,
} from './services.js'
import { listingsOf, type Subject } from './subject.js'
import { writeTracker } from './tracker.js'

/** Where the services of a run come from, and their names. */
export interface OwnClair extends Omit<ServiceOptions, 'engine' | 'signal'> {
  readonly engine: () => Promise<ServiceOptions['engine']>
}

/** Clair's first request comes within a second of its start; after this long, in ms, something is in between. */
const PROBE_MS = 2000

/**
 * Collects with a Clair of our own beside the gate. Services start before a byte of the images was read; the
 * tracker is handed to Clair once all packages are known.
 */
export function withOwnClair(own: OwnClair) {
  return async (
    subjects: readonly Subject[],
    tracker: Promise<OpenTracker>,
    options: CollectOptions,
    took: () => number,
  ): Promise<readonly Evidence[]> => {
    const engine = await own.engine()
    const services: ServiceOptions = { ...own, engine, signal: options.signal }
    const { canary, tar } = ownCanary()
    const wanted = listingsOf(subjects)
    const narrowed = Promise.all([tracker, wanted]).then(([whole, them]) =>
      whole.narrow(them.map(({ names, codename }) => ({ packages: names, codename }))),
    )
    const served = Promise.all([narrowed, wanted]).then(([{ tracker: rows }, them]) =>
      writeTracker(withCanary(rows, canary, new Set(them.map(({ codename }) => codename)))),
    )
    for (const promise of [wanted, narrowed, served]) promise.catch(() => undefined)

    options.progress('starting PostgreSQL and Clair')
    const backend = await startBackend(services)
    const server = await startFeedServer(backend.place.address, 0, {
      layer: async (diffId) =>
        diffId === canary.layer
          ? tar
          : await Promise.any(subjects.map(({ opening }) => opening.layer(diffId))),
      tracker: served,
      releases: wanted.then((them) => new Map(them.map((it) => [it.codename, it.versionId ?? '0']))),
    })
    try {
      // What can't be served must end the wait at once, not when Clair gives up.
      const failure = Promise.withResolvers<never>()
      served.catch(failure.reject)
      failure.promise.catch(() => undefined)
      const clair = await bootClair(services, backend, server, options)
      const api: ClairApi = { url: clair.url, psk: null, signal: options.signal }
      const alive = () => assertRunning(engine, clair.id, 'Clair')
      const orFailure = <T>(work: Promise<T>) => Promise.race([work, failure.promise])
      await orFailure(untilReady(api, options.timeoutMs, alive))
      await orFailure(reached(server))

      options.progress('Clair reads the layers')
      const indexed = subjects.map(async ({ opening }) => {
        const manifest = manifestOf(await opening.diffIds, canary.layer, `${server.url}/layer`)
        await explained(indexManifest(api, manifest), alive)
        return manifest
      })
      for (const promise of indexed) promise.catch(() => undefined)
      const operation = await orFailure(untilUpdated(api, server.fingerprint, options.timeoutMs, alive))
      const { source } = await narrowed

      options.progress('Clair matches the packages')
      return await Promise.all(
        subjects.map(({ listing }, index) => {
          const documents = async () => {
            const { names, codename } = await listing
            const manifest = await (indexed[index] as Promise<ClairManifest>)
            return {
              ...describe(manifest, canary),
              'vulnerability-report.json': await explained(vulnerabilityReport(api, manifest.hash), alive),
              'tracker.json': writeTracker(selectRows((await narrowed).tracker, names, codename)),
              'update-operation.json': JSON.stringify(operation),
            }
          }
          return evidenceOf(documents, [source], options, took)
        }),
      )
    } finally {
      await server.close()
      await backend.place.leave()
    }
  }
}

async function bootClair(
  services: ServiceOptions,
  backend: Backend,
  server: FeedServer,
  { timeoutMs }: CollectOptions,
): Promise<ClairService> {
  const [id] = await allSettled([
    createClair(services, backend, server.url),
    untilDatabaseReady(services, backend, timeoutMs),
  ])
  const clair = await startClair(services.engine, id, backend.network)
  server.allow(clair.address)
  return clair
}

/** The probe: a Clair that is up has asked us for the list of releases, or something keeps it from us. */
async function reached(server: FeedServer): Promise<void> {
  const timer = Promise.withResolvers<'late'>()
  const timeout = setTimeout(() => timer.resolve('late'), PROBE_MS)
  const first = await Promise.race([server.firstRequest, timer.promise])
  clearTimeout(timeout)
  if (first !== 'late') return
  throw new SeaworthyError({
    code: 'clair-cannot-reach-us',
    what: 'Clair runs, and has not reached the feed server within 2 s: something is in between, such as a firewall',
    where: new URL(server.url).host,
    todo: 'allow containers to reach the gateway of their network, or use clair-url with a Clair that reaches this machine',
  })
}

/** A call that broke because the container ended is told as that. */
async function explained<T>(work: Promise<T>, alive: () => Promise<void>): Promise<T> {
  try {
    return await work
  } catch (error) {
    await alive()
    throw error
  }
}
