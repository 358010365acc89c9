import { BOOKWORM, databaseOf, stanza } from '../live/images.js'
import type { Entry } from '../unit/io/archive/build.js'

/** The files of a layer that Clair takes for one of bookworm, with a package that has no vulnerability. */
export const OF_DEBIAN: readonly Entry[] = Object.entries({
  'etc/os-release': BOOKWORM,
  ...databaseOf(stanza('base-files', '12.4+deb12u12')),
}).map(([path, body]) => ({ path, body }))
