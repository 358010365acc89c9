import type { Tracker } from '../../feeds/formats/tracker.js'
import { redactUrl } from '../../io/http/url.js'
import { problemOf, SeaworthyError } from '../../model/problem.js'
import { withoutEnd } from '../../model/text.js'
import {
  type ClairApi,
  type ClairManifest,
  indexManifest,
  latestUpdate,
  untilReady,
  vulnerabilityReport,
} from './api/api.js'
import { manifestOf } from './api/manifest.js'
import { WELL_KNOWN_CANARIES } from './applications/canary.js'
import type { Advisories } from './applications/documents.js'
import { CLAIR_ECOSYSTEMS } from './applications/ecosystems.js'
import { indexedPackages, requestDocument } from './applications/indexed.js'
import {
  type CollectFromClair,
  knownListing,
  narrowedTracker,
  requestDocuments,
  rowsDocuments,
} from './documents.js'
import { listingsOf } from './image.js'
import { trackerCanary } from './matches/canary.js'
import { type FeedServer, startFeedServer } from './services/server.js'

/** An external Clair. */
export interface ExternalClair {
  readonly url: string
  readonly psk: { readonly key: string; readonly issuer: string } | null
  /** The address, with a port, at which that Clair reaches this machine. */
  readonly layerUrl: string
}

/** A source package with fixed CVEs in every release's tracker, for images that contain none. */
const WELL_KNOWN_SOURCE = 'openssl'

/**
 * Collects from an external Clair, which gets the layers from Seaworthy. The date of its last update and a tracker row
 * that it has to report prove that its own database is usable.
 */
export function withExternalClair(clair: ExternalClair): CollectFromClair {
  return async (subjects, tracker, options, evidenceOf) => {
    const api: ClairApi = { url: withoutEnd(clair.url, '/'), psk: clair.psk, signal: options.signal }
    options.progress(`querying Clair at ${new URL(api.url).host}`)
    await untilReady(api, options.timeoutMs, async () => {})
    const operation = (await latestUpdate(api).catch(() => null)) ?? throwUnknownAge(api.url)
    const listings = await listingsOf(subjects)
    const { tracker: rows, source } = await narrowedTracker(await tracker, listings, [WELL_KNOWN_SOURCE])
    const updaterSource = {
      name: 'clair-update',
      url: redactUrl(api.url),
      fetchedAt: new Date().toISOString(),
      date: operation.date,
      sha256: null,
      rows: null,
    }
    const canaries = new Map<string, Buffer>()
    const layerUrl = new URL(clair.layerUrl)
    const server = await startFeedServer(
      '0.0.0.0',
      // The URL parser drops the default port of http.
      Number(layerUrl.port || 80),
      {
        layer: async (diffId) =>
          canaries.get(diffId) ?? (await Promise.any(subjects.map(({ opening }) => opening.layer(diffId)))),
        tracker: null,
        releases: null,
        osv: null,
      },
      true,
    )
    const secret = new URL(server.url).pathname
    try {
      return await Promise.all(
        subjects.map(({ opening, listing }, index) => {
          const documents = async () => {
            const trackerListing = await knownListing(listing, tracker)
            const { canary, tar } = canaryFrom(rows, trackerListing.codename, options.lookup === null)
            canaries.set(canary.layer, tar)
            const manifest = manifestOf(
              await opening.diffIds,
              canary.layer,
              `${layerUrl.origin}${secret}/layer`,
            )
            options.progress('Clair is reading the layers')
            const layers = { url: layerUrl.origin, timeoutMs: options.timeoutMs }
            const listed = await indexReport(api, manifest, server, layers)
            options.lookup?.addIndex(index, indexedPackages(listed, canary.layer))
            return {
              ...requestDocuments(manifest, canary),
              'vulnerability-report.json': await vulnerabilityReport(api, manifest.hash),
              ...(await rowsDocuments(
                trackerListing,
                rows,
                (
                  await options.origins(opening)
                ).trackerRows,
                tracker,
              )),
              'update-operation.json': JSON.stringify(operation),
              ...requestedEcosystems(
                (await options.lookup?.evidence.catch(() => []))?.[index]?.advisories ?? null,
              ),
            }
          }
          return evidenceOf(async () => {
            try {
              return { documents: await documents(), sources: [source, updaterSource] }
            } finally {
              // If this image could not be indexed, the lookups for the others must not wait for it.
              options.lookup?.addIndex(index, [])
            }
          })
        }),
      )
    } finally {
      await server.close()
    }
  }
}

