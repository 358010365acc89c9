import { writeTracker } from '../../debian/tracker.js'
import { selectRows } from '../../debian/tracker-rows.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Source } from '../../model/evidence.js'
import { problemOf } from '../../model/problem.js'
import type { ArchiveNeeds } from './archive/needs.js'

/** What the evidence says of the CVEs behind the updates. */
export interface TrackerWords {
  readonly documents: Readonly<Record<string, string>>
  readonly sources: readonly Source[]
}

export const NO_WORDS: TrackerWords = { documents: {}, sources: [] }

/**
 * The tracker's rows of the image's source packages as tracker.json; or tracker-problem.json, which says why there
 * are none: which updates are missing is known without the tracker.
 */
export async function trackerWords(
  { codename, sourceNames: packages }: ArchiveNeeds,
  tracker: Promise<OpenTracker>,
  signal: AbortSignal,
): Promise<TrackerWords> {
  try {
    const { tracker: rows, source } = await (await tracker).narrow([{ packages, codename }])
    const text = writeTracker(selectRows(rows, packages, codename))
    return { documents: { 'tracker.json': text }, sources: [source] }
  } catch (error) {
    signal.throwIfAborted()
    const text = JSON.stringify(problemOf(error, 'tracker'))
    return { documents: { 'tracker-problem.json': text }, sources: [] }
  }
}
