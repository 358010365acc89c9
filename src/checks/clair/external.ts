import { redactUrl } from '../../io/http/url.js'
import { SeaworthyError, withoutEnd } from '../../model/index.js'
import { type ClairApi, latestUpdate, vulnerabilityReport } from './api/api.js'
import { untilExistingReady } from './api/existing.js'
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
import { layersFromGate, layersFromRegistry } from './handed-layers.js'
import { listingsOf } from './image.js'

export interface ExternalClair {
  readonly url: string
  readonly psk: { readonly key: string; readonly issuer: string } | null
  /** The address at which that Clair reaches this machine, perhaps with a port; `null`: it fetches layers from their registry. */
  readonly layerUrl: string | null
}

/** A source package with fixed CVEs in every release's tracker, for images that contain none. */
const WELL_KNOWN_SOURCE = 'openssl'

/**
 * Collects from an external Clair. It has a database of its own, which must prove itself by the date of its last update
 * and by a tracker row that it has to report.
 */
export function withExternalClair(clair: ExternalClair): CollectFromClair {
  return async (subjects, tracker, options, evidenceOf) => {
    const api: ClairApi = { url: withoutEnd(clair.url, '/'), psk: clair.psk, signal: options.signal }
    options.progress(`querying Clair at ${new URL(api.url).host}`)
    const { timeoutMs, lookup } = options
    // Before waiting for Clair: a layer port that is taken stays taken.
    const layers =
      clair.layerUrl === null
        ? layersFromRegistry(api)
        : await layersFromGate(api, subjects, clair.layerUrl, { timeoutMs, isAlone: lookup === null })
    try {
      await untilExistingReady(api, timeoutMs)
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
      return await Promise.all(
        subjects.map(({ opening, listing }, index) => {
          const documents = async () => {
            const trackerListing = await knownListing(listing, tracker)
            options.progress('Clair is reading the layers')
            const { index: report, ...handed } = await layers.indexed(opening, trackerListing, rows)
            const { manifest, canary, diffIds } = handed
            const canaryLayer = canary.kind === 'pair' ? null : canary.layer
            options.lookup?.addIndex(index, indexedPackages(report, canaryLayer, diffIds))
            return {
              ...requestDocuments(manifest, canary, diffIds),
              'vulnerability-report.json': await vulnerabilityReport(layers.api, manifest.hash),
              ...(await rowsDocuments(trackerListing, rows, options.origins(opening), tracker)),
              'update-operation.json': JSON.stringify(operation),
              ...requestedEcosystems(
                (await options.lookup?.evidence.catch(() => []))?.[index]?.advisories ?? null,
                canaryLayer !== null,
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
      await layers.close()
    }
  }
}

/**
 * Which ecosystems the external Clair has to answer for, as a document. It uses its own advisories; a canary for each
 * ecosystem shows whether it has them.
 */
function requestedEcosystems(advisories: Advisories | null, hasCanaries: boolean): Record<string, string> {
  if (advisories === null) {
    return {}
  }
  const requested = CLAIR_ECOSYSTEMS.filter((one) => hasCanaries && advisories.has(one))
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
