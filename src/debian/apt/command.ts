import { type AptSource, isSafeSource, SECURITY_ARCHIVE, sorted, sourceLine } from '../../model/index.js'

/** The command that adds the security suite of an image's release if its own sources lack it. */
export function addSecuritySource(codename: string, archive = SECURITY_ARCHIVE): string {
  return `echo 'deb ${archive} ${codename}-security main' >/etc/apt/sources.list.d/debian-security.list`
}

/**
 * The last file in sources.list.d: for one suite, apt accepts that an earlier source lacks Signed-By, but not
 * that a later one does ("Conflicting values set for option Signed-By", apt 2.2 and 2.6).
 */
const ADDED = '/etc/apt/sources.list.d/zz-seaworthy'

/**
 * A command that adds sources missing from the image for one run of apt. `null` if there are none. A source that
 * could break out of the command is left out.
 */
export function addSources(sources: readonly AptSource[]) {
  const safe = sources.filter(isSafeSource)
  if (safe.length === 0) {
    return null
  }
  const isDeb822 = safe.every(({ style }) => style === 'deb822')
  const texts = safe.map((one) => (isDeb822 ? stanzaLines(one) : [sourceLine(one)]))
  const lines = [...new Map(texts.map((text) => [text.join('\n'), text])).values()]
  const outputLines = lines.flatMap((text, at) => (isDeb822 && at > 0 ? ['', ...text] : text))
  const file = `${ADDED}.${isDeb822 ? 'sources' : 'list'}`
  return {
    add: `printf '%s\\n' ${outputLines.map((line) => `'${line}'`).join(' ')} >${file}`,
    // Afterwards: which sources the image has is up to whoever builds it.
    remove: `rm -f ${file}`,
  }
}

function stanzaLines({ uri, suite, component, signedBy }: AptSource): string[] {
  return [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${suite}`,
    `Components: ${component}`,
    `Signed-By: ${signedBy.replaceAll(',', ' ')}`,
  ]
}

export interface RequestedVersion {
  readonly name: string
  /** Debian's architecture name, `all` too. */
  readonly architecture: string
  /** The version to install; `null` leaves the choice to apt. */
  readonly version: string | null
}

/** A package as apt takes it: with its architecture if that is not the image's own (apt-get(8)). */
export function aptName(
  { name, architecture }: Omit<RequestedVersion, 'version'>,
  native: string | null,
): string {
  const isNative = native === null || architecture === native || architecture === 'all' || architecture === ''
  return isNative ? name : `${name}:${architecture}`
}

/** A word of the command line; `null` if name or architecture contain characters that Debian's never do. */
export function packageArgument(wish: RequestedVersion, native: string | null): string | null {
  const name = aptName(wish, native)
  const isSafe = isSafeName(wish.name) && /^[^:]+(?::[a-z0-9][a-z0-9-]*)?$/.test(name)
  if (!isSafe) {
    return null
  }
  return wish.version !== null && isSafeVersion(wish.version) ? `${name}=${wish.version}` : name
}

/**
 * The one apt command that updates packages.
 * @param args package arguments, as `packageArgument` returns them
 * @param isOnHold one of them is on hold: with `-y` alone apt then stops (apt-get(8),
 * `--allow-change-held-packages`)
 */
export function onlyUpgrade(args: readonly string[], isOnHold = false): string {
  const allow = isOnHold ? '--allow-change-held-packages ' : ''
  return `apt-get install -y ${allow}--only-upgrade ${sorted(args).join(' ')}`
}

/** Lines for a Dockerfile that run it, before any USER line; without the lists, which would stay in the layer. */
export function dockerfileLines(command: string): string {
  const wrapped = command.replaceAll(' && ', ' \\\n && ').replace(/(--only-upgrade) /, '$1 \\\n      ')
  return `RUN ${wrapped} \\\n && rm -rf /var/lib/apt/lists/*`
}

/**
 * A name that is safe in a command that people copy: the characters of Debian policy 5.6.7, and no `-` at the
 * end, which apt-get(8) reads as "remove". Debian did not put anything else into a dpkg status file.
 */
export function isSafeName(name: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]$/.test(name)
}

/** True for a version that has only characters of Debian policy 5.6.12. */
export function isSafeVersion(version: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.+~:-]*$/.test(version)
}
