import type { CopyOptions } from '../../feeds/document.js'
import { openEnds } from '../../feeds/ends.js'
import { endsDocument, programsOfImage } from '../../feeds/formats/ends.js'
import { type FeedsRequest, openFeeds, withFeeds } from '../../feeds/rate.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import { type Evidence, joinedError, type OpeningImage, SeaworthyError } from '../../model/index.js'
import type { Collector } from '../check.js'
import { type CheckContext, collecting, withMoreData } from '../collecting.js'
import { type AdvisoryEvidence, lookUpAdvisories, withAdvisories } from './applications/collect.js'
import type { CollectOptions } from './documents.js'
import { type ExternalClair, withExternalClair } from './external.js'
import { type ImageForClair, imageForClair } from './image.js'
import { type OwnClair, withOwnClair } from './own.js'

export interface ClairRequest
  extends Pick<ExternalClair, 'psk'>,
    Pick<OwnClair, 'clairImage' | 'postgresImage'> {
  /** The address of an external Clair; `null`: Seaworthy starts one. */
  readonly url: string | null
  readonly layerUrl: string | null
  /** Who hands the layers to an external Clair. */
  readonly layersFrom: 'gate' | 'registry'
  /** Limit for each wait for Clair, in milliseconds. */
  readonly timeoutMs: number
}

export interface ClairCheckRequest {
  readonly clair: ClairRequest
  readonly feeds: FeedsRequest
}

export interface ClairOptions extends CollectOptions {
  /** Services to start for this run, or an external Clair. */
  readonly clair: OwnClair | ExternalClair
  readonly tracker: () => Promise<OpenTracker>
  /** Other data that the check needs: if Clair fails, errors in reading these are reported together with Clair's. */
  readonly otherData?: readonly Promise<unknown>[]
}

/** Clair's report on each image, together with what the feeds say about the CVEs in it. */
export const clairCollector: Collector<ClairCheckRequest, CheckContext> = {
  id: 'clair',
  cacheFiles: null,
  collect: (images, request, run) => ({ evidence: collectRated(images, request, run) }),
}

async function collectRated(
  images: readonly OpeningImage[],
  { clair, feeds: sources }: ClairCheckRequest,
  run: CheckContext,
): Promise<readonly Evidence[]> {
  // Ratings are read after Clair has answered: its answer shows which CVEs are needed.
  const copies = {
    ...run,
    offline: sources.offline,
    trustedRoot: sources.trustedRoot ?? null,
    cacheDir: run.trustedCacheDir,
    now: new Date(),
  }
  const feeds = openFeeds(sources, { ...copies, publishedHours: sources.publishedHours })
  const endsOfLife = endsOfLifeOf(images, sources.published, copies)
  // Advisories are looked up while Clair works; an image without application packages needs none.
  const lookup = lookUpAdvisories(images, sources, run)
  const advisories = lookup.evidence
  const data = [feeds, advisories, assertAllRead(advisories)]
  for (const one of [...data, endsOfLife]) {
    one.catch(() => undefined) // whoever waits for it gets the error
  }
  const services = { clair: clairOf(clair, run), timeoutMs: clair.timeoutMs }
  // Clair lists application packages, but no programs.
  const isForClair = sources.osv.length > 0 && sources.osvFor !== 'programs'
  if (!isForClair) {
    addEmptyIndexes(images, lookup)
  }
  const options = { ...run, ...services, lookup: isForClair ? lookup : null, otherData: data }
  const collected = await collectClair(images, options)
  addEmptyIndexes(images, options.lookup)
  // Even if Clair failed: neither ends of life nor advisories depend on Clair.
  const evidence = await withAdvisories(withMoreData(collected, await endsOfLife), advisories)
  return withFeeds(evidence, feeds)
}

/** The ends of life of each image's programs, in the same order. They are read only if an image has programs. */
async function endsOfLifeOf(
  images: readonly OpeningImage[],
  published: string | null,
  options: CopyOptions,
): Promise<readonly Pick<Evidence, 'documents' | 'sources'>[]> {
  // The code that reads an image reports that it cannot be read.
  const opened = await Promise.all(images.map(({ image }) => image.catch(() => null)))
  const programs = opened.map((image) => (image === null ? new Set<string>() : programsOfImage(image)))
  const openedEnds = programs.some(({ size }) => size > 0) ? await openEnds(published, options) : null
  return programs.map((names) =>
    names.size === 0 || openedEnds === null
      ? { documents: {}, sources: [] }
      : { documents: endsDocument(openedEnds.ends, names), sources: [openedEnds.source] },
  )
}

function clairOf(
  { url, layerUrl, layersFrom, psk, ...images }: ClairRequest,
  run: CheckContext,
): ClairOptions['clair'] {
  if (url !== null && (layerUrl !== null || layersFrom === 'registry')) {
    return { url, psk, layerUrl: layersFrom === 'registry' ? null : layerUrl }
  }
  const { engine, runId, labels } = run
  const { clairImage, postgresImage } = images
  return { engine, runId, labels, clairImage, postgresImage }
}

/** Has Clair judge each image; one evidence per image, in the same order. */
export async function collectClair(
  images: readonly OpeningImage[],
  options: ClairOptions,
): Promise<readonly Evidence[]> {
  const tracker = options.tracker()
  tracker.catch(() => undefined) // whoever waits for it gets the error
  const { clair, signal } = options
  const collect = 'layerUrl' in clair ? withExternalClair(clair) : withOwnClair(clair)
  const subjects = images.map(imageForClair)
  return collecting('clair', images, signal, (evidenceOf) =>
    collect(subjects, tracker, options, evidenceOf).catch(async (error: unknown) => {
      addEmptyIndexes(images, options.lookup)
      const fullError = await withMissingData(error, [tracker, ...(options.otherData ?? [])])
      return Promise.all(
        subjects.map((subject) =>
          evidenceOf(async () => {
            await databaseProblem(subject)
            throw fullError
          }),
        ),
      )
    }),
  )
}

/** Adds empty indexes if Clair will send none: then only packages of the images' inventories are looked up, at once. */
function addEmptyIndexes(images: readonly unknown[], lookup: ClairOptions['lookup']): void {
  for (const at of images.keys()) {
    lookup?.addIndex(at, [])
  }
}

/** A missing ecosystem is usually reported as a separate problem; here it is an error, as with other data. */
async function assertAllRead(advisories: Promise<readonly AdvisoryEvidence[]>): Promise<void> {
  const answers = (await advisories).flatMap((one) => [...(one.advisories?.values() ?? [])])
  const errors = answers.flatMap((one) => ('problem' in one ? [new SeaworthyError(one.problem)] : []))
  if (errors.length > 0) {
    throw joinedError(errors)
  }
}

/** Adds errors about missing data to another error, so that one run reports everything that is missing. */
async function withMissingData(error: unknown, data: readonly Promise<unknown>[]): Promise<unknown> {
  const settled = await Promise.allSettled(data)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  return joinedError([...new Set([error, ...errors])])
}

/** Throws an error that is about this image alone. Does not wait: an image that is still being read is ignored. */
async function databaseProblem({ opening, listing }: ImageForClair): Promise<void> {
  await Promise.race([listing, opening.found, null])
}
