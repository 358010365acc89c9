import type { Wanted } from '../debian/tracker.js'
import type { OpenTracker } from '../feeds/tracker/open.js'
import type { Engine } from '../io/engine/engine.js'
import type { AllowedBases } from '../model/base-image.js'
import type { CheckId } from '../model/checks.js'
import type { Evidence } from '../model/evidence.js'
import type { OpeningImage } from '../model/opening.js'
import type { ForeignPackage } from '../model/origin.js'
import { problemOf } from '../model/problem.js'

/**
 * Which rows of the security tracker the packages of an image ask for beside those of its own release: told by the
 * check that reads the archive's indexes, asked by the one that reads the rows.
 */
export interface RowsBoard {
  /** @param foreign its packages that are not from its release */
  tell(image: OpeningImage, wanted: readonly Wanted[], foreign?: readonly ForeignPackage[]): void
  /** None where nobody has told of it until the board is closed. */
  of(image: OpeningImage): Promise<readonly Wanted[]>
  /** The same of the packages that are not from its release. */
  foreign(image: OpeningImage): Promise<readonly ForeignPackage[]>
  /** From now on nobody tells anything. */
  close(): void
}

interface Told {
  readonly wanted: readonly Wanted[]
  readonly foreign: readonly ForeignPackage[]
}

export function rowsBoard(): RowsBoard {
  const told = new Map<OpeningImage, PromiseWithResolvers<Told>>()
  let isClosed = false
  const about = (image: OpeningImage) => {
    const known = told.get(image) ?? Promise.withResolvers<Told>()
    if (isClosed) {
      known.resolve({ wanted: [], foreign: [] })
    }
    told.set(image, known)
    return known
  }
  return {
    tell: (image, wanted, foreign = []) => about(image).resolve({ wanted, foreign }),
    of: async (image) => (await about(image).promise).wanted,
    foreign: async (image) => (await about(image).promise).foreign,
    close: () => {
      isClosed = true
      for (const image of told.keys()) {
        about(image)
      }
    },
  }
}

/** What a run lends to each check. */
export interface CheckContext {
  readonly runId: string
  /** Aborted at the end of the time, or by a signal: the reason is then why there is no evidence. */
  readonly signal: AbortSignal
  /** Says in one line what is being waited for. */
  readonly progress: (text: string) => void
  /** Connected at the first use. */
  readonly engine: () => Promise<Engine>
  /** For temporary files. */
  readonly directory: string
  /** The cache folder, if what is kept in it counts though nothing outside proves it (decision 32); else `null`. */
  readonly kept: string | null
  /** Of all that is made in the engine: what a killed run leaves is swept by them. */
  readonly labels: Readonly<Record<string, string>>
  /** Debian's security tracker, read at the first use; the run closes it. */
  readonly tracker: () => Promise<OpenTracker>
  readonly rows: RowsBoard
  readonly allowedBases: AllowedBases
  /** Prefixes of names under which the policy takes images for Docker's official ones. */
  readonly officialMirrors: readonly string[]
  /** Layers of the image that the judged one is an update of; none where it is no update. */
  readonly unpatched: readonly string[]
}

/** What was got of one image; where it could not be got, `problem` may say why beside documents that tell more. */
export type Got = Pick<Evidence, 'documents' | 'sources'> & Partial<Pick<Evidence, 'problem'>>

/** Evidence of one image from what `read` gets. Never throws: an image that fails does not spoil the others. */
export type Each = (read: () => Promise<Got>) => Promise<Evidence>

/**
 * Times what a check collects, and makes problems of what it throws: one of `each` is that image's, any other is that
 * of all images. Whatever breaks because the run was aborted has the reason of that.
 */
export async function collecting(
  check: CheckId,
  images: readonly unknown[],
  signal: AbortSignal,
  work: (each: Each) => Promise<readonly Evidence[]>,
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const evidence = ({ documents, sources, problem = null }: Got): Evidence => {
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
