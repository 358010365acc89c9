import type { Entry } from '../unit/io/archive/build.js'

/** The files that make a layer Debian's bookworm, with one package. */
export const OF_DEBIAN: readonly Entry[] = [
  { path: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' },
  {
    path: 'var/lib/dpkg/status',
    body: 'Package: apt\nStatus: install ok installed\nVersion: 2.6.1\nArchitecture: amd64\n',
  },
]
