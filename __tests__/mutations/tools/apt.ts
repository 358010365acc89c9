/** Steps of a RUN with apt. */

export const UPDATE = 'apt-get update'

const SUITES = {
  main: 'http://deb.debian.org/debian',
  security: 'http://deb.debian.org/debian-security',
}
const MORE = '/etc/apt/sources.list.d/more.list'

/**
 * Reads one more suite, and then all indexes.
 * @param suite such as `bookworm main`
 */
export function reading(...suites: readonly string[]): string {
  const sources = suites.map((suite) => {
    const from = /^\S+-security /.test(suite) ? SUITES.security : SUITES.main
    return `'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${from} ${suite}'`
  })
  // An old suite, and one that its mirror no longer renews, has an expired Release file.
  return `printf '%s\\n' ${sources.join(' ')} >>${MORE} && apt-get -o Acquire::Check-Valid-Until=false update`
}

/** Each package may name its suite, such as `zstd/trixie`, or its version. */
export function install(...packages: readonly string[]): string {
  return `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --allow-downgrades ${packages.join(' ')}`
}

/** Without lists, and without the sources that `reading` has added. */
export const CLEAN = `rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin ${MORE} && apt-get clean`

const INSTALLED = (name: string) => `"$(dpkg-query -W -f '\${Version}' ${name})"`

/** The version that apt would install now: `isBelow` and `isAbove` compare with it. */
export function candidateOf(name: string): string {
  return `new="$(apt-cache policy ${name} | sed -n 's/^ *Candidate: //p')" && test -n "$new"`
}

/** Fails the build if Debian no longer has what makes the installed version an old one. */
export function isBelow(name: string): string {
  return `dpkg --compare-versions ${INSTALLED(name)} lt "$new"`
}

export function isNewest(name: string): string {
  return `apt-cache policy ${name} | grep -qxF "  Candidate: $(dpkg-query -W -f '\${Version}' ${name})"`
}

export function isAbove(name: string): string {
  return `dpkg --compare-versions ${INSTALLED(name)} gt "$new"`
}

/** Lines of a Dockerfile that run these as root, each list in a layer of its own, and leave the image's user as it was. */
export function asRoot(...layers: readonly (readonly string[])[]): readonly string[] {
  return ['USER root', ...layers.map((steps) => `RUN ${steps.join(' && ')}`), 'USER app']
}
