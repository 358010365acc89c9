import type { Evidence } from '../../core/evidence.js'
import type { OpeningImage } from '../../core/opening.js'
import { problemOf } from '../../core/problem.js'
import { type CollectOptions, failed } from './documents.js'
import { type ExternalClair, withExternalClair } from './external.js'
import { openTracker } from './feed.js'
import { type OwnClair, withOwnClair } from './own.js'
import { subjectOf } from './subject.js'

export interface ClairOptions extends CollectOptions {
  /** Services to start for this run, or a Clair that others run. */
  readonly clair: OwnClair | ExternalClair
  /** URL or path of Debian's security tracker. */
  readonly tracker: string
  /** Where the tracker is spooled. */
  readonly directory: string
  /** Where the tracker is kept for a conditional request in the next run. */
  readonly cacheDir: string
}

/** Has Clair look at each image; one evidence for each, in the same order. */
export async function collectClair(
  images: readonly OpeningImage[],
  options: ClairOptions,
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const took = () => performance.now() - started
  const { tracker: source, directory: tempDir, cacheDir, signal, timeoutMs } = options
  const tracker = openTracker({ source, tempDir, cacheDir, signal, timeoutMs })
  tracker.catch(() => undefined) // whoever waits for it sees the error
  try {
    const collect =
      'layerUrl' in options.clair ? withExternalClair(options.clair) : withOwnClair(options.clair)
    return await collect(images.map(subjectOf), tracker, options, took)
  } catch (error) {
    const problem = problemOf(options.signal.aborted ? options.signal.reason : error, 'clair')
    return images.map(() => failed(problem, took()))
  } finally {
    await tracker.then((it) => it.close()).catch(() => undefined)
  }
}
