import type { TrackerOptions } from '../../src/feeds/tracker/get.js'
import { type NarrowedTracker, openTracker } from '../../src/feeds/tracker/open.js'
import type { RowRequest } from '../../src/model/provenance/origin.js'

/** Gets the tracker, narrows it and lets it go: for callers that know from the start what they want. */
export async function fetchTracker(
  options: TrackerOptions & { readonly wanted: readonly RowRequest[] },
): Promise<NarrowedTracker> {
  const opened = await openTracker(options)
  try {
    return await opened.narrow(options.wanted)
  } finally {
    await opened.close()
  }
}
