/**
 * Shell scripts for the image's own /bin/sh. All words in them are checked before (debian/apt/command.ts): no quoting
 * is needed. LC_ALL=C, since apt's words are read; one stream, so that their order is kept and none is lost.
 */

const ONLY = 'install --only-upgrade --no-install-recommends'
/**
 * apt would mark what is named here as installed by hand, and autoremove leave it; with Mark-Auto marks stay, and only
 * what is new is marked as automatic (apt, MarkInstall_StateChange). Configuration that was changed in the image stays,
 * and nothing is asked.
 */
const INSTALL = [
  `apt-get -y ${ONLY} --no-remove -o APT::Get::Mark-Auto=true`,
  '-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold',
].join(' ')

/** An application's image may have a PATH without the system's folders, which dpkg insists on. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const HEAD = `set -e; exec 2>&1; export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH="$PATH:${PATH}"`

/** A file of our own among the image's sources; it is removed again in the same layer. */
const SOURCE = '/etc/apt/sources.list.d/seaworthy-security.list'

/** What does not stay in a layer: apt's lists, archives and planning, caches, and copies of what was before. */
const CLEAN = [
  'apt-get clean; rm -rf /var/lib/apt/lists/* /var/cache/apt/pkgcache.bin /var/cache/apt/srcpkgcache.bin',
  '/var/log/apt/eipp.log.xz /var/cache/ldconfig/aux-cache /var/lib/dpkg/status-old',
  '/var/cache/debconf/config.dat-old /var/cache/debconf/templates.dat-old',
].join(' ')

/** A suite to read beside the image's own sources, component main. */
export interface ExtraSource {
  readonly url: string
  readonly suite: string
}

/** Printed around what apt says it would do. */
const BEGIN = '@seaworthy simulated'
const END = '@seaworthy end'

function simulate(words: readonly string[]): string {
  return `echo '${BEGIN}'; apt-get -s ${ONLY} ${words.join(' ')}; echo '${END}'`
}

/** An index that could not be fetched is only a warning to apt-get update, unless it is told (since apt 2.3). */
const UPDATE = 'apt-get update -o APT::Update::Error-Mode=any -o Acquire::Retries=2'

function add(extra: ExtraSource | null): string[] {
  return extra === null ? [] : [`echo 'deb ${extra.url} ${extra.suite} main' >${SOURCE}`]
}

/** The lists, and the packages of these words fetched but not installed. */
export function fetchScript(words: readonly string[], extra: ExtraSource | null): string {
  const download = words.length === 0 ? [] : [`${INSTALL} --download-only ${words.join(' ')}`]
  return [HEAD, ...add(extra), UPDATE, ...download].join('; ')
}

/** What apt would do, on an image that has the lists. */
export function simulateScript(words: readonly string[]): string {
  return [HEAD, simulate(words)].join('; ')
}

/** Installs from what was fetched. */
export function trialScript(words: readonly string[]): string {
  return [HEAD, `${INSTALL} ${words.join(' ')}`].join('; ')
}

/** Which files of these packages are not what the package says (dpkg(1), "--verify"); its exit says only that. */
export function verifyScript(words: readonly string[]): string {
  return [HEAD, 'command -v dpkg', `dpkg --verify ${words.join(' ')} || true`].join('; ')
}

/** The one layer that is given: lists fetched, packages brought up, and nothing of apt left. */
export function patchScript(words: readonly string[], extra: ExtraSource | null): string {
  const last = extra === null ? CLEAN : `rm -f ${SOURCE}; ${CLEAN}`
  return [HEAD, ...add(extra), UPDATE, simulate(words), `${INSTALL} ${words.join(' ')}`, last].join('; ')
}

/** What apt said it would do, out of a build's output; '' where it did not come so far. */
export function simulatedPart(output: string): string {
  const from = output.lastIndexOf(`${BEGIN}\n`)
  const to = output.lastIndexOf(`${END}\n`)
  return from < 0 || to < from ? '' : output.slice(from + BEGIN.length + 1, to)
}
