import type { Tracker } from '../../feeds/formats/tracker.js'
import { listingOf } from '../../inventory/listing.js'
import { guardedLookup, isInternal, literalAddress } from '../../io/http/nearness.js'
import { type PullAccess, pullAccess } from '../../io/registry/http.js'
import { dockerLogins } from '../../io/registry/login.js'
import { type OpeningImage, problemOf, SeaworthyError } from '../../model/index.js'
import { type ClairApi, type ClairManifest, indexManifest } from './api/api.js'
import { manifestFrom, manifestOf } from './api/manifest.js'
import { WELL_KNOWN_CANARIES } from './applications/canary.js'
import type { ClairListing, ImageForClair } from './image.js'
import { pairCanary, trackerCanary } from './matches/canary.js'
import type { Canary, CanaryPair } from './matches/proof.js'
import { startFeedServer } from './services/server.js'

interface IndexedImage {
  readonly manifest: ClairManifest
  readonly index: string
  readonly canary: Canary | CanaryPair
  /** Digest of a blob -> diff_id, if Clair knows the layers by their blobs. */
  readonly diffIds?: Readonly<Record<string, string>>
}

/** Where an external Clair fetches the layers of images. */
export interface HandedLayers {
  readonly api: ClairApi
  indexed(
    opening: OpeningImage,
    listing: Pick<ClairListing, 'codename'>,
    rows: Tracker,
  ): Promise<IndexedImage>
  close(): Promise<void>
}

/**
 * Clair fetches them from this process.
 * @param layerUrl the address at which that Clair reaches this machine; without a port, any free one
 */
export async function layersFromGate(
  api: ClairApi,
  subjects: readonly ImageForClair[],
  layerUrl: string,
  { timeoutMs, isAlone }: { readonly timeoutMs: number; readonly isAlone: boolean },
): Promise<HandedLayers> {
  const canaries = new Map<string, Buffer>()
  const layer = async (diffId: string) =>
    canaries.get(diffId) ?? (await Promise.any(subjects.map(({ opening }) => opening.layer(diffId))))
  const served = { layer, tracker: null, releases: null, osv: null }
  const server = await startFeedServer('0.0.0.0', portOf(layerUrl), served, true)
  const { port, pathname: secret } = new URL(server.url)
  const address = new URL(layerUrl)
  address.port = port
  return {
    api,
    async indexed(opening, { codename }, rows) {
      const { canary, tar } = canaryFrom(rows, codename, isAlone)
      canaries.set(canary.layer, tar)
      const manifest = manifestOf(await opening.diffIds, canary.layer, `${address.origin}${secret}/layer`)
      const layers = { url: address.origin, timeoutMs }
      return { manifest, canary, index: await indexReachable(api, manifest, server.firstRequest, layers) }
    },
    close: server.close,
  }
}

/** 0, for any free one, if it names none. The URL parser drops the default port of http. */
const portOf = (layerUrl: string) => Number(/:(\d+)\/?$/.exec(layerUrl)?.[1] ?? 0)

/** A token is asked for again when it is this old, in ms: each is valid for a minute at least (distribution/spec/auth). */
const TOKEN_MS = 30_000
/** Limit for each request to a registry, in ms. */
const REQUEST_MS = 30_000

/**
 * Clair fetches them from their registry, with a token for pulling from that repository alone. No layer of ours is planted,
 * so a vulnerability that the image must have shows that Clair has matched it.
 */
export function layersFromRegistry(clair: ClairApi): HandedLayers {
  const secrets = new Set<string>()
  const api: ClairApi = { ...clair, secrets }
  return {
    // Whoever asks Clair later may get what it was sent: its answers are searched for tokens.
    api,
    async indexed(opening, { codename }, rows) {
      const { stored } = opening
      const diffIds = await opening.diffIds
      if (stored === undefined || stored.blobs.length !== diffIds.length) {
        throw new SeaworthyError({
          code: 'bad-input',
          what: 'layers-from: registry is only for images from a registry',
          where: opening.reference,
          todo: 'write registry: before the name of the image, or set layers-from to gate',
        })
      }
      const { reference, blobs } = stored
      const options = { logins: dockerLogins(), signal: api.signal, timeoutMs: REQUEST_MS, retries: 2 }
      const access = async () => {
        const found = await pullAccess(reference, blobs[0] ?? '', options)
        const token = found.authorization?.split(' ')[1]
        if (token !== undefined) {
          secrets.add(token)
        }
        return { ...found, since: Date.now() }
      }
      let current = await access()
      const guarded = { ...api, ...guardOf(api.url, current) }
      const manifest = () => manifestFrom(blobs, (blob) => placeOf(current, blob))
      const index = await indexManifest(guarded, manifest(), async () => {
        current = Date.now() - current.since < TOKEN_MS ? current : await access()
        return manifest()
      }).catch(unfetched)
      const canary = pairCanary(listingOf(await opening.image).main, rows, codename)
      const names = blobs.map((blob, at) => [blob, diffIds[at] ?? ''] as const)
      return { manifest: manifest(), canary, index, diffIds: Object.fromEntries(names) }
    },
    close: async () => {},
  }
}

function placeOf(
  { urlOf, authorization }: PullAccess,
  blob: string,
): Omit<ClairManifest['layers'][number], 'hash'> {
  const headers = authorization === null ? {} : { Authorization: [authorization] }
  return { uri: urlOf(blob), headers }
}

/**
 * A token goes over TLS, or to an address that the internet does not reach. The check is that of the connection itself: a
 * name may have other addresses a moment later.
 */
function guardOf(url: string, { authorization }: PullAccess): Pick<ClairApi, 'lookup'> {
  const { protocol, hostname } = new URL(url)
  if (authorization === null || protocol === 'https:') {
    return {}
  }
  const refusal = (address: string) => (isInternal(address) ? null : inTheClear(url))
  const literal = literalAddress(hostname)
  const error = literal === null ? null : refusal(literal)
  if (error !== null) {
    throw error
  }
  return { lookup: guardedLookup(refusal) }
}

function inTheClear(url: string): SeaworthyError {
  const what = 'with layers-from: registry, the token for the registry would go to this address without TLS'
  const todo = 'set clair-url to an https address, or to a private one; or set layers-from to gate'
  return new SeaworthyError({ code: 'bad-input', what, where: url, todo })
}

/** Clair's own words say which layer it did not get. */
function unfetched(error: unknown): never {
  const problem = problemOf(error, 'Clair')
  if (problem.code !== 'clair-index-failed') {
    throw error
  }
  const todo =
    'make sure that Clair reaches the registry under this name, and trusts its certificate; or set layers-from to gate'
  throw new SeaworthyError({ ...problem, todo }, { cause: error })
}

/**
 * Has Clair index. It must answer, say that it is busy, or fetch a layer: with a wrong address it would retry
 * for minutes. Throws `clair-cannot-reach-us`, or what `indexManifest` throws.
 * @returns its index report
 */
async function indexReachable(
  api: ClairApi,
  manifest: ClairManifest,
  firstRequest: Promise<void>,
  layers: { readonly url: string; readonly timeoutMs: number },
): Promise<string> {
  let isReached = false
  const timeoutController = new AbortController()
  const timer = setTimeout(() => timeoutController.abort(), layers.timeoutMs)
  void firstRequest.then(() => {
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
  const what = `the security tracker lists no fixed vulnerability for ${codename}, so Seaworthy cannot check whether Clair's database is populated`
  throw new SeaworthyError({ code: 'no-canary', what, where: 'tracker' })
}
