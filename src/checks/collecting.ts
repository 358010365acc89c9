import type { RowRequest } from '../debian/tracker.js'
import type { OpenTracker } from '../feeds/tracker/open.js'
import type { Engine } from '../io/engine/engine.js'
import type { AllowedBases } from '../model/base-image.js'
import type { CheckId } from '../model/checks.js'
import type { Evidence } from '../model/evidence.js'
import type { OpeningImage } from '../model/opening.js'
import type { ForeignPackage } from '../model/origin.js'
import { problemOf } from '../model/problem.js'

/**
 * Which tracker rows the packages of an image need in addition to those of its own release. The check that
 * reads the archive's indexes provides this; the check that reads the rows asks for it.
 */
export interface RowsBoard {
  /** @param foreign its packages that are not from its release */
  provide(image: OpeningImage, wanted: readonly RowRequest[], foreign?: readonly ForeignPackage[]): void
  /** None if nothing has been provided by the time the board is closed. */
  of(image: OpeningImage): Promise<readonly RowRequest[]>
  /** The same for the packages that are not from its release. */
  foreign(image: OpeningImage): Promise<readonly ForeignPackage[]>
  /** From now on nothing more is provided. */
  close(): void
}

interface ProvidedRows {
  readonly rowRequests: readonly RowRequest[]
  readonly foreign: readonly ForeignPackage[]
}

export function rowsBoard(): RowsBoard {
  const provided = new Map<OpeningImage, PromiseWithResolvers<ProvidedRows>>()
  let isClosed = false
  const boardFor = (image: OpeningImage) => {
    const rowsPromise = provided.get(image) ?? Promise.withResolvers<ProvidedRows>()
    if (isClosed) {
      rowsPromise.resolve({ rowRequests: [], foreign: [] })
    }
    provided.set(image, rowsPromise)
    return rowsPromise
  }
  return {
    provide: (image, wanted, foreign = []) => boardFor(image).resolve({ rowRequests: wanted, foreign }),
    of: async (image) => (await boardFor(image).promise).rowRequests,
    foreign: async (image) => (await boardFor(image).promise).foreign,
    close: () => {
      isClosed = true
      for (const image of provided.keys()) {
        boardFor(image)
      }
    },
  }
}

/** What a run provides to each check. */
export interface CheckContext {
  readonly runId: string
  /** Aborted by the time limit or a signal: the reason then explains why there is no evidence. */
  readonly signal: AbortSignal
  /** Prints one line that says what the run is waiting for. */
  readonly progress: (text: string) => void
  /** Connected at first use. */
  readonly engine: () => Promise<Engine>
  /** For temporary files. */
  readonly directory: string
  /**
   * The cache folder, if its content counts although nothing outside proves it (decision 32); else `null`.
   */
  readonly kept: string | null
  /** For everything created in the engine: leftovers of a killed run are found by these labels. */
  readonly labels: Readonly<Record<string, string>>
  /** Debian's security tracker, read at first use; the run closes it. */
  readonly tracker: () => Promise<OpenTracker>
  readonly rows: RowsBoard
  readonly allowedBases: AllowedBases
  /** Name prefixes under which the policy treats images as Docker's official ones. */
  readonly officialMirrors: readonly string[]
  /** Layers of the image that the judged one is an update of; empty if it is not an update. */
  readonly unpatched: readonly string[]
}

/**
 * What was collected for one image. If that failed, `problem` may say why, next to documents that explain
 * more.
 */
export type CollectedEvidence = Pick<Evidence, 'documents' | 'sources'> & Partial<Pick<Evidence, 'problem'>>

/**
 * Evidence of one image from the result of `read`. Never throws: an image that fails does not spoil the
 * others.
 */
export type Each = (read: () => Promise<CollectedEvidence>) => Promise<Evidence>

/**
 * Times what a check collects, and turns what it throws into problems: an error in `each` is about that
 * image, any other is about all images. If the run was aborted, its reason replaces whatever failed because
 * of that.
 */
export async function collecting(
  check: CheckId,
  images: readonly unknown[],
  signal: AbortSignal,
  work: (each: Each) => Promise<readonly Evidence[]>,
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const evidence = ({ documents, sources, problem = null }: CollectedEvidence): Evidence => {
    return { check, documents, sources, problem, tookMs: Math.round(performance.now() - started) }
  }
  const failed = (error: unknown) =>
    evidence({
      documents: {},
      sources: [],
      problem: problemOf(signal.aborted ? signal.reason : error, check),
    })
  const each: Each = (read) => read().then(evidence, failed)
  try {
    return await work(each)
  } catch (error) {
    return images.map(() => failed(error))
  }
}
