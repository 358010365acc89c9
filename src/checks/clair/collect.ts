import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence } from '../../model/evidence.js'
import type { OpeningImage } from '../../model/opening.js'
import { problemOf } from '../../model/problem.js'
import { type CollectOptions, failed } from './documents.js'
import { type ExternalClair, withExternalClair } from './external.js'
import { imageForClair } from './image.js'
import { type OwnClair, withOwnClair } from './own.js'

export interface ClairOptions extends CollectOptions {
  /** Services to start for this run, or a Clair that others run. */
  readonly clair: OwnClair | ExternalClair
  /** Debian's security tracker, which other checks of the run read too; whoever opened it closes it. */
  readonly tracker: () => Promise<OpenTracker>
}

/** Has Clair look at each image; one evidence for each, in the same order. */
export async function collectClair(
  images: readonly OpeningImage[],
  options: ClairOptions,
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const took = () => performance.now() - started
  const tracker = options.tracker()
  tracker.catch(() => undefined) // whoever waits for it sees the error
  try {
    const collect =
      'layerUrl' in options.clair ? withExternalClair(options.clair) : withOwnClair(options.clair)
    return await collect(images.map(imageForClair), tracker, options, took)
  } catch (error) {
    const problem = problemOf(options.signal.aborted ? options.signal.reason : error, 'clair')
    return images.map(() => failed(problem, took()))
  }
}
