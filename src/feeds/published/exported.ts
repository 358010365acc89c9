import { join } from 'node:path'
import { keptPlace } from '../../io/files/kept-place.js'
import { FEED_TITLES, type FeedTitle, feedError, SeaworthyError } from '../../model/index.js'
import { type CarriedFiles, listKept, newestCopyOf } from '../carry.js'
import type { PartName } from './data-file.js'

/**
 * A feed in a folder that `seaworthy feeds export` has written: the copy that was read last. Nothing but the place
 * proves it, so it counts only where nobody else could have written it (decision 32).
 * @throws SeaworthyError `cache-not-trusted`, `feed-not-kept`
 */
export async function exportedIn(
  feed: FeedTitle,
  name: PartName,
  folder: string,
): Promise<CarriedFiles & { readonly path: string }> {
  if ([folder, join(folder, 'feeds')].some((one) => keptPlace(one) === null)) {
    const what = `${FEED_TITLES[feed]}: the folder of data is not used, because others can write to it`
    throw new SeaworthyError({ code: 'cache-not-trusted', what, where: folder })
  }
  const copies = await listKept(folder, name)
  const wholeCopies = copies.filter(({ whole }) => whole)
  const newest = newestCopyOf(wholeCopies, name)
  if (newest === undefined) {
    throw feedError('feed-unreachable', feed, `the folder has no whole copy of ${name}`, folder)
  }
  return { ...newest, path: join(folder, newest.files[0]) }
}
