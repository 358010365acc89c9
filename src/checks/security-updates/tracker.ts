import { type RowRequest, writeTracker } from '../../debian/tracker.js'
import { selectRows } from '../../debian/tracker-rows.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Source } from '../../model/evidence.js'
import { problemOf } from '../../model/problem.js'

/** Documents with the tracker's rows about the CVEs that the updates fix, and their sources. */
export interface TrackerDocuments {
  readonly documents: Readonly<Record<string, string>>
  readonly sources: readonly Source[]
}

export const NO_TRACKER_DOCUMENTS: TrackerDocuments = { documents: {}, sources: [] }

/**
 * The tracker's rows of the image's source packages as tracker.json; or tracker-problem.json, which says why
 * there are none. Missing updates are known even without the tracker.
 */
export async function trackerDocuments(
  wanted: readonly RowRequest[],
  tracker: Promise<OpenTracker>,
  signal: AbortSignal,
): Promise<TrackerDocuments> {
  try {
    const { tracker: rows, source } = await (await tracker).narrow(wanted)
    const text = writeTracker(selectRows(rows, wanted))
    return { documents: { 'tracker.json': text }, sources: [source] }
  } catch (error) {
    signal.throwIfAborted()
    const text = JSON.stringify(problemOf(error, 'tracker'))
    return { documents: { 'tracker-problem.json': text }, sources: [] }
  }
}