/**
 * Makes Clair index an image. Clair must answer, report that it is busy, or fetch a layer within the time limit: with a
 * wrong address it would retry for minutes. Throws `clair-cannot-reach-us`, or what `indexManifest` throws.
 * @returns its index report
 */
async function indexReport(
  api: ClairApi,
  manifest: ClairManifest,
  server: FeedServer,
  layers: { readonly url: string; readonly timeoutMs: number },
): Promise<string> {
  let isReached = false
  const timeoutController = new AbortController()
  const timer = setTimeout(() => timeoutController.abort(), layers.timeoutMs)
  void server.firstRequest.then(() => {
    isReached = true
    clearTimeout(timer)
  })
  try {
    const limited = { ...api, signal: AbortSignal.any([api.signal, timeoutController.signal]) }
    // Clair answered that it is busy, so its time limit for fetching a layer starts again.
    return await indexManifest(limited, manifest, () => void (isReached || timer.refresh()))
  } catch (error) {
    api.signal.throwIfAborted()
    const { code, what } = problemOf(error, api.url)
    if (isReached || (code !== 'clair-index-failed' && !timeoutController.signal.aborted)) {
      throw error
    }
    throw new SeaworthyError({
      code: 'clair-cannot-reach-us',
      what: timeoutController.signal.aborted
        ? `Clair did not fetch any layer within ${layers.timeoutMs / 1000} s`
        : `Clair did not fetch any layer: ${what}`,
      where: layers.url,
      todo: 'set layer-url to an address at which Clair can reach this machine, on a port that no firewall blocks',
    })
  } finally {
    clearTimeout(timer)
  }
}

/** The release's first fixed CVE in the tracker: a sufficiently old version must have it. */
function canaryFrom(rows: Tracker, codename: string, isAlone: boolean) {
  for (const [source, entries] of rows) {
    for (const [cve, { releases }] of entries) {
      const row = releases.get(codename)
      const fixed = row?.status === 'resolved' && row.fixedVersion !== null && row.fixedVersion !== '0'
      if (fixed) {
        return trackerCanary(source, cve, isAlone ? null : WELL_KNOWN_CANARIES)
      }
    }
  }
  throw new SeaworthyError({
    code: 'no-canary',
    what: `the security tracker lists no fixed vulnerability for ${codename}, so Seaworthy cannot check whether Clair's database is populated`,
    where: 'tracker',
  })
}

/**
 * Which ecosystems the external Clair has to answer for, as a document. It uses its own advisories; a canary for each
 * ecosystem shows whether it has them.
 */
function requestedEcosystems(advisories: Advisories | null): Record<string, string> {
  if (advisories === null) {
    return {}
  }
  const requested = CLAIR_ECOSYSTEMS.filter((one) => advisories.has(one))
  const canaries = Object.fromEntries(requested.map((one) => [one, WELL_KNOWN_CANARIES[one]]))
  return requestDocument({ kind: 'other', canaries, shared: [] })
}

function throwUnknownAge(url: string): never {
  throw new SeaworthyError({
    code: 'clair-freshness-unknown',
    what: 'Clair does not report when its Debian updater last ran',
    where: redactUrl(`${url}/matcher/api/v1/internal/update_operation`),
  })
}
