import { BOOKWORM, databaseOf, stanza } from '../live/images.js'
import type { Entry } from '../unit/io/archive/build.js'

/** The files of a layer that Clair takes for one of bookworm. */
export const OF_DEBIAN: readonly Entry[] = Object.entries({
  'etc/os-release': BOOKWORM,
  ...databaseOf(stanza('openssl', '3.0.15-1~deb12u1')),
}).map(([path, body]) => ({ path, body }))
