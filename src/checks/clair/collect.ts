import { type FeedsRequest, openFeeds, withFeeds } from '../../feeds/rate.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence } from '../../model/evidence.js'
import type { OpeningImage } from '../../model/opening.js'
import type { Collector } from '../check.js'
import { type CheckContext, collecting } from '../collecting.js'
import { lookUpAdvisories, withAdvisories } from './applications/collect.js'
import type { CollectOptions } from './documents.js'
import { type ExternalClair, withExternalClair } from './external.js'
import { imageForClair } from './image.js'
import { type OwnClair, withOwnClair } from './own.js'

/** What is asked of the check. */
export interface ClairRequest
  extends Pick<ExternalClair, 'psk'>,
    Pick<OwnClair, 'clairImage' | 'postgresImage'> {
  /** A Clair that others run, and how it reaches this machine; `null`: one of our own is started. */
  readonly url: string | null
  readonly layerUrl: string | null
  /** Limit of each wait for it, in milliseconds. */
  readonly timeoutMs: number
}

export interface ClairAsked {
  readonly clair: ClairRequest
  readonly feeds: FeedsRequest
}

export interface ClairOptions extends CollectOptions {
  /** Services to start for this run, or a Clair that others run. */
  readonly clair: OwnClair | ExternalClair
  readonly tracker: () => Promise<OpenTracker>
}

/** Clair's report of each image, and beside it what the feeds say of the CVEs in it. */
export const clairCollector: Collector<ClairAsked, CheckContext> = {
  id: 'clair',
  kept: null,
  async collect(images, { clair, feeds: sources }, run) {
    // Beside Clair: which CVEs are in question is known when it has answered.
    const feeds = openFeeds(sources, {
      ...run,
      offline: sources.offline,
      trustedRoot: sources.trustedRoot ?? null,
      cacheDir: run.kept,
      now: new Date(),
    })
    feeds.catch(() => undefined) // whoever waits for it sees the error
    // Beside Clair, too: an image without packages of an application asks for nothing.
    const advisories = lookUpAdvisories(images, sources, run)
    advisories.catch(() => undefined)
    const advised = sources.osv.length === 0 ? null : advisories
    const options = { ...run, advised, clair: clairOf(clair, run), timeoutMs: clair.timeoutMs }
    const evidence = await withAdvisories(await collectClair(images, options), advisories)
    return withFeeds(evidence, feeds)
  },
}

function clairOf({ url, layerUrl, psk, ...images }: ClairRequest, run: CheckContext): ClairOptions['clair'] {
  if (url !== null && layerUrl !== null) {
    return { url, psk, layerUrl }
  }
  const { engine, runId, labels } = run
  const { clairImage, postgresImage } = images
  return { engine, runId, labels, clairImage, postgresImage }
}

/** Has Clair look at each image; one evidence for each, in the same order. */
export async function collectClair(
  images: readonly OpeningImage[],
  options: ClairOptions,
): Promise<readonly Evidence[]> {
  const tracker = options.tracker()
  tracker.catch(() => undefined) // whoever waits for it sees the error
  const { clair, signal } = options
  const collect = 'layerUrl' in clair ? withExternalClair(clair) : withOwnClair(clair)
  return collecting('clair', images, signal, (each) =>
    collect(images.map(imageForClair), tracker, options, each),
  )
}
