/**
 * Shell scripts for the image's own /bin/sh. All words in them have been checked (debian/apt/command.ts): no quoting
 * is needed. LC_ALL=C, because apt's output is parsed; one stream, so that its order is kept and nothing is lost.
 */
import { addSources } from '../../debian/apt/command.js'
import { UPDATE_MARK } from '../../dockerfile/parse.js'
import type { AptSource } from '../../model/index.js'

const ONLY = 'install --only-upgrade --no-install-recommends'
/**
 * apt would mark the packages named here as manually installed, and autoremove would keep them. With Mark-Auto, marks
 * stay, and only new packages are marked as automatic (apt, MarkInstall_StateChange). Configuration that was changed
 * in the image stays, and no questions are asked.
 */
const INSTALL = [
  `apt-get -y ${ONLY} --no-remove -o APT::Get::Mark-Auto=true`,
  '-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold',
].join(' ')

/** An application's image may have a PATH without the system's folders, which dpkg requires. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const HEAD = `set -e; exec 2>&1; export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH="$PATH:${PATH}"`

/** A file of our own among the image's sources; it is removed again in the same layer. */
const SOURCE = '/etc/apt/sources.list.d/seaworthy-security.list'

/** Files that are removed from a layer: apt's lists, archives and planning, caches, and backup copies. */
const CLEAN = [
  'apt-get clean; rm -rf /var/lib/apt/lists/* /var/cache/apt/pkgcache.bin /var/cache/apt/srcpkgcache.bin',
  '/var/log/apt/eipp.log.xz /var/cache/ldconfig/aux-cache /var/lib/dpkg/status-old',
  '/var/cache/debconf/config.dat-old /var/cache/debconf/templates.dat-old',
].join(' ')

/** What is read in addition to the image's own sources. */
export interface ExtraSources {
  /** The security suite, component main; `null` if the image's sources have it. */
  readonly security: { readonly url: string; readonly suite: string } | null
  /** Other components. */
  readonly others: readonly AptSource[]
}

/** Printed around what apt says it would do. */
const BEGIN = UPDATE_MARK
const END = '@seaworthy end'

function simulate(args: readonly string[]): string {
  return `echo '${BEGIN}'; apt-get -s ${ONLY} ${args.join(' ')}; echo '${END}'`
}

/**
 * By default apt-get update only warns if an index could not be fetched; Error-Mode=any makes it an error (apt 2.1.16 and
 * later; older ones ignore it).
 */
const UPDATE = 'apt-get update -o APT::Update::Error-Mode=any -o Acquire::Retries=2'

function add({ security, others }: ExtraSources): string[] {
  const extra = addSources(others)
  const line = security === null ? [] : [`echo 'deb ${security.url} ${security.suite} main' >${SOURCE}`]
  return [...line, ...(extra === null ? [] : [extra.add])]
}

function remove({ security, others }: ExtraSources): string[] {
  const extra = addSources(others)
  return [...(security === null ? [] : [`rm -f ${SOURCE}`]), ...(extra === null ? [] : [extra.remove])]
}

/** The lists, and the packages of these words downloaded but not installed. */
export function fetchScript(args: readonly string[], extra: ExtraSources): string {
  const download = args.length === 0 ? [] : [`${INSTALL} --download-only ${args.join(' ')}`]
  return [HEAD, ...add(extra), UPDATE, ...download].join('; ')
}

/** What apt would do, on an image that has the lists. */
export function simulateScript(args: readonly string[]): string {
  return [HEAD, simulate(args)].join('; ')
}

/** Installs what was downloaded. */
export function trialScript(args: readonly string[]): string {
  return [HEAD, `${INSTALL} ${args.join(' ')}`].join('; ')
}

/**
 * Which files of these packages differ from the package (dpkg(1), "--verify"). The exit code says no more than that
 * some do, so it is ignored.
 */
export function verifyScript(args: readonly string[]): string {
  return [HEAD, 'command -v dpkg', `dpkg --verify ${args.join(' ')} || true`].join('; ')
}

/** The one layer that is delivered: lists fetched, packages updated, and nothing of apt left. */
export function patchScript(args: readonly string[], extra: ExtraSources): string {
  const install = `${INSTALL} ${args.join(' ')}`
  return [HEAD, ...add(extra), UPDATE, simulate(args), install, ...remove(extra), CLEAN].join('; ')
}

/** What apt said it would do, from a build's output; '' if it did not get that far. */
export function simulatedPart(output: string): string {
  const from = output.lastIndexOf(`${BEGIN}\n`)
  const to = output.lastIndexOf(`${END}\n`)
  return from < 0 || to < from ? '' : output.slice(from + BEGIN.length + 1, to)
}
